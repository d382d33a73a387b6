"""Time, disks, and reading ahead with the tasks of an event loop.

This module owns what differs between the two clients; ``a2e_sdk.synchronous.concurrency`` is its
hand-written twin with threads. Everything else there is written by a machine from this package.
"""

from __future__ import annotations

import asyncio
import contextlib
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
    work = asyncio.ensure_future(asyncio.to_thread(function, *arguments))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        while not work.done():
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait((work,))
        if not work.cancelled():
            work.exception()  # Taken, so that nobody complains that it was not.
        raise


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
