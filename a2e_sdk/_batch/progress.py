"""How far a batch is.

This module owns the counts that a display shows. They are changed by the batch alone; whoever reads
them at any moment sees whole numbers, which may be of two moments.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from enum import Enum

import attrs

from a2e_sdk.models.batch import JobOutcome, JobStatus


class PauseCause(Enum):
    """What keeps a batch from starting more."""

    #: It was told to stop.
    STOPPED = "stopped"
    #: Its time is over.
    TIMEOUT = "timeout"
    #: The account has no coins for the next job.
    COINS = "coins"
    #: The budget has none.
    BUDGET = "budget"
    #: Nothing got through to the server for long.
    OUTAGE = "outage"
    #: The disk takes no more results.
    DISK = "disk"
    #: There have been no workers for long, or no scheduler.
    CLUSTER = "cluster"
    #: A job failed, and that was to keep the others from being started.
    FAILURE = "failure"
    #: An error that is raised at the end.
    ERROR = "error"


@attrs.define
class BatchProgress:
    """How far a batch is.

    Attributes:
        total: How many jobs it has.
        starting: How many are being started.
        running: How many tasks are running on the server.
        saving: How many results are being downloaded.
        undecided: How many wait until it can be told whether they were started.
        limit: How many tasks may run at once now, as was found out.
        coins: What the jobs cost that have an outcome, as far as it is known.
        outcomes: How many jobs have ended, by their status.
        earlier: How many of them had ended in an earlier run.
        reason: Why nothing more is started; None while something is.
        cause: The kind of that reason.
        on_change: Called whenever numbers have changed; None for nothing.
    """

    total: int = 0
    starting: int = 0
    running: int = 0
    saving: int = 0
    undecided: int = 0
    limit: int = 0
    coins: float = 0
    outcomes: Counter[JobStatus] = attrs.field(factory=Counter[JobStatus])
    earlier: int = 0
    reason: str | None = None
    cause: PauseCause | None = None
    on_change: Callable[[], object] | None = attrs.field(default=None, repr=False, eq=False)

    def changed(self) -> None:
        """Tell whoever shows it that numbers have changed."""
        if self.on_change is not None:
            self.on_change()

    def pause(self, reason: str, cause: PauseCause) -> None:
        """Note why nothing more is started; the first reason stays."""
        if self.reason is None:
            self.reason, self.cause = reason, cause

    @property
    def done(self) -> int:
        """How many jobs have an outcome."""
        return sum(self.outcomes.values())

    @property
    def counts(self) -> dict[str, int]:
        """How many jobs are in which state; outcomes first, by their status."""
        return {
            **{status.value: count for status, count in self.outcomes.items()},
            "starting": self.starting,
            "under way": self.running,
            "being saved": self.saving,
            "undecided": self.undecided,
        }

    @property
    def waiting(self) -> int:
        """How many jobs are still to be started."""
        under_way = self.starting + self.running + self.saving + self.undecided
        return max(self.total - self.done - under_way, 0)

    def begin(self) -> None:
        """Forget an earlier run; the number of jobs stays."""
        self.starting = self.running = self.saving = self.undecided = self.limit = 0
        self.coins = self.earlier = 0
        self.reason = self.cause = None
        self.outcomes.clear()

    def count(self, outcome: JobOutcome, *, earlier: bool = False) -> None:
        """Take in what became of a job."""
        self.outcomes[outcome.status] += 1
        self.earlier += earlier
        self.coins += outcome.coins or 0
        self.changed()


def under_way_note(progress: BatchProgress) -> str | None:
    """Return what to say of the jobs that a run leaves behind; None where it leaves none."""
    under_way = progress.starting + progress.running
    if not under_way:
        return None
    jobs, they = ("job was", "it goes") if under_way == 1 else ("jobs were", "they go")
    return f"{under_way:,} {jobs} starting or running; {they} on on the server, billed as started."
