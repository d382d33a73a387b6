"""A journal in a file, or in memory: SQLite of the standard library.

This module owns the connection, and that a file is refused which is no journal of ours, is another
one than before, or can't be written.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, cast

from a2e_sdk.errors import JournalError

from .file_locks import shared_locks
from .session import Connection, Row, Session
from .sqlite_problems import BUSY_SECONDS, named, problem_text, shown
from .sqlite_schema import APPLICATION_ID, bring_up_to_date
from .store import Store

#: What SQLite says of a piece of work, and not of the file: it must not stop the others.
_OF_THE_WORK = (
    sqlite3.IntegrityError,
    sqlite3.DataError,
    sqlite3.InterfaceError,
    sqlite3.ProgrammingError,
)


class SqliteConnection:
    """A connection to a journal's file.

    Args:
        connection: The connection of the standard library.
    """

    is_spoilt = False

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    @property
    def changes(self) -> int:
        """How many rows were changed in all."""
        return self.connection.total_changes

    def begin(self) -> None:
        """Begin a transaction that excludes those of all others."""
        self.connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """End the transaction; its changes are on the disk then."""
        self.connection.execute("COMMIT")

    def rollback(self) -> None:
        """End the transaction and undo its changes."""
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def rows(self, statement: str, values: Sequence[Any]) -> list[Row]:
        """Return the rows that a statement selects."""
        return self.connection.execute(statement, values).fetchall()

    def execute(self, statement: str, values: Sequence[Any]) -> int:
        """Change something; return how many rows were changed."""
        return self.connection.execute(statement, values).rowcount

    def insert(self, statement: str, values: Sequence[Any]) -> int:
        """Insert a row and return its number, which is its ``id``."""
        return cast(int, self.connection.execute(statement, values).lastrowid)

    def try_again(self, error: BaseException) -> bool:
        """Tell whether a transaction that failed is to be done once more."""
        return False

    def close(self) -> None:
        """Close it."""
        self.connection.close()


class SqliteStore(Store):
    """A journal's file.

    Args:
        path: The file, which is made where there is none; None for a journal in memory.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.name = named(path)
        self.address = str(path)
        self.lost_locks = (
            f"the file of locks beside {shown(path)} was removed or the journal has two names"
        )
        self.locks = shared_locks(path, self)
        self._process = os.getpid()
        self._memory: SqliteConnection | None = None
        self._file: tuple[int, int] | None = None
        self._guard = _register(self)

    @property
    def fork_guard(self) -> AbstractContextManager[object]:
        """Held while SQLite is at work.

        It remembers for each process which locks it has, and has locks of its own for its threads,
        so that a child forked meanwhile could not use the file, or any other.
        """
        return self._guard

    def connect(self) -> Connection:
        """Open the file, make it where there is none, and bring it to today's schema.

        Raises:
            JournalError: It is no journal, or can't be used.
        """
        if self.path is not None:
            if self._file is not None:
                self._require_same_file()  # Else a new one would be made.
            return SqliteConnection(connect(self.path))
        if self._process != os.getpid():
            raise JournalError(
                "a budget without a journal can't be kept by several processes, and this one was "
                "forked. Give the client a journal (journal='jobs.db'), or make it in this process."
            )
        if self._memory is None:
            self._memory = SqliteConnection(connect(None))
            weakref.finalize(self, self._memory.close)
        return self._memory

    def exists(self) -> bool:
        """Tell whether there is a file."""
        return self.path is not None and self.path.exists()

    def connect_for_reading(self) -> Connection:
        """Open a file that is there.

        Raises:
            JournalError: There is none, or it can't be read.
        """
        if self.path is None or not self.path.exists():
            raise self.missing()
        return SqliteConnection(connect(self.path))

    def prepare(self, connection: Connection) -> None:
        """Refuse a file that is not the one that was opened first.

        Raises:
            JournalError: It is another one, or gone.
        """
        self._require_same_file()

    def is_of_the_work(self, error: BaseException) -> bool:
        """Tell whether an error is of a piece of work, and not of the file."""
        return not isinstance(error, sqlite3.Error) or isinstance(error, _OF_THE_WORK)

    def problem(self, error: BaseException) -> JournalError | None:
        """Return the sentences for an error of the file; None where it is none of it."""
        if isinstance(error, sqlite3.Error | OSError):
            return JournalError(problem_text(self.path, error))
        return None

    def seconds(self, session: Session) -> float:
        """Return the seconds of the machine's clock."""
        return time.time()

    def outlives_work(self, connection: Connection) -> bool:
        """Tell whether a connection stays open: only that of a journal in memory."""
        return connection is self._memory

    def _require_same_file(self) -> None:
        # What was written into one that was deleted is lost, and another one knows nothing of it.
        if self.path is None:
            return
        try:
            found = os.stat(self.path)
        except FileNotFoundError:
            found = None
        place = None if found is None else (found.st_dev, found.st_ino)
        self._file = self._file or place
        if place is None or place != self._file:
            raise JournalError(
                f"{self.name} was {'deleted or moved' if place is None else 'replaced'} "
                "while it was in use. Put it back; or start the program anew, if that is meant: "
                "another file does not know what was paid for."
            )


