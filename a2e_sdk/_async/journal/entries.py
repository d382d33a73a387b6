"""``a2e.journal``: the starts of a journal, what they cost, and decisions that a person makes.

This module owns the arguments of these calls. What a journal keeps is in ``_journal``.
"""

from __future__ import annotations

import builtins
from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from functools import partial
from typing import Literal, TypeVar

import attrs

from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.tasks.journal_notes import journal_work_async
from a2e_sdk._checks.validation import require_id, require_key, require_one_of
from a2e_sdk._journal.coins import first_hour, period_start
from a2e_sdk._journal.opening import ClientJournal, require_journal
from a2e_sdk._journal.queries import (
    entries_after,
    entry_of_key,
    entry_of_number,
    spending_of,
    undecided_after,
)
from a2e_sdk._journal.session import Session
from a2e_sdk._journal.settlement import counted_moment
from a2e_sdk._wire.family_table import TASK_FAMILIES
from a2e_sdk.errors import JournalError
from a2e_sdk.models import Task
from a2e_sdk.models.journal import EntryState, JournalEntry, Spending

ResultT = TypeVar("ResultT")

#: What a person can say of a start.
Decision = Literal["not_started", "start_again"]


class AsyncJournal:
    """The journal of a client that was given one.

    Its methods raise `ConfigurationError` where the client has no journal.

    Args:
        api: What calls the API.
    """

    def __init__(self, api: AsyncAPIClient) -> None:
        self._api = api

    @property
    def _journal(self) -> ClientJournal:
        return require_journal(self._api.journal, "a2e.journal")

    async def entries(
        self,
        *,
        state: EntryState | str | Iterable[EntryState | str] | None = None,
        family: str | None = None,
    ) -> AsyncGenerator[JournalEntry, None]:
        """Yield the starts that were written down, oldest first, refused attempts included.

        Args:
            state: The states to yield, one or several. Default: all.
            family: The family of tasks, such as ``"wan_25"``. Default: all.

        Yields:
            The entries, in constant memory; those that are added meanwhile are among them.

        Raises:
            ValueError: There is no such state or family.
            JournalError: The journal can't be read.
        """
        states = _states(state)
        if family is not None:
            require_one_of(family, "family", tuple(TASK_FAMILIES))
        last = 0
        while True:
            page = await self._work(self._page(last, states, family))
            for entry in page:
                yield entry
            if not page:
                return
            last = page[-1].id

    async def get(self, key: str) -> JournalEntry | None:
        """Return the entry of a key, the latest attempt.

        Args:
            key: The key.

        Returns:
            The entry; None where the journal has no such key.

        Raises:
            ValueError: It can't be a key.
            JournalError: The journal can't be read.
        """
        require_key(key)
        return await self._work(lambda session: entry_of_key(session, key))

    async def unknown(self) -> builtins.list[JournalEntry]:
        """List the starts that may have been carried out, and whose tasks are not known.

        Calling again with the key of one looks for its task. Those that are under way at this
        moment are among them.

        Returns:
            The entries, oldest first.

        Raises:
            JournalError: The journal can't be read.
        """
        found: builtins.list[JournalEntry] = []
        while True:
            last = found[-1].id if found else 0
            page = await self._work(partial(undecided_after, number=last))
            found += page
            if not page:
                return found

    async def spent(self) -> Spending:
        """Return the coins that were spent and are reserved, in the period of the client's budget.

        Returns:
            The sums of all who share the journal; of the whole journal where the budget has no
            period, or there is none.

        Raises:
            JournalError: The journal can't be read.
        """
        budget, now = self._journal.budget, self._api.server_time()

        def add_up(session: Session) -> Spending:
            if budget is None:
                return spending_of(session, None)
            moment = counted_moment(session, now)
            return attrs.evolve(
                spending_of(session, first_hour(budget, moment)),
                limit=budget.coins,
                since=period_start(budget, moment),
            )

        return await self._work(add_up)

    async def resolve(
        self,
        key: str | JournalEntry,
        *,
        task: str | Task | None = None,
        decision: Decision | None = None,
    ) -> JournalEntry:
        """Decide what became of a start, as a person who has looked it up.

        Args:
            key: Its key, whose latest attempt is meant; or the entry, for one without a key.
            task: The task that was started, or its id (24 hexadecimal digits).
            decision: ``"not_started"``: nothing was started, so that the next call with the key
                starts it, and its coins are free. ``"start_again"``: whatever became of it, also
                where its task is known, the next call with the key starts and pays anew; the coins
                of one that is unknown stay reserved, as it may have been paid.

        Returns:
            The entry as it is then.

        Raises:
            ValueError: Not exactly one of both is given, or it is no id, no such decision, or a
                task of another family.
            LookupError: The journal has no such key or entry.
            JournalError: It is being started, has a task already, or the journal can't be written.
        """
        if not isinstance(key, JournalEntry):
            require_key(key)
        if (task is None) == (decision is None):
            raise ValueError("give exactly one of task and decision.")
        task_id = None if task is None else require_id(task, "task")
        if decision is not None:
            require_one_of(decision, "decision", ("not_started", "start_again"))
        now = self._api.server_time()
        steps = self._journal.steps

        def decide(session: Session) -> JournalEntry:
            if isinstance(key, JournalEntry):
                entry, what = entry_of_number(session, key.id), f"entry {key.id}"
            else:
                entry, what = entry_of_key(session, key), f"key {key!r}"
            if entry is None:
                raise LookupError(f"the journal has no {what}.")
            if isinstance(task, Task) and task.family != entry.family:
                raise ValueError(
                    f"the task {task.id} is of {task.family}, and the {what} of {entry.family}."
                )
            if steps.locks.is_taken(entry.id, session):
                raise JournalError(f"the {what} is being started at this moment.")
            if decision != "start_again" and entry.state.has_task:
                raise JournalError(f"the {what} has the task {entry.task_id}.")
            if task_id is not None:
                if not steps.is_free(session, entry.id, task_id):
                    raise JournalError(f"the task {task_id} belongs to another start.")
                steps.started(session, entry.id, {task_id: None}, None, now)
            elif decision == "start_again" and entry.sent_at is not None:
                steps.set_aside(session, entry.id)
            else:
                steps.refused(session, entry.id, "a person found that it was not started", now)
            found = entry_of_number(session, entry.id)
            assert found is not None  # noqa: S101 - it was there before
            return found

        return await self._work(decide)

    def _page(
        self, last: int, states: Sequence[EntryState], family: str | None
    ) -> Callable[[Session], builtins.list[JournalEntry]]:
        return lambda session: entries_after(session, last, states, family)

    async def _work(self, function: Callable[[Session], ResultT]) -> ResultT:
        return await journal_work_async(self._journal, function)


def _states(
    state: EntryState | str | Iterable[EntryState | str] | None,
) -> tuple[EntryState, ...]:
    if state is None:
        return ()
    given = (state,) if isinstance(state, str) else tuple(state)
    words = tuple(one.value for one in EntryState)
    return tuple(EntryState(require_one_of(str(one), "state", words)) for one in given)
