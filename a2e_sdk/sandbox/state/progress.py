"""How a task moves on by itself.

This module owns the schedule that is fixed when a task is made, and the pure function that says
where the task stands at a given time.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum

from attrs import frozen

__all__ = [
    "NEVER",
    "Failure",
    "Schedule",
    "Stage",
    "StatusWords",
    "TaskProgress",
    "progress_at",
    "standing_still",
]

NEVER = datetime.max.replace(tzinfo=UTC)
"""Stands for the end of a task that stays as it is."""


class Stage(Enum):
    """Where a task stands."""

    INITIALIZED = "initialized"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"


@frozen
class Failure:
    """Why a task fails.

    Args:
        message: the server's text.
        code: the server's code, a string on the wire.
    """

    message: str
    code: str


@frozen
class StatusWords:
    """The words a family of tasks uses for the stages.

    Args:
        waiting: accepted and waiting; several words follow each other in equal times.
        running: being worked on, likewise.
        completed: done, with a result.
        failed: done, without one.
    """

    waiting: tuple[str, ...] = ("initialized",)
    running: tuple[str, ...] = ("processing",)
    completed: str = "completed"
    failed: str = "failed"

    def word(self, stage: Stage, part: float) -> str:
        """Return the word for a stage.

        Args:
            stage: the stage.
            part: how much of it is over, from 0 up to 1.
        """
        if stage is Stage.COMPLETED:
            return self.completed
        if stage is Stage.FAILED:
            return self.failed
        words = self.waiting if stage is Stage.INITIALIZED else self.running
        return words[min(int(part * len(words)), len(words) - 1)]


@frozen
class Schedule:
    """What will happen to a task, fixed when it is made.

    Args:
        created_at: when it was made.
        processing_at: when it starts to run.
        ends_at: when it ends.
        failure: why it ends badly; None when it ends well.
        processing_word: status word while it runs, in place of the family's; None for the family's.
    """

    created_at: datetime
    processing_at: datetime
    ends_at: datetime
    failure: Failure | None = None
    processing_word: str | None = None


@frozen
class TaskProgress:
    """Where a task stands at one moment.

    Args:
        stage: the stage.
        word: the status word for it.
        created_at: when the task was made.
        processing_at: when it started to run; None before.
        completed_at: when it ended well; None before, and for a failed task.
        updated_at: when the stage began.
        failure: why it failed; None unless it has.
        percent: how much of the work is done, from 0 to 100.
    """

    stage: Stage
    word: str
    created_at: datetime
    processing_at: datetime | None
    completed_at: datetime | None
    updated_at: datetime
    failure: Failure | None
    percent: int


def progress_at(schedule: Schedule, words: StatusWords, now: datetime) -> TaskProgress:
    """Tell where a task stands.

    Args:
        schedule: what happens to the task.
        words: the family's status words.
        now: the moment asked about.

    Returns:
        The task's progress at that moment.
    """
    stage, since, until = Stage.INITIALIZED, schedule.created_at, schedule.processing_at
    if now >= schedule.ends_at:
        stage = Stage.COMPLETED if schedule.failure is None else Stage.FAILED
        since = schedule.ends_at
    elif now >= schedule.processing_at:
        stage, since, until = Stage.PROCESSING, schedule.processing_at, schedule.ends_at
    part = (now - since) / (until - since) if now < until else 1.0
    percent = {Stage.INITIALIZED: 0, Stage.PROCESSING: int(100 * part)}.get(stage, 100)
    word = words.word(stage, part)
    if stage is Stage.PROCESSING and schedule.processing_word is not None:
        word = schedule.processing_word
    return TaskProgress(
        stage=stage,
        word=word,
        created_at=schedule.created_at,
        processing_at=None if stage is Stage.INITIALIZED else schedule.processing_at,
        completed_at=schedule.ends_at if stage is Stage.COMPLETED else None,
        updated_at=since,
        failure=schedule.failure if stage is Stage.FAILED else None,
        percent=percent,
    )


def standing_still(word: object, words: StatusWords, now: datetime) -> Schedule:
    """Make the schedule of a task that stays as it is.

    Args:
        word: its status word; one that the family does not know counts as running.
        words: the family's status words.
        now: when the task came to stand where it is.

    Returns:
        The schedule.
    """
    if word == words.completed:
        return Schedule(now, now, now)
    if word == words.failed:
        return Schedule(now, now, now, Failure("failed", "-1"))
    return Schedule(now, NEVER if word in words.waiting else now, NEVER)
