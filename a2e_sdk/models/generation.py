"""The tasks of the generation engines, which have the same fields whatever the engine."""

from __future__ import annotations

from datetime import datetime

import attrs

from .task import Task


@attrs.frozen(kw_only=True, slots=False)
class GenerationTask(Task):
    """A task of a generation engine. Which fields the server fills depends on the engine.

    Attributes:
        prompt: What was asked for.
        negative_prompt: What was not wanted.
        duration: The length of the video in seconds.
        coins: What the task costs in coins.
        initialized_at: When the task was set up (aware, UTC).
        processing_at: When the work began (aware, UTC).
        completed_at: When the work ended (aware, UTC).
    """

    prompt: str | None = None
    negative_prompt: str | None = None
    duration: float | None = None
    coins: float | None = None
    initialized_at: datetime | None = None
    processing_at: datetime | None = None
    completed_at: datetime | None = None
