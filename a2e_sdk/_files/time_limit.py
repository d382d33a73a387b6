"""The limits of time for the transfer of a file, and the error of a download that reaches its own.

This module is pure: it is given the clock.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from a2e_sdk import errors

from .http_rules import Kept

#: The slowest pace, in bytes a second, at which an upload is still given the time it needs.
SLOWEST_UPLOAD = 16 * 1024


def upload_seconds(total: float, size: int) -> float:
    """Return how long one attempt to upload a file may take.

    Args:
        total: The ``total`` of the client's time-outs, for everything but the bytes.
        size: The bytes of the file.
    """
    return total + size / SLOWEST_UPLOAD


class TimeLimit:
    """The seconds that all files, attempts and pauses of a download may take, from now on.

    Args:
        seconds: How many; None for no limit.
        now: Tells the time.

    Attributes:
        deadline: When they are over, by the same clock.
    """

    def __init__(self, seconds: float | None, now: Callable[[], float]) -> None:
        self._seconds = seconds
        self._now = now
        self.deadline = math.inf if seconds is None else now() + seconds

    def left(self) -> float | None:
        """Return the seconds until the deadline, below 0 behind it; None where there is none."""
        return None if self._seconds is None else self.deadline - self._now()

    def is_over(self, pause: float = 0.0) -> bool:
        """Tell whether the deadline will have passed after a pause of some seconds."""
        left = self.left()
        return left is not None and left <= pause

    def error(self, kept: Kept, path: Path, attempts: int) -> errors.APITimeoutError:
        """Return the error of a download that ran out of time.

        Args:
            kept: What came of the file.
            path: Where it would have been.
            attempts: How many requests were sent for it.
        """
        total = "an unknown number of" if kept.total is None else kept.total
        onward = "goes on from there" if kept.usable().position else "begins again"
        return errors.APITimeoutError(
            f"max_seconds={self._seconds:g} were over when {kept.position} of {total} bytes of "
            f"{str(path)!r} had come; the same call {onward}",
            operation="download",
            attempts=attempts,
            advice="Call again, or allow more seconds.",
        )
