"""Very many calls with random faults, from threads and from tasks, and what is left of them.

    python tests/robustness/soak.py [--calls 100000]

Every call is accounted for: a value or an error of this SDK. Both call a sandbox that this very
process serves over HTTP, so sockets of both sides are counted. The tasks' client has a limit of its
own: with 200 calls waiting in httpcore's connection pool, that takes all the time there is. The
script fails where a call ends
otherwise, where sockets or threads are left, or where memory grows from the first quarter of the
calls to the end by more than `MEMORY_LIMIT` bytes.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import random
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from a2e_sdk import A2E, AsyncA2E, errors
from a2e_sdk.sandbox import Fault, Sandbox, SandboxReply, SandboxRequest
from a2e_sdk.sandbox.http_server import serve

THREADS = 16
TASKS = 200
FAULT_SHARE = 0.05
MEMORY_LIMIT = 24 * 1024 * 1024
IDS = ("6674f1765699df7e9d25311a", "6662e9c62246edced67000f7")
FAULTS = (
    Fault.drop_after_read(),
    Fault.http(502),
    Fault.http(520),
    Fault.rate_limited(),
    Fault.code(1001),
    Fault.code(-1),
    Fault.truncated_json(),
    Fault.null_rows(),
    Fault.cut(20),
    Fault(status=200, body=b"<html>"),
)


class FaultySandbox(Sandbox):
    """A sandbox that meets a share of all requests with a random fault."""

    def handle(self, request: SandboxRequest) -> SandboxReply:
        reply = super().handle(request)
        return random.choice(FAULTS).act_on(reply) if random.random() < FAULT_SHARE else reply


def sockets() -> int:
    """Return how many sockets this process has open."""
    links = list(Path("/proc/self/fd").iterdir())
    count = 0
    for link in links:
        try:
            count += os.readlink(link).startswith("socket:")
        except OSError:
            continue  # It was the directory's own, or has just been closed.
    return count


def memory() -> int:
    """Return the bytes of memory that this process holds."""
    gc.collect()
    fields = Path("/proc/self/statm").read_text(encoding="ascii").split()
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE")


def method(client: Any, number: int) -> Any:
    """Return the call of a number: reads of four kinds in turn."""
    tasks = client.face_swap.tasks
    kinds = (
        lambda: tasks.get(IDS[0]),
        lambda: tasks.page(1, page_size=3),
        lambda: tasks.get_many(IDS),
        lambda: tasks.running(),
    )
    return kinds[number % len(kinds)]


class Account:
    """What became of the calls, and the memory after the first quarter of them."""

    def __init__(self, calls: int) -> None:
        self.calls = calls
        self.outcomes: Counter[str] = Counter()
        self.early_memory = 0
        self._lock = threading.Lock()
        self._numbers = iter(range(calls))

    def next(self) -> int | None:
        """Return the number of the next call; None when all are given out."""
        with self._lock:
            number = next(self._numbers, None)
        if number == self.calls // 4:
            self.early_memory = memory()
        return number

    def add(self, outcome: str) -> None:
        """Enter what became of one call."""
        with self._lock:
            self.outcomes[outcome] += 1


def soak_threads(url: str, account: Account) -> None:
    """Do all calls from threads that share one client."""

    def work(client: A2E) -> None:
        while (number := account.next()) is not None:
            try:
                method(client, number)()
                account.add("value")
            except errors.A2EError as error:
                account.add(type(error).__name__)
            except Exception as error:
                account.add(f"NOT OURS: {type(error).__name__}: {error}")

    with (
        A2E("sk_soak", base_url=url, max_retries=0) as client,
        ThreadPoolExecutor(THREADS) as threads,
    ):
        for _ in range(THREADS):
            threads.submit(work, client)


async def soak_tasks(url: str, account: Account) -> None:
    """Do all calls from tasks that share one client."""

    async def work(client: AsyncA2E) -> None:
        while (number := account.next()) is not None:
            try:
                await method(client, number)()
                account.add("value")
            except errors.A2EError as error:
                account.add(type(error).__name__)
            except Exception as error:
                account.add(f"NOT OURS: {type(error).__name__}: {error}")

    async with AsyncA2E("sk_test", base_url=url, max_retries=0, max_concurrency=32) as client:
        await asyncio.gather(*(work(client) for _ in range(TASKS)))


def soak(name: str, calls: int) -> bool:
    """Do the calls in one of the two ways, print the figures, and return whether all is well."""
    sockets_before, threads_before = sockets(), threading.active_count()
    account = Account(calls)
    began = time.monotonic()
    with serve(FaultySandbox()) as server:
        if name == "threads":
            soak_threads(server.url, account)
        else:
            asyncio.run(soak_tasks(server.url, account))
    seconds = time.monotonic() - began
    give_up = time.monotonic() + 10
    while (sockets() > sockets_before or threading.active_count() > threads_before) and (
        time.monotonic() < give_up
    ):
        time.sleep(0.05)  # The server's side of the connections closes a moment later.
    grown = memory() - account.early_memory
    left = (sockets() - sockets_before, threading.active_count() - threads_before)
    print(f"{name}: {sum(account.outcomes.values())} of {calls} calls in {seconds:.0f} s")
    for outcome, count in account.outcomes.most_common():
        print(f"  {count:8} {outcome}")
    print(f"  sockets left: {left[0]}, threads left: {left[1]}, memory: {grown / 1e6:+.1f} MB")
    foreign = any(outcome.startswith("NOT OURS") for outcome in account.outcomes)
    whole = sum(account.outcomes.values()) == calls
    return whole and not foreign and left == (0, 0) and grown < MEMORY_LIMIT


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=100_000)
    calls: int = parser.parse_args().calls
    results = [soak(name, calls) for name in ("threads", "tasks")]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
