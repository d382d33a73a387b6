"""Which request meets which fault.

This module owns the line of faults that wait for their request. What a fault does is its own
business.

    sandbox.faults.add(Fault.rate_limited(retry_after=2))
    sandbox.faults.add(Fault.drop_after_read(), operation="add_face_swap_task")
    sandbox.faults.add(Fault(status=520, body=b"error"), times=3)
"""

from __future__ import annotations

import threading
from collections.abc import Collection
from copy import deepcopy

from attrs import evolve, frozen

from a2e_sdk.sandbox.state.even_share import EvenShare

from .fault import Fault

__all__ = ["FaultScript", "SavedFaults", "WaitingFault"]


@frozen
class WaitingFault:
    """A fault that waits for its requests.

    Args:
        id: number by which it can be taken out again, from 1.
        fault: what goes wrong.
        operation: the operation it waits for; None for any request.
        times: how many requests will still meet it; None for all.
        share: which of the requests that it waits for meet it.
    """

    id: int
    fault: Fault
    operation: str | None
    times: int | None
    share: EvenShare


@frozen
class SavedFaults:
    """A script at one moment.

    Args:
        added: how many faults were added to it.
        waiting: those that waited, in their order.
    """

    added: int
    waiting: list[WaitingFault]


class FaultScript:
    """Faults waiting for their request, first come first served; safe to use from several threads.

    Args:
        operations: names of the operations there are.
    """

    def __init__(self, operations: Collection[str]) -> None:
        self._operations = operations
        self._entries: list[WaitingFault] = []
        self._added = 0
        self._revision = 0
        self._lock = threading.Lock()

    def add(
        self,
        fault: Fault,
        operation: str | None = None,
        times: int | None = 1,
        share: float = 1.0,
    ) -> int:
        """Let coming requests meet a fault.

        Args:
            fault: what goes wrong.
            operation: only requests for this operation, for example ``"add_face_swap_task"``; None
                (the default) for any request, downloads and unknown paths too.
            times: how many requests meet it; 1 by default, None for all from now on.
            share: how many of the requests that it waits for meet it, evenly: of 0.05, every
                twentieth. 1 by default.

        Returns:
            The number by which `remove` takes it out.

        Raises:
            ValueError: there is no such operation, ``times`` is less than 1, or the share is not
                from 0 to 1.
        """
        if operation is not None and operation not in self._operations:
            raise ValueError(f"no operation {operation!r}; there are {sorted(self._operations)}")
        if times is not None and times < 1:
            raise ValueError("times must be 1 or more, or None")
        chosen = EvenShare(share)
        with self._lock:
            self._added += 1
            self._revision += 1
            self._entries.append(WaitingFault(self._added, fault, operation, times, chosen))
            return self._added

    def remove(self, number: int) -> bool:
        """Take out a fault that still waits.

        Args:
            number: what `add` has returned.

        Returns:
            Whether it was there.
        """
        with self._lock:
            left = [entry for entry in self._entries if entry.id != number]
            found = len(left) < len(self._entries)
            self._entries = left
            self._revision += 1
            return found

    @property
    def waiting(self) -> tuple[WaitingFault, ...]:
        """The faults that still wait, in the order in which they were added."""
        with self._lock:
            return tuple(self._entries)

    @property
    def revision(self) -> int:
        """A number that grows whenever a fault is added, met or taken out."""
        return self._revision

    def take(self, operation: str | None) -> Fault | None:
        """Use up one fault for a request.

        Args:
            operation: the operation the request was routed to; None for an unknown path.

        Returns:
            The first fault in line for it, or None.
        """
        waiting = self.take_waiting(operation)
        return None if waiting is None else waiting.fault

    def take_waiting(self, operation: str | None) -> WaitingFault | None:
        """Use up one fault for a request, like `take`.

        Args:
            operation: the operation the request was routed to; None for an unknown path.

        Returns:
            What had waited for it, or None.
        """
        if not self._entries:
            return None
        with self._lock:
            for place, entry in enumerate(self._entries):
                if entry.operation in (None, operation) and entry.share.take():
                    if entry.times == 1:
                        del self._entries[place]
                    elif entry.times is not None:
                        self._entries[place] = evolve(entry, times=entry.times - 1)
                    self._revision += 1
                    return entry
        return None

    def saved(self) -> SavedFaults:
        """Return what waits at this moment."""
        with self._lock:
            return SavedFaults(self._added, deepcopy(self._entries))

    def restore(self, saved: SavedFaults) -> None:
        """Let the faults of another script wait, and no others.

        Args:
            saved: what waited there.
        """
        with self._lock:
            self._added, self._entries = saved.added, list(saved.waiting)
            self._revision += 1

    def clear(self) -> None:
        """Forget all faults that have not been met."""
        with self._lock:
            self._entries.clear()
            self._revision += 1

    def __len__(self) -> int:
        """How many entries still wait, an entry for several requests counted once."""
        return len(self._entries)
