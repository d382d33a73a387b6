"""Backgrounds from their records."""

from __future__ import annotations

from typing import Any

from a2e_api.types import source_of
from a2e_sdk.models.backgrounds import Background

from .records import text_of


def background(wire: Any) -> Background:
    """Return the friendly form of a wire background; fields the server left out are None."""
    return Background(
        id=wire.id or "",
        kind=text_of(wire.type_),
        name=text_of(wire.name),
        image_url=text_of(wire.img_url),
        raw=source_of(wire),
    )
