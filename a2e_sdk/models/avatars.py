"""Avatars and their trainings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import attrs

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
