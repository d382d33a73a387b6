"""What of a server's or a network's text may be shown in errors, events and logs.

This module owns the removal of secrets and the one function that foreign text passes before it is
kept anywhere: `safe_text`. It is pure. Texts are cut before secrets are looked for, and no pattern
goes back over what it has read, so that the time is linear in what is shown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TypeAlias

#: Takes the secrets out of a text.
Hide: TypeAlias = Callable[[str], str]

EXCERPT_LENGTH = 300
MESSAGE_LENGTH = 1000
#: For a word of a server within a sentence of ours: a status, a name, a trace id, a media type.
WORD_LENGTH = 100

_MARK = "***"
# So many characters behind what is shown are searched too: a secret is known by its end as well.
_MARGIN = 4096

# The slashes of a URL, also as JSON within JSON writes them.
_SLASHES = r"(?:\\{0,8}/){2}"
_URL = re.compile(rf"(?i)((?:https?|wss?|ftps?|s3|rtmps?|socks[45]?[ah]?):{_SLASHES})([^\s\"'<>]+)")
# What a remedy says of how to write it is no login.
_LOGIN = re.compile(rf"({_SLASHES})(?!USER(?::PASSWORD)?@)[^\s/\\\"'<>@]{{1,{_MARGIN}}}@")

# Where a name or a key can begin: behind no letter or digit, unless those are an escape.
_START = r"(?:(?<![A-Za-z0-9])|(?<=\\[nrt])|(?<=%[0-9A-Fa-f]{2}))"

_PATTERNS = (
    # Keys and tokens by their own look.
    (re.compile(_START + r"sk_[A-Za-z0-9._~+/=-]+"), "sk_" + _MARK),
    (re.compile(r"(?i)\b(bearer)(?:\s|%20|\+)+[^\s\"',;<>]+"), r"\1 " + _MARK),
    (re.compile(r"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]*)?"), _MARK),
    # Members of a JSON object and parameters with a telling name, also of JSON within JSON.
    (
        re.compile(
            rf"(?i)({_START}(?:api[_-]?key|authorization|password|secret|signature|"
            r"(?:access_|webhook_|refresh_)?token)\b(?:\\{0,8}[\"'])?\s{0,20}[:=]\s{0,20})"
            r"(?:\\{0,8}\"(?!bearer\b)[^\"\\]{1,1000}(?:\\{0,8}\")?"
            r"|(?!bearer\b)(?:basic\s{1,20})?'?[^\s\"',;&}\\]+'?)"
        ),
        r"\1" + _MARK,
    ),
)


def redact(text: str) -> str:
    """Return the text without anything that looks like a credential or a signed link."""
    text = _URL.sub(_plain_url, text)
    text = _LOGIN.sub(rf"\1{_MARK}@", text)
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text


def _plain_url(match: re.Match[str]) -> str:
    """Return a URL without what it carries behind its path: signatures, credentials, expiry."""
    rest = match[2]
    for mark in "?#":
        before, found, _ = rest.partition(mark)
        if found:
            rest = before + mark + _MARK
    return match[1] + rest


def safe_text(value: object, length: int = MESSAGE_LENGTH, hide: Hide = redact) -> str:
    """Return a foreign text as it may be kept: without secrets, on one printable line, bounded.

    Every text of a server or a network passes here before it is part of an error, a log line, an
    event or a note.

    Args:
        value: The text, or any other value of a response, which is shown as JSON.
        length: How many characters to return at the most. Default 1,000.
        hide: Takes the secrets out of a text. Default: `redact`, which knows no key.

    Returns:
        The text; empty where nothing of it can be shown.
    """
    room = 4 * length + _MARGIN
    text = value if isinstance(value, str) else _written(value, room)
    return _one_line(text[:room], length, hide, was_cut=len(text) > room)


def excerpt(body: bytes, length: int = EXCERPT_LENGTH, hide: Hide = redact) -> str | None:
    """Return the beginning of a body as `safe_text` gives it; None for an empty one.

    Args:
        body: The bytes as they came.
        length: How many characters to show at the most.
        hide: Takes the secrets out of a text.
    """
    room = 4 * length + _MARGIN
    text = body[:room].decode("utf-8", "replace")
    return _one_line(text, length, hide, was_cut=len(body) > room) or None


def _one_line(text: str, length: int, hide: Hide, *, was_cut: bool) -> str:
    text = hide(text)
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() else " " for letter in text)
    line = " ".join(text.split())
    if len(line) <= length and not was_cut:
        return line
    if len(line) < length:
        # What was cut off may have been the end of a secret, whose beginning is the last word.
        return (line.rpartition(" ")[0] + " \u2026").strip()
    return line[: length - 1] + "\u2026"


def _written(value: object, room: int) -> str:
    """Return the beginning of a value that is no text, in bounded time and depth."""
    if not isinstance(value, dict | list):
        try:
            return str(value)
        except ValueError:  # An integer beyond Python's limit of digits.
            return type(value).__name__
    pieces: list[str] = []
    size = 0
    try:
        for piece in json.JSONEncoder(ensure_ascii=False, default=str).iterencode(value):
            pieces.append(piece[:room])
            size += len(piece)
            if size > room:
                break
    except (RecursionError, ValueError, TypeError):
        pieces.append("\u2026")
    return "".join(pieces)
