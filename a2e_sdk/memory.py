"""What one client learns while it lives: ids, starts under way, durations, server time, quota.

This module owns that state and its thread-safety. Copies of a client made by ``with_options``
share it; a pickle leaves it behind.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict, deque
from collections.abc import Generator, Hashable
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from .models import Task
from .retry_quota import RetryQuota
from .status import TaskStatus

_IDS_KEPT = 100_000
_DURATIONS_KEPT = 200


class Memory:
    """What one client learns while it lives; safe to share between threads.

    Attributes:
        retry_quota: What is left for retries.
        closed: Whether the client was closed, so that a wait under way ends too.
    """

    def __init__(self) -> None:
        self.retry_quota = RetryQuota()
        self.closed = False
        self._lock = threading.Lock()
        self._claimed: OrderedDict[str, None] = OrderedDict()
        self._sending: Counter[Hashable] = Counter()
        self._durations: dict[str, deque[float]] = {}
        self._date: tuple[str, float] | None = None

    def claim(self, task_id: str) -> bool:
        """Take a task for one start; False if another start of this client holds it already."""
        with self._lock:
            if task_id in self._claimed:
                return False
            self._claimed[task_id] = None
            while len(self._claimed) > _IDS_KEPT:
                self._claimed.popitem(last=False)
            return True

    @contextmanager
    def sending(self, fingerprint: Hashable) -> Generator[None, None, None]:
        """Note that a start is under way, from before it is sent until its answer is read."""
        with self._lock:
            self._sending[fingerprint] += 1
        try:
            yield
        finally:
            with self._lock:
                self._sending[fingerprint] -= 1
                if not self._sending[fingerprint]:
                    del self._sending[fingerprint]

    def is_sending(self, fingerprint: Hashable) -> bool:
        """Tell whether an equal start is under way whose task can't be told from another's yet."""
        with self._lock:
            return self._sending[fingerprint] > 0

    def learn(self, task: Task) -> None:
        """Take note of how long a finished task took."""
        ended = getattr(task, "completed_at", None) or task.updated_at
        if task.status is not TaskStatus.SUCCEEDED or ended is None or task.created_at is None:
            return
        seconds = (ended - task.created_at).total_seconds()
        # A record that was touched again much later says nothing about the work.
        if 0 < seconds < 24 * 3600:
            kept = self._durations.setdefault(task.family, deque(maxlen=_DURATIONS_KEPT))
            kept.append(seconds)

    def durations(self, family: str) -> list[float]:
        """Return the seconds that finished tasks of a family took, ascending."""
        return sorted(self._durations.get(family, ()))

    def note_date(self, date: str | None, now: float) -> None:
        """Take note of a ``Date`` header and of the moment it came, on a clock of the caller's."""
        if date:
            self._date = (date, now)

    @property
    def knows_server_time(self) -> bool:
        """Whether an answer has told the server's time yet."""
        return self._date is not None

    def server_time(self, now: float) -> datetime:
        """Return the present time by the server's clock, or by this machine's until one is known.

        Args:
            now: The present moment on the clock that `note_date` was told of.
        """
        if self._date is not None:
            date, then = self._date
            try:
                return parsedate_to_datetime(date).astimezone(UTC) + timedelta(seconds=now - then)
            except (ValueError, TypeError, OverflowError):
                pass
        return datetime.now(UTC)
