"""Values as a person reads them, in a terminal and in a notebook.

This module owns how times, sizes and foreign texts are written. It is pure.
"""

from __future__ import annotations

import math
import unicodedata
from datetime import UTC, datetime

ELLIPSIS = "\u2026"

#: What stands where there is nothing to show.
NOTHING = "-"

# Joiners within emoji and scripts: not printable to Python, harmless to a terminal.
_JOINERS = "\u200c\u200d"


def printable(text: str) -> str:
    r"""Return a text in which control characters are written out, such as ``\n`` or ``\x1b``.

    A name comes from a server: it must neither break a line nor steer a terminal.
    """
    if text.isprintable():
        return text
    return "".join(
        letter
        if letter.isprintable() or letter in _JOINERS or unicodedata.category(letter) == "Zs"
        else letter.encode("unicode_escape").decode("ascii")
        for letter in text
    )


def shortened(text: str, length: int) -> str:
    """Return the beginning of a text, with an ellipsis where something is left out."""
    return text if len(text) <= length else text[: length - 1] + ELLIPSIS


def elapsed_text(seconds: float) -> str:
    """Return a time that has passed, such as ``1:05`` or ``2:00:09``."""
    minutes, rest = divmod(int(max(seconds, 0.0)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def size_text(count: int) -> str:
    """Return a number of bytes, such as ``65.5 kB``, in units of 1,000."""
    if count < 1000:
        return f"{count} bytes" if count != 1 else "1 byte"
    size = float(count)
    for unit in ("kB", "MB", "GB"):
        size /= 1000
        if round(size, 1) < 1000:
            return f"{size:.1f} {unit}"
    return f"{size / 1000:,.1f} TB"


def short_time(moment: datetime | None) -> str:
    """Return a time to the minute in UTC, such as ``2024-06-21 03:20``; "-" for None."""
    return NOTHING if moment is None else f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}"


def number_text(value: float) -> str:
    """Return a number without a fraction that is zero, such as ``10`` or ``2.5``."""
    try:
        return f"{value:,.7g}" if not math.isfinite(value) or value % 1 else f"{value:,.0f}"
    except OverflowError:  # An int that no float can hold.
        return "a number of more than 300 digits"
