"""Start a task that was written down before, so that it is started once whatever happens.

This module owns the order of a journalled start: look its key up, ask its price, write it down,
upload, send, and write down what became of it. The steps of the journal are in ``_journal``,
sending is in ``submit``, and the search for a start that was lost is in ``recovery``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Generic, TypeVar

import attrs

from a2e_sdk import errors
from a2e_sdk._async.concurrency import database_work_async
from a2e_sdk._async.files.uploads import AsyncOpenedFiles, AsyncUploader
from a2e_sdk._async.records import call_operation
from a2e_sdk._journal.database import Session
from a2e_sdk._journal.identity import start_digest
from a2e_sdk._journal.journal import INTERRUPTED
from a2e_sdk._journal.opening import ClientJournal, require_journal
from a2e_sdk._journal.starts import Begun, Found, Intent, Known, Lost, Sending
from a2e_sdk._tasks.client_state import Start
from a2e_sdk._tasks.recovery import SEARCH_SECONDS, SETTLED_SECONDS, search_pause
from a2e_sdk._tasks.start_plan import Price, StartPlan
from a2e_sdk.models import Task

from .file_contents import AsyncFileContents
from .journal_notes import keep_async, let_go_with, note_ended
from .prices import placeholders, price_of
from .reader import AsyncTaskReader
from .recovery import is_absent, look_for
from .submit import start_once, tasks_in

TaskT = TypeVar("TaskT", bound=Task)
ResultT = TypeVar("ResultT")


async def start_journalled(
    reader: AsyncTaskReader[TaskT], plan: StartPlan, within: float | None
) -> list[TaskT]:
    """Start a task at most once for its key, within what the budget allows.

    Args:
        reader: Reads the tasks of the family.
        plan: The start.
        within: Seconds to wait for a key that another call is starting. Default: as long as a call
            of the client may take.

    Returns:
        Its tasks, as they are now where the key was started before.

    Raises:
        ConfigurationError: It has a key, and the client has no journal.
        JournalError: The journal can't be used; nothing was sent.
        KeyConflictError: The key was started with other inputs.
        KeyInUseError: Another call was starting the key all the time.
        BudgetExceededError: It would cost too much; nothing was sent.
        SubmissionUnknownError: It may have been started, now or before, and no task was found.
        APIError: It was not started; the class tells why.
    """
    if plan.key is not None:
        require_journal(reader.api.journal, "key=")
    seconds = reader.api.configuration.timeout.total if within is None else within
    with await AsyncUploader(reader.api).open(plan.files) as files:
        return await _JournalledStart(reader, plan, files).tasks(seconds)


class _JournalledStart(Generic[TaskT]):
    """One start of a client that has a journal, a budget, or a limit of its own.

    Args:
        reader: Reads the tasks of the family.
        plan: The start.
        files: Its files, checked and open.
    """

    def __init__(
        self, reader: AsyncTaskReader[TaskT], plan: StartPlan, files: AsyncOpenedFiles
    ) -> None:
        self._reader = reader
        self._api = reader.api
        self._plan = plan
        self._files = files
        self._contents = AsyncFileContents(reader.api, files)

    async def tasks(self, within: float) -> list[TaskT]:
        """Return the tasks of the start; the arguments are those of `start_journalled`."""
        journal = self._api.journal
        if journal is None:  # There is nothing but the limit of this call to keep to.
            await self._price(())
            return await self._sent(await self._files.upload(on_progress=self._plan.on_upload), [])
        await self._contents.read()
        intent = self._intent()
        end = self._api.clock.now() + within
        waits = 0
        while True:
            known = await self._held(journal, lambda session: journal.steps.find(session, intent))
            found = await self._begin(journal, intent) if known is None else known
            if isinstance(found, list):
                return found
            if isinstance(found, Known):
                return await self._read_again(journal, found)
            if isinstance(found, Lost):
                recovered = await self._recovered(journal, found)
                if recovered is not None:
                    return recovered
                continue
            left = end - self._api.clock.now()
            if left <= 0:
                raise errors.KeyInUseError(
                    f"the key {intent.key!r} was being started by another call for {within:g} "
                    "seconds; nothing was sent here. Call again to get its task.",
                    key=str(intent.key),
                )
            await self._api.clock.pause_async(min(search_pause(waits) / 4, left))
            waits += 1

    def _intent(self) -> Intent:
        plan = self._plan
        inputs = plan.inputs()
        files = self._contents.files()
        return Intent(
            key=plan.key,
            family=plan.family.name,
            digest=start_digest(plan.family.name, inputs, files),
            inputs=inputs,
            files=files,
            name=plan.name,
            expected=plan.expected,
        )

    async def _begin(self, journal: ClientJournal, intent: Intent) -> list[TaskT] | Found:
        """Ask the price, write the start down, and send it; or return what stands in its way."""
        known = await self._contents.uploaded_before(journal)
        price = Price()
        if journal.budget is not None or self._plan.max_coins is not None:
            price = await self._price(tuple(known))
        await self._learn_server_time()
        sending = None
        if not self._files.sources:
            sending = self._sending(self._files.addresses(()))
        intent = attrs.evolve(intent, quote=price.quote, price=price.reserve, sending=sending)
        now = self._api.server_time()
        found = await self._held(
            journal, lambda session: journal.steps.begin(session, intent, journal.budget, now)
        )
        if not isinstance(found, Begun):
            return found
        return await self._carried_out(journal, found.entry, price)

    async def _price(self, known: Sequence[int]) -> Price:
        """Ask the price of the start and of the uploads that it needs.

        Args:
            known: The places of local files that are uploaded already.
        """
        sources = self._files.sources
        missing = [source for at, source in enumerate(sources) if at not in known]
        addresses = self._files.addresses(placeholders(sources))
        return await price_of(self._api, self._plan, missing, addresses)

    async def _learn_server_time(self) -> None:
        """Make sure that the moment of a start is known by the server's clock.

        Only so can it be told later how long ago it was sent.
        """
        if not self._api.state.knows_server_time:
            with suppress(errors.APIError):  # The start itself will tell what is wrong.
                await call_operation(self._api, "get_coins")

    def _sending(self, addresses: tuple[str, ...]) -> Sending:
        is_exact = self._api.state.knows_server_time
        now = self._api.server_time()
        submission = self._plan.submission(addresses).began(now, exact=is_exact)
        return Sending(submission, is_exact)

    async def _carried_out(self, journal: ClientJournal, entry: int, price: Price) -> list[TaskT]:
        """Upload and send a start that was written down, and write down what became of it."""
        starts: list[Start] = []
        try:
            if not self._files.sources:
                addresses = self._files.addresses(())
            else:
                addresses = await self._contents.uploaded(journal, self._plan.on_upload)
                sending = self._sending(addresses)
                now = self._api.server_time()

                def leaving(session: Session) -> None:
                    self._contents.count_uploads(session, journal, entry, price)
                    journal.steps.sending(session, entry, sending, now)

                await self._written(journal, leaving)
            started = await self._sent(addresses, starts)
        except BaseException as error:
            if isinstance(error, errors.SubmissionUnknownError):
                error.settled_at = self._settled_at(error.submission.not_before)
            await self._note_end(journal, entry, price, starts, error)
            raise
        await self._note_started(journal, entry, started)
        return started

    async def _sent(self, addresses: tuple[str, ...], starts: list[Start]) -> list[TaskT]:
        return await start_once(
            self._reader,
            self._plan.request(addresses),
            self._plan.submission(addresses),
            expected=self._plan.expected,
            resend=self._plan.resend,
            starts=starts,
        )

    # What became of it.

    async def _note_started(
        self, journal: ClientJournal, entry: int, started: Sequence[TaskT]
    ) -> None:
        ids = [task.id for task in started]
        costs: list[float | None] = [getattr(task, "coins", None) for task in started]
        coins = None if None in costs else sum(cost or 0.0 for cost in costs)
        # What can't be read again is kept.
        readable = self._plan.family.is_readable
        records = None if readable else {task.id: task.raw for task in started}
        now = self._api.server_time()

        def note(session: Session) -> None:
            journal.steps.started(session, entry, ids, coins, now, records)

        await self._ended(journal, entry, note)

    async def _note_end(
        self,
        journal: ClientJournal,
        entry: int,
        price: Price,
        starts: Sequence[Start],
        error: BaseException,
    ) -> None:
        """Write down what became of a start that raised."""
        now = self._api.server_time()
        begun = [start for start in starts if start.may_have_begun]
        named = self._named(begun)

        def note(session: Session) -> None:
            self._contents.count_uploads(session, journal, entry, price)
            if named:
                journal.steps.started(session, entry, named, None, now)
            elif isinstance(error, errors.SubmissionUnknownError) or begun:
                reason = str(error) or f"it was interrupted by {type(error).__name__}"
                journal.steps.unknown(session, entry, reason)
            elif isinstance(error, errors.A2EError | OSError | ValueError):
                journal.steps.refused(session, entry, str(error), now)
            else:
                journal.steps.refused(session, entry, INTERRUPTED, now)

        await self._ended(journal, entry, note)

    def _named(self, begun: Sequence[Start]) -> list[str]:
        """Return the tasks that a response named before the start was interrupted."""
        operation = str(self._plan.family.start)
        for start in begun:
            if start.payload is not None:
                try:
                    return [task.id for task in tasks_in(self._reader, operation, start.payload)]
                except errors.APIError:
                    continue
        return []

    async def _read_again(self, journal: ClientJournal, known: Known) -> list[TaskT]:
        """Return the tasks that a key stands for, as they are now."""
        records = known.records
        if records:
            return [self._reader.to_model(dict(records[one])) for one in known.entry.task_ids]
        tasks = [await self._reader.read(task_id) for task_id in known.entry.task_ids]
        if not known.entry.ended_at:
            await note_ended(journal, self._api.server_time, tasks)
        return tasks

    async def _recovered(self, journal: ClientJournal, lost: Lost) -> list[TaskT] | None:
        """Look for the tasks of a start that was lost; None where it provably never arrived."""
        entry = lost.entry.id
        noted = False
        try:
            found = await self._looked_for(journal, lost)
            if found:
                noted = True
                await self._note_started(journal, entry, found)
                return found
            absent = await self._is_settled(lost)
            now = self._api.server_time()

            def note(session: Session) -> None:
                if absent:
                    journal.steps.refused(session, entry, "it never arrived at the server", now)
                else:
                    journal.steps.unknown(session, entry, text)

            text = unsettled_text(str(lost.entry.key), self._settled_at(lost.sent_at))
            noted = True
            await self._ended(journal, entry, note)
            if absent:
                return None
            raise errors.SubmissionUnknownError(
                text,
                submission=lost.submission,
                looked=True,
                settled_at=self._settled_at(lost.sent_at),
            )
        finally:
            if not noted:
                journal.steps.locks.give(entry)

    async def _looked_for(self, journal: ClientJournal, lost: Lost) -> list[TaskT]:
        """Look for the tasks of a start that was lost, as often as it may still appear."""
        if not self._plan.family.can_find_started:
            return []
        clock, waits = self._api.clock, 0
        end = clock.now() + max(SEARCH_SECONDS - self._seconds_since(lost), 0.0)
        while True:
            candidates = await look_for(self._reader, lost.submission)
            ids = [task.id for task in candidates]
            free = await self._written(journal, partial(journal.steps.free_tasks, task_ids=ids))
            free = [task_id for task_id in free if self._api.state.claims.claim(task_id)]
            if free or clock.now() >= end:
                break
            await clock.pause_async(min(search_pause(waits), max(end - clock.now(), 0.0)))
            waits += 1
        found = [task for task in candidates if task.id in free]
        # The oldest first: the order in which a response names them.
        return found[: -lost.expected - 1 : -1]

    def _settled_at(self, sent_at: datetime | None) -> datetime | None:
        """Return when it can be told that a start never arrived; None where it never can.

        Args:
            sent_at: When it was sent, by the server's clock; None where that is not known.
        """
        family = self._plan.family
        if sent_at is None or family.search != "list" or family.list is None:
            return None
        return sent_at + timedelta(seconds=SETTLED_SECONDS)

    def _seconds_since(self, lost: Lost) -> float:
        """Return how long ago a start was sent; 0 where that is not known for sure."""
        if lost.sent_at is None:
            return 0.0
        return max((self._api.server_time() - lost.sent_at).total_seconds(), 0.0)

    async def _is_settled(self, lost: Lost) -> bool:
        """Tell whether a start that was not found provably never arrived."""
        settled_at = self._settled_at(lost.sent_at)
        if lost.sent_at is None or settled_at is None or self._api.server_time() < settled_at:
            return False
        return await is_absent(self._reader, lost.submission, lost.sent_at)

    # The journal.

    async def _written(
        self, journal: ClientJournal, function: Callable[[Session], ResultT]
    ) -> ResultT:
        return await database_work_async(journal.database, journal.of_account(function))

    async def _held(
        self, journal: ClientJournal, function: Callable[[Session], ResultT]
    ) -> ResultT:
        """Do a step that may hold an entry, which is let go where nobody waits for it any more."""

        def let_go(found: Any) -> None:
            if isinstance(found, Lost):
                journal.steps.locks.give(found.entry.id)
            elif isinstance(found, Begun):
                entry, now = found.entry, self._api.server_time()

                def withdraw(session: Session) -> None:
                    journal.steps.refused(session, entry, INTERRUPTED, now)
                    let_go_with(session, journal, entry)

                journal.database.submit(withdraw, _nothing, keep=True)

        work = journal.of_account(function)
        found: ResultT = await database_work_async(journal.database, work, too_late=let_go)
        return found

    async def _ended(
        self, journal: ClientJournal, entry: int, note: Callable[[Session], None]
    ) -> None:
        """Write down what became of a start, and let its entry go."""

        def noted(session: Session) -> None:
            let_go_with(session, journal, entry)
            note(session)

        await keep_async(journal, noted)


def unsettled_text(key: str, settled_at: datetime | None) -> str:
    """Return what to say of a start that was lost and is not decided.

    Args:
        key: Its key.
        settled_at: When it can be told that it never arrived; None where it never can.
    """
    text = (
        f"a start of the key {key!r} was sent before, its response was lost, and no task of it has "
        "been found; it may have been started and charged, so it is not sent again"
    )
    if settled_at is not None:
        return (
            f"{text}. Call again after {settled_at:%H:%M:%S} UTC: a list that still does not show "
            "it then tells that it never arrived"
        )
    return f"{text}. Look at A2E's web site, then say what happened: a2e journal resolve {key!r}"


def _nothing() -> None:
    pass
