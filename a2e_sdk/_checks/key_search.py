"""Finding a key, or a good part of it, in a text that may have been broken up or escaped.

This module owns the comparison only. It is pure, and its time is linear in the text.
"""

from __future__ import annotations

import re

#: From so many letters and digits in a row on, a part of a key is taken for one.
SHORTEST_PART = 8

_MARK = "***"

# One letter or digit in any of the ways in which servers write it, or a run of backslashes.
_LETTER = re.compile(
    r"(?P<plain>[A-Za-z0-9])"
    r"|%(?:25)*(?P<percent>[0-9A-Fa-f]{2})"
    r"|\\+(?:u(?P<unicode>[0-9A-Fa-f]{4})|x(?P<hexadecimal>[0-9A-Fa-f]{2})|[nrtbf])?"
    r"|&\#(?:[xX]0{0,6}(?P<html>[0-9A-Fa-f]{2})|0{0,6}(?P<decimal>[0-9]{2,3}));"
)


class KeySearch:
    """Takes one key out of texts; its repr does not show the key.

    Only letters and digits count, in either case: a key is found with white space, line breaks or
    any other marks within, percent-encoded, or written with the escapes of JSON and HTML. Any part
    of `SHORTEST_PART` letters and digits is found as well; a key with fewer is found as a whole,
    where it stands for itself.

    Args:
        key: The key.
    """

    __slots__ = ("__parts", "__size", "__whole")

    def __init__(self, key: str) -> None:
        letters = _letters(key)[0]
        self.__size = size = min(len(letters), SHORTEST_PART)
        self.__whole = len(letters) < SHORTEST_PART
        self.__parts = frozenset(
            letters[start : start + size] for start in range(len(letters) - size + 1)
        )

    def hide(self, text: str) -> str:
        """Return the text with ``***`` in the place of the key and of every part of it."""
        size = self.__size
        if not size or len(text) < size:
            return text
        letters, places = _letters(text)
        shown: list[str] = []
        reached = 0
        start, stop = 0, len(letters) - size + 1
        while start < stop:
            end = start + size
            if letters[start:end] not in self.__parts or not self._stands_for_itself(
                text, places[start][0], places[end - 1][1]
            ):
                start += 1
                continue
            while end < len(letters) and letters[end - size + 1 : end + 1] in self.__parts:
                end += 1
            shown += (text[reached : places[start][0]], _MARK)
            reached = places[end - 1][1]
            start = end
        return "".join(shown) + text[reached:] if shown else text

    def _stands_for_itself(self, text: str, start: int, end: int) -> bool:
        """Tell whether a short key is no part of a longer word; a long key need not be."""
        if not self.__whole:
            return True
        return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())


def _letters(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the ASCII letters and digits of a text, in lower case, and where each stands."""
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for match in _LETTER.finditer(text):
        letter = match["plain"]
        if letter is None:
            group = match.lastgroup
            if group is None:
                continue
            letter = chr(int(match[group], 10 if group == "decimal" else 16))
            if not (letter.isascii() and letter.isalnum()):
                continue
        letters.append(letter)
        places.append(match.span())
    return "".join(letters).lower(), places
