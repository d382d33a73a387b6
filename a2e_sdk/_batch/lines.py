"""The lines of a table: bounded, counted and decoded, from a file or standard input.

This module owns what a file must be before its format counts: text in UTF-8, in lines of a bounded
length. What is none is told by what it looks like, because people save tables in many ways.
"""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

#: The longest line, in bytes.
LONGEST_LINE = 4 * 1024 * 1024
STANDARD_INPUT = "-"

_SAVE = 'save it as "CSV UTF-8", or write JSON Lines'
#: How files begin that are no text, and what they are.
_BEGINNINGS = (
    (b"PK\x03\x04", "is an Excel workbook or another zip archive"),
    (b"\xd0\xcf\x11\xe0", "is an Excel workbook of the old kind"),
    (b"%PDF", "is a PDF"),
    (b"\x1f\x8b", "is compressed by gzip"),
    (b"SQLite format 3\x00", "is an SQLite database"),
    (codecs.BOM_UTF16_LE, "is in UTF-16"),
    (codecs.BOM_UTF16_BE, "is in UTF-16"),
)


class UnreadableError(Exception):
    """The input can't be read any further.

    Attributes:
        line: Where; None for the whole input.
    """

    def __init__(self, text: str, line: int | None = None) -> None:
        super().__init__(text)
        self.line = line


@contextmanager
def opened(source: str | os.PathLike[str] | BinaryIO) -> Generator[BinaryIO]:
    """Open a table; what the caller opened stays open.

    Args:
        source: A path, ``-`` for standard input, or a file open for reading bytes.

    Raises:
        UnreadableError: It is not there, a directory, or can't be read.
    """
    if not isinstance(source, str | os.PathLike):
        yield source
        return
    if source == STANDARD_INPUT:
        yield sys.stdin.buffer
        return
    try:
        file = open(source, "rb")  # noqa: SIM115 - an error of its user is none of the file
    except FileNotFoundError:
        raise UnreadableError("there is no such file") from None
    except IsADirectoryError:
        raise UnreadableError("it is a directory, not a file") from None
    except (OSError, ValueError) as problem:
        text = getattr(problem, "strerror", None) or str(problem)
        raise UnreadableError(f"it can't be read: {text}") from None
    with file:
        yield file


def name_of(source: object) -> str:
    """Return what an input is called in messages."""
    if source == STANDARD_INPUT:
        return "standard input"
    if isinstance(source, str | os.PathLike):
        return os.fsdecode(cast("str | os.PathLike[str]", source))
    name = getattr(source, "name", None)
    return name if isinstance(name, str) else "the jobs"


def lines_of(stream: BinaryIO) -> Iterator[str]:
    """Yield the lines of a text with their ends, without a byte order mark.

    Raises:
        UnreadableError: It is no text in UTF-8, or a line is too long.
    """
    number = 0
    while True:
        number += 1
        try:
            line = stream.readline(LONGEST_LINE + 1)
        except OSError as problem:
            raise UnreadableError(f"it can't be read: {problem.strerror}", number) from None
        if number == 1:
            for beginning, is_what in _BEGINNINGS:
                if line.startswith(beginning):
                    raise UnreadableError(f"it {is_what}; {_SAVE}")
            line = line.removeprefix(codecs.BOM_UTF8)
        if not line:
            return
        if len(line) > LONGEST_LINE:
            raise UnreadableError("the line has more than 4 MiB", number)
        if b"\0" in line:
            raise UnreadableError(f"it has a zero byte, so it is no text; {_SAVE}", number)
        try:
            yield line.decode()
        except UnicodeDecodeError as problem:
            byte = line[problem.start]
            raise UnreadableError(
                f"byte {problem.start + 1} of the line (0x{byte:02x}) is not UTF-8; {_SAVE}", number
            ) from None
