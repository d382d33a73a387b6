"""The request body `ListAvatars2025Request`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class ListAvatars2025Request(RequestModel):
    """Which avatars to list.

    Attributes:
        type_: Kind of the avatars: default or custom; clients also send public and 0.
        user_video_twin_id: Id of the training whose avatar is wanted, 24 hexadecimal digits.
    """

    type_: str | Unset = UNSET
    user_video_twin_id: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "type_": "type",
        "user_video_twin_id": "user_video_twin_id",
    }
