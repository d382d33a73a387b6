"""The request body `AddCustomAvatarRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import RequestModel


@define(kw_only=True)
class AddCustomAvatarRequest(RequestModel):
    """What the 2026 reference does not describe. No source names its keys."""

    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {}
