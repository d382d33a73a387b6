"""The request body `UpdateStreamingContextRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import RequestModel


@define(kw_only=True)
class UpdateStreamingContextRequest(RequestModel):
    """The context to set.

    Attributes:
        channel: Name of the session's Agora channel.
        text: Text that answers are based on, 5000 characters at most.
    """

    channel: str
    text: str
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {"channel": "channel", "text": "text"}
