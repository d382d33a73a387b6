"""The request body `StartKlingImageTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..models.start_kling_image_task_request_aspect_ratio import (
    StartKlingImageTaskRequestAspectRatio,
)
from ..models.start_kling_image_task_request_resolution import StartKlingImageTaskRequestResolution
from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartKlingImageTaskRequest(RequestModel):
    """The task to start.

    Attributes:
        name: Name of the task.
        prompt: What is asked for.
        input_images: URLs of images to edit or to go by.
        aspect_ratio: Shape of the image.
        resolution: Size of the image.
        n: How many images to make, 1 to 9.
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    name: str
    prompt: str
    input_images: list[str] | Unset = UNSET
    aspect_ratio: StartKlingImageTaskRequestAspectRatio | Unset = UNSET
    resolution: StartKlingImageTaskRequestResolution | Unset = UNSET
    n: int | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "name": "name",
        "prompt": "prompt",
        "input_images": "input_images",
        "aspect_ratio": "aspect_ratio",
        "resolution": "resolution",
        "n": "n",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
