"""What a journal is asked: its entries, and its coins.

This module owns the reading of a journal; nothing here changes one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from a2e_sdk.models.journal import EntryState, JournalEntry, Spending

from .coins import coins_of
from .entries import COLUMNS, entry_of
from .session import Session

#: What starts without a task have in common that may have one; there is an index of it.
UNDECIDED = "state IN ('intended', 'unknown')"

#: So many entries are read at once.
PAGE = 500


def task_ids_of(session: Session, entry: int) -> list[str]:
    """Return the ids of an entry's tasks, in order."""
    rows = session.rows("SELECT task_id FROM tasks WHERE entry = ? ORDER BY place", entry)
    return [str(row[0]) for row in rows]


def entry_of_key(session: Session, key: str) -> JournalEntry | None:
    """Return the entry of a key, the latest one; None without one."""
    found = _selected(session, "key = ? AND is_latest = 1", (key,))
    return found[0] if found else None


def entry_of_number(session: Session, number: int) -> JournalEntry | None:
    """Return the entry of a number; None without one."""
    found = _selected(session, "id = ?", (number,))
    return found[0] if found else None


def entries_after(
    session: Session, number: int, states: Sequence[EntryState], family: str | None
) -> list[JournalEntry]:
    """Return the next entries behind a number, oldest first.

    Args:
        session: The transaction.
        number: The number of the last one that was read; 0 for the beginning.
        states: Their states; any where there are none.
        family: Their family; None for any.
    """
    condition, values = "id > ?", [number]
    parameters: list[Any] = [*values]
    if states:
        condition += f" AND state IN ({', '.join('?' * len(states))})"
        parameters += [state.value for state in states]
    if family is not None:
        condition += " AND family = ?"
        parameters.append(family)
    return _selected(session, f"{condition} ORDER BY id LIMIT {PAGE}", parameters)


def undecided_after(session: Session, number: int) -> list[JournalEntry]:
    """Return the next entries that were sent and have no task, behind a number, oldest first."""
    condition = f"{UNDECIDED} AND sent_at IS NOT NULL AND id > ? ORDER BY id LIMIT {PAGE}"
    return _selected(session, condition, (number,))


def spending_of(session: Session, first_hour: int | None) -> Spending:
    """Return the coins that were spent and are reserved, since an hour or in all."""
    row = session.row(
        "SELECT CAST(coalesce(sum(spent), 0) AS BIGINT), "
        "CAST(coalesce(sum(reserved), 0) AS BIGINT) FROM spending WHERE hour >= ?",
        -1 if first_hour is None else first_hour,
    )
    spent, reserved = row or (0, 0)
    return Spending(spent=coins_of(spent), reserved=coins_of(reserved))


def identity_of(session: Session) -> str:
    """Return what tells a journal from every other one, whatever its file is called."""
    row = session.row("SELECT value FROM facts WHERE name = 'salt'")
    return hashlib.sha256(str(row and row[0]).encode()).hexdigest()[:32]


def _selected(session: Session, condition: str, values: Sequence[Any]) -> list[JournalEntry]:
    rows = session.rows(f"SELECT {COLUMNS} FROM entries WHERE {condition}", *values)  # noqa: S608
    return [entry_of(row, task_ids_of(session, row[0])) for row in rows]
