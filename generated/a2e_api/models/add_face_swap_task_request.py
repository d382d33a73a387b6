"""The request body `AddFaceSwapTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..models.face_swap_model_version import FaceSwapModelVersion
from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class AddFaceSwapTaskRequest(RequestModel):
    """The task to start.

    Attributes:
        name: Name of the task, the only label that a caller can choose.
        face_url: URL of the image with the face, public, without redirects or spaces.
        video_url: URL of the video, or image, to put it into, public, without redirects or
            spaces.
        cover_url: URL of a cover image.
        model_version: Version of the face swap model. v2 takes images only.
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    name: str
    face_url: str
    video_url: str
    cover_url: str | Unset = UNSET
    model_version: FaceSwapModelVersion | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "name": "name",
        "face_url": "face_url",
        "video_url": "video_url",
        "cover_url": "cover_url",
        "model_version": "model_version",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
