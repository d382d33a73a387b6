"""What a docstring says of an argument, in the words of a terminal.

This module owns the few words that differ here: a terminal has neither bytes nor open files, and
``True`` is called on. It is pure. Docstrings are read in ``_wire.docstrings``.
"""

from __future__ import annotations

import re

# What a file can be given as is told by the option's metavar; the rest means nothing here.
_TOLD_OTHERWISE = re.compile(
    r"(?:[,:] )?(?:as |each )?a path, bytes, (?:a|or a) file open for reading bytes,?"
    r" or a (?:public )?URL"
    r"|: paths, bytes, files open for reading bytes, or URLs"
    r"|[, ]*\(?public, without redirects (?:or|and) spaces\)?"
    r"|[,;] (?:likewise|as text|as \w+ with a look|a file or a URL)(?=[,;. ])"
    r"| Local files are uploaded, which costs coins(?: too)?\."
    # An option's words stand in its metavar, or are added where they don't fit.
    r"| One of [^.]*(?:\.\d[^.]*)*\."
)
_OF_THE_SERVER = re.compile(r"Default:? (.+?), which is the server's\.")
_WORDS = {"True": "on", "False": "off", "''": "none"}


def terminal_text(text: str) -> str:
    """Return a description of an argument in the words of a terminal."""
    text = _TOLD_OTHERWISE.sub("", text.replace("``", "").replace("`", ""))
    text = re.sub(r"^URLs? of (\w)", lambda match: match[1].upper(), text)
    text = _OF_THE_SERVER.sub(lambda match: f"Default: {_word(match[1])}.", text)
    return text if text.startswith("http") else text[:1].upper() + text[1:]


def _word(shown: str) -> str:
    if shown in _WORDS:
        return _WORDS[shown]
    return shown[1:-1] if re.fullmatch(r"'[^']*'|\"[^\"]*\"", shown) else shown
