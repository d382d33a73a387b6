"""The request body `AddFaceSwapImageRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import RequestModel


@define(kw_only=True)
class AddFaceSwapImageRequest(RequestModel):
    """The face to store.

    Attributes:
        face_url: Public URL of the image, without redirects or spaces.
    """

    face_url: str
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {"face_url": "face_url"}
