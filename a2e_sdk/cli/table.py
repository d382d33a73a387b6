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
from .rendering import ELLIPSIS, plain_cell

if TYPE_CHECKING:
    from .rendering import Plain

ModelT = TypeVar("ModelT")

GAP = 2
INDENT = 2
_UNLIMITED = 1000


class Table(Generic[ModelT]):
    """A table whose widths are fixed from its first rows.

    Args:
        columns: What to show.
        sample: The first rows; later ones are cut to the widths that suit these.
        width: Of the terminal, in cells.
    """

    def __init__(
        self, columns: Sequence[Column[ModelT]], sample: Sequence[ModelT], width: int
    ) -> None:
        wanted = [_wanted(column, sample) for column in columns]
        least = [
            max(min(column.least, want), cell_len(column.title))
            for column, want in zip(columns, wanted, strict=True)
        ]
        widths = arrange(least, wanted, width)
        self._width = width
        self._beside = list(zip(columns, widths, strict=False))
        self._below = columns[len(widths) :]

    def header(self) -> Iterator[Text]:
        """Iterate the lines with the columns' titles."""
        cells = [_fit(column.title, width, column.right) for column, width in self._beside]
        yield Text((" " * GAP).join(cells).rstrip(), style="bold")
        if self._below:
            titles = " / ".join(column.title for column in self._below)
            yield Text(" " * INDENT + titles, style="bold")

    def row(self, model: ModelT) -> Iterator[Text]:
        """Iterate the lines of one row."""
        line = Text()
        for at, (column, width) in enumerate(self._beside):
            line.append(" " * GAP if at else "")
            # The id is what the other commands take: it is never cut.
            text = column.show(model, _UNLIMITED if column.field == "id" else width)
            cell = text if column.field == "id" else _fit(text, width, column.right)
            padding = " " * (width - cell_len(cell))
            line.append(cell, _style(column, model)).append(padding)
        line.rstrip()
        yield line
        width = max(self._width - INDENT, 1)
        for column in self._below:
            text = column.show(model, width)
            if text not in ("", "-"):
                line = Text(" " * INDENT)
                yield line.append(_fit(text, width).rstrip(), _style(column, model))


def arrange(least: Sequence[int], wanted: Sequence[int], width: int) -> list[int]:
    """Decide the widths of the columns that stand beside each other.

    Args:
        least: Each column's width below which it goes to a line of its own.
        wanted: The width at which nothing of it is cut.
        width: The room there is, in cells.

    Returns:
        The widths of the first columns, as many as fit and at least one; the others go below.
    """
    widths: list[int] = []
    room = width
    for cells in least:
        needed = cells + (GAP if widths else 0)
        if widths and needed > room:
            break
        widths.append(cells)
        room -= needed
    # Small wishes first: a long link takes what the others leave.
    wishes = sorted(range(len(widths)), key=lambda at: wanted[at] - widths[at])
    for served, at in enumerate(wishes):
        share = max(room, 0) // (len(wishes) - served)
        grown = max(min(wanted[at] - widths[at], share), 0)
        widths[at] += grown
        room -= grown
    return widths


def record_lines(values: Mapping[str, Plain]) -> Iterator[Text]:
    """Iterate the lines that show one record, every value whole."""
    margin = max(map(len, values), default=0)
    for name, value in values.items():
        if isinstance(value, list) and value == [values.get(name.removesuffix("s"))]:
            continue  # result_urls that says no more than result_url
        shown = plain_cell(value)
        line = Text(name.ljust(margin), style="bold")
        link = shown if shown.startswith(("https://", "http://")) and " " not in shown else None
        yield line.append("  ").append(shown or "-", Style(bold=False, link=link))


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
