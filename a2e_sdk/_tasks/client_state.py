"""What one client learns while it lives: ids, starts under way, durations, server time, quota.

This module owns that state and its thread-safety. Copies of a client made by ``with_options``
share it; a pickle leaves it behind, and a forked child begins without the starts of its parent.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Generator, Hashable, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from a2e_api.types import Response
from a2e_sdk._http.messages import HttpResponse, SendProgress
from a2e_sdk._http.retry_quota import RetryQuota
from a2e_sdk._runtime.closed_loops import asyncio_loop, is_closed
from a2e_sdk._runtime.forks import ForkAware
from a2e_sdk.models import Task
from a2e_sdk.models.status import TaskStatus
from a2e_sdk.models.submission import Submission

_IDS_KEPT = 100_000
_DURATIONS_KEPT = 200
#: More submissions of unknown outcome than this are not remembered; the oldest go first.
_SUBMISSIONS_KEPT = 10_000


class Start:
    """One call that makes something anew, from before it is sent until its outcome is known.

    Args:
        submission: The task that it starts. Default: none, it makes something else.

    Attributes:
        submission: The task that it starts; `ClientState.submission_of` knows since when.
        may_have_begun: Whether a request was sent whose outcome is not known to be a refusal.
        payload: The envelope of its response, from the moment at which that was read.
        reply: That response as it came.
        response: The parsed response of a call that was interrupted after it was read.
        claimed: The tasks that it holds.
        sent_at: When it was sent last, by the client's clock; None until it is.
        sent_at_here: The same by this machine's calendar.
    """

    def __init__(self, submission: Submission | None = None) -> None:
        self.submission = submission
        self.may_have_begun = False
        self.payload: Mapping[str, Any] | None = None
        self.reply: HttpResponse | None = None
        self.response: Response[Any] | None = None
        self.claimed: list[str] = []
        self.sent_at: float | None = None
        self.sent_at_here: datetime | None = None
        self._loop = asyncio_loop()

    def sending(self, now: float) -> None:
        """Note that it is sent now.

        Args:
            now: The present moment by the client's clock.
        """
        self.may_have_begun = True
        self.sent_at, self.sent_at_here = now, datetime.now(UTC)

    @property
    def is_abandoned(self) -> bool:
        """Whether its event loop was closed, so that it never ends."""
        return is_closed(self._loop)

    @property
    def fingerprint(self) -> Hashable:
        """What its task has in common with those that can't be told from it."""
        return None if self.submission is None else self.submission.fingerprint


class Claims(ForkAware):
    """Which task belongs to which start, and the starts under way; safe to share between threads.

    All clients of this process that go to one server share it, so that none of them takes another
    one's task for its own.

    The collector may end a start of a closed event loop at any moment, also in a thread that is at
    work here: so the lock is taken again by the thread that has it, and nothing is iterated that
    may change meanwhile. The same holds for `ClientState`.
    """

    def __init__(self) -> None:
        super().__init__()
        self._claimed: OrderedDict[str, None] = OrderedDict()
        self._drop_inherited()

    def _drop_inherited(self) -> None:
        self._lock = threading.RLock()
        self._sending: set[Start] = set()

    def claim(self, task_id: str, start: Start | None = None) -> bool:
        """Take a task for one start; False if another start holds it already."""
        self.renew_after_fork()
        with self._lock:
            if task_id in self._claimed:
                return False
            self._claimed[task_id] = None
            if start is not None:
                start.claimed.append(task_id)
            while len(self._claimed) > _IDS_KEPT:
                self._claimed.popitem(last=False)
            return True

    def release(self, start: Start) -> None:
        """Let the tasks go that a start held which ended before its caller learnt of them."""
        self.renew_after_fork()
        with self._lock:
            for task_id in start.claimed:
                self._claimed.pop(task_id, None)

    def begin(self, start: Start) -> None:
        """Note that a start is under way."""
        self.renew_after_fork()
        with self._lock:
            self._sending.add(start)

    def end(self, start: Start) -> None:
        """Note that a start is under way no longer."""
        with self._lock:
            self._sending.discard(start)

    def equal_starts(self, submission: Submission) -> frozenset[Start]:
        """Return the starts under way whose task can't be told from that of a submission."""
        self.renew_after_fork()
        fingerprint = submission.fingerprint
        with self._lock:
            under_way = tuple(self._sending)
            return frozenset(start for start in under_way if start.fingerprint == fingerprint)

    def under_way(self, starts: frozenset[Start]) -> bool:
        """Tell whether one of some starts may still end."""
        self.renew_after_fork()
        with self._lock:
            for start in tuple(self._sending):
                if start.is_abandoned:
                    self._sending.discard(start)
            return not self._sending.isdisjoint(starts)


_claims_of_servers: dict[str, Claims] = {}
_claims_of_transports: WeakKeyDictionary[object, Claims] = WeakKeyDictionary()


