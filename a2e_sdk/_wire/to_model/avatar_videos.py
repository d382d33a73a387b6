"""Avatar videos from their records."""

from __future__ import annotations

from typing import Any

from a2e_api.types import as_datetime, source_of
from a2e_sdk._wire.field_names import first_alias
from a2e_sdk.models.avatar_videos import AvatarVideo

from .records import common_fields, text_of


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
        completed_at=as_datetime(first_alias(raw, "completed_at")),
    )
