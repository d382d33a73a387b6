"""A batch in a process that is killed again and again, judged by the sandbox that it pays.

    python tests/batch/killed_batch.py [--jobs 10000] [--kills 20] [--mode sync]

The sandbox runs here and the batch in a child, over real HTTP. Both take their time from a clock
that is many times as fast as this machine's, so that what waits for minutes (a lost start, until it
is sure that it never arrived) does so in seconds. Each kill comes after a random number of
requests, or within the first moments of the child, before anything is asked.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import attrs

from a2e_sdk.sandbox import Fault, Sandbox, SandboxReply, SandboxRequest
from a2e_sdk.sandbox.http_server import serve

#: What goes wrong, by the operations that it can happen to; None for all of them.
FAULTS: tuple[tuple[Fault, str | None], ...] = (
    (Fault.drop_before(), None),
    (Fault.drop_after_read(), None),
    (Fault.http(500), None),
    (Fault.http(502, takes_effect=True), None),
    (Fault.http(520, takes_effect=True), None),
    (Fault.http(503), None),
    (Fault.rate_limited(), None),
    (Fault.rate_limited(1), None),
    (Fault.code(1001), None),
    (Fault.truncated_json(), None),
    (Fault.cut(20), None),
    (Fault.null_data(), "get_many_wan_25_tasks"),
    (Fault.null_rows(), "list_wan_25_tasks"),
    (Fault.code(-1), "get_many_wan_25_tasks"),
    (Fault.json({"code": 0}), "start_wan_25_task"),
    (Fault.json([]), "start_wan_25_task"),
    (Fault.redirect("https://login.example/", 302), "start_wan_25_task"),
    (Fault.expired_link(), "download_file"),
)

#: What one process runs: the same command every time.
_CHILD = """
import asyncio, sys, time
mode, url, folder, count, speed = sys.argv[1:]
count, speed = int(count), float(speed)
from a2e_sdk import A2E, AsyncA2E, Job
from a2e_sdk._async.concurrency import AsyncClock
from a2e_sdk._sync.concurrency import Clock
import anyio
for clock in (Clock, AsyncClock):
    clock.now = lambda self: time.monotonic() * speed
Clock.pause = lambda self, seconds: time.sleep(seconds / speed)
async def pause_async(self, seconds):
    await anyio.sleep(seconds / speed)
AsyncClock.pause_async = pause_async
jobs = (Job("wan-25", f"row-{n}", {"prompt": f"sea {n}"}) for n in range(count))
options = {"output": folder, "concurrency": 100}
if mode == "sync":
    with A2E("sk_kill", base_url=url, timeout=3000) as a2e:
        batch = a2e.batch(jobs, **options)
        left = [one for one in batch if one.status != "succeeded"]
else:
    async def main():
        async with AsyncA2E("sk_kill", base_url=url, timeout=3000) as a2e:
            batch = a2e.batch(jobs, **options)
            return batch, [one async for one in batch if one.status != "succeeded"]
    if mode == "trio":
        import trio
        batch, left = trio.run(main)
    else:
        batch, left = asyncio.run(main())
for one in left[:20]:
    print(one.key, one.status, one.error)
