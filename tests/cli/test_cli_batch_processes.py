"""``a2e batch`` as real processes over real HTTP: killed, interrupted, piped, and on a terminal."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from batch_files import GO_ON, RUN, events_of, results_of, write_jobs
from cli_runs import A2E_COMMAND, Environment, Outcome, interruptible

from a2e_sdk.sandbox import Fault, Sandbox
from a2e_sdk.sandbox.http_server import SandboxServer, serve

pytestmark = pytest.mark.once

START = "start_wan_25_task"
Cli = Callable[..., Outcome]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("A2E_JOURNAL", raising=False)
    return tmp_path


@contextmanager
def served(monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox) -> Iterator[SandboxServer]:
    with serve(sandbox) as running:
        monkeypatch.setenv("A2E_BASE_URL", running.url)
        monkeypatch.setenv("A2E_API_KEY", "sandbox")
        yield running


@contextmanager
def started(environment: Environment, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    child = subprocess.Popen(
        interruptible(*arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment(),
    )
    with child:
        try:
            yield child
        finally:
            child.kill()


def wait_for_starts(server: SandboxServer, count: int) -> None:
    deadline = time.monotonic() + 30
    while server.sandbox.requests.count(START) < count:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_thirty_rows_twice(process: Cli, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = write_jobs(here, 30)
    with served(monkeypatch, Sandbox(processing_after=0, completed_after=0.3)) as server:
        first, second = process(*RUN), process(*RUN)
        assert (first.code, second.code) == (0, 0), first
        assert len(first.out.splitlines()) == 32
        assert len(second.out.splitlines()) == 2
        assert server.sandbox.requests.count(START) == 30
        assert server.sandbox.paid_twice() == []
    assert set(results_of(here / "results")) == set(keys)
    assert all((here / "results" / f"{key}.mp4").stat().st_size == 65_536 for key in keys)


@POSIX
def test_a_batch_that_was_killed_in_the_middle_pays_nothing_twice(
    process: Cli, environment: Environment, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_jobs(here, 30)
    with served(monkeypatch, Sandbox(processing_after=0, completed_after=0.5)) as server:
        with started(environment, *RUN, "--concurrency", "8") as child:
            wait_for_starts(server, 12)
            child.kill()
        # A start that was cut before it was sent can be decided now, and not in five minutes.
        server.sandbox.clock.advance(301)
        status = process("batch", "status", "results", "--json")
        assert status.code == 0, status
        again = process(*RUN)
        assert again.code == 0, again
        assert "30 of 30 jobs succeeded" in again.out
        assert server.sandbox.requests.count(START) == 30
        assert server.sandbox.paid_twice() == []
    assert len(list((here / "results").glob("*.mp4"))) == 30


@POSIX
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_the_first_signal_ends_in_good_order(
    process: Cli,
    environment: Environment,
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    code: int,
) -> None:
    write_jobs(here, 12)
    with served(monkeypatch, Sandbox(processing_after=0, completed_after=3_600)) as server:
        with started(environment, *RUN, "--concurrency", "4") as child:
            wait_for_starts(server, 4)
            time.sleep(0.3)
            child.send_signal(number)
            printed, told = child.communicate(timeout=30)
        assert child.returncode == code, told
        assert printed.splitlines()[:2] == [
            "0 of 12 jobs succeeded; their files are in results.",
            "Others: 4 still running, 8 not started.",
        ]
        assert told.count("goes on running on the server, billed as started") == 4
        assert "Stopping: nothing more is started" in told
        assert told.splitlines()[-2:] == [
            "Go on with:",
            "  a2e batch run --output results --concurrency 4",
        ]
        assert server.sandbox.requests.count(START) == 4
        server.sandbox.set_pace(completed_after=0)
        server.sandbox.clock.advance(4_000)  # type: ignore[attr-defined]
        again = process(*GO_ON)
        assert again.code == 0, again
        assert server.sandbox.paid_twice() == []


@POSIX
def test_the_second_signal_ends_at_once_and_nothing_is_lost(
    process: Cli, environment: Environment, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_jobs(here, 6)
    # Starts whose responses take long: the first signal waits for them, the second does not.
    sandbox = Sandbox(processing_after=0, completed_after=0)
    sandbox.faults.add(Fault.stall(60), START, None)
    with served(monkeypatch, sandbox) as server:
        with started(environment, *RUN) as child:
            wait_for_starts(server, 4)
            child.send_signal(signal.SIGINT)
            time.sleep(0.1)
            child.send_signal(signal.SIGINT)
            _, told = child.communicate(timeout=30)
        assert child.returncode == 130
        assert re.search(r"a2e: interrupted\n[1-6] jobs were starting or running", told)
        assert told.splitlines()[-1] == "  a2e batch run --output results"
        sandbox.faults.clear()
        sandbox.clock.advance(301)  # What was cut before it was sent can be decided now.
        again = process(*GO_ON)
        assert again.code == 0, again
        assert server.sandbox.requests.count(START) == 6
        assert server.sandbox.paid_twice() == []


def test_a_reader_that_leaves_stops_the_batch(
    process: Cli, environment: Environment, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_jobs(here, 30)
    with served(monkeypatch, Sandbox(processing_after=0, completed_after=0.2)) as server:
        with started(environment, *RUN, "--concurrency", "2") as child:
            assert child.stdout is not None
            assert child.stderr is not None
            assert "saved results/" in child.stdout.readline()
            child.stdout.close()
            told = child.stderr.read()
            assert child.wait(30) == 7, told
        assert "Traceback" not in told
        assert "of 30 jobs succeeded" in told
        assert "  a2e batch run --output results --concurrency 2" in told
        assert server.sandbox.requests.count(START) < 30
        assert process(*GO_ON).code == 0
        assert server.sandbox.paid_twice() == []


def test_events_come_line_by_line_while_it_runs(
    environment: Environment, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_jobs(here, 6)
    sandbox = Sandbox(processing_after=0, completed_after=0.2)
    words = (*RUN, "--concurrency", "1", "--json")
    with served(monkeypatch, sandbox), started(environment, *words) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(2)]
        assert child.poll() is None  # It is still at work.
        rest, told = child.communicate(timeout=30)
    events = events_of("".join(lines) + rest)
    assert (child.returncode, told) == (0, "")
    assert [one["event"] for one in events] == ["begun", *["outcome"] * 6, "ended"]


@POSIX
def test_a_terminal_sees_one_display_and_a_line_for_each_failure(
    environment: Environment, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pty

    write_jobs(here, 10)
    sandbox = Sandbox(processing_after=0, completed_after=0.7, failure_share=0.2)
    with served(monkeypatch, sandbox):
        ours, theirs = pty.openpty()
        child = subprocess.Popen(
            [*A2E_COMMAND, *RUN, "--concurrency", "4", "--budget", "900"],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment(COLUMNS="80", TERM="xterm-256color", NO_COLOR="1"),
        )
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 65536):
                shown += part
        except OSError:  # how Linux says that the other side has closed
            pass
        os.close(ours)
        assert child.wait(30) == 4
    text = shown.decode()
    assert re.search(r"\d of 10  0:0\d", text)
    assert re.search(r"\d+ waiting  \d+ running", text)
    assert re.search(r"coins  budget \d+(, \d+ reserved)? of 900", text)
    assert re.search(r" left\b", text)
    assert ": saved " not in text
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
    failed = [line for line in re.split(r"[\r\n]+", plain) if ": failed (task " in line]
    assert len(failed) == 2
    assert "8 of 10 jobs succeeded; their files are in results." in plain
    # The cursor, which a display hides, is there again.
    assert text.rfind("\x1b[?25h") > text.rfind("\x1b[?25l")


@POSIX
def test_a_terminal_of_forty_columns_is_not_broken(
    environment: Environment, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pty

    write_jobs(here, 4)
    with served(monkeypatch, Sandbox(processing_after=0, completed_after=0.5)):
        ours, theirs = pty.openpty()
        child = subprocess.Popen(
            [*A2E_COMMAND, *RUN],
            stdout=subprocess.DEVNULL,
            stderr=theirs,
            env=environment(COLUMNS="40", TERM="xterm-256color", NO_COLOR="1"),
        )
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 65536):
                shown += part
        except OSError:
            pass
        os.close(ours)
        assert child.wait(30) == 0
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode())
    assert max(map(len, re.split(r"[\r\n]+", plain))) <= 40
