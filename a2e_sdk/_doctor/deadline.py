"""How long a step of an examination may take, whatever it waits for."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

ResultT = TypeVar("ResultT")


class Deadline:
    """When an examination ends.

    Args:
        seconds: How long it may take from now on.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def step(self, seconds: float) -> float:
        """Return how long a step may take that takes so many seconds at the most.

        Raises:
            TimeoutError: No time is left for it.
        """
        left = self._end - time.monotonic()
        if left < 0.1:
            raise TimeoutError("the time of the examination is over")
        return min(seconds, left)


def within(seconds: float, function: Callable[[], ResultT]) -> ResultT:
    """Return what a function returns that knows no time limit of its own.

    It goes on in a thread of its own where it takes longer; the end of the process ends it.

    Args:
        seconds: How long it may take.
        function: What is called.

    Raises:
        TimeoutError: It took longer.
    """
    results: list[ResultT] = []
    errors: list[BaseException] = []

    def call() -> None:
        try:
            results.append(function())
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=call, daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not results:
        raise TimeoutError(f"it took longer than {seconds:.3g} seconds")
    return results[0]
