"""Prints comparisons as a table: with rich where it is installed, else as plain text."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable, Sequence

from measuring import Comparison

_COLUMNS = ("benchmark", "ours", "other", "ratio", "compared with", "target")


def headline() -> str:
    """Return what the figures were measured on."""
    return f"Python {platform.python_version()}, {platform.machine()} {sys.platform}"


def show(comparisons: Iterable[Comparison], notes: Iterable[str]) -> None:
    """Print a table of comparisons, and what has to be said beside it."""
    rows = [_cells(comparison) for comparison in comparisons]
    try:
        _show_rich(rows)
    except ImportError:
        _show_plain(rows)
    for note in notes:
        print(f"note: {note}")


def _cells(comparison: Comparison) -> tuple[str, ...]:
    return (
        comparison.what,
        f"{_figure(comparison.ours)} {comparison.unit}",
        f"{_figure(comparison.other)} {comparison.unit}",
        f"{comparison.ratio:.2f}x",
        comparison.against,
        comparison.target,
    )


def _figure(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _show_rich(rows: Sequence[tuple[str, ...]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=headline(), title_justify="left")
    for column in _COLUMNS:
        numeric = column in ("ours", "other", "ratio")
        table.add_column(column, justify="right" if numeric else "left", no_wrap=numeric)
    for row in rows:
        table.add_row(*row)
    # Piped output has no width of its own, and 80 columns would fold every cell.
    Console(width=None if sys.stdout.isatty() else 150).print(table)


def _show_plain(rows: Sequence[tuple[str, ...]]) -> None:
    widths = [max(map(len, cells)) for cells in zip(_COLUMNS, *rows, strict=True)]
    print(headline())
    for row in (_COLUMNS, *rows):
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )
