"""The request body `StartHeadSwapTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartHeadSwapTaskRequest(RequestModel):
    """The task to start.

    Attributes:
        image_url: URL of the head, public, without redirects or spaces.
        target_image_url: URL of the target, an image or a video of 15 seconds at most, public,
            without redirects or spaces.
        minor_suspected_skip: Whether to go on although a person may be a minor (code 1004).
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    image_url: str
    target_image_url: str
    minor_suspected_skip: bool | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "image_url": "image_url",
        "target_image_url": "target_image_url",
        "minor_suspected_skip": "minor_suspected_skip",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
