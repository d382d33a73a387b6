"""Batches, against the script that people write: gather, a poll for each task every 3 seconds.

Requests and wall time come from one run of each on a sandbox in a process of its own; the coins
lost are those paid beyond one for each job, where a run is killed and started again. What a journal
costs a start is the difference to the same client without one, in this process.
"""

from __future__ import annotations

import asyncio
import random
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from batch_server import BatchServer, batch_server
from measuring import Comparison, compare

from a2e_sdk import AsyncA2E
from a2e_sdk.sandbox import ManualClock, Sandbox
from a2e_sdk.sandbox.transport import SandboxTransport

_LATENCY = 0.1
_PRICE = 50
_MANY, _QUICK_MANY, _FEW = 100_000, 20_000, 2_000
_SHARED = 1_000
NOTES: list[str] = [
    f"batch: tasks of 36 s (6 s with --quick), latency {_LATENCY:g} s, 100 at once; 'lost' is what "
    "was paid beyond one start for each job after three kills at random moments",
]

NAIVE = """
import asyncio, pathlib, sys, httpx
url, folder, count = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
folder.mkdir(parents=True, exist_ok=True)
async def main():
    limit = asyncio.Semaphore(100)
    headers = {"authorization": "Bearer sk_benchmark"}
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=60) as client:
        async def one(number):
            path = folder / f"row-{number}.mp4"
            if path.exists():
                return
            async with limit:
                body = {"prompt": f"sea {number}"}
                response = await client.post("/api/v1/userWan25/start", json=body)
                task_id = response.json()["data"]["_id"]
                while True:
                    await asyncio.sleep(3)
                    data = (await client.get(f"/api/v1/userWan25/{task_id}")).json()["data"]
                    if data["current_status"] == "completed":
                        break
                link = data["result_url"]
                link = link[0] if isinstance(link, list) else link
                path.write_bytes((await client.get(link)).content)
        await asyncio.gather(*(one(number) for number in range(count)))
asyncio.run(main())
"""

_OURS = """
import asyncio, sys
from a2e_sdk import AsyncA2E, Job
url, folder, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
jobs = (Job("wan-25", f"row-{number}", {"prompt": f"sea {number}"}) for number in range(count))
async def main():
    async with AsyncA2E("sk_benchmark", base_url=url) as a2e:
        async for outcome in a2e.batch(jobs, output=folder):
            assert outcome.status == "succeeded", outcome
asyncio.run(main())
"""

# All of a batch but its tasks: rows checked and written down, and a line of results for each.
_ROWS = """
import asyncio, resource, sys
from a2e_sdk import AsyncA2E, Job
folder, count = sys.argv[1], int(sys.argv[2])
jobs = (Job("wan-25", f"row-{number}", {"prompt": f"sea {number}"}) for number in range(count))
async def main():
    async with AsyncA2E(region="sandbox") as a2e:
        batch = a2e.batch(jobs, output=folder)
        batch.stop()
        return len([None async for outcome in batch])
seen = asyncio.run(main())
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(seen, peak / (2**20 if sys.platform == "darwin" else 2**10))
"""


def run(*, quick: bool) -> list[Comparison]:
    """Compare whole runs, killed runs, memory, and starts."""
    return [*_runs(quick), _killed(quick), _memory(quick), *_starts(quick)]


def _runs(quick: bool) -> list[Comparison]:
    jobs = 100
    found: dict[str, dict[str, list[float]]] = {"requests": {}, "seconds": {}}
    for name, code in (("a2e.batch", _OURS), ("gather, poll every 3 s", NAIVE)):
        with batch_server(_LATENCY, 6 if quick else 36) as server, _folder() as folder:
            began = time.perf_counter()
            subprocess.run(_command(code, server, folder, jobs), check=True)
            found["seconds"][name] = [time.perf_counter() - began]
            found["requests"][name] = [server.seen().requests / jobs]
    ours, other = found["seconds"]
    requests = compare(found["requests"], ours, other, what="requests a job", unit="")
    # Each job is started and downloaded once; the rest is looking whether it has ended.
    looks = {name: [each - 2 for each in samples] for name, samples in found["requests"].items()}
    polls = compare(looks, ours, other, what="polls a job", unit="", target="a tenth")
    seconds = compare(found["seconds"], ours, other, what=f"wall time of {jobs} jobs", unit="s")
    return [requests, polls, seconds]


