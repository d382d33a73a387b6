"""The request body `ListAvatarVideos2025Request`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class ListAvatarVideos2025Request(RequestModel):
    """The page to list.

    Attributes:
        current: Number of the page, for example 1.
        page_size: Rows per page, for example 20.
    """

    current: int | str
    page_size: int | str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {"current": "current", "page_size": "pageSize"}