sys.exit(min(len(left), 1))
"""


class FastClock:
    """A clock that runs faster than this machine's.

    Args:
        speed: How many times as fast.
    """

    def __init__(self, speed: float) -> None:
        self._speed = speed
        self._begin, self._now = time.monotonic(), datetime.now(UTC)

    def now(self) -> datetime:
        return self._now + timedelta(seconds=(time.monotonic() - self._begin) * self._speed)


class JudgingSandbox(Sandbox):
    """A sandbox that counts all that it is asked."""

    handled: int = 0

    def handle(self, request: SandboxRequest) -> SandboxReply:
        self.handled += 1
        return super().handle(request)


@attrs.define
class Report:
    """What was seen of a batch that was killed.

    Attributes:
        jobs: How many jobs it has.
        kills: How often it was killed.
        runs: How many runs ended by themselves.
        requests: How many requests arrived.
        starts: How many starts the sandbox accepted.
        paid: The coins that they cost, by its ledger.
        told: The coins of all jobs, by ``results.jsonl``.
        seconds: How long it took in all.
        statuses: How many lines there are of each status.
        problems: What is not as it must be.
    """

    jobs: int
    kills: int = 0
    runs: int = 0
    requests: int = 0
    starts: int = 0
    paid: int = 0
    told: float = 0.0
    seconds: float = 0.0
    statuses: Counter[str] = attrs.field(factory=Counter[str])
    problems: list[str] = attrs.field(factory=list[str])


class KilledBatch:
    """A batch that is killed.

    Args:
        folder: An empty folder.
        jobs: How many jobs it has.
        mode: ``sync``, ``async`` or ``trio``.
        seed: Of the moments of the kills.
        faults: The share of requests that go wrong.
        speed: How fast time passes.
    """

    def __init__(
        self,
        folder: Path,
        jobs: int,
        mode: str,
        *,
        seed: int,
        faults: float = 0.05,
        speed: float = 100.0,
    ) -> None:
        self._out = folder / "out"
        self._mode, self._speed = mode, speed
        self._chance = random.Random(seed)
        self.report = Report(jobs)
        self.sandbox = JudgingSandbox(
            clock=FastClock(speed),
            seed_records=False,
            coins=10**9,
            completed_after=20.0,
            result_size=3_000,
            log_limit=10,
        )
        for fault, operation in FAULTS:
            if faults:
                share = faults / sum(one in (None, operation) for _, one in FAULTS)
                self.sandbox.faults.add(fault, operation, None, share)

    def run(self, kills: int, *, most_runs: int = 6) -> Report:
        """Kill it that often, let it end, and return what was seen."""
        began = time.monotonic()
        # A job takes two or three requests, so that the kills come in all parts of the batch.
        expected = 2 * self.report.jobs
        with serve(self.sandbox) as server:
            for number in range(kills):
                with self._child(server.url) as child:
                    if number % 5 == 4:
                        self._wait(child, self._chance.uniform(0.0, 0.6))
                    else:
                        until = self.sandbox.handled + self._chance.randint(
                            1, 2 * expected // kills
                        )
                        while self.sandbox.handled < until and child.poll() is None:
                            time.sleep(0.001)
                        self._wait(child, self._chance.uniform(0.0, 0.02))
                    child.send_signal(signal.SIGKILL)
                    if child.wait() == -signal.SIGKILL:
                        self.report.kills += 1
            said = ""
            for _ in range(most_runs):
                with self._child(server.url) as child:
                    said = child.communicate()[0]
                self.report.runs += 1
                if child.returncode == 0:
                    break
            else:
                self.report.problems.append(f"it did not end: {said}")
            self.report.seconds = time.monotonic() - began
            self._judge()
        return self.report

    def _child(self, url: str) -> subprocess.Popen[str]:
        arguments = (self._mode, url, str(self._out), str(self.report.jobs), str(self._speed))
        return subprocess.Popen(
            [sys.executable, "-c", _CHILD, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    @staticmethod
    def _wait(child: subprocess.Popen[str], seconds: float) -> None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(seconds)

    def _judge(self) -> None:
        report, sandbox = self.report, self.sandbox
        report.requests, report.starts = sandbox.handled, sandbox.starts
        charges = {entry.task_id: -entry.amount for entry in sandbox.coins}
        report.paid = -sum(entry.amount for entry in sandbox.coins)
        text = (self._out / "results.jsonl").read_text()
        lines = [json.loads(line) for line in text.splitlines()]
        report.told = sum(line["coins"] or 0.0 for line in lines)
        report.statuses = Counter(line["status"] for line in lines)
        report.problems += self._problems(lines, charges)

    def _problems(self, lines: list[dict[str, Any]], charges: dict[str, int]) -> Iterator[str]:
        for group in self.sandbox.paid_twice():
            yield f"paid twice: {group}"
        keys = [line["key"] for line in lines]
        if keys != [f"row-{number}" for number in range(self.report.jobs)]:
            repeated = [key for key, count in Counter(keys).items() if count > 1]
            yield f"{len(keys)} lines, of which {repeated} twice"
        tasks = [line["task_id"] for line in lines if line["task_id"] is not None]
        if len(set(tasks)) != len(tasks):
            yield "two lines have one task"
        for task_id in charges.keys() - set(tasks):
            yield f"the task {task_id} was paid for, and no line has it"
        for line in lines:
            yield from self._problems_of(line, charges)
        yield from self._problems_of_folder(lines)

    def _problems_of(self, line: dict[str, Any], charges: dict[str, int]) -> Iterator[str]:
        key = line["key"]
        if line["status"] != "succeeded":
            yield f"{key} is {line['status']}: {line['error']}"
            return
        if line["coins"] != charges.get(line["task_id"]):
            yield f"{key} says {line['coins']} coins; {charges.get(line['task_id'])} were paid"
        content = (self._out / line["path"]).read_bytes()
        if len(content) != line["bytes"] or hashlib.sha256(content).hexdigest() != line["sha256"]:
            yield f"{key}: the file is another one than its line says"
        made = json.loads((self._out / f"{key}.json").read_text())
        if made["task_id"] != line["task_id"] or made["inputs"] != {"prompt": f"sea {key[4:]}"}:
            yield f"{key}: the provenance is of another task"

    def _problems_of_folder(self, lines: list[dict[str, Any]]) -> Iterator[str]:
        expected = {"results.jsonl", "jobs.jsonl", "journal.db", "journal.id"}
        for line in lines:
            expected |= {line["path"], line["key"] + ".json"}
        for path in self._out.iterdir():
            if path.name not in expected and not path.name.endswith(("-journal", "-locks")):
                yield f"{path.name} was left behind"


def main() -> int:
    """Kill a batch as often as asked, and print what was seen."""
    import tempfile

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--faults", type=float, default=0.05)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--mode", choices=("sync", "async", "trio"), default="async")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.randrange(10**6)
    with tempfile.TemporaryDirectory() as folder:
        batch = KilledBatch(
            Path(folder), options.jobs, options.mode, seed=seed, faults=options.faults
        )
        report = batch.run(options.kills)
    print(f"{options.mode}, seed {seed}: {report.jobs} jobs, {report.kills} kills, ", end="")
    print(f"{options.faults:.0%} faults, {report.runs} runs to its end, {report.seconds:.0f} s")
    print(f"  requests: {report.requests}, {report.requests / report.jobs:.2f} a job")
    print(f"  starts: {report.starts}; coins by the ledger: {report.paid}; ", end="")
    print(f"by results.jsonl: {report.told:g}; {dict(report.statuses)}")
    for problem in report.problems[:50]:
        print(f"  PROBLEM: {problem}")
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main())
