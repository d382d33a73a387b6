"""The request body `StartSeedanceTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..models.start_seedance_task_request_aspect_ratio import StartSeedanceTaskRequestAspectRatio
from ..models.start_seedance_task_request_duration import StartSeedanceTaskRequestDuration
from ..models.start_seedance_task_request_mode import StartSeedanceTaskRequestMode
from ..models.start_seedance_task_request_resolution import StartSeedanceTaskRequestResolution
from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartSeedanceTaskRequest(RequestModel):
    """The task to start.

    Attributes:
        prompt: What is asked for.
        name: Name of the task.
        mode: What to make the video from.
        image_url: URL of the first frame, public, without redirects or spaces.
        end_image_url: URL of the last frame, public, without redirects or spaces.
        duration: Length of the video in seconds, as text.
        aspect_ratio: Shape of the video.
        resolution: Size of the video.
        camera_fixed: Whether the camera stands still.
        generate_audio: Whether the video has sound.
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    prompt: str
    name: str | Unset = UNSET
    mode: StartSeedanceTaskRequestMode | Unset = UNSET
    image_url: str | Unset = UNSET
    end_image_url: str | Unset = UNSET
    duration: StartSeedanceTaskRequestDuration | Unset = UNSET
    aspect_ratio: StartSeedanceTaskRequestAspectRatio | Unset = UNSET
    resolution: StartSeedanceTaskRequestResolution | Unset = UNSET
    camera_fixed: bool | Unset = UNSET
    generate_audio: bool | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "prompt": "prompt",
        "name": "name",
        "mode": "mode",
        "image_url": "image_url",
        "end_image_url": "end_image_url",
        "duration": "duration",
        "aspect_ratio": "aspect_ratio",
        "resolution": "resolution",
        "camera_fixed": "camera_fixed",
        "generate_audio": "generate_audio",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