def _killed(quick: bool) -> Comparison:
    jobs, rounds = 60, 1 if quick else 3
    samples: dict[str, list[float]] = {"a2e.batch": [], "gather, poll every 3 s": []}
    for number in range(rounds):
        for name, code in zip(samples, (_OURS, NAIVE), strict=True):
            chance = random.Random(number)
            with batch_server(_LATENCY, 4) as server, _folder() as folder:
                command = _command(code, server, folder, jobs)
                for kill in range(3):
                    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
                        # At a random moment of its work, not of its imports.
                        before = server.seen().starts
                        while process.poll() is None and server.seen().starts <= before:
                            if kill and server.seen().starts >= jobs:
                                break
                            time.sleep(0.01)
                        time.sleep(chance.uniform(0, 3))
                        process.send_signal(signal.SIGKILL)
                subprocess.run(command, check=True)
                # What the ledger says beyond one start for each job.
                samples[name].append(server.seen().coins - jobs * _PRICE)
    ours, other = (statistics.median(samples[name]) for name in samples)
    return Comparison(
        what=f"coins lost of {jobs * _PRICE:,}",
        ours=ours,
        other=other,
        ratio=ours / other if other else 1.0,
        against="gather, poll every 3 s",
        unit="coins",
        target="0",
    )


def _memory(quick: bool) -> Comparison:
    many = _QUICK_MANY if quick else _MANY
    ours, other = f"a batch of {many:,} rows", f"a batch of {_FEW:,} rows"
    samples = {ours: [_peak_of(many)], other: [_peak_of(_FEW)]}
    return compare(samples, ours, other, unit="MiB", target="about 1x")


def _peak_of(rows: int) -> float:
    with _folder() as folder:
        command = [sys.executable, "-P", "-c", _ROWS, str(folder), str(rows)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    seen, peak = done.stdout.split()
    if int(seen) != rows:
        raise RuntimeError(f"the batch gave {seen} outcomes of {rows}")
    return float(peak)


def _starts(quick: bool) -> list[Comparison]:
    commits: list[float] = []
    alone: dict[str, list[float]] = {"with a journal": [], "without": []}
    shared: dict[str, list[float]] = {"with a journal": [], "without": []}
    for _ in range(2 if quick else 5):
        commits.append(_milliseconds_of_a_commit())
        for name in ("with a journal", "without"):
            with _folder() as folder:
                journal = folder / "journal.db" if name == "with a journal" else None
                alone[name].append(asyncio.run(_start_many(journal, 40, at_once=False)))
                shared[name].append(asyncio.run(_start_many(journal, _SHARED, at_once=True)))
    ours, other = alone
    found: list[Comparison] = []
    for what, samples, target in (
        ("start alone", alone, "3 ms more"),
        (f"start among {_SHARED:,}", shared, "0.5 ms more"),
    ):
        compared = compare(samples, ours, other, what=what, unit="ms", target=target)
        found.append(compared)
        NOTES.append(f"{what}: a journal costs {compared.ours - compared.other:.2f} ms")
    NOTES.append(f"a commit of SQLite by itself takes {statistics.median(commits):.2f} ms here")
    return found


def _milliseconds_of_a_commit() -> float:
    """Return what a commit costs that is on the disk at its end; a start needs two."""
    with _folder() as folder, closing(sqlite3.connect(folder / "x.db", isolation_level=None)) as it:
        it.execute("PRAGMA journal_mode = TRUNCATE")
        it.execute("PRAGMA synchronous = FULL")
        it.execute("CREATE TABLE rows (number INTEGER)")
        began = time.perf_counter()
        for number in range(40):
            it.execute("INSERT INTO rows VALUES (?)", (number,))
        return (time.perf_counter() - began) * 1000 / 40


async def _start_many(journal: Path | None, count: int, *, at_once: bool) -> float:
    """Return the milliseconds of a start."""
    sandbox = Sandbox(clock=ManualClock(), seed_records=False, coins=10**9, log_limit=1)
    transport = SandboxTransport(sandbox)
    async with AsyncA2E(region="sandbox", http_client=transport, journal=journal) as a2e:
        await a2e.wan_25.create(prompt="the first opens the journal")
        starts = [a2e.wan_25.create(prompt=f"sea {number}") for number in range(count)]
        began = time.perf_counter()
        if at_once:
            await asyncio.gather(*starts)
        else:
            for start in starts:
                await start
        return (time.perf_counter() - began) * 1000 / count


def _command(code: str, server: BatchServer, folder: Path, jobs: int) -> list[str]:
    return [sys.executable, "-P", "-c", code, server.url, str(folder / "out"), str(jobs)]


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)
