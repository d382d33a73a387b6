"""The request body `StartTextToImageTask2025Request`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..models.start_text_to_image_task_2025_request_req_key import (
    StartTextToImageTask2025RequestReqKey,
)
from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartTextToImageTask2025Request(RequestModel):
    """The task to start, as in 2025.

    Attributes:
        name: Name of the task.
        prompt: What is asked for.
        req_key: Model to use: high_aes_general_v21_L for general images, high_aes for manga.
        width: Width of the image in pixels.
        height: Height of the image in pixels.
    """

    name: str | Unset = UNSET
    prompt: str | Unset = UNSET
    req_key: StartTextToImageTask2025RequestReqKey | Unset = UNSET
    width: float | Unset = UNSET
    height: float | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "name": "name",
        "prompt": "prompt",
        "req_key": "req_key",
        "width": "width",
        "height": "height",
    }
