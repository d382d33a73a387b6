"""The request body `StartSoraTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..models.start_sora_task_request_aspect_ratio import StartSoraTaskRequestAspectRatio
from ..models.start_sora_task_request_duration_seconds import StartSoraTaskRequestDurationSeconds
from ..models.start_sora_task_request_model_type import StartSoraTaskRequestModelType
from ..models.start_sora_task_request_quality import StartSoraTaskRequestQuality
from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartSoraTaskRequest(RequestModel):
    """The task to start.

    Attributes:
        prompt: What is asked for.
        name: Name of the task.
        model_type: What to make the video from.
        image_urls: URLs of images to go by.
        aspect_ratio: Shape of the video.
        duration_seconds: Length of the video in seconds, as text.
        quality: Quality of the video.
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    prompt: str
    name: str | Unset = UNSET
    model_type: StartSoraTaskRequestModelType | Unset = UNSET
    image_urls: list[str] | Unset = UNSET
    aspect_ratio: StartSoraTaskRequestAspectRatio | Unset = UNSET
    duration_seconds: StartSoraTaskRequestDurationSeconds | Unset = UNSET
    quality: StartSoraTaskRequestQuality | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "prompt": "prompt",
        "name": "name",
        "model_type": "model_type",
        "image_urls": "image_urls",
        "aspect_ratio": "aspect_ratio",
        "duration_seconds": "duration_seconds",
        "quality": "quality",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
