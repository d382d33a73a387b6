"""The arguments of a speech, checked before anything is sent.

This module owns the rule that a speech has one voice at the most, and what stands for a voice. It
is pure.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from a2e_sdk._checks.redaction import safe_text
from a2e_sdk._checks.validation import require_id, require_text
from a2e_sdk.models import Voice, VoiceClone
from a2e_sdk.models.status import TaskStatus

from .arguments import prepare

#: What the server takes from callers with an API key.
_LONGEST_TEXT = 1000
_LONGEST_VOICE_ID = 200


class SpeechArguments(NamedTuple):
    """Checked arguments.

    Attributes:
        body: The values by the server's keys.
        voice_id: The id of the voice or of the clone; empty where the server chooses.
    """

    body: dict[str, Any]
    voice_id: str


def speech_values(
    text: str,
    voice: str | Voice | None,
    clone: str | VoiceClone | None,
    speech_rate: float | None,
    country: str | None,
    region: str | None,
) -> SpeechArguments:
    """Check the arguments of a speech; its ``create`` has their description.

    Raises:
        TypeError: An argument is of a wrong type.
        ValueError: An argument is not allowed.
    """
    require_text(text, "text", maximum=_LONGEST_TEXT)
    if voice is not None and clone is not None:
        raise ValueError("give one of voice and clone, not both.")
    if (country is None) != (region is None):
        raise ValueError("give country and region together.")
    public = None if voice is None else _public_voice_id(voice)
    cloned = None if clone is None else _cloned_voice_id(clone)
    if cloned is not None and country is None:
        # The server's own defaults, which one of its pages demands with a clone.
        country, region = "en", "US"
    values = {
        "text": text,
        "voice": public,
        "user_voice_id": cloned,
        "speech_rate": speech_rate,
        "country": country,
        "region": region,
    }
    return SpeechArguments(prepare("add_speech", values).body(()), public or cloned or "")


def _public_voice_id(voice: str | Voice) -> str:
    if not isinstance(voice, str | Voice):
        raise TypeError(f"voice must be a Voice or its id, not {type(voice).__name__}.")
    return require_id(voice, "voice")


def _cloned_voice_id(clone: str | VoiceClone) -> str:
    if isinstance(clone, str):
        return require_text(clone, "clone", maximum=_LONGEST_VOICE_ID)
    if not isinstance(clone, VoiceClone):
        raise TypeError(f"clone must be a VoiceClone or its voice_id, not {type(clone).__name__}.")
    if clone.status not in (TaskStatus.SUCCEEDED, TaskStatus.UNKNOWN):
        named = safe_text(clone.name or clone.id, 60)
        raise ValueError(
            f"the clone {named!r} is {clone.status}; it can speak once "
            "a2e.voices.clones.wait(clone) has returned it."
        )
    return require_text(clone.voice_id, "clone", maximum=_LONGEST_VOICE_ID)
