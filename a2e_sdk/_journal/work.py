"""A piece of work for a journal: handed over in one thread, done in another, and waited for.

This module owns its life: it is done perhaps several times, since a transaction can fail for
another piece of work, and it ends once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from .session import Connection, Session

ResultT = TypeVar("ResultT")


class SpoiltTransactionError(Exception):
    """A piece of work failed when it had changed something already."""


class Work(Generic[ResultT]):
    """A piece of work that was handed over.

    Args:
        function: The work; what it raises is raised by `result`, and undoes its changes.
        on_done: Called, in the database's thread, when it is done.
        keep: Whether it is kept, and done with the next work, where it can't be written.

    Attributes:
        has_failed: Whether it raised something, so that it is not to be done again.
    """

    def __init__(
        self,
        function: Callable[[Session], ResultT],
        on_done: Callable[[], object],
        *,
        keep: bool,
    ) -> None:
        self.function = function
        self.keep = keep
        self.has_failed = False
        self._on_done = on_done
        self._value: ResultT | None = None
        self._error: BaseException | None = None
        self._lock = threading.Lock()
        self._ended = False
        self._too_late: Callable[[ResultT], object] | None = None

    def run(
        self, connection: Connection, is_of_the_work: Callable[[BaseException], bool]
    ) -> Session:
        """Do it within a transaction.

        Args:
            connection: The connection.
            is_of_the_work: Whether an error is of the work, and not of the journal.

        Raises:
            SpoiltTransactionError: It failed after it had changed something.
        """
        session = Session(connection)
        changes = connection.changes
        try:
            self._value, self._error = self.function(session), None
        except Exception as error:
            is_own = is_of_the_work(error)  # Else it is the journal that can't be used.
            if is_own:
                self._error, self.has_failed = error, True
            session.end(success=False)
            if not is_own:
                raise
            if connection.changes != changes or connection.is_spoilt:
                raise SpoiltTransactionError from None
        return session

    def end(self, error: BaseException | None = None) -> None:
        """Note that it is done, or that the transaction failed, and tell whoever waits."""
        with self._lock:
            self._ended = True
            self._error = error or self._error
            too_late = self._too_late
        self._on_done()
        self._clean_up(too_late)

    def abandon(self, too_late: Callable[[ResultT], object]) -> None:
        """Note that nobody waits any more.

        Args:
            too_late: Called with the result, now or as soon as it is there; not where it failed.
        """
        with self._lock:
            self._too_late = too_late
            ended = self._ended
        if ended:
            self._clean_up(too_late)

    def _clean_up(self, too_late: Callable[[ResultT], object] | None) -> None:
        if too_late is not None and self._error is None:
            too_late(self.result())

    def result(self) -> ResultT:
        """Return what it returned, or raise what it raised; for after it was done."""
        if self._error is not None:
            raise self._error
        return self._value  # type: ignore[return-value]
