"""What the sandbox was asked.

This module owns a bounded list of the requests that arrived and a count for each operation. Header
values are never kept, so a token cannot end up in a failing test's output.
"""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from datetime import datetime

from attrs import frozen

__all__ = ["ReceivedRequest", "RequestLog"]


@frozen
class ReceivedRequest:
    """One request that arrived.

    Args:
        method: HTTP method.
        path: path as on the wire, without the query.
        operation: name of the operation it was routed to, for example ``"list_face_swap_tasks"``;
            None for an unknown path.
        query: decoded query parameters.
        header_names: names of its header fields, in lower case; never their values.
        at: when, by the sandbox's clock.
    """

    method: str
    path: str
    operation: str | None
    query: Mapping[str, str]
    header_names: frozenset[str]
    at: datetime


class RequestLog:
    """The latest requests, oldest first, and how many there were of each kind; safe to use from
    several threads.

    Args:
        limit: how many requests are kept, at least 1. The counts go on beyond it.
    """

    def __init__(self, limit: int) -> None:
        self._latest: deque[ReceivedRequest] = deque(maxlen=limit)
        self._counts: Counter[str | None] = Counter()
        self._lock = threading.Lock()

    def add(self, received: ReceivedRequest) -> None:
        """Note one request.

        Args:
            received: what arrived.
        """
        with self._lock:
            self._latest.append(received)
            self._counts[received.operation] += 1

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

    def numbered(self) -> list[tuple[int, ReceivedRequest]]:
        """Return the latest requests, each with its number since the start or the last `clear`,
        from 1."""
        with self._lock:
            first = sum(self._counts.values()) - len(self._latest) + 1
            return list(enumerate(self._latest, first))

    def clear(self) -> None:
        """Forget the requests and start the counts at 0."""
        with self._lock:
            self._latest.clear()
            self._counts.clear()

    def __iter__(self) -> Iterator[ReceivedRequest]:
        with self._lock:
            return iter(tuple(self._latest))

    def __len__(self) -> int:
        return len(self._latest)

    def __getitem__(self, index: int) -> ReceivedRequest:
        return self._latest[index]