def connect(path: Path | None) -> sqlite3.Connection:
    """Open a journal's file, make it where there is none, and bring it to today's schema.

    Raises:
        JournalError: It is none, or can't be used.
    """
    if path is not None:
        require_place(path)
    try:
        connection = sqlite3.connect(
            ":memory:" if path is None else path,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
    except sqlite3.Error as error:
        raise JournalError(problem_text(path, error)) from None
    try:
        require_journal(connection, path)
        # WAL would be faster, but SQLite up to 3.51.2 can corrupt it with several connections.
        connection.execute("PRAGMA journal_mode=TRUNCATE")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        bring_up_to_date(connection, path)
    except BaseException as error:
        connection.close()
        if isinstance(error, sqlite3.Error | OSError):
            raise JournalError(problem_text(path, error)) from None
        raise
    return connection


def require_place(path: Path) -> None:
    """Refuse a place that SQLite would explain badly.

    The file itself is left to SQLite: to open and close it here would end the locks that another
    connection of this process has on it.
    """
    if path.is_dir():
        raise JournalError(f"{shown(path)} is a directory; a journal is a file.")
    if not path.parent.is_dir():
        raise JournalError(f"there is no directory {shown(path.parent)} for the journal; make it.")
    if not os.access(path.parent, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise JournalError(
            f"{named(path)} is read-only, or its directory is. Give one that can be written."
        )


def require_journal(connection: sqlite3.Connection, path: Path | None) -> None:
    """Refuse a file of another program, before anything of it is changed."""
    try:
        ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        is_empty = connection.execute("PRAGMA page_count").fetchone()[0] == 0
    except sqlite3.Error as error:
        if not str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_NOTADB"):
            raise
        ours = is_empty = False
    if not ours and not is_empty:
        raise JournalError(
            f"{shown(path)} is no journal of this SDK. Give the path of a new file, or of a "
            "journal that was made with journal=."
        )


_guards: weakref.WeakKeyDictionary[SqliteStore, threading.Lock] = weakref.WeakKeyDictionary()
_guards_lock = threading.Lock()
_held_for_fork: list[threading.Lock] = []


def _register(store: SqliteStore) -> threading.Lock:
    with _guards_lock:
        guard = _guards[store] = threading.Lock()
    return guard


def _before_fork() -> None:
    _guards_lock.acquire()
    for guard in list(_guards.values()):
        guard.acquire()
        _held_for_fork.append(guard)


def _after_fork() -> None:
    while _held_for_fork:
        _held_for_fork.pop().release()
    _guards_lock.release()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_before_fork, after_in_parent=_after_fork, after_in_child=_after_fork
    )
