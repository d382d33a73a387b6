"""What was started and paid for, so that a start that was repeated is found.

This module owns the index of all starts by what they asked for, and the rule of what counts as the
same: the operation and its body, without names, titles and webhooks. It is the judge of a client
that must not pay twice, so that it outlives the tasks: a deleted one stays here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, cast

from attrs import evolve, frozen

from .ledger import CoinEntry

__all__ = ["RepeatedStart", "SavedRepetition", "SavedStarts", "Start", "StartIndex"]

_LEFT_OUT = frozenset({"name", "title", "webhook_url", "webhook_token"})

ResourceOf = Callable[[str], str]
"""Returns what a text stands for: of the link to a file here, something that two links to the same
bytes have in common; of anything else, the text."""


@frozen
class Start:
    """One start.

    Args:
        task_ids: the ids of the tasks that it made, or of what else it made.
        coins: what it cost in all.
        at: when, an aware UTC datetime.
        refunded: how many of the coins came back.
        request: number of the request that started it; None where none did.
        repeats: number of the request that had started the same before; None for the first such
            start.
    """

    task_ids: tuple[str, ...]
    coins: int
    at: datetime
    refunded: int = 0
    request: int | None = None
    repeats: int | None = None


@frozen
class RepeatedStart:
    """Starts that asked for the same.

    Args:
        operation: the operation.
        starts: two or more, in the order in which they arrived.
    """

    operation: str
    starts: tuple[Start, ...]

    @property
    def is_paid_twice(self) -> bool:
        """Whether more than one of them cost coins that did not all come back."""
        return sum(start.coins > start.refunded for start in self.starts) > 1


@frozen
class SavedRepetition:
    """Starts that asked for the same, at one moment.

    Args:
        digest: what they asked for, in hexadecimal digits.
        operation: the operation.
        starts: the starts.
    """

    digest: str
    operation: str
    starts: list[Start]

    def __attrs_post_init__(self) -> None:
        bytes.fromhex(self.digest)


@frozen
class SavedStarts:
    """An index of starts at one moment.

    Args:
        total: how many starts there were.
        first: the first start of each kind, by its digest in hexadecimal digits.
        repeated: the kinds of which there was more than one.
    """

    total: int
    first: dict[str, Start]
    repeated: list[SavedRepetition]

    def __attrs_post_init__(self) -> None:
        for digest in self.first:
            bytes.fromhex(digest)


class StartIndex:
    """All starts, by what they asked for.

    It is not locked: the sandbox handles one request at a time.

    Attributes:
        resource_of: tells which links lead to the same bytes; none do by default.
    """

    def __init__(self) -> None:
        self.resource_of: ResourceOf = str
        # Most starts are the only one of their kind, and a tuple of one costs memory for nothing.
        self._first: dict[bytes, Start] = {}
        self._repeated: dict[bytes, tuple[str, list[Start]]] = {}
        self._total = 0

    def __len__(self) -> int:
        return self._total

    def saved(self) -> SavedStarts:
        """Return the index at this moment."""
        repeated = self._repeated.items()
        return SavedStarts(
            self._total,
            {digest.hex(): start for digest, start in self._first.items()},
            [
                SavedRepetition(digest.hex(), operation, list(starts))
                for digest, (operation, starts) in repeated
            ],
        )

    def restore(self, saved: SavedStarts) -> None:
        """Hold the starts of another index, and no others.

        Args:
            saved: what that one held.
        """
        self._total = saved.total
        self._first = {bytes.fromhex(digest): start for digest, start in saved.first.items()}
        self._repeated = {
            bytes.fromhex(one.digest): (one.operation, list(one.starts)) for one in saved.repeated
        }

    def add(self, operation: str, body: Mapping[str, Any], start: Start) -> Start:
        """Note a start.

        Args:
            operation: the operation.
            body: the checked fields of its body.
            start: what came of it.

        Returns:
            The start, which names the one that it repeats.
        """
        self._total += 1
        digest = self._digest(operation, body)
        first = self._first.setdefault(digest, start)
        if first is start:
            return start
        earlier = self._repeated.setdefault(digest, (operation, [first]))[1]
        earlier.append(evolve(start, repeats=earlier[-1].request))
        return earlier[-1]

    def repeated(self, ledger: Iterable[CoinEntry]) -> list[RepeatedStart]:
        """Return the starts that asked for the same as another, in groups.

        Args:
            ledger: says which coins came back.
        """
        if not self._repeated:
            return []
        refunds: dict[str, int] = {}
        for entry in ledger:
            if entry.reason == "refund":
                refunds[entry.task_id] = refunds.get(entry.task_id, 0) + entry.amount
        return [
            RepeatedStart(operation, tuple(_with_refunds(start, refunds) for start in starts))
            for operation, starts in self._repeated.values()
        ]

    def _digest(self, operation: str, body: Mapping[str, Any]) -> bytes:
        import hashlib  # Here, because it loads OpenSSL, which not every sandbox has to wait for.

        asked = {name: value for name, value in body.items() if name not in _LEFT_OUT}
        text = json.dumps([operation, self._told_apart(asked)], sort_keys=True)
        return hashlib.blake2b(text.encode(), digest_size=16).digest()

    def _told_apart(self, value: object) -> object:
        if isinstance(value, str):
            return self.resource_of(value)
        if isinstance(value, dict):
            fields = cast(dict[str, object], value)
            return {name: self._told_apart(inner) for name, inner in fields.items()}
        if isinstance(value, list):
            return [self._told_apart(inner) for inner in cast(list[object], value)]
        return value


def _with_refunds(start: Start, refunds: Mapping[str, int]) -> Start:
    return evolve(start, refunded=sum(refunds.get(task_id, 0) for task_id in start.task_ids))
