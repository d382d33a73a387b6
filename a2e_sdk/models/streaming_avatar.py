"""Live sessions in the user's words: the avatars that can stream, and the channel of a session.

This module owns the mapping from the wire models to friendly ones, and how the end of a session is
read, which the server may give in two ways.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import attrs

from a2e_api.types import as_datetime, source_of

from ..spelling import first_spelling
from .records import text_of
from .task import EMPTY

#: A Unix time above this is one in milliseconds; in seconds it would be after the year 5000.
_LATEST_SECONDS = 1e11


@attrs.frozen(kw_only=True)
class StreamingAvatar:
    """An avatar that can stream.

    Attributes:
        id: The server's id.
        name: What it is called.
        kind: The server's word for its kind.
        preview_url: A preview.
        raw: The server's own object, every field under its wire name.
    """

    id: str
    name: str | None = None
    kind: str | None = None
    preview_url: str | None = None
    raw: Mapping[str, Any] = attrs.field(default=EMPTY, repr=False, eq=False)


@attrs.frozen(kw_only=True)
class StreamingChannel:
    """The Agora channel in which an avatar streams; any Agora client can join it with these.

    Attributes:
        channel: The channel's name.
        app_id: The Agora application.
        token: The secret that lets a client join; its repr leaves it out.
        uid: The user that the token is for.
        expires_at: When the session ends by itself (aware, UTC); None where it is not known.
        raw: The server's own object, every field under its wire name; the token is in it.
    """

    channel: str
    app_id: str
    token: str = attrs.field(repr=False)
    uid: int | None = None
    expires_at: datetime | None = None
    raw: Mapping[str, Any] = attrs.field(default=EMPTY, repr=False, eq=False)


def streaming_avatar(wire: Any) -> StreamingAvatar:
    """Return the friendly form of a wire avatar; fields the server left out are None."""
    raw = source_of(wire)
    return StreamingAvatar(
        id=text_of(first_spelling(raw, "id")) or "",
        name=text_of(wire.name),
        kind=text_of(wire.type_),
        preview_url=text_of(wire.preview_url),
        raw=raw,
    )


def streaming_channel(wire: Any, *, otherwise: datetime | None = None) -> StreamingChannel:
    """Return the friendly form of a wire session; texts that the server left out are empty.

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
