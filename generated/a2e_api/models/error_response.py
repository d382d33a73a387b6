"""The response `ErrorResponse`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_integer, as_string


@define
class ErrorResponse(ResponseModel):
    """A failure, under an HTTP error or under HTTP 200.

    Attributes:
        code: Anything but 0. Seen: -1 for any failure; 400, 401, 402, 403, 404, 429 and 500 as
            their HTTP statuses, also under HTTP 200; 1001 while all streaming hosts are occupied;
            1003 where a minor was detected and 1004 where one is suspected; 30005 for two
            backgrounds.
        trace_id: Number of the request in the server's log. Newer operations always send it.
        msg: Text of a failure. Which of `msg` and `message` is used varies.
        message: Text of a failure. Which of `msg` and `message` is used varies.
        data: Usually absent or null.
        errors: What a validation found. Its items are not documented.
    """

    code: int | None = None
    trace_id: str | None = None
    msg: str | None = None
    message: str | None = None
    data: Any | None = None
    errors: Any | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "code": "code",
        "trace_id": "trace_id",
        "msg": "msg",
        "message": "message",
        "data": "data",
        "errors": "errors",
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
        code = _get("code")
        if type(code) is not int and code is not None:
            code = as_integer(code)
        trace_id = _get("trace_id")
        if type(trace_id) is not str and trace_id is not None:
            trace_id = as_string(trace_id)
        msg = _get("msg")
        if type(msg) is not str and msg is not None:
            msg = as_string(msg)
        message = _get("message")
        if type(message) is not str and message is not None:
            message = as_string(message)
        data = _get("data")
        errors = _get("errors")
        return cls(code, trace_id, msg, message, data, errors, source)
