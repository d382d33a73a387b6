"""What a test changes in a running sandbox, and asks it: prices, pace, limits, repeated starts.

This module owns these methods of `Sandbox`, without those of requests and records. Over HTTP they
are the endpoints below ``/__sandbox__/``.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import Any

from a2e_sdk.sandbox.state.progress import Failure
from a2e_sdk.sandbox.state.running import RunningLimit
from a2e_sdk.sandbox.state.server_state import Rejection, SandboxState
from a2e_sdk.sandbox.state.settings import FailureShare, checked_pace
from a2e_sdk.sandbox.state.starts import RepeatedStart

from .services import Services

__all__ = ["SandboxControls"]


class SandboxControls:
    """The methods of a sandbox that change how it goes on."""

    _lock: threading.RLock
    _state: SandboxState
    _services: Services

    @property
    def prices(self) -> dict[str, int]:
        """What each start costs in coins, by operation; of a streaming session, each 10 seconds."""
        with self._lock:
            return self._services.prices

    @property
    def pace(self) -> dict[str, float]:
        """``processing_after``, ``completed_after`` and ``latency``, in seconds."""
        with self._lock:
            return {
                "processing_after": self._state.processing_after,
                "completed_after": self._state.completed_after,
                "latency": self._state.latency,
            }

    @property
    def failure_share(self) -> FailureShare:
        """How many of all tasks fail, and why."""
        with self._lock:
            return self._state.failure_share

    @property
    def running(self) -> int:
        """How many tasks of the account have not ended."""
        with self._lock:
            self._settle()
            return len(self._state.running)

    @property
    def running_limit(self) -> RunningLimit:
        """How many tasks may run at once, and how one more is refused."""
        with self._lock:
            return self._state.running_limit

    def limit_running(
        self,
        max_running: int | None,
        *,
        busy_code: int = 429,
        retry_after: float | None = None,
    ) -> None:
        """Set how many tasks of the account may run at once. A start that would make more of them
        is refused and costs nothing; tasks that run already go on.

        Args:
            max_running: how many; None for any number.
            busy_code: the code of the refusal: 429 (the default) or 503, which are its HTTP status
                too, or 1001 under HTTP 200.
            retry_after: seconds in the ``Retry-After`` header of the refusal, whose HTTP status is
                503 for 1001 then; None (the default) for no header.

        Raises:
            ValueError: a number is negative, or the code is another one.
        """
        with self._lock:
            self._state.running_limit = RunningLimit(max_running, busy_code, retry_after)

    @property
    def refund_failed(self) -> bool:
        """Whether the coins of a task come back when it fails; holds for tasks that start after it
        was set."""
        return self._state.refund_failed

    @refund_failed.setter
    def refund_failed(self, refunds: bool) -> None:
        with self._lock:
            self._state.refund_failed = refunds

    def buy_coins(self, amount: int) -> int:
        """Add coins to the balance, with an entry in the ledger.

        Args:
            amount: how many, 0 or more.

        Returns:
            The new balance.

        Raises:
            ValueError: ``amount`` is negative.
        """
        with self._lock:
            self._settle()
            self._state.coins.buy(amount, self._state.clock.now())
            return self._state.coins.balance

    @property
    def starts(self) -> int:
        """How many starts were accepted; one of several tasks counts once."""
        with self._lock:
            return len(self._state.starts)

    def repeated_starts(self) -> list[RepeatedStart]:
        """Return the starts that asked for the same as another one did, in groups.

        They ask for the same when they are of one operation and their bodies are equal, names,
        titles and webhooks aside; two uploads of the same bytes are equal. Deleted tasks count too.

        Returns:
            The groups, in the order of the first repetition in each.
        """
        with self._lock:
            self._settle()
            return self._state.starts.repeated(self._state.coins)

    def paid_twice(self) -> list[RepeatedStart]:
        """Return those of `repeated_starts` in which more than one start cost coins that did not
        all come back. It is empty when nobody paid twice."""
        return [group for group in self.repeated_starts() if group.is_paid_twice]

    def _settle(self) -> None:
        self._state.settle(self._state.clock.now())

    def set_price(self, operation: str, coins: int) -> None:
        """Set what a start costs from now on; the tasks of one family cost the same.

        Args:
            operation: one of `prices`.
            coins: the price, 0 or more.

        Raises:
            ValueError: nothing of this name has a price, or the price is negative.
        """
        with self._lock:
            self._services.set_price(operation, coins)

    def set_pace(
        self,
        *,
        processing_after: float | None = None,
        completed_after: float | None = None,
        latency: float | None = None,
    ) -> None:
        """Set how fast tasks that start from now on move, and how late responses come.

        Args:
            processing_after: seconds from a task's start until it is processing; None (the default)
                leaves it as it is, as for the others.
            completed_after: seconds from a task's start until it ends.
            latency: seconds every reply asks to be delayed by.

        Raises:
            ValueError: a number is negative, or a task would end before it is processing.
        """
        chosen = {
            "processing_after": processing_after,
            "completed_after": completed_after,
            "latency": latency,
        }
        with self._lock:
            pace = self.pace | {name: value for name, value in chosen.items() if value is not None}
            checked_pace(**pace)
            for name, value in pace.items():
                setattr(self._state, name, value)

    def fail_share(self, share: float, message: str = "failed", *, code: str = "-1") -> None:
        """Let a share of the tasks that start from now on fail, evenly: of a fifth, every fifth.

        Args:
            share: from 0 for none to 1 for all.
            message: the server's text for it.
            code: the server's code for it.

        Raises:
            ValueError: the share is not from 0 to 1.
        """
        with self._lock:
            self._state.failure_share = FailureShare(share, Failure(message, code))

    def coming(self) -> dict[str, int]:
        """Count what `fail_next`, `status_word_next` and `reject_next` have in store, as
        ``failures``, ``status_words`` and ``rejections``."""
        with self._lock:
            return {name: len(coming) for name, coming in self._coming().items()}

    def forget_next(self, *names: str) -> None:
        """Forget what no task has met yet.

        Args:
            names: some of those that `coming` counts; all of them by default.

        Raises:
            ValueError: there is no such name.
        """
        with self._lock:
            coming = self._coming()
            unknown = set(names) - coming.keys()
            if unknown:
                raise ValueError(f"nothing is called {sorted(unknown)}; there are {sorted(coming)}")
            for name in names or coming:
                coming[name].clear()

    def _coming(self) -> dict[str, deque[Any]]:
        state = self._state
        return {
            "failures": state.failures,
            "status_words": state.status_words,
            "rejections": state.rejections,
        }

    def replace_results(self) -> None:
        """Give the results of all tasks other bytes and other entity tags from now on."""
        with self._lock:
            self._state.results.edition += 1

    def fail_next(self, message: str, *, code: str = "-1") -> None:
        """Let the next task of any family, or the next preview, fail when its time is up.

        Args:
            message: the server's text for it, under ``faild_message`` for a face swap.
            code: the server's code for it, under ``error_code`` for a face swap.
        """
        with self._lock:
            self._state.failures.append(Failure(message, code))

    def status_word_next(self, word: str) -> None:
        """Let the next task of any family, or the next preview, show another status word.

        Args:
            word: what to show in place of ``processing``, for example one no client knows.
        """
        with self._lock:
            self._state.status_words.append(word)

    def reject_next(self, code: int = 1003, *, message: str = "Content policy") -> None:
        """Let moderation refuse the next start of a task, speech or watermark; nothing is charged.

        Args:
            code: the envelope's code: 1003 (the default) where a minor was detected, 1004 where one
                is suspected. The HTTP status is 403 where the spec lists it.
            message: the server's text for it.

        Raises:
            ValueError: the code is not above 0.
        """
        if code <= 0:
            raise ValueError("code must be above 0")
        with self._lock:
            self._state.rejections.append(Rejection(message, code))

    def occupy_streaming_hosts(self, busy: bool = True) -> None:
        """Let all streaming hosts be occupied, so that sessions are refused with code 1001.

        Args:
            busy: False sets them free again; True by default.
        """
        with self._lock:
            self._state.hosts_are_busy = busy
