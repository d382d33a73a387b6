"""The request body `StartTextToImageTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..models.start_text_to_image_task_request_aspect_ratio import (
    StartTextToImageTaskRequestAspectRatio,
)
from ..models.start_text_to_image_task_request_model_type import (
    StartTextToImageTaskRequestModelType,
)
from ..models.start_text_to_image_task_request_req_key import StartTextToImageTaskRequestReqKey
from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartTextToImageTaskRequest(RequestModel):
    """The task to start.

    Attributes:
        prompt: What is asked for.
        name: Name of the task.
        width: Width of the image in pixels.
        height: Height of the image in pixels.
        model_type: Model to use.
        input_images: URLs of images to go by, 2 at most for a2e and 10 for seedream.
        skip_face_enhance: Whether to leave out the enhancement of faces.
        aspect_ratio: Shape of the image, for seedream only.
        max_images: How many images to make, 1 to 8; more than one become several tasks.
        req_key: Model of 2025: high_aes_general_v21_L for general images, high_aes for manga.
            With it the task is complete in the answer. Seen in clients, beside the other keys.
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    prompt: str
    name: str | Unset = UNSET
    width: float | Unset = UNSET
    height: float | Unset = UNSET
    model_type: StartTextToImageTaskRequestModelType | Unset = UNSET
    input_images: list[str] | Unset = UNSET
    skip_face_enhance: bool | Unset = UNSET
    aspect_ratio: StartTextToImageTaskRequestAspectRatio | Unset = UNSET
    max_images: int | Unset = UNSET
    req_key: StartTextToImageTaskRequestReqKey | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "prompt": "prompt",
        "name": "name",
        "width": "width",
        "height": "height",
        "model_type": "model_type",
        "input_images": "input_images",
        "skip_face_enhance": "skip_face_enhance",
        "aspect_ratio": "aspect_ratio",
        "max_images": "max_images",
        "req_key": "req_key",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
