"""How far a batch is.

This module owns the counts that a display shows. They are changed by the batch alone; whoever reads
them at any moment sees whole numbers, which may be of two moments.
"""

from __future__ import annotations

from collections import Counter

import attrs

from a2e_sdk.models.batch import JobOutcome, JobStatus


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
    """

    total: int = 0
    starting: int = 0
    running: int = 0
    saving: int = 0
    undecided: int = 0
    limit: int = 0
    coins: float = 0.0
    outcomes: Counter[JobStatus] = attrs.field(factory=Counter[JobStatus])
    earlier: int = 0
    reason: str | None = None

    @property
    def done(self) -> int:
        """How many jobs have an outcome."""
        return sum(self.outcomes.values())

    @property
    def waiting(self) -> int:
        """How many jobs are still to be started."""
        under_way = self.starting + self.running + self.saving + self.undecided
        return max(self.total - self.done - under_way, 0)

    def count(self, outcome: JobOutcome, *, earlier: bool = False) -> None:
        """Take in what became of a job."""
        self.outcomes[outcome.status] += 1
        self.earlier += earlier
        self.coins += outcome.coins or 0.0
