"""Time, as the sandbox sees it.

This module owns the one question "what time is it" and the way times are written on the wire.
Everything that happens by itself in the sandbox (a task that starts processing, completes, fails)
is computed from that time, so that a test that turns the clock needs no sleep.
"""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Protocol, runtime_checkable

from attrs import frozen

from .changes import Changes

__all__ = [
    "AdjustableClock",
    "Clock",
    "ClockReading",
    "ManualClock",
    "SettableClock",
    "SystemClock",
    "changes_of",
    "http_time",
    "parse_time",
    "real_seconds_until",
    "wire_time",
]

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@frozen
class ClockReading:
    """How a clock stands.

    Args:
        now: its time.
        ahead: seconds by which it is ahead of the computer's clock while it runs.
        paused: whether it stands still.
    """

    now: datetime
    ahead: float
    paused: bool


class Clock(Protocol):
    """Anything that tells the time."""

    def now(self) -> datetime:
        """Return the present moment as an aware datetime in UTC."""
        ...


@runtime_checkable
class SettableClock(Clock, Protocol):
    """A clock whose reading can be saved and set again."""

    def reading(self) -> ClockReading:
        """Return how it stands."""
        ...

    def set_to(self, reading: ClockReading) -> None:
        """Let it stand as another one did."""
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

    Attributes:
        changes: tells when it was turned.

    Raises:
        ValueError: ``start`` has no time zone.
    """

    def __init__(self, start: datetime | None = None) -> None:
        start = start or datetime(2026, 1, 1, tzinfo=UTC)
        if start.tzinfo is None:
            raise ValueError("start must be an aware datetime, for example with tzinfo=UTC")
        self._now = start.astimezone(UTC)
        self._lock = threading.Lock()
        self.changes = Changes()

    def now(self) -> datetime:
        """Return the moment the clock was last turned to, an aware datetime in UTC."""
        return self._now

    def reading(self) -> ClockReading:
        """Return how it stands."""
        return ClockReading(self._now, 0.0, True)

    def set_to(self, reading: ClockReading) -> None:
        """Set it to the time of another clock.

        Args:
            reading: how that one stood.
        """
        with self._lock:
            self._now = reading.now
        self.changes.tell()

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
            now = self._now
        self.changes.tell()
        return now


class AdjustableClock:
    """The computer's clock, which can be turned forward, stopped and set going again; safe to share
    between threads.

    Args:
        paused: whether it starts stopped; it runs by default.

    Attributes:
        changes: tells when it was turned, stopped, set going or reset.
    """

    def __init__(self, *, paused: bool = False) -> None:
        self._starts_paused = paused
        self._lock = threading.Lock()
        self.changes = Changes()
        self._ahead = timedelta()
        self._stopped_at: datetime | None = None
        self.reset()

    @property
    def paused(self) -> bool:
        """Whether it stands still."""
        return self._stopped_at is not None

    def now(self) -> datetime:
        """Return the present moment as an aware datetime in UTC."""
        with self._lock:
            return self._now()

    def advance(self, seconds: float) -> datetime:
        """Turn the clock forward, whether it runs or stands still.

        Args:
            seconds: how far, 0 or more.

        Returns:
            The new time.

        Raises:
            ValueError: ``seconds`` is negative.
            OverflowError: the calendar ends before that.
        """
        if seconds < 0:
            raise ValueError("a clock can only be turned forward")
        with self._lock:
            now = self._now() + timedelta(seconds=seconds)
            if self._stopped_at is None:
                self._ahead += timedelta(seconds=seconds)
            else:
                self._stopped_at = now
        self.changes.tell()
        return now

    def reading(self) -> ClockReading:
        """Return how it stands."""
        with self._lock:
            return ClockReading(self._now(), self._ahead.total_seconds(), self.paused)

    def set_to(self, reading: ClockReading) -> None:
        """Let it stand as another one did: still, at the same time, or as far ahead of the
        computer's clock.

        Args:
            reading: how that one stood.

        Raises:
            OverflowError: the calendar ends before that.
        """
        ahead = timedelta(seconds=reading.ahead)
        if not reading.paused:
            _ = datetime.now(UTC) + ahead
        with self._lock:
            self._ahead = ahead
            self._stopped_at = reading.now if reading.paused else None
        self.changes.tell()

    def pause(self) -> None:
        """Stop the clock."""
        with self._lock:
            self._stopped_at = self._now()
        self.changes.tell()

    def resume(self) -> None:
        """Let the clock run in real time, from where it stands."""
        with self._lock:
            if self._stopped_at is not None:
                self._ahead = self._stopped_at - datetime.now(UTC)
                self._stopped_at = None
        self.changes.tell()

    def reset(self) -> None:
        """Set the clock to the computer's time; it stands still if it did so at first."""
        with self._lock:
            self._ahead = timedelta()
            self._stopped_at = datetime.now(UTC) if self._starts_paused else None
        self.changes.tell()

    def _now(self) -> datetime:
        return self._stopped_at or datetime.now(UTC) + self._ahead


def real_seconds_until(clock: Clock, moment: datetime) -> float | None:
    """Tell how long to sleep until a clock may show a moment, unless it tells of a change earlier.

    Args:
        clock: the clock.
        moment: the moment.

    Returns:
        Seconds, 0 or more; at most a minute, since the computer's clock may be set, and at most
        half a second for a clock that is not of this module. None where only a change brings it on.
    """
    left = max(0.0, (moment - clock.now()).total_seconds())
    if isinstance(clock, ManualClock) or (isinstance(clock, AdjustableClock) and clock.paused):
        return None if left else 0.0
    return min(left, 60.0 if isinstance(clock, AdjustableClock | SystemClock) else 0.5)


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


def changes_of(clock: Clock) -> Changes | None:
    """Return what tells that a clock was turned; None of one of the user's own that need not tell.

    Args:
        clock: the clock.
    """
    changes = getattr(clock, "changes", None)
    return changes if isinstance(changes, Changes) else None
