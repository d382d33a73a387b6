"""Tell listeners that something has changed.

This module owns the list of listeners. What they do with it is theirs: they are told that something
changed, never what.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

__all__ = ["Changes"]

Listener = Callable[[], object]
"""Called without arguments, in the thread that made the change; it must return at once."""


class Changes:
    """Counts the changes of one thing, and tells its listeners of each; safe to use from several
    threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: tuple[Listener, ...] = ()
        self._revision = 0

    @property
    def revision(self) -> int:
        """How many changes there were."""
        return self._revision

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Have a listener told of every change from now on.

        Args:
            listener: called once for each change.

        Returns:
            Ends it; calling it twice is fine.
        """
        with self._lock:
            self._listeners = (*self._listeners, listener)

        def end() -> None:
            with self._lock:
                self._listeners = tuple(one for one in self._listeners if one is not listener)

        return end

    def tell(self) -> None:
        """Count a change and tell the listeners. Hold no lock that a listener could need."""
        with self._lock:
            self._revision += 1
            listeners = self._listeners
        for listener in listeners:
            listener()
