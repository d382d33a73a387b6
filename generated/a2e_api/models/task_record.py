"""The response `TaskRecord`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..models.task_status import TaskStatus
from ..types import ResponseModel, as_datetime, as_enum, as_integer, as_list, as_number, as_string


@define
class TaskRecord(ResponseModel):
    """A task of an operation whose answer no reference describes. Every key was seen on some
    task of this server; which of them a task has depends on its operation.

    Attributes:
        id: Id of the task, 24 hexadecimal digits.
        name: Name that the caller gave.
        current_status: State of a task. Words that are not listed may come, and count as still
            running.
        status: State of the task where the server calls it so.
        result_url: URL of the result, empty until there is one.
        result_urls: URLs of the results.
        result_image_url: URL of the resulting image.
        result_video_url: URL of the resulting video.
        image_urls: URLs of the resulting images, or of the images that were given.
        image_url: URL of the image that was given.
        video_url: URL of the video that was given, or of the result.
        audio_url: URL of the audio that was given.
        source_url: URL of the file that was given.
        cover_url: URL of a cover image.
        prompt: What was asked for.
        negative_prompt: What was not wanted.
        duration: Seconds of video. Some operations write it as text.
        coins: Coins that the task cost.
        failed_message: Why it failed, empty where it did not.
        faild_message: Why it failed. The spelling is the server's.
        failed_code: Code of the failure, empty without one.
        error_code: Code of the failure, "0" or null without one.
        created_at: When it was made.
        updated_at: When it last changed.
        initialized_time: When it was accepted.
        processing_time: When the work began.
        completed_time: When the work ended.
    """

    id: str | None = None
    name: str | None = None
    current_status: TaskStatus | None = None
    status: str | None = None
    result_url: str | None = None
    result_urls: list[str] | None = None
    result_image_url: str | None = None
    result_video_url: str | None = None
    image_urls: list[str] | None = None
    image_url: str | None = None
    video_url: str | None = None
    audio_url: str | None = None
    source_url: str | None = None
    cover_url: str | None = None
    prompt: str | None = None
    negative_prompt: str | None = None
    duration: float | None = None
    coins: float | None = None
    failed_message: str | None = None
    faild_message: str | None = None
    failed_code: str | int | None = None
    error_code: str | int | None = None
    created_at: datetime.datetime | None = None
    updated_at: datetime.datetime | None = None
    initialized_time: datetime.datetime | None = None
    processing_time: datetime.datetime | None = None
    completed_time: datetime.datetime | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "_id",
        "name": "name",
        "current_status": "current_status",
        "status": "status",
        "result_url": "result_url",
        "result_urls": "result_urls",
        "result_image_url": "result_image_url",
        "result_video_url": "result_video_url",
        "image_urls": "image_urls",
        "image_url": "image_url",
        "video_url": "video_url",
        "audio_url": "audio_url",
        "source_url": "source_url",
        "cover_url": "cover_url",
        "prompt": "prompt",
        "negative_prompt": "negative_prompt",
        "duration": "duration",
        "coins": "coins",
        "failed_message": "failed_message",
        "faild_message": "faild_message",
        "failed_code": "failed_code",
        "error_code": "error_code",
        "created_at": "createdAt",
        "updated_at": "updatedAt",
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
        id = _get("_id")
        if type(id) is not str and id is not None:
            id = as_string(id)
        name = _get("name")
        if type(name) is not str and name is not None:
            name = as_string(name)
        current_status = _get("current_status")
        if current_status is not None:
            current_status = as_enum(TaskStatus, current_status)
        status = _get("status")
        if type(status) is not str and status is not None:
            status = as_string(status)
        result_url = _get("result_url")
        if type(result_url) is not str and result_url is not None:
            result_url = as_string(result_url)
        result_urls = _get("result_urls")
        if result_urls is not None:
            result_urls = as_list(lambda item: as_string(item), result_urls)
        result_image_url = _get("result_image_url")
        if type(result_image_url) is not str and result_image_url is not None:
            result_image_url = as_string(result_image_url)
        result_video_url = _get("result_video_url")
        if type(result_video_url) is not str and result_video_url is not None:
            result_video_url = as_string(result_video_url)
        image_urls = _get("image_urls")
        if image_urls is not None:
            image_urls = as_list(lambda item: as_string(item), image_urls)
        image_url = _get("image_url")
        if type(image_url) is not str and image_url is not None:
            image_url = as_string(image_url)
        video_url = _get("video_url")
        if type(video_url) is not str and video_url is not None:
            video_url = as_string(video_url)
        audio_url = _get("audio_url")
        if type(audio_url) is not str and audio_url is not None:
            audio_url = as_string(audio_url)
        source_url = _get("source_url")
        if type(source_url) is not str and source_url is not None:
            source_url = as_string(source_url)
        cover_url = _get("cover_url")
        if type(cover_url) is not str and cover_url is not None:
            cover_url = as_string(cover_url)
        prompt = _get("prompt")
        if type(prompt) is not str and prompt is not None:
            prompt = as_string(prompt)
        negative_prompt = _get("negative_prompt")
        if type(negative_prompt) is not str and negative_prompt is not None:
            negative_prompt = as_string(negative_prompt)
        duration = _get("duration")
        if type(duration) is not int and type(duration) is not float and duration is not None:
            duration = as_number(duration)
        coins = _get("coins")
        if type(coins) is not int and type(coins) is not float and coins is not None:
            coins = as_number(coins)
        failed_message = _get("failed_message")
        if type(failed_message) is not str and failed_message is not None:
            failed_message = as_string(failed_message)
        faild_message = _get("faild_message")
        if type(faild_message) is not str and faild_message is not None:
            faild_message = as_string(faild_message)
        failed_code = _get("failed_code")
        if (
            type(failed_code) is not str
            and type(failed_code) is not int
            and failed_code is not None
        ):
            failed_code = (
                decoded
                if (decoded := as_string(failed_code)) is not None
                else as_integer(failed_code)
            )
        error_code = _get("error_code")
        if type(error_code) is not str and type(error_code) is not int and error_code is not None:
            error_code = (
                decoded
                if (decoded := as_string(error_code)) is not None
                else as_integer(error_code)
            )
        created_at = _get("createdAt")
        if created_at is not None:
            created_at = as_datetime(created_at)
        updated_at = _get("updatedAt")
        if updated_at is not None:
            updated_at = as_datetime(updated_at)
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
            id,
            name,
            current_status,
            status,
            result_url,
            result_urls,
            result_image_url,
            result_video_url,
            image_urls,
            image_url,
            video_url,
            audio_url,
            source_url,
            cover_url,
            prompt,
            negative_prompt,
            duration,
            coins,
            failed_message,
            faild_message,
            failed_code,
            error_code,
            created_at,
            updated_at,
            initialized_time,
            processing_time,
            completed_time,
            source,
        )
