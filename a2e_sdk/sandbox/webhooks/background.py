"""Send webhooks in the background, as their tasks end on the sandbox's clock.

This module owns the thread that waits for the next end, and how many are sent at once. It sleeps
until that end, or until the clock, a task or a setting changes; it asks nothing in between.
"""

from __future__ import annotations

import threading
from collections import Counter

from a2e_sdk.sandbox.state.changes import Changes
from a2e_sdk.sandbox.state.deliveries import Delivery

from .delivering import MAX_AT_ONCE, Webhooks

__all__ = ["MAX_PER_RECEIVER", "BackgroundSender"]

MAX_PER_RECEIVER = 2
"""How many are sent to one receiver at the same time, so that a slow one leaves room for others."""

_ROUNDING = 0.001


class BackgroundSender:
    """Sends the webhooks of a sandbox until it is closed.

    Args:
        webhooks: the webhooks.
        changes: tell of what may bring the next end on: the clock, tasks, settings.
        closing: ends what is being sent when it is set, as `close` does; None (the default) for
            `close` alone.
    """

    def __init__(
        self,
        webhooks: Webhooks,
        changes: tuple[Changes, ...],
        closing: threading.Event | None = None,
    ) -> None:
        self._webhooks = webhooks
        self._condition = threading.Condition()
        self._is_woken = True
        self._closing = closing or threading.Event()
        self._busy: Counter[str] = Counter()
        self._threads: set[threading.Thread] = set()
        self._ends = [one.listen(self._wake) for one in changes]
        self._thread = threading.Thread(target=self._run, name="a2e-sandbox-webhooks", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End what is being sent, and the threads. What is pending stays so. Closing twice is
        fine."""
        self._closing.set()
        self._wake()
        for end in self._ends:
            end()
        self._thread.join()
        with self._condition:
            threads = list(self._threads)
        for thread in threads:
            thread.join()

    def _wake(self) -> None:
        with self._condition:
            self._is_woken = True
            self._condition.notify_all()

    def _run(self) -> None:
        wait: float | None = 0.0
        while not self._closing.is_set():
            with self._condition:
                self._condition.wait_for(lambda: self._is_woken, wait)
                self._is_woken = False
            if self._closing.is_set():
                return
            self._start_what_is_due()
            wait = self._webhooks.until_next()
            wait = None if wait is None else wait + _ROUNDING

    def _start_what_is_due(self) -> None:
        while not self._closing.is_set():
            with self._condition:
                if len(self._threads) >= MAX_AT_ONCE:
                    return
                full = {name for name, count in self._busy.items() if count >= MAX_PER_RECEIVER}
            delivery = self._webhooks.take(lambda one: _origin(one) not in full)  # noqa: B023
            if delivery is None:
                return
            thread = threading.Thread(
                target=self._send, args=(delivery,), name="a2e-sandbox-delivery", daemon=True
            )
            with self._condition:
                self._threads.add(thread)
                self._busy[_origin(delivery)] += 1
            thread.start()

    def _send(self, delivery: Delivery) -> None:
        try:
            self._webhooks.send_taken(delivery, self._closing)
        finally:
            with self._condition:
                self._threads.discard(threading.current_thread())
                self._busy[_origin(delivery)] -= 1
                self._busy += Counter()  # Without those at 0.
            self._wake()


def _origin(delivery: Delivery) -> str:
    """Return what two URLs of one receiver have in common: scheme, host and port."""
    return "/".join(delivery.url.split("/", 3)[:3]).lower()
