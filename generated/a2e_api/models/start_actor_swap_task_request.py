"""The request body `StartActorSwapTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartActorSwapTaskRequest(RequestModel):
    """The task to start.

    Attributes:
        image_url: URL of the new actor, public, without redirects or spaces.
        video_url: URL of the video, public, without redirects or spaces.
        name: Name of the task.
        prompt: What is asked for.
        negative_prompt: What is not wanted.
        timeout: Time limit of the task; the unit is not documented.
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    image_url: str
    video_url: str
    name: str | Unset = UNSET
    prompt: str | Unset = UNSET
    negative_prompt: str | Unset = UNSET
    timeout: int | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "image_url": "image_url",
        "video_url": "video_url",
        "name": "name",
        "prompt": "prompt",
        "negative_prompt": "negative_prompt",
        "timeout": "timeout",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
