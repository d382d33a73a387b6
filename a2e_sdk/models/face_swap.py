"""Face swap: tasks, reusable face images and quick previews."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import attrs

from .task import EMPTY, Task


@attrs.frozen(kw_only=True, slots=False)
class FaceSwapTask(Task):
    """A face swap: a face put into a video or an image.

    Attributes:
        face_url: The face's image.
        video_url: The video (or image) that the face was put into.
        duration: The length of the video in seconds; 0 where the server did not measure it.
        initialized_at: When the task was set up (aware, UTC).
        processing_at: When the work began (aware, UTC).
        completed_at: When the work ended (aware, UTC).
    """

    family: ClassVar[str] = "face_swap"

    face_url: str | None = None
    video_url: str | None = None
    duration: float | None = None
    initialized_at: datetime | None = None
    processing_at: datetime | None = None
    completed_at: datetime | None = None


@attrs.frozen(kw_only=True, slots=False)
class FaceSwapPreview(Task):
    """A quick look at a face swap; it has no name and is in no listing.

    Attributes:
        face_url: The face's image.
        video_url: The video or image that the face is put into.
    """

    family: ClassVar[str] = "face_swap_preview"

    face_url: str | None = None
    video_url: str | None = None


@attrs.frozen(kw_only=True, slots=False)
class FaceSwapImage:
    """A face that is kept on the server for reuse.

    Attributes:
        id: The server's id.
        face_url: The image's address.
        created_at: When it was added (aware, UTC).
        updated_at: When the server last changed it (aware, UTC).
        raw: The server's own object, every field under its wire name.
    """

    id: str
    face_url: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    raw: Mapping[str, Any] = attrs.field(default=EMPTY, repr=False, eq=False)
