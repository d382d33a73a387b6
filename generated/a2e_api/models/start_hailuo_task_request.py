"""The request body `StartHailuoTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartHailuoTaskRequest(RequestModel):
    """The task to start, as far as clients show; other keys are let through.

    Attributes:
        prompt: What is asked for.
        image_urls: URLs of images to go by; one was seen.
        name: Name of the task.
        duration: Length of the video in seconds, as text; 6 and 10 were seen.
        resolution: Size of the video; 768P and 1080P were seen.
    """

    prompt: str
    image_urls: list[str]
    name: str | Unset = UNSET
    duration: str | Unset = UNSET
    resolution: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "prompt": "prompt",
        "image_urls": "image_urls",
        "name": "name",
        "duration": "duration",
        "resolution": "resolution",
    }
