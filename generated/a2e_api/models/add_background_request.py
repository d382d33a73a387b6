"""The request body `AddBackgroundRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class AddBackgroundRequest(RequestModel):
    """The background to add.

    Attributes:
        img_url: Public URL of the image.
        name: Name of the background. Sent by one client.
    """

    img_url: str
    name: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {"img_url": "img_url", "name": "name"}
