"""Find a key, or a good part of it, in a text that may have been broken up or escaped.

This module owns the comparison only. It is pure, and its time is linear in the text.

Some marks can be read in two ways: ``\\t`` is an escape, or a backslash before a letter of the key;
what is between ``<`` and ``>`` is a tag, or the key in angle brackets. A text is searched in every
reading that may apply, so that none hides what another one shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: From so many letters and digits in a row on, a part of a key is taken for one.
SHORTEST_PART = 8

_MARK = "***"

_LETTER = r"(?P<plain>[A-Za-z0-9])"
# One letter or digit in any of the ways in which servers write it, or a run of backslashes.
_ESCAPED = (
    rf"{_LETTER}"
    r"|%(?:25)*(?P<percent>[0-9A-Fa-f]{2})"
    r"|\\+(?:u(?P<unicode>[0-9A-Fa-f]{4})|x(?P<hexadecimal>[0-9A-Fa-f]{2})|[nrtbf])?"
    r"|&(?:amp;|\#38;){0,9}\#(?:[xX]0{0,6}(?P<html>[0-9A-Fa-f]{2})|0{0,6}(?P<decimal>[0-9]{2,3}));"
)
_OCTAL_AND_QUOTED = r"\\+(?P<octal>[01][0-7]{2})|=(?P<quoted>[0-9A-Fa-f]{2})"
#: The ways of reading escapes, each with what a text must have for it to differ from the others.
_ESCAPES = (
    (r"", _ESCAPED),
    (r"[\\%&]", _LETTER),
    (r"\\[01][0-7]{2}|=[0-9A-Fa-f]{2}", f"{_OCTAL_AND_QUOTED}|{_ESCAPED}"),
)
#: The same for tags: they are skipped, or are a text as any other.
_TAGS = (("", ""), ("<", r"<[^<>]*>|"))
_READINGS = tuple(
    (re.compile(escape_mark), re.compile(tag_mark), re.compile(tag + escape))
    for tag_mark, tag in _TAGS
    for escape_mark, escape in _ESCAPES
)
_PLAIN = re.compile(_LETTER)
_BASES = {"decimal": 10, "octal": 8}


class KeySearch:
    """Takes one key out of texts; its repr does not show the key.

    Only letters and digits count, in either case: a key is found with white space, line breaks,
    tags or any other marks within, percent-encoded, quoted-printable, or written with hexadecimal,
    octal or Unicode escapes or the entities of HTML, also escaped twice. Any part of
    `SHORTEST_PART` letters and digits is found as well; a key with fewer is found as a whole, where
    it stands for itself.

    Args:
        key: The key.
    """

    __slots__ = ("__parts", "__size", "__whole")

    def __init__(self, key: str) -> None:
        letters = _letters(key, _PLAIN)[0]
        self.__size = size = min(len(letters), SHORTEST_PART)
        self.__whole = len(letters) < SHORTEST_PART
        self.__parts = frozenset(
            letters[start : start + size] for start in range(len(letters) - size + 1)
        )

    def hide(self, text: str) -> str:
        """Return the text with ``***`` in the place of the key and of every part of it."""
        if not self.__size or len(text) < self.__size:
            return text
        # What the text has is asked before any of it is hidden.
        fitting = [
            letter for *marks, letter in _READINGS if all(mark.search(text) for mark in marks)
        ]
        for letter in fitting:
            text = self._without_key(text, letter)
        return text

    def _without_key(self, text: str, letter: re.Pattern[str]) -> str:
        shown: list[str] = []
        reached = 0
        for start, end in self._found(text, letter):
            shown += (text[reached:start], _MARK)
            reached = end
        return "".join(shown) + text[reached:] if shown else text

    def _found(self, text: str, letter: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """Yield where the key, or parts of it, begin and end in one reading of a text."""
        size = self.__size
        letters, places = _letters(text, letter)
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
            yield places[start][0], places[end - 1][1]
            start = end

    def _stands_for_itself(self, text: str, start: int, end: int) -> bool:
        """Tell whether a short key is no part of a longer word; a long key need not be."""
        if not self.__whole:
            return True
        return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())


def _letters(text: str, pattern: re.Pattern[str]) -> tuple[str, list[tuple[int, int]]]:
    """Return the ASCII letters and digits of a text, in lower case, and where each stands."""
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for match in pattern.finditer(text):
        letter = match["plain"]
        if letter is None:
            group = match.lastgroup
            if group is None:
                continue
            letter = chr(int(match[group], _BASES.get(group, 16)))
            if not (letter.isascii() and letter.isalnum()):
                continue
        letters.append(letter)
        places.append(match.span())
    return "".join(letters).lower(), places
