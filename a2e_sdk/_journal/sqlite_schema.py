"""The tables of a journal, and the way from each earlier version to today's.

This module owns the schema. A version that was released is never edited: a change is a new entry of
`MIGRATIONS`, which old journals go through in one transaction when they are opened.
"""

from __future__ import annotations

import secrets
import sqlite3
from pathlib import Path

from a2e_sdk.errors import JournalError

#: What marks a SQLite file as a journal of this SDK: "A2EJ".
APPLICATION_ID = 0x4132454A

#: The statements that lead from the version of their place to the next one.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        # What the journal is of: a salt, and what was made of it and the account's key.
        "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        # Coins are whole numbers of millionths; times are ISO 8601 in UTC.
        """
        CREATE TABLE entries (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            key TEXT,
            attempt INTEGER NOT NULL,
            is_latest INTEGER NOT NULL,
            family TEXT NOT NULL,
            state TEXT NOT NULL,
            digest TEXT NOT NULL,
            inputs TEXT NOT NULL,
            files TEXT NOT NULL,
            submission TEXT,
            name TEXT,
            expected INTEGER NOT NULL,
            hour INTEGER NOT NULL,
            quote INTEGER,
            reserved INTEGER NOT NULL,
            spent INTEGER NOT NULL,
            coins INTEGER,
            error TEXT,
            intended_at TEXT NOT NULL,
            sent_at TEXT,
            sent_at_is_exact INTEGER NOT NULL DEFAULT 0,
            started_at TEXT,
            ended_at TEXT
        )
        """,
        "CREATE UNIQUE INDEX latest_entries ON entries (key) "
        "WHERE is_latest = 1 AND key IS NOT NULL",
        "CREATE INDEX entries_by_key ON entries (key, attempt) WHERE key IS NOT NULL",
        "CREATE INDEX undecided_entries ON entries (id) WHERE state IN ('intended', 'unknown')",
        # The tasks of entries; the record only of those that the API can't read again.
        """
        CREATE TABLE tasks (
            task_id TEXT PRIMARY KEY,
            entry INTEGER NOT NULL REFERENCES entries (id),
            place INTEGER NOT NULL,
            state TEXT NOT NULL,
            record TEXT
        ) WITHOUT ROWID
        """,
        "CREATE INDEX tasks_by_entry ON tasks (entry)",
        # The sums of the entries' coins, so that no start adds up all of them.
        """
        CREATE TABLE spending (
            hour INTEGER PRIMARY KEY,
            reserved INTEGER NOT NULL,
            spent INTEGER NOT NULL
        )
        """,
        # Where content is that was uploaded, so that it need not be again.
        """
        CREATE TABLE uploads (
            content TEXT PRIMARY KEY,
            address TEXT NOT NULL,
            uploaded_at TEXT NOT NULL
        ) WITHOUT ROWID
        """,
    ),
    (
        # What each process has under way of a limit that all keep together, and what is kept of it.
        """
        CREATE TABLE slots (
            name TEXT NOT NULL,
            owner INTEGER NOT NULL,
            holder TEXT NOT NULL,
            used INTEGER NOT NULL,
            PRIMARY KEY (name, owner, holder)
        ) WITHOUT ROWID
        """,
        "CREATE TABLE limits (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    ),
)

VERSION = len(MIGRATIONS)


def bring_up_to_date(connection: sqlite3.Connection, path: Path | None) -> None:
    """Give a database the schema of today, from whichever version it has.

    Raises:
        JournalError: It is of a newer version.
        sqlite3.Error: It can't be read or written.
    """
    found = _version(connection)
    if found == VERSION:
        return
    if found > VERSION:
        raise JournalError(
            f"the journal {str(path)[:200]!r} was written by a newer version of a2e-sdk (schema "
            f"{found}; this one knows up to {VERSION}). Upgrade it: pip install -U a2e-sdk."
        )
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have been quicker.
        for version in range(_version(connection), VERSION):
            for statement in MIGRATIONS[version]:
                connection.execute(statement)
        if not connection.execute("SELECT 1 FROM facts WHERE name = 'salt'").fetchone():
            values = ("salt", secrets.token_hex(16))
            connection.execute("INSERT INTO facts (name, value) VALUES (?, ?)", values)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
