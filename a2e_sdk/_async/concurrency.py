"""Time, disks, turns, deadlines, and reading ahead with the tasks of an event loop.

This module owns what differs between the two clients; ``_sync.concurrency`` is its
hand-written twin with threads. Everything else there is generated from this package. It runs on
asyncio and on trio, by way of anyio.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import math
import threading
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable, Coroutine
from functools import partial
from typing import Any, Generic, TypeVar

import anyio
import anyio.to_thread

from a2e_sdk._http.failures import out_of_time, without_frames
from a2e_sdk._http.messages import HttpRequest, HttpResponse
from a2e_sdk._http.protocols import AsyncTransport
from a2e_sdk._runtime.event_loops import LoopEvent, current_loop, running_trio
from a2e_sdk._runtime.forks import ForkAware
from a2e_sdk.errors import ConfigurationError

ResultT = TypeVar("ResultT")

#: A function that does the call.
Call = Callable[..., Coroutine[Any, Any, ResultT]]


class AsyncClock:
    """Tells the time and lets it pass; a test puts one in its place whose clock it turns."""

    def now(self) -> float:
        """Return the seconds of a clock that only goes forward."""
        return time.monotonic()

    async def pause_async(self, seconds: float) -> None:
        """Let some seconds pass without blocking the event loop."""
        await anyio.sleep(seconds)


async def send_async(transport: AsyncTransport, request: HttpRequest) -> HttpResponse:
    """Send a request within its total time; every failure below HTTP is a `TransportFailure`.

    The request is cancelled when its time is over, so this holds for every transport. What is
    raised carries no frame of the HTTP library, whose locals may hold the key.

    Raises:
        TransportFailure: No whole response came in time.
        ConfigurationError: The transport can't be used as it is set up.
    """
    with anyio.move_on_after(request.total):
        try:
            return await transport.send_async(request)
        except BaseException as error:
            raised = without_frames(error, request.key.redact)
        raise raised
    raise out_of_time(request)


async def disk_work_async(function: Callable[..., ResultT], *arguments: Any) -> ResultT:
    """Call a function that reads or writes files, without blocking the event loop.

    Cancelling the task waits until the function has returned, so that no thread goes on with a file
    that is closed meanwhile.
    """
    return await complete_async(anyio.to_thread.run_sync, partial(function, *arguments))


async def complete_async(function: Call[ResultT], *arguments: Any) -> ResultT:
    """Do a call to its end, also where the task is cancelled meanwhile, which then ends after it.

    What the call returned or raised is lost in that case.
    """
    trio = running_trio()
    if trio is not None:
        with trio.CancelScope(shield=True):
            result = await function(*arguments)
        await trio.lowlevel.checkpoint_if_cancelled()
        return result
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


class AsyncLimiter(ForkAware):
    """Lets requests go at a bounded pace and number, in the order in which they asked.

    It may be used from several event loops at once. A task that is cancelled while it waits gives
    its place to the next one.

    Args:
        max_concurrency: How many may be under way at once; None for any number.
        rate_limit: How many may begin per second, evenly spaced; None for any number.
    """

    def __init__(self, max_concurrency: int | None, rate_limit: float | None) -> None:
        super().__init__()
        self._max_concurrency = max_concurrency
        self._interval = 0.0 if rate_limit is None else 1.0 / rate_limit
        self._drop_inherited()

    def _drop_inherited(self) -> None:
        self._slots = None if self._max_concurrency is None else _Slots(self._max_concurrency)
        self._turn = _Slots(1)
        self._next = -math.inf

    async def enter_async(self, clock: AsyncClock, until: float) -> bool:
        """Wait until a request may go, and take its place; `leave` gives that back.

        Args:
            clock: What tells the time.
            until: When to stop waiting, by the timekeeper.

        Returns:
            Whether it may go; there is nothing to give back where it may not.
        """
        self.renew_after_fork()
        if self._slots and not await self._slots.take(until - clock.now()):
            return False
        entered = False
        try:
            entered = not self._interval or await self._keep_pace(clock, until)
        finally:
            if not entered:
                self.leave()
        return entered

    async def _keep_pace(self, clock: AsyncClock, until: float) -> bool:
        # Whoever holds the turn is the next to go, and the others wait for the turn in order.
        if not await self._turn.take(until - clock.now()):
            return False
        try:
            if self._next > until:
                return False
            seconds = self._next - clock.now()
            if seconds > 0:
                await clock.pause_async(seconds)
            self._next = max(self._next, clock.now()) + self._interval
            return True
        finally:
            self._turn.give()

    def leave(self) -> None:
        """Give a place back."""
        if self._slots:
            self._slots.give()


class _Slots:
    """A semaphore whose slots go to the tasks of all event loops in the order of asking."""

    def __init__(self, free: int) -> None:
        self._lock = threading.Lock()
        self._free = free
        self._waiting: deque[LoopEvent] = deque()

    async def take(self, seconds: float) -> bool:
        """Take a slot; return False where there was none for some seconds."""
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            turn = LoopEvent()
            self._waiting.append(turn)
        try:
            with anyio.move_on_after(seconds):
                await turn.wait()
        except BaseException:
            if not self._withdraw(turn):
                self.give()
            raise
        return not self._withdraw(turn)

    def _withdraw(self, turn: LoopEvent) -> bool:
        """Stop waiting; return False where the slot has come already."""
        with self._lock:
            if turn not in self._waiting:
                return False
            self._waiting.remove(turn)
            return True

    def give(self) -> None:
        """Hand a slot to the one that has waited longest, or keep it for the next to ask."""
        with self._lock:
            while self._waiting:
                if self._waiting.popleft().set():
                    return
            self._free += 1


class Started(Generic[ResultT]):
    """A call that was started, in a task of its own, and whose result is taken later."""

    def __init__(self, function: Call[ResultT], arguments: tuple[Any, ...]) -> None:
        self._trio = running_trio()
        self._value: ResultT | None = None
        self._error: Exception | None = None
        if self._trio is None:
            self._task = asyncio.ensure_future(function(*arguments))
            return
        # A task of the whole run, because a nursery must not stay open between two items.
        self._scope = self._trio.CancelScope()
        self._finished = self._trio.Event()
        self._trio.lowlevel.spawn_system_task(
            self._run, function, arguments, context=contextvars.copy_context()
        )

    async def _run(self, function: Call[ResultT], arguments: tuple[Any, ...]) -> None:
        try:
            with self._scope:
                self._value = await function(*arguments)
        except Exception as error:
            self._error = error
        finally:
            self._finished.set()

    async def result(self) -> ResultT:
        """Wait until it has ended, and return its result or raise its exception."""
        if self._trio is None:
            return await self._task
        await self._finished.wait()
        if self._error is not None:
            raise self._error
        return self._value  # type: ignore[return-value]

    def cancel(self) -> None:
        """Ask it to end."""
        if self._trio is None:
            self._task.cancel()
        else:
            self._scope.cancel()

    async def ended(self) -> None:
        """Wait until it is gone, whatever came of it."""
        if self._trio is None:
            await asyncio.gather(self._task, return_exceptions=True)
            return
        with self._trio.CancelScope(shield=True):
            await self._finished.wait()


class AsyncIteration(Generic[ResultT]):
    """One iteration of a listing, which goes on only in the event loop in which it began.

    Args:
        items: What yields the items.
    """

    def __init__(self, items: AsyncGenerator[ResultT, None]) -> None:
        self._items = items
        self._loop: Any = None

    def __aiter__(self) -> AsyncIteration[ResultT]:
        return self

    async def __anext__(self) -> ResultT:
        loop = current_loop()
        if self._loop is not loop:
            if self._loop is not None:
                # A loop that ends also ends its generators, which would look like the list's end.
                raise ConfigurationError(
                    "This iteration began in another event loop, where its requests are: iterate "
                    "the listing anew."
                )
            self._loop = loop
        return await anext(self._items)

    async def aclose(self) -> None:
        """Leave the iteration; nothing of it is under way then."""
        await self._items.aclose()


class AsyncReadAhead(Generic[ResultT]):
    """Calls that were started and whose results are taken later, in order.

    Leaving the ``async with`` block cancels what still runs and waits until it is gone.
    """

    def __init__(self) -> None:
        self._running: set[Started[ResultT]] = set()

    def start(self, function: Call[ResultT], *arguments: Any) -> Started[ResultT]:
        """Start a call; what is returned is given to `result`."""
        started = Started(function, arguments)
        self._running.add(started)
        return started

    async def result(self, started: Started[ResultT]) -> ResultT:
        """Wait for a call that was started, and return its result or raise its exception."""
        try:
            return await started.result()
        finally:
            self._running.discard(started)

    async def __aenter__(self) -> AsyncReadAhead[ResultT]:
        return self

    async def __aexit__(self, *_: object) -> None:
        for started in self._running:
            started.cancel()
        for started in self._running:
            await started.ended()
        self._running.clear()
