"""A display of a batch that moves, for a terminal.

This module owns the display: a bar, where the jobs are, their coins, and the time that is left. It
is on standard error and vanishes when it is done.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from a2e_sdk._batch.progress import BatchProgress, PauseCause
from a2e_sdk.models.journal import Spending

from .batch_texts import counts_text, paused_text, spending_text, time_left
from .console import open_console
from .rendering import elapsed_text, printable

_REFRESHES_PER_SECOND = 4
_WIDEST_BAR = 40
_NARROWEST_BAR = 6
#: What stands beside the bar at the most.
_BESIDE = 44


class LiveBatch:
    """Shows a batch as long as it is entered.

    Args:
        progress: How far it is; it is read at each redrawing.
        spending: Returns the coins of the journal, as last known.
        console: The terminal. Default: standard error.
    """

    def __init__(
        self,
        progress: BatchProgress,
        spending: Callable[[], Spending | None],
        console: Console | None = None,
    ) -> None:
        self._progress = progress
        self._spending = spending
        self._console = console or open_console(stderr=True)
        self._began = time.monotonic()
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
        # A terminal that was closed can't be tidied up, and a batch does not fail by it.
        with contextlib.suppress(OSError):
            self._live.stop()

    @contextmanager
    def hidden(self) -> Generator[None, None, None]:
        """Clear the display while something is printed."""
        with contextlib.suppress(OSError):
            self._live.stop()
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                self._live.start()

    def _render(self) -> RenderableType:
        progress = self._progress
        passed = time.monotonic() - self._began
        here = progress.done - progress.earlier
        left = time_left(here, progress.total - progress.done, passed)
        beside = "  ".join(
            filter(None, (f"{progress.done:,} of {progress.total:,}", elapsed_text(passed), left))
        )
        bar = ProgressBar(
            total=max(progress.total, 1),
            completed=progress.done,
            width=max(min(self._console.width - _BESIDE, _WIDEST_BAR), _NARROWEST_BAR),
        )
        first = Table.grid(padding=(0, 1))
        first.add_row(bar, _line(beside))
        lines: list[RenderableType] = [first, _line(counts_text(progress))]
        lines.append(_line(spending_text(progress, self._spending())))
        if progress.cause is PauseCause.STOPPED:
            lines.append(_line("Stopping; starts under way are waited for. Ctrl-C ends at once."))
        elif progress.reason is not None:
            lines.append(_line(f"{paused_text(progress.reason)} What runs is waited for."))
        return Group(*lines)


def _line(text: str) -> Text:
    return Text(printable(text), no_wrap=True, overflow="ellipsis")
