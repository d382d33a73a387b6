"""The request body `StartWatermarkRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..models.start_watermark_request_watermark_type import StartWatermarkRequestWatermarkType
from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartWatermarkRequest(RequestModel):
    """The watermark to add.

    Attributes:
        media_url: Public URL of the image or video.
        watermark_type: Kind of the watermark: `text` needs `text`, `image` needs
            `watermark_image_url`.
        text: Text of the watermark.
        watermark_image_url: Public URL of the image that is the watermark.
    """

    media_url: str
    watermark_type: StartWatermarkRequestWatermarkType
    text: str | Unset = UNSET
    watermark_image_url: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "media_url": "media_url",
        "watermark_type": "watermark_type",
        "text": "text",
        "watermark_image_url": "watermark_image_url",
    }
