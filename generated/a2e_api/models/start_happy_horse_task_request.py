"""The request body `StartHappyHorseTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..models.start_happy_horse_task_request_audio_setting import (
    StartHappyHorseTaskRequestAudioSetting,
)
from ..models.start_happy_horse_task_request_duration import StartHappyHorseTaskRequestDuration
from ..models.start_happy_horse_task_request_mode import StartHappyHorseTaskRequestMode
from ..models.start_happy_horse_task_request_model_version import (
    StartHappyHorseTaskRequestModelVersion,
)
from ..models.start_happy_horse_task_request_ratio import StartHappyHorseTaskRequestRatio
from ..models.start_happy_horse_task_request_resolution import StartHappyHorseTaskRequestResolution
from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartHappyHorseTaskRequest(RequestModel):
    """The task to start.

    Attributes:
        mode: What to make the video from: text, image, references or video.
        name: Name of the task.
        model_version: Version of the model.
        prompt: What is asked for.
        image_url: URL of the image, public, without redirects or spaces.
        reference_image_urls: URLs of images to go by.
        edit_video_url: URL of the video to edit, public, without redirects or spaces.
        input_video_seconds: Length of the given video in seconds.
        duration: Length of the video in seconds, as text.
        resolution: Size of the video.
        ratio: Shape of the video.
        audio_setting: Whether the server chooses the sound or keeps that of the given video.
        seed: Seed of the random numbers.
        watermark: Whether the video gets a watermark.
        minor_suspected_skip: Whether to go on although a person may be a minor (code 1004).
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    mode: StartHappyHorseTaskRequestMode
    name: str | Unset = UNSET
    model_version: StartHappyHorseTaskRequestModelVersion | Unset = UNSET
    prompt: str | Unset = UNSET
    image_url: str | Unset = UNSET
    reference_image_urls: list[str] | Unset = UNSET
    edit_video_url: str | Unset = UNSET
    input_video_seconds: float | Unset = UNSET
    duration: StartHappyHorseTaskRequestDuration | Unset = UNSET
    resolution: StartHappyHorseTaskRequestResolution | Unset = UNSET
    ratio: StartHappyHorseTaskRequestRatio | Unset = UNSET
    audio_setting: StartHappyHorseTaskRequestAudioSetting | Unset = UNSET
    seed: int | Unset = UNSET
    watermark: bool | Unset = UNSET
    minor_suspected_skip: bool | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "mode": "mode",
        "name": "name",
        "model_version": "model_version",
        "prompt": "prompt",
        "image_url": "image_url",
        "reference_image_urls": "reference_image_urls",
        "edit_video_url": "edit_video_url",
        "input_video_seconds": "input_video_seconds",
        "duration": "duration",
        "resolution": "resolution",
        "ratio": "ratio",
        "audio_setting": "audio_setting",
        "seed": "seed",
        "watermark": "watermark",
        "minor_suspected_skip": "minor_suspected_skip",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
