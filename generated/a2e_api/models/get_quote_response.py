"""The response `GetQuoteResponse`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_integer, as_model, as_string

if TYPE_CHECKING:
    from ..models.quote import Quote


@define
class GetQuoteResponse(ResponseModel):
    """The price.

    Attributes:
        code: 0 for success, anything else is a failure, also under HTTP 200.
        data: A price. Which key holds it no source says, so that any other key is expected.
        trace_id: Number of the request in the server's log. Newer operations always send it.
        msg: Text of a failure. Which of `msg` and `message` is used varies.
        message: Text of a failure. Which of `msg` and `message` is used varies.
    """

    code: int | None = None
    data: Quote | None = None
    trace_id: str | None = None
    msg: str | None = None
    message: str | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "code": "code",
        "data": "data",
        "trace_id": "trace_id",
        "msg": "msg",
        "message": "message",
    }

    @classmethod
    def from_dict(cls, source: dict[str, Any]) -> Self:
        """Decode a JSON object leniently. It is kept, not copied.

        Args:
            source: The JSON object.

        Returns:
            The model. What is missing, null or cannot be decoded is None.
        """
        from ..models.quote import Quote

        _get = source.get
        code = _get("code")
        if type(code) is not int and code is not None:
            code = as_integer(code)
        data = _get("data")
        if data is not None:
            data = as_model(Quote, data)
        trace_id = _get("trace_id")
        if type(trace_id) is not str and trace_id is not None:
            trace_id = as_string(trace_id)
        msg = _get("msg")
        if type(msg) is not str and msg is not None:
            msg = as_string(msg)
        message = _get("message")
        if type(message) is not str and message is not None:
            message = as_string(message)
        return cls(code, data, trace_id, msg, message, source)
