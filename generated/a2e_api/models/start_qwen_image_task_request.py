"""The request body `StartQwenImageTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..models.start_qwen_image_task_request_model import StartQwenImageTaskRequestModel
from ..models.start_qwen_image_task_request_size import StartQwenImageTaskRequestSize
from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartQwenImageTaskRequest(RequestModel):
    """The task to start.

    Attributes:
        name: Name of the task.
        prompt: What is asked for.
        model: Model to use.
        input_images: URLs of images to edit or to go by.
        size: Width and height of the image in pixels.
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    name: str
    prompt: str
    model: StartQwenImageTaskRequestModel | Unset = UNSET
    input_images: list[str] | Unset = UNSET
    size: StartQwenImageTaskRequestSize | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "name": "name",
        "prompt": "prompt",
        "model": "model",
        "input_images": "input_images",
        "size": "size",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
