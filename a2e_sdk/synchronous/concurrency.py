"""Time, disks, and reading ahead with threads.

This module owns what differs between the two clients; it is the hand-written twin of
``a2e_sdk.asynchronous.concurrency``. Everything else in this package is written by a machine.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

ResultT = TypeVar("ResultT")

#: A function that does the call.
Call = Callable[..., ResultT]


class Timekeeper:
    """Tells the time and lets it pass; a test puts one in its place whose clock it turns."""

    def now(self) -> float:
        """Return the seconds of a clock that only goes forward."""
        return time.monotonic()

    def pause(self, seconds: float) -> None:
        """Let some seconds pass."""
        time.sleep(seconds)


def disk_work(function: Callable[..., ResultT], *arguments: Any) -> ResultT:
    """Call a function that reads or writes files."""
    return function(*arguments)


class Started(Generic[ResultT]):
    """A call that was started, in a daemon thread of its own, and whose result is taken later."""

    def __init__(self, function: Call[ResultT], arguments: tuple[Any, ...]) -> None:
        self._function = function
        self._arguments = arguments
        self._finished = threading.Event()
        self._value: ResultT | None = None
        self._error: BaseException | None = None
        threading.Thread(target=self._run, name="a2e-read-ahead", daemon=True).start()

    def _run(self) -> None:
        try:
            self._value = self._function(*self._arguments)
        except BaseException as error:
            self._error = error
        self._finished.set()

    def result(self) -> ResultT:
        """Wait until it has ended, and return its result or raise its exception."""
        self._finished.wait()
        if self._error is not None:
            raise self._error
        return self._value  # type: ignore[return-value]


class ReadAhead(Generic[ResultT]):
    """Calls that were started and whose results are taken later, in order.

    Leaving the ``with`` block abandons what still runs: nothing waits for it, and being in daemon
    threads it holds up no exit of the process.
    """

    def start(self, function: Call[ResultT], *arguments: Any) -> Started[ResultT]:
        """Start a call; what is returned is given to `result`."""
        return Started(function, arguments)

    def result(self, started: Started[ResultT]) -> ResultT:
        """Wait for a call that was started, and return its result or raise its exception."""
        return started.result()

    def __enter__(self) -> ReadAhead[ResultT]:
        return self

    def __exit__(self, *_: object) -> None:
        pass
