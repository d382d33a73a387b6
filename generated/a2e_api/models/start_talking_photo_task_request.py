"""The request body `StartTalkingPhotoTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartTalkingPhotoTaskRequest(RequestModel):
    """The task to start.

    Attributes:
        name: Name of the task.
        image_url: URL of the photo, public, without redirects or spaces.
        prompt: What is asked for.
        negative_prompt: What is not wanted.
        audio_url: URL of what is said, public, without redirects or spaces.
        duration: Length of the video in seconds, 1 to 20.
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    name: str
    image_url: str
    prompt: str
    negative_prompt: str
    audio_url: str | Unset = UNSET
    duration: int | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "name": "name",
        "image_url": "image_url",
        "prompt": "prompt",
        "negative_prompt": "negative_prompt",
        "audio_url": "audio_url",
        "duration": "duration",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
