"""A Dask cluster of real processes, each of which a test can end in its own way.

Most of them are forked from one process that has loaded Dask and the SDK, as loading these takes more
processor time than most tests do. Those whose program, settings of Dask or packages differ are
started anew.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Protocol

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


#: Forks a process for each line, and prints its number. It has one thread, so that it may.
_FORKER = """
import gc, importlib, json, os, signal, sys
PREFIX = sys.argv[1]
programs = {name: importlib.import_module(PREFIX + name) for name in ("scheduler", "worker")}
import a2e_sdk._worker.slice_run
gc.collect()
gc.freeze()
def reap(*_):
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass
signal.signal(signal.SIGCHLD, reap)
for line in sys.stdin.buffer:
    told = json.loads(line)
    number = os.fork()
    if not number:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        log = os.open(told["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for source, target in ((nothing, 0), (log, 1), (log, 2)):
            os.dup2(source, target)
        os.environ.clear()
        os.environ.update(told["environment"])
        os.chdir(told["folder"])
        sys.path.insert(0, "")
        sys.argv = told["arguments"]
        try:
            programs[told["program"]].main(told["arguments"], prog_name=told["program"])
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(1)
    print(number, flush=True)
"""


class Process(Protocol):
    """What tests do with a process of a cluster."""

    @property
    def pid(self) -> int: ...

    def send_signal(self, sig: int, /) -> None: ...

    def kill(self) -> None: ...

    def wait(self) -> int | None: ...


class _Forked:
    """A process that the forker started, which also takes in its end."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def send_signal(self, sig: int, /) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, sig)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def wait(self) -> None:
        _until(lambda: not _exists(self.pid))


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@cache
def _forker() -> subprocess.Popen[bytes]:
    """Return the process that starts others, which ends with this one."""
    forker = subprocess.Popen(
        [sys.executable, "-c", _FORKER, _MODULE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
    )
    atexit.register(_end, forker)
    return forker


def _end(forker: subprocess.Popen[bytes]) -> None:
    with forker:  # It reads no more, and is waited for.
        forker.kill()


def _forked(program: str, arguments: list[str], log: Path, variables: dict[str, str]) -> _Forked:
    forker = _forker()
    assert forker.stdin is not None
    assert forker.stdout is not None
    told = {
        "program": program,
        "arguments": arguments,
        "log": str(log),
        "folder": str(log.parent),
        "environment": environment(**variables),
    }
    forker.stdin.write(json.dumps(told).encode() + b"\n")
    forker.stdin.flush()
    return _Forked(int(forker.stdout.readline()))


def environment(**variables: str) -> dict[str, str]:
    """The environment of a process that has this SDK, and the key of an account."""
    homes = [str(Path(str(package.__file__)).parents[1]) for package in (a2e_sdk, a2e_api)]
    fixed = {
        "PYTHONPATH": os.pathsep.join([*homes, os.environ.get("PYTHONPATH", "")]),
        "A2E_API_KEY": KEY,
        "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "5s",
        # By default an idle process looks at itself a hundred times a second.
        "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
        "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s",
        "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__INTERVAL": "10s",
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
        self._children: list[Process] = []
        self._logs = 0
        self.scheduler: Process | None = None
        self.address = ""

    def start_scheduler(self, **variables: str) -> None:
        port = self.address.rpartition(":")[2] or "0"
        file = self._folder / "scheduler.json"
        file.unlink(missing_ok=True)
        self.scheduler = self._child(
            "scheduler",
            [
                *("--host", "127.0.0.1", "--port", port),
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
    ) -> Process:
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
        arguments = [self.address, "--nthreads", str(threads)]
        arguments += ["--no-dashboard", "--no-nanny", "--death-timeout", "20"]
        arguments += ["--local-directory", str(self._folder), "--preload", str(file)]
        return self._child("worker", arguments, variables, before, is_usual=preload is None)

    def wait_for_workers(self, count: int) -> None:
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=30)

    def wait_until_left(self, count: int) -> None:
        """Wait until the scheduler takes so few workers for alive."""
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            _until(lambda: len(client.scheduler_info()["workers"]) <= count, 60)

    def _child(
        self,
        program: str,
        arguments: list[str],
        variables: dict[str, str],
        before: tuple[str, ...] = (),
        *,
        is_usual: bool = True,
    ) -> Process:
        self._logs += 1
        log = self._folder / f"{self._logs}.log"
        is_of_the_sdk = all(name.startswith("A2E_") for name in variables)
        child: Process
        if hasattr(os, "fork") and is_usual and is_of_the_sdk and not before:
            child = _forked(program, arguments, log, variables)
        else:
            with log.open("wb") as output:
                child = subprocess.Popen(
                    [*before, sys.executable, "-m", f"{_MODULE}{program}", *arguments],
                    stdout=output,
                    stderr=output,
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


def kill(child: Process) -> None:
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
    except BaseException:
        print(cluster.logs()[-20_000:])  # Shown with the test that failed.
        raise
    finally:
        cluster.close()
