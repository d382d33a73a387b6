"""Runs, waits and downloads as real processes, with real signals and the real clock."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cli_runs import A2E_COMMAND, Environment, Outcome, interruptible

from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.faults.fault import Fault
from a2e_sdk.sandbox.http_server import SandboxServer, serve

pytestmark = pytest.mark.once

START = ("--face", "https://example.com/f.jpg", "--video", "https://example.com/v.mp4")
RUN = ("face-swap", "run", *START)
WAIT = ("face-swap", "tasks", "wait")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[SandboxServer]:
    """A server whose tasks do not end while a test lasts."""
    with serve(Sandbox(processing_after=0, completed_after=3_600)) as running:
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


def interrupt_after(child: subprocess.Popen[str], line: str) -> tuple[int, str, str]:
    """Press Ctrl-C once a line has begun on standard error."""
    assert child.stderr is not None
    seen = ""
    while not seen.splitlines(keepends=True)[-1:] or line not in seen.splitlines()[-1]:
        part = child.stderr.readline()
        assert part, seen
        seen += part
    child.send_signal(signal.SIGINT)
    printed, errors = child.communicate(timeout=30)
    return child.returncode, printed, seen + errors


def test_run_works_offline_in_one_process(process: Callable[..., Outcome], here: Path) -> None:
    outcome = process(*RUN, "--output", "out.mp4", "--region", "sandbox")
    assert (outcome.code, outcome.out) == (0, "Saved out.mp4 (65.5 kB).\n")
    assert (here / "out.mp4").stat().st_size == 65_536
    words = [line.split(": ")[-1] for line in outcome.err.splitlines()]
    assert words == ["initialized", "processing", "completed", "Downloading 65.5 kB"]


def test_run_takes_files_offline(process: Callable[..., Outcome], here: Path) -> None:
    (here / "me.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(500))
    (here / "clip.mp4").write_bytes(b"\x00\x00\x00\x18ftypmp42" + bytes(5_000))
    words = ("--face", "me.jpg", "--video", "clip.mp4", "--output", "out.mp4")
    outcome = process("face-swap", "run", *words, "--region", "sandbox")
    assert (outcome.code, outcome.out) == (0, "Saved out.mp4 (65.5 kB).\n")
    assert "Uploaded 5.5 kB" in outcome.err


@POSIX
def test_ctrl_c_during_a_wait_prints_the_command_that_goes_on(
    environment: Environment, slow: SandboxServer
) -> None:
    task_id = slow.sandbox.add_face_swap_task(current_status="processing", result_url="")
    words = (*WAIT, task_id, "--base-url", slow.url)
    with started(environment, *words) as child:
        code, printed, errors = interrupt_after(child, f"Task {task_id}: processing")
    assert (code, printed) == (130, "")
    assert errors.splitlines() == [
        f"Task {task_id}: processing",
        "a2e: interrupted",
        f"Task {task_id} goes on running on the server, billed as started.",
        "Take it up again with:",
        f"  a2e face-swap tasks wait {task_id} --base-url {slow.url}",
    ]


@POSIX
def test_ctrl_c_during_a_run_keeps_the_id_and_charges_nothing_more(
    environment: Environment, slow: SandboxServer
) -> None:
    with started(environment, *RUN, "--output", "my clip.mp4") as child:
        code, printed, errors = interrupt_after(child, "Started task")
    task_id = slow.sandbox.face_swap_tasks()[0]["_id"]
    assert (code, printed) == (130, "")
    wait, download = errors.splitlines()[-1].split(" && ")
    assert shlex.split(wait) == ["a2e", *WAIT, task_id]
    assert shlex.split(download) == ["a2e", "download", task_id, "--output", "my clip.mp4"]
    assert slow.sandbox.requests.count("add_face_swap_task") == 1


@POSIX
def test_ctrl_c_of_a_sandbox_in_the_process_says_that_it_is_gone(
    environment: Environment,
) -> None:
    with started(environment, *RUN, "--region", "sandbox") as child:
        code, _, errors = interrupt_after(child, "Started task")
    assert code == 130
    assert "--region sandbox" in errors
    assert errors.endswith("one that stays is served by:\n  a2e sandbox\n")


def test_a_wait_that_times_out_is_5(process: Callable[..., Outcome], slow: SandboxServer) -> None:
    ids = [
        slow.sandbox.add_face_swap_task(current_status="processing", result_url="")
        for _ in range(2)
    ]
    outcome = process(*WAIT, *ids, "--timeout", "0.2")
    assert (outcome.code, outcome.out) == (5, "")
    assert outcome.err.splitlines()[-1] == f"  a2e face-swap tasks wait {ids[0]} {ids[1]}"


@POSIX
def test_a_download_that_was_interrupted_goes_on_where_it_was(
    environment: Environment, process: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    size = 3_000_000
    with serve(Sandbox(processing_after=0, completed_after=0, result_size=size)) as server:
        monkeypatch.setenv("A2E_BASE_URL", server.url)
        monkeypatch.setenv("A2E_API_KEY", "sandbox")
        created = process("face-swap", "tasks", "create", *START)
        task_id = server.sandbox.face_swap_tasks()[0]["_id"]
        assert created.code == 0
        whole = process("download", task_id, "--output", "whole.mp4")
        assert whole.code == 0

        # The first answer stops in the middle; the next one does not come.
        faults = server.sandbox.faults
        faults.add(Fault.cut(size // 2), operation="download_file")
        faults.add(Fault.stall(600), operation="download_file")
        with started(environment, "download", task_id, "--output", "out.mp4") as child:
            received = server.sandbox.requests
            deadline = time.monotonic() + 30
            while received.count("download_file") < 3 and time.monotonic() < deadline:
                time.sleep(0.01)
            child.send_signal(signal.SIGINT)
            printed, errors = child.communicate(timeout=30)
        assert (child.returncode, printed, Path("out.mp4").exists()) == (130, "", False)
        kept = Path("out.mp4.a2e-part").stat().st_size
        assert kept > 0
        command = shlex.split(errors.splitlines()[-1])
        assert command == ["a2e", "download", task_id, "--output", "out.mp4"]

        faults.clear()
        again = process(*command[1:])
    assert (again.code, again.out) == (0, "Saved out.mp4 (3.0 MB).\n")
    assert again.err.startswith(f"Downloading {kept / 1_000_000:.1f} MB of 3.0 MB")
    assert Path("out.mp4").read_bytes() == Path("whole.mp4").read_bytes()


@POSIX
def test_a_terminal_sees_a_display_and_a_clean_end(environment: Environment) -> None:
    import pty

    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [*A2E_COMMAND, *RUN, "--output", "out.mp4", "--region", "sandbox"],
        stdout=subprocess.PIPE,
        stderr=theirs,
        encoding="utf-8",
        env=environment(COLUMNS="80", TERM="xterm-256color"),
    )
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:  # how Linux says that the other side has closed
        pass
    os.close(ours)
    printed, _ = child.communicate(timeout=30)

    text = shown.decode()
    assert (child.returncode, printed) == (0, "Saved out.mp4 (65.5 kB).\n")
    assert "processing  0:0" in text
    assert "completed after 0:03" in text
    # The cursor, which a display hides, is there again.
    assert text.rfind("\x1b[?25h") > text.rfind("\x1b[?25l")
