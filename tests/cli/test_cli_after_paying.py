"""After a paid start nothing hides it: its id is told, and the exit code is a documented one."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli_runs import A2E_COMMAND, Environment, Outcome, interruptible

from a2e_sdk import errors
from a2e_sdk.cli.output.streams import OutputError
from a2e_sdk.cli.steps import receipts
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.faults.fault import Fault
from a2e_sdk.sandbox.http_server import SandboxServer, serve

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(sys.platform == "win32", reason="signals and shells of POSIX"),
]

Cli = Callable[..., Outcome]
FACE = ("--face", "https://example.com/f.jpg", "--video", "https://example.com/v.mp4")
CREATE = ("face-swap", "tasks", "create", *FACE)
RUN = ("face-swap", "run", *FACE)
AVATAR, VOICE = "5a4d0b0c50f0000000000201", "5a4d0b0c50f0000000000101"
SPEAK = ("speak", "Hello.", "--avatar", AVATAR, "--voice", VOICE)
ASCII = {"PYTHONIOENCODING": "ascii", "LANG": "C", "LC_ALL": "C"}
STOPS = [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SandboxServer]:
    """A server whose tasks have ended at once."""
    with serve(Sandbox(processing_after=0, completed_after=0, result_size=500_000)) as running:
        monkeypatch.setenv("A2E_BASE_URL", running.url)
        monkeypatch.setenv("A2E_API_KEY", "sandbox")
        yield running


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[SandboxServer]:
    """A server whose tasks do not end while a test lasts."""
    with serve(Sandbox(processing_after=0, completed_after=3_600)) as running:
        monkeypatch.setenv("A2E_BASE_URL", running.url)
        monkeypatch.setenv("A2E_API_KEY", "sandbox")
        yield running


def shell(environment: Environment, redirection: str, *words: str, **variables: str) -> Outcome:
    """Run ``a2e`` as a shell does, with a redirection."""
    done = subprocess.run(
        ["sh", "-c", f'"$@" {redirection}', "sh", *A2E_COMMAND, *words],
        capture_output=True,
        encoding="utf-8",
        env=environment(**variables),
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return Outcome(done.returncode, done.stdout, done.stderr)


def task_of(server: SandboxServer) -> str:
    assert server.sandbox.requests.count("add_face_swap_task") == 1
    return str(server.sandbox.face_swap_tasks()[0]["_id"])


@pytest.mark.parametrize("words", [(*CREATE, "--json"), RUN])
@pytest.mark.parametrize("redirection", [">&-", ">/dev/full", "1</dev/null"])
def test_standard_output_that_fails_leaves_the_id_on_standard_error(
    environment: Environment, server: SandboxServer, words: tuple[str, ...], redirection: str
) -> None:
    outcome = shell(environment, redirection, *words)
    assert outcome.code == 1
    assert task_of(server) in outcome.err
    assert "a2e: can't write to standard output: " in outcome.err
    assert "exited" not in outcome.err
    assert outcome.err.count("Exception ignored") == 0


@pytest.mark.parametrize("redirection", ["2>&-", "2>/dev/full"])
@pytest.mark.parametrize(("words", "code"), [(CREATE, 0), (RUN, 0), ((*RUN, "-o", "-"), 0)])
def test_standard_error_that_fails_changes_nothing(
    environment: Environment,
    server: SandboxServer,
    words: tuple[str, ...],
    code: int,
    redirection: str,
) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"$@" {redirection}', "sh", *A2E_COMMAND, *words],
        capture_output=True, env=environment(), timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == code
    assert len(done.stdout) == 500_000 or task_of(server).encode() in done.stdout
    assert server.sandbox.requests.count("add_face_swap_task") == 1


def test_without_standard_error_the_id_goes_to_standard_output(
    environment: Environment, slow: SandboxServer
) -> None:
    outcome = shell(environment, "2>&-", *RUN, "--timeout", "0.2")
    task_id = task_of(slow)
    assert outcome.code == 5
    assert f"a2e face-swap tasks wait {task_id}" in outcome.out


@pytest.mark.parametrize("redirection", [">&- 2>&-", ">/dev/full 2>/dev/full", "<&- >&- 2>&-"])
def test_without_any_stream_it_still_ends_with_a_documented_code(
    environment: Environment, server: SandboxServer, redirection: str
) -> None:
    assert shell(environment, redirection, *CREATE).code == 1
    assert shell(environment, redirection, *RUN, "-o", "out.mp4").code == 1
    assert Path("out.mp4").stat().st_size == 500_000


def test_standard_output_that_is_full_is_found_out_before_it_is_paid(
    environment: Environment, server: SandboxServer
) -> None:
    assert shell(environment, ">/dev/full", *RUN, "-o", "-").code == 2
    assert server.sandbox.requests.total == 0


@pytest.mark.parametrize(("problem", "code"), [(BrokenPipeError(), 0), (OutputError("full"), 1)])
def test_a_result_that_standard_output_does_not_take_can_be_had_again(
    a2e_cli: Cli,
    server: SandboxServer,
    monkeypatch: pytest.MonkeyPatch,
    problem: OSError,
    code: int,
) -> None:
    def fail(_: Path) -> None:
        raise problem

    monkeypatch.setattr("a2e_sdk.cli.steps.task_steps.copy_to_output", fail)
    monkeypatch.setattr("a2e_sdk.cli.app.discard_output", lambda: None)
    outcome = a2e_cli(*RUN, "-o", "-")
    assert outcome.code == code
    (command,) = [line for line in outcome.err.splitlines() if line.startswith("  a2e ")]
    assert shlex.split(command) == ["a2e", "download", task_of(server), "--output", "-"]


@pytest.mark.parametrize("form", [(), ("--json",)])
@pytest.mark.parametrize("variables", [ASCII, {**ASCII, "PYTHONUTF8": "0"}, {"FORCE_COLOR": "1"}])
def test_a_name_that_the_terminal_lacks_is_escaped(
    environment: Environment,
    server: SandboxServer,
    form: tuple[str, ...],
    variables: dict[str, str],
) -> None:
    names = ("Zoë 山田", "\udcff", "a\x1b[2J")
    ids = [server.sandbox.add_face_swap_task(name=name) for name in names]
    outcome = shell(environment, "", "face-swap", "tasks", "list", *form, **variables)
    assert (outcome.code, outcome.err) == (0, "")
    assert all(task_id in outcome.out for task_id in ids)


@pytest.mark.parametrize("place", ["/proc/drift.json", "."])
def test_a_drift_file_that_cannot_be_written_is_a_line_and_no_failure(
    environment: Environment, server: SandboxServer, place: str
) -> None:
    server.sandbox.add_face_swap_task(brand_new=1)
    outcome = shell(environment, "", *CREATE, A2E_DRIFT_FILE=place)
    assert outcome.code == 0
    assert task_of(server) in outcome.out
    listed = shell(environment, "", "face-swap", "tasks", "list", A2E_DRIFT_FILE=place)
    assert listed.code == 0
    assert "A2E_DRIFT_FILE" in listed.err


def stopped(
    environment: Environment, ready: Callable[[], object], number: int, *words: str
) -> Outcome:
    """Run ``a2e`` and send it a signal when something has happened."""
    child = subprocess.Popen(
        interruptible(*words),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment(),
    )
    with child:
        try:
            deadline = time.monotonic() + 30
            while not ready() and time.monotonic() < deadline:
                time.sleep(0.02)
            child.send_signal(number)
            printed, told = child.communicate(timeout=30)
        finally:
            child.kill()
    assert "Traceback" not in told
    return Outcome(child.returncode, printed, told)


@pytest.mark.parametrize(("number", "code"), STOPS)
def test_a_signal_during_a_run_leaves_the_command_that_takes_it_up_again(
    environment: Environment, slow: SandboxServer, number: int, code: int
) -> None:
    requests = slow.sandbox.requests
    outcome = stopped(environment, lambda: requests.total > 1, number, *RUN, "-o", "out.mp4")
    task_id = task_of(slow)
    assert (outcome.code, outcome.out) == (code, "")
    wait, download = outcome.err.splitlines()[-1].split(" && ")
    assert shlex.split(wait) == ["a2e", "face-swap", "tasks", "wait", task_id]
    assert shlex.split(download) == ["a2e", "download", task_id, "--output", "out.mp4"]


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [
        *((number, code, CREATE) for number, code in STOPS),
        (signal.SIGINT, 130, RUN),
        pytest.param(signal.SIGTERM, 143, RUN, marks=pytest.mark.nightly),
        pytest.param(signal.SIGHUP, 129, RUN, marks=pytest.mark.nightly),
    ],
)
def test_a_signal_while_a_start_is_out_says_what_to_look_for(
    environment: Environment,
    slow: SandboxServer,
    number: int,
    code: int,
    words: tuple[str, ...],
) -> None:
    slow.sandbox.faults.add(Fault.stall(60), operation="add_face_swap_task")
    requests = slow.sandbox.requests
    outcome = stopped(
        environment, lambda: requests.total, number, *words, "--name", "holiday at sea"
    )
    assert (outcome.code, outcome.out) == (code, "")
    assert "It may have been started and charged." in outcome.err
    assert "Look for one named 'holiday at sea'" in outcome.err
    assert outcome.err.splitlines()[-1] == "  a2e face-swap tasks list --limit 20"


@pytest.mark.parametrize(("number", "code"), STOPS)
def test_a_signal_before_a_start_says_that_nothing_was_started(
    environment: Environment, number: int, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox = Sandbox(latency=60)
    with serve(sandbox) as server:
        monkeypatch.setenv("A2E_BASE_URL", server.url)
        monkeypatch.setenv("A2E_API_KEY", "sandbox")
        outcome = stopped(environment, lambda: sandbox.requests.total, number, *SPEAK)
    assert outcome.code == code
    assert "Nothing was started." in outcome.err


def test_a_start_whose_video_is_unknown_says_how_to_look(
    a2e_cli: Cli, server: SandboxServer, pauses: list[float]
) -> None:
    server.sandbox.faults.add(Fault.http(500), operation="start_avatar_video")
    outcome = a2e_cli(*SPEAK, "--title", "hello")
    assert outcome.code == 6
    assert "Look for one named 'hello'" in outcome.err
    assert "a2e avatar-videos run --audio takes it" in outcome.err


@pytest.mark.parametrize(
    "kind", [ValueError, FileNotFoundError, FileExistsError, TypeError, KeyError]
)
@pytest.mark.parametrize("words", [CREATE, RUN, SPEAK])
def test_what_goes_wrong_after_a_start_is_neither_bad_input_nor_a_traceback(
    a2e_cli: Cli,
    server: SandboxServer,
    monkeypatch: pytest.MonkeyPatch,
    kind: type[Exception],
    words: tuple[str, ...],
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise kind("something odd")

    monkeypatch.setattr("a2e_sdk.cli.output.printing.record", fail)
    monkeypatch.setattr("a2e_sdk._sync.client.A2E.download", fail)
    outcome = a2e_cli(*words)
    assert (outcome.code, outcome.out) == (1, "")
    assert "something odd" in outcome.err
    assert re.search(r"[Tt]ask [0-9a-f]{24}.* billed|paid for|[0-9a-f]{24}", outcome.err)
    assert "  a2e " in outcome.err


@pytest.mark.parametrize("kind", [ValueError, TypeError, RuntimeError, OSError])
def test_an_odd_error_while_a_start_is_out_is_an_unknown_start(
    a2e_cli: Cli, server: SandboxServer, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise kind("something odd")

    monkeypatch.setattr("a2e_sdk._sync.tasks.submit.records_of", fail)
    outcome = a2e_cli(*CREATE, "--name", "holiday")
    assert outcome.code == 6
    assert "Look for one named 'holiday'" in outcome.err
    assert server.sandbox.requests.count("add_face_swap_task") == 1


def test_each_command_begins_with_an_empty_record(a2e_cli: Cli, server: SandboxServer) -> None:
    assert a2e_cli(*CREATE).code == 0
    assert receipts.are_kept()
    assert a2e_cli("face-swap", "tasks", "get", "nonsense").code == 2
    assert not receipts.are_kept()


def test_the_notes_of_an_error_are_printed(
    a2e_cli: Cli, server: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        error = errors.APITimeoutError("late", operation="add_face_swap_task")
        error.add_note("face_swap 'a2e-1' was sent. Look with a2e.face_swap.tasks.list().")
        raise error

    monkeypatch.setattr("a2e_sdk._sync.tasks.resource.start_once", fail)
    outcome = a2e_cli(*CREATE)
    assert outcome.code == 1
    assert "'a2e-1' was sent. Look with a2e face-swap tasks list." in outcome.err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_that_the_parent_ignores_stays_ignored(
    environment: Environment, number: int
) -> None:
    # As with nohup: the child of a shell that ignores it must go on.
    name = signal.Signals(number).name.removeprefix("SIG")
    with serve(Sandbox(latency=1.5)) as server:
        child = subprocess.Popen(
            ["sh", "-c", f"trap '' {name}; exec \"$@\"", "sh", *A2E_COMMAND, *CREATE],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=environment(A2E_BASE_URL=server.url, A2E_API_KEY="sandbox"),
        )
        with child:
            deadline = time.monotonic() + 30
            while not server.sandbox.requests.total and time.monotonic() < deadline:
                time.sleep(0.02)
            os.kill(child.pid, number)
            printed, _ = child.communicate(timeout=60)
    assert child.returncode == 0
    assert "initialized" in printed


@pytest.mark.parametrize("variables", [{}, {"FORCE_COLOR": "1"}])
def test_a_reader_who_left_is_a_success_in_every_form(
    environment: Environment, server: SandboxServer, variables: dict[str, str]
) -> None:
    for number in range(300):
        server.sandbox.add_face_swap_task(name=f"task {number}")
    script = '{ "$@"; echo "code $?" >&2; } | head -c 1 >/dev/null'
    done = subprocess.run(
        ["sh", "-c", script, "sh", *A2E_COMMAND, "face-swap", "tasks", "list"],
        capture_output=True, encoding="utf-8", env=environment(**variables), timeout=60, check=False,
    )  # fmt: skip
    assert done.stderr == "code 0\n"
