"""The response `FaceSwapPreview`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..models.face_swap_task_status import FaceSwapTaskStatus
from ..types import ResponseModel, as_enum, as_integer, as_string


@define
class FaceSwapPreview(ResponseModel):
    """A quick preview as it was started.

    Attributes:
        id: Id of the preview, 24 hexadecimal digits.
        user_id: Id of the owner.
        video_url: URL of the target video or image.
        face_url: URL of the face image.
        current_status: State of a task or preview. Words that are not listed may come, and count
            as still running.
        result_url: URL of the result, empty until there is one.
        error_code: "0" or null without an error.
        faild_message: Why it failed. The spelling is the server's.
        failed_message: Why it failed. Newer servers may use this spelling.
    """

    id: str | None = None
    user_id: str | None = None
    video_url: str | None = None
    face_url: str | None = None
    current_status: FaceSwapTaskStatus | None = None
    result_url: str | None = None
    error_code: str | int | None = None
    faild_message: str | None = None
    failed_message: str | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "_id",
        "user_id": "user_id",
        "video_url": "video_url",
        "face_url": "face_url",
        "current_status": "current_status",
        "result_url": "result_url",
        "error_code": "error_code",
        "faild_message": "faild_message",
        "failed_message": "failed_message",
    }

    @classmethod
    def from_dict(cls, source: dict[str, Any]) -> Self:
        """Decode a JSON object leniently. It is kept, not copied.

        Args:
            source: The JSON object.

        Returns:
            The model. What is missing, null or cannot be decoded is None.
        """
        _get = source.get
        id = _get("_id")
        if type(id) is not str and id is not None:
            id = as_string(id)
        user_id = _get("user_id")
        if type(user_id) is not str and user_id is not None:
            user_id = as_string(user_id)
        video_url = _get("video_url")
        if type(video_url) is not str and video_url is not None:
            video_url = as_string(video_url)
        face_url = _get("face_url")
        if type(face_url) is not str and face_url is not None:
            face_url = as_string(face_url)
        current_status = _get("current_status")
        if current_status is not None:
            current_status = as_enum(FaceSwapTaskStatus, current_status)
        result_url = _get("result_url")
        if type(result_url) is not str and result_url is not None:
            result_url = as_string(result_url)
        error_code = _get("error_code")
        if type(error_code) is not str and type(error_code) is not int and error_code is not None:
            error_code = (
                decoded
                if (decoded := as_string(error_code)) is not None
                else as_integer(error_code)
            )
        faild_message = _get("faild_message")
        if type(faild_message) is not str and faild_message is not None:
            faild_message = as_string(faild_message)
        failed_message = _get("failed_message")
        if type(failed_message) is not str and failed_message is not None:
            failed_message = as_string(failed_message)
        return cls(
            id,
            user_id,
            video_url,
            face_url,
            current_status,
            result_url,
            error_code,
            faild_message,
            failed_message,
            source,
        )
