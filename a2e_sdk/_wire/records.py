"""The rows of one answer of a listing, not yet in their friendly form.

This module owns the keys by which rows are told apart, and the refusal of answers whose shape would
lose rows silently. Rows become friendly models when they are
handed out, so that a row that is not handed out costs nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar, cast

from a2e_api.types import Response, as_integer, source_of
from a2e_sdk.errors import UnexpectedResponseError

ItemT = TypeVar("ItemT")


class WireRecord(Protocol):
    """What a row of the generated client has."""

    id: str | None

    def to_dict(self) -> dict[str, Any]:
        """Return the row as the server sent it."""
        ...


class RawPage(Generic[ItemT]):
    """The rows of one answer.

    Args:
        rows: The generated models; None in the place of what is no record.
        total: The server's count of all rows; None where it gave none.
        convert: Makes the friendly model of a row.
    """

    def __init__(
        self,
        rows: Sequence[Any],
        total: int | None,
        convert: Callable[[Any], ItemT],
    ) -> None:
        self._rows = rows
        self._convert = convert
        self.total = total

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def missing(self) -> int:
        """How many rows the server counts beyond these; for a listing in one piece only."""
        return max(0, (self.total or 0) - len(self._rows))

    @property
    def keys(self) -> list[Hashable]:
        """What tells each row from the others: its id, or its whole content without one.

        What is no record is like nothing else, so that no two places of the list are mixed up.
        """
        return [object() if row is None else row.id or _content(row) for row in self._rows]

    def items(self, indexes: Iterable[int] | None = None) -> Iterator[ItemT]:
        """Iterate the friendly models of all rows, or of those at some indexes."""
        rows = self._rows if indexes is None else [self._rows[index] for index in indexes]
        convert = self._convert
        return (convert(row) for row in rows if row is not None)


def _content(row: WireRecord) -> Hashable:
    """Return what only an equal row has too, of a size that does not grow with the row."""
    value = row.to_dict()
    try:
        text = json.dumps(value, sort_keys=True, default=str)
    except RecursionError:
        text = _flat(value)
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _flat(value: Any) -> str:
    """Return what only an equal value has too; a loop, as it may be nested too deep to recurse."""
    pieces: list[str] = []
    pending: list[Any] = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            members = sorted(cast(dict[str, Any], item).items(), key=lambda member: member[0])
            pieces.append(f"{{{len(members)}")
            pending += [part for member in members for part in member]
        elif isinstance(item, list):
            pieces.append(f"[{len(cast(list[Any], item))}")
            pending += item
        else:
            pieces.append(json.dumps(item, default=str))
    return "\n".join(pieces)


def response_data(response: Response[Any], operation: str) -> Any:
    """Return the ``data`` of an answer; None where the server sent null or nothing.

    Raises:
        UnexpectedResponseError: The server sent something that is not what the reference promises.
    """
    return _present(response.parsed, "data", operation)


def extract_records(holder: Any) -> Sequence[Any]:
    """Return rows from any of the shapes in which the server sends all of them at once.

    Args:
        holder: An array of records, one record, an object that wraps them, or None.

    Raises:
        UnexpectedResponseError: The wrapped rows are there, but are not an array.
    """
    if holder is None:
        return ()
    if isinstance(holder, list):
        return cast(list[Any], holder)
    wraps = [key for key in ("rows", "list", "data") if _attribute(holder, key)]
    if not wraps:
        return (holder,)
    source = source_of(holder)
    return _present(holder, next((key for key in wraps if key in source), wraps[0]), "") or ()


def count_of(holder: Any) -> int | None:
    """Return how many records the server counts in what `extract_records` takes; None without."""
    if holder is None or isinstance(holder, list):
        return None
    return _count(source_of(holder), ("count", "total"))


def _count(source: Mapping[str, Any], keys: Sequence[str]) -> int | None:
    """Return the first count among some keys, whether or not the reference has it there."""
    return next((as_integer(source[key]) for key in keys if source.get(key) is not None), None)


def raw_page_of_array(
    array: Sequence[Any], number: int, size: int, convert: Callable[[Any], ItemT]
) -> RawPage[ItemT]:
    """Return the rows of an answer that is a bare array.

    Args:
        array: The records; where they are more than a page, all that there are.
        number: The number of the page that was asked for.
        size: Its size.
        convert: Makes the friendly model of a row.
    """
    if len(array) > size:
        return RawPage(array[(number - 1) * size : number * size], len(array), convert)
    return RawPage(array, None, convert)


def raw_page_of_object(
    page: Any,
    keys: Sequence[str],
    totals: Sequence[str],
    operation: str,
    convert: Callable[[Any], ItemT],
) -> RawPage[ItemT]:
    """Return the rows of an answer that wraps them.

    Args:
        page: The generated model.
        keys: The keys that may hold the rows, by how likely they are.
        totals: The keys that may hold their number, likewise.
        operation: The operation's id, for errors.
        convert: Makes the friendly model of a row.

    Raises:
        UnexpectedResponseError: The rows are there, but are not an array.
    """
    source = source_of(page)
    known = [key for key in keys if _attribute(page, key)]
    key = next((key for key in known if source.get(key) is not None), known[0])
    return RawPage(records_in_place(page, key, operation), _count(source, totals), convert)


def records_in_place(page: Any, attribute: str, operation: str) -> Sequence[Any]:
    """Return the rows of a page with None in the place of each that is no record.

    The places matter: which page holds what is reckoned from them.

    Raises:
        UnexpectedResponseError: The rows are there, but are not an array.
    """
    rows: list[Any] = _present(page, attribute, operation) or []
    raw = source_of(page).get(attribute)
    if not isinstance(raw, list):
        return rows
    items = cast(list[Any], raw)
    if len(items) == len(rows):
        return rows
    rest = iter(rows)
    return [next(rest, None) if isinstance(item, dict) else None for item in items]


def _present(model: Any, attribute: str, operation: str) -> Any:
    value = getattr(model, _attribute(model, attribute))
    if value is None and source_of(model).get(attribute) is not None:
        raise UnexpectedResponseError(
            f"the answer's {attribute!r} has another shape than the API's reference says",
            operation=operation,
            http_status=200,
        )
    return value


def _attribute(model: Any, key: str) -> str:
    """Return what the generated model calls a key of the server; an empty text without it."""
    if hasattr(model, key):
        return key
    # A word of Python's, such as "list", has another name there.
    return next((name for name, wire in model._wire_names.items() if wire == key), "")
