"""The names of what data frames are made of, for annotations.

This module owns the names only; it imports no library, at run time.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

__all__ = ["ArrowTable", "Cell", "PandasFrame", "PolarsFrame"]

if TYPE_CHECKING:
    from pandas import DataFrame as PandasFrame
    from polars import DataFrame as PolarsFrame
    from pyarrow import Table as ArrowTable
else:
    # What resolves annotations finds something, whether the libraries are there or not.
    PandasFrame = PolarsFrame = ArrowTable = Any

#: One value of a column.
Cell: TypeAlias = str | list[str] | datetime | float | int | bool | None
