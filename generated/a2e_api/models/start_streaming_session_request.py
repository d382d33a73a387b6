"""The request body `StartStreamingSessionRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartStreamingSessionRequest(RequestModel):
    """The session to start.

    Attributes:
        avatar_id: Id of the avatar.
        expire_seconds: Length of the session in seconds; clients send 60 to 3600.
    """

    avatar_id: str
    expire_seconds: int | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "avatar_id": "avatar_id",
        "expire_seconds": "expire_seconds",
    }
