"""The request body `AddFaceSwapPreviewRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import RequestModel


@define(kw_only=True)
class AddFaceSwapPreviewRequest(RequestModel):
    """The preview to start.

    Attributes:
        face_url: URL of the image with the face, public, without redirects or spaces.
        video_url: URL of the video, or image, to put it into, public, without redirects or
            spaces.
    """

    face_url: str
    video_url: str
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {"face_url": "face_url", "video_url": "video_url"}
