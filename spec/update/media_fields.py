"""Which fields of a request take the URL of a file, by their names and texts.

This is a guess, for the maintainer to confirm: `x-media` in our document changes what an argument
is called and takes. This module is pure.
"""

from __future__ import annotations

import re

#: The kinds of files, and the words that name them.
_KINDS = {
    "image": ("image", "img", "picture", "photo", "face", "frame"),
    "video": ("video", "clip", "movie"),
    "audio": ("audio", "voice", "sound", "music"),
}


def media_of(name: str, form: str | None, description: str) -> list[str]:
    """Guess the kinds of files that a field takes.

    Args:
        name: Its name, in any spelling.
        form: The `format` of its schema.
        description: The text of its schema.

    Returns:
        Kinds such as `video`; empty if it is no URL, or nobody can tell of what.
    """
    words = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).lower().split("_")
    is_url = not {"url", "urls", "uri"}.isdisjoint(words) or form in ("uri", "url")
    # A webhook is called, not fetched.
    if not is_url or not {"webhook", "callback", "redirect"}.isdisjoint(words):
        return []
    named = _kinds(words)
    return named or _kinds(re.findall(r"[a-z]+", description.lower()))


def _kinds(words: list[str]) -> list[str]:
    singular = {word.removesuffix("s") for word in words}
    return [kind for kind, known in _KINDS.items() if not singular.isdisjoint(known)]
