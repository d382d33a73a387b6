"""The request body `StartWan25TaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import define, field

from ..models.start_wan_25_task_request_duration import StartWan25TaskRequestDuration
from ..models.start_wan_25_task_request_model import StartWan25TaskRequestModel
from ..models.start_wan_25_task_request_ratio import StartWan25TaskRequestRatio
from ..models.start_wan_25_task_request_resolution import StartWan25TaskRequestResolution
from ..models.start_wan_25_task_request_task_type import StartWan25TaskRequestTaskType
from ..types import UNSET, RequestModel, Unset

if TYPE_CHECKING:
    from ..models.wan_25_reference_media import Wan25ReferenceMedia


@define(kw_only=True)
class StartWan25TaskRequest(RequestModel):
    """The task to start.

    Attributes:
        prompt: What is asked for.
        name: Name of the task.
        image_url: URL of the image, or of the first frame, public, without redirects or spaces.
        negative_prompt: What is not wanted.
        duration: Length of the video in seconds, as text.
        resolution: Size of the video.
        ratio: Shape of the video.
        enable_prompt_expansion: Whether the server may extend the prompt.
        multi_shots: Whether the video may have several shots.
        model: Model to use.
        task_type: What to make the video from, for Wan 2.7 only.
        last_frame_url: URL of the last frame, public, without redirects or spaces.
        first_clip_url: URL of the clip to extend, public, without redirects or spaces.
        edit_video_url: URL of the video to edit, public, without redirects or spaces.
        reference_image_urls: URLs of images to go by.
        reference_media: References to go by, 1 to 5.
        seed: Seed of the random numbers, 0 to 2147483647.
        audio: Whether the video has sound.
        audio_url: URL of the sound, wav or mp3 of 3 to 30 seconds and 15 MB at most, public,
            without redirects or spaces.
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    prompt: str
    name: str | Unset = UNSET
    image_url: str | Unset = UNSET
    negative_prompt: str | Unset = UNSET
    duration: StartWan25TaskRequestDuration | Unset = UNSET
    resolution: StartWan25TaskRequestResolution | Unset = UNSET
    ratio: StartWan25TaskRequestRatio | Unset = UNSET
    enable_prompt_expansion: bool | Unset = UNSET
    multi_shots: bool | Unset = UNSET
    model: StartWan25TaskRequestModel | Unset = UNSET
    task_type: StartWan25TaskRequestTaskType | Unset = UNSET
    last_frame_url: str | Unset = UNSET
    first_clip_url: str | Unset = UNSET
    edit_video_url: str | Unset = UNSET
    reference_image_urls: list[str] | Unset = UNSET
    reference_media: list[Wan25ReferenceMedia] | Unset = UNSET
    seed: float | Unset = UNSET
    audio: bool | Unset = UNSET
    audio_url: str | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "prompt": "prompt",
        "name": "name",
        "image_url": "image_url",
        "negative_prompt": "negative_prompt",
        "duration": "duration",
        "resolution": "resolution",
        "ratio": "ratio",
        "enable_prompt_expansion": "enable_prompt_expansion",
        "multi_shots": "multi_shots",
        "model": "model",
        "task_type": "task_type",
        "last_frame_url": "last_frame_url",
        "first_clip_url": "first_clip_url",
        "edit_video_url": "edit_video_url",
        "reference_image_urls": "reference_image_urls",
        "reference_media": "reference_media",
        "seed": "seed",
        "audio": "audio",
        "audio_url": "audio_url",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
