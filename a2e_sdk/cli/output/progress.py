"""What a long command says while it works, on standard error.

This module owns the choice between a terminal's moving display and plain lines, and the plain
lines: one for each change. The display is in ``live_progress``.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Protocol

from .printing import print_note
from .rendering import size_text, status_word

if TYPE_CHECKING:
    from a2e_sdk._sync.api_client import APIClient
    from a2e_sdk.models import Task

#: Seconds between two lines about one transfer.
_LINE_SECONDS = 10.0


class Progress(Protocol):
    """What a long command tells as it goes."""

    def starting(self) -> None:
        """Say that the task is being started."""
        ...

    def uploading(self, sent: int, total: int) -> None:
        """Say how many bytes of the local files have been sent."""
        ...

    def started(self, task: Task) -> None:
        """Say that the task was started."""
        ...

    def waiting(self, task_ids: Sequence[str]) -> None:
        """Say which tasks are waited for from now on."""
        ...

    def seen(self, task: Task) -> None:
        """Say how a task was found."""
        ...

    def fetching(self) -> None:
        """Say that the result is asked for."""
        ...

    def downloading(self, received: int, total: int | None) -> None:
        """Say how many bytes of a file are there, and how many it has (None where unknown)."""
        ...

    def hidden(self) -> AbstractContextManager[None]:
        """Keep out of the way while something is printed on standard output."""
        ...


@contextmanager
def showing(api: APIClient) -> Generator[Progress, None, None]:
    """Show progress as long as the context lasts.

    Args:
        api: What calls the API; it has learnt how long tasks take.
    """
    if not is_live():
        yield PlainProgress()
        return
    from .live_progress import LiveProgress

    with LiveProgress(api) as progress:
        yield progress


def is_live() -> bool:
    """Tell whether standard error is a terminal that can move its cursor."""
    # FORCE_COLOR is no reason: a display that moves is of no use in a file.
    return sys.stderr.isatty() and os.environ.get("TERM") not in ("dumb", "unknown")


class PlainProgress:
    """Prints a line for each change.

    Args:
        now: Tells the seconds of a clock that only goes forward.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._words: dict[str, str] = {}
        self._transfer: tuple[str, int | None] | None = None
        self._last_line = 0.0

    def starting(self) -> None:
        """Say nothing: it takes a moment."""

    def uploading(self, sent: int, total: int) -> None:
        """Say that it begins, every 10 seconds how far it is, and that it has ended."""
        if sent >= total:
            print_note(f"Uploaded {size_text(total)}")
            self._transfer = None
        else:
            self._transferring("Uploading", sent, total)

    def started(self, task: Task) -> None:
        """Say which task was started; from here on, it can be waited for by its id."""
        self._words[task.id] = status_word(task)
        print_note(f"Started task {task.id}: {status_word(task)}")

    def waiting(self, task_ids: Sequence[str]) -> None:
        """Say nothing: each task is told of when it was seen."""

    def seen(self, task: Task) -> None:
        """Say a task's new status word."""
        word = status_word(task)
        if self._words.get(task.id) != word:
            self._words[task.id] = word
            print_note(f"Task {task.id}: {word}")

    def fetching(self) -> None:
        """Say nothing: the first bytes are told of."""

    def downloading(self, received: int, total: int | None) -> None:
        """Say that it begins, and every 10 seconds how far it is."""
        self._transferring("Downloading", received, total)

    @contextmanager
    def hidden(self) -> Generator[None, None, None]:
        """Do nothing: lines are in nobody's way."""
        yield

    def _transferring(self, activity: str, done: int, total: int | None) -> None:
        now = self._now()
        begins = self._transfer != (activity, total)
        if not begins and now - self._last_line < _LINE_SECONDS:
            return
        self._transfer, self._last_line = (activity, total), now
        whole = size_text(total) if total is not None else "an unknown size"
        print_note(
            f"{activity} {whole}"
            if begins and not done
            else f"{activity} {size_text(done)} of {whole}"
        )
