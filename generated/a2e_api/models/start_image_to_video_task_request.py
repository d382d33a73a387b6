"""The request body `StartImageToVideoTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..models.start_image_to_video_task_request_model_type import (
    StartImageToVideoTaskRequestModelType,
)
from ..models.start_image_to_video_task_request_model_version import (
    StartImageToVideoTaskRequestModelVersion,
)
from ..models.start_image_to_video_task_request_video_time import (
    StartImageToVideoTaskRequestVideoTime,
)
from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartImageToVideoTaskRequest(RequestModel):
    """The task to start.

    Attributes:
        image_url: URL of the image, public, without redirects or spaces.
        name: Name of the task.
        prompt: What is asked for.
        negative_prompt: What is not wanted.
        negative_prmpt: What is not wanted; the older spelling, in the schema of 2025, of
            `negative_prompt`.
        lora: LoRA to use; the prompts may then be left out.
        model_type: Whether to start from one image, or from a first and a last frame (FLF2V).
        model_version: Version of the model; prices differ, and the default depends on the plan.
        end_image_url: URL of the last frame, needed for FLF2V, public, without redirects or
            spaces.
        extend_prompt: Whether the server may extend the prompt.
        number_of_images: How many to make, 1 to 8.
        video_time: Length of the video in seconds.
        video_length: Length of the video in frames, 1 to 1000; superseded by `video_time`.
        skip_face_enhance: Whether to leave out the enhancement of faces.
        mask_face: Whether to mask faces.
        minor_suspected_skip: Whether to go on although a person may be a minor (code 1004).
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    image_url: str
    name: str | Unset = UNSET
    prompt: str | Unset = UNSET
    negative_prompt: str | Unset = UNSET
    negative_prmpt: str | Unset = UNSET
    lora: str | Unset = UNSET
    model_type: StartImageToVideoTaskRequestModelType | Unset = UNSET
    model_version: StartImageToVideoTaskRequestModelVersion | Unset = UNSET
    end_image_url: str | Unset = UNSET
    extend_prompt: bool | Unset = UNSET
    number_of_images: int | Unset = UNSET
    video_time: StartImageToVideoTaskRequestVideoTime | Unset = UNSET
    video_length: int | Unset = UNSET
    skip_face_enhance: bool | Unset = UNSET
    mask_face: bool | Unset = UNSET
    minor_suspected_skip: bool | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "image_url": "image_url",
        "name": "name",
        "prompt": "prompt",
        "negative_prompt": "negative_prompt",
        "negative_prmpt": "negative_prmpt",
        "lora": "lora",
        "model_type": "model_type",
        "model_version": "model_version",
        "end_image_url": "end_image_url",
        "extend_prompt": "extend_prompt",
        "number_of_images": "number_of_images",
        "video_time": "video_time",
        "video_length": "video_length",
        "skip_face_enhance": "skip_face_enhance",
        "mask_face": "mask_face",
        "minor_suspected_skip": "minor_suspected_skip",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
