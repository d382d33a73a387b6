"""The request body `StartNanoBananaTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..models.start_nano_banana_task_request_aspect_ratio import (
    StartNanoBananaTaskRequestAspectRatio,
)
from ..models.start_nano_banana_task_request_image_size import StartNanoBananaTaskRequestImageSize
from ..models.start_nano_banana_task_request_model import StartNanoBananaTaskRequestModel
from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartNanoBananaTaskRequest(RequestModel):
    """The task to start.

    Attributes:
        prompt: What is asked for.
        name: Name of the task.
        model: Model to use.
        input_images: URLs of images to edit or to go by.
        aspect_ratio: Shape of the image.
        image_size: Size of the image.
        google_search: Whether the model may search the web, for nano-banana-2 only.
        force_generate: Whether to go on despite a warning of the content check; the server takes
            true for API tokens and false for web users.
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    prompt: str
    name: str | Unset = UNSET
    model: StartNanoBananaTaskRequestModel | Unset = UNSET
    input_images: list[str] | Unset = UNSET
    aspect_ratio: StartNanoBananaTaskRequestAspectRatio | Unset = UNSET
    image_size: StartNanoBananaTaskRequestImageSize | Unset = UNSET
    google_search: bool | Unset = UNSET
    force_generate: bool | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "prompt": "prompt",
        "name": "name",
        "model": "model",
        "input_images": "input_images",
        "aspect_ratio": "aspect_ratio",
        "image_size": "image_size",
        "google_search": "google_search",
        "force_generate": "force_generate",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
