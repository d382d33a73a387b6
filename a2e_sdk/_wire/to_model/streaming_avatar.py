"""Streaming avatars and channels from their records.

This module owns how the end of a session is read, which the server may give in two ways.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from a2e_api.types import as_datetime, source_of
from a2e_sdk._wire.field_names import FIELD_ALIASES
from a2e_sdk._wire.records import first_text
from a2e_sdk.models.streaming_avatar import StreamingAvatar, StreamingChannel

if TYPE_CHECKING:
    from a2e_sdk._wire.records import Record

#: A Unix time above this is one in milliseconds; in seconds it would be after the year 5000.
_LATEST_SECONDS = 1e11


def streaming_avatar(raw: Record) -> StreamingAvatar:
    """Return the streaming avatar of a record; what the server left out is None."""
    return StreamingAvatar(
        id=first_text(raw, FIELD_ALIASES["id"]) or "",
        name=first_text(raw, ("name",)),
        kind=first_text(raw, ("type",)),
        preview_url=first_text(raw, ("preview_url",)),
        raw=raw,
    )


def streaming_channel(wire: Any, *, otherwise: datetime | None = None) -> StreamingChannel:
    """Return the channel of a session; texts that the server left out are empty.

    Args:
        wire: The session of the generated client.
        otherwise: When it ends, where the server does not say.
    """
    raw = source_of(wire)
    return StreamingChannel(
        channel=wire.channel or "",
        app_id=wire.app_id or "",
        token=wire.token or "",
        uid=wire.uid,
        expires_at=_end_of(raw) or otherwise,
        raw=raw,
    )


def _end_of(raw: Mapping[str, Any]) -> datetime | None:
    try:
        seconds = float(raw.get("expire_epoch_timestamp") or math.nan)
        if seconds > _LATEST_SECONDS:
            seconds /= 1000
        return datetime.fromtimestamp(seconds, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return as_datetime(raw.get("expire_date_UTC"))
