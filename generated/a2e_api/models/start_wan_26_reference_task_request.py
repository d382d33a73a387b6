"""The request body `StartWan26ReferenceTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartWan26ReferenceTaskRequest(RequestModel):
    """The task to start, as far as clients show; other keys are let through.

    Attributes:
        prompt: What is asked for.
        reference_urls: URLs of files to go by; one image was seen.
        name: Name of the task.
        model: Model to use.
        duration: Length of the video in seconds, as text; 5 and 10 were seen.
        resolution: Size of the video; 720p and 1080p were seen.
        aspect_ratio: Shape of the video, for example `16:9`.
        shot_type: Kind of shot; single was seen.
        audio: Whether the video has sound.
    """

    prompt: str
    reference_urls: list[str]
    name: str | Unset = UNSET
    model: str | Unset = UNSET
    duration: str | Unset = UNSET
    resolution: str | Unset = UNSET
    aspect_ratio: str | Unset = UNSET
    shot_type: str | Unset = UNSET
    audio: bool | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "prompt": "prompt",
        "reference_urls": "reference_urls",
        "name": "name",
        "model": "model",
        "duration": "duration",
        "resolution": "resolution",
        "aspect_ratio": "aspect_ratio",
        "shot_type": "shot_type",
        "audio": "audio",
    }
