"""A journal on a PostgreSQL server, for many machines: psycopg 3, of the extra ``[postgres]``.

This module owns the connection: it comes back by itself where the server was away for a moment, and
a transaction is done once, also where the connection ended while it was committed. Transactions of
one journal exclude each other, as they do in a file.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from a2e_sdk._config.journal_place import PostgresAddress
from a2e_sdk.errors import JournalError

from .postgres_locks import PostgresLocks, lock_number
from .postgres_problems import (
    PATIENCE_SECONDS,
    TOO_OLD,
    TRANSACTION_POOLER,
    WRONG_ENCODING,
    problem_text,
)
from .postgres_schema import bring_up_to_date, found_version, require_known
from .session import Connection, Row, Session
from .sqlite_problems import BUSY_SECONDS
from .store import Store

if TYPE_CHECKING:
    import psycopg

#: The oldest version of PostgreSQL that can tell what became of a transaction.
_OLDEST = 130000
#: How the client notices that a server is gone, in seconds, unless the URL says otherwise.
_PARAMETERS: dict[str, Any] = {
    "connect_timeout": 10,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "target_session_attrs": "read-write",
    "application_name": "a2e-sdk",
}
#: How the server notices that a client is gone, and that a client has stopped within a transaction.
_SETTINGS: dict[str, str] = {
    "lock_timeout": f"{BUSY_SECONDS:g}s",
    "statement_timeout": f"{BUSY_SECONDS + 5:g}s",
    "idle_in_transaction_session_timeout": "30s",
    "client_encoding": "UTF8",
    "tcp_keepalives_idle": "15",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 2.0


class _LostConnectionError(Exception):
    """The connection ended, and nothing of the transaction was written."""


class PostgresConnection:
    """A connection to a journal on a server, made anew where it was lost.

    Args:
        store: The journal.
        for_reading: Whether nothing of it is made, changed or taken.
    """

    def __init__(self, store: PostgresStore, *, for_reading: bool) -> None:
        self._store = store
        self._for_reading = for_reading
        self.changes = 0
        self.is_spoilt = False
        self._backend = 0
        self._transaction = ""
        self._failing_since: float | None = None
        self._pause = _FIRST_PAUSE
        self._connection = self._connect()

    def begin(self) -> None:
        """Begin a transaction that excludes those of all others on the journal."""
        if self._connection.closed:
            self._connection = self._connect()
        self.is_spoilt = False
        # In one round trip: statements without values may be several.
        found = self._run(
            f"BEGIN; SELECT pg_advisory_xact_lock({self._store.lock_number}); "
            "SELECT pg_backend_pid(), pg_current_xact_id()::text"
        )
        while found.nextset():
            pass
        ((backend, self._transaction),) = found.fetchall()
        if backend != self._backend:
            raise JournalError(f"{self._store.name} {TRANSACTION_POOLER}")

    def commit(self) -> None:
        """End the transaction; its changes are on the server's disk then."""
        import psycopg

        try:
            self._connection.execute("COMMIT")
        except psycopg.Error:
            if not self._connection.closed and not self._connection.broken:
                raise
            if not self._was_committed():
                raise _LostConnectionError from None
        self._failing_since = None
        self._pause = _FIRST_PAUSE

    def rollback(self) -> None:
        """End the transaction and undo its changes."""
        if not self._connection.closed:
            self._connection.execute("ROLLBACK")

    def rows(self, statement: str, values: Sequence[Any]) -> list[Row]:
        """Return the rows that a statement selects."""
        return self._run(statement, values).fetchall()

    def execute(self, statement: str, values: Sequence[Any]) -> int:
        """Change something; return how many rows were changed."""
        changed = max(self._run(statement, values).rowcount, 0)
        self.changes += changed
        return changed

    def insert(self, statement: str, values: Sequence[Any]) -> int:
        """Insert a row and return its number, which is its ``id``."""
        ((number,),) = self._run(f"{statement} RETURNING id", values).fetchall()
        self.changes += 1
        return int(number)

    def try_again(self, error: BaseException) -> bool:
        """Tell whether a transaction is to be done once more: the connection was lost lately."""
        if not isinstance(error, _LostConnectionError):
            return False
        now = time.monotonic()
        if self._failing_since is None:
            self._failing_since = now
        if now - self._failing_since >= PATIENCE_SECONDS:
            self._failing_since = None
            return False
        time.sleep(self._pause)
        self._pause = min(2 * self._pause, _LONGEST_PAUSE)
        return True

    def close(self) -> None:
        """Close it."""
        self._connection.close()

    def _run(self, statement: str, values: Sequence[Any] = ()) -> psycopg.Cursor[Any]:
        import psycopg

        try:
            if not values:
                return self._connection.execute(statement.encode(), prepare=False)
            return self._connection.execute(_of_psycopg(statement), [*map(_storable, values)])
        except psycopg.Error as error:
            if self._connection.closed or self._connection.broken:
                raise _LostConnectionError from error
            self.is_spoilt = True
            raise

    def _was_committed(self) -> bool:
        """Tell what became of a transaction whose commit was not confirmed."""
        while True:
            try:
                self._connection = self._connect()
                ((status,),) = self.rows("SELECT pg_xact_status(?::xid8)", (self._transaction,))
            except _LostConnectionError as error:
                if not self.try_again(error):
                    raise
                continue
            if status != "in progress":
                return bool(status == "committed")
            time.sleep(_FIRST_PAUSE)  # The server has not noticed yet that its client is gone.

    def _connect(self) -> psycopg.Connection[Any]:
        """Connect, and make the journal usable; a place that this process has stays taken."""
        import psycopg

        try:
            self._connection = self._store.open()
        except psycopg.OperationalError as error:
            if not self._backend:
                raise
            raise _LostConnectionError from error
        try:
            self._set_up()
        except BaseException:
            self._connection.close()
            raise
        return self._connection

    def _set_up(self) -> None:
        store = self._store
        if self._connection.info.server_version < _OLDEST:
            raise JournalError(f"{store.name} {TOO_OLD}")
        for name, value in _SETTINGS.items():
            self._run(f"SET {name} = '{value}'")
        self._run(
            "SELECT set_config('synchronous_commit', 'on', false) "
            "WHERE current_setting('synchronous_commit') IN ('off', 'local')"
        )
        if self._run("SHOW server_encoding").fetchall() != [("UTF8",)]:
            raise JournalError(f"{store.name} {WRONG_ENCODING}")
        schema = store.place.schema
        there = self.rows("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ?", (schema,))
        if not there and not self._for_reading:
            self._run(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        self._run(f"SET search_path = {schema}")
        ((self._backend,),) = self._run("SELECT pg_backend_pid()").fetchall()
        if self._for_reading:
            require_known(found_version(self, store.name), store.name)
            return
        self.begin()
        session = Session(self)
        bring_up_to_date(self, store.name)
        ((salt,),) = self.rows("SELECT value FROM facts WHERE name = 'salt'", ())
        store.postgres_locks.introduce(session, str(salt))
        self._connection.execute("COMMIT")
        session.end(success=True)


class PostgresStore(Store):
    """A journal on a PostgreSQL server.

    Args:
        place: Where it is.
    """

    def __init__(self, place: PostgresAddress) -> None:
        self.place = place
        self.name = f"the journal {place.shown!r}"
        self.address = place.shown
        self.lost_locks = "the connection to the database was lost for a while"
        self.postgres_locks = PostgresLocks()
        self.locks = self.postgres_locks
        self.lock_number = lock_number("a2e-sdk journal", place.schema)

    def open(self) -> psycopg.Connection[Any]:
        """Connect to the server."""
        import psycopg
        from psycopg.conninfo import conninfo_to_dict

        given = conninfo_to_dict(self.place.url)
        parameters = {name: value for name, value in _PARAMETERS.items() if name not in given}
        return psycopg.connect(self.place.url, autocommit=True, **parameters)

    def connect(self) -> Connection:
        """Connect, make the journal where there is none, and bring it to today's schema.

        Raises:
            JournalError: It is none, or can't be used.
        """
        return PostgresConnection(self, for_reading=False)

    def connect_for_reading(self) -> Connection:
        """Connect without changing anything.

        Raises:
            JournalError: There is none, or it can't be read.
        """
        connection = self._reading()
        if not found_version(connection, self.name):
            connection.close()
            raise JournalError(f"there is no journal {self.place.shown!r}.")
        return connection

    def exists(self) -> bool:
        """Tell whether there is a journal."""
        connection = self._reading()
        try:
            return found_version(connection, self.name) > 0
        finally:
            connection.close()

    def _reading(self) -> PostgresConnection:
        try:
            return PostgresConnection(self, for_reading=True)
        except Exception as error:
            problem = self.problem(error)
            if problem is None:
                raise
            raise problem from None

    def begun(self, session: Session) -> None:
        """Give back the places that were let go."""
        self.postgres_locks.give_back(session)

    def is_of_the_work(self, error: BaseException) -> bool:
        """Tell whether an error is of a piece of work, and not of the server."""
        import psycopg

        if isinstance(error, psycopg.Error):
            return isinstance(error, psycopg.DataError | psycopg.IntegrityError)
        return not isinstance(error, _LostConnectionError | OSError)

    def problem(self, error: BaseException) -> JournalError | None:
        """Return the sentences for an error of the server; None where it is none of it."""
        import psycopg

        cause = error.__cause__ if isinstance(error, _LostConnectionError) else error
        if not isinstance(cause, psycopg.Error | OSError | _LostConnectionError):
            return cause if isinstance(cause, JournalError) else None
        return JournalError(problem_text(self.place, cause))

    def is_needed(self, connection: Connection) -> bool:
        """Tell whether a connection is needed: a place that was taken is taken as long as it is."""
        return self.postgres_locks.are_in_use


@lru_cache(256)
def _of_psycopg(statement: str) -> bytes:
    return statement.replace("%", "%%").replace("?", "%s").encode()


def _storable(value: Any) -> Any:
    # PostgreSQL has no text with this character, which nobody writes on purpose.
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value
