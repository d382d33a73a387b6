"""The response `PublicVoice`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_number, as_string


@define
class PublicVoice(ResponseModel):
    """A voice to speak with.

    Attributes:
        label: Name of the voice.
        value: Id of the voice, 24 hexadecimal digits, to be sent as `tts_id`.
        tts_rate: Rate of the voice. Read by some clients, not described.
        language: Language of the voice. Not in every answer.
    """

    label: str | None = None
    value: str | None = None
    tts_rate: float | str | None = None
    language: str | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "label": "label",
        "value": "value",
        "tts_rate": "ttsRate",
        "language": "language",
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
        label = _get("label")
        if type(label) is not str and label is not None:
            label = as_string(label)
        value = _get("value")
        if type(value) is not str and value is not None:
            value = as_string(value)
        tts_rate = _get("ttsRate")
        if (
            type(tts_rate) is not int
            and type(tts_rate) is not float
            and type(tts_rate) is not str
            and tts_rate is not None
        ):
            tts_rate = (
                decoded if (decoded := as_number(tts_rate)) is not None else as_string(tts_rate)
            )
        language = _get("language")
        if type(language) is not str and language is not None:
            language = as_string(language)
        return cls(label, value, tts_rate, language, source)
