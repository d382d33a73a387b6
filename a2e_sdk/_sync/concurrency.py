"""Time, disks, turns, deadlines, and reading ahead with threads.

This module owns what differs between the two clients; it is the hand-written twin of
``_async.concurrency``. Everything else in this package is generated from that one.
"""

from __future__ import annotations

import contextvars
import math
import os
import queue
import threading
import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from a2e_sdk._http.failures import out_of_time, without_frames
from a2e_sdk._http.messages import HttpRequest, HttpResponse
from a2e_sdk._http.protocols import Transport
from a2e_sdk._runtime.forks import ForkAware
from a2e_sdk._tables.library_types import ArrowTable

if TYPE_CHECKING:
    from a2e_sdk._journal.database import Database
    from a2e_sdk._journal.session import Session

ResultT = TypeVar("ResultT")

#: A function that does the call.
Call = Callable[..., ResultT]

#: What stands before a call, and before a loop, in texts for users: nothing.
AWAIT = ("", "")


class Clock:
    """Tells the time and lets it pass; a test puts one in its place whose clock it turns."""

    def now(self) -> float:
        """Return the seconds of a clock that only goes forward."""
        return time.monotonic()

    def pause(self, seconds: float) -> None:
        """Let some seconds pass."""
        time.sleep(seconds)


def send_request(transport: Transport, request: HttpRequest) -> HttpResponse:
    """Send a request within its total time; every failure below HTTP is a `TransportFailure`.

    The transports of this SDK keep to the time. Another one that the caller gave works in a thread,
    which is left behind when the time is over or Ctrl-C comes (nothing can cut a blocking call off;
    what it did not begin to write by then, it does not write), unless it says by its attribute
    ``ends_in_time`` that it keeps to it. What is raised carries no frame of the
    HTTP library, whose locals may hold the key.

    Raises:
        TransportFailure: No whole response came in time.
        ConfigurationError: The transport can't be used as it is set up.
    """
    try:
        if request.total is None or getattr(transport, "ends_in_time", True):
            return transport.send_request(request)
        sending = PendingCall(transport.send_request, (request,), name="a2e-request")
        try:
            if sending.wait(request.total):
                return sending.result()
        finally:
            if request.progress is not None:
                request.progress.abandon()
        raise out_of_time(request)
    except BaseException as error:
        raised = without_frames(error, request.key.redact)
    raise raised


def disk_work(function: Callable[..., ResultT], *arguments: Any) -> ResultT:
    """Call a function that reads or writes files."""
    return function(*arguments)


def complete(function: Call[ResultT], *arguments: Any) -> ResultT:
    """Do a call to its end; only Ctrl-C cuts it short."""
    return function(*arguments)


def database_work(
    database: Database,
    function: Callable[[Session], ResultT],
    *,
    keep: bool = False,
    too_late: Callable[[ResultT], object] | None = None,
) -> ResultT:
    """Have a piece of work done by a journal's database.

    It is handed over before anything is waited for, and done also where Ctrl-C comes meanwhile.

    Args:
        database: The database.
        function: The work, within a transaction.
        keep: Whether it is done later where it can't be written now.
        too_late: Called with the result where Ctrl-C came; in another thread.

    Raises:
        JournalError: The journal can't be used.
    """
    done = threading.Event()
    work = database.submit(function, done.set, keep=keep)
    try:
        done.wait()
    except BaseException:
        if too_late is not None:
            work.abandon(too_late)
        raise
    return work.result()


class Limiter(ForkAware):
    """Lets requests go at a bounded pace and number, in the order in which they asked.

    A thread that is interrupted while it waits gives its place to the next one.

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

    def enter(self, clock: Clock, until: float) -> HeldSlot | None:
        """Wait until a request may go, and return its place, which is given back when it ended.

        Args:
            clock: What tells the time.
            until: When to stop waiting, by the clock.

        Returns:
            The place; None where the request may not go in time.
        """
        self.renew_after_fork()
        if self._slots and not self._slots.take(until - clock.now()):
            return None
        place = HeldSlot(self._slots)
        entered = False
        try:
            entered = not self._interval or self._keep_pace(clock, until)
        finally:
            if not entered:
                place.leave()
        return place if entered else None

    def _keep_pace(self, clock: Clock, until: float) -> bool:
        # Whoever holds the turn is the next to go, and the others wait for the turn in order.
        if not self._turn.take(until - clock.now()):
            return False
        try:
            if self._next > until:
                return False
            seconds = self._next - clock.now()
            if seconds > 0:
                clock.pause(seconds)
            self._next = max(self._next, clock.now()) + self._interval
            return True
        finally:
            self._turn.give()


class _Slots:
    """A semaphore whose slots go to threads in the order in which they asked."""

    def __init__(self, free: int) -> None:
        self._lock = threading.Lock()
        self._free = free
        self._waiting: deque[threading.Event] = deque()

    def take(self, seconds: float) -> bool:
        """Take a slot; return False where there was none for some seconds."""
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            turn = threading.Event()
            self._waiting.append(turn)
        try:
            turn.wait(min(seconds, threading.TIMEOUT_MAX))
        except BaseException:
            if not self._withdraw(turn):
                self.give()
            raise
        return not self._withdraw(turn)

    def _withdraw(self, turn: threading.Event) -> bool:
        """Stop waiting; return False where the slot has come already."""
        with self._lock:
            if turn not in self._waiting:
                return False
            self._waiting.remove(turn)
            return True

    def give(self) -> None:
        """Hand a slot to the one that has waited longest, or keep it for the next to ask."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1


