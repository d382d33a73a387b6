"""Face swap in the user's words: tasks, reusable face images, quick previews.

This module owns the mapping from the generated wire models to friendly ones, name by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from a2e_api.types import source_of

from ..status import task_status
from .records import error_code_of
from .task import EMPTY, Task

if TYPE_CHECKING:
    from a2e_api.models.face_swap_image import FaceSwapImage as WireImage
    from a2e_api.models.face_swap_preview import FaceSwapPreview as WirePreview
    from a2e_api.models.face_swap_progress import FaceSwapProgress as WireProgress
    from a2e_api.models.face_swap_task import FaceSwapTask as WireTask


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


def face_swap_task(wire: WireTask) -> FaceSwapTask:
    """Return the friendly form of a wire record; fields the server left out are None."""
    word = wire.current_status
    result_url = wire.result_url or None
    task = FaceSwapTask.__new__(FaceSwapTask)
    # A listing does this for every row: filling the fields here costs half of what the generated
    # __init__ with its keywords does. A test holds both to the same result.
    task.__dict__.update(
        id=wire.id or "",
        name=wire.name,
        status=task_status(word),
        raw_status=None if word is None else word._value_,
        result_url=result_url,
        result_urls=() if result_url is None else (result_url,),
        failed_message=wire.faild_message or wire.failed_message or None,
        error_code=error_code_of(wire.error_code),
        created_at=wire.created_at,
        updated_at=wire.updated_at,
        raw=source_of(wire),
        face_url=wire.face_url,
        video_url=wire.video_url,
        duration=wire.duration,
        initialized_at=wire.initialized_time,
        processing_at=wire.processing_time,
        completed_at=wire.completed_time,
    )
    return task


def face_swap_progress(wire: WireProgress) -> FaceSwapTask:
    """Return the friendly form of a row of running tasks, which has a few fields only."""
    return FaceSwapTask(id=wire.id or "", **_progress(wire), raw=source_of(wire))


def face_swap_preview_progress(wire: WireProgress, identifier: str) -> FaceSwapPreview:
    """Return the friendly form of a preview's state; the server may leave out its id."""
    return FaceSwapPreview(id=wire.id or identifier, **_progress(wire), raw=source_of(wire))


def face_swap_preview(wire: WirePreview) -> FaceSwapPreview:
    """Return the friendly form of a wire preview; fields the server left out are None."""
    return FaceSwapPreview(
        id=wire.id or "",
        **_progress(wire),
        raw=source_of(wire),
        face_url=wire.face_url,
        video_url=wire.video_url,
    )


def face_swap_image(wire: WireImage) -> FaceSwapImage:
    """Return the friendly form of a wire image; fields the server left out are None."""
    return FaceSwapImage(
        id=wire.id or "",
        face_url=wire.face_url,
        created_at=wire.created_at,
        updated_at=wire.updated_at,
        raw=source_of(wire),
    )


def _progress(wire: WirePreview | WireProgress) -> dict[str, Any]:
    word = wire.current_status
    result_url = wire.result_url or None
    return {
        "status": task_status(word),
        "raw_status": None if word is None else word._value_,
        "result_url": result_url,
        "result_urls": () if result_url is None else (result_url,),
        "failed_message": wire.faild_message or wire.failed_message or None,
        "error_code": error_code_of(wire.error_code),
    }
