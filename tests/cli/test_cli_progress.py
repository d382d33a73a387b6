"""What is told while a command works: plain lines for a log, a display that moves for a terminal."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from rich.console import Console

from a2e_sdk import FaceSwapTask, TaskStatus
from a2e_sdk._tasks.client_state import ClientState
from a2e_sdk.cli.output.live_progress import LiveProgress
from a2e_sdk.cli.output.progress import PlainProgress, is_live

ID = "6674f1765699df7e9d25311a"
OTHER = ID[::-1]
NOW = datetime(2024, 6, 21, 3, 20, tzinfo=UTC)


def task(word: str, identifier: str = ID, *, age: float = 0.0) -> FaceSwapTask:
    status = {"completed": TaskStatus.SUCCEEDED, "failed": TaskStatus.FAILED}
    return FaceSwapTask(
        id=identifier,
        status=status.get(word, TaskStatus.RUNNING),
        raw_status=word,
        created_at=NOW - timedelta(seconds=age),
        updated_at=NOW,
    )


def test_each_change_of_a_task_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    progress = PlainProgress()
    progress.started(task("initialized"))
    for word in ("initialized", "processing", "processing", "completed"):
        progress.seen(task(word))
    progress.seen(task("processing", OTHER))
    assert capsys.readouterr().err.splitlines() == [
        f"Started task {ID}: initialized",
        f"Task {ID}: processing",
        f"Task {ID}: completed",
        f"Task {OTHER}: processing",
    ]


def test_a_transfer_is_told_of_every_ten_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    now = 0.0
    progress = PlainProgress(lambda: now)
    for second in range(26):
        now = float(second)
        progress.uploading(second * 1_000_000, 25_000_000)
    progress.downloading(0, 3_000)
    progress.downloading(3_000, 3_000)
    progress.downloading(0, None)
    assert capsys.readouterr().err.splitlines() == [
        "Uploading 25.0 MB",
        "Uploading 10.0 MB of 25.0 MB",
        "Uploading 20.0 MB of 25.0 MB",
        "Uploaded 25.0 MB",
        "Downloading 3.0 kB",
        "Downloading an unknown size",
    ]


def test_a_word_of_the_server_does_not_steer_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    PlainProgress().seen(task("odd\n\x1b[2J"))
    assert capsys.readouterr().err == f"Task {ID}: odd\\n\\x1b[2J\n"


@pytest.mark.parametrize(
    ("tty", "kind", "live"),
    [(True, "xterm-256color", True), (True, "dumb", False), (False, "xterm-256color", False)],
)
def test_only_a_terminal_gets_a_display(
    monkeypatch: pytest.MonkeyPatch, tty: bool, kind: str, live: bool
) -> None:
    monkeypatch.setenv("TERM", kind)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr("sys.stderr.isatty", lambda: tty, raising=False)
    assert is_live() is live


class Api:
    """What a display asks of a client."""

    def __init__(self, *durations: float) -> None:
        self.state = ClientState()
        for seconds in durations:
            self.state.learn(
                FaceSwapTask(
                    id=ID,
                    status=TaskStatus.SUCCEEDED,
                    created_at=NOW,
                    completed_at=NOW + timedelta(seconds=seconds),
                )
            )

    def server_time(self) -> datetime:
        return NOW


@pytest.fixture(params=[80, 120])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def frame(width: int) -> Callable[..., list[str]]:
    """Show what some steps lead to, as the lines of one frame."""

    def lines(*steps: Callable[[LiveProgress], object], durations: tuple[float, ...] = ()) -> Any:
        screen = io.StringIO()
        console = Console(
            file=screen, force_terminal=True, width=width, color_system=None, highlight=False
        )
        api: Any = Api(*durations)
        progress = LiveProgress(api, console)
        with progress:
            for step in steps:
                step(progress)
            screen.truncate(0)
            progress._live.refresh()
            shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\r|\x00", "", screen.getvalue())
        return [line.rstrip() for line in shown.splitlines()]

    return lines


def test_a_wait_shows_the_servers_word_the_time_and_an_estimate(
    frame: Callable[..., list[str]],
) -> None:
    (line,) = frame(
        lambda shown: shown.waiting([ID]),
        lambda shown: shown.seen(task("queueing", age=65)),
        durations=(100, 105, 110),
    )
    assert line[2:] == f"Task {ID}  queueing  1:05  about 40 s left"


def test_a_wait_for_many_counts_them(frame: Callable[..., list[str]]) -> None:
    (line,) = frame(
        lambda shown: shown.waiting([ID, OTHER, "f" * 24, "e" * 24]),
        lambda shown: shown.seen(task("processing", age=10)),
        lambda shown: shown.seen(task("completed", OTHER)),
        lambda shown: shown.seen(task("processing", "f" * 24, age=5)),
        durations=(100,),
    )
    assert line[2:] == "1 of 4 ended  2 processing  0:00  about 95 s left".replace(
        "about 95 s", "about 2 min"
    )


def test_what_was_not_seen_yet_is_named(frame: Callable[..., list[str]]) -> None:
    (line,) = frame(lambda shown: shown.waiting([ID]))
    assert line[2:] == f"Task {ID}  0:00"


def test_a_transfer_has_a_bar_within_the_width(frame: Callable[..., list[str]], width: int) -> None:
    for step, activity in (
        (lambda shown: shown.uploading(52_300_000, 400_000_000), "Uploading"),
        (lambda shown: shown.downloading(52_300_000, 400_000_000), "Downloading"),
    ):
        (line,) = frame(step)
        assert line.startswith(activity)
        assert " 13% 52.3/400.0 MB" in line
        assert len(line) <= width


def test_a_download_of_an_unknown_size_has_no_share(frame: Callable[..., list[str]]) -> None:
    (line,) = frame(lambda shown: shown.downloading(1_500, None))
    assert "1.5/? kB" in line


def test_a_word_of_the_server_does_not_steer_the_terminal(
    frame: Callable[..., list[str]],
) -> None:
    (line,) = frame(
        lambda shown: shown.waiting([ID]), lambda shown: shown.seen(task("odd\n\x1b]0;x\x07"))
    )
    assert "odd\\n\\x1b]0;x\\x07" in line


def test_what_matters_afterwards_stays_on_the_screen(
    frame: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    frame(
        lambda shown: shown.starting(),
        lambda shown: shown.uploading(2_000, 2_000),
        lambda shown: shown.started(task("initialized")),
        lambda shown: shown.waiting([ID]),
        lambda shown: shown.seen(task("processing", age=3)),
        lambda shown: shown.seen(task("completed", age=65)),
        lambda shown: shown.fetching(),
    )
    assert capsys.readouterr().err.splitlines() == [
        "Uploaded 2.0 kB",
        f"Started task {ID}",
        f"Task {ID} completed after 1:05",
    ]
