"""Which request meets which fault.

Owns the line of faults that wait for their request. What a fault does is its own business.

    sandbox.faults.add(Fault.rate_limited(retry_after=2))
    sandbox.faults.add(Fault.drop_after_read(), operation="add_face_swap_task")
    sandbox.faults.add(Fault(status=520, body=b"error"), times=3)
"""

from __future__ import annotations

import threading
from collections.abc import Collection

from attrs import define

from .faults import Fault

__all__ = ["FaultScript"]


@define
class _Entry:
    fault: Fault
    operation: str | None
    times: int | None


class FaultScript:
    """Faults waiting for their request, first come first served; safe to use from several threads.

    Args:
        operations: names of the operations there are.
    """

    def __init__(self, operations: Collection[str]) -> None:
        self._operations = operations
        self._entries: list[_Entry] = []
        self._lock = threading.Lock()

    def add(self, fault: Fault, operation: str | None = None, times: int | None = 1) -> None:
        """Let coming requests meet a fault.

        Args:
            fault: what goes wrong.
            operation: only requests for this operation, for example ``"add_face_swap_task"``; None
                (the default) for any request, downloads and unknown paths too.
            times: how many requests meet it; 1 by default, None for all from now on.

        Raises:
            ValueError: there is no such operation, or ``times`` is less than 1.
        """
        if operation is not None and operation not in self._operations:
            raise ValueError(f"no operation {operation!r}; there are {sorted(self._operations)}")
        if times is not None and times < 1:
            raise ValueError("times must be 1 or more, or None")
        with self._lock:
            self._entries.append(_Entry(fault, operation, times))

    def take(self, operation: str | None) -> Fault | None:
        """Use up one fault for a request.

        Args:
            operation: the operation the request was routed to; None for an unknown path.

        Returns:
            The first fault in line for it, or None.
        """
        with self._lock:
            for entry in self._entries:
                if entry.operation in (None, operation):
                    if entry.times is not None:
                        entry.times -= 1
                        if not entry.times:
                            self._entries.remove(entry)
                    return entry.fault
        return None

    def clear(self) -> None:
        """Forget all faults that have not been met."""
        with self._lock:
            self._entries.clear()

    def __len__(self) -> int:
        """How many entries still wait, an entry for several requests counted once."""
        return len(self._entries)
