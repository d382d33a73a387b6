"""The journal's file: one thread that works on it, and one commit for all that waits meanwhile.

This module owns the connection to SQLite, transactions, and the way from its errors to sentences.
Work is handed over as functions of a session and done in the order in which it was handed over, by
a thread of its own: neither Ctrl-C nor a cancelled task can come between a change and its commit.
"""

from __future__ import annotations

import contextlib
import os
import queue
import sqlite3
import threading
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from a2e_sdk._runtime.forks import ForkAware
from a2e_sdk.errors import JournalError

from .schema import APPLICATION_ID, bring_up_to_date

ResultT = TypeVar("ResultT")

#: How long another program may hold the journal before a start is refused, in seconds.
BUSY_SECONDS = 60.0
#: So many pieces of work share a commit at the most.
_LARGEST_GROUP = 1_000
#: How long the thread stays without work, in seconds.
_IDLE_SECONDS = 10.0

Row = tuple[Any, ...]

#: What SQLite says of a piece of work, and not of the file: it must not stop the others.
_ITS_OWN_FAULT = (
    sqlite3.IntegrityError,
    sqlite3.DataError,
    sqlite3.InterfaceError,
    sqlite3.ProgrammingError,
)


class Session:
    """What a piece of work may do within its transaction.

    Args:
        connection: The connection.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._on_success: list[Callable[[], object]] = []
        self._on_failure: list[Callable[[], object]] = []

    def rows(self, statement: str, *values: Any) -> list[Row]:
        """Return the rows that a statement selects."""
        return self._connection.execute(statement, values).fetchall()

    def row(self, statement: str, *values: Any) -> Row | None:
        """Return the first row that a statement selects; None without one."""
        return cast("Row | None", self._connection.execute(statement, values).fetchone())

    def execute(self, statement: str, *values: Any) -> int:
        """Change something; return how many rows were changed."""
        return self._connection.execute(statement, values).rowcount

    def insert(self, statement: str, *values: Any) -> int:
        """Insert a row and return its number."""
        return cast(int, self._connection.execute(statement, values).lastrowid)

    def on_success(self, function: Callable[[], object]) -> None:
        """Have something done once the changes are on the disk."""
        self._on_success.append(function)

    def on_failure(self, function: Callable[[], object]) -> None:
        """Have something done where the changes don't come to the disk."""
        self._on_failure.append(function)

    def end(self, *, success: bool) -> None:
        """Do what was to be done."""
        functions = self._on_success if success else self._on_failure
        self._on_success, self._on_failure = [], []
        for function in reversed(functions):
            function()


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

    def run(self, connection: sqlite3.Connection) -> Session:
        """Do it within a transaction.

        Raises:
            SpoiltTransactionError: It failed after it had changed something.
        """
        session = Session(connection)
        changes = connection.total_changes
        try:
            self._value, self._error = self.function(session), None
        except Exception as error:
            # Else it is the journal that can't be used.
            is_its_own = not isinstance(error, sqlite3.Error) or isinstance(error, _ITS_OWN_FAULT)
            if is_its_own:
                self._error, self.has_failed = error, True
            session.end(success=False)
            if not is_its_own:
                raise
            if connection.total_changes != changes:
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


