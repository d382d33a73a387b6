"""The run of a batch in a terminal: its jobs, its signals, its display, and its end.

This module owns the order of these; what a batch does is the facade's business, the words are in
``output.batch_texts``, the codes in ``exit_codes``.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from a2e_sdk import errors
from a2e_sdk._batch.progress import PauseCause, under_way_note
from a2e_sdk._batch.rows import Jobs
from a2e_sdk._config.journal_place import place_argument
from a2e_sdk.cli.exit_codes import ExitCode, exit_code_of_batch
from a2e_sdk.cli.options.common import open_client
from a2e_sdk.cli.output.advice import CommandLine
from a2e_sdk.cli.output.batch_display import BatchDisplay, showing_batch
from a2e_sdk.cli.output.batch_texts import (
    next_steps,
    paused_text,
    running_text,
    shown_some,
    summary_lines,
)
from a2e_sdk.cli.output.printing import print_done, print_hints, print_note
from a2e_sdk.cli.output.streams import OutputError, discard_output, flush_output
from a2e_sdk.cli.stop_signals import StopRequest, stopping_on_signals
from a2e_sdk.models.batch import JobStatus
from a2e_sdk.models.journal import Budget, Spending

from . import receipts
from .batch_folder import BatchFolder
from .journal_file import is_journal, reading_journal

if TYPE_CHECKING:
    from a2e_sdk._sync.batch.batch import Batch
    from a2e_sdk._sync.client import A2E

CONCURRENCY = 100

#: So often the coins of the journal are read again, in seconds.
_SPENDING_SECONDS = 1.0
#: So many of the tasks that go on running are named.
_NAMED = 20


@attrs.frozen(kw_only=True)
class BatchSettings:
    """What the command line asks for.

    Attributes:
        folder: The folder of results, and the journal.
        jobs: The rows; None for those of an earlier run.
        engine: The value of ``--engine``.
        journal: The value of ``--journal``.
        budget: What ``--budget`` means.
        budget_text: How it was typed.
        concurrency: The value of ``--concurrency``.
        timeout: The value of ``--timeout``.
        stop_on_failure: Whether a job that fails keeps the others from being started.
        max_coins: What each job may cost at the most.
        dask: The value of ``--dask``.
        retry: The statuses to start anew.
        region: The value of ``--region``.
        base_url: The value of ``--base-url``.
        cloud_inputs: The value of ``--cloud-inputs``.
        as_json: Whether events are printed.
    """

    folder: BatchFolder
    jobs: Jobs | None = None
    engine: str | None = None
    journal: str | None = None
    budget: Budget | None = None
    budget_text: str | None = None
    concurrency: int = CONCURRENCY
    timeout: float | None = None
    stop_on_failure: bool = False
    max_coins: float | None = None
    dask: str | None = None
    retry: tuple[JobStatus, ...] = ()
    region: str | None = None
    base_url: str | None = None
    cloud_inputs: str | None = None
    as_json: bool = False

    def open_client(self) -> A2E:
        """Open the client that the batch runs with."""
        return open_client(
            self.region,
            self.base_url,
            journal=place_argument(self.folder.journal),
            budget=self.budget,
            cloud_inputs=self.cloud_inputs,
        )

    def commands(self, cause: PauseCause | None = None) -> dict[str, str]:
        """Return the commands that can follow.

        Args:
            cause: What keeps the batch from starting more.
        """
        line = CommandLine(self.region, self.base_url)
        output, more = self.folder.shown, self._more(cause)
        journal = ["--journal", str(self.folder.journal)]
        return {
            "run": line.command("batch", "run", "--output", output, *more),
            "failed": line.command("batch", "retry", output, "--failed", *more),
            "refused": line.command("batch", "retry", output, "--refused", *more),
            "unknown": CommandLine().command("journal", "list", "--state", "unknown", *journal),
        }

    def _more(self, cause: PauseCause | None) -> list[str]:
        words: list[str] = []
        if self.folder.work is not None:
            words += ["--work", self.folder.work]
        if self.cloud_inputs is not None:
            words += ["--cloud-inputs", self.cloud_inputs]
        if self.journal is not None:
            words += ["--journal", str(self.folder.journal)]
        if self.budget is not None and self.budget_text is not None:
            # The same sum would be exceeded again, unless it begins anew by itself.
            is_used_up = cause is PauseCause.BUDGET and self.budget.per is None
            words += ["--budget", "HIGHER" if is_used_up else self.budget_text]
        if self.concurrency != CONCURRENCY:
            words += ["--concurrency", str(self.concurrency)]
        if self.timeout is not None:
            words += ["--timeout", f"{self.timeout:g}"]
        if self.stop_on_failure:
            words.append("--stop-on-failure")
        if self.max_coins is not None:
            words += ["--max-coins", f"{self.max_coins:g}"]
        if self.dask is not None:
            words += ["--dask", self.dask]
        return words


def run_batch(settings: BatchSettings) -> int:
    """Run a batch, or go on with one.

    Args:
        settings: What the command line asks for.

    Returns:
        The exit code.
    """
    with settings.open_client() as a2e:
        batch = a2e.batch(
            settings.jobs,
            output=settings.folder.shown,
            work=settings.folder.path if settings.folder.is_in_store else None,
            engine=settings.engine,
            concurrency=settings.concurrency,
            timeout=settings.timeout,
            retry=settings.retry,
            stop_on_failure=settings.stop_on_failure,
            max_coins=settings.max_coins,
            executor=settings.dask,
        )
        with writing_results(settings.folder.path):
            batch.check()
        # Whose journal it is, is known before the first job is begun.
        a2e.journal.spent()
        return _Run(settings, a2e, batch).run()


class _Run:
    """One run."""

    def __init__(self, settings: BatchSettings, a2e: A2E, batch: Batch) -> None:
        self._settings = settings
        self._a2e = a2e
        self._batch = batch
        self._spending: Spending | None = None
        self._read_at = float("-inf")
        self._running: list[str] = []
        self._output_error: OSError | None = None

    def run(self) -> int:
        progress = self._batch.progress
        self._read_spending()
        with showing_batch(
            progress,
            self._settings.folder.path,
            lambda: self._spending,
            shown=self._settings.folder.shown,
            as_json=self._settings.as_json,
        ) as display:

            def stop() -> None:
                self._batch.stop()
                display.stopping()

            with stopping_on_signals(stop) as request:
                try:
                    self._iterate(display)
                except BaseException as error:
                    self._interrupted(error, display)
                    raise
        return self._end(display, request)

    def _iterate(self, display: BatchDisplay) -> None:
        progress = self._batch.progress
        self._telling(display.begun, progress.total)
        is_paused = False
        for outcome in self._batch:
            if outcome.status is JobStatus.RUNNING:
                self._running.append(running_text(outcome))
            if outcome.task_id is not None and not self._is_earlier():
                self._started()
            self._read_spending()
            if progress.reason is not None and not is_paused:
                is_paused = True
                self._telling(display.event, "paused", self._paused())
            self._telling(display.ended, outcome, earlier=self._is_earlier())

    def _is_earlier(self) -> bool:
        """Tell whether the outcome that was just counted had ended in an earlier run."""
        progress = self._batch.progress
        return progress.done == progress.earlier

    def _started(self) -> None:
        # The command that goes on names the folder: where that is told, this need not be.
        folder = self._settings.folder.shown
        receipts.keep(folder, [f"What was started is in {folder}, and is not paid for again."])

    def _paused(self) -> dict[str, Any]:
        progress = self._batch.progress
        cause = progress.cause or PauseCause.STOPPED
        commands = self._settings.commands(progress.cause)
        return {"reason": progress.reason, "cause": cause.value, "resume": commands["run"]}

    def _telling(self, tell: Any, *arguments: Any, **options: Any) -> None:
        """Tell something on standard output; where that is gone, stop and say no more there."""
        if self._output_error is not None:
            return
        try:
            tell(*arguments, **options)
        except (BrokenPipeError, OutputError) as problem:
            self._output_error = problem
            discard_output()
            self._batch.stop()

    def _read_spending(self) -> None:
        """Read the coins of the journal again, where the last time is a while ago."""
        if self._settings.budget is None or time.monotonic() - self._read_at < _SPENDING_SECONDS:
            return
        self._read_at = time.monotonic()
        # A display is no reason to end: the next start will tell what is wrong.
        with contextlib.suppress(errors.JournalError):
            self._spending = self._a2e.journal.spent()

    def _interrupted(self, error: BaseException, display: BatchDisplay) -> None:
        """Say of an error, or of a second signal, what is left and how to go on."""
        progress = self._batch.progress
        if progress.running or progress.starting:
            self._started()
        commands = self._settings.commands(progress.cause)
        if isinstance(error, Exception):
            text = str(error) or type(error).__name__
            self._telling(display.event, "ended", self._totals() | {"error": text})
        note = under_way_note(progress)
        if note is not None and not any(note in told for told in getattr(error, "__notes__", ())):
            error.add_note(note)
        error.add_note(f"Go on with:\n  {commands['run']}")

    def _end(self, display: BatchDisplay, request: StopRequest) -> int:
        settings, progress = self._settings, self._batch.progress
        self._read_at = float("-inf")
        self._read_spending()
        is_left = progress.outcomes[JobStatus.PAUSED] or progress.outcomes[JobStatus.RUNNING]
        code = exit_code_of_batch(progress)
        if is_left and request.number is not None:
            code = ExitCode(128 + request.number)
        commands = settings.commands(progress.cause)
        self._telling(
            display.event,
            "ended",
            self._totals() | {"code": int(code), "resume": commands["run"] if is_left else None},
        )
        lines = summary_lines(progress, settings.folder.shown, self._spending, settings.budget)
        if settings.as_json or self._output_error is not None:
            print_hints(lines if self._output_error is not None else ())
        else:
            for line in lines:
                self._telling(print_done, line)
            self._telling(flush_output)
        if is_left and progress.reason is not None:
            print_note(paused_text(progress.reason))
        print_hints(shown_some(self._running, _NAMED))
        print_hints(next_steps(progress.outcomes, commands))
        if isinstance(self._output_error, OutputError):
            receipts.clear()  # It was told.
            raise self._output_error
        return code

    def _totals(self) -> dict[str, Any]:
        progress = self._batch.progress
        spending = self._spending
        return {
            "jobs": progress.total,
            **{status.value: progress.outcomes[status] for status in JobStatus},
            "earlier": progress.earlier,
            "coins": progress.coins,
            "budget": None if spending is None else spending.limit,
            "spent": None if spending is None else spending.spent,
            "reserved": None if spending is None else spending.reserved,
        }


def spending_of(folder: BatchFolder, budget: Budget | None) -> Spending | None:
    """Return the coins of the journal of a batch; without a file nothing is spent.

    Args:
        folder: The folder of results.
        budget: The budget; None for the whole journal.
    """
    if is_journal(folder.journal):
        with reading_journal(folder.journal) as journal:
            return journal.spent(budget)
    return None if budget is None else Spending(spent=0.0, reserved=0.0, limit=budget.coins)


@contextmanager
def writing_results(folder: Path) -> Generator[None, None, None]:
    """Make errors of the folder, before anything is started, bad input.

    Raises:
        ValueError: It can't be written.
    """
    try:
        yield
    except OSError as problem:
        reason = problem.strerror or problem
        raise ValueError(
            f"--output: can't write {str(folder)!r}: {reason}. Nothing was started."
        ) from None
