"""Avatar videos."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import attrs

from .task import Task


@attrs.frozen(kw_only=True, slots=False)
class AvatarVideo(Task):
    """A video in which an avatar speaks; its ``name`` is the title, where a record shows it.

    Attributes:
        progress: How much of the work is done, from 0 to 100.
        text: The script of the video, or a message of the server.
        avatar_id: The avatar.
        person_url: The person alone, without a background.
        background_url: The background alone.
        completed_at: When the work ended (aware, UTC).
    """

    family: ClassVar[str] = "avatar_videos"

    progress: float | None = None
    text: str | None = None
    avatar_id: str | None = None
    person_url: str | None = None
    background_url: str | None = None
    completed_at: datetime | None = None