class HeldSlot:
    """What a request under way holds of a limiter.

    Args:
        slots: Where its slot goes back to; None where it holds none.
    """

    def __init__(self, slots: _Slots | None) -> None:
        self._slots = slots

    def leave(self) -> None:
        """Give the place back."""
        if self._slots is not None:
            self._slots.give()


class PendingCall(Generic[ResultT]):
    """A call that was started, in a daemon thread of its own, and whose result is taken later.

    Args:
        function: The call.
        arguments: Its arguments.
        name: The name of the thread.
    """

    def __init__(
        self, function: Call[ResultT], arguments: tuple[Any, ...], name: str = "a2e-read-ahead"
    ) -> None:
        self._function = function
        self._arguments = arguments
        self._finished = threading.Event()
        self._value: ResultT | None = None
        self._error: BaseException | None = None
        self._process = os.getpid()
        # In the context of whoever asks, so that tracing sees the request as a part of its call.
        context = contextvars.copy_context()
        threading.Thread(target=context.run, args=(self._run,), name=name, daemon=True).start()

    def _run(self) -> None:
        try:
            self._value = self._function(*self._arguments)
        except BaseException as error:
            self._error = error
        self._finished.set()

    def wait(self, seconds: float) -> bool:
        """Wait until it has ended, and tell whether it has; it goes on where it has not."""
        return self._finished.wait(min(seconds, threading.TIMEOUT_MAX))

    def result(self) -> ResultT:
        """Wait until it has ended, and return its result or raise its exception."""
        if self._process != os.getpid() and not self._finished.is_set():
            # Threads don't come along into a forked child.
            return self._function(*self._arguments)
        self._finished.wait()
        if self._error is not None:
            raise self._error
        return self._value  # type: ignore[return-value]


class Iteration(Generic[ResultT]):
    """One iteration of a listing.

    Args:
        items: What yields the items.
    """

    def __init__(self, items: Generator[ResultT, None, None]) -> None:
        self._items = items

    def __iter__(self) -> Iteration[ResultT]:
        return self

    def __next__(self) -> ResultT:
        return next(self._items)

    def close(self) -> None:
        """Leave the iteration; nothing of it is under way then."""
        self._items.close()


class ArrowExport(ABC):
    """Hands a listing to libraries that read Arrow's C stream interface."""

    @abstractmethod
    def to_arrow(self) -> ArrowTable:
        """Read all items and return them as a table of Arrow."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Read all items, which asks the server, and give them as a stream; needs pyarrow."""
        stream: object = self.to_arrow().__arrow_c_stream__(requested_schema)
        return stream


class ReadAhead(Generic[ResultT]):
    """Calls that were started and whose results are taken later, in order.

    Leaving the ``with`` block abandons what still runs: nothing waits for it, and being in daemon
    threads it holds up no exit of the process.
    """

    def start(self, function: Call[ResultT], *arguments: Any) -> PendingCall[ResultT]:
        """Start a call; what is returned is given to `result`."""
        return PendingCall(function, arguments)

    def result(self, started: PendingCall[ResultT]) -> ResultT:
        """Wait for a call that was started, and return its result or raise its exception."""
        return started.result()

    def __enter__(self) -> ReadAhead[ResultT]:
        return self

    def __exit__(self, *_: object) -> None:
        pass


class Calls(Generic[ResultT]):
    """Calls that are under way side by side, and whose results are taken as they end.

    Leaving the ``with`` block abandons what still runs: nothing waits for it, and being in daemon
    threads it holds up no exit of the process.
    """

    def __init__(self) -> None:
        self._running = 0
        self._ended: queue.SimpleQueue[PendingCall[ResultT]] = queue.SimpleQueue()

    def __len__(self) -> int:
        return self._running

    def start(self, function: Call[ResultT], *arguments: Any) -> None:
        """Start a call."""
        place: queue.SimpleQueue[PendingCall[ResultT]] = queue.SimpleQueue()

        def called() -> ResultT:
            try:
                return function(*arguments)
            finally:
                self._ended.put(place.get())

        self._running += 1
        place.put(PendingCall(called, (), name="a2e-batch"))

    def next(self, seconds: float) -> PendingCall[ResultT] | None:
        """Wait for a call that ends, and return it; None where none does for some seconds."""
        try:
            ended = self._ended.get(timeout=min(seconds, threading.TIMEOUT_MAX))
        except queue.Empty:
            return None
        self._running -= 1
        return ended

    def __enter__(self) -> Calls[ResultT]:
        return self

    def __exit__(self, *_: object) -> None:
        pass
