"""The methods that make data frames of values which hold rows.

This module owns their names. It imports the rest of the package when one of them is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .library_types import ArrowTable, Cell, PandasFrame, PolarsFrame


class Tabular:
    """Something that holds rows of one class of models, and shows them as a table.

    Columns and their types are the same with and without rows: see docs/notebooks.md.
    """

    __slots__ = ()

    def _rows(self) -> Sequence[object]:
        raise NotImplementedError

    def _row_class(self) -> type | None:
        """Return the class of the rows; None where only they tell it."""
        raise NotImplementedError

    def to_dicts(self) -> list[dict[str, Cell]]:
        """Return a dict for each row, with the values of its columns by their names."""
        from .frames import to_dicts

        return to_dicts(self._rows(), self._row_class())

    def to_pandas(self) -> PandasFrame:
        """Return the rows as a data frame of pandas.

        Raises:
            ImportError: pandas is not installed; the message says how.
        """
        from .frames import to_pandas

        return to_pandas(self._rows(), self._row_class())

    def to_polars(self) -> PolarsFrame:
        """Return the rows as a data frame of polars.

        Raises:
            ImportError: polars is not installed; the message says how.
        """
        from .frames import to_polars

        return to_polars(self._rows(), self._row_class())

    def to_arrow(self) -> ArrowTable:
        """Return the rows as a table of Arrow.

        Raises:
            ImportError: pyarrow is not installed; the message says how.
        """
        from .frames import to_arrow

        return to_arrow(self._rows(), self._row_class())

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> Any:
        """Give the rows to a library that reads Arrow's C stream interface; needs pyarrow."""
        from .frames import to_arrow_stream

        return to_arrow_stream(self._rows(), self._row_class(), requested_schema)
