"""The request body `StartVeoTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..models.start_veo_task_request_aspect_ratio import StartVeoTaskRequestAspectRatio
from ..models.start_veo_task_request_generation_type import StartVeoTaskRequestGenerationType
from ..models.start_veo_task_request_model import StartVeoTaskRequestModel
from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartVeoTaskRequest(RequestModel):
    """The task to start.

    Attributes:
        prompt: What is asked for.
        name: Name of the task.
        generation_type: What to make the video from.
        image_urls: URLs of the frames, or of images to go by.
        model: Model to use.
        aspect_ratio: Shape of the video.
        watermark: Text of a watermark.
        seeds: Seed of the random numbers, 10000 to 99999.
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    prompt: str
    name: str | Unset = UNSET
    generation_type: StartVeoTaskRequestGenerationType | Unset = UNSET
    image_urls: list[str] | Unset = UNSET
    model: StartVeoTaskRequestModel | Unset = UNSET
    aspect_ratio: StartVeoTaskRequestAspectRatio | Unset = UNSET
    watermark: str | Unset = UNSET
    seeds: float | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "prompt": "prompt",
        "name": "name",
        "generation_type": "generationType",
        "image_urls": "imageUrls",
        "model": "model",
        "aspect_ratio": "aspectRatio",
        "watermark": "watermark",
        "seeds": "seeds",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