def claims_of(server: object) -> Claims:
    """Return what all clients of this process share that go to one server.

    Ids of tasks are unique at a server, whatever the account, so the key is none of its marks: two
    keys of one account must not be handed the same task.

    Args:
        server: Its base URL; or the transport of the caller's, where only that knows what it
            reaches; None for a server that no other client reaches.
    """
    if isinstance(server, str):
        return _claims_of_servers.setdefault(server, Claims())
    try:
        return Claims() if server is None else _claims_of_transports.setdefault(server, Claims())
    except TypeError:  # It can't be hashed, or not be referred to weakly.
        return Claims()


class ClientState(ForkAware):
    """What one client learns while it lives; safe to share between threads.

    Args:
        claims: What it shares with other clients. Default: nothing.

    Attributes:
        claims: Which task belongs to which start.
        retry_quota: What is left for retries.
        closed: Whether the client was closed, so that a wait under way ends too.
    """

    def __init__(self, claims: Claims | None = None) -> None:
        super().__init__()
        self.claims = claims or Claims()
        self.retry_quota = RetryQuota()
        self.closed = False
        self._durations: dict[str, deque[float]] = {}
        self._date: tuple[str, float] | None = None
        self._drop_inherited()

    def _drop_inherited(self) -> None:
        self._lock = threading.RLock()
        self._sending: set[SendProgress] = set()
        # In the order in which they were sent.
        self._unknown: OrderedDict[int, Start] = OrderedDict()

    def close(self) -> None:
        """Note that the client was closed: what it did not begin to write stays unsent.

        That is so on transports of the caller's too, whose connections stay open.
        """
        self.renew_after_fork()
        with self._lock:
            self.closed = True
            under_way = list(self._sending)
        for progress in under_way:
            progress.abandon()

    @contextmanager
    def sending(self, progress: SendProgress | None) -> Generator[None, None, None]:
        """Note a request while it is under way, so that `close` can keep it from being written."""
        if progress is None:
            yield
            return
        self.renew_after_fork()
        with self._lock:
            self._sending.add(progress)
            if self.closed:
                progress.abandon()
        try:
            yield
        finally:
            with self._lock:
                self._sending.discard(progress)

    @contextmanager
    def starting(self, start: Start) -> Generator[None, None, None]:
        """Note a start, from before it is sent until its response is read.

        It stays among `submissions` where it may have begun, until `settled` is told of it.
        """
        self.renew_after_fork()
        with self._lock:
            self._unknown[id(start)] = start
            while len(self._unknown) > _SUBMISSIONS_KEPT:
                self._unknown.popitem(last=False)
        self.claims.begin(start)
        try:
            yield
        finally:
            self.claims.end(start)
            if not start.may_have_begun:
                with self._lock:
                    self._unknown.pop(id(start), None)

    def submission_of(self, start: Start) -> Submission:
        """Return what a start submitted, with the moment from which its task can date.

        That is by the server's clock, also where its first response came after the start was sent;
        by this machine's where none has come yet.

        Raises:
            ValueError: It starts no task.
        """
        submission = start.submission
        if submission is None:
            raise ValueError("this call starts no task.")
        if start.sent_at is None or start.sent_at_here is None:
            return submission
        if self.knows_server_time:
            return submission.began(self.server_time(start.sent_at), exact=True)
        return submission.began(start.sent_at_here, exact=False)

    def settled(self, submission: Submission) -> None:
        """Note that the outcome of a submission is known by now."""
        self.renew_after_fork()
        with self._lock:
            for start in list(self._unknown.values()):
                if start.submission is not None and start.submission.is_same(submission):
                    self._unknown.pop(id(start), None)
                    return

    def succeeded(self, start: Start) -> None:
        """Note that a start's tasks are handed to its caller."""
        with self._lock:
            self._unknown.pop(id(start), None)

    @property
    def submissions(self) -> tuple[Submission, ...]:
        """What was sent and may have begun, although no task came back; oldest first."""
        self.renew_after_fork()
        with self._lock:
            starts = list(self._unknown.values())
            begun = [start for start in starts if start.may_have_begun]
        return tuple(self.submission_of(start) for start in begun)

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
        """Whether a response has told the server's time yet, in a form that can be read."""
        return self._date is not None and _parsed(self._date[0]) is not None

    def server_time(self, now: float) -> datetime:
        """Return the present time by the server's clock, or by this machine's until one is known.

        Args:
            now: The present moment on the clock that `note_date` was told of.
        """
        if self._date is not None:
            date, then = self._date
            moment = _parsed(date)
            if moment is not None:
                try:
                    return moment + timedelta(seconds=now - then)
                except OverflowError:
                    pass
        return datetime.now(UTC)


@lru_cache(maxsize=16)
def _parsed(date: str) -> datetime | None:
    """Return the moment of a ``Date`` header, which is in UTC whether it says so or not."""
    # Imported here: few responses need it, and it loads sockets and more.
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(date)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
