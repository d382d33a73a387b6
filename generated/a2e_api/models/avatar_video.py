"""The response `AvatarVideo`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..models.avatar_video_status import AvatarVideoStatus
from ..types import ResponseModel, as_enum, as_integer, as_number, as_string


@define
class AvatarVideo(ResponseModel):
    """A video in which an avatar speaks. Required are the keys that the page of awsResult marks.

    Attributes:
        id: Id of the video, 24 hexadecimal digits.
        status: State of an avatar video. Words that are not listed may come, and count as still
            running.
        result: URL of the video, empty until there is one. It expires.
        process: Progress, 0 to 100.
        msg: Script of the video, or a message.
        error: Why it failed. Read by clients, who do not say its type.
        fail_reason: Why it failed. Read by clients, who do not say its type.
        anchor_id: Id of the avatar.
        anchor_type: Kind of the avatar. A string here, an integer in the request.
        web_bg_width: Width of the canvas in pixels.
        web_bg_height: Height of the canvas in pixels.
        color: Colour of the background.
        result_people_url: URL of the person alone.
        result_bg_url: URL of the background alone.
        replace_bg_id: Id of the background of the service.
        custom_backs_id: Id of the background of the user. Null on the page.
        created_at: When it was made.
        end_success_date: When it was finished. Read by clients.
        diff_s: A difference in seconds by its name, not described.
        current_date: Time of the server.
    """

    id: str | None = None
    status: AvatarVideoStatus | None = None
    result: str | None = None
    process: float | None = None
    msg: str | None = None
    error: Any | None = None
    fail_reason: Any | None = None
    anchor_id: str | None = None
    anchor_type: str | int | None = None
    web_bg_width: float | None = None
    web_bg_height: float | None = None
    color: str | None = None
    result_people_url: str | None = None
    result_bg_url: str | None = None
    replace_bg_id: str | None = None
    custom_backs_id: Any | None = None
    created_at: str | None = None
    end_success_date: str | None = None
    diff_s: float | None = None
    current_date: str | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "_id",
        "status": "status",
        "result": "result",
        "process": "process",
        "msg": "msg",
        "error": "error",
        "fail_reason": "fail_reason",
        "anchor_id": "anchor_id",
        "anchor_type": "anchor_type",
        "web_bg_width": "web_bg_width",
        "web_bg_height": "web_bg_height",
        "color": "color",
        "result_people_url": "result_people_url",
        "result_bg_url": "result_bg_url",
        "replace_bg_id": "replace_bg_id",
        "custom_backs_id": "custom_backs_id",
        "created_at": "createdAt",
        "end_success_date": "end_success_date",
        "diff_s": "diff_s",
        "current_date": "current_date",
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
        status = _get("status")
        if status is not None:
            status = as_enum(AvatarVideoStatus, status)
        result = _get("result")
        if type(result) is not str and result is not None:
            result = as_string(result)
        process = _get("process")
        if type(process) is not int and type(process) is not float and process is not None:
            process = as_number(process)
        msg = _get("msg")
        if type(msg) is not str and msg is not None:
            msg = as_string(msg)
        error = _get("error")
        fail_reason = _get("fail_reason")
        anchor_id = _get("anchor_id")
        if type(anchor_id) is not str and anchor_id is not None:
            anchor_id = as_string(anchor_id)
        anchor_type = _get("anchor_type")
        if (
            type(anchor_type) is not str
            and type(anchor_type) is not int
            and anchor_type is not None
        ):
            anchor_type = (
                decoded
                if (decoded := as_string(anchor_type)) is not None
                else as_integer(anchor_type)
            )
        web_bg_width = _get("web_bg_width")
        if (
            type(web_bg_width) is not int
            and type(web_bg_width) is not float
            and web_bg_width is not None
        ):
            web_bg_width = as_number(web_bg_width)
        web_bg_height = _get("web_bg_height")
        if (
            type(web_bg_height) is not int
            and type(web_bg_height) is not float
            and web_bg_height is not None
        ):
            web_bg_height = as_number(web_bg_height)
        color = _get("color")
        if type(color) is not str and color is not None:
            color = as_string(color)
        result_people_url = _get("result_people_url")
        if type(result_people_url) is not str and result_people_url is not None:
            result_people_url = as_string(result_people_url)
        result_bg_url = _get("result_bg_url")
        if type(result_bg_url) is not str and result_bg_url is not None:
            result_bg_url = as_string(result_bg_url)
        replace_bg_id = _get("replace_bg_id")
        if type(replace_bg_id) is not str and replace_bg_id is not None:
            replace_bg_id = as_string(replace_bg_id)
        custom_backs_id = _get("custom_backs_id")
        created_at = _get("createdAt")
        if type(created_at) is not str and created_at is not None:
            created_at = as_string(created_at)
        end_success_date = _get("end_success_date")
        if type(end_success_date) is not str and end_success_date is not None:
            end_success_date = as_string(end_success_date)
        diff_s = _get("diff_s")
        if type(diff_s) is not int and type(diff_s) is not float and diff_s is not None:
            diff_s = as_number(diff_s)
        current_date = _get("current_date")
        if type(current_date) is not str and current_date is not None:
            current_date = as_string(current_date)
        return cls(
            id,
            status,
            result,
            process,
            msg,
            error,
            fail_reason,
            anchor_id,
            anchor_type,
            web_bg_width,
            web_bg_height,
            color,
            result_people_url,
            result_bg_url,
            replace_bg_id,
            custom_backs_id,
            created_at,
            end_success_date,
            diff_s,
            current_date,
            source,
        )
