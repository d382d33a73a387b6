"""The request body `GetQuoteRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import define, field

from ..types import RequestModel

if TYPE_CHECKING:
    from ..models.quoted_body import QuotedBody


@define(kw_only=True)
class GetQuoteRequest(RequestModel):
    """The task whose price is wanted.

    Attributes:
        endpoint: Path of the operation that would start it, for example /api/v1/userWan25/start.
        request_body: Body that would be sent to the operation whose price is wanted.
    """

    endpoint: str
    request_body: QuotedBody
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "endpoint": "endpoint",
        "request_body": "requestBody",
    }
