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
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import anyio
import anyio.to_thread

from a2e_sdk._http.failures import out_of_time, without_frames
from a2e_sdk._http.messages import HttpRequest, HttpResponse
from a2e_sdk._http.protocols import AsyncTransport
from a2e_sdk._runtime.event_loops import LoopEvent, current_loop, running_trio
from a2e_sdk._runtime.forks import ForkAware
from a2e_sdk.errors import ConfigurationError

if TYPE_CHECKING:
    from a2e_sdk._journal.database import Database
    from a2e_sdk._journal.session import Session

ResultT = TypeVar("ResultT")

#: A function that does the call.
Call = Callable[..., Coroutine[Any, Any, ResultT]]

#: What stands before a call, and before a loop, in texts for users.
AWAIT = ("await ", "async ")


class AsyncClock:
    """Tells the time and lets it pass; a test puts one in its place whose clock it turns."""

    def now(self) -> float:
        """Return the seconds of a clock that only goes forward."""
        return time.monotonic()

    async def pause_async(self, seconds: float) -> None:
        """Let some seconds pass without blocking the event loop."""
        await anyio.sleep(seconds)


async def send_request_async(transport: AsyncTransport, request: HttpRequest) -> HttpResponse:
    """Send a request within its total time; every failure below HTTP is a `TransportFailure`.

    The request is cancelled when its time is over, so this holds for every transport. What is
    raised carries no frame of the HTTP library, whose locals may hold the key.

    Raises:
        TransportFailure: No whole response came in time.
        ConfigurationError: The transport can't be used as it is set up.
    """
    with anyio.move_on_after(request.total):
        try:
            return await transport.send_request_async(request)
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

    What the call returned is lost in that case; what it raised too, but for its notes, which the
    cancellation carries on.
    """
    trio = running_trio()
    if trio is not None:
        with trio.CancelScope(shield=True):
            result = await function(*arguments)
        await trio.lowlevel.checkpoint_if_cancelled()
        return result
    work = asyncio.ensure_future(function(*arguments))
    # A loop that shuts down cancels every task that it lists; this one ends with its caller,
    # which is listed.
    asyncio.tasks._unregister_task(work)
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError as cancelled:
        while not work.done():
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait((work,))
        # Taken in any case, so that nobody complains that it was not.
        failure = None if work.cancelled() else work.exception()
        for note in getattr(failure, "__notes__", ()):
            cancelled.add_note(note)
        raise


async def database_work_async(
    database: Database,
    function: Callable[[Session], ResultT],
    *,
    keep: bool = False,
    too_late: Callable[[ResultT], object] | None = None,
) -> ResultT:
    """Have a piece of work done by a journal's database.

    It is handed over before anything is awaited, and done also where the task is cancelled
    meanwhile.

    Args:
        database: The database.
        function: The work, within a transaction.
        keep: Whether it is done later where it can't be written now.
        too_late: Called with the result where the task was cancelled; in another thread.

    Raises:
        JournalError: The journal can't be used.
    """
    done = LoopEvent()
    work = database.submit(function, done.set, keep=keep)
    try:
        await done.wait()
    except BaseException:
        if too_late is not None:
            work.abandon(too_late)
        raise
    return work.result()


class AsyncLimiter(ForkAware):
    """Lets requests go at a bounded pace and number, in the order in which they asked.

    It may be used from several event loops at once. A task that is cancelled while it waits gives
    its place to the next one, and a loop that is closed gives back what its tasks held.

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

    async def enter_async(self, clock: AsyncClock, until: float) -> HeldSlot | None:
        """Wait until a request may go, and return its place, which is given back when it ended.

        Args:
            clock: What tells the time.
            until: When to stop waiting, by the clock.

        Returns:
            The place; None where the request may not go in time.
        """
        self.renew_after_fork()
        place = HeldSlot()
        if self._slots:
            slot = await self._slots.take(until - clock.now())
            if slot is None:
                return None
            place = HeldSlot(self._slots, slot)
        entered = False
        try:
            entered = not self._interval or await self._keep_pace(clock, until)
        finally:
            if not entered:
                place.leave()
        return place if entered else None

    async def _keep_pace(self, clock: AsyncClock, until: float) -> bool:
        # Whoever holds the turn is the next to go, and the others wait for the turn in order.
        turn = await self._turn.take(until - clock.now())
        if turn is None:
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
            self._turn.give(turn)


#: How often one that waits for a slot looks whether a holder's event loop was closed.
_ABANDONED_SECONDS = 1.0


