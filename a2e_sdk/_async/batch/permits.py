"""Who may start a further task: this batch alone, or all batches that share its journal.

This module owns how the rule of ``_batch.start_limit`` is kept: in memory, or in a journal where
several processes work on one account.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from typing import Protocol, TypeVar

import attrs

from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.concurrency import database_work_async
from a2e_sdk._batch.start_limit import StartLimit
from a2e_sdk._http.instrumentation import logger
from a2e_sdk._journal.opening import ClientJournal, require_journal
from a2e_sdk._journal.session import Session
from a2e_sdk._journal.shared_limits import SharedLimits
from a2e_sdk.errors import JournalError

ResultT = TypeVar("ResultT")

#: How soon one asks again that others keep from starting, and how often it is told what runs, in
#: seconds.
_ASK_AGAIN, _TELL_AGAIN = 1.0, 2.0
#: What several batches may have together has no other limit than the account's.
_MOST = 1_000_000


class AsyncStartPermits(Protocol):
    """How many tasks may run at once; used by one batch, in one task or thread at a time."""

    @property
    def limit(self) -> int:
        """How many may run at once now, as far as is known."""
        ...

    def pause(self, now: float) -> float:
        """Return for how many seconds it is of no use to ask; 0 for none."""
        ...

    async def take(self, under_way: int, now: float) -> int | None:
        """Return the burst that one more start belongs to; None where there may be none.

        Args:
            under_way: How many tasks of this batch are running or being started.
            now: The present time, in seconds by the client's clock.

        Raises:
            JournalError: The others can't be asked.
        """
        ...

    async def succeeded(self, epoch: int, under_way: int) -> None:
        """Take note that the server accepted a start; ``under_way`` counts it."""
        ...

    async def busy(self, epoch: int, now: float, retry_after: float | None = None) -> None:
        """Take note that the server refused a start because too many run, or were sent."""
        ...

    async def tell(self, under_way: int, now: float) -> None:
        """Let others know how many tasks are under way."""
        ...

    def leave(self) -> None:
        """Let others know that there will be none any more; waits for nobody."""
        ...


def start_permits(
    api: AsyncAPIClient, concurrency: int, *, with_others: bool = False
) -> AsyncStartPermits:
    """Return the permits of a batch.

    Args:
        api: The client, with a journal.
        concurrency: How many of its tasks may run at once at the most.
        with_others: Whether other processes work beside it, although the journal is a file.
    """
    journal = require_journal(api.journal, "a batch")
    if with_others or journal.steps.store.is_shared:
        return AsyncSharedPermits(journal, concurrency)
    return AsyncOwnPermits(StartLimit(concurrency))


class AsyncOwnPermits:
    """The permits of a batch that has the account to itself.

    Args:
        limit: The rule.
    """

    def __init__(self, limit: StartLimit) -> None:
        self._limit = limit

    @property
    def limit(self) -> int:
        """How many may run at once now."""
        return self._limit.limit

    def pause(self, now: float) -> float:
        """Return for how many seconds nothing may be started; 0 for none."""
        return self._limit.pause(now)

    async def take(self, under_way: int, now: float) -> int | None:
        """Return the burst that one more start belongs to; None where there may be none."""
        return self._limit.epoch if self._limit.may_start(under_way, now) else None

    async def succeeded(self, epoch: int, under_way: int) -> None:
        """Take note that the server accepted a start."""
        self._limit.succeeded(epoch, under_way)

    async def busy(self, epoch: int, now: float, retry_after: float | None = None) -> None:
        """Take note that the server refused a start."""
        self._limit.busy(epoch, now, retry_after)

    async def tell(self, under_way: int, now: float) -> None:
        """There is nobody to tell."""

    def leave(self) -> None:
        """There is nobody to tell."""


class AsyncSharedPermits:
    """The permits of a batch beside others of the same journal: one limit, learned by all.

    What was learned is forgotten where nobody is at work.

    Args:
        journal: The journal.
        concurrency: How many tasks of this batch may run at once at the most.
    """

    def __init__(self, journal: ClientJournal, concurrency: int) -> None:
        self._journal = journal
        self._cap = concurrency
        self._shared = SharedLimits(journal.steps.store, "starts", secrets.token_hex(8))
        self._limit = StartLimit(_MOST).limit
        self._ask_at = self._tell_at = 0.0
        self._told = self._learns_from = 0
        self._has_asked = False

    @property
    def limit(self) -> int:
        """How many may run at once now, as was known when it was last asked for."""
        return min(self._limit, self._cap)

    def pause(self, now: float) -> float:
        """Return for how many seconds it is of no use to ask; 0 for none."""
        return max(0.0, self._ask_at - now)

    async def take(self, under_way: int, now: float) -> int | None:
        """Return the burst that one more start belongs to; None where there may be none."""
        if under_way >= self._cap or now < self._ask_at:
            return None
        is_first, self._has_asked = not self._has_asked, True

        def take(session: Session) -> tuple[StartLimit, int, bool, float]:
            limit = self._learned(session)
            others = self._shared.others(session, limit.limit - under_way)
            if is_first and not others:
                limit = StartLimit(_MOST)
                self._keep(session, limit)
            seconds = self._shared.seconds(session)
            may_start = limit.may_start(others + under_way, seconds)
            self._shared.use(session, under_way + may_start)
            return limit, others, may_start, limit.pause(seconds)

        limit, others, may_start, pause = await database_work_async(self._journal.database, take)
        self._limit, self._told = limit.limit, under_way + may_start
        self._learns_from = limit.learns_from(others)
        if may_start:
            return limit.epoch
        self._ask_at = now + max(pause, _ASK_AGAIN)
        return None

    async def succeeded(self, epoch: int, under_way: int) -> None:
        """Take note that the server accepted a start."""
        if under_way < self._learns_from:
            return  # It shows nothing of the limit, and need not be told.

        def note(session: Session) -> None:
            limit = self._learned(session)
            limit.succeeded(epoch, self._shared.others(session, _MOST) + under_way)
            self._keep(session, limit)

        await self._note(note)

    async def busy(self, epoch: int, now: float, retry_after: float | None = None) -> None:
        """Take note that the server refused a start."""

        def note(session: Session) -> float:
            limit = self._learned(session)
            seconds = self._shared.seconds(session)
            limit.busy(epoch, seconds, retry_after)
            self._keep(session, limit)
            return limit.pause(seconds)

        pause = await self._note(note)
        self._ask_at = now + (pause or _ASK_AGAIN)

    async def tell(self, under_way: int, now: float) -> None:
        """Let others know how many tasks are under way, now and then."""
        if under_way == self._told or now < self._tell_at:
            return
        self._told, self._tell_at = under_way, now + _TELL_AGAIN
        await self._note(lambda session: self._shared.use(session, under_way))

    def leave(self) -> None:
        """Let others know that there will be none any more."""
        if self._has_asked:
            self._journal.database.keep(self._shared.leave)

    async def _note(self, function: Callable[[Session], ResultT]) -> ResultT | None:
        try:
            return await database_work_async(self._journal.database, function)
        except JournalError as problem:
            logger.warning("other processes are not told how many tasks run: %s", problem)
            return None

    def _learned(self, session: Session) -> StartLimit:
        text = self._shared.value(session)
        return StartLimit(_MOST) if text is None else StartLimit.of(_MOST, json.loads(text))

    def _keep(self, session: Session, limit: StartLimit) -> None:
        self._shared.keep(session, json.dumps(attrs.asdict(limit)))
