"""Backgrounds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from .task import EMPTY


@attrs.frozen(kw_only=True)
class Background:
    """An image that can be put behind an avatar.

    Attributes:
        id: The server's id.
        kind: ``"default"`` for a background of the service, ``"custom"`` for one of yours; None
            where the server did not say.
        name: What it is called.
        image_url: The image.
        raw: The server's own object, every field under its wire name.
    """

    id: str
    kind: str | None = None
    name: str | None = None
    image_url: str | None = None
    raw: Mapping[str, Any] = attrs.field(default=EMPTY, repr=False, eq=False)
