"""The request body `ListAnchorsRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..models.list_anchors_request_web_type import ListAnchorsRequestWebType
from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class ListAnchorsRequest(RequestModel):
    """Which avatars to list.

    Attributes:
        web_type: Site whose avatars are wanted.
    """

    web_type: ListAnchorsRequestWebType | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {"web_type": "web_type"}