class _Slots:
    """A semaphore whose slots go to the tasks of all event loops in the order of asking.

    A slot is held by the event that its task waited for, or would have waited for.

    The collector may end the task of a closed loop at any moment, also in a thread that is at work
    here, and that task gives its slot back: so the lock is taken again by the thread that has it,
    and nothing is iterated that may change meanwhile.
    """

    def __init__(self, free: int) -> None:
        self._lock = threading.RLock()
        self._free = free
        self._held: set[LoopEvent] = set()
        self._waiting: deque[LoopEvent] = deque()

    async def take(self, seconds: float) -> LoopEvent | None:
        """Take a slot; return None where there was none for some seconds."""
        turn = LoopEvent()
        with self._lock:
            self._take_back_abandoned()
            if self._free:
                self._free -= 1
                self._held.add(turn)
                return turn
            self._waiting.append(turn)
        try:
            end = anyio.current_time() + seconds
            while (left := end - anyio.current_time()) > 0:
                with anyio.move_on_after(min(left, _ABANDONED_SECONDS)):
                    await turn.wait()
                    break
                # The loop of one that holds a slot may have been closed meanwhile.
                with self._lock:
                    self._take_back_abandoned()
        except BaseException:
            if not self._withdraw(turn):
                self.give(turn)
            raise
        return None if self._withdraw(turn) else turn

    def _withdraw(self, turn: LoopEvent) -> bool:
        """Stop waiting; return False where the slot has come already."""
        with self._lock:
            try:
                self._waiting.remove(turn)
            except ValueError:
                return False
            return True

    def give(self, turn: LoopEvent) -> None:
        """Hand a slot to the one that has waited longest, or keep it for the next to ask."""
        with self._lock:
            self._release(turn)

    def _take_back_abandoned(self) -> None:
        for turn in tuple(self._held):
            if turn.is_abandoned:
                self._release(turn)

    def _release(self, turn: LoopEvent) -> None:
        if turn not in self._held:
            return  # It was taken back when the loop of its task was closed.
        self._held.remove(turn)
        while self._waiting:
            following = self._waiting.popleft()
            if following.set():
                self._held.add(following)
                return
        self._free += 1


class HeldSlot:
    """What a request under way holds of a limiter.

    Args:
        slots: Where its slot goes back to. Default: it holds none.
        slot: The slot.
    """

    def __init__(self, slots: _Slots | None = None, slot: LoopEvent | None = None) -> None:
        self._slots = slots
        self._slot = slot

    def leave(self) -> None:
        """Give the place back."""
        if self._slots is not None and self._slot is not None:
            self._slots.give(self._slot)


class PendingCall(Generic[ResultT]):
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


class AsyncArrowExport:
    """Says to libraries that read Arrow's C stream interface why a listing has none."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Refuse: what is read here can't be waited for.

        Raises:
            TypeError: Always; it says what to pass instead.
        """
        raise TypeError("an async listing is read with await: pass `await listing.to_arrow()`.")


class AsyncReadAhead(Generic[ResultT]):
    """Calls that were started and whose results are taken later, in order.

    Leaving the ``async with`` block cancels what still runs and waits until it is gone.
    """

    def __init__(self) -> None:
        self._running: set[PendingCall[ResultT]] = set()

    def start(self, function: Call[ResultT], *arguments: Any) -> PendingCall[ResultT]:
        """Start a call; what is returned is given to `result`."""
        started = PendingCall(function, arguments)
        self._running.add(started)
        return started

    async def result(self, started: PendingCall[ResultT]) -> ResultT:
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


class AsyncCalls(Generic[ResultT]):
    """Calls that are under way side by side, and whose results are taken as they end.

    Leaving the ``async with`` block cancels what still runs and waits until it is gone.
    """

    def __init__(self) -> None:
        self._running: set[PendingCall[ResultT]] = set()
        self._ended: deque[PendingCall[ResultT]] = deque()
        self._wake: anyio.Event | None = None

    def __len__(self) -> int:
        return len(self._running)

    def start(self, function: Call[ResultT], *arguments: Any) -> None:
        """Start a call."""
        place: list[PendingCall[ResultT]] = []

        async def called() -> ResultT:
            try:
                return await function(*arguments)
            finally:
                self._ended.append(place[0])
                if self._wake is not None:
                    self._wake.set()

        place.append(PendingCall(called, ()))
        self._running.add(place[0])

    async def next(self, seconds: float) -> PendingCall[ResultT] | None:
        """Wait for a call that ends, and return it; None where none does for some seconds."""
        if not self._ended:
            self._wake = anyio.Event()
            with anyio.move_on_after(seconds):
                await self._wake.wait()
        if not self._ended:
            return None
        ended = self._ended.popleft()
        self._running.discard(ended)
        return ended

    async def __aenter__(self) -> AsyncCalls[ResultT]:
        return self

    async def __aexit__(self, *_: object) -> None:
        for running in self._running:
            running.cancel()
        for running in self._running:
            await running.ended()
        self._running.clear()
