"""Avatar videos in the user's words.

This module owns the mapping from the wire records of avatar videos to friendly ones, name by name.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

import attrs

from a2e_api.types import as_datetime, source_of

from ..spelling import first_spelling
from .records import common_fields, text_of
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


def avatar_video(wire: Any) -> AvatarVideo:
    """Return the friendly form of a wire record; fields the server left out are None."""
    raw = source_of(wire)
    fields = common_fields(wire, raw, ("result",), label="title")
    # These times are plain texts on the wire: no reference says their format.
    fields["created_at"] = as_datetime(raw.get("createdAt"))
    return AvatarVideo(
        **fields,
        progress=getattr(wire, "process", None),
        text=text_of(raw.get("msg")),
        avatar_id=text_of(raw.get("anchor_id")),
        person_url=text_of(raw.get("result_people_url")),
        background_url=text_of(raw.get("result_bg_url")),
        completed_at=as_datetime(first_spelling(raw, "completed_at")),
    )
