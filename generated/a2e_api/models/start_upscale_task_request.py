"""The request body `StartUpscaleTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartUpscaleTaskRequest(RequestModel):
    """The task to start.

    Attributes:
        source_url: URL of the image or video, public, without redirects or spaces.
        name: Name of the task.
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    source_url: str
    name: str | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "source_url": "source_url",
        "name": "name",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
