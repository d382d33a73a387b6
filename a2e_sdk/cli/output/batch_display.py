"""What a batch says while it runs: a line for each job, events for a script, or a live display.

This module owns the choice, the lines and the events. The live display is in ``batch_live``. Lines
and events go to standard output; what fails is told on standard error, too, where that moves.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, Protocol

from a2e_sdk._batch.progress import BatchProgress
from a2e_sdk._batch.results import result_line
from a2e_sdk.models.batch import JobOutcome, JobStatus
from a2e_sdk.models.journal import Spending

from .batch_texts import BAD, outcome_text
from .printing import is_terminal, print_done, print_note
from .progress import is_live
from .streams import flush_output, writing

#: What the summary tells of.
_LEFT = (JobStatus.PAUSED, JobStatus.RUNNING)
_STOPPING = (
    "Stopping: nothing more is started, and starts that are under way are waited for. Once more "
    "ends at once.\n"
)


class Moving(Protocol):
    """A display that moves, or none."""

    def hidden(self) -> AbstractContextManager[None]:
        """Keep out of the way while something is printed."""
        ...


class _Still:
    """No display that moves."""

    def hidden(self) -> AbstractContextManager[None]:
        """Do nothing: nothing is in the way."""
        return nullcontext()


class BatchDisplay:
    """Tells how a batch goes.

    Args:
        folder: The folder of results on the disk.
        shown: Where the results go, for messages.
        as_json: Whether events are printed, one JSON object a line.
        moving: The display that moves; None for none.
    """

    def __init__(self, folder: Path, *, shown: str, as_json: bool, moving: Moving | None) -> None:
        self._folder = folder
        self._shown = shown
        self._is_in_store = shown != str(folder)
        self._as_json = as_json
        self._is_live = moving is not None
        self._moving = moving or _Still()
        # A terminal that shows a display needs no line for what went well.
        self._tells_all = not (self._is_live and is_terminal())

    def begun(self, total: int) -> None:
        """Tell how many jobs there are."""
        if self._as_json:
            work = {"work": str(self._folder)} if self._is_in_store else {}
            self.event("begun", {"jobs": total, "output": self._shown, **work})
        elif not self._is_live:
            print_note(f"{total:,} jobs; results go to {self._shown}.")
            if self._is_in_store:
                print_note(f"What the batch needs to go on is in {self._folder}.")

    def ended(self, outcome: JobOutcome, *, earlier: bool) -> None:
        """Tell what became of a job.

        Args:
            outcome: What became of it.
            earlier: Whether it had ended in an earlier run.
        """
        if self._as_json:
            record: dict[str, Any] = json.loads(result_line(outcome, self._folder))
            self.event("outcome", {**record, "earlier": earlier})
        elif self._tells_all and not earlier and outcome.status not in _LEFT:
            with self._moving.hidden():
                print_done(outcome_text(outcome))
                flush_output()
        if self._is_live and not earlier and outcome.status in BAD:
            with self._moving.hidden():
                print_note(outcome_text(outcome))

    def event(self, name: str, values: Mapping[str, Any]) -> None:
        """Print one event at once; nothing where no events are wanted."""
        if not self._as_json:
            return
        with self._moving.hidden(), writing():
            sys.stdout.write(json.dumps({"event": name, **values}, allow_nan=False) + "\n")
            sys.stdout.flush()

    def stopping(self) -> None:
        """Say that the batch was told to stop; may be called by the handler of a signal."""
        if not self._is_live:
            # Not printed: the handler may have interrupted a print.
            with contextlib.suppress(OSError, ValueError, AttributeError):
                os.write(sys.stderr.fileno(), _STOPPING.encode())


@contextmanager
def showing_batch(
    progress: BatchProgress,
    folder: Path,
    spending: Callable[[], Spending | None],
    *,
    shown: str,
    as_json: bool,
) -> Generator[BatchDisplay, None, None]:
    """Show a batch as long as the context lasts.

    Args:
        progress: How far it is.
        folder: The folder of results on the disk.
        shown: Where the results go, for messages.
        spending: Returns the coins of the journal, as last known.
        as_json: Whether events are printed.
    """
    if not is_live():
        yield BatchDisplay(folder, shown=shown, as_json=as_json, moving=None)
        return
    from .batch_live import LiveBatch

    with LiveBatch(progress, spending) as live:
        yield BatchDisplay(folder, shown=shown, as_json=as_json, moving=live)
