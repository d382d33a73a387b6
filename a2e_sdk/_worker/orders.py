"""What a worker was told of the runs that it is at work for.

This module owns which slices of this process belong to which run. An order also holds for slices of
its run that begin later.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Generator
from contextlib import contextmanager
from typing import Protocol

from a2e_sdk._cluster.messages import Order, unpacked

#: The orders of so many runs are kept.
_KEPT = 100

_lock = threading.Lock()
_at_work: dict[str, set[Obedient]] = {}
_orders: OrderedDict[str, Order] = OrderedDict()


class Obedient(Protocol):
    """What follows orders; called in any thread, and returns at once."""

    def follow(self, order: Order) -> None: ...


def tell(message: bytes) -> None:
    """Take an order.

    Args:
        message: The `Order`, packed.
    """
    order = unpacked(message, Order)
    with _lock:
        _orders[order.run] = order
        while len(_orders) > _KEPT:
            _orders.popitem(last=False)
        for one in _at_work.get(order.run, ()):
            one.follow(order)


@contextmanager
def at_work(run: str, one: Obedient) -> Generator[None]:
    """Have a slice follow the orders of its run while the block runs, earlier ones included."""
    with _lock:
        _at_work.setdefault(run, set()).add(one)
        order = _orders.get(run)
        if order is not None:
            one.follow(order)
    try:
        yield
    finally:
        with _lock:
            _at_work[run].discard(one)
            if not _at_work[run]:
                del _at_work[run]
