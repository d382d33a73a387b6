"""Face swap tasks, images and previews from their records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from a2e_api.types import source_of
from a2e_sdk.models.face_swap import FaceSwapImage, FaceSwapPreview, FaceSwapTask
from a2e_sdk.models.status import task_status

from .records import error_code_of

if TYPE_CHECKING:
    from a2e_api.models.face_swap_image import FaceSwapImage as WireImage
    from a2e_api.models.face_swap_preview import FaceSwapPreview as WirePreview
    from a2e_api.models.face_swap_progress import FaceSwapProgress as WireProgress
    from a2e_api.models.face_swap_task import FaceSwapTask as WireTask


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
