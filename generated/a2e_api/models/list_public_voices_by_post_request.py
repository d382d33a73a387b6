"""The request body `ListPublicVoicesByPostRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class ListPublicVoicesByPostRequest(RequestModel):
    """Which voices to list.

    Attributes:
        country: Country part of the language.
        region: Region part of the language.
        voice_map_type: Locale that the voices are grouped by.
    """

    country: str | Unset = UNSET
    region: str | Unset = UNSET
    voice_map_type: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "country": "country",
        "region": "region",
        "voice_map_type": "voice_map_type",
    }
