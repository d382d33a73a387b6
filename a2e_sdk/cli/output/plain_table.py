"""A table for a pipe: aligned columns of plain text, every value whole.

This module owns the widths of such a table and the padding of its lines. Nothing is written here,
and no rows are kept, so a table of a million rows needs the memory of its first hundred.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from .columns import Column
from .rendering import NOTHING

ModelT = TypeVar("ModelT")

GAP = "  "


def _cells_of(text: str) -> int:
    """Return how many cells of a terminal a text takes."""
    if text.isascii() and text.isprintable():
        return len(text)
    # Imported here: most tables have no other letters.
    from rich.cells import cell_len

    return cell_len(text)


class PlainTable(Generic[ModelT]):
    """A table whose widths suit its first rows; a longer value pushes the rest of its line.

    Args:
        columns: What to show.
        sample: The first rows.
    """

    def __init__(self, columns: Sequence[Column[ModelT]], sample: Sequence[ModelT]) -> None:
        self._columns = columns
        titles = [column.title for column in columns]
        rows = [titles, *map(self._cells, sample)]
        self._widths = [max(map(_cells_of, cells)) for cells in zip(*rows, strict=True)]
        self.header = self._line(titles)

    def row(self, model: ModelT) -> str:
        """Return the line of one row."""
        return self._line(self._cells(model))

    def _cells(self, model: ModelT) -> list[str]:
        return [column.whole(model) or NOTHING for column in self._columns]

    def _line(self, cells: Sequence[str]) -> str:
        return GAP.join(
            " " * (width - _cells_of(cell)) + cell
            if column.right
            else cell + " " * (width - _cells_of(cell))
            for column, cell, width in zip(self._columns, cells, self._widths, strict=True)
        ).rstrip()
