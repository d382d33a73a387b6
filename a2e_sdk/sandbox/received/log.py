"""What the sandbox was asked.

This module owns a bounded list of the requests that arrived and a count for each operation. Header
values are never kept, so a token cannot end up in a failing test's output.
"""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Iterator
from typing import Any

from .request import ReceivedRequest

__all__ = ["RequestLog"]

_Entry = tuple[int, tuple[Any, ...]]

_TEXT_BYTES = 64 * 1024 * 1024
"""Bytes that the paths, queries and bodies of all kept requests together may have."""


class RequestLog:
    """The latest requests, oldest first, and how many there were of each kind; safe to use from
    several threads.

    Args:
        limit: how many requests are kept, at least 1, and fewer where their bodies are long. The
            counts go on beyond it.
    """

    def __init__(self, limit: int) -> None:
        self._limit = max(1, limit)
        # As arguments, since most entries are never looked at, and making one takes longer.
        self._latest: deque[_Entry] = deque()
        self._counts: Counter[str | None] = Counter()
        self._text_bytes = 0
        self._next = 1
        self._revision = 0
        self._lock = threading.Lock()

    def next_number(self) -> int:
        """Return the number of the next request, which no other gets."""
        with self._lock:
            self._next += 1
            return self._next - 1

    def add(self, operation: str | None, text_bytes: int, arguments: tuple[Any, ...]) -> None:
        """Note one request.

        Args:
            operation: what it was for; None for an unknown path.
            text_bytes: how many bytes its path, its query and its kept body have.
            arguments: those of `ReceivedRequest`.
        """
        with self._lock:
            self._latest.append((text_bytes, arguments))
            self._counts[operation] += 1
            self._revision += 1
            self._text_bytes += text_bytes
            while len(self._latest) > self._limit or self._text_bytes > _TEXT_BYTES:
                self._text_bytes -= self._latest.popleft()[0]

    def count(self, operation: str | None) -> int:
        """Count the requests for one operation since the start or the last `clear`.

        Args:
            operation: name of the operation; None counts the requests for unknown paths.

        Returns:
            How many arrived, those no longer in the list included.
        """
        return self._counts[operation]

    @property
    def counts(self) -> dict[str | None, int]:
        """A copy of the counts, by operation."""
        with self._lock:
            return dict(self._counts)

    @property
    def total(self) -> int:
        """How many requests arrived since the start or the last `clear`."""
        return sum(self.counts.values())

    @property
    def revision(self) -> int:
        """A number that grows whenever a request arrives or the log is cleared."""
        return self._revision

    def numbered(self) -> list[tuple[int, ReceivedRequest]]:
        """Return the latest requests, each with its number."""
        return [(received.number, received) for received in self]

    def clear(self) -> None:
        """Forget the requests and start the counts at 0; numbers go on, as entries of the ledger
        and tasks name them."""
        with self._lock:
            self._latest.clear()
            self._counts.clear()
            self._text_bytes = 0
            self._revision += 1

    @property
    def next(self) -> int:
        """The number of the next request."""
        return self._next

    def restart(self, number: int = 1) -> None:
        """Forget the requests and the counts, and begin with a number.

        Args:
            number: that of the next request; 1 by default.
        """
        self.clear()
        with self._lock:
            self._next = number

    def __iter__(self) -> Iterator[ReceivedRequest]:
        with self._lock:
            kept = tuple(self._latest)
        return (ReceivedRequest(*arguments) for _, arguments in kept)

    def __len__(self) -> int:
        return len(self._latest)

    def __getitem__(self, index: int) -> ReceivedRequest:
        return ReceivedRequest(*self._latest[index][1])
