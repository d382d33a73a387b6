"""The coins of the sandbox's only account.

This module owns the balance and the list of what changed it. What a task costs and when it is
refunded is decided by the task families.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime
from typing import Literal, overload

from attrs import frozen

__all__ = ["CoinEntry", "CoinLedger", "InsufficientCoinsError", "Reason", "SavedLedger"]

Reason = Literal["start", "upload", "speech", "streaming", "refund", "purchase"]
"""What coins are taken for, or why they are added."""


class InsufficientCoinsError(Exception):
    """The balance does not cover a charge."""


@frozen
class CoinEntry:
    """One change of the balance.

    Args:
        task_id: id of the task it belongs to; of a signed upload URL, the key of the object; of a
            streaming session, its channel; of a purchase, an empty text.
        amount: coins; negative for a charge, positive for a refund or a purchase.
        reason: ``"start"``, ``"upload"``, ``"speech"``, ``"streaming"``, ``"refund"`` or
            ``"purchase"``.
        at: when, an aware UTC datetime.
        request: number of the request that it belongs to; None for what no request has changed.
    """

    task_id: str
    amount: int
    reason: Reason
    at: datetime
    request: int | None = None


@frozen
class SavedLedger:
    """A ledger at one moment.

    Args:
        balance: coins left, 0 or more.
        entries: its entries in their order.
    """

    balance: int
    entries: list[CoinEntry]

    def __attrs_post_init__(self) -> None:
        _checked(self.balance)


class CoinLedger(Sequence[CoinEntry]):
    """Entries in the order they were made; reads like a list and is safe to use from several
    threads.

    Args:
        coins: balance at the start, 0 or more.

    Raises:
        ValueError: ``coins`` is negative.
    """

    def __init__(self, coins: int) -> None:
        self._balance = _checked(coins)
        self._entries: list[CoinEntry] = []
        self._refunds: dict[str, int] = {}
        self._revision = 0
        self._lock = threading.Lock()

    @property
    def balance(self) -> int:
        """Coins left; setting it enters nothing."""
        return self._balance

    @balance.setter
    def balance(self, coins: int) -> None:
        with self._lock:
            self._balance = _checked(coins)
            self._revision += 1

    @property
    def revision(self) -> int:
        """A number that grows whenever the balance is changed."""
        return self._revision

    def refunded(self, task_id: str) -> int:
        """Return how many coins came back for a task.

        Args:
            task_id: id of the task.
        """
        return self._refunds.get(task_id, 0)

    def clear(self, coins: int) -> None:
        """Forget all entries and begin anew.

        Args:
            coins: balance to begin with, 0 or more.

        Raises:
            ValueError: ``coins`` is negative.
        """
        with self._lock:
            self._balance = _checked(coins)
            self._entries.clear()
            self._refunds.clear()
            self._revision += 1

    def saved(self) -> SavedLedger:
        """Return what it says at this moment."""
        with self._lock:
            return SavedLedger(self._balance, list(self._entries))

    def restore(self, saved: SavedLedger) -> None:
        """Say what another ledger said, and nothing else.

        Args:
            saved: what that one said.
        """
        with self._lock:
            self._balance, self._entries = saved.balance, list(saved.entries)
            self._refunds.clear()
            for entry in saved.entries:
                if entry.reason == "refund":
                    before = self._refunds.get(entry.task_id, 0)
                    self._refunds[entry.task_id] = before + entry.amount
            self._revision += 1

    def charge(
        self,
        task_id: str,
        amount: int,
        at: datetime,
        reason: Reason = "start",
        request: int | None = None,
    ) -> None:
        """Take coins; nothing is entered for an amount of 0.

        Args:
            task_id: id of the task, key of the object, or channel.
            amount: coins to take, 0 or more.
            at: when.
            reason: what they are taken for; a start by default.
            request: number of the request that it belongs to; None for none.

        Raises:
            InsufficientCoinsError: fewer coins are left; nothing was taken.
        """
        with self._lock:
            if amount > self._balance:
                raise InsufficientCoinsError(f"{amount} coins needed, {self._balance} left")
            self._enter(CoinEntry(task_id, -amount, reason, at, request))

    def refund(self, task_id: str, amount: int, at: datetime, request: int | None = None) -> None:
        """Give coins back for a task; nothing is entered for an amount of 0.

        Args:
            task_id: id of the task.
            amount: coins to give back, 0 or more.
            at: when.
            request: number of the request that it belongs to; None for none.
        """
        with self._lock:
            self._enter(CoinEntry(task_id, amount, "refund", at, request))
            if amount:
                self._refunds[task_id] = self._refunds.get(task_id, 0) + amount

    def buy(self, amount: int, at: datetime) -> None:
        """Add coins, as if they had been bought; nothing is entered for an amount of 0.

        Args:
            amount: coins to add, 0 or more.
            at: when.

        Raises:
            ValueError: ``amount`` is negative.
        """
        with self._lock:
            self._enter(CoinEntry("", _checked(amount), "purchase", at))

    def _enter(self, entry: CoinEntry) -> None:
        if entry.amount:
            self._balance += entry.amount
            self._entries.append(entry)
            self._revision += 1

    @overload
    def __getitem__(self, index: int) -> CoinEntry: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[CoinEntry]: ...
    def __getitem__(self, index: int | slice) -> CoinEntry | Sequence[CoinEntry]:
        return self._entries[index]

    def __len__(self) -> int:
        return len(self._entries)

    def __repr__(self) -> str:
        return f"CoinLedger(balance={self._balance}, entries={self._entries!r})"


def _checked(coins: int) -> int:
    if coins < 0:
        raise ValueError("coins must be 0 or more")
    return coins
