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
    IN_DOUBT,
    PATIENCE_SECONDS,
    TOO_OLD,
    TRANSACTION_POOLER,
    UNDONE,
    WRONG_ENCODING,
    problem_text,
)
from .postgres_schema import bring_up_to_date, found_version, require_known
from .session import Connection, Row, Session
from .sqlite_problems import BUSY_SECONDS
from .store import Store

if TYPE_CHECKING:
    import psycopg

#: The oldest version of PostgreSQL that the tests were made for.
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

    It connects with the first transaction. Where this process was connected before, a server that
    is away is waited for.

    Args:
        store: The journal.
    """

    def __init__(self, store: PostgresStore) -> None:
        self._store = store
        self.changes = 0
        self.is_spoilt = False
        self._backend = 0
        self._changes_before = 0
        self._transaction = 0
        self._is_in_doubt = False
        self._failing_since: float | None = None
        self._pause = _FIRST_PAUSE
        self._connection: psycopg.Connection[Any] | None = None

    @property
    def _is_lost(self) -> bool:
        connection = self._connection
        return connection is None or connection.closed or connection.broken

    def begin(self) -> None:
        """Begin a transaction that excludes those of all others on the journal."""
        if self._is_lost:
            self._connect()
        self._begin()

    def _begin(self) -> None:
        self.is_spoilt = False
        self._changes_before = self.changes
        # In one round trip: statements without values may be several.
        found = self._run(
            f"BEGIN; SELECT pg_advisory_xact_lock({self._store.lock_number}); "
            "SELECT pg_backend_pid()"
        )
        while found.nextset():
            pass
        ((backend,),) = found.fetchall()
        if backend != self._backend:
            raise JournalError(f"{self._store.name} {TRANSACTION_POOLER}")

    def commit(self) -> None:
        """End the transaction; its changes are on the server's disk then."""
        try:
            self._commit()
        except _LostConnectionError:
            if self.changes == self._changes_before or not self._was_committed():
                raise
        self._failing_since = None
        self._pause = _FIRST_PAUSE

    def _commit(self) -> None:
        mark = ""
        if self.changes != self._changes_before:
            # What the server itself can tell of a transaction is wrong once it was killed: it gives
            # the numbers of those that it lost to others.
            self._transaction += 1
            mark = (
                "INSERT INTO commits (owner, transaction) VALUES "  # noqa: S608
                f"({self._store.postgres_locks.owner}, {self._transaction}) "
                "ON CONFLICT (owner) DO UPDATE SET transaction = excluded.transaction; "
            )
        ended = self._run(f"{mark}COMMIT")
        while ended.nextset():
            pass
        if ended.statusmessage != "COMMIT":  # Something failed in it, so that it was undone.
            raise JournalError(f"{self._store.name} {UNDONE}")

    def rollback(self) -> None:
        """End the transaction and undo its changes."""
        if not self._is_lost:
            self._run("ROLLBACK")

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
        return isinstance(error, _LostConnectionError) and self._was_patient()

    def _was_patient(self) -> bool:
        """Let a moment pass; return False where the server has been away for too long."""
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
        if self._connection is not None:
            self._connection.close()

    def _run(self, statement: str, values: Sequence[Any] = ()) -> psycopg.Cursor[Any]:
        import psycopg

        connection = self._connection
        if connection is None:
            raise _LostConnectionError("the connection is closed")
        try:
            if not values:
                return connection.execute(statement.encode(), prepare=False)
            return connection.execute(_of_psycopg(statement), [*map(_storable, values)])
        except psycopg.Error as error:
            if self._is_lost:
                raise _LostConnectionError from error
            self.is_spoilt = True
            raise

    def _was_committed(self) -> bool:
        """Tell what became of a transaction whose commit was not confirmed.

        Raises:
            JournalError: That can't be found out; it must not be done again then.
        """
        owner = self._store.postgres_locks.owner  # That of the next connection is another one.
        self._is_in_doubt = True
        try:
            return self._has_written(owner)
        finally:
            self._is_in_doubt = False

    def _has_written(self, owner: int) -> bool:
        while True:
            try:
                self._connect()  # Waits for the transaction, if it has not ended yet.
                statement = "SELECT transaction FROM commits WHERE owner = ?"
                return self.rows(statement, (owner,)) == [(self._transaction,)]
            except BaseException as error:
                if not isinstance(error, _LostConnectionError):
                    raise self._in_doubt(error) from None
                if not self._was_patient():
                    raise self._in_doubt(error) from None

    def _in_doubt(self, error: BaseException) -> BaseException:
        problem = self._store.problem(error)
        return error if problem is None else JournalError(f"{problem} {IN_DOUBT}")

    def _connect(self) -> None:
        """Connect, and make the journal usable; a place that this process has stays taken."""
        self._open(for_reading=False)
        try:
            self._introduce()
        except BaseException:
            self.close()
            raise
        self._store.was_connected = True

    def connect_for_reading(self) -> int:
        """Connect without making, changing or taking anything; return the version that is there."""
        self._open(for_reading=True)
        try:
            version = found_version(self, self._store.name)
            require_known(version, self._store.name)
        except BaseException:
            self.close()
            raise
        return version

    def _open(self, *, for_reading: bool) -> None:
        import psycopg

        try:
            self._connection = self._store.open(for_reading=for_reading)
        except psycopg.OperationalError as error:
            if not self._store.was_connected:
                raise
            raise _LostConnectionError from error
        try:
            self._set_up()
        except BaseException:
            self.close()
            raise

    def _set_up(self) -> None:
        """Give the connection its settings, in one round trip."""
        assert self._connection is not None  # noqa: S101
        store = self._store
        if self._connection.info.server_version < _OLDEST:
            raise JournalError(f"{store.name} {TOO_OLD}")
        settings = [f"SET {name} = '{value}'" for name, value in _SETTINGS.items()]
        found = self._run(
            "; ".join(
                [
                    *settings,
                    f'SET search_path = "{store.place.schema}"',
                    "SELECT set_config('synchronous_commit', 'on', false) "
                    "WHERE current_setting('synchronous_commit') IN ('off', 'local')",
                    "SELECT pg_backend_pid(), current_setting('server_encoding')",
                ]
            )
        )
        while found.nextset():
            pass
        ((self._backend, encoding),) = found.fetchall()
        if encoding != "UTF8":
            raise JournalError(f"{store.name} {WRONG_ENCODING}")

    def _introduce(self) -> None:
        """Make the journal where there is none, and take a number in it, within a transaction."""
        self._begin()  # So that of several processes that make it, one does.
        store, session = self._store, Session(self)
        schema = store.place.schema
        if not self.rows("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ?", (schema,)):
            self._run(f'CREATE SCHEMA "{schema}"')
        bring_up_to_date(self, store.name)
        ((salt,),) = self.rows("SELECT value FROM facts WHERE name = 'salt'", ())
        store.postgres_locks.introduce(session, f"{schema} {salt}", is_in_doubt=self._is_in_doubt)
        self._run("COMMIT")
        session.end(success=True)


