"""Face swap tasks, images and previews from their records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from a2e_api.types import as_number, as_string
from a2e_sdk._wire.field_names import FIELD_ALIASES
from a2e_sdk._wire.records import first_text
from a2e_sdk.models.face_swap import FaceSwapImage, FaceSwapPreview, FaceSwapTask

from .records import common_fields, set_common_fields, set_times, time_of

if TYPE_CHECKING:
    from a2e_sdk._wire.records import Record

_RESULTS = ("result_url",)


def face_swap_task(raw: Record) -> FaceSwapTask:
    """Return the task of a record; what the server left out is None."""
    task = FaceSwapTask.__new__(FaceSwapTask)
    fields = task.__dict__
    set_common_fields(fields, raw, _RESULTS)
    set_times(fields, raw)
    get = raw.get
    value = get("face_url")
    fields["face_url"] = value if type(value) is str else as_string(value)
    value = get("video_url")
    fields["video_url"] = value if type(value) is str else as_string(value)
    value = get("duration")
    fields["duration"] = value if type(value) is int else as_number(value)
    return task


def face_swap_preview(raw: Record, identifier: str = "") -> FaceSwapPreview:
    """Return the preview of a record.

    Args:
        raw: The record; it may be that of the preview's state, which has a few fields only.
        identifier: The preview's id, where the server leaves it out.
    """
    fields = common_fields(raw, _RESULTS)
    fields["id"] = fields["id"] or identifier
    return FaceSwapPreview(
        **fields,
        face_url=as_string(raw.get("face_url")),
        video_url=as_string(raw.get("video_url")),
    )


def face_swap_image(raw: Record) -> FaceSwapImage:
    """Return the image of a record; what the server left out is None."""
    return FaceSwapImage(
        id=first_text(raw, FIELD_ALIASES["id"]) or "",
        face_url=as_string(raw.get("face_url")),
        created_at=time_of(raw, "created_at"),
        updated_at=time_of(raw, "updated_at"),
        raw=raw,
    )
