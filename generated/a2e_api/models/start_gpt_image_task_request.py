"""The request body `StartGptImageTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..models.start_gpt_image_task_request_aspect_ratio import StartGptImageTaskRequestAspectRatio
from ..models.start_gpt_image_task_request_model import StartGptImageTaskRequestModel
from ..models.start_gpt_image_task_request_quality import StartGptImageTaskRequestQuality
from ..models.start_gpt_image_task_request_resolution import StartGptImageTaskRequestResolution
from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartGptImageTaskRequest(RequestModel):
    """The task to start.

    Attributes:
        prompt: What is asked for, 3000 characters at most.
        name: Name of the task.
        input_images: URLs of images to edit or to go by, 16 at most.
        model: Model to use.
        aspect_ratio: Shape of the image.
        quality: Quality of the image, for gpt-image-1.5 only.
        resolution: Size of the image, for gpt-image-2 only.
        force_generate: Whether to go on despite a warning of the content check.
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    prompt: str
    name: str | Unset = UNSET
    input_images: list[str] | Unset = UNSET
    model: StartGptImageTaskRequestModel | Unset = UNSET
    aspect_ratio: StartGptImageTaskRequestAspectRatio | Unset = UNSET
    quality: StartGptImageTaskRequestQuality | Unset = UNSET
    resolution: StartGptImageTaskRequestResolution | Unset = UNSET
    force_generate: bool | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "prompt": "prompt",
        "name": "name",
        "input_images": "input_images",
        "model": "model",
        "aspect_ratio": "aspect_ratio",
        "quality": "quality",
        "resolution": "resolution",
        "force_generate": "force_generate",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
