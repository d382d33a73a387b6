"""The response `FaceSwapProgress`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..models.face_swap_task_status import FaceSwapTaskStatus
from ..types import ResponseModel, as_enum, as_integer, as_string


@define
class FaceSwapProgress(ResponseModel):
    """State of a running task or of a preview.

    Attributes:
        current_status: State of a task or preview. Words that are not listed may come, and count
            as still running.
        result_url: URL of the result, empty until there is one.
        id: Id of the task or preview. Not in every answer.
        error_code: An integer or null here; a string elsewhere.
        faild_message: Why it failed. The spelling is the server's.
        failed_message: Why it failed. Newer servers may use this spelling.
    """

    current_status: FaceSwapTaskStatus | None = None
    result_url: str | None = None
    id: str | None = None
    error_code: str | int | None = None
    faild_message: str | None = None
    failed_message: str | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "current_status": "current_status",
        "result_url": "result_url",
        "id": "_id",
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
        current_status = _get("current_status")
        if current_status is not None:
            current_status = as_enum(FaceSwapTaskStatus, current_status)
        result_url = _get("result_url")
        if type(result_url) is not str and result_url is not None:
            result_url = as_string(result_url)
        id = _get("_id")
        if type(id) is not str and id is not None:
            id = as_string(id)
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
            current_status, result_url, id, error_code, faild_message, failed_message, source
        )
