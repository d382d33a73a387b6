"""The response `VoiceClone`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..models.voice_clone_status import VoiceCloneStatus
from ..types import ResponseModel, as_datetime, as_enum, as_list, as_string


@define
class VoiceClone(ResponseModel):
    """A clone of a voice. What one has that failed, and what it cost, no source names.

    Attributes:
        id: Id of the clone, 24 hexadecimal digits.
        name: Name that the caller gave.
        voice_urls: URLs of the samples.
        current_status: State of a voice clone. `pendding` is the server's spelling. Words that
            are not listed may come, and count as still running.
        train_mode: Mode of the training; "best" in older answers. Not in every answer.
        speaker_id: What the documentation passes to `addSpeech` as `user_voice_id`; several
            clients pass `_id`.
        model: Model that cloned the voice.
        gender: Gender of the voice.
        description: Text on the clone. Read by one client.
        status: Another name of the state. Read by one client.
        created_at: When it was made.
        updated_at: When it last changed.
    """

    id: str | None = None
    name: str | None = None
    voice_urls: list[str] | None = None
    current_status: VoiceCloneStatus | None = None
    train_mode: str | None = None
    speaker_id: str | None = None
    model: str | None = None
    gender: str | None = None
    description: str | None = None
    status: str | None = None
    created_at: datetime.datetime | None = None
    updated_at: datetime.datetime | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "_id",
        "name": "name",
        "voice_urls": "voice_urls",
        "current_status": "current_status",
        "train_mode": "train_mode",
        "speaker_id": "speaker_id",
        "model": "model",
        "gender": "gender",
        "description": "description",
        "status": "status",
        "created_at": "createdAt",
        "updated_at": "updatedAt",
    }

    @classmethod
    def from_dict(cls, source: dict[str, Any]) -> Self:
        """Decode a JSON object leniently. It is kept, not copied.

        Args:
            source: The JSON object.

        Returns:
            The model. What is missing, null or cannot be decoded is None.
        """
        _get = source.get
        id = _get("_id")
        if type(id) is not str and id is not None:
            id = as_string(id)
        name = _get("name")
        if type(name) is not str and name is not None:
            name = as_string(name)
        voice_urls = _get("voice_urls")
        if voice_urls is not None:
            voice_urls = as_list(lambda item: as_string(item), voice_urls)
        current_status = _get("current_status")
        if current_status is not None:
            current_status = as_enum(VoiceCloneStatus, current_status)
        train_mode = _get("train_mode")
        if type(train_mode) is not str and train_mode is not None:
            train_mode = as_string(train_mode)
        speaker_id = _get("speaker_id")
        if type(speaker_id) is not str and speaker_id is not None:
            speaker_id = as_string(speaker_id)
        model = _get("model")
        if type(model) is not str and model is not None:
            model = as_string(model)
        gender = _get("gender")
        if type(gender) is not str and gender is not None:
            gender = as_string(gender)
        description = _get("description")
        if type(description) is not str and description is not None:
            description = as_string(description)
        status = _get("status")
        if type(status) is not str and status is not None:
            status = as_string(status)
        created_at = _get("createdAt")
        if created_at is not None:
            created_at = as_datetime(created_at)
        updated_at = _get("updatedAt")
        if updated_at is not None:
            updated_at = as_datetime(updated_at)
        return cls(
            id,
            name,
            voice_urls,
            current_status,
            train_mode,
            speaker_id,
            model,
            gender,
            description,
            status,
            created_at,
            updated_at,
            source,
        )
