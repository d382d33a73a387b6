"""Where a result goes is tried out before anything is paid for, and the result can go to a pipe."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli_runs import A2E_COMMAND, Environment, Outcome

from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.http_server import SandboxServer, serve

pytestmark = pytest.mark.once

Cli = Callable[..., Outcome]
FACE = ("--face", "https://example.com/f.jpg", "--video", "https://example.com/v.mp4")
IMAGE = ("--image", "https://example.com/f.jpg")
AVATAR, VOICE = "5a4d0b0c50f0000000000201", "5a4d0b0c50f0000000000101"
STARTS = {
    "face-swap": ("face-swap", "run", *FACE),
    "image-to-video": ("image-to-video", "run", *IMAGE, "--prompt", "turns", "--video-time", "5"),
    "text-to-image": ("text-to-image", "run", "--prompt", "a street"),
    "speak": ("speak", "Hello.", "--avatar", AVATAR, "--voice", VOICE),
    "speech": ("speech", "create", "Hello.", "--voice", VOICE),
}
PHOTOBOOK = ("photobook", "run", "--face", "https://example.com/f.jpg")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="paths and pipes of POSIX")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_bytes(b"mine")
    return tmp_path


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SandboxServer]:
    """A server whose tasks have ended at once."""
    with serve(Sandbox(processing_after=0, completed_after=0, result_size=5_000)) as running:
        monkeypatch.setenv("A2E_BASE_URL", running.url)
        monkeypatch.setenv("A2E_API_KEY", "sandbox")
        yield running


def paid(server: SandboxServer) -> bool:
    return bool(list(server.sandbox.coins))


@POSIX
@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize(
    "output",
    ["", "/proc/x", "/proc/", "file/out.mp4", "file/below/", "x" * 300, "x" * 256, "/dev/full"],
)
def test_what_cannot_be_written_is_found_out_before_it_is_paid(
    a2e_cli: Cli, server: SandboxServer, here: Path, start: str, output: str
) -> None:
    outcome = a2e_cli(*STARTS[start], "-o", output, "--existing", "overwrite")
    assert (outcome.code, outcome.out, server.sandbox.requests.total) == (2, "", 0)
    assert outcome.err.startswith("a2e: --output")
    assert [path.name for path in here.iterdir()] == ["file"]


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("words", [(), ("-o", "out.mp4")])
def test_a_directory_that_takes_no_files_is_found_out_before_it_is_paid(
    a2e_cli: Cli,
    server: SandboxServer,
    monkeypatch: pytest.MonkeyPatch,
    start: str,
    words: tuple[str, ...],
) -> None:
    opens = os.open

    def refuse(path: object, flags: int, *arguments: object, **more: object) -> int:
        if flags & os.O_CREAT:
            raise PermissionError(13, "Permission denied", str(path))
        return opens(path, flags, *arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refuse)
    outcome = a2e_cli(*STARTS[start], *words)
    assert (outcome.code, outcome.out, server.sandbox.requests.total) == (2, "", 0)
    assert "Permission denied" in outcome.err


@pytest.mark.parametrize("start", STARTS)
def test_what_can_be_written_is_left_as_it_was_until_the_result_is_there(
    a2e_cli: Cli, server: SandboxServer, here: Path, start: str
) -> None:
    outcome = a2e_cli(*STARTS[start], "-o", "new/place/")
    assert outcome.code == 0, outcome.err
    (file,) = (here / "new" / "place").iterdir()
    assert file.stat().st_size > 0


def test_numbered_files_that_are_there_are_found_out_before_it_is_paid(
    a2e_cli: Cli, server: SandboxServer, here: Path
) -> None:
    (here / "out-2.png").write_bytes(b"old")
    outcome = a2e_cli(*PHOTOBOOK, "-o", "out.png")
    assert (outcome.code, server.sandbox.requests.total) == (2, 0)
    assert "--existing overwrite" in outcome.err


def bytes_of(
    environment: Environment, *arguments: str, code: int = 0
) -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run(
        [*A2E_COMMAND, *arguments], capture_output=True, env=environment(), timeout=60, check=False
    )
    assert done.returncode == code, done.stderr.decode()
    return done


@pytest.mark.parametrize(
    "start",
    [
        *("face-swap", "speak", "speech"),
        # As face-swap, which is a family of the same table.
        *(
            pytest.param(one, marks=pytest.mark.nightly)
            for one in ("image-to-video", "text-to-image")
        ),
    ],
)
def test_a_dash_writes_the_very_bytes_to_standard_output(
    environment: Environment, a2e_cli: Cli, server: SandboxServer, here: Path, start: str
) -> None:
    done = bytes_of(environment, *STARTS[start], "-o", "-")
    if start != "speech":
        task_id = done.stderr.decode().partition("Started task ")[2][:24]
        words = ("--family", "avatar-videos" if start == "speak" else start)
        assert a2e_cli("download", task_id, *words, "-o", "whole").code == 0
        assert done.stdout == (here / "whole").read_bytes()
        assert bytes_of(environment, "download", task_id, *words, "-o", "-").stdout == done.stdout
    assert len(done.stdout) == 5_000
    assert "Wrote 5.0 kB to standard output." in done.stderr.decode()
    assert {path.name for path in here.iterdir()} <= {"file", "whole"}


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ((*STARTS["face-swap"], "--json"), "--json"),
        (PHOTOBOOK, "one result, not 4"),
        ((*STARTS["speech"], "--json"), "--json"),
    ],
)
def test_what_standard_output_cannot_take_is_refused_before_it_is_paid(
    a2e_cli: Cli, server: SandboxServer, words: tuple[str, ...], text: str
) -> None:
    outcome = a2e_cli(*words, "-o", "-")
    assert (outcome.code, outcome.out, server.sandbox.requests.total) == (2, "", 0)
    assert text in outcome.err


def test_several_results_that_nobody_foresaw_leave_the_id_and_the_command(
    environment: Environment, server: SandboxServer, here: Path
) -> None:
    created = bytes_of(environment, "photobook", "create", *PHOTOBOOK[2:], "--json")
    task_id = json.loads(created.stdout)["id"]
    words = ("download", task_id, "--family", "photobook")
    done = bytes_of(environment, *words, "-o", "-", code=1)
    assert done.stdout == b""
    assert task_id in done.stderr.decode()
    assert "directory" in done.stderr.decode()
    assert bytes_of(environment, *words, "-o", ".").returncode == 0


@POSIX
def test_standard_output_that_is_closed_is_refused_before_it_is_paid(
    environment: Environment, server: SandboxServer
) -> None:
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" >&-', "sh", *A2E_COMMAND, *STARTS["face-swap"], "-o", "-"],
        stderr=subprocess.PIPE, env=environment(), timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert not paid(server)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("speak", " ", "--avatar", AVATAR, "--voice", VOICE), "TEXT is empty"),
        (("speech", "create", "", "--voice", VOICE), "TEXT is empty"),
        ((*STARTS["face-swap"], "--timeout", "nan"), "--timeout"),
        ((*STARTS["face-swap"], "--timeout", "-1"), "--timeout"),
        ((*STARTS["face-swap"], "--timeout", "inf"), "--timeout"),
        (("wan-25", "create", "--prompt", ""), "--prompt"),
        (("wan-25", "create", "--prompt", "  "), "--prompt"),
        ((*STARTS["speak"], "--timeout", "0"), "--timeout"),
        (("face-swap", "run", "--face", "", "--video", "https://example.com/v.mp4"), "--face"),
    ],
)
def test_empty_texts_and_odd_numbers_are_refused_before_they_are_paid(
    a2e_cli: Cli, server: SandboxServer, words: tuple[str, ...], text: str
) -> None:
    outcome = a2e_cli(*words)
    assert (outcome.code, outcome.out, server.sandbox.requests.total) == (2, "", 0)
    assert text in outcome.err
