"""A journal: the steps of a start, each of which is on the disk before the next one begins.

This module owns the protocol. A start is `begun` before anything is sent, `sending` just before its
request leaves, and then `started`, `refused`, `unknown` or `withdrawn`; its tasks have `ended` some
time later. What was sent by a process that died is found by the next one that begins its key.

Each step is a function of a session, to be handed to the journal's `Database`. What cannot be
written before the request stops the start; what is true after it is written as soon as that works.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from a2e_sdk.errors import JournalError, KeyConflictError
from a2e_sdk.models.journal import Budget, EntryState, JournalEntry
from a2e_sdk.models.submission import Submission

from .coins import first_hour, hour_of, millionths, require_within
from .database import Session
from .entries import (
    COLUMNS,
    entry_of,
    files_text,
    moment_of,
    submission_of,
    submission_text,
    text_of,
)
from .locks import Locks
from .queries import spending_of, task_ids_of
from .settlement import charge, count, release, settle
from .starts import Begun, Found, Intent, InUse, Known, Lost, Sending

#: Content that was uploaded is taken to be there for so long.
UPLOAD_LASTS = timedelta(hours=24)
_LONGEST_ERROR = 2_000
INTERRUPTED = "it was interrupted before it was sent"


class Journal:
    """The steps of starts in one journal.

    Args:
        locks: Tells which entries are being worked on.
    """

    def __init__(self, locks: Locks) -> None:
        self.locks = locks

    # What comes before a request: what can't be written stops the start.

    def require_account(self, session: Session, fingerprint: Callable[[str], str]) -> None:
        """Refuse the journal of another account; a new journal becomes this account's.

        Args:
            session: The transaction.
            fingerprint: Makes the account's fingerprint of a salt.

        Raises:
            JournalError: It is of another account.
        """
        ours = fingerprint(str(_fact(session, "salt")))
        noted = _fact(session, "account")
        if noted is None:
            session.execute("INSERT INTO facts (name, value) VALUES ('account', ?)", ours)
        elif noted != ours:
            raise JournalError(
                "the journal is of another account: it was made with another API key, or for "
                "another server. Give each account a journal of its own. If this is a new key of "
                "the same account, say so with: a2e journal adopt PATH."
            )

    def adopt(self, session: Session, fingerprint: Callable[[str], str]) -> None:
        """Make the journal that of an account, whichever it was of before."""
        ours = fingerprint(str(_fact(session, "salt")))
        session.execute("DELETE FROM facts WHERE name = 'account'")
        session.execute("INSERT INTO facts (name, value) VALUES ('account', ?)", ours)

    def find(self, session: Session, intent: Intent) -> Found | None:
        """Return what became of the key of a start; None where it may be started.

        A start that was lost is held from now on, until it is `found` or `given_up`.

        Raises:
            KeyConflictError: The key was started with other inputs.
        """
        if intent.key is None:
            return None
        row = session.row(
            f"SELECT {COLUMNS}, digest, submission, expected, sent_at_is_exact "  # noqa: S608
            "FROM entries WHERE key = ? AND is_latest = 1",
            intent.key,
        )
        if row is None:
            return None
        digest, submission, expected, is_exact = row[-4:]
        entry = entry_of(row, task_ids_of(session, row[0]))
        if entry.state is EntryState.REFUSED:
            return None
        if digest != intent.digest:
            # What never left this machine binds nobody.
            if entry.sent_at is None and not self.locks.is_taken(entry.id):
                return None
            raise _conflict(entry, intent)
        if entry.state.has_task:
            return Known(entry, _records_of(session, entry.id))
        if not self.locks.take(entry.id):
            return InUse()
        session.on_failure(lambda: self.locks.give(entry.id))
        if entry.sent_at is None:
            self.locks.give(entry.id)
            return None
        return Lost(
            entry,
            submission_of(submission),
            expected,
            entry.sent_at if is_exact else None,
        )

    def begin(
        self, session: Session, intent: Intent, budget: Budget | None, now: datetime
    ) -> Begun | Found:
        """Write a start down, and reserve its coins, unless its key was started before.

        Args:
            session: The transaction.
            intent: The start.
            budget: What may be spent; None for any sum.
            now: The present moment.

        Raises:
            KeyConflictError: The key was started with other inputs.
            BudgetExceededError: The budget has not enough left.
        """
        found = self.find(session, intent)
        if found is not None:
            return found
        now = max(now, _latest_moment(session) or now)
        if budget is not None:
            spending = spending_of(session, first_hour(budget, now))
            require_within(budget, spending, intent.price)
        attempt = self._retire(session, intent.key, now)
        hour, reserved = hour_of(now), millionths(intent.price)
        entry = session.insert(
            "INSERT INTO entries (key, attempt, is_latest, family, state, digest, inputs, files, "
            "name, expected, hour, quote, reserved, spent, intended_at) "
            "VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
            intent.key,
            attempt,
            intent.family,
            EntryState.INTENDED.value,
            intent.digest,
            json.dumps(dict(intent.inputs)),
            files_text(intent.files),
            intent.name,
            intent.expected,
            hour,
            None if intent.quote is None else millionths(intent.quote),
            reserved,
            text_of(now),
        )
        if intent.sending is not None:
            self.sending(session, entry, intent.sending, now)
        count(session, hour, reserved, 0)
        if not self.locks.take(entry):
            raise JournalError(f"entry {entry} of the journal is held by another process.")
        session.on_failure(lambda: self.locks.give(entry))
        return Begun(entry)

    def _retire(self, session: Session, key: str | None, now: datetime) -> int:
        """Set aside what was begun under a key without a task; return the number of this attempt.

        It was refused, never left this machine, or is known to have never arrived.
        """
        if key is None:
            return 1
        row = session.row("SELECT id, state FROM entries WHERE key = ? AND is_latest = 1", key)
        if row is not None:
            entry, state = row
            if state != EntryState.REFUSED.value:
                self.refused(session, entry, INTERRUPTED, now)
            session.execute("UPDATE entries SET is_latest = 0 WHERE id = ?", entry)
        attempts = session.row("SELECT max(attempt) FROM entries WHERE key = ?", key)
        return ((attempts and attempts[0]) or 0) + 1

    def sending(self, session: Session, entry: int, sending: Sending, now: datetime) -> None:
        """Note that a start leaves now, with what tells its task from others."""
        session.execute(
            "UPDATE entries SET submission = ?, sent_at = ?, sent_at_is_exact = ? WHERE id = ?",
            submission_text(sending.submission),
            text_of(now),
            int(sending.is_exact),
            entry,
        )

    def charged(self, session: Session, entry: int, price: float) -> None:
        """Count coins as spent that were reserved, for an upload of a start that is under way."""
        charge(session, entry, price)

    # What comes behind a request: it is true whether or not it can be written now.

    def started(
        self,
        session: Session,
        entry: int,
        task_ids: Sequence[str],
        coins: float | None,
        now: datetime,
        records: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        """Note the tasks of a start, and what they cost.

        Args:
            session: The transaction.
            entry: The number of its entry.
            task_ids: The tasks, in order.
            coins: What they cost; None where the server did not say, so that the quote counts.
            now: The present moment.
            records: The records of tasks that the API can't read again, by their ids.
        """
        for place, task_id in enumerate(task_ids):
            record = (records or {}).get(task_id)
            session.execute(
                "INSERT INTO tasks (task_id, entry, place, state, record) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (task_id) DO NOTHING",
                task_id,
                entry,
                place,
                EntryState.STARTED.value,
                None if record is None else json.dumps(dict(record)),
            )
        row = session.row("SELECT state FROM entries WHERE id = ?", entry)
        if row is not None and not EntryState(row[0]).has_task:
            settle(session, entry, coins)
            session.execute(
                "UPDATE entries SET state = ?, error = NULL, started_at = ? WHERE id = ?",
                EntryState.STARTED.value,
                text_of(now),
                entry,
            )

    def refused(self, session: Session, entry: int, reason: str, now: datetime) -> None:
        """Note that nothing was started, and release what was reserved."""
        release(session, entry)
        session.execute(
            "UPDATE entries SET state = ?, error = ?, ended_at = ? WHERE id = ?",
            EntryState.REFUSED.value,
            reason[:_LONGEST_ERROR],
            text_of(now),
            entry,
        )

    def unknown(self, session: Session, entry: int, reason: str) -> None:
        """Note that a start may have begun; what was reserved stays so."""
        session.execute(
            "UPDATE entries SET state = ?, error = ? WHERE id = ?",
            EntryState.UNKNOWN.value,
            reason[:_LONGEST_ERROR],
            entry,
        )

    def undecided(self, session: Session, submission: Submission) -> list[int]:
        """Return the entries that were sent with a submission and have no task, oldest first."""
        rows = session.rows(
            "SELECT id, submission FROM entries WHERE state IN (?, ?) AND family = ? AND "
            "submission IS NOT NULL ORDER BY id",
            EntryState.INTENDED.value,
            EntryState.UNKNOWN.value,
            submission.family,
        )
        return [int(row[0]) for row in rows if submission_of(row[1]).is_same(submission)]

    def free_tasks(self, session: Session, task_ids: Sequence[str]) -> list[str]:
        """Return those of some tasks that belong to no entry."""
        return [
            task_id
            for task_id in task_ids
            if session.row("SELECT 1 FROM tasks WHERE task_id = ?", task_id) is None
        ]

    def ended(
        self,
        session: Session,
        task_id: str,
        state: EntryState,
        coins: float | None,
        error: str | None,
        now: datetime,
    ) -> None:
        """Note that a task has ended, whoever started it; unknown ones are none of the journal's.

        Args:
            session: The transaction.
            task_id: The task.
            state: ``SUCCEEDED`` or ``FAILED``.
            coins: What its record says that it cost, where it is the only one of its start.
            error: Why it failed.
            now: The present moment.
        """
        row = session.row("SELECT entry FROM tasks WHERE task_id = ?", task_id)
        if row is None:
            return
        entry = int(row[0])
        session.execute("UPDATE tasks SET state = ? WHERE task_id = ?", state.value, task_id)
        states = [EntryState(one[0]) for one in _task_states(session, entry)]
        if coins is not None and len(states) == 1:
            settle(session, entry, coins)
        if all(one in (EntryState.SUCCEEDED, EntryState.FAILED) for one in states):
            all_well = EntryState.FAILED not in states
            session.execute(
                "UPDATE entries SET state = ?, error = coalesce(?, error), "
                "ended_at = coalesce(ended_at, ?) WHERE id = ?",
                (EntryState.SUCCEEDED if all_well else EntryState.FAILED).value,
                None if error is None else error[:_LONGEST_ERROR],
                text_of(now),
                entry,
            )

    def set_aside(self, session: Session, entry: int) -> None:
        """Let the key of an entry be started anew, whatever became of it."""
        session.execute("UPDATE entries SET is_latest = 0 WHERE id = ?", entry)

    def uploaded(self, session: Session, content: str, address: str, now: datetime) -> None:
        """Note where content is that was uploaded."""
        session.execute(
            "INSERT INTO uploads (content, address, uploaded_at) VALUES (?, ?, ?) "
            "ON CONFLICT (content) DO UPDATE SET address = excluded.address, "
            "uploaded_at = excluded.uploaded_at",
            content,
            address,
            text_of(now),
        )

    def address_of(self, session: Session, content: str, now: datetime) -> str | None:
        """Return where content is that was uploaded in the last 24 hours; None where it was not."""
        row = session.row("SELECT address, uploaded_at FROM uploads WHERE content = ?", content)
        if row is None or not now - UPLOAD_LASTS <= moment_of(row[1]) <= now + UPLOAD_LASTS:
            return None
        return str(row[0])


def _conflict(entry: JournalEntry, intent: Intent) -> KeyConflictError:
    return KeyConflictError(
        f"the key {intent.key!r} was started with other inputs: as {entry.family} with "
        f"{_shown(entry.inputs)}; now it is {intent.family} with {_shown(intent.inputs)}. Nothing "
        "was sent; give another key, or the same inputs.",
        key=str(intent.key),
        entry=entry,
        family=intent.family,
        inputs=intent.inputs,
    )


def _shown(inputs: Mapping[str, Any]) -> str:
    text = json.dumps(dict(inputs), ensure_ascii=False)
    return text if len(text) <= 300 else text[:299] + "\u2026"


def _fact(session: Session, name: str) -> str | None:
    row = session.row("SELECT value FROM facts WHERE name = ?", name)
    return None if row is None else str(row[0])


def _latest_moment(session: Session) -> datetime | None:
    """Return when the newest start was begun, so that a clock set back opens no new period."""
    row = session.row("SELECT intended_at FROM entries ORDER BY id DESC LIMIT 1")
    return None if row is None else moment_of(row[0])


def _task_states(session: Session, entry: int) -> Sequence[tuple[Any, ...]]:
    return session.rows("SELECT state FROM tasks WHERE entry = ?", entry)


def _records_of(session: Session, entry: int) -> dict[str, Mapping[str, Any]]:
    rows = session.rows(
        "SELECT task_id, record FROM tasks WHERE entry = ? AND record IS NOT NULL", entry
    )
    return {str(task_id): json.loads(record) for task_id, record in rows}
