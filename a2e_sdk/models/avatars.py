"""Avatars and their trainings in the user's words.

This module owns the mapping from the wire records to friendly ones, and the rule by which a
training has ended: by its status word, or because its avatar is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import attrs

from a2e_api.types import source_of

from ..status import TaskStatus
from .records import common_fields, text_of
from .task import EMPTY, Task


@attrs.frozen(kw_only=True)
class Avatar:
    """A person that can speak in videos.

    Attributes:
        id: The server's id, which it calls ``anchor_id`` elsewhere.
        kind: ``"default"`` for an avatar of the service, ``"custom"`` for one of yours; None, or
            another word, as the server sent it.
        name: What it is called.
        languages: The languages it is meant for, as codes; empty where the server gave none.
        cover_url: A still picture.
        video_url: The video that it is made from.
        image_url: The image that it is made from, or the picture of the person.
        gender: ``"female"`` or ``"male"``, in the server's word.
        training_id: The training that it came from; for custom avatars only.
        created_at: When it was made (aware, UTC).
        raw: The server's own object, every field under its wire name.
    """

    id: str
    kind: str | None = None
    name: str | None = None
    languages: tuple[str, ...] = ()
    cover_url: str | None = None
    video_url: str | None = None
    image_url: str | None = None
    gender: str | None = None
    training_id: str | None = None
    created_at: datetime | None = None
    raw: Mapping[str, Any] = attrs.field(default=EMPTY, repr=False, eq=False)

    @property
    def is_custom(self) -> bool | None:
        """Whether it is one of yours; None where the server gave no sign of it."""
        if self.kind is not None:
            return self.kind == "custom"
        return True if self.training_id else None


@attrs.frozen(kw_only=True, slots=False)
class AvatarTraining(Task):
    """The making of a custom avatar; the avatar has an id of its own.

    Attributes:
        avatar_id: The avatar, once it can be used.
        preview_url: A video that shows it.
        gender: ``"female"`` or ``"male"``, in the server's word.
        image_url: The image that it is made from.
        twin_id: The id by which avatars name this training; mostly its own.
    """

    family: ClassVar[str] = "avatar_trainings"

    avatar_id: str | None = None
    preview_url: str | None = None
    gender: str | None = None
    image_url: str | None = None
    twin_id: str | None = None


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
