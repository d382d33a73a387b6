"""The request body `StartVoiceCloneRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..models.start_voice_clone_request_gender import StartVoiceCloneRequestGender
from ..models.start_voice_clone_request_model import StartVoiceCloneRequestModel
from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartVoiceCloneRequest(RequestModel):
    """The clone to make.

    Attributes:
        name: Name of the clone.
        voice_urls: Public URLs of the samples (mp3, wav, m4a; mp4 by one source), 15 to 60
            seconds in all, one clear speaker, without redirects or spaces.
        gender: Gender of the voice. Default female.
        denoise: Whether noise is taken out of the samples.
        enhance_voice_similarity: Whether the clone is brought closer to the samples.
        model: Model that clones the voice. Default a2e.
        language: Language of the samples, such as zh-CN or en-US; taken from the headers of the
            request by default.
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    name: str
    voice_urls: list[str]
    gender: StartVoiceCloneRequestGender | Unset = UNSET
    denoise: bool | Unset = UNSET
    enhance_voice_similarity: bool | Unset = UNSET
    model: StartVoiceCloneRequestModel | Unset = UNSET
    language: str | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "name": "name",
        "voice_urls": "voice_urls",
        "gender": "gender",
        "denoise": "denoise",
        "enhance_voice_similarity": "enhance_voice_similarity",
        "model": "model",
        "language": "language",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
