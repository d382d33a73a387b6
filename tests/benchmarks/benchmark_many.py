"""Several processes with one journal on PostgreSQL, and what the objects of a bucket cost an uplink.

Each worker is a process with a batch of its own, as on a machine of its own; the sandbox, the server
and all workers share this machine. Jobs a second come from runs that nobody disturbs, coins lost
from runs in which one worker is killed when half of the jobs are paid, and started again.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
from batch_server import BatchServer, batch_server
from benchmark_batch import NAIVE
from durable_postgres import durable_server
from measuring import Comparison

from a2e_sdk import Job
from a2e_sdk.sandbox import SandboxForTests

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "integrations"))

from object_store import ObjectStore

from postgres_server import connected, with_schema

_WORKERS = (1, 3, 8)
_AT_ONCE, _SECONDS, _LATENCY, _PRICE = 5, 6, 0.1, 50
_OBJECTS, _MEGABYTE = 20, 1_000_000
NOTES: list[str] = []

#: The script that people write, with as many tasks at once as a worker of ours.
_SCRIPT = NAIVE.replace("Semaphore(100)", f"Semaphore({_AT_ONCE})")

_WORKER = """
import asyncio, json, resource, sys
from a2e_sdk import AsyncA2E, Job
from a2e_sdk._journal.postgres import PostgresConnection
url, folder, count, journal, name, at_once = sys.argv[1:]
made = [0, 0]
def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
before = cpu()
real = PostgresConnection._run
def run(self, statement, *values):
    made[0] += 1
    made[1] += statement.endswith("COMMIT")
    return real(self, statement, *values)
PostgresConnection._run = run
jobs = (Job("wan-25", f"{name}-{n}", {"prompt": f"sea {name} {n}"}) for n in range(int(count)))
async def main():
    async with AsyncA2E("sk_benchmark", base_url=url, journal=journal, budget=10**9) as a2e:
        async for outcome in a2e.batch(jobs, output=folder, concurrency=int(at_once)):
            assert outcome.status == "succeeded", outcome
