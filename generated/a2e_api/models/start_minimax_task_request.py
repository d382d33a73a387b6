"""The request body `StartMinimaxTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartMinimaxTaskRequest(RequestModel):
    """The task to start, as far as clients show; other keys are let through.

    Attributes:
        prompt: What is asked for.
        name: Name of the task.
        mode: What to make the video from; text-to-video and image-to-video were seen.
        first_frame_url: URL of the first frame.
        duration: Length of the video in seconds, as text.
        resolution: Size of the video; 768P and 2K were seen.
        aspect_ratio: Shape of the video, for example `16:9`.
    """

    prompt: str
    name: str | Unset = UNSET
    mode: str | Unset = UNSET
    first_frame_url: str | Unset = UNSET
    duration: str | Unset = UNSET
    resolution: str | Unset = UNSET
    aspect_ratio: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "prompt": "prompt",
        "name": "name",
        "mode": "mode",
        "first_frame_url": "first_frame_url",
        "duration": "duration",
        "resolution": "resolution",
        "aspect_ratio": "aspect_ratio",
    }
