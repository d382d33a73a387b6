"""The request body `StartSeedance2TaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..models.start_seedance_2_task_request_aspect_ratio import StartSeedance2TaskRequestAspectRatio
from ..models.start_seedance_2_task_request_mode import StartSeedance2TaskRequestMode
from ..models.start_seedance_2_task_request_model_version import (
    StartSeedance2TaskRequestModelVersion,
)
from ..models.start_seedance_2_task_request_omni_reference_task_type import (
    StartSeedance2TaskRequestOmniReferenceTaskType,
)
from ..models.start_seedance_2_task_request_resolution import StartSeedance2TaskRequestResolution
from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartSeedance2TaskRequest(RequestModel):
    """The task to start.

    Attributes:
        prompt: What is asked for.
        name: Name of the task.
        mode: What to make the video from.
        model_version: Version of the model.
        omni_reference_task_type: What to do with the references.
        image_url: URL of the image, public, without redirects or spaces.
        first_frame_url: URL of the first frame, public, without redirects or spaces.
        last_frame_url: URL of the last frame, public, without redirects or spaces.
        reference_urls: URLs of images to go by, 30 at most.
        video_urls: URLs of videos to go by, 10 at most.
        audio_urls: URLs of sounds to go by, 10 at most.
        input_video_duration: Length of the given video in seconds, 2 to 45.5.
        duration: Length of the video in seconds.
        aspect_ratio: Shape of the video.
        resolution: Size of the video.
        generate_audio: Whether the video has sound.
        minor_suspected_skip: Whether to go on although a person may be a minor (code 1004); code
            1003 is always a refusal.
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    prompt: str
    name: str | Unset = UNSET
    mode: StartSeedance2TaskRequestMode | Unset = UNSET
    model_version: StartSeedance2TaskRequestModelVersion | Unset = UNSET
    omni_reference_task_type: StartSeedance2TaskRequestOmniReferenceTaskType | Unset = UNSET
    image_url: str | Unset = UNSET
    first_frame_url: str | Unset = UNSET
    last_frame_url: str | Unset = UNSET
    reference_urls: list[str] | Unset = UNSET
    video_urls: list[str] | Unset = UNSET
    audio_urls: list[str] | Unset = UNSET
    input_video_duration: float | Unset = UNSET
    duration: int | Unset = UNSET
    aspect_ratio: StartSeedance2TaskRequestAspectRatio | Unset = UNSET
    resolution: StartSeedance2TaskRequestResolution | Unset = UNSET
    generate_audio: bool | Unset = UNSET
    minor_suspected_skip: bool | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "prompt": "prompt",
        "name": "name",
        "mode": "mode",
        "model_version": "model_version",
        "omni_reference_task_type": "omni_reference_task_type",
        "image_url": "image_url",
        "first_frame_url": "first_frame_url",
        "last_frame_url": "last_frame_url",
        "reference_urls": "reference_urls",
        "video_urls": "video_urls",
        "audio_urls": "audio_urls",
        "input_video_duration": "input_video_duration",
        "duration": "duration",
        "aspect_ratio": "aspect_ratio",
        "resolution": "resolution",
        "generate_audio": "generate_audio",
        "minor_suspected_skip": "minor_suspected_skip",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
