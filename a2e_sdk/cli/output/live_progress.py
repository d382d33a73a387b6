"""A display that moves, for a terminal: bars for transfers, a line for what is waited for.

This module owns the display. It is on standard error and vanishes when it is done; what stays are
the lines that matter afterwards. Nothing here decides how a command goes on.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console, RenderableType
from rich.live import Live
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.spinner import Spinner
from rich.text import Text

from .console import open_console
from .estimates import estimate_text
from .printing import print_note
from .rendering import elapsed_text, printable, size_text, status_word

if TYPE_CHECKING:
    from a2e_sdk._sync.api_client import APIClient
    from a2e_sdk.models import Task

_REFRESHES_PER_SECOND = 8


class LiveProgress:
    """Shows progress as long as it is entered.

    Args:
        api: What calls the API; it knows the server's time, and how long tasks take.
        console: The terminal. Default: standard error.
    """

    def __init__(self, api: APIClient, console: Console | None = None) -> None:
        self._api = api
        self._console = console or open_console(stderr=True)
        self._spinner = Spinner("line" if self._console.options.ascii_only else "dots")
        self._bars: Progress | None = None
        self._activity = ""
        self._began = time.monotonic()
        self._waited_for: dict[str, Task | None] = {}
        # Last: it asks for what is to be shown at once.
        self._live = Live(
            console=self._console,
            get_renderable=self._render,
            refresh_per_second=_REFRESHES_PER_SECOND,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._live.stop()

    def starting(self) -> None:
        """Say that the task is being started."""
        self._say("Starting")

    def uploading(self, sent: int, total: int) -> None:
        """Show how much of the local files has been sent."""
        if sent >= total:
            self._keep(f"Uploaded {size_text(total)}")
            self.starting()
        else:
            self._transferring("Uploading", sent, total)

    def started(self, task: Task) -> None:
        """Leave a line with the task's id, which is worth money from here on."""
        self._keep(f"Started task {task.id}")

    def waiting(self, task_ids: Sequence[str]) -> None:
        """Show the tasks as they are found, from now on."""
        self._waited_for = dict.fromkeys(task_ids)
        self._say("Waiting")

    def seen(self, task: Task) -> None:
        """Take in how a task was found."""
        self._waited_for[task.id] = task
        if task.status.is_final and len(self._waited_for) == 1:
            ended = getattr(task, "completed_at", None) or task.updated_at
            took = (ended - task.created_at).total_seconds() if ended and task.created_at else 0.0
            after = f" after {elapsed_text(round(took))}" if took > 0 else ""
            self._keep(f"Task {task.id} {status_word(task)}{after}")

    def fetching(self) -> None:
        """Say that the result is asked for."""
        self._waited_for = {}
        self._say("Fetching the result")

    def downloading(self, received: int, total: int | None) -> None:
        """Show how much of a file is there."""
        self._transferring("Downloading", received, total)

    @contextmanager
    def hidden(self) -> Generator[None, None, None]:
        """Clear the display while something is printed on standard output."""
        self._live.stop()
        try:
            yield
        finally:
            self._live.start()

    def _say(self, activity: str) -> None:
        self._bars, self._activity, self._began = None, activity, time.monotonic()

    def _keep(self, line: str) -> None:
        with self.hidden():
            print_note(line)

    def _transferring(self, activity: str, done: int, total: int | None) -> None:
        if self._bars is None or self._activity != activity:
            self._activity, self._bars = activity, _bars(self._console)
            self._bars.add_task(activity, total=total)
        self._bars.update(self._bars.task_ids[0], completed=done, total=total)

    def _render(self) -> RenderableType:
        if self._bars is not None:
            return self._bars.get_renderable()
        text = self._waiting_text() if self._waited_for else f"{self._activity}  {self._passed()}"
        self._spinner.update(text=Text(printable(text), no_wrap=True, overflow="ellipsis"))
        return self._spinner

    def _passed(self) -> str:
        return elapsed_text(time.monotonic() - self._began)

    def _waiting_text(self) -> str:
        seen = list(self._waited_for.items())
        running = [task for _, task in seen if task is not None and not task.status.is_final]
        if len(seen) > 1:
            ended = sum(task is not None and task.status.is_final for _, task in seen)
            words = Counter(map(status_word, running))
            states = ", ".join(f"{count} {word}" for word, count in words.most_common())
            parts = [f"{ended} of {len(seen)} ended", states, self._passed()]
            # The one that began last is likely the last to end.
            last = min(running, key=self._elapsed, default=None)
            return "  ".join(filter(None, (*parts, self._estimate(last))))
        ((task_id, task),) = seen
        if task is None:
            return f"Task {task_id}  {self._passed()}"
        elapsed = elapsed_text(self._elapsed(task))
        parts = [f"Task {task_id}", status_word(task), elapsed, self._estimate(task)]
        return "  ".join(filter(None, parts))

    def _elapsed(self, task: Task) -> float:
        if task.created_at is None:
            return time.monotonic() - self._began
        return (self._api.server_time() - task.created_at).total_seconds()

    def _estimate(self, task: Task | None) -> str:
        if task is None:
            return ""
        return estimate_text(self._elapsed(task), self._api.state.durations(task.family))


def _bars(console: Console) -> Progress:
    # What does not fit would be cut in the middle.
    more = (TransferSpeedColumn(), TimeRemainingColumn(compact=True))
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=max(min(console.width - 58, 40), 6)),
        TaskProgressColumn(),
        *((DownloadColumn(),) if console.width >= 42 else ()),
        *(more if console.width >= 64 else ()),
        console=console,
        auto_refresh=False,
    )
