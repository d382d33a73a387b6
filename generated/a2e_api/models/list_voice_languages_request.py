"""The request body `ListVoiceLanguagesRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class ListVoiceLanguagesRequest(RequestModel):
    """Which languages to list.

    Attributes:
        voice_map_type: Locale that the voices are grouped by, for example en-US.
    """

    voice_map_type: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {"voice_map_type": "voice_map_type"}
