"""The request body `StartKlingOmniTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import define, field

from ..models.start_kling_omni_task_request_aspect_ratio import StartKlingOmniTaskRequestAspectRatio
from ..models.start_kling_omni_task_request_mode import StartKlingOmniTaskRequestMode
from ..models.start_kling_omni_task_request_shot_type import StartKlingOmniTaskRequestShotType
from ..types import UNSET, RequestModel, Unset

if TYPE_CHECKING:
    from ..models.kling_omni_shot import KlingOmniShot


@define(kw_only=True)
class StartKlingOmniTaskRequest(RequestModel):
    """The task to start.

    Attributes:
        name: Name of the task.
        prompt: What is asked for.
        image_list: URLs of images to go by, 7 at most, jpg or png of 10 MB at most.
        mode: Quality of the video.
        duration: Length of the video in seconds, 3 to 15, as text.
        aspect_ratio: Shape of the video.
        sound: Whether the video has sound.
        multi_shot: Whether the video has several shots.
        shot_type: Who divides it into shots: the server (intelligence) or `multi_prompt`
            (customize).
        multi_prompt: The shots.
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    name: str | Unset = UNSET
    prompt: str | Unset = UNSET
    image_list: list[str] | Unset = UNSET
    mode: StartKlingOmniTaskRequestMode | Unset = UNSET
    duration: str | Unset = UNSET
    aspect_ratio: StartKlingOmniTaskRequestAspectRatio | Unset = UNSET
    sound: bool | Unset = UNSET
    multi_shot: bool | Unset = UNSET
    shot_type: StartKlingOmniTaskRequestShotType | Unset = UNSET
    multi_prompt: list[KlingOmniShot] | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "name": "name",
        "prompt": "prompt",
        "image_list": "image_list",
        "mode": "mode",
        "duration": "duration",
        "aspect_ratio": "aspect_ratio",
        "sound": "sound",
        "multi_shot": "multi_shot",
        "shot_type": "shot_type",
        "multi_prompt": "multi_prompt",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
