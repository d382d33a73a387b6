"""The request body `StartVirtualTryOnTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartVirtualTryOnTaskRequest(RequestModel):
    """The task to start.

    Attributes:
        image_urls: URLs of 2 to 4 images, the person first, then the clothes.
        name: Name of the task.
        timeout: Time limit of the task; the unit is not documented.
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    image_urls: list[str]
    name: str | Unset = UNSET
    timeout: float | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "image_urls": "image_urls",
        "name": "name",
        "timeout": "timeout",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
