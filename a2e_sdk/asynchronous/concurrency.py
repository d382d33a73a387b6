"""Time, disks, turns, and reading ahead with the tasks of an event loop.

This module owns what differs between the two clients; ``a2e_sdk.synchronous.concurrency`` is its
hand-written twin with threads. Everything else there is written by a machine from this package.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import time
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

ResultT = TypeVar("ResultT")

#: A call that was started and whose result is taken later.
Started = asyncio.Task
#: A function that does the call.
Call = Callable[..., Coroutine[Any, Any, ResultT]]


class AsyncTimekeeper:
    """Tells the time and lets it pass; a test puts one in its place whose clock it turns."""

    def now(self) -> float:
        """Return the seconds of a clock that only goes forward."""
        return time.monotonic()

    async def pause_async(self, seconds: float) -> None:
        """Let some seconds pass without blocking the event loop."""
        await asyncio.sleep(seconds)


async def disk_work_async(function: Callable[..., ResultT], *arguments: Any) -> ResultT:
    """Call a function that reads or writes files, without blocking the event loop.

    Cancelling the task waits until the function has returned, so that no thread goes on with a file
    that is closed meanwhile.
    """
    return await complete_async(lambda: asyncio.to_thread(function, *arguments))


async def complete_async(function: Call[ResultT], *arguments: Any) -> ResultT:
    """Do a call to its end, also where the task is cancelled meanwhile, which then ends after it.

    What the call returned or raised is lost in that case.
    """
    work = asyncio.ensure_future(function(*arguments))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        while not work.done():
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait((work,))
        if not work.cancelled():
            work.exception()  # Taken, so that nobody complains that it was not.
        raise


class AsyncLimiter:
    """Lets requests go at a bounded pace and number, in the order in which they asked.

    A task that is cancelled while it waits gives its place to the next one.

    Args:
        max_concurrency: How many may be under way at once; None for any number.
        rate_limit: How many may begin per second, evenly spaced; None for any number.
    """

    def __init__(self, max_concurrency: int | None, rate_limit: float | None) -> None:
        self._slots = None if max_concurrency is None else asyncio.Semaphore(max_concurrency)
        self._interval = 0.0 if rate_limit is None else 1.0 / rate_limit
        self._turn = asyncio.Semaphore(1)
        self._next = -math.inf

    async def enter_async(self, timekeeper: AsyncTimekeeper, until: float) -> bool:
        """Wait until a request may go, and take its place; `leave` gives that back.

        Args:
            timekeeper: What tells the time.
            until: When to stop waiting, by the timekeeper.

        Returns:
            Whether it may go; there is nothing to give back where it may not.
        """
        if self._slots and not await _take(self._slots, until - timekeeper.now()):
            return False
        entered = False
        try:
            entered = not self._interval or await self._keep_pace(timekeeper, until)
        finally:
            if not entered:
                self.leave()
        return entered

    async def _keep_pace(self, timekeeper: AsyncTimekeeper, until: float) -> bool:
        # Whoever holds the turn is the next to go, and the others wait for the turn in order.
        if not await _take(self._turn, until - timekeeper.now()):
            return False
        try:
            if self._next > until:
                return False
            seconds = self._next - timekeeper.now()
            if seconds > 0:
                await timekeeper.pause_async(seconds)
            self._next = max(self._next, timekeeper.now()) + self._interval
            return True
        finally:
            self._turn.release()

    def leave(self) -> None:
        """Give a place back."""
        if self._slots:
            self._slots.release()


async def _take(slots: asyncio.Semaphore, seconds: float) -> bool:
    """Take a slot; return False where there was none for some seconds."""
    try:
        async with asyncio.timeout(seconds if math.isfinite(seconds) else None):
            await slots.acquire()
    except TimeoutError:
        return False
    return True


class AsyncReadAhead(Generic[ResultT]):
    """Calls that were started and whose results are taken later, in order.

    Leaving the ``async with`` block cancels what still runs and waits until it is gone.
    """

    def __init__(self) -> None:
        self._running: set[Started[ResultT]] = set()

    def start(self, function: Call[ResultT], *arguments: Any) -> Started[ResultT]:
        """Start a call; what is returned is given to `result`."""
        task = asyncio.ensure_future(function(*arguments))
        self._running.add(task)
        return task

    async def result(self, started: Started[ResultT]) -> ResultT:
        """Wait for a call that was started, and return its result or raise its exception."""
        try:
            return await started
        finally:
            self._running.discard(started)

    async def __aenter__(self) -> AsyncReadAhead[ResultT]:
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        self._running.clear()
