"""The request body `StartAvatarTrainingRetryRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import RequestModel


@define(kw_only=True)
class StartAvatarTrainingRetryRequest(RequestModel):
    """The training. No source names its keys."""

    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {}
