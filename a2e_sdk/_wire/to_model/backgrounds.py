"""Backgrounds from their records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from a2e_sdk._wire.field_names import FIELD_ALIASES
from a2e_sdk._wire.records import first_text
from a2e_sdk.models.backgrounds import Background

if TYPE_CHECKING:
    from a2e_sdk._wire.records import Record


def background(raw: Record) -> Background:
    """Return the background of a record; what the server left out is None."""
    return Background(
        id=first_text(raw, FIELD_ALIASES["id"]) or "",
        kind=first_text(raw, ("type",)),
        name=first_text(raw, ("name",)),
        image_url=first_text(raw, ("img_url",)),
        raw=raw,
    )
