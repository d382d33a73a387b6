"""A journal: the steps of a start, each of which is on the disk before the next one begins.

This module owns the protocol. A start is `begun` before anything is sent, `sending` just before its
request leaves, and then `started`, `refused`, `unknown` or `withdrawn`; its tasks have `ended` some
time later. What was sent by a process that died is found by the next one that begins its key.

Each step is a function of a session, to be handed to the journal's `Database`. What cannot be
written before the request stops the start; what is true after it is written as soon as that works.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from a2e_sdk.errors import BudgetExceededError, JournalError, KeyConflictError
from a2e_sdk.models.journal import Budget, EntryState, JournalEntry, JournalFile
from a2e_sdk.models.submission import Submission

from .coins import first_hour, hour_of, millionths, require_within
from .entries import (
    COLUMNS,
    entry_of,
    files_text,
    moment_of,
    submission_of,
    submission_text,
    text_of,
)
from .queries import UNDECIDED, spending_of, task_ids_of
from .session import Session
from .settlement import (
    ACCOUNT,
    Account,
    charge,
    charge_uploads,
    count,
    count_change,
    counted_moment,
    release,
    settle,
)
from .starts import Begun, Found, Intent, InUse, Known, Lost, Sending
from .store import Store

#: Content that was uploaded is taken to be there for so long.
UPLOAD_LASTS = timedelta(hours=24)
_LONGEST_ERROR = 2_000
#: So many files of a start are shown where they may be the reason for a conflict.
_SHOWN_FILES = 4
INTERRUPTED = "it was interrupted before it was sent"


class Journal:
    """The steps of starts in one journal.

    Args:
        store: Where the journal is kept.

    Attributes:
        store: That.
        locks: Tells which entries are being worked on.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.locks = store.locks

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
                f"{self.store.name} is of another account: it was made with another API "
                "key, or for another server. Nothing was started. Give each account a journal of "
                "its own; if this is a new key of the same account, say so "
                f"with: a2e journal adopt --journal {self.store.address!r}"
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
            if entry.sent_at is None and not self.locks.is_taken(entry.id, session):
                return None
            raise _conflict(entry, intent)
        if entry.state.has_task:
            return Known(entry, _records_of(session, entry.id))
        hold = self.locks.take(entry.id, session)
        if hold is None:
            return InUse()
        session.on_failure(hold.give)
        if entry.sent_at is None:
            hold.give()
            return None
        return Lost(
            entry,
            hold,
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
        moment = counted_moment(session, now)
        if budget is not None:
            self._require_within(session, budget, intent.price, moment, now)
        attempt = self._retire(session, intent.key, now)
        hour, reserved, sending = hour_of(moment), millionths(intent.price), intent.sending
        entry = session.insert(
            "INSERT INTO entries (key, attempt, is_latest, family, state, digest, inputs, files, "
            "name, expected, hour, quote, reserved, spent, intended_at, submission, sent_at, "
            "sent_at_is_exact) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?)",
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
            None if sending is None else submission_text(sending.submission),
            None if sending is None else text_of(now),
            0 if sending is None else int(sending.is_exact),
        )
        count(session, hour, reserved, 0)
        hold = self.locks.take(entry, session)
        if hold is None:
            raise JournalError(f"entry {entry} of the journal is held by another process.")
        session.on_failure(hold.give)
        return Begun(entry, hold)

    def _require_within(
        self, session: Session, budget: Budget, price: float, moment: datetime, now: datetime
    ) -> None:
        since = first_hour(budget, moment)
        try:
            require_within(budget, spending_of(session, since), price)
        except BudgetExceededError:
            # Some of it may be held for calls that ended before they sent anything.
            rows = session.rows(
                f"SELECT id FROM entries WHERE {UNDECIDED} AND sent_at IS NULL"  # noqa: S608
            )
            for (entry,) in rows:
                if not self.locks.is_taken(entry, session):
                    self._interrupted(session, entry, now)
            require_within(budget, spending_of(session, since), price)

    def _interrupted(self, session: Session, entry: int, now: datetime) -> None:
        """Note that a start ended before it was sent, by a call that could not say so."""
        # Whether its files were uploaded, which costs coins, is not known.
        charge_uploads(session, entry)
        self.refused(session, entry, INTERRUPTED, now)

    def _retire(self, session: Session, key: str | None, now: datetime) -> int:
        """Set aside what was begun under a key without a task; return the number of this attempt.

        It was refused, or never left this machine.
        """
        if key is None:
            return 1
        row = session.row(
            "SELECT id, state, attempt, is_latest FROM entries WHERE key = ? "
            "ORDER BY attempt DESC LIMIT 1",
            key,
        )
        if row is None:
            return 1
        entry, state, attempt, is_latest = row
        if is_latest:
            if state != EntryState.REFUSED.value:
                self._interrupted(session, entry, now)
            self.set_aside(session, entry)
        return int(attempt) + 1

    def sending(self, session: Session, entry: int, sending: Sending, now: datetime) -> None:
        """Note that a start leaves now, with what tells its task from others.

        Raises:
            JournalError: Another process has begun its key meanwhile, taking this one for dead.
        """
        changed = session.execute(
            "UPDATE entries SET submission = ?, sent_at = ?, sent_at_is_exact = ? "
            "WHERE id = ? AND is_latest = 1 AND state = ?",
            submission_text(sending.submission),
            text_of(now),
            int(sending.is_exact),
            entry,
            EntryState.INTENDED.value,
        )
        if not changed:
            raise JournalError(
                "another process has begun this start meanwhile, because "
                f"{self.store.lost_locks}. Nothing was sent here; call again to get its task."
            )

    def charged(self, session: Session, entry: int, price: float) -> None:
        """Count coins as spent that were reserved, for an upload of a start that is under way."""
        charge(session, entry, price)

    # What comes behind a request: it is true whether or not it can be written now.

    def started(
        self,
        session: Session,
        entry: int,
        tasks: Mapping[str, Mapping[str, Any] | None],
        coins: float | None,
        now: datetime,
        *,
        is_sure: bool = True,
    ) -> bool:
        """Note the tasks of a start, and what they cost.

        Args:
            session: The transaction.
            entry: The number of its entry.
            tasks: Its tasks by their ids, in order; with the record where the API can't read it
                again.
            coins: What they cost; None where the server did not say, so that the quote counts.
            now: The present moment.
            is_sure: Whether the server or a person named them, rather than that they look like it.

        Returns:
            Whether it has a task: what only looks like it may be another start's.
        """
        own = [
            task_id
            for place, (task_id, record) in enumerate(tasks.items())
            if self._add_task(session, entry, place, task_id, record, is_sure=is_sure)
        ]
        if not own:
            return False
        row = session.row(f"SELECT state, {ACCOUNT} FROM entries WHERE id = ?", entry)  # noqa: S608
        if row is not None and not EntryState(row[0]).has_task:
            account = Account(*row[1:])
            settled = account.settled(coins)
            session.execute(
                "UPDATE entries SET state = ?, error = NULL, started_at = ?, reserved = ?, "
                "spent = ?, coins = ? WHERE id = ?",
                EntryState.STARTED.value,
                text_of(now),
                settled.reserved,
                settled.spent,
                settled.coins,
                entry,
            )
            count_change(session, account, settled)
        return True

    def _add_task(
        self,
        session: Session,
        entry: int,
        place: int,
        task_id: str,
        record: Mapping[str, Any] | None,
        *,
        is_sure: bool,
    ) -> bool:
        """Give an entry a task; return False where it is, or may be, another entry's."""
        is_new = session.execute(
            "INSERT INTO tasks (task_id, entry, place, state, record) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (task_id) DO NOTHING",
            task_id,
            entry,
            place,
            EntryState.STARTED.value,
            None if record is None else json.dumps(dict(record)),
        )
        if is_new:
            return True
        for other in self._owners(session, entry, (task_id,)).values():
            if not is_sure:
                return False
            session.execute("UPDATE tasks SET entry = ? WHERE task_id = ?", entry, task_id)
            self._lost_its_task(session, other)
        return True

    def carried_out(self, session: Session, entry: int, now: datetime) -> None:
        """Note that a paid call was carried out that starts no task; its quote is its cost."""
        settle(session, entry, None)
        session.execute(
            "UPDATE entries SET state = ?, started_at = ?, ended_at = ? WHERE id = ?",
            EntryState.SUCCEEDED.value,
            text_of(now),
            text_of(now),
            entry,
        )

    def _owners(self, session: Session, entry: int, task_ids: Iterable[str]) -> dict[str, int]:
        """Return the other entries that tasks belong to, by the tasks."""
        owners: dict[str, int] = {}
        for task_id in task_ids:
            row = session.row("SELECT entry FROM tasks WHERE task_id = ?", task_id)
            if row is not None and row[0] != entry:
                owners[task_id] = int(row[0])
        return owners

    def _lost_its_task(self, session: Session, entry: int) -> None:
        """Note that a task that looked like that of an entry is another one's."""
        if not task_ids_of(session, entry):
            session.execute(
                "UPDATE entries SET state = ?, error = ? WHERE id = ?",
                EntryState.UNKNOWN.value,
                "the task that was found for it turned out to be that of an equal start",
                entry,
            )

    def _has_task(self, session: Session, entry: int) -> bool:
        row = session.row("SELECT state FROM entries WHERE id = ?", entry)
        return row is None or EntryState(row[0]).has_task

    def refused(self, session: Session, entry: int, reason: str, now: datetime) -> None:
        """Note that nothing was started, and release what was reserved."""
        if self._has_task(session, entry):
            return  # It is known better by now.
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
            "UPDATE entries SET state = ?, error = ? WHERE id = ? AND state IN (?, ?)",
            EntryState.UNKNOWN.value,
            reason[:_LONGEST_ERROR],
            entry,
            # Else it is known better by now.
            EntryState.INTENDED.value,
            EntryState.UNKNOWN.value,
        )

    def undecided(self, session: Session, submission: Submission) -> list[int]:
        """Return the entries that were sent with a submission and have no task, oldest first."""
        undecided = self._undecided(session, submission.family)
        return [entry for entry, found in undecided if found.is_same(submission)]

    def _undecided(self, session: Session, family: str) -> Iterator[tuple[int, Submission]]:
        rows = session.rows(
            f"SELECT id, submission FROM entries WHERE {UNDECIDED} AND family = ? AND "  # noqa: S608
            "submission IS NOT NULL ORDER BY id",
            family,
        )
        for entry, text in rows:
            yield int(entry), submission_of(text)

    def free_tasks(
        self, session: Session, entry: int, submission: Submission, task_ids: Sequence[str]
    ) -> list[str]:
        """Return those of some tasks that can be the ones of a start.

        That is none while an equal start is under way, of which they may be.

        Args:
            session: The transaction.
            entry: The number of its entry.
            submission: What tells its task from others.
            task_ids: Tasks that look like it.
        """
        others = self._owners(session, entry, task_ids)
        free = [task_id for task_id in task_ids if task_id not in others]
        if free and not submission.unique_name:
            for other, found in self._undecided(session, submission.family):
                is_equal = found.fingerprint == submission.fingerprint
                if other != entry and is_equal and self.locks.is_taken(other, session):
                    return []
        return free

    def is_free(self, session: Session, entry: int, task_id: str) -> bool:
        """Tell whether a task belongs to no other entry than one."""
        return not self._owners(session, entry, (task_id,))

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
        f"{_shown(entry.inputs, entry.files)}; now it is {intent.family} with "
        f"{_shown(intent.inputs, intent.files)}. Nothing "
        "was sent; give another key, or the same inputs.",
        key=str(intent.key),
        entry=entry,
        family=intent.family,
        inputs=intent.inputs,
    )


def _shown(inputs: Mapping[str, Any], files: Sequence[JournalFile]) -> str:
    text = json.dumps(dict(inputs), ensure_ascii=False)
    text = text if len(text) <= 300 else text[:299] + "\u2026"
    for file in files[:_SHOWN_FILES]:
        text += f" and {file.argument} of {file.size:,} bytes ({file.sha256[:12]}\u2026)"
    return text


def _fact(session: Session, name: str) -> str | None:
    row = session.row("SELECT value FROM facts WHERE name = ?", name)
    return None if row is None else str(row[0])


def _task_states(session: Session, entry: int) -> Sequence[tuple[Any, ...]]:
    return session.rows("SELECT state FROM tasks WHERE entry = ?", entry)


def _records_of(session: Session, entry: int) -> dict[str, Mapping[str, Any]]:
    rows = session.rows(
        "SELECT task_id, record FROM tasks WHERE entry = ? AND record IS NOT NULL", entry
    )
    return {str(task_id): json.loads(record) for task_id, record in rows}
