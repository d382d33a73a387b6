"""Records by id, newest first.

This module owns the order and the paging of the sandbox's records. It does not know what a record
is, and is not locked: the sandbox handles one request at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Generic, TypeVar

from a2e_sdk.sandbox.protocol.responses import refused_field
from a2e_sdk.sandbox.protocol.routing import Call

__all__ = ["Collection", "page_asked_for", "page_of"]

T = TypeVar("T")


class Collection(Generic[T]):
    """Records in the order they were added, listed from the newest."""

    def __init__(self) -> None:
        self._records: dict[str, T] = {}

    def add(self, record_id: str, record: T) -> None:
        """Add a record, which becomes the newest.

        Args:
            record_id: its id.
            record: the record.

        Raises:
            ValueError: there is a record with this id.
        """
        if record_id in self._records:
            raise ValueError(f"there is a record {record_id!r} already")
        self._records[record_id] = record

    def get(self, record_id: str) -> T | None:
        """Find a record.

        Args:
            record_id: its id.

        Returns:
            The record, or None.
        """
        return self._records.get(record_id)

    def remove(self, record_id: str) -> bool:
        """Take a record out.

        Args:
            record_id: its id.

        Returns:
            Whether it was there.
        """
        return self._records.pop(record_id, None) is not None

    def saved(self) -> dict[str, T]:
        """Return all records by their ids, oldest first."""
        return dict(self._records)

    def restore(self, saved: Mapping[str, T]) -> None:
        """Hold records that were saved, and no others.

        Args:
            saved: the records by their ids, oldest first.
        """
        self._records = dict(saved)

    def page(self, number: int, size: int) -> list[T]:
        """Return one page, newest first.

        Args:
            number: number of the page, from 1.
            size: records on a page; 0 for all records, whatever the number.

        Returns:
            The records of that page; fewer on the last one, none beyond it.
        """
        first = (number - 1) * size
        return list(islice(self, first, first + size)) if size else list(self)

    def __iter__(self) -> Iterator[T]:
        return reversed(self._records.values())

    def __len__(self) -> int:
        return len(self._records)


def page_of(records: Sequence[T], number: int, size: int) -> Sequence[T]:
    """Return one page of records that are in order.

    Args:
        records: the records.
        number: number of the page, from 1.
        size: records on a page; 0 for all records, whatever the number.

    Returns:
        The records of that page; fewer on the last one, none beyond it.
    """
    first = (number - 1) * size
    return records[first : first + size] if size else records


_NUMBERS = {"pageNum", "page", "current"}
_SIZES = {"pageSize", "page_size"}
_DEFAULT_SIZE = 20


def page_asked_for(call: Call) -> tuple[int, int]:
    """Read which page a checked request asks for, by any of the names that the server has for it.

    Args:
        call: the request.

    Returns:
        The page's number, from 1, and its size; a size of 0 where the operation has no pages.

    Raises:
        RefusedError: one of them is below 1, where the spec sets no limit.
    """
    given = {**call.body, **call.query}
    number = _from_one(given, _NUMBERS, 1)
    return number, _from_one(given, _SIZES, _DEFAULT_SIZE if _NUMBERS & given.keys() else 0)


def _from_one(given: Mapping[str, Any], names: Iterable[str], default: int) -> int:
    name = next((name for name in names if name in given), None)
    if name is None:
        return default
    # One operation takes numbers as text too.
    word = str(given[name])
    if not (word.isascii() and word.isdigit() and len(word) <= 15) or int(word) < 1:
        raise refused_field(name, "query", "must be a whole number from 1")
    return int(word)
