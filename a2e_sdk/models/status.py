"""The states of a task in the user's words, and the server's words for them.

This module owns the one table of status words of all families. It imports nothing of the SDK.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class TaskStatus(StrEnum):
    """The state of a task; the server's own word is beside it in ``raw_status``."""

    #: Accepted, not begun.
    QUEUED = "queued"
    #: Being worked on.
    RUNNING = "running"
    #: Done; the result is there.
    SUCCEEDED = "succeeded"
    #: Ended without a result; ``failed_message`` may say why.
    FAILED = "failed"
    #: The server used a word that this SDK does not know; the task counts as still running.
    UNKNOWN = "unknown"

    @property
    def is_final(self) -> bool:
        """Whether the task has ended; an unknown word counts as still running."""
        return self in (TaskStatus.SUCCEEDED, TaskStatus.FAILED)


#: Every status word that is documented or was seen, in lower case.
STATUS_WORDS: Mapping[str, TaskStatus] = {
    "initialized": TaskStatus.QUEUED,
    "init": TaskStatus.QUEUED,
    "sent": TaskStatus.QUEUED,
    "pending": TaskStatus.QUEUED,
    "pendding": TaskStatus.QUEUED,  # the reference's own spelling, for voice clones
    "start": TaskStatus.QUEUED,
    "queued": TaskStatus.QUEUED,
    "waiting": TaskStatus.QUEUED,
    "processing": TaskStatus.RUNNING,
    "process": TaskStatus.RUNNING,
    "copy": TaskStatus.RUNNING,
    "training": TaskStatus.RUNNING,
    "generating": TaskStatus.RUNNING,
    "running": TaskStatus.RUNNING,
    "in_progress": TaskStatus.RUNNING,
    "completed": TaskStatus.SUCCEEDED,
    "success": TaskStatus.SUCCEEDED,
    "failed": TaskStatus.FAILED,
    "fail": TaskStatus.FAILED,
    "error": TaskStatus.FAILED,
}


def task_status(word: str | None) -> TaskStatus:
    """Return the state that a status word of the server means, in any letter case."""
    if word is None:
        return TaskStatus.UNKNOWN
    known = STATUS_WORDS.get(word)
    return known or STATUS_WORDS.get(word.strip().lower(), TaskStatus.UNKNOWN)
