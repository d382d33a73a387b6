"""Avatar videos from their records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from a2e_api.types import as_number
from a2e_sdk.models.avatar_videos import AvatarVideo

from .records import common_fields, text_of, time_of

if TYPE_CHECKING:
    from a2e_sdk._wire.records import Record


def avatar_video(raw: Record) -> AvatarVideo:
    """Return the avatar video of a record; what the server left out is None."""
    return AvatarVideo(
        **common_fields(raw, ("result",), label="title"),
        progress=as_number(raw.get("process")),
        text=text_of(raw.get("msg")),
        avatar_id=text_of(raw.get("anchor_id")),
        person_url=text_of(raw.get("result_people_url")),
        background_url=text_of(raw.get("result_bg_url")),
        completed_at=time_of(raw, "completed_at"),
    )
