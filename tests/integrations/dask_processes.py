"""A Dask cluster of real processes, each of which a test can end in its own way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import a2e_api
import a2e_sdk

KEY = "sk_kill"
_MODULE = "distributed.cli.dask_"
#: The time of the workers passes so many times as fast as this machine's.
SPEED = 20.0
_FAST = """
import time
import anyio
from a2e_sdk._async.concurrency import AsyncClock
from a2e_sdk._sync.concurrency import Clock
for clock in (Clock, AsyncClock):
    clock.now = lambda self: time.monotonic() * {speed}
Clock.pause = lambda self, seconds: time.sleep(seconds / {speed})
async def pause_async(self, seconds):
    await anyio.sleep(seconds / {speed})
AsyncClock.pause_async = pause_async
"""


def environment(**variables: str) -> dict[str, str]:
    """The environment of a process that has this SDK, and the key of an account."""
    homes = [str(Path(str(package.__file__)).parents[1]) for package in (a2e_sdk, a2e_api)]
    fixed = {
        "PYTHONPATH": os.pathsep.join([*homes, os.environ.get("PYTHONPATH", "")]),
        "A2E_API_KEY": KEY,
        "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "5s",
    }
    return {name: value for name, value in (os.environ | fixed | variables).items() if value}


class DaskProcesses:
    """A scheduler and its workers.

    Args:
        folder: Where they keep their files.
        speed: How fast time passes for the workers' clients.
    """

    def __init__(self, folder: Path, speed: float = SPEED) -> None:
        self._folder = folder
        folder.mkdir()
        self._fast = folder / "fast_clock.py"
        self._fast.write_text(_FAST.format(speed=speed))
        self._children: list[subprocess.Popen[bytes]] = []
        self._logs = 0
        self.scheduler: subprocess.Popen[bytes] | None = None
        self.address = ""

    def start_scheduler(self, **variables: str) -> None:
        port = self.address.rpartition(":")[2] or "0"
        file = self._folder / "scheduler.json"
        file.unlink(missing_ok=True)
        self.scheduler = self._child(
            [
                *(f"{_MODULE}scheduler", "--host", "127.0.0.1", "--port", port),
                *("--no-dashboard", "--scheduler-file", str(file)),
            ],
            variables,
        )
        _until(lambda: file.exists() and file.read_text().rstrip().endswith("}"))
        self.address = json.loads(file.read_text())["address"]

    def start_worker(
        self,
        *,
        threads: int = 1,
        before: tuple[str, ...] = (),
        preload: str | None = None,
        **variables: str,
    ) -> subprocess.Popen[bytes]:
        """Start a worker.

        Args:
            threads: How many tasks it has at a time.
            before: The command that its own is the arguments of.
            preload: What it does first. Default: it makes its clock fast.
            variables: More of its environment; an empty one is taken away.
        """
        file = self._fast
        if preload is not None:
            file = self._folder / f"preload_{self._logs}.py"
            file.write_text(preload)
        arguments = [f"{_MODULE}worker", self.address, "--nthreads", str(threads)]
        arguments += ["--no-dashboard", "--no-nanny", "--death-timeout", "20"]
        arguments += ["--local-directory", str(self._folder), "--preload", str(file)]
        return self._child(arguments, variables, before)

    def wait_for_workers(self, count: int) -> None:
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=30)

    def _child(
        self, arguments: list[str], variables: dict[str, str], before: tuple[str, ...] = ()
    ) -> subprocess.Popen[bytes]:
        self._logs += 1
        with open(self._folder / f"{self._logs}.log", "wb") as log:
            child = subprocess.Popen(
                [*before, sys.executable, "-m", *arguments],
                stdout=log,
                stderr=log,
                env=environment(**variables),
                cwd=self._folder,  # What is imported from here would come first.
            )
        self._children.append(child)
        return child

    def logs(self) -> str:
        return "\n".join(path.read_text() for path in sorted(self._folder.glob("*.log")))

    def close(self) -> None:
        for child in self._children:
            child.kill()
        for child in self._children:
            child.wait()


def kill(child: subprocess.Popen[bytes]) -> None:
    """End a process without a last word."""
    child.send_signal(signal.SIGKILL)
    child.wait()


def _until(holds: Callable[[], object], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


@contextmanager
def dask_processes(
    folder: Path, *, workers: int = 2, threads: int = 1, speed: float = SPEED
) -> Iterator[DaskProcesses]:
    """Run a cluster while the block runs."""
    cluster = DaskProcesses(folder, speed)
    try:
        cluster.start_scheduler()
        for _ in range(workers):
            cluster.start_worker(threads=threads)
        if workers:
            cluster.wait_for_workers(workers)
        yield cluster
    finally:
        cluster.close()