asyncio.run(main())
print(json.dumps([*made, cpu() - before]))
"""


@attrs.frozen
class _Run:
    """What was seen of workers that did their jobs together."""

    seconds: float
    requests: float
    lost: float
    trips: float
    commits: float
    cpu: float
    connections: int


def run(*, quick: bool) -> list[Comparison]:
    """Compare numbers of workers, what is lost where one is killed, and both ways to give objects."""
    jobs = 10 if quick else 30
    with durable_server() as server:
        speed = {number: _speed(number, jobs, server) for number in _WORKERS}
        lost = {number: _lost(number, jobs, server) for number in _WORKERS}
        NOTES.append(_size(server, 200 if quick else 2_000))
    alone = speed[1]
    for number, seen in speed.items():
        NOTES.append(
            f"many: {number} workers, a job: {seen.requests:.1f} requests, {seen.trips:.1f} round "
            f"trips to PostgreSQL, {seen.commits:.1f} transactions, {seen.cpu:.0f} ms of a core after the imports; "
            f"{seen.connections} connections"
        )
    NOTES.append(
        f"many: {jobs} jobs a worker, {_AT_ONCE} at once, tasks of {_SECONDS} s, latency "
        f"{_LATENCY:g} s, a budget; sandbox, PostgreSQL and workers on {os.cpu_count()} cores"
    )
    rates = {number: number * jobs / seen.seconds for number, seen in speed.items()}
    return [
        *(
            Comparison(
                what=f"jobs a second, {number} workers",
                ours=rates[number],
                other=rates[1],
                ratio=rates[number] / rates[1],
                against="1 worker",
                unit="jobs/s",
                target=f"{number}x",
            )
            for number in _WORKERS
        ),
        *(
            Comparison(
                what=f"coins lost of {number * jobs * _PRICE:,}, {number} workers, one killed",
                ours=ours,
                other=other,
                ratio=ours / other if other else 1.0,
                against="gather, poll every 3 s",
                unit="coins",
                target="0",
            )
            for number, (ours, other) in lost.items()
        ),
        Comparison(
            what="requests a job, 8 workers",
            ours=speed[8].requests,
            other=alone.requests,
            ratio=speed[8].requests / alone.requests,
            against="1 worker",
            unit="",
        ),
        _uplink(),
    ]


def _speed(number: int, jobs: int, server: str) -> _Run:
    return _done(_WORKER, number, jobs, server, kills=False)


def _lost(number: int, jobs: int, server: str) -> tuple[float, float]:
    ours, other = (
        _done(code, number, jobs, server, kills=True).lost for code in (_WORKER, _SCRIPT)
    )
    return ours, other


def _done(code: str, number: int, jobs: int, server: str, *, kills: bool) -> _Run:
    """Let workers do their jobs; return what was seen."""
    journal, connections = with_schema(server), 0
    with batch_server(_LATENCY, _SECONDS) as api, tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        workers = [_worker(code, api, folder, jobs, journal, name) for name in range(number)]
        if kills:
            while api.seen().starts < number * jobs / 2:
                time.sleep(0.05)
            workers[0].send_signal(signal.SIGKILL)
            workers[0].wait()
            workers[0] = _worker(code, api, folder, jobs, journal, 0)
        else:
            while api.seen().starts < number * jobs / 2:
                time.sleep(0.2)
            connections = _connections(journal)
        printed = [worker.communicate()[0] for worker in workers]
        seconds = time.perf_counter() - began
        if any(worker.returncode for worker in workers):
            raise RuntimeError("a worker failed")
        seen = api.seen()
    count = number * jobs
    made = [json.loads(text or "[0, 0, 0]") for text in printed]
    return _Run(
        seconds=seconds,
        requests=seen.requests / count,
        lost=seen.coins - count * _PRICE,
        trips=sum(trips for trips, _, _ in made) / count,
        commits=sum(commits for _, commits, _ in made) / count,
        cpu=sum(cpu for _, _, cpu in made) / count * 1e3,
        connections=connections,
    )


def _worker(
    code: str, api: BatchServer, folder: str, jobs: int, journal: str, name: int
) -> subprocess.Popen[str]:
    arguments = [api.url, str(Path(folder, str(name))), str(jobs)]
    if code is _WORKER:
        arguments += [journal, str(name), str(_AT_ONCE)]
    command = [sys.executable, "-P", "-c", code, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def _connections(journal: str) -> int:
    with connected(journal) as connection:
        found = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'a2e-sdk'"
        )
        ((count,),) = found.fetchall()
    return int(count)


def _size(server: str, jobs: int) -> str:
    """Return what jobs leave in the database, and write to its log."""
    journal, sandbox = with_schema(server), SandboxForTests(coins=10**9, seed_records=False)
    rows = (Job("wan-25", f"row-{n}", {"prompt": "a calm sea at dawn, waves"}) for n in range(jobs))
    with (
        tempfile.TemporaryDirectory() as folder,
        sandbox.client(journal=journal, budget=10**9) as a2e,
        connected(journal) as connection,
    ):
        a2e.journal.spent()  # Makes the tables.
        before = _bytes(connection)
        if {one.status for one in a2e.batch(rows, output=folder)} != {"succeeded"}:
            raise RuntimeError("a job failed")
        after = _bytes(connection)
        connection.execute("VACUUM FULL")
        packed = _bytes(connection)
    size, log = (then - now for now, then in zip(before, after, strict=True))
    return (
        f"many: of {jobs} jobs, each leaves {size / jobs:.0f} bytes in tables and indexes, "
        f"{(packed[0] - before[0]) / jobs:.0f} when packed, and {log / jobs:.0f} bytes of log (WAL)"
    )


def _bytes(connection: object) -> tuple[int, int]:
    found = connection.execute(  # type: ignore[attr-defined]
        "SELECT (SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' "
        "AND relnamespace = current_schema()::regnamespace), pg_current_wal_lsn() - '0/0'"
    )
    ((size, log),) = found.fetchall()
    return int(size), int(log)


def _uplink() -> Comparison:
    """Count the bytes of objects that pass this machine, uploaded and signed."""
    # Addresses and credentials are read when a process first uses a bucket: one store for both.
    with _objects() as store:
        ours, other = (_bytes_through(store, way) / 1e6 for way in ("sign", "upload"))
    return Comparison(
        what=f"through this machine, of {_OBJECTS} objects of 1 MB",
        ours=ours,
        other=other,
        ratio=ours / other,
        against="uploaded",
        unit="MB",
        target="0",
    )


@contextmanager
def _objects() -> Iterator[ObjectStore]:
    with ObjectStore() as store, _environment(store.environment()):
        store.reset()
        for number in range(_OBJECTS):
            store.put(f"{number}.jpg", b"\xff\xd8\xff\xe0" + os.urandom(_MEGABYTE - 4))
        yield store


def _bytes_through(store: ObjectStore, way: str) -> int:
    sandbox = SandboxForTests(coins=10**9, seed_records=False)
    rows = [
        Job("face-swap", str(n), {"face": f"s3://bucket/{n}.jpg", "video": "https://e.com/v.mp4"})
        for n in range(_OBJECTS)
    ]
    store.requests.clear()
    with tempfile.TemporaryDirectory() as folder, sandbox.client(cloud_inputs=way) as a2e:
        if {one.status for one in a2e.batch(rows, output=folder)} != {"succeeded"}:
            raise RuntimeError("a job failed")
    # In from the store, and out to A2E.
    return store.bytes_read() + sum(len(one.content) for one in sandbox.uploads.values())


@contextmanager
def _environment(variables: dict[str, str]) -> Iterator[None]:
    kept = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in kept.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
