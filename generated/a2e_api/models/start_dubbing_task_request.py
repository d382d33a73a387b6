"""The request body `StartDubbingTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartDubbingTaskRequest(RequestModel):
    """The task to start.

    Attributes:
        source_url: URL of the video to be dubbed, public, without redirects or spaces.
        target_lang: Language to dub into, for example `zh`.
        name: Name of the task.
        source_lang: Language that is spoken in the source, for example `en`, or `auto`.
        num_speakers: How many people speak, for example 1.
        drop_background_audio: Whether to leave out the background audio.
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    source_url: str
    target_lang: str
    name: str | Unset = UNSET
    source_lang: str | Unset = UNSET
    num_speakers: int | Unset = UNSET
    drop_background_audio: bool | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "source_url": "source_url",
        "target_lang": "target_lang",
        "name": "name",
        "source_lang": "source_lang",
        "num_speakers": "num_speakers",
        "drop_background_audio": "drop_background_audio",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
