"""Data frames of three libraries, made of the same columns.

This module owns which type of each library a column gets. The libraries are imported when they are
used.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from .cells import cells_of, row_of
from .library_types import ArrowTable, Cell, PandasFrame, PolarsFrame
from .schema import Column, Kind, columns_of, common_class

#: The type of each kind in pandas. A missing number is NaN there, as everywhere in pandas.
_PANDAS_TYPES = {
    Kind.TEXT: "string",
    Kind.TEXTS: "object",
    Kind.TIMESTAMP: "datetime64[us, UTC]",
    Kind.NUMBER: "float64",
    Kind.INTEGER: "Int64",
    Kind.BOOLEAN: "boolean",
    Kind.JSON: "string",
}


def to_dicts(rows: Sequence[object], model: type | None) -> list[dict[str, Cell]]:
    """Return a dict for each row."""
    model = common_class(rows, model)
    columns = () if model is None else columns_of(model)
    return [row_of(row, columns) for row in rows]


def to_pandas(rows: Sequence[object], model: type | None) -> PandasFrame:
    """Return a data frame of pandas."""
    pandas = _library("pandas", "pandas")
    columns = _columns(rows, model)
    series = {
        column.name: pandas.Series(cells_of(rows, column), dtype=_PANDAS_TYPES[column.kind])
        for column in columns
    }
    frame: PandasFrame = pandas.DataFrame(series, columns=[column.name for column in columns])
    return frame


def to_polars(rows: Sequence[object], model: type | None) -> PolarsFrame:
    """Return a data frame of polars."""
    polars = _library("polars", "polars")
    kinds = {
        Kind.TEXT: polars.String,
        Kind.TEXTS: polars.List(polars.String),
        Kind.TIMESTAMP: polars.Datetime("us", "UTC"),
        Kind.NUMBER: polars.Float64,
        Kind.INTEGER: polars.Int64,
        Kind.BOOLEAN: polars.Boolean,
        Kind.JSON: polars.String,
    }
    columns = _columns(rows, model)
    frame: PolarsFrame = polars.DataFrame(
        {column.name: cells_of(rows, column) for column in columns},
        schema={column.name: kinds[column.kind] for column in columns},
    )
    return frame


def to_arrow(rows: Sequence[object], model: type | None) -> ArrowTable:
    """Return a table of Arrow."""
    arrow = _library("pyarrow", "arrow")
    kinds = {
        Kind.TEXT: arrow.string(),
        Kind.TEXTS: arrow.list_(arrow.string()),
        Kind.TIMESTAMP: arrow.timestamp("us", "UTC"),
        Kind.NUMBER: arrow.float64(),
        Kind.INTEGER: arrow.int64(),
        Kind.BOOLEAN: arrow.bool_(),
        Kind.JSON: arrow.string(),
    }
    columns = _columns(rows, model)
    table: ArrowTable = arrow.Table.from_arrays(
        [arrow.array(cells_of(rows, column), kinds[column.kind]) for column in columns],
        names=[column.name for column in columns],
    )
    return table


def to_arrow_stream(
    rows: Sequence[object], model: type | None, requested_schema: object | None
) -> object:
    """Return the rows as the capsule of Arrow's C stream interface, which other libraries read."""
    stream: object = to_arrow(rows, model).__arrow_c_stream__(requested_schema)
    return stream


def _columns(rows: Sequence[object], model: type | None) -> tuple[Column, ...]:
    model = common_class(rows, model)
    if model is None:
        raise ValueError(
            "there are no rows to tell the columns by: name their class in the argument model."
        )
    return columns_of(model)


def _library(name: str, extra: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise ImportError(
            f"this needs {name}: pip install 'a2e-sdk[{extra}]'.", name=error.name
        ) from error
