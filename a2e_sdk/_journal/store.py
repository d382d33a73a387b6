"""Where a journal is kept: what a database of it has to offer.

This module owns that protocol. ``sqlite`` keeps a journal in a file, ``postgres`` on a server.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager, nullcontext

from a2e_sdk.errors import JournalError

from .locks import Locks
from .session import Connection, Session


class Store(ABC):
    """Where a journal is kept.

    Attributes:
        name: What to call the journal in a sentence.
        address: What tells which journal it is, on a command line; without a password.
        locks: Tells who is at work on what.
        is_shared: Whether processes of several machines may use it.
        lost_locks: How it comes that another process takes a start for dead that is alive.
    """

    name: str
    address: str
    locks: Locks
    lost_locks: str
    is_shared = False

    @abstractmethod
    def connect(self) -> Connection:
        """Open the journal, make it where there is none, and bring it to today's schema.

        Raises:
            JournalError: It is none, or can't be used.
        """

    @abstractmethod
    def exists(self) -> bool:
        """Tell whether there is a journal.

        Raises:
            JournalError: That can't be found out.
        """

    def missing(self) -> JournalError:
        """Return the error of a journal that is not there."""
        return JournalError(f"there is no journal {self.address!r}.")

    @abstractmethod
    def connect_for_reading(self) -> Connection:
        """Open a journal that is there, without changing anything.

        Raises:
            JournalError: There is none, or it can't be read.
        """

    def prepare(self, connection: Connection) -> None:  # noqa: B027 - most have nothing to do
        """Refuse a journal that was exchanged since it was opened, before each transaction.

        Raises:
            JournalError: It was.
        """

    def begun(self, session: Session) -> None:  # noqa: B027 - most have nothing to do
        """Do what is due at the beginning of each transaction."""

    @abstractmethod
    def is_of_the_work(self, error: BaseException) -> bool:
        """Tell whether an error is of a piece of work, and not of the journal."""

    @abstractmethod
    def problem(self, error: BaseException) -> JournalError | None:
        """Return the sentences for an error of the database; None where it is none of it."""

    def outlives_work(self, connection: Connection) -> bool:
        """Tell whether a connection is never closed."""
        return False

    def is_needed(self, connection: Connection) -> bool:
        """Tell whether a connection is needed although nobody has had work for a while."""
        return False

    @abstractmethod
    def seconds(self, session: Session) -> float:
        """Return the seconds of a clock that all processes of the journal share."""

    @property
    def fork_guard(self) -> AbstractContextManager[object]:
        """Held while the database is at work that must not be cut by a fork."""
        return nullcontext()
