"""All models. Each is loaded when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .add_face_swap_image_request import AddFaceSwapImageRequest
    from .add_face_swap_image_response import AddFaceSwapImageResponse
    from .add_face_swap_preview_request import AddFaceSwapPreviewRequest
    from .add_face_swap_preview_response import AddFaceSwapPreviewResponse
    from .add_face_swap_task_request import AddFaceSwapTaskRequest
    from .add_face_swap_task_response import AddFaceSwapTaskResponse
    from .add_upload_url_request import AddUploadUrlRequest
    from .add_upload_url_response import AddUploadUrlResponse
    from .delete_response import DeleteResponse
    from .envelope import Envelope
    from .error_response import ErrorResponse
    from .face_swap_image import FaceSwapImage
    from .face_swap_image_rows import FaceSwapImageRows
    from .face_swap_model_version import FaceSwapModelVersion
    from .face_swap_preview import FaceSwapPreview
    from .face_swap_progress import FaceSwapProgress
    from .face_swap_task import FaceSwapTask
    from .face_swap_task_page import FaceSwapTaskPage
    from .face_swap_task_status import FaceSwapTaskStatus
    from .get_face_swap_preview_status_response import GetFaceSwapPreviewStatusResponse
    from .get_face_swap_task_response import GetFaceSwapTaskResponse
    from .get_many_face_swap_tasks_request import GetManyFaceSwapTasksRequest
    from .get_many_face_swap_tasks_response import GetManyFaceSwapTasksResponse
    from .list_face_swap_images_response import ListFaceSwapImagesResponse
    from .list_face_swap_tasks_response import ListFaceSwapTasksResponse
    from .list_running_face_swap_tasks_response import ListRunningFaceSwapTasksResponse
    from .upload_url import UploadUrl

_MODULES = {
    "AddFaceSwapImageRequest": ".add_face_swap_image_request",
    "AddFaceSwapImageResponse": ".add_face_swap_image_response",
    "AddFaceSwapPreviewRequest": ".add_face_swap_preview_request",
    "AddFaceSwapPreviewResponse": ".add_face_swap_preview_response",
    "AddFaceSwapTaskRequest": ".add_face_swap_task_request",
    "AddFaceSwapTaskResponse": ".add_face_swap_task_response",
    "AddUploadUrlRequest": ".add_upload_url_request",
    "AddUploadUrlResponse": ".add_upload_url_response",
    "DeleteResponse": ".delete_response",
    "Envelope": ".envelope",
    "ErrorResponse": ".error_response",
    "FaceSwapImage": ".face_swap_image",
    "FaceSwapImageRows": ".face_swap_image_rows",
    "FaceSwapModelVersion": ".face_swap_model_version",
    "FaceSwapPreview": ".face_swap_preview",
    "FaceSwapProgress": ".face_swap_progress",
    "FaceSwapTask": ".face_swap_task",
    "FaceSwapTaskPage": ".face_swap_task_page",
    "FaceSwapTaskStatus": ".face_swap_task_status",
    "GetFaceSwapPreviewStatusResponse": ".get_face_swap_preview_status_response",
    "GetFaceSwapTaskResponse": ".get_face_swap_task_response",
    "GetManyFaceSwapTasksRequest": ".get_many_face_swap_tasks_request",
    "GetManyFaceSwapTasksResponse": ".get_many_face_swap_tasks_response",
    "ListFaceSwapImagesResponse": ".list_face_swap_images_response",
    "ListFaceSwapTasksResponse": ".list_face_swap_tasks_response",
    "ListRunningFaceSwapTasksResponse": ".list_running_face_swap_tasks_response",
    "UploadUrl": ".upload_url",
}

__all__ = (
    "AddFaceSwapImageRequest",
    "AddFaceSwapImageResponse",
    "AddFaceSwapPreviewRequest",
    "AddFaceSwapPreviewResponse",
    "AddFaceSwapTaskRequest",
    "AddFaceSwapTaskResponse",
    "AddUploadUrlRequest",
    "AddUploadUrlResponse",
    "DeleteResponse",
    "Envelope",
    "ErrorResponse",
    "FaceSwapImage",
    "FaceSwapImageRows",
    "FaceSwapModelVersion",
    "FaceSwapPreview",
    "FaceSwapProgress",
    "FaceSwapTask",
    "FaceSwapTaskPage",
    "FaceSwapTaskStatus",
    "GetFaceSwapPreviewStatusResponse",
    "GetFaceSwapTaskResponse",
    "GetManyFaceSwapTasksRequest",
    "GetManyFaceSwapTasksResponse",
    "ListFaceSwapImagesResponse",
    "ListFaceSwapTasksResponse",
    "ListRunningFaceSwapTasksResponse",
    "UploadUrl",
)


def __getattr__(name: str) -> object:
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(module, __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
