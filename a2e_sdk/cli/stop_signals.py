"""Signals that ask a command to end, as exceptions that take the way of Ctrl-C.

This module owns which signals these are, and the way of a command that ends in good order after
the first of them and at once after the second. One that the parent ignores stays ignored, as
``nohup`` wants it; that is true of Ctrl-C by Python's own doing.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_NAMES = ("SIGTERM", "SIGHUP")


class Terminated(KeyboardInterrupt):
    """A signal asked the command to end.

    Args:
        number: The signal.
    """

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


@contextmanager
def ending_on_signals() -> Generator[None, None, None]:
    """Raise `Terminated` in the main thread when a signal asks the process to end."""
    changed: list[int] = []
    if threading.current_thread() is threading.main_thread():
        for name in _NAMES:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, _stop)
                changed.append(number)
    try:
        yield
    finally:
        for number in changed:
            signal.signal(number, signal.SIG_DFL)


class StopRequest:
    """Whether a signal has asked a command to end.

    Attributes:
        number: The first signal; None as long as there was none.
    """

    def __init__(self) -> None:
        self.number: int | None = None


@contextmanager
def stopping_on_signals(stop: Callable[[], object]) -> Generator[StopRequest, None, None]:
    """Call a function when the first signal asks the process to end; the second one ends it.

    The second one raises KeyboardInterrupt, or `Terminated`. Outside the main thread nothing is
    changed.

    Args:
        stop: Called by the handler of the signal.
    """
    request = StopRequest()

    def asked(number: int, _frame: FrameType | None) -> None:
        if request.number is None:
            request.number = number
            stop()
        elif number == signal.SIGINT:
            raise KeyboardInterrupt
        else:
            raise Terminated(number)

    changed: dict[int, Any] = {}
    if threading.current_thread() is threading.main_thread():
        for name in ("SIGINT", *_NAMES):
            number = getattr(signal, name, None)
            # One of a program that calls us, other than Python's own and ours, is left alone.
            if number is not None and signal.getsignal(number) in (
                *(signal.SIG_DFL, signal.default_int_handler),
                _stop,
            ):
                changed[number] = signal.signal(number, asked)
    try:
        yield request
    finally:
        for number, handler in changed.items():
            signal.signal(number, handler)


def _stop(number: int, _frame: FrameType | None) -> None:
    raise Terminated(number)
