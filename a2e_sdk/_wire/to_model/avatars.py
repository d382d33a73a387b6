"""Avatars and trainings from their records.

This module owns the rule by which a training has ended: by its status word, or because its avatar
is there.
"""

from __future__ import annotations

from typing import Any

from a2e_api.types import source_of
from a2e_sdk.models.avatars import Avatar, AvatarTraining
from a2e_sdk.models.status import TaskStatus

from .records import common_fields, text_of


def avatar(wire: Any) -> Avatar:
    """Return the friendly form of a wire avatar; fields the server left out are None."""
    raw = source_of(wire)
    return Avatar(
        id=wire.id or "",
        kind=text_of(wire.type_),
        name=text_of(wire.name),
        languages=tuple(wire.lang or ()),
        cover_url=text_of(wire.video_cover),
        video_url=text_of(wire.base_video),
        image_url=text_of(wire.image_url) or text_of(wire.people_img),
        gender=text_of(wire.gender),
        training_id=text_of(wire.user_video_twin_id),
        created_at=wire.created_at,
        raw=raw,
    )


def avatar_training(wire: Any) -> AvatarTraining:
    """Return the friendly form of a wire record; fields the server left out are None."""
    raw = source_of(wire)
    preview_url = text_of(raw.get("preview_result_url"))
    fields = common_fields(wire, raw, ("preview_result_url",))
    avatar_id = text_of(raw.get("anchor_id"))
    if avatar_id is not None and fields["status"] is not TaskStatus.FAILED:
        # Some records never say that they are completed: the avatar itself is the sign.
        fields["status"] = TaskStatus.SUCCEEDED
    twin_id = raw.get("user_video_twin_id") or raw.get("video_twin_id") or fields["id"]
    return AvatarTraining(
        **fields,
        avatar_id=avatar_id,
        preview_url=preview_url,
        gender=text_of(raw.get("gender")),
        image_url=text_of(raw.get("image_url")),
        twin_id=text_of(twin_id),
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
