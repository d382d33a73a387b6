"""Live sessions: the avatars that can stream, and the channel of a session."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs

from .task import EMPTY


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
