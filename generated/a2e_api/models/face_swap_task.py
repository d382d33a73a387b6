"""The response `FaceSwapTask`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..models.face_swap_task_status import FaceSwapTaskStatus
from ..types import ResponseModel, as_datetime, as_enum, as_integer, as_number, as_string


@define
class FaceSwapTask(ResponseModel):
    """A face swap task. Required are the keys that the add page marks, without `error_code` and
    `faild_message`, on which the sources disagree.

    Attributes:
        name: Name that the caller gave.
        video_url: URL of the target video or image.
        duration: Seconds of video. Documented as integer; 0 for many finished tasks.
        face_url: URL of the face image.
        current_status: State of a task or preview. Words that are not listed may come, and count
            as still running.
        result_url: URL of the result, empty until there is one. It expires after about three
            days.
        id: Id of the task, 24 hexadecimal digits.
        created_at: When it was made.
        updated_at: When it last changed.
        error_code: A string ("0" without an error) in records; an integer or null elsewhere.
        faild_message: Why it failed. The spelling is the server's.
        failed_message: Why it failed. Newer servers may use this spelling.
        initialized_time: When it was accepted.
        processing_time: When the work began.
        completed_time: When the work ended.
    """

    name: str | None = None
    video_url: str | None = None
    duration: float | None = None
    face_url: str | None = None
    current_status: FaceSwapTaskStatus | None = None
    result_url: str | None = None
    id: str | None = None
    created_at: datetime.datetime | None = None
    updated_at: datetime.datetime | None = None
    error_code: str | int | None = None
    faild_message: str | None = None
    failed_message: str | None = None
    initialized_time: datetime.datetime | None = None
    processing_time: datetime.datetime | None = None
    completed_time: datetime.datetime | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "name": "name",
        "video_url": "video_url",
        "duration": "duration",
        "face_url": "face_url",
        "current_status": "current_status",
        "result_url": "result_url",
        "id": "_id",
        "created_at": "createdAt",
        "updated_at": "updatedAt",
        "error_code": "error_code",
        "faild_message": "faild_message",
        "failed_message": "failed_message",
        "initialized_time": "initialized_time",
        "processing_time": "processing_time",
        "completed_time": "completed_time",
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
        name = _get("name")
        if type(name) is not str and name is not None:
            name = as_string(name)
        video_url = _get("video_url")
        if type(video_url) is not str and video_url is not None:
            video_url = as_string(video_url)
        duration = _get("duration")
        if type(duration) is not int and type(duration) is not float and duration is not None:
            duration = as_number(duration)
        face_url = _get("face_url")
        if type(face_url) is not str and face_url is not None:
            face_url = as_string(face_url)
        current_status = _get("current_status")
        if current_status is not None:
            current_status = as_enum(FaceSwapTaskStatus, current_status)
        result_url = _get("result_url")
        if type(result_url) is not str and result_url is not None:
            result_url = as_string(result_url)
        id = _get("_id")
        if type(id) is not str and id is not None:
            id = as_string(id)
        created_at = _get("createdAt")
        if created_at is not None:
            created_at = as_datetime(created_at)
        updated_at = _get("updatedAt")
        if updated_at is not None:
            updated_at = as_datetime(updated_at)
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
        initialized_time = _get("initialized_time")
        if initialized_time is not None:
            initialized_time = as_datetime(initialized_time)
        processing_time = _get("processing_time")
        if processing_time is not None:
            processing_time = as_datetime(processing_time)
        completed_time = _get("completed_time")
        if completed_time is not None:
            completed_time = as_datetime(completed_time)
        return cls(
            name,
            video_url,
            duration,
            face_url,
            current_status,
            result_url,
            id,
            created_at,
            updated_at,
            error_code,
            faild_message,
            failed_message,
            initialized_time,
            processing_time,
            completed_time,
            source,
        )
