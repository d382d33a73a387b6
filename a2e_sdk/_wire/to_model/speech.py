"""Speech previews from their records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from a2e_sdk._wire.field_names import FIELD_ALIASES
from a2e_sdk._wire.records import first_text
from a2e_sdk.models.speech import SpeechPreview

from .records import time_of

if TYPE_CHECKING:
    from a2e_sdk._wire.records import Record

_URLS = ("url", "audio_url", "audioUrl", "audioSrc", "result_url", "result")
_TEXTS = ("msg", "text", "content")


def speech_preview(raw: Record) -> SpeechPreview:
    """Return the speech of a record; what has no likely name is None."""
    return SpeechPreview(
        id=first_text(raw, FIELD_ALIASES["id"]) or "",
        url=first_text(raw, _URLS),
        text=first_text(raw, _TEXTS),
        created_at=time_of(raw, "created_at"),
        raw=raw,
    )
