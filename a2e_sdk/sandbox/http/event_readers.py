"""How many connections may follow the events of a sandbox at once.

This module owns their number, so that pages that were left open do not take all connections.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Generator

__all__ = ["EventReaders"]


class EventReaders:
    """Counts the connections that follow the events; safe to use from several threads.

    Args:
        limit: how many there may be.
    """

    def __init__(self, limit: int) -> None:
        self._left = limit
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def one_more(self) -> Generator[bool, None, None]:
        """Count one for as long as the context lasts; it is told whether there was room for it."""
        with self._lock:
            is_admitted = self._left > 0
            self._left -= is_admitted
        try:
            yield is_admitted
        finally:
            with self._lock:
                self._left += is_admitted
