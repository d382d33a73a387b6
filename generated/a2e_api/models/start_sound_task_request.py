"""The request body `StartSoundTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartSoundTaskRequest(RequestModel):
    """The task to start.

    Attributes:
        video_url: URL of the video (mp4, avi, mov or mkv), public, without redirects or spaces.
        name: Name of the task.
        caption: What the video shows.
        cot_description: Longer description of the wanted sound.
        seed: Seed of the random numbers.
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    video_url: str
    name: str | Unset = UNSET
    caption: str | Unset = UNSET
    cot_description: str | Unset = UNSET
    seed: float | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "video_url": "video_url",
        "name": "name",
        "caption": "caption",
        "cot_description": "cot_description",
        "seed": "seed",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
