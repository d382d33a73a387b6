"""Time, as the sandbox sees it.

Owns the one question "what time is it" and the way times are written on the wire. Everything that
happens by itself in the sandbox (a task that starts processing, completes, fails) is computed from
the answer, so that a test that turns the clock needs no sleep.
"""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Protocol

__all__ = ["Clock", "ManualClock", "SystemClock", "http_time", "parse_time", "wire_time"]

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


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


def parse_time(text: str) -> datetime:
    """Read a time that `wire_time` has written.

    Args:
        text: the time.

    Returns:
        An aware datetime in UTC.
    """
    return datetime.fromisoformat(text)


def http_time(moment: datetime) -> str:
    """Write a time for the ``Date`` header, for example ``Fri, 21 Jun 2024 03:20:22 GMT``.

    Args:
        moment: an aware datetime.

    Returns:
        An HTTP date in UTC with seconds, later digits cut off.
    """
    # strftime writes the names of days and months in the language of the machine.
    at = moment.astimezone(UTC)
    day, month = _DAYS[at.weekday()], _MONTHS[at.month - 1]
    return f"{day}, {at.day:02} {month} {at.year:04} {at:%H:%M:%S} GMT"
