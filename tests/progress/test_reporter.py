"""What progress counts, how often it shows it, and where."""

from __future__ import annotations

import io
import sys
import types
from collections.abc import Callable
from typing import Any

import pytest

from a2e_sdk import Progress, TaskStatus
from a2e_sdk._progress import displays
from a2e_sdk._progress.displays import (
    NotebookDisplay,
    SafeDisplay,
    TerminalDisplay,
    display_for,
)
from a2e_sdk._progress.reporter import Reporter, reporting
from a2e_sdk._progress.texts import progress_html, progress_line
from a2e_sdk.models import Wan25Task


class Seconds:
    """A clock that a test turns."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


class Recorded:
    """A display that keeps what it is shown."""

    def __init__(self) -> None:
        self.shown: list[Progress] = []
        self.ends = 0

    def show(self, progress: Progress) -> None:
        self.shown.append(progress)

    def end(self) -> None:
        self.ends += 1


class Terminal(io.StringIO):
    encoding = "ascii"

    def isatty(self) -> bool:
        return True


def task(number: int, status: TaskStatus = TaskStatus.RUNNING) -> Wan25Task:
    return Wan25Task(id=str(number), status=status, raw_status=None)


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


def test_it_counts_tasks_by_their_state(seconds: Seconds) -> None:
    display = Recorded()
    reporter = Reporter(display, seconds)
    update = reporter.updates(None)
    assert update is not None
    reporter.wait_for("1", None)
    reporter.wait_for("2", task(2))
    seconds.now += 1
    update(task(1))
    seconds.now += 1
    update(task(2, TaskStatus.SUCCEEDED))
    last = display.shown[-1]
    assert (last.activity, last.done, last.total) == ("waiting", 1, 2)
    assert last.counts == {"running": 1, "succeeded": 1}
    assert last.seconds == 2
    assert last.task_id is None


def test_a_single_task_is_named(seconds: Seconds) -> None:
    display = Recorded()
    reporter = Reporter(display, seconds)
    reporter.wait_for("abc", None)
    assert display.shown[0].task_id == "abc"
    assert display.shown[0].counts == {"not seen yet": 1}


def test_it_shows_four_times_a_second_at_the_most_and_the_last_always(seconds: Seconds) -> None:
    display = Recorded()
    reporter = Reporter(display, seconds)
    told = reporter.downloads(None)
    assert told is not None
    for done in range(991):
        told(done, 990)
        seconds.now += 0.01
    assert 35 <= len(display.shown) <= 40
    assert display.shown[-1].done < 990
    reporter.end()
    assert display.shown[-1].done == 990
    assert display.shown[-1].seconds == pytest.approx(9.91)
    assert display.ends == 1


def test_what_was_shown_already_is_not_shown_again(seconds: Seconds) -> None:
    display = Recorded()
    reporter = Reporter(display, seconds)
    reporter.start()
    reporter.end()
    assert len(display.shown) == 1


def test_without_a_display_the_functions_are_the_callers_own() -> None:
    def told(*_: object) -> None:
        pass

    with reporting(False) as reporter:
        assert reporter.updates(told) is told
        assert reporter.downloads(told) is told
        arguments = {"on_upload": told}
        assert reporter.uploads(arguments) is arguments
        reporter.wait_for("1", None)
        assert reporter.updates(None) is None


def test_the_callers_functions_are_told_as_well(seconds: Seconds) -> None:
    told: list[Any] = []
    display = Recorded()
    reporter = Reporter(display, seconds)
    pairs: list[Callable[..., object] | None] = [
        reporter.updates(told.append),
        reporter.downloads(lambda *sizes: told.append(sizes)),
        reporter.uploads({"on_upload": lambda *sizes: told.append(sizes)})["on_upload"],
    ]
    for function, arguments in zip(pairs, ((task(1),), (1, 2), (3, 4)), strict=True):
        assert function is not None
        function(*arguments)
    assert told == [task(1), (1, 2), (3, 4)]


@pytest.mark.parametrize("wrong", [None, 1, "yes", 0])
def test_what_is_neither_a_bool_nor_a_function_is_refused(wrong: Any) -> None:
    with pytest.raises(TypeError, match="progress must be True, False or a function"):
        display_for(wrong)


def test_a_function_is_called_and_what_it_raises_is_raised() -> None:
    def fail(_progress: Progress) -> None:
        raise RuntimeError("of the caller")

    with pytest.raises(RuntimeError, match="of the caller"), reporting(fail) as reporter:
        reporter.start()


def test_a_display_of_ours_that_fails_is_not_used_again() -> None:
    class Broken(Recorded):
        def show(self, progress: Progress) -> None:
            super().show(progress)
            raise OSError("the terminal is gone")

    broken = Broken()
    safe = SafeDisplay(broken)
    safe.show(Progress(activity="starting"))
    safe.show(Progress(activity="starting"))
    safe.end()
    assert (len(broken.shown), broken.ends) == (1, 0)


def test_a_display_does_not_swallow_ctrl_c() -> None:
    class Interrupted(Recorded):
        def show(self, progress: Progress) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        SafeDisplay(Interrupted()).show(Progress(activity="starting"))


def test_a_terminal_gets_one_line_that_is_written_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    display = TerminalDisplay(stream)
    display.show(Progress(activity="waiting", done=1, total=2, counts={"caf\xe9\x1b[2J": 2}))
    display.show(Progress(activity="starting"))
    display.end()
    first, second = stream.getvalue().split("\r")[1:]
    assert first == "1 of 2 tasks have ended  2 ca\x1b[K"
    assert second == "Starting  0:00\x1b[K\n"


def test_nothing_is_written_where_nothing_was_shown() -> None:
    stream = Terminal()
    TerminalDisplay(stream).end()
    assert stream.getvalue() == ""


def test_a_file_and_a_dumb_terminal_get_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert display_for(True) is None
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("TERM", "dumb")
    assert display_for(True) is None
    monkeypatch.setenv("TERM", "xterm")
    assert display_for(True) is not None
    monkeypatch.setattr(sys, "stderr", None)
    assert display_for(True) is None


@pytest.fixture
def notebook(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, str]]]:
    """Stand in for IPython in a kernel; the list gets what is displayed."""
    shown: list[tuple[str, dict[str, str]]] = []

    class Handle:
        def update(self, forms: dict[str, str], *, raw: bool) -> None:
            assert raw
            shown.append(("update", forms))

    def display(forms: dict[str, str], *, raw: bool, display_id: bool) -> Handle:
        assert raw
        assert display_id
        shown.append(("display", forms))
        return Handle()

    package, module = types.ModuleType("IPython"), types.ModuleType("IPython.display")
    package.__dict__["get_ipython"] = lambda: types.SimpleNamespace(kernel=object())
    module.__dict__["display"] = display
    monkeypatch.setitem(sys.modules, "IPython", package)
    monkeypatch.setitem(sys.modules, "IPython.display", module)
    return shown


def test_a_notebook_gets_one_card_that_changes(
    notebook: list[tuple[str, dict[str, str]]],
) -> None:
    display = display_for(True)
    assert display is not None
    display.show(Progress(activity="starting"))
    display.show(Progress(activity="downloading", done=5, total=10))
    display.end()
    assert [kind for kind, _ in notebook] == ["display", "update"]
    assert (
        '<progress style="width:100%;height:10px" value="5" max="10"' in notebook[1][1]["text/html"]
    )
    assert notebook[1][1]["text/plain"] == "Downloading 5 bytes of 10 bytes  0:00"


def test_ipython_in_a_terminal_is_no_notebook(
    notebook: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["IPython"], "get_ipython", lambda: types.SimpleNamespace())
    assert displays._own_display() is None or not isinstance(
        displays._own_display(), NotebookDisplay
    )
    monkeypatch.setattr(sys.modules["IPython"], "get_ipython", lambda: None)
    assert not isinstance(displays._own_display(), NotebookDisplay)


@pytest.mark.parametrize(
    ("progress", "line"),
    [
        (Progress(activity="starting", seconds=65), "Starting  1:05"),
        (Progress(activity="uploading", done=500, total=2000), "Uploading 500 bytes of 2.0 kB"),
        (Progress(activity="downloading", done=500), "Downloading 500 bytes"),
        (
            Progress(activity="waiting", total=1, counts={"processing": 1}, task_id="ab"),
            "Task ab  processing",
        ),
        (
            Progress(activity="batch", done=2, total=9, counts={"succeeded": 2}, note="no coins"),
            "2 of 9 jobs  2 succeeded  no coins",
        ),
    ],
)
def test_the_lines_say_it(progress: Progress, line: str) -> None:
    assert progress_line(progress, 100).startswith(line)


def test_no_word_of_a_server_becomes_html() -> None:
    html = progress_html(
        Progress(activity="waiting", done=1, total=2, counts={"<b>": 1}, task_id="<i>", note="<u>")
    )
    assert not any(mark in html for mark in ("<b>", "<i>", "<u>"))
