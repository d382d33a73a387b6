"""Time, as the sandbox sees it.

Owns the one question "what time is it" and the way times are written on the wire. Everything that
happens by itself in the sandbox (a task that starts processing, completes, fails) is computed from
the answer, so that a test that turns the clock needs no sleep.
"""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Protocol

__all__ = ["Clock", "ManualClock", "SystemClock", "wire_time"]


class Clock(Protocol):
    """Anything that tells the time."""

    def now(self) -> datetime:
        """Return the present moment as an aware datetime in UTC."""
        ...


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """Return the present moment as an aware datetime in UTC."""
        return datetime.now(UTC)


class ManualClock:
    """A clock that stands still until it is turned; safe to share between threads.

    Args:
        start: aware datetime to begin at; 2026-01-01 00:00 UTC by default.

    Raises:
        ValueError: ``start`` has no time zone.
    """

    def __init__(self, start: datetime | None = None) -> None:
        start = start or datetime(2026, 1, 1, tzinfo=UTC)
        if start.tzinfo is None:
            raise ValueError("start must be an aware datetime, for example with tzinfo=UTC")
        self._now = start.astimezone(UTC)
        self._lock = threading.Lock()

    def now(self) -> datetime:
        """Return the moment the clock was last turned to, an aware datetime in UTC."""
        return self._now

    def advance(self, seconds: float) -> datetime:
        """Turn the clock forward.

        Args:
            seconds: how far, 0 or more.

        Returns:
            The new time.

        Raises:
            ValueError: ``seconds`` is negative.
        """
        if seconds < 0:
            raise ValueError("a clock can only be turned forward")
        with self._lock:
            self._now += timedelta(seconds=seconds)
            return self._now


def wire_time(moment: datetime) -> str:
    """Write a time the way A2E does, for example ``2024-06-21T03:20:22.436Z``.

    Args:
        moment: an aware datetime.

    Returns:
        ISO 8601 in UTC with milliseconds, later digits cut off.
    """
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.removesuffix("+00:00") + "Z"
