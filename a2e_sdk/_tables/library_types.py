"""The names of what data frames are made of, for annotations.

This module owns the names only; it imports no library, at run time.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

__all__ = ["ArrowTable", "Cell", "PandasFrame", "PolarsFrame"]

if TYPE_CHECKING:
    from pandas import DataFrame as PandasFrame  # pyright: ignore[reportMissingTypeStubs]
    from polars import DataFrame as PolarsFrame
else:
    # What resolves annotations finds something, whether the libraries are there or not.
    PandasFrame = PolarsFrame = Any

#: A ``pyarrow.Table``. pyarrow has no types, and a strict checker refuses what comes of an unknown
#: one; what it knows as Any it lets through.
ArrowTable: TypeAlias = Any

#: One value of a column.
Cell: TypeAlias = str | list[str] | datetime | float | int | bool | None
