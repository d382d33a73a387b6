"""Records by id, newest first.

Owns the order and the paging of the sandbox's records. It does not know what a record is, and is
not locked: the sandbox handles one request at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Generic, TypeVar

__all__ = ["Collection"]

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

    def page(self, number: int, size: int) -> list[T]:
        """Return one page, newest first.

        Args:
            number: number of the page, from 1.
            size: records on a page.

        Returns:
            The records of that page; fewer on the last one, none beyond it.
        """
        first = (number - 1) * size
        return list(islice(self, first, first + size))

    def __iter__(self) -> Iterator[T]:
        return reversed(self._records.values())

    def __len__(self) -> int:
        return len(self._records)
