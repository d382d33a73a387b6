"""The request body `AddStreamingQuestionRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import RequestModel


@define(kw_only=True)
class AddStreamingQuestionRequest(RequestModel):
    """The question.

    Attributes:
        channel: Name of the session's Agora channel.
        text: The question.
    """

    channel: str
    text: str
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {"channel": "channel", "text": "text"}
