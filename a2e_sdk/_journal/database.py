"""A journal's database: one thread that works on it, and one commit for all that waits meanwhile.

This module owns that thread. Work is handed over as functions of a session and done in the order in
which it was handed over: neither Ctrl-C nor a cancelled task can come between a change and its
commit. Where the journal is kept is the matter of its store.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import weakref
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from a2e_sdk._runtime.forks import ForkAware
from a2e_sdk.errors import JournalError

from .session import Connection, Session
from .store import Store
from .work import SpoiltTransactionError, Work

ResultT = TypeVar("ResultT")

#: So many pieces of work share a commit at the most.
_LARGEST_GROUP = 1_000
#: How long the thread stays without work, in seconds.
_IDLE_SECONDS = 10.0


class Database(ForkAware):
    """The thread of a journal's database; safe to use from many threads, and after a fork.

    Args:
        store: Where the journal is kept.
    """

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        own = weakref.ref(self)  # The locks of a file outlive those who use them.

        def wake() -> None:
            database = own()
            if database is not None:
                database.wake()

        store.locks.on_release = wake
        self._connection: Connection | None = None
        self._drop_inherited()

    def _drop_inherited(self) -> None:
        # A connection must not cross a fork, not even to be closed: it stays where it is.
        _inherited.append(self._connection)
        self._connection = None
        # Taken again by the thread that has it: the collector may end a task that hands over work.
        self._lock = threading.RLock()
        self._waiting: queue.SimpleQueue[Work[Any] | None] = queue.SimpleQueue()
        self._running = False
        self._open = 0
        self._kept: list[Work[Any]] = []

    def submit(
        self,
        function: Callable[[Session], ResultT],
        on_done: Callable[[], object],
        *,
        keep: bool = False,
    ) -> Work[ResultT]:
        """Hand over a piece of work.

        Args:
            function: The work.
            on_done: Called in another thread when it is done.
            keep: Whether it is done with the next work, before that, where it can't be written
                now. That is for what is true already, whether it is written or not.
        """
        self.renew_after_fork()
        work = Work(function, on_done, keep=keep)
        with self._lock:
            self._waiting.put(work)
            self._open += 1
            if not self._running:
                self._running = True
                threading.Thread(target=self._work, name="a2e-journal", daemon=True).start()
        return work

    def keep(self, function: Callable[[Session], object]) -> None:
        """Hand over what is true already, whether it is written or not; nobody waits for it."""
        self.submit(function, _nothing, keep=True)

    def wake(self) -> None:
        """Have the store do what is due; may be called by the collector, at any moment."""
        self._waiting.put(None)

    def _work(self) -> None:
        """Do what is handed over, until nothing has been for a while."""
        while self._do_next():
            pass

    def _do_next(self) -> bool:
        """Do what waits, and forget it; return False where nothing has come for a while."""
        group = self._next_group()
        if group is None:
            if not self._stays():
                return False
            group = []
        failure: BaseException | None = None
        try:
            with self.store.fork_guard:
                if self._connection is None:
                    self._connection = self.store.connect()
                self.store.prepare(self._connection)
                self._commit(self._connection, [*self._kept, *group])
            self._kept = []
        except BaseException as error:
            self._kept += [work for work in group if work.keep]
            failure = error
        # Ending one may hand over another, so that they count until then.
        for work in group:
            work.end(None if failure is None else self._error_of(failure, work))
        with self._lock:
            self._open -= len(group)
        return True

    def _next_group(self) -> list[Work[Any]] | None:
        """Return the work that waits; None where nothing came for a while."""
        group: list[Work[Any] | None] = []
        with contextlib.suppress(queue.Empty):
            group.append(self._waiting.get(timeout=_IDLE_SECONDS))
            while len(group) < _LARGEST_GROUP:
                group.append(self._waiting.get_nowait())
        return [work for work in group if work is not None] if group else None

    def _stays(self) -> bool:
        """Tell whether the thread goes on; where it does not, the connection is closed."""
        with self._lock:
            connection = self._connection
            if self._open or (connection is not None and self.store.is_needed(connection)):
                return True
            self._running = False
            if connection is None or self.store.outlives_work(connection):
                return False
            self._connection = None
        with self.store.fork_guard:
            connection.close()
        return False

    def _commit(self, connection: Connection, group: Sequence[Work[Any]]) -> None:
        while True:
            sessions: list[Session] = []
            try:
                connection.begin()
                first = Session(connection)
                sessions.append(first)
                self.store.begun(first)
                for work in group:
                    if not work.has_failed:
                        sessions.append(work.run(connection, self.store.is_of_the_work))
                connection.commit()
            except BaseException as error:
                with contextlib.suppress(Exception):
                    connection.rollback()
                for session in sessions:
                    session.end(success=False)
                # The others are done without it.
                if isinstance(error, SpoiltTransactionError) or connection.try_again(error):
                    continue
                raise
            for session in sessions:
                session.end(success=True)
            return

    def _error_of(self, error: BaseException, work: Work[Any]) -> BaseException:
        """Return an error of its own for one that waits."""
        error = self.store.problem(error) or error
        if not isinstance(error, JournalError):
            return error
        return JournalError(str(error) if work.keep else f"{error} Nothing was started.")


_inherited: list[Any] = []


def _nothing() -> None:
    """Do nothing: nobody waits."""
