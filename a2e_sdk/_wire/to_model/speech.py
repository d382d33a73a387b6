"""Speech previews from their records."""

from __future__ import annotations

from a2e_api.types import as_datetime
from a2e_sdk._wire.field_names import first_alias
from a2e_sdk._wire.untyped_records import UntypedRecord, first_text
from a2e_sdk.models.speech import SpeechPreview

_URLS = ("url", "audio_url", "audioUrl", "audioSrc", "result_url", "result")
_TEXTS = ("msg", "text", "content")


def speech_preview(row: UntypedRecord) -> SpeechPreview:
    """Return the friendly form of a row; what has no likely name is None."""
    return SpeechPreview(
        id=row.id or "",
        url=first_text(row.source, _URLS),
        text=first_text(row.source, _TEXTS),
        created_at=as_datetime(first_alias(row.source, "created_at")),
        raw=row.source,
    )
