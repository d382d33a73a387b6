"""The request body `StartKlingVideoTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..models.start_kling_video_task_request_aspect_ratio import (
    StartKlingVideoTaskRequestAspectRatio,
)
from ..models.start_kling_video_task_request_character_orientation import (
    StartKlingVideoTaskRequestCharacterOrientation,
)
from ..models.start_kling_video_task_request_duration import StartKlingVideoTaskRequestDuration
from ..models.start_kling_video_task_request_mode import StartKlingVideoTaskRequestMode
from ..models.start_kling_video_task_request_model_version import (
    StartKlingVideoTaskRequestModelVersion,
)
from ..models.start_kling_video_task_request_quality_mode import (
    StartKlingVideoTaskRequestQualityMode,
)
from ..models.start_kling_video_task_request_resolution import StartKlingVideoTaskRequestResolution
from ..models.start_kling_video_task_request_version import StartKlingVideoTaskRequestVersion
from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartKlingVideoTaskRequest(RequestModel):
    """The task to start.

    Attributes:
        mode: What to make the video from.
        prompt: What is asked for.
        name: Name of the task.
        version: Version of Kling.
        model_version: Variant of the model.
        resolution: Size of the video.
        quality_mode: Quality of the video.
        duration: Length of the video in seconds, as text.
        image_url: URL of the image, or of the first frame, public, without redirects or spaces.
        video_url: URL of the video whose motion is taken, public, without redirects or spaces.
        aspect_ratio: Shape of the video.
        sound: Whether the video has sound.
        end_image_url: URL of the last frame, public, without redirects or spaces.
        character_orientation: Whether the person faces as in the video or as in the image.
        negative_prompt: What is not wanted.
        seed: Seed of the random numbers.
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    mode: StartKlingVideoTaskRequestMode
    prompt: str
    name: str | Unset = UNSET
    version: StartKlingVideoTaskRequestVersion | Unset = UNSET
    model_version: StartKlingVideoTaskRequestModelVersion | Unset = UNSET
    resolution: StartKlingVideoTaskRequestResolution | Unset = UNSET
    quality_mode: StartKlingVideoTaskRequestQualityMode | Unset = UNSET
    duration: StartKlingVideoTaskRequestDuration | Unset = UNSET
    image_url: str | Unset = UNSET
    video_url: str | Unset = UNSET
    aspect_ratio: StartKlingVideoTaskRequestAspectRatio | Unset = UNSET
    sound: bool | Unset = UNSET
    end_image_url: str | Unset = UNSET
    character_orientation: StartKlingVideoTaskRequestCharacterOrientation | Unset = UNSET
    negative_prompt: str | Unset = UNSET
    seed: float | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "mode": "mode",
        "prompt": "prompt",
        "name": "name",
        "version": "version",
        "model_version": "model_version",
        "resolution": "resolution",
        "quality_mode": "quality_mode",
        "duration": "duration",
        "image_url": "image_url",
        "video_url": "video_url",
        "aspect_ratio": "aspect_ratio",
        "sound": "sound",
        "end_image_url": "end_image_url",
        "character_orientation": "character_orientation",
        "negative_prompt": "negative_prompt",
        "seed": "seed",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
