"""The request body `AddSpeechRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class AddSpeechRequest(RequestModel):
    """The text to speak, and the voice.

    Attributes:
        msg: Text to speak, 3000 characters at most; 1000 for callers with an API token.
        tts_id: Id of a public voice. Not together with `user_voice_id`; without both the server
            takes a voice of the language.
        user_voice_id: Id of a voice clone: its `speaker_id` by the documentation, its `_id` in
            several clients. Not together with `tts_id`.
        country: Country part of the language. Default en. The 2025 page demands it with
            `user_voice_id`.
        region: Region part of the language. Default US. The 2025 page demands it with
            `user_voice_id`.
        speech_rate: Speed of the speech as a factor, 0.5 to 2. Default 1.
    """

    msg: str
    tts_id: str | Unset = UNSET
    user_voice_id: str | Unset = UNSET
    country: str | Unset = UNSET
    region: str | Unset = UNSET
    speech_rate: float | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "msg": "msg",
        "tts_id": "tts_id",
        "user_voice_id": "user_voice_id",
        "country": "country",
        "region": "region",
        "speech_rate": "speechRate",
    }
