"""The request body `StartFlux2TaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..models.start_flux_2_task_request_aspect_ratio import StartFlux2TaskRequestAspectRatio
from ..models.start_flux_2_task_request_resolution import StartFlux2TaskRequestResolution
from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartFlux2TaskRequest(RequestModel):
    """The task to start.

    Attributes:
        name: Name of the task.
        prompt: What is asked for.
        input_images: URLs of images to edit or to go by, 8 at most.
        aspect_ratio: Shape of the image.
        resolution: Size of the image.
        force_generate: Whether to go on despite a warning of the content check; the server takes
            true for API tokens and false for web users.
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    name: str
    prompt: str
    input_images: list[str] | Unset = UNSET
    aspect_ratio: StartFlux2TaskRequestAspectRatio | Unset = UNSET
    resolution: StartFlux2TaskRequestResolution | Unset = UNSET
    force_generate: bool | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "name": "name",
        "prompt": "prompt",
        "input_images": "input_images",
        "aspect_ratio": "aspect_ratio",
        "resolution": "resolution",
        "force_generate": "force_generate",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
