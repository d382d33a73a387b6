"""The request body `StartWanSpicyTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..models.start_wan_spicy_task_request_model import StartWanSpicyTaskRequestModel
from ..models.start_wan_spicy_task_request_resolution import StartWanSpicyTaskRequestResolution
from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartWanSpicyTaskRequest(RequestModel):
    """The task to start.

    Attributes:
        prompt: What is asked for.
        image_url: URL of the image, public, without redirects or spaces.
        resolution: Size of the video.
        duration: Length of the video in seconds.
        model: Model to use.
        name: Name of the task.
        negative_prompt: What is not wanted.
        audio_url: URL of the sound, public, without redirects or spaces.
        prompt_extend: Whether the server may extend the prompt.
        seed: Seed of the random numbers.
        minor_suspected_skip: Whether to go on although a person may be a minor (code 1004).
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    prompt: str
    image_url: str
    resolution: StartWanSpicyTaskRequestResolution
    duration: float
    model: StartWanSpicyTaskRequestModel | Unset = UNSET
    name: str | Unset = UNSET
    negative_prompt: str | Unset = UNSET
    audio_url: str | Unset = UNSET
    prompt_extend: bool | Unset = UNSET
    seed: int | Unset = UNSET
    minor_suspected_skip: bool | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "prompt": "prompt",
        "image_url": "image_url",
        "resolution": "resolution",
        "duration": "duration",
        "model": "model",
        "name": "name",
        "negative_prompt": "negative_prompt",
        "audio_url": "audio_url",
        "prompt_extend": "prompt_extend",
        "seed": "seed",
        "minor_suspected_skip": "minor_suspected_skip",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
