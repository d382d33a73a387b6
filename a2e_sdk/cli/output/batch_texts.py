"""What is said of a batch: its jobs, its coins, and the command that goes on.

This module owns those words. It is pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from a2e_sdk._batch.progress import BatchProgress
from a2e_sdk.models.batch import JobOutcome, JobStatus
from a2e_sdk.models.journal import Budget, Spending

from .rendering import elapsed_text, size_text
from .wording import terminal_words

if TYPE_CHECKING:
    from a2e_sdk._batch.forecast import Forecast

#: What is worth a line that stays.
BAD = frozenset({JobStatus.FAILED, JobStatus.REFUSED, JobStatus.UNKNOWN, JobStatus.UNSAVED})

_WORDS = {
    JobStatus.FAILED: "failed",
    JobStatus.REFUSED: "refused",
    JobStatus.UNKNOWN: "unknown whether it was started",
    JobStatus.UNSAVED: "paid for, and not saved",
    JobStatus.RUNNING: "goes on running on the server",
    JobStatus.PAUSED: "not started",
}
#: How a summary counts what is not left to a further run, and what is.
_COUNTED = (
    (JobStatus.FAILED, "failed"),
    (JobStatus.REFUSED, "refused"),
    (JobStatus.UNKNOWN, "unknown whether started"),
    (JobStatus.UNSAVED, "paid for and not saved"),
    (JobStatus.RUNNING, "still running"),
    (JobStatus.PAUSED, "not started"),
)


def coins_text(coins: float) -> str:
    """Return a number of coins, such as ``1,250`` or ``0.5``."""
    return f"{coins:,.6f}".rstrip("0").rstrip(".")


def outcome_text(outcome: JobOutcome) -> str:
    """Return a line on what became of a job."""
    coins = "" if outcome.coins is None else f", {coins_text(outcome.coins)} coins"
    if outcome.status is JobStatus.SUCCEEDED:
        if outcome.path is None:
            return f"{outcome.key}: succeeded{coins}"
        more = f" and {len(outcome.paths) - 1} more" if len(outcome.paths) > 1 else ""
        size = size_text(outcome.size or 0)
        return f"{outcome.key}: saved {outcome.path}{more} ({size}{coins})"
    task = f" (task {outcome.task_id})" if outcome.task_id else ""
    error = "" if outcome.error is None else f": {terminal_words(outcome.error)}"
    where = "" if outcome.line is None else f" (line {outcome.line})"
    return f"{outcome.key}{where}: {_WORDS[outcome.status]}{task}{error}"


def running_text(outcome: JobOutcome) -> str:
    """Return a line on a job whose task goes on running."""
    return f"{outcome.key}: task {outcome.task_id} goes on running on the server, billed as started"


def counts_text(progress: BatchProgress) -> str:
    """Return how many jobs are where, for a display."""
    count = progress.outcomes
    parts = [
        f"{progress.waiting + progress.undecided:,} waiting",
        f"{progress.starting + progress.running:,} running",
        *((f"{progress.saving:,} saving",) if progress.saving else ()),
        f"{count[JobStatus.SUCCEEDED]:,} done",
        f"{count[JobStatus.FAILED] + count[JobStatus.REFUSED]:,} failed",
        f"{count[JobStatus.UNKNOWN]:,} unknown",
    ]
    return "  ".join(parts)


def spending_text(progress: BatchProgress, spending: Spending | None) -> str:
    """Return the coins of a batch, and those of its budget where it has one."""
    coins = f"{coins_text(progress.coins)} coins"
    if spending is None or spending.limit is None:
        return coins
    reserved = f", {coins_text(spending.reserved)} reserved" if spending.reserved else ""
    return f"{coins}  budget {coins_text(spending.spent)}{reserved} of {coins_text(spending.limit)}"


def time_left(done: int, left: int, seconds: float) -> str:
    """Return how long the rest takes at the pace so far; empty where there is none yet.

    Args:
        done: How many jobs have ended in this run.
        left: How many are left.
        seconds: How long this run has lasted.
    """
    if not done or not left:
        return ""
    return f"{elapsed_text(seconds / done * left)} left"


def summary_lines(
    progress: BatchProgress, folder: str, spending: Spending | None, budget: Budget | None
) -> list[str]:
    """Return what became of a batch as a whole.

    Args:
        progress: How far it came.
        folder: Its folder of results.
        spending: The coins of its journal; None where that is not known.
        budget: Its budget; None without one.
    """
    count = progress.outcomes
    succeeded = count[JobStatus.SUCCEEDED]
    lines = [f"{succeeded:,} of {progress.total:,} jobs succeeded; their files are in {folder}."]
    if progress.earlier:
        lines[0] += f" {progress.earlier:,} had ended in an earlier run."
    others = [f"{count[status]:,} {word}" for status, word in _COUNTED if count[status]]
    if others:
        lines.append(f"Others: {', '.join(others)}.")
    coins = f"They cost {coins_text(progress.coins)} coins."
    if budget is not None and spending is not None:
        period = f" per {budget.per}" if budget.per else ""
        coins += (
            f" Of the budget of {coins_text(budget.coins)}{period}, "
            f"{coins_text(spending.left or 0.0)} are left."
        )
    lines.append(coins)
    return lines


def forecast_lines(found: Forecast, coins: float, budget_left: float | None) -> list[str]:
    """Return what a run would do.

    Args:
        found: What it would do.
        coins: The coins of the account.
        budget_left: The coins that are left of the budget; None without one.
    """
    lines = [f"All {found.jobs:,} jobs are right; {found.to_start:,} would be started."]
    if found.ended:
        lines[0] += f" {found.ended:,} have ended in an earlier run."
    if found.under_way:
        lines[0] += f" {found.under_way:,} have a task already, or may have."
    priced = found.to_start - found.unpriced
    if priced:
        lines.append(f"By the server's quotes, {priced:,} cost {coins_text(found.coins)} coins.")
    if found.unpriced:
        lines.append(
            f"The server has no price for {found.unpriced:,}; with a budget they are refused."
        )
    account = f"The account has {coins_text(coins)} coins"
    if budget_left is not None:
        account += f", and {coins_text(budget_left)} are left of the budget"
    available = coins if budget_left is None else min(coins, budget_left)
    lines.append(f"{account}{'' if found.coins <= available else ': not enough for all'}.")
    lines.append("Nothing was started.")
    return lines


def next_steps(outcomes: Mapping[JobStatus, int], commands: Mapping[str, str]) -> list[str]:
    """Return what can be done about jobs that did not succeed.

    Args:
        outcomes: How many jobs there are of each status.
        commands: The commands ``run``, ``failed``, ``refused`` and ``unknown``.
    """
    lines: list[str] = []
    left = (JobStatus.PAUSED, JobStatus.RUNNING, JobStatus.UNSAVED, JobStatus.UNKNOWN)
    if any(outcomes[status] for status in left):
        lines.append(f"Go on with:\n  {commands['run']}")
    if outcomes[JobStatus.UNKNOWN]:
        lines.append(
            "That looks again for those of which nobody knows whether they were started, and "
            f"never pays for one twice. See them with:\n  {commands['unknown']}"
        )
    if outcomes[JobStatus.FAILED]:
        lines.append(f"Start those that failed anew, and pay again, with:\n  {commands['failed']}")
    if outcomes[JobStatus.REFUSED]:
        lines.append(f"Start those that were refused anew with:\n  {commands['refused']}")
    return lines


def paused_text(reason: str) -> str:
    """Return why nothing more is started, in the words of a terminal."""
    return f"Paused: {terminal_words(reason).rstrip('.')}."


def shown_some(lines: Sequence[str], most: int) -> list[str]:
    """Return some lines, and how many more there are."""
    if len(lines) <= most:
        return list(lines)
    return [*lines[:most], f"and {len(lines) - most:,} more"]
