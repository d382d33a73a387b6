"""The request body `StartProductAvatarTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import define, field

from ..types import UNSET, RequestModel, Unset

if TYPE_CHECKING:
    from ..models.product_avatar_rect import ProductAvatarRect


@define(kw_only=True)
class StartProductAvatarTaskRequest(RequestModel):
    """The task to start.

    Attributes:
        image_urls: URLs of two images, the product first, then the person.
        product_rect: Where the product goes; the units are not documented.
        name: Name of the task.
        prompt: What is asked for.
        timeout: Time limit of the task; the unit is not documented.
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    image_urls: list[str]
    product_rect: ProductAvatarRect
    name: str | Unset = UNSET
    prompt: str | Unset = UNSET
    timeout: float | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "image_urls": "image_urls",
        "product_rect": "product_rect",
        "name": "name",
        "prompt": "prompt",
        "timeout": "timeout",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
