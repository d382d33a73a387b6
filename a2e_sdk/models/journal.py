"""The journal's values: entries, their states, what was spent, and the budget.

This module owns what users see of a journal. How entries are kept is in ``_journal``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, TypeAlias, get_args

import attrs

#: For how long a budget holds before it begins anew, by UTC.
BudgetPeriod: TypeAlias = Literal["hour", "day", "month"]

PERIODS: tuple[str, ...] = get_args(BudgetPeriod)

#: More coins than that are a slip of the keyboard, and beyond what can be counted exactly.
MAX_COINS = 1e9


class EntryState(StrEnum):
    """What became of a start, as far as the journal knows."""

    #: It was written down; whether it was sent is told by ``sent_at``.
    INTENDED = "intended"
    #: It was sent and may have begun, and no task of it has been found.
    UNKNOWN = "unknown"
    #: Its task is known.
    STARTED = "started"
    #: Its task has ended with a result.
    SUCCEEDED = "succeeded"
    #: Its task has ended without one.
    FAILED = "failed"
    #: Nothing was started: the server refused it, or it never arrived there.
    REFUSED = "refused"

    @property
    def has_task(self) -> bool:
        """Whether a task is known."""
        return self in (EntryState.STARTED, EntryState.SUCCEEDED, EntryState.FAILED)


@attrs.frozen
class Budget:
    """A sum of coins that must not be overspent.

    Args:
        coins: The limit, from 0 to 1,000,000,000 coins.
        per: ``"hour"``, ``"day"`` or ``"month"``, after which the limit begins anew, by UTC; a
            start counts where it was begun. Default: never, so that it is for the whole journal.

    Raises:
        TypeError: The coins are no number.
        ValueError: The coins are out of range, or it is another period.
    """

    coins: float
    per: BudgetPeriod | None = None

    def __attrs_post_init__(self) -> None:
        require_coins(self.coins, "coins of a budget")
        if self.per is not None and self.per not in PERIODS:
            raise ValueError(f"per must be one of {', '.join(PERIODS)}, not {self.per!r}.")


def require_coins(coins: object, name: str) -> float:
    """Return a number of coins.

    Raises:
        TypeError: It is no number.
        ValueError: It is not from 0 to 1,000,000,000.
    """
    if not isinstance(coins, int | float) or isinstance(coins, bool):
        raise TypeError(f"{name} must be a number, not {type(coins).__name__}.")
    if not (math.isfinite(coins) and 0 <= coins <= MAX_COINS):
        raise ValueError(f"{name} must be from 0 to {MAX_COINS:,.0f}, not {coins!r}.")
    return float(coins)


@attrs.frozen(kw_only=True)
class JournalFile:
    """A local file of a start; its content is not in the journal.

    Attributes:
        argument: The argument that it was given for.
        name: The name of the file, without its folder; None for bytes.
        size: Its bytes.
        sha256: Its digest, in hexadecimal.
    """

    argument: str
    name: str | None
    size: int
    sha256: str


@attrs.frozen(kw_only=True)
class JournalEntry:
    """One start in the journal, as it was when it was read.

    Attributes:
        id: Its number in the journal; later ones are higher.
        key: The key that the caller gave; None without one.
        attempt: 1 for the first start of its key; the last one counts.
        family: The family of its task, such as ``wan_25``.
        state: What became of it.
        name: The label under which its task can be found; None where tasks have none.
        inputs: What was to be started, without files, webhooks and secrets.
        files: Its local files.
        quote: The price that was asked before it; None where none was asked.
        reserved: Coins held back for it now.
        coins: What it cost: by its task, else by the quote; None where neither tells.
        task_ids: Its tasks; several where one start makes several.
        error: Why it was refused, or is unknown, or failed; None otherwise.
        intended_at: When it was written down (aware, UTC).
        sent_at: When it was sent last; None where it provably was not.
        started_at: When its task became known.
        ended_at: When its task was seen to have ended.
    """

    id: int
    key: str | None
    attempt: int = 1
    family: str
    state: EntryState
    name: str | None = None
    inputs: Mapping[str, Any] = attrs.field(factory=dict[str, Any])
    files: tuple[JournalFile, ...] = ()
    quote: float | None = None
    reserved: float = 0.0
    coins: float | None = None
    task_ids: tuple[str, ...] = ()
    error: str | None = None
    intended_at: datetime
    sent_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def task_id(self) -> str | None:
        """The id of its task; of the first one where there are several; None without one."""
        return self.task_ids[0] if self.task_ids else None


@attrs.frozen(kw_only=True)
class Spending:
    """The coins of a journal, over a period or as a whole.

    Attributes:
        spent: What was paid, as far as it is known.
        reserved: What is held back for starts that are under way, or whose outcome is unknown.
        limit: The budget; None without one.
        since: The beginning of the period; None for the whole journal.
    """

    spent: float
    reserved: float
    limit: float | None = None
    since: datetime | None = None

    @property
    def left(self) -> float | None:
        """What may still be spent; None without a budget."""
        return None if self.limit is None else max(self.limit - self.spent - self.reserved, 0.0)
