"""The rows of one answer of a listing, not yet in their friendly form.

This module owns the keys by which rows are told apart, and the refusal of answers whose shape would
lose rows silently. Rows become friendly models when they are
handed out, so that a row that is not handed out costs nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, Generic, Protocol, TypeVar

from a2e_api.types import Response, source_of

from .errors import UnexpectedResponseError

ItemT = TypeVar("ItemT")


class WireRow(Protocol):
    """What a row of the generated client has."""

    id: str | None

    def to_dict(self) -> dict[str, Any]:
        """Return the row as the server sent it."""
        ...


class Rows(Generic[ItemT]):
    """The rows of one answer.

    Args:
        rows: The generated models; None for an answer whose list was null.
        total: The server's count of all rows; None where it gave none.
        convert: Makes the friendly model of a row.
    """

    def __init__(
        self,
        rows: Sequence[Any] | None,
        total: int | None,
        convert: Callable[[Any], ItemT],
    ) -> None:
        self._rows = rows or ()
        self._convert = convert
        self.total = total

    @property
    def keys(self) -> list[Hashable]:
        """What tells each row from the others: its id, or its whole content without one."""
        return [row.id or _content(row) for row in self._rows]

    def items(self, indexes: Iterable[int] | None = None) -> Iterator[ItemT]:
        """Iterate the friendly models of all rows, or of those at some indexes."""
        convert, rows = self._convert, self._rows
        if indexes is None:
            return map(convert, rows)
        return (convert(rows[index]) for index in indexes)


def _content(row: WireRow) -> Hashable:
    return json.dumps(row.to_dict(), sort_keys=True, default=str)


def promised(response: Response[Any], operation: str) -> Any:
    """Return the ``data`` of an answer; None where the server sent null or nothing.

    Raises:
        UnexpectedResponseError: The server sent something that is not what the reference promises.
    """
    return _present(response.parsed, "data", operation)


def promised_rows(holder: Any, attribute: str | None = None, operation: str = "") -> Sequence[Any]:
    """Return rows from any of the shapes in which the server sends them.

    Args:
        holder: An array of records, one record, an object that wraps rows, or None.
        attribute: The name under which the object has its rows; None where that is not fixed.
        operation: The operation's id, for the error.

    Raises:
        UnexpectedResponseError: The rows are there, but are not an array.
    """
    if holder is None:
        return ()
    if isinstance(holder, list):
        return holder
    if attribute is not None:
        return _present(holder, attribute, operation) or ()
    if hasattr(holder, "rows"):
        return _present(holder, "rows", operation) or ()
    return (holder,)


def _present(model: Any, attribute: str, operation: str) -> Any:
    value = getattr(model, attribute)
    if value is None and (source_of(model) or {}).get(attribute) is not None:
        raise UnexpectedResponseError(
            f"the answer's {attribute!r} has another shape than the API's reference says",
            operation=operation,
            http_status=200,
        )
    return value
