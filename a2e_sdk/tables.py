"""Data frames of any models, such as the lists that ``get_many`` and ``running`` return.

    from a2e_sdk import tables

    frame = tables.to_pandas(a2e.wan_25.get_many(ids), model=Wan25Task)

This module owns the public functions. Listings, pages and the results of batches have methods of
the same names. The columns of each class are in docs/notebooks.md; pandas, polars and pyarrow are
imported when they are used.
"""

from __future__ import annotations

from collections.abc import Iterable

from a2e_sdk._tables import frames
from a2e_sdk._tables.library_types import ArrowTable, Cell, PandasFrame, PolarsFrame
from a2e_sdk._tables.schema import Column, Kind, columns_of

__all__ = [
    "Cell",
    "Column",
    "Kind",
    "columns_of",
    "to_arrow",
    "to_dicts",
    "to_pandas",
    "to_polars",
]


def to_dicts(rows: Iterable[object], *, model: type | None = None) -> list[dict[str, Cell]]:
    """Return a dict for each model, with the values of its columns by their names.

    Args:
        rows: Models, such as tasks.
        model: Their class. Default: the closest class that all of them have in common.

    Raises:
        TypeError: A row is of another class, or they have none in common.
    """
    return frames.to_dicts(tuple(rows), model)


def to_pandas(rows: Iterable[object], *, model: type | None = None) -> PandasFrame:
    """Return models as a data frame of pandas.

    Args:
        rows: Models, such as tasks.
        model: Their class. Default: the closest class that all of them have in common.

    Raises:
        ImportError: pandas is not installed; the message says how.
        TypeError: A row is of another class, or they have none in common.
        ValueError: There are no rows, and no ``model`` that tells the columns.
    """
    return frames.to_pandas(tuple(rows), model)


def to_polars(rows: Iterable[object], *, model: type | None = None) -> PolarsFrame:
    """Return models as a data frame of polars; see `to_pandas`."""
    return frames.to_polars(tuple(rows), model)


def to_arrow(rows: Iterable[object], *, model: type | None = None) -> ArrowTable:
    """Return models as a table of Arrow; see `to_pandas`."""
    return frames.to_arrow(tuple(rows), model)
