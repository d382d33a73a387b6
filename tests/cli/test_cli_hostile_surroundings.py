"""Odd surroundings: bytes that are no text, a key typed by mistake, a terminal of no width, signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runs import A2E_COMMAND, Environment, Outcome

from a2e_sdk.cli.steps import receipts
from a2e_sdk.sandbox.http_server import SandboxServer

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and shells of POSIX")

Cli = Callable[..., Outcome]
AVATAR, VOICE = "5a4d0b0c50f0000000000201", "5a4d0b0c50f0000000000101"
SPEAK = ("speak", "Hello.", "--avatar", AVATAR, "--voice", VOICE)
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(100)
LIST = ("face-swap", "tasks", "list", "--region", "sandbox")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "me.png").write_bytes(PICTURE)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "option"),
    [
        ((*SPEAK, "--title", "\udcff"), "--title"),
        (("speak", "\udcff", "--avatar", AVATAR, "--voice", VOICE), "TEXT"),
        (("image-to-video", "run", "--image", "me.png", "--prompt", "\udcff"), "--prompt"),
        (("image-to-video", "create", "--image", "me.png", "--prompt", "\udcff"), "--prompt"),
        (("backgrounds", "add", "me.png", "--name", "\udcff"), "--name"),
    ],
)
def test_a_text_that_is_no_utf_8_is_refused_before_anything_is_sent(
    process: Cli, server: SandboxServer, words: tuple[str, ...], option: str
) -> None:
    outcome = process(*words)
    assert outcome.code == 2
    assert outcome.err.startswith(f"a2e: {option} is no Unicode text")
    assert server.sandbox.requests.total == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (SPEAK, "The speech was made and paid for"),
        (("image-to-video", "run", "--image", "me.png", "--name", "a", "--prompt", "a"), "uploaded so far is paid for"),
        (("backgrounds", "add", "me.png"), "uploaded so far is paid for"),
        (("face-swap", "images", "add", "me.png"), "uploaded so far is paid for"),
    ],
)  # fmt: skip
def test_bad_input_that_is_noticed_after_something_was_paid_is_an_error_that_tells_it(
    a2e_cli: Cli,
    server: SandboxServer,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    told: str,
) -> None:
    from a2e_sdk._sync.api_client import APIClient

    call = APIClient.call

    def fail_beyond_the_steps(self: APIClient, request: object, *rest: object, **more: object):  # type: ignore[no-untyped-def]
        operation = getattr(request, "operation", "")
        if operation.startswith(("add_upload", "add_speech", "list", "get", "quick")):
            return call(self, request, *rest, **more)  # type: ignore[arg-type]
        raise ValueError("something that no check foresaw")

    monkeypatch.setattr(APIClient, "call", fail_beyond_the_steps)
    outcome = a2e_cli(*words)
    assert "something that no check foresaw" in outcome.err
    assert outcome.code == 1
    assert outcome.err.count(told) == 1


def test_what_a_step_cost_is_told_until_what_it_is_for_is_recorded() -> None:
    receipts.clear()
    receipts.keep_step("list_face_swap_tasks")
    assert not receipts.are_kept()
    receipts.keep_step("add_upload_url")
    receipts.keep_step("add_upload_url")
    receipts.keep_step("add_speech")
    assert receipts.are_kept()
    assert receipts.lines_beyond("The speech was made and paid for: https://x") == [
        "What was uploaded so far is paid for."
    ]
    receipts.keep("id1", ["Task id1 was started."])
    assert receipts.lines_beyond("") == ["Task id1 was started."]
    receipts.clear()


@pytest.mark.parametrize("key", ["abQ7w8E9r0T1y2U3i4O5p6zz", "eyJhbGciOi.Q7w8E9r0T1y2.U3i4O5p6"])
@pytest.mark.parametrize(
    "words",
    [
        ("{}",),
        ("face-swap", "tasks", "get", "{}"),
        ("face-swap", "tasks", "list", "{}"),
        ("face-swap", "tasks", "list", "--region", "{}"),
        ("face-swap", "tasks", "list", "--base-url", "{}"),
        ("face-swap", "tasks", "list", "--k{}"),
        ("drift-report", "{}"),
    ],
)
@pytest.mark.parametrize("variable", ["A2E_API_KEY", "A2E_API_TOKEN"])
def test_the_key_of_the_environment_is_not_repeated(
    a2e_cli: Cli, monkeypatch: pytest.MonkeyPatch, key: str, words: tuple[str, ...], variable: str
) -> None:
    monkeypatch.setenv(variable, key)
    outcome = a2e_cli(*(word.format(key) for word in words))
    assert outcome.code == 2
    assert outcome.err.startswith("a2e: ")
    assert "Q7w8E9r0" not in outcome.out + outcome.err


@pytest.mark.parametrize("columns", ["0", "80"])
def test_a_terminal_that_tells_no_width_gets_the_rows(
    a2e_cli: Cli, terminal: Callable[[int], None], columns: str
) -> None:
    terminal(int(columns))
    outcome = a2e_cli(*LIST)
    assert outcome.code == 0
    assert "6674f1765699df7e9d25311a" in outcome.out
    assert "3 tasks" in outcome.out


@pytest.mark.parametrize("words", [("--help",), ("face-swap", "--help"), ("--version",), ()])
def test_help_whose_reader_has_left_is_a_success(
    environment: Environment, words: tuple[str, ...]
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as pipe:
        done = subprocess.run(
            [*A2E_COMMAND, *words], stdout=pipe, stderr=subprocess.PIPE, env=environment(), check=False
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")


#: Sleeps where a module is imported, so that a signal finds the command being prepared.
_SLOW_IMPORT = """
import sys, time
class Slow:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            print("importing", flush=True)
            time.sleep(30)
sys.meta_path.insert(0, Slow())
sys.argv = ["a2e", "face-swap", "run", "--face", "https://example.com/a.png",
            "--video", "https://example.com/a.mp4", "--region", "sandbox", "-o", "x.mp4"]
from a2e_sdk.cli import main
sys.exit(main())
"""


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
@pytest.mark.parametrize("module", ["click", "a2e_sdk.cli.commands.face_swap", "a2e_sdk.cli.options.start_options"])  # fmt: skip
def test_a_signal_while_a_command_is_prepared_gives_its_own_code(
    environment: Environment, module: str, number: int, code: int
) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", _SLOW_IMPORT.format(module=module)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), preexec_fn=_take_signals,
    )  # fmt: skip
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"importing\n"
        time.sleep(0.05)
        child.send_signal(number)
        _, told = child.communicate(timeout=30)
    assert child.returncode == code
    assert b"Traceback" not in told


def _take_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
