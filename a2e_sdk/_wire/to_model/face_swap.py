"""Face swap tasks, images and previews from their records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from a2e_api.types import as_number, as_string
from a2e_sdk._wire.field_names import FIELD_ALIASES
from a2e_sdk._wire.records import first_text
from a2e_sdk.models.face_swap import FaceSwapImage, FaceSwapPreview, FaceSwapTask

from .drafts import SteppedDraft, TaskDraft
from .records import task_converter, time_of

if TYPE_CHECKING:
    from a2e_sdk._wire.records import Record

_RESULTS = ("result_url",)


class _FaceSwapDraft(SteppedDraft):
    face_url: str | None
    video_url: str | None
    duration: float | None


class _PreviewDraft(TaskDraft):
    face_url: str | None
    video_url: str | None


def _read_preview(draft: _PreviewDraft, raw: Record) -> None:
    draft.face_url = as_string(raw.get("face_url"))
    draft.video_url = as_string(raw.get("video_url"))


def _read_face_swap(draft: _FaceSwapDraft, raw: Record) -> None:
    value = raw.get("face_url")
    draft.face_url = value if type(value) is str else as_string(value)
    value = raw.get("video_url")
    draft.video_url = value if type(value) is str else as_string(value)
    value = raw.get("duration")
    draft.duration = value if type(value) is int else as_number(value)


face_swap_task = task_converter(FaceSwapTask, _FaceSwapDraft, _RESULTS, _read_face_swap)


def face_swap_preview(raw: Record, identifier: str = "") -> FaceSwapPreview:
    """Return the preview of a record.

    Args:
        raw: The record; it may be that of the preview's state, which has a few fields only.
        identifier: The preview's id, where the server leaves it out.
    """
    preview = _preview(raw)
    return preview if preview.id else attrs.evolve(preview, id=identifier)


_preview = task_converter(FaceSwapPreview, _PreviewDraft, _RESULTS, _read_preview)


def face_swap_image(raw: Record) -> FaceSwapImage:
    """Return the image of a record; what the server left out is None."""
    return FaceSwapImage(
        id=first_text(raw, FIELD_ALIASES["id"]) or "",
        face_url=as_string(raw.get("face_url")),
        created_at=time_of(raw, "created_at"),
        updated_at=time_of(raw, "updated_at"),
        raw=raw,
    )
