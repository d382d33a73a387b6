"""Speech: the audio of a text, and what the server keeps of it for a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs

from .task import EMPTY


@attrs.frozen(kw_only=True, slots=False)
class Speech:
    """A text that was spoken.

    Attributes:
        url: The audio file, mp3 or wav. It expires after days: download what you keep.
        text: What was spoken.
        voice_id: The id of the public voice or of the clone, as it was sent; empty where the server
            chose.
        raw: The server's whole response, every field under its wire name.
    """

    url: str
    text: str
    voice_id: str
    raw: Mapping[str, Any] = attrs.field(default=EMPTY, repr=False, eq=False)


@attrs.frozen(kw_only=True, slots=False)
class SpeechPreview:
    """A speech of the last 24 hours.

    No source names the keys of such a row. ``id`` is read under the names that ids have elsewhere,
    the rest under likely ones; what was not recognised is None, and everything is in ``raw``.

    Attributes:
        id: The server's id; empty where none was recognised.
        url: The audio file.
        text: What was spoken.
        created_at: When (aware, UTC).
        raw: The server's own object, every field under its wire name.
    """

    id: str
    url: str | None = None
    text: str | None = None
    created_at: datetime | None = None
    raw: Mapping[str, Any] = attrs.field(default=EMPTY, repr=False, eq=False)
