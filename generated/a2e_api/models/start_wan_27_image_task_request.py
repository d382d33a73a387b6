"""The request body `StartWan27ImageTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartWan27ImageTaskRequest(RequestModel):
    """The task to start, as far as clients show; other keys are let through.

    Attributes:
        prompt: What is asked for.
        name: Name of the task.
        model: Model to use; wan2.7-image and wan2.7-image-pro were seen.
        input_images: URLs of images to edit or to go by.
        aspect_ratio: Shape of the image, for example `16:9`.
        force_generate: Whether to go on despite a warning of the content check.
    """

    prompt: str
    name: str | Unset = UNSET
    model: str | Unset = UNSET
    input_images: list[str] | Unset = UNSET
    aspect_ratio: str | Unset = UNSET
    force_generate: bool | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "prompt": "prompt",
        "name": "name",
        "model": "model",
        "input_images": "input_images",
        "aspect_ratio": "aspect_ratio",
        "force_generate": "force_generate",
    }
