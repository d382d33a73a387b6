"""The rows of a table in CSV, as spreadsheets and programs write it.

This module owns the delimiter, the header, and the mistakes of a table's form. What the cells mean
is decided by the arguments of the row's engine, elsewhere.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from .mistakes import Mistakes
from .row import Row

_DELIMITERS = ",;\t"
_OWN = ("engine", "key", "output")

_NOT_CLOSED = "a quote that opens on this line is not closed: double the quotes within a cell"
#: What the library says of a table, and what it means to who wrote it.
_PROBLEMS = (
    ("new-line character", "a line ends in CR alone; save the file as CSV UTF-8"),
    ("field larger", "a cell has more than {limit:,} characters, or its quote is not closed"),
    ("expected after", "a quote within a quoted cell must be doubled"),
    ("unexpected end of data", _NOT_CLOSED),
)


def csv_rows(lines: Iterable[str], mistakes: Mistakes) -> Iterator[Row]:
    """Yield the rows of a table.

    Args:
        lines: Its lines with their ends.
        mistakes: Gets the mistakes of its form; a row that has one is left out. Where the rest
            can't be told apart into rows any more, it is not read.
    """
    table = _Table(lines, mistakes)
    columns: list[str] | None = None
    is_empty = True
    for number, cells in table:
        if not any(cell.strip() for cell in cells):
            continue
        if columns is None:
            columns = _header(number, cells, mistakes)
            if columns is None:
                return
            continue
        is_empty = False
        row = _row(number, columns, cells, mistakes)
        if row is not None:
            yield row
    if is_empty and not mistakes.total:
        mistakes.add("the table has a header and no rows.")


class _Table:
    """The cells of each row, and the line on which it begins."""

    def __init__(self, lines: Iterable[str], mistakes: Mistakes) -> None:
        self._lines = iter(lines)
        self._mistakes = mistakes

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        before: list[str] = []
        delimiter = ","
        skipped = 0
        for line in self._lines:
            word = line.strip().lower()
            if word.startswith("sep=") and len(word) <= 5:
                # Excel's own note, which is no row.
                delimiter = line.strip()[4:] or "\t"
                skipped += 1
                continue
            before.append(line)
            if word:
                delimiter = _delimiter(line) if not skipped else delimiter
                break
        reader = csv.reader(chain(before, self._lines), delimiter=delimiter, strict=True)
        while True:
            number = skipped + reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as problem:
                text = next((ours for theirs, ours in _PROBLEMS if theirs in str(problem)), None)
                text = (text or str(problem)).format(limit=csv.field_size_limit())
                self._mistakes.add(
                    f"{text}; what comes behind it was not read.",
                    place=f"line {number}",
                    line=number,
                )
                return
            yield number, cells


def _delimiter(header: str) -> str:
    """Return what separates the cells of a header: what makes most of it, a comma at first."""
    outside = "".join(header.split('"')[::2])
    return max(_DELIMITERS, key=outside.count)


def _header(number: int, cells: Sequence[str], mistakes: Mistakes) -> list[str] | None:
    """Return the names of the columns; None where they are no header."""
    place = f"line {number}"
    columns = [cell.strip().replace("-", "_").lower() for cell in cells]
    while columns and not columns[-1]:
        columns.pop()
    seen: dict[str, int] = {}
    is_right = True
    for position, name in enumerate(columns, 1):
        if not name:
            mistakes.add(f"column {position} has no name.", place=place, line=number)
            is_right = False
        elif name in seen:
            mistakes.add(
                f"{name} is the name of column {seen[name]} and of column {position}.",
                place=place,
                line=number,
                column=name,
            )
            is_right = False
        seen.setdefault(name, position)
    return columns if is_right else None


def _row(
    number: int, columns: Sequence[str], cells: Sequence[str], mistakes: Mistakes
) -> Row | None:
    extra = [cell for cell in cells[len(columns) :] if cell.strip()]
    place = f"line {number}"
    if extra:
        mistakes.add(
            f"the row has {len(columns) + len(extra)} cells, the header {len(columns)}: put a cell "
            f"with a delimiter in it into quotes. The first too many is {extra[0][:60]!r}.",
            place=place,
            line=number,
            value=extra[0],
        )
        return None
    # A row may end early; an empty cell is one that is not given.
    given = {name: cell for name, cell in zip(columns, cells, strict=False) if cell.strip()}
    own = {name: given.pop(name).strip() for name in _OWN if name in given}
    return Row(
        number, place, own.get("engine"), own.get("key"), own.get("output"), dict(given), True
    )
