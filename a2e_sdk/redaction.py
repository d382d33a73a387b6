"""What of a server's or a network's text may be shown in errors and logs.

This module owns the removal of secrets and the bounding of excerpts. It is pure; whoever shows
foreign text passes it through here first.
"""

from __future__ import annotations

import re
from collections.abc import Callable

EXCERPT_LENGTH = 300

_MARK = "***"
_PATTERNS = (
    # Keys and tokens by their own look.
    (re.compile(r"\bsk_[A-Za-z0-9._~+/=-]+"), "sk_" + _MARK),
    (re.compile(r"(?i)\b(bearer)\s+[^\s\"',;<>]+"), r"\1 " + _MARK),
    (re.compile(r"\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]*)?"), _MARK),
    # Whatever a URL carries behind its path: signatures, credentials, expiry.
    (re.compile(r"(https?://[^\s\"'<>?]+)\?[^\s\"'<>]*"), r"\1?" + _MARK),
    # User name and password within a URL.
    (re.compile(r"(https?://)[^\s/\"'<>@]+@"), r"\1" + _MARK + "@"),
    # Members of a JSON object and parameters with a telling name.
    (
        re.compile(
            r"(?i)([\"']?\b(?:api[_-]?key|authorization|password|secret|signature|"
            r"(?:access_|webhook_|refresh_)?token)\b[\"']?\s*[:=]\s*)[\"']?(?!bearer\b)[^\s\"',;&}]+[\"']?"
        ),
        r"\1" + _MARK,
    ),
)


def redact(text: str) -> str:
    """Return the text without anything that looks like a credential or a signed link."""
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text


def excerpt(
    body: bytes, length: int = EXCERPT_LENGTH, hide: Callable[[str], str] = redact
) -> str | None:
    """Return the readable, redacted beginning of a body on one line; None for an empty one.

    Args:
        body: The bytes as they came.
        length: How many characters to show at the most.
        hide: Takes the secrets out of a text.
    """
    # Redacted before it is cut, with room behind the cut, so that no half secret stays.
    text = hide(body[: length * 8].decode("utf-8", "replace"))
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() else " " for letter in text)
    line = " ".join(text.split())
    if not line:
        return None
    return line if len(line) <= length else line[: length - 1] + "\u2026"
