"""Requests within the limits of a client, held by all processes that share its journal.

This module owns how a request waits for the others. The client's own limit is kept before, so that
a process asks the journal for no more than it may send itself.
"""

from __future__ import annotations

import secrets
from collections import deque
from functools import partial

from a2e_sdk._async.concurrency import AsyncClock, AsyncLimiter, HeldSlot, database_work_async
from a2e_sdk._http.instrumentation import logger
from a2e_sdk._journal.opening import ClientJournal
from a2e_sdk._journal.session import Session
from a2e_sdk._journal.shared_limits import SharedLimits
from a2e_sdk._runtime.forks import ForkAware
from a2e_sdk.errors import JournalError

#: How often one that waits for others asks again: at first, and at the longest, in seconds.
_FIRST_PAUSE, _LONGEST_PAUSE = 0.02, 0.5
#: So much of the time is reserved at once, in seconds, so that not each request has to ask.
_RESERVED_SECONDS = 0.25
#: So many requests are, at the most.
_LARGEST_RESERVE = 64


class AsyncSharedLimiter(ForkAware):
    """Lets requests go at a bounded pace and number, in all processes of a journal together.

    Where the journal can't be asked, only the client's own limit holds.

    Args:
        own: The limit of this client.
        journal: The journal.
        max_concurrency: How many may be under way at once; None for any number.
        rate_limit: How many may begin per second, evenly spaced; None for any number.
    """

    def __init__(
        self,
        own: AsyncLimiter,
        journal: ClientJournal,
        max_concurrency: int | None,
        rate_limit: float | None,
    ) -> None:
        super().__init__()
        holder = secrets.token_hex(8)
        self._own = own
        self._journal = journal
        self._max_concurrency = max_concurrency
        self._rate_limit = rate_limit
        self._slots = SharedLimits(journal.steps.store, "requests", holder)
        self._pace = SharedLimits(journal.steps.store, "pace", holder)
        self._drop_inherited()

    def _drop_inherited(self) -> None:
        self._used = 0
        self._reserved: deque[float] = deque()

    async def enter_async(self, clock: AsyncClock, until: float) -> HeldSlot | SharedSlot | None:
        """Wait until a request may go, and return its place, which is given back when it ended.

        Args:
            clock: What tells the time.
            until: When to stop waiting, by the clock.

        Returns:
            The place; None where the request may not go in time.
        """
        self.renew_after_fork()
        place = await self._own.enter_async(clock, until)
        if place is None:
            return None
        entered: HeldSlot | SharedSlot | None = None
        try:
            entered = await self._enter_shared(clock, until, place)
        except JournalError as problem:
            logger.warning("the limits of other processes are not kept: %s", problem)
            entered = place
        finally:
            if entered is None:
                place.leave()
        return entered

    async def _enter_shared(
        self, clock: AsyncClock, until: float, own: HeldSlot
    ) -> HeldSlot | SharedSlot | None:
        place: HeldSlot | SharedSlot = own
        if self._max_concurrency is not None:
            if not await self._take(self._max_concurrency, clock, until):
                return None
            place = SharedSlot(own, self)
        entered = False
        try:
            rate = self._rate_limit
            entered = rate is None or await self._keep_pace(rate, clock, until)
        finally:
            if not entered and place is not own:
                self.give()
        return place if entered else None

    async def _take(self, most: int, clock: AsyncClock, until: float) -> bool:
        pause = _FIRST_PAUSE

        def take(session: Session) -> bool:
            if self._slots.others(session, most - self._used) + self._used >= most:
                return False
            self._use(session, 1)
            return True

        def too_late(taken: bool) -> None:
            if taken:
                self.give()

        database = self._journal.database
        while not await database_work_async(database, take, too_late=too_late):
            left = until - clock.now()
            if left <= 0:
                return False
            await clock.pause_async(min(pause, left))
            pause = min(2 * pause, _LONGEST_PAUSE)
        return True

    def _use(self, session: Session, more: int) -> None:
        """Change how many are under way; only in the database's thread."""
        self._used += more
        session.on_failure(partial(self._undo, more))
        self._slots.use(session, self._used)

    def _undo(self, more: int) -> None:
        self._used -= more

    def give(self) -> None:
        """Let others have a slot."""
        self._journal.database.keep(lambda session: self._use(session, -1))

    async def _keep_pace(self, rate: float, clock: AsyncClock, until: float) -> bool:
        interval = 1.0 / rate
        while True:
            now = clock.now()
            try:
                at = self._reserved.popleft()
            except IndexError:
                await self._reserve(rate, clock)
                continue
            if at < now - interval:
                continue  # It has passed, and others reckon with what is sent now.
            if at > until:
                return False
            if at > now:
                await clock.pause_async(at - now)
            return True

    async def _reserve(self, rate: float, clock: AsyncClock) -> None:
        """Reserve the next moments at which this process may send."""
        number = max(1, min(_LARGEST_RESERVE, int(rate * _RESERVED_SECONDS)))

        def reserve(session: Session) -> float:
            now = self._pace.seconds(session)
            first = max(now, float(self._pace.value(session) or 0.0))
            self._pace.keep(session, repr(first + number / rate))
            return first - now

        # The way back from the database counts too: so nothing is sent too early.
        seconds = await database_work_async(self._journal.database, reserve)
        first = clock.now() + seconds
        self._reserved.extend(first + place / rate for place in range(number))


class SharedSlot:
    """What a request under way holds of a client's own limit, and of that of all processes."""

    def __init__(self, own: HeldSlot, limiter: AsyncSharedLimiter) -> None:
        self._own = own
        self._limiter = limiter

    def leave(self) -> None:
        """Give both back."""
        self._own.leave()
        self._limiter.give()
