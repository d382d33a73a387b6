"""Avatars and trainings from their records.

This module owns the rule by which a training has ended: by its status word, or because its avatar
is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from a2e_api.types import as_list, as_string
from a2e_sdk._wire.field_names import FIELD_ALIASES
from a2e_sdk._wire.records import first_text
from a2e_sdk.models.avatars import Avatar, AvatarTraining
from a2e_sdk.models.status import TaskStatus

from .drafts import TaskDraft
from .records import task_converter, text_of, time_of

if TYPE_CHECKING:
    from a2e_sdk._wire.records import Record


def avatar(raw: Record) -> Avatar:
    """Return the avatar of a record; what the server left out is None."""
    return Avatar(
        id=first_text(raw, FIELD_ALIASES["id"]) or "",
        kind=first_text(raw, ("type",)),
        name=first_text(raw, ("name",)),
        languages=tuple(as_list(as_string, raw.get("lang")) or ()),
        cover_url=first_text(raw, ("video_cover",)),
        video_url=first_text(raw, ("base_video",)),
        image_url=first_text(raw, ("image_url", "people_img")),
        gender=first_text(raw, ("gender",)),
        training_id=first_text(raw, ("user_video_twin_id",)),
        created_at=time_of(raw, "created_at"),
        raw=raw,
    )


class _TrainingDraft(TaskDraft):
    avatar_id: str | None
    preview_url: str | None
    gender: str | None
    image_url: str | None
    twin_id: str | None


def _read_training(draft: _TrainingDraft, raw: Record) -> None:
    draft.avatar_id = text_of(raw.get("anchor_id"))
    if draft.avatar_id is not None and draft.status is not TaskStatus.FAILED:
        # Some records never say that they are completed: the avatar itself is the sign.
        draft.status = TaskStatus.SUCCEEDED
    draft.preview_url = text_of(raw.get("preview_result_url"))
    draft.gender = text_of(raw.get("gender"))
    draft.image_url = text_of(raw.get("image_url"))
    twin_id = raw.get("user_video_twin_id") or raw.get("video_twin_id") or draft.id
    draft.twin_id = text_of(twin_id)


avatar_training = task_converter(
    AvatarTraining, _TrainingDraft, ("preview_result_url",), _read_training
)


def avatar_of_training(training: AvatarTraining) -> Avatar | None:
    """Return the avatar that a record of a training names; None where it names none."""
    if training.avatar_id is None:
        return None
    return Avatar(
        id=training.avatar_id,
        kind="custom",
        name=training.name,
        image_url=training.image_url,
        gender=training.gender,
        training_id=training.twin_id,
    )
