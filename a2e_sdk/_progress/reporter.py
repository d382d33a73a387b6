"""What a call tells of its progress, counted and passed on at a bounded pace.

This module owns the counts and the pace. Where it is shown is in ``displays``.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import attrs

from a2e_sdk.models.progress import Activity, Progress, ProgressOption
from a2e_sdk.models.task import Task

from .protocols import Display

TaskT = TypeVar("TaskT", bound=Task)

#: So many seconds are between two displays at least.
PACE_SECONDS = 0.25


class Reporter:
    """Counts what a call tells, and shows it four times a second at the most.

    Args:
        display: Where to show it; None for nowhere.
        now: Tells the seconds of a clock that only goes forward.
    """

    def __init__(self, display: Display | None, now: Callable[[], float] = time.monotonic) -> None:
        self._display = display
        self._now = now
        self._began = now()
        self._shown_at = float("-inf")
        self._latest: Progress | None = None
        self._is_shown = True
        self._states: dict[str, str] = {}
        self._counts: Counter[str] = Counter()
        self._ended: set[str] = set()

    def start(self) -> None:
        """Take in that a task is being started."""
        self._report("starting")

    def wait_for(self, task_id: str, task: Task | None) -> None:
        """Take in that a task is waited for, as it was last seen."""
        if self._display is None:
            return
        if task is not None:
            self._record(task)
        elif task_id not in self._states:
            self._set_state(task_id, "not seen yet")
        self.look()

    def look(self) -> None:
        """Take in that tasks were looked at, whether anything has changed or not."""
        if self._states:
            only = next(iter(self._states)) if len(self._states) == 1 else None
            self._report("waiting", len(self._ended), len(self._states), self._counts, only)

    def batch(self, done: int, total: int, counts: Mapping[str, int], note: str | None) -> None:
        """Take in how far a batch is."""
        self._report("batch", done, total, counts, note=note)

    def updates(
        self, on_update: Callable[[TaskT], object] | None
    ) -> Callable[[TaskT], object] | None:
        """Return what takes in each task that was seen to have changed, and tells the caller."""
        if self._display is None:
            return on_update

        def updated(task: TaskT) -> None:
            self._record(task)
            self.look()
            if on_update is not None:
                on_update(task)

        return updated

    def uploads(self, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the arguments of a start whose uploads are taken in, too."""
        if self._display is None:
            return arguments
        told: Callable[[int, int], object] | None = arguments.get("on_upload")

        def sent(done: int, total: int) -> None:
            self._report("uploading", done, total)
            if told is not None:
                told(done, total)

        return {**arguments, "on_upload": sent}

    def downloads(
        self, on_progress: Callable[[int, int | None], object] | None
    ) -> Callable[[int, int | None], object] | None:
        """Return what takes in the bytes of a download, and tells the caller."""
        if self._display is None:
            return on_progress

        def received(done: int, total: int | None) -> None:
            self._report("downloading", done, total)
            if on_progress is not None:
                on_progress(done, total)

        return received

    def end(self) -> None:
        """Show what was held back, and leave it."""
        if self._display is None:
            return
        if self._latest is not None and not self._is_shown:
            passed = self._now() - self._began
            self._display.show(attrs.evolve(self._latest, seconds=passed))
        self._display.end()

    def _record(self, task: Task) -> None:
        if task.status.is_final:
            self._set_state(task.id, task.status.value)
            self._ended.add(task.id)
        else:
            self._set_state(task.id, task.raw_status or task.status.value)

    def _set_state(self, task_id: str, word: str) -> None:
        before = self._states.get(task_id)
        if before is not None:
            self._counts[before] -= 1
        self._states[task_id] = word
        self._counts[word] += 1

    def _report(
        self,
        activity: Activity,
        done: int = 0,
        total: int | None = None,
        counts: Mapping[str, int] | None = None,
        task_id: str | None = None,
        note: str | None = None,
    ) -> None:
        if self._display is None:
            return
        now = self._now()
        self._latest = Progress(
            activity=activity,
            done=done,
            total=total,
            counts={word: count for word, count in (counts or {}).items() if count},
            seconds=now - self._began,
            task_id=task_id,
            note=note,
        )
        self._is_shown = now - self._shown_at >= PACE_SECONDS
        if self._is_shown:
            self._shown_at = now
            self._display.show(self._latest)


@contextmanager
def reporting(progress: ProgressOption) -> Generator[Reporter, None, None]:
    """Report progress as long as the context lasts.

    Args:
        progress: False for no report; True for a display in a notebook or a terminal; or a
            function, which is called with a `Progress`.

    Raises:
        TypeError: It is none of these.
    """
    if progress is False:
        yield Reporter(None)
        return
    from .displays import display_for

    reporter = Reporter(display_for(progress))
    try:
        yield reporter
    finally:
        reporter.end()
