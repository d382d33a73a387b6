"""The request body `AddStreamingSpeechRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import RequestModel


@define(kw_only=True)
class AddStreamingSpeechRequest(RequestModel):
    """The text to say.

    Attributes:
        channel: Name of the session's Agora channel.
        text: Text to say.
    """

    channel: str
    text: str
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {"channel": "channel", "text": "text"}