class Database(ForkAware):
    """A journal's SQLite database; safe to use from many threads, and after a fork.

    Args:
        path: The file, which is made where there is none; None for one in memory.

    Attributes:
        between_transactions: Held while SQLite is at work. It remembers for each process which
            locks it has, and has locks of its own for its threads, so that a child forked meanwhile
            could not use the file, or any other.
    """

    def __init__(self, path: Path | None) -> None:
        super().__init__()
        self.path = path
        self._memory: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        self.between_transactions = threading.Lock()
        self._drop_inherited()
        self._is_copy = False
        with _all_lock:
            _all.add(self)

    def _drop_inherited(self) -> None:
        # A connection must not cross a fork, not even to be closed: it stays where it is.
        _inherited.append(self._memory)
        self._memory = None
        self._is_copy = True
        self._lock = threading.Lock()
        self._waiting: queue.SimpleQueue[Work[Any]] = queue.SimpleQueue()
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

    def _work(self) -> None:
        """Do what is handed over, until nothing has been for a while."""
        connections: list[sqlite3.Connection] = []
        try:
            while self._do_next(connections):
                pass
        finally:
            with self.between_transactions:
                for connection in connections:
                    if connection is not self._memory:
                        connection.close()

    def _do_next(self, connections: list[sqlite3.Connection]) -> bool:
        """Do what waits, and forget it; return False where nothing has come for a while.

        Args:
            connections: The connection of this thread, as soon as it has one.
        """
        group = self._next_group()
        if not group:
            return False
        failure: BaseException | None = None
        try:
            with self.between_transactions:
                if not connections:
                    if self._file is not None:
                        self._require_same_file()  # Else a new one would be made.
                    connections.append(self._memory or self._connected())
                self._require_same_file()
                self._commit(connections[0], [*self._kept, *group])
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

    def _next_group(self) -> list[Work[Any]]:
        """Return the work that waits; nothing where none came for a while."""
        group: list[Work[Any]] = []
        while True:
            try:
                group.append(self._waiting.get(timeout=_IDLE_SECONDS))
                break
            except queue.Empty:
                with self._lock:
                    if not self._open:
                        self._running = False
                        return []
        with contextlib.suppress(queue.Empty):
            while len(group) < _LARGEST_GROUP:
                group.append(self._waiting.get_nowait())
        return group

    def _commit(self, connection: sqlite3.Connection, group: Sequence[Work[Any]]) -> None:
        while True:
            sessions: list[Session] = []
            try:
                connection.execute("BEGIN IMMEDIATE")
                for work in group:
                    if not work.has_failed:
                        sessions.append(work.run(connection))
                connection.execute("COMMIT")
            except BaseException as error:
                with contextlib.suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                for session in sessions:
                    session.end(success=False)
                if isinstance(error, SpoiltTransactionError):
                    continue  # The others are done without it.
                raise
            for session in sessions:
                session.end(success=True)
            return

    def _connected(self) -> sqlite3.Connection:
        if self.path is not None:
            return connect(self.path)
        if self._is_copy:
            raise JournalError(
                "a budget without a journal can't be kept by several processes, and this one was "
                "forked. Give the client a journal (journal='jobs.db'), or make it in this process."
            )
        self._memory = connect(None)
        weakref.finalize(self, self._memory.close)
        return self._memory

    def _require_same_file(self) -> None:
        """Refuse a file that is not the one that was opened first.

        What was written into one that was deleted is lost, and another one knows nothing of it.
        """
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
                f"{named(self.path)} was {'deleted or moved' if place is None else 'replaced'} "
                "while it was in use. Put it back; or start the program anew, if that is meant: "
                "another file does not know what was paid for."
            )

    def _error_of(self, error: BaseException, work: Work[Any]) -> BaseException:
        """Return an error of its own for one that waits."""
        if isinstance(error, sqlite3.Error | OSError):
            error = JournalError(problem_text(self.path, error))
        if not isinstance(error, JournalError):
            return error
        return JournalError(str(error) if work.keep else f"{error} Nothing was started.")


_inherited: list[Any] = []
_all: weakref.WeakSet[Database] = weakref.WeakSet()
_all_lock = threading.Lock()
_held_for_fork: list[Database] = []


def _before_fork() -> None:
    _all_lock.acquire()
    for database in list(_all):
        database.between_transactions.acquire()
        _held_for_fork.append(database)


def _after_fork() -> None:
    while _held_for_fork:
        _held_for_fork.pop().between_transactions.release()
    _all_lock.release()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_before_fork, after_in_parent=_after_fork, after_in_child=_after_fork
    )


def connect(path: Path | None) -> sqlite3.Connection:
    """Open a journal's file, make it where there is none, and bring it to today's schema.

    Raises:
        JournalError: It is none, or can't be used.
    """
    if path is not None:
        _require_place(path)
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
        _require_journal(connection, path)
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


def _require_place(path: Path) -> None:
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


def _require_journal(connection: sqlite3.Connection, path: Path | None) -> None:
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


def problem_text(path: Path | None, error: BaseException) -> str:
    """Return sentences for an error of SQLite or of the system: what is wrong, and what to do."""
    text = (str(error) or type(error).__name__).rstrip(".")
    name = getattr(error, "sqlite_errorname", "") or ""
    problem, advice = text, "See that its file can be read and written, and run the same again."
    if name.startswith("SQLITE_FULL"):
        problem, advice = "the disk is full", "Make room, and run the same again."
    elif name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        problem = f"it is damaged ({text})"
        advice = (
            "Keep it, and go on with a backup of it, or with a new one, which does not know what "
            "was paid for."
        )
    elif name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        problem = f"another program has held it for {BUSY_SECONDS:g} seconds"
        advice = "End that program, and run the same again."
    elif name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        problem, advice = f"it can't be written ({text})", "Give one that can be written."
    return f"{named(path)} can't be used: {problem}. {advice}"


def named(path: Path | None) -> str:
    """Return what to call a journal in a sentence."""
    return "the journal in memory" if path is None else f"the journal {shown(path)}"


def shown(path: Path | None) -> str:
    """Return a path for a message."""
    text = str(path)
    return repr(text if len(text) <= 200 else text[:199] + "\u2026")
