"""A table for a terminal, laid out for its width and printed row by row.

This module owns widths, alignment, styles and links. A row that is too wide for the terminal goes
on in indented lines below, so that a narrow terminal shows as much as a wide one. Nothing is
written here, and no rows are kept, so a table of a million rows needs the memory of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from rich.cells import cell_len, set_cell_size
from rich.style import Style
from rich.text import Text

from .columns import Column
from .rendering import ELLIPSIS, NOTHING, record_cells

if TYPE_CHECKING:
    from .rendering import Plain

ModelT = TypeVar("ModelT")

GAP = 2
INDENT = 2
_UNLIMITED = 1000

#: Below this width, a table that does not fit is no longer readable.
_NARROW = 60


class Table(Generic[ModelT]):
    """A table whose widths are fixed from its first rows.

    Args:
        columns: What to show.
        sample: The first rows; later ones are cut to the widths that suit these. A column that none
            of them has a text for goes below the lines of the rows that have one.
        width: Of the terminal, in cells.
    """

    def __init__(
        self, columns: Sequence[Column[ModelT]], sample: Sequence[ModelT], width: int
    ) -> None:
        used = [column for column in columns if _is_used(column, sample)]
        wanted = [_wanted(column, sample) for column in used]
        least = [
            max(_least(column, want), cell_len(column.title))
            for column, want in zip(used, wanted, strict=True)
        ]
        widths = arrange(least, wanted, width)
        self._width = width
        self._beside = [
            (column, cells) for column, cells in zip(used, widths, strict=True) if cells is not None
        ]
        beside = [column for column, _ in self._beside]
        self._below = [column for column in columns if column not in beside]
        self._titles_below = [column.title for column in used if column not in beside]

    def header(self) -> Iterator[Text]:
        """Iterate the lines with the columns' titles."""
        cells = [_fit(column.title, width, column.right) for column, width in self._beside]
        yield Text((" " * GAP).join(cells).rstrip(), style="bold")
        if self._titles_below:
            yield Text(" " * INDENT + " / ".join(self._titles_below), style="bold")

    def row(self, model: ModelT) -> Iterator[Text]:
        """Iterate the lines of one row."""
        line = Text()
        for at, (column, width) in enumerate(self._beside):
            line.append(" " * GAP if at else "")
            text = column.show(model, _UNLIMITED if column.never_cut else width)
            cell = text if column.never_cut else _fit(text, width, column.right)
            padding = " " * (width - cell_len(cell))
            line.append(cell, _style(column, model)).append(padding)
        line.rstrip()
        yield line
        width = max(self._width - INDENT, 1)
        for column in self._below:
            text = column.show(model, width)
            if text not in ("", NOTHING):
                line = Text(" " * INDENT)
                yield line.append(_fit(text, width).rstrip(), _style(column, model))


class Blocks(Generic[ModelT]):
    """A listing for a narrow terminal: a block of lines for each row, a field on each.

    Args:
        columns: What to show.
        width: Of the terminal, in cells.
    """

    def __init__(self, columns: Sequence[Column[ModelT]], width: int) -> None:
        self._columns = columns
        self._width = width

    def header(self) -> Iterator[Text]:
        """Iterate no lines: each block names its fields."""
        return iter(())

    def row(self, model: ModelT) -> Iterator[Text]:
        """Iterate the lines of one row."""
        for column in self._columns:
            start = f"{column.title}: "
            room = self._width - cell_len(start)
            text = column.show(model, _UNLIMITED if column.never_cut else max(room, 1))
            if text in ("", NOTHING):
                continue
            # Beside its name, if it fits; else below.
            if cell_len(text) > room and column.never_cut:
                yield Text(start.rstrip(), style="bold")
                yield Text(text, _style(column, model))
                continue
            shown = text if column.never_cut else _fit(text, room).rstrip()
            yield Text(start, style="bold").append(shown, _style(column, model))
        yield Text("")


def blocks_or_none(
    columns: Sequence[Column[ModelT]], sample: Sequence[ModelT], width: int
) -> Blocks[ModelT] | None:
    """Return the listing for a narrow terminal; None where a table has room enough.

    Args:
        columns: What to show.
        sample: The first rows.
        width: Of the terminal, in cells.
    """
    used = [column for column in columns if _is_used(column, sample)]
    needed = sum(_least(column, _wanted(column, sample)) + GAP for column in used) - GAP
    return Blocks(columns, width) if width < min(needed, _NARROW) else None


def arrange(least: Sequence[int], wanted: Sequence[int], width: int) -> list[int | None]:
    """Decide the widths of the columns that stand beside each other.

    Args:
        least: Each column's width below which it goes to a line of its own.
        wanted: The width at which nothing of it is cut.
        width: The room there is, in cells.

    Returns:
        Each column's width, at least that of the first; None for one that goes below.
    """
    widths: list[int | None] = []
    room = width
    for at, cells in enumerate(least):
        needed = cells + (GAP if at else 0)
        fits = not at or needed <= room
        widths.append(cells if fits else None)
        room -= needed if fits else 0
    # Small wishes first: a long link takes what the others leave.
    wishes = {at: wanted[at] - cells for at, cells in enumerate(widths) if cells is not None}
    for served, at in enumerate(sorted(wishes, key=wishes.__getitem__)):
        share = max(room, 0) // (len(wishes) - served)
        grown = max(min(wishes[at], share), 0)
        widths[at] = least[at] + grown
        room -= grown
    return widths


def record_lines(values: Mapping[str, Plain]) -> Iterator[Text]:
    """Iterate the lines that show one record, every value whole."""
    for name, shown in record_cells(values):
        link = shown if shown.startswith(("https://", "http://")) and " " not in shown else None
        line = Text(name, style="bold").append("  ")
        yield line.append(shown, Style(bold=False, link=link))


def _is_used(column: Column[ModelT], sample: Sequence[ModelT]) -> bool:
    return not sample or any(
        column.show(model, _UNLIMITED) not in ("", NOTHING) for model in sample
    )


def _least(column: Column[ModelT], wanted: int) -> int:
    return wanted if column.never_cut else min(column.least, wanted)


def _wanted(column: Column[ModelT], sample: Sequence[ModelT]) -> int:
    widest = max((cell_len(column.show(model, _UNLIMITED)) for model in sample), default=0)
    return max(min(widest, column.most), cell_len(column.title))


def _fit(text: str, width: int, right: bool = False) -> str:
    missing = width - cell_len(text)
    if missing < 0:
        return set_cell_size(text, width - 1) + ELLIPSIS
    return " " * missing + text if right else text + " " * missing


def _style(column: Column[ModelT], model: ModelT) -> Style:
    style = Style.parse(column.style(model))
    link = column.link(model)
    # Only what can't steer the terminal goes into its escape sequence for links.
    if link and link.isascii() and link.isprintable() and link.startswith(("https://", "http://")):
        style += Style(link=link)
    return style
