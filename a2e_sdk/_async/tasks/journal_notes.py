"""What is true of a start, written down in the journal behind it.

This module owns these notes for whoever learns something: a start that has ended, a wait, a search.
The steps of the journal themselves are in ``_journal``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from a2e_sdk import errors
from a2e_sdk._async.concurrency import database_work_async
from a2e_sdk._http.instrumentation import logger
from a2e_sdk._journal.database import Session
from a2e_sdk._journal.opening import ClientJournal
from a2e_sdk.models import Task
from a2e_sdk.models.journal import EntryState
from a2e_sdk.models.submission import Submission


def let_go_with(session: Session, journal: ClientJournal, entry: int) -> None:
    """Let an entry go when a transaction ends, whether or not it could be written."""
    session.on_success(lambda: journal.steps.locks.give(entry))
    session.on_failure(lambda: journal.steps.locks.give(entry))


async def keep_async(journal: ClientJournal, note: Callable[[Session], None]) -> None:
    """Write down what is true already; where it can't be written now, it is with the next step."""
    try:
        await database_work_async(journal.database, note, keep=True)
    except errors.JournalError as problem:
        logger.warning("what became of a start could not be written down yet: %s", problem)


async def note_ended(
    journal: ClientJournal, server_time: Callable[[], datetime], tasks: Sequence[Task]
) -> None:
    """Write down which of some tasks have ended.

    Args:
        journal: The journal.
        server_time: Returns the present time.
        tasks: Tasks as they were just read.
    """
    ended = [task for task in tasks if task.status.is_final]
    if not ended:
        return
    now = server_time()

    def note(session: Session) -> None:
        for task in ended:
            state = EntryState(task.status.value)
            coins = getattr(task, "coins", None)
            journal.steps.ended(session, task.id, state, coins, task.failed_message, now)

    await keep_async(journal, note)


async def note_found(
    journal: ClientJournal, server_time: Callable[[], datetime], submission: Submission, task: Task
) -> None:
    """Write down that the task of a submission was found, where the submission is the journal's."""
    now, coins = server_time(), getattr(task, "coins", None)

    def note(session: Session) -> None:
        for entry in journal.steps.undecided(session, submission):
            if not journal.steps.locks.is_taken(entry):
                journal.steps.started(session, entry, [task.id], coins, now)
                return

    await keep_async(journal, note)
