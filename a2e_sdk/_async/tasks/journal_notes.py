"""What is true of a start, written down in the journal behind it.

This module owns these notes for whoever learns something: a start that has ended, a wait, a search.
The steps of the journal themselves are in ``_journal``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from a2e_sdk import errors
from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.concurrency import database_work_async
from a2e_sdk._http.instrumentation import logger
from a2e_sdk._journal.journal import INTERRUPTED
from a2e_sdk._journal.locks import Hold
from a2e_sdk._journal.opening import ClientJournal
from a2e_sdk._journal.session import Session
from a2e_sdk._journal.starts import Begun, Lost
from a2e_sdk._wire.family_table import TASK_FAMILIES
from a2e_sdk.models import Task
from a2e_sdk.models.journal import EntryState
from a2e_sdk.models.submission import Submission

ResultT = TypeVar("ResultT")


def letting_go(hold: Hold, note: Callable[[Session], ResultT]) -> Callable[[Session], ResultT]:
    """Return a note with whose transaction an entry is let go, whether or not it can be written."""

    def noted(session: Session) -> ResultT:
        session.on_success(hold.give)
        session.on_failure(hold.give)
        hold.leave(session)
        return note(session)

    return noted


async def journal_work_async(
    journal: ClientJournal, function: Callable[[Session], ResultT]
) -> ResultT:
    """Have a piece of work done by a client's journal, once that is known to be its account's.

    Raises:
        JournalError: The journal can't be used, or is of another account.
    """
    return await database_work_async(journal.database, journal.of_account(function))


async def held_async(
    journal: ClientJournal, api: AsyncAPIClient, function: Callable[[Session], ResultT]
) -> ResultT:
    """Do a step that may hold an entry, which is let go where nobody waits for it any more.

    Args:
        journal: The journal.
        api: What calls the API.
        function: The step.

    Raises:
        JournalError: The journal can't be used, or is of another account.
    """

    def let_go(found: Any) -> None:
        if isinstance(found, Lost):
            found.hold.give()
        elif isinstance(found, Begun):
            refused = partial(
                journal.steps.refused,
                entry=found.entry,
                reason=INTERRUPTED,
                now=api.server_time(),
            )
            journal.database.keep(letting_go(found.hold, refused))

    work = journal.of_account(function)
    found: ResultT = await database_work_async(journal.database, work, too_late=let_go)
    if isinstance(found, Begun | Lost):
        found.hold.belongs_here()
    return found


async def take_place_async(journal: ClientJournal, place: int) -> Hold | None:
    """Take a place of a journal; None where another call or process has it.

    Raises:
        JournalError: The journal can't be used, or is of another account.
    """

    def take(session: Session) -> Hold | None:
        hold = journal.steps.locks.take(place, session)
        if hold is not None:
            session.on_failure(hold.give)
        return hold

    def let_go(hold: Hold | None) -> None:
        if hold is not None:
            hold.give()

    hold = await database_work_async(journal.database, journal.of_account(take), too_late=let_go)
    if hold is not None:
        hold.belongs_here()
    return hold


async def keep_async(journal: ClientJournal, note: Callable[[Session], ResultT]) -> ResultT | None:
    """Write down what is true already; where it can't be written now, it is with the next step.

    Returns:
        What the note returned; None where it could not be written.
    """
    try:
        return await database_work_async(journal.database, note, keep=True)
    except errors.JournalError as problem:
        logger.warning(
            "what became of a start is not written down yet, it will be with the next step: %s",
            problem,
        )
    except Exception as problem:  # Whatever it is, the start is made, and its caller is told of it.
        logger.warning("what became of a start could not be written down: %r", problem)
    return None


async def note_started(
    journal: ClientJournal,
    api: AsyncAPIClient,
    begun: Begun | Lost,
    tasks: Sequence[Task],
    *,
    is_sure: bool,
) -> bool:
    """Write down the tasks of a start, and let its entry go.

    Args:
        journal: The journal.
        api: What calls the API.
        begun: The start.
        tasks: Its tasks, in order.
        is_sure: Whether a response named them, rather than that they look like it.

    Returns:
        False where they are those of another start.
    """
    costs: list[float | None] = [getattr(task, "coins", None) for task in tasks]
    coins = None if None in costs else sum(cost or 0.0 for cost in costs)
    noted = records_of(tasks)
    entry = begun.entry if isinstance(begun, Begun) else begun.entry.id
    now = api.server_time()

    def note(session: Session) -> bool:
        return journal.steps.started(session, entry, noted, coins, now, is_sure=is_sure)

    return await keep_async(journal, letting_go(begun.hold, note)) is not False


def records_of(tasks: Sequence[Task]) -> dict[str, Mapping[str, Any] | None]:
    """Return tasks by their ids, with the record of those that the API can't read again."""
    return {task.id: None if TASK_FAMILIES[task.family].is_readable else task.raw for task in tasks}


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
            if not journal.steps.locks.is_taken(entry, session):
                noted = records_of([task])
                journal.steps.started(session, entry, noted, coins, now, is_sure=False)
                return

    await keep_async(journal, note)
