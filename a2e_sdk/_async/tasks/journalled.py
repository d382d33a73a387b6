"""Start a task that was written down before, so that it is started once whatever happens.

This module owns the order of a journalled start: look its key up, ask its price, write it down,
upload, send, and write down what became of it. The steps of the journal are in ``_journal``,
sending is in ``submit``, and what becomes of a start that an earlier call lost in ``lost_starts``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Generic, TypeVar

import attrs

from a2e_sdk import errors
from a2e_sdk._async.files.uploads import AsyncOpenedFiles, AsyncUploader
from a2e_sdk._async.records import call_operation
from a2e_sdk._journal.identity import start_digest
from a2e_sdk._journal.journal import INTERRUPTED
from a2e_sdk._journal.opening import ClientJournal, require_journal
from a2e_sdk._journal.session import Session
from a2e_sdk._journal.starts import Begun, Found, Intent, Known, Lost, Sending
from a2e_sdk._tasks.client_state import Start
from a2e_sdk._tasks.recovery import SETTLED_SECONDS, search_pause, settled_at
from a2e_sdk._tasks.start_plan import Price, StartPlan
from a2e_sdk.models import Task

from .file_contents import AsyncFileContents
from .journal_notes import (
    held_async,
    journal_work_async,
    keep_async,
    letting_go,
    note_ended,
    note_started,
    records_of,
)
from .lost_starts import AsyncLostStart
from .prices import placeholders, price_of
from .reader import AsyncTaskReader
from .submit import start_once, tasks_in

TaskT = TypeVar("TaskT", bound=Task)

#: A start is sent, and sent again, for so many seconds where its key may be taken over meanwhile.
_SENT_WITHIN = SETTLED_SECONDS - 60.0


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
    # What it uploads is counted with it.
    uploader = AsyncUploader(reader.api.without_paid_calls())
    with await uploader.open(plan.files) as files:
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
        #: When it was said to leave, which may be long before that was written down.
        self._noted_at = 0.0

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
            found = await self._begin(journal, intent)
            if isinstance(found, list):
                return found
            if isinstance(found, Known):
                return await self._read_again(journal, found)
            if isinstance(found, Lost):
                await self._learn_server_time()
                recovered = await AsyncLostStart(self._reader, journal, found).tasks()
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
        price = Price()
        needs_price = journal.budget is not None or self._plan.max_coins is not None
        if intent.key is not None and (needs_price or not self._api.state.knows_server_time):
            # A key that was started needs no price, and nothing of the network.
            look = partial(journal.steps.find, intent=intent)
            found = await held_async(journal, self._api, look)
            if found is not None:
                return found
        if needs_price:
            price = await self._price(tuple(await self._contents.uploaded_before(journal)))
        await self._learn_server_time()
        sending = None
        if not self._files.sources:
            sending = self._sending(self._files.addresses(()))
        intent = attrs.evolve(intent, quote=price.quote, price=price.reserve, sending=sending)
        now = self._api.server_time()
        begin = partial(journal.steps.begin, intent=intent, budget=journal.budget, now=now)
        begun = await held_async(journal, self._api, begin)
        if not isinstance(begun, Begun):
            return begun
        return await self._carried_out(journal, begun, price)

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
        self._noted_at = self._api.clock.now()
        submission = self._plan.submission(addresses).began(now, exact=is_exact)
        return Sending(submission, is_exact)

    async def _carried_out(self, journal: ClientJournal, begun: Begun, price: Price) -> list[TaskT]:
        """Upload and send a start that was written down, and write down what became of it."""
        starts: list[Start] = []
        try:
            if not self._files.sources:
                addresses = self._files.addresses(())
            else:
                addresses = await self._contents.uploaded(journal, self._plan.on_upload)
                leaving = self._leaving(journal, begun, price, addresses)
                await journal_work_async(journal, leaving)
            started = await self._sent(addresses, starts)
            is_sure = self._plan.unique_name or self._named(starts).keys() >= {
                task.id for task in started
            }
            is_own = await note_started(journal, self._api, begun, started, is_sure=is_sure)
        except BaseException as error:
            if isinstance(error, errors.SubmissionUnknownError):
                family, sent = self._plan.family, error.submission.not_before
                error.settled_at = settled_at(family, sent)
            # Its caller never gets what was found, so it is free to be found by the next call.
            for start in starts:
                self._api.state.claims.release(start)
            await self._note_end(journal, begun, price, starts, error)
            raise
        if not is_own:
            raise await self._not_its_own(journal, begun)
        return started

    def _leaving(
        self, journal: ClientJournal, begun: Begun, price: Price, addresses: tuple[str, ...]
    ) -> Callable[[Session], None]:
        """Return the step before a start leaves whose files were uploaded."""
        sending, now = self._sending(addresses), self._api.server_time()

        def leaving(session: Session) -> None:
            self._contents.count_uploads(session, journal, begun.entry, price)
            journal.steps.sending(session, begun.entry, sending, now)

        return leaving

    async def _not_its_own(
        self, journal: ClientJournal, begun: Begun
    ) -> errors.SubmissionUnknownError:
        """Write down that what was found for a start is another one's; return the error."""
        text = (
            "the response to the start was lost, and what was found is the task of an equal start; "
            "it may have been started and charged"
        )
        await keep_async(journal, partial(journal.steps.unknown, entry=begun.entry, reason=text))
        submission = self._plan.submission(self._files.addresses(self._files.uploaded))
        return errors.SubmissionUnknownError(text, submission=submission, looked=True)

    async def _sent(self, addresses: tuple[str, ...], starts: list[Start]) -> list[TaskT]:
        reader, journal = self._reader, self._api.journal
        if journal is not None and journal.steps.store.is_shared:
            # Who takes over where this process lost its connection may find later that no task is
            # there, and start it: then nothing is sent from here any more.
            reader = reader.with_deadline(self._noted_at + _SENT_WITHIN)
        return await start_once(
            reader,
            self._plan.request(addresses),
            self._plan.submission(addresses),
            expected=self._plan.expected,
            resend=self._plan.resend,
            starts=starts,
        )

    # What became of it.

    async def _note_end(
        self,
        journal: ClientJournal,
        begun: Begun,
        price: Price,
        starts: Sequence[Start],
        error: BaseException,
    ) -> None:
        """Write down what became of a start that raised."""
        now, entry = self._api.server_time(), begun.entry
        sent = [start for start in starts if start.may_have_begun]
        named = self._named(sent)

        def note(session: Session) -> None:
            self._contents.count_uploads(session, journal, entry, price)
            if named:
                journal.steps.started(session, entry, named, None, now)
            elif isinstance(error, errors.SubmissionUnknownError) or sent:
                reason = str(error) or f"it was interrupted by {type(error).__name__}"
                journal.steps.unknown(session, entry, reason)
            elif isinstance(error, errors.A2EError | OSError | ValueError):
                journal.steps.refused(session, entry, str(error), now)
            else:
                journal.steps.refused(session, entry, INTERRUPTED, now)

        noted = letting_go(begun.hold, note)
        if isinstance(error, GeneratorExit):
            # Its event loop is gone, so that nothing can be waited for.
            journal.database.keep(noted)
        else:
            await keep_async(journal, noted)

    def _named(self, sent: Sequence[Start]) -> dict[str, Mapping[str, Any] | None]:
        """Return the tasks that a response named before the start was interrupted."""
        operation = str(self._plan.family.start)
        for start in sent:
            if start.payload is not None:
                with suppress(errors.APIError):
                    tasks: list[TaskT] = tasks_in(self._reader, operation, start.payload)
                    return records_of(tasks)
        return {}

    async def _read_again(self, journal: ClientJournal, known: Known) -> list[TaskT]:
        """Return the tasks that a key stands for, as they are now."""
        records = known.records
        if records:
            return [self._reader.to_model(dict(records[one])) for one in known.entry.task_ids]
        tasks = [await self._reader.read(task_id) for task_id in known.entry.task_ids]
        if not known.entry.ended_at:
            await note_ended(journal, self._api.server_time, tasks)
        return tasks
