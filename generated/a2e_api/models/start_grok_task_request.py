"""The request body `StartGrokTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..models.start_grok_task_request_aspect_ratio import StartGrokTaskRequestAspectRatio
from ..models.start_grok_task_request_duration import StartGrokTaskRequestDuration
from ..models.start_grok_task_request_mode import StartGrokTaskRequestMode
from ..models.start_grok_task_request_model_type import StartGrokTaskRequestModelType
from ..models.start_grok_task_request_model_version import StartGrokTaskRequestModelVersion
from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartGrokTaskRequest(RequestModel):
    """The task to start.

    Attributes:
        name: Name of the task.
        model_type: What to make the video from.
        model_version: Version of the model.
        prompt: What is asked for.
        mode: Style of the video.
        image_urls: URLs of images to go by.
        image_url: URL of the image, public, without redirects or spaces.
        aspect_ratio: Shape of the video.
        duration: Length of the video in seconds, as text.
        nsfw_checker: Whether to check the content.
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    name: str | Unset = UNSET
    model_type: StartGrokTaskRequestModelType | Unset = UNSET
    model_version: StartGrokTaskRequestModelVersion | Unset = UNSET
    prompt: str | Unset = UNSET
    mode: StartGrokTaskRequestMode | Unset = UNSET
    image_urls: list[str] | Unset = UNSET
    image_url: str | Unset = UNSET
    aspect_ratio: StartGrokTaskRequestAspectRatio | Unset = UNSET
    duration: StartGrokTaskRequestDuration | Unset = UNSET
    nsfw_checker: bool | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "name": "name",
        "model_type": "model_type",
        "model_version": "model_version",
        "prompt": "prompt",
        "mode": "mode",
        "image_urls": "image_urls",
        "image_url": "image_url",
        "aspect_ratio": "aspect_ratio",
        "duration": "duration",
        "nsfw_checker": "nsfw_checker",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