class PostgresStore(Store):
    """A journal on a PostgreSQL server.

    Args:
        place: Where it is.
    """

    is_shared = True

    def __init__(self, place: PostgresAddress) -> None:
        self.place = place
        self.name = f"the journal {place.shown!r}"
        self.address = place.shown
        self.lost_locks = "the connection to the database was lost for a while"
        self.postgres_locks = PostgresLocks()
        self.locks = self.postgres_locks
        self.lock_number = lock_number("a2e-sdk journal", place.schema)
        #: Whether this process could use it before, so that it is waited for where it is away.
        self.was_connected = False

    def open(self, *, for_reading: bool) -> psycopg.Connection[Any]:
        """Connect to the server.

        Args:
            for_reading: Whether a server that only lets read will do.
        """
        import psycopg
        from psycopg.conninfo import conninfo_to_dict

        given = conninfo_to_dict(self.place.url).keys()
        parameters = {name: value for name, value in _PARAMETERS.items() if name not in given}
        if for_reading:
            parameters.pop("target_session_attrs", None)
        return psycopg.connect(self.place.url, autocommit=True, **parameters)

    def connect(self) -> Connection:
        """Return a connection, which makes the journal where there is none with its first use."""
        return PostgresConnection(self)

    def connect_for_reading(self) -> Connection:
        """Connect without changing anything.

        Raises:
            JournalError: There is none, or it can't be read.
        """
        connection, version = self._reading()
        if not version:
            connection.close()
            raise self.missing()
        return connection

    def exists(self) -> bool:
        """Tell whether there is a journal."""
        connection, version = self._reading()
        connection.close()
        return version > 0

    def _reading(self) -> tuple[PostgresConnection, int]:
        connection = PostgresConnection(self)
        try:
            return connection, connection.connect_for_reading()
        except Exception as error:
            problem = self.problem(error)
            if problem is None:
                raise
        raise problem  # Without what libpq said, of which a password is a part.

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

        if isinstance(error, _LostConnectionError):
            error = error.__cause__ or error
        if isinstance(error, psycopg.Error | OSError | _LostConnectionError):
            return JournalError(problem_text(self.place, error))
        return error if isinstance(error, JournalError) else None

    def seconds(self, session: Session) -> float:
        """Return the seconds of the server's clock."""
        ((now,),) = session.rows("SELECT extract(epoch FROM clock_timestamp())::float8")
        return float(now)

    def is_needed(self, connection: Connection) -> bool:
        """Tell whether a connection is needed: a place that was taken is taken as long as it is."""
        return self.postgres_locks.are_in_use


@lru_cache(256)
def _of_psycopg(statement: str) -> bytes:
    return statement.replace("%", "%%").replace("?", "%s").encode()


def _storable(value: Any) -> Any:
    # PostgreSQL has no text with this character, which nobody writes on purpose.
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value
