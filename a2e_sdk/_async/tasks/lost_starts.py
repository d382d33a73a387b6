"""Decide a start that an earlier call or process left undecided: found, never arrived, or unknown.

This module owns the search by what a journal kept of a start. How records are gone through is in
``recovery``, and what may be sent after that in ``journalled``.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from functools import partial
from typing import Generic, TypeVar

from a2e_sdk import errors
from a2e_sdk._async.concurrency import database_work_async
from a2e_sdk._journal.opening import ClientJournal
from a2e_sdk._journal.session import Session
from a2e_sdk._journal.starts import Lost
from a2e_sdk._tasks.client_state import Start
from a2e_sdk._tasks.recovery import (
    FORGOTTEN_SECONDS,
    SEARCH_SECONDS,
    SETTLING_SECONDS,
    search_pause,
    settled_at,
)
from a2e_sdk.models import Task

from .journal_notes import keep_async, letting_go, note_started
from .reader import AsyncTaskReader
from .recovery import is_absent, look_for

TaskT = TypeVar("TaskT", bound=Task)


class AsyncLostStart(Generic[TaskT]):
    """A start of a key that was sent, or may have been, and whose outcome nobody wrote down.

    Args:
        reader: Reads the tasks of the family; its API client has been told the server's time.
        journal: The journal.
        lost: The start, which is held.
    """

    def __init__(self, reader: AsyncTaskReader[TaskT], journal: ClientJournal, lost: Lost) -> None:
        self._reader = reader
        self._api = reader.api
        self._journal = journal
        self._lost = lost
        self._claims = Start(lost.submission)

    async def tasks(self) -> list[TaskT] | None:
        """Return its tasks; None where it provably never arrived.

        Raises:
            SubmissionUnknownError: Neither is known.
            APIError: The records can't be read.
        """
        lost = self._lost
        try:
            found = await self._found()
            if found and await note_started(
                self._journal, self._api, lost, found, is_sure=lost.submission.unique_name
            ):
                return found
            absent = not found and await self._is_settled()
            moment = self._settled_at()
            if moment is not None and moment <= self._api.server_time():
                moment = None  # The list could have told, and did not.
            text = unsettled_text(str(lost.entry.key), moment)
            await self._note_without_task(text, absent=absent)
            if absent:
                return None
            raise errors.SubmissionUnknownError(
                text, submission=lost.submission, looked=True, settled_at=moment
            )
        except BaseException:
            # What was found is free for the next call where this one does not return it.
            self._api.state.claims.release(self._claims)
            raise
        finally:
            lost.hold.give()

    async def _note_without_task(self, text: str, *, absent: bool) -> None:
        steps, entry, now = self._journal.steps, self._lost.entry.id, self._api.server_time()

        def note(session: Session) -> None:
            if absent:
                steps.refused(session, entry, "it never arrived at the server", now)
            else:
                steps.unknown(session, entry, text)

        await keep_async(self._journal, letting_go(self._lost.hold, note))

    async def _found(self) -> list[TaskT]:
        """Look for its tasks, as long as they may still appear; return them oldest first."""
        if not self._reader.family.can_find_started:
            return []
        clock, waits = self._api.clock, 0
        end = clock.now() + max(SEARCH_SECONDS - self._seconds_ago(), 0.0)
        found: list[TaskT] = []
        last_seen = -math.inf
        while True:
            new = await self._claimed(self._lost.expected - len(found))
            if new:
                found += new
                last_seen = clock.now()
            now = clock.now()
            is_complete = len(found) >= self._lost.expected
            if is_complete or now >= end or (found and now - last_seen >= SETTLING_SECONDS):
                return found
            await clock.pause_async(min(search_pause(waits), end - now))
            waits += 1

    async def _claimed(self, missing: int) -> list[TaskT]:
        """Return records that can be its tasks and nobody else's, oldest first."""
        submission = self._lost.submission
        records = await look_for(self._reader, submission, self._lost.sent_at)
        seen = {task.id: task for task in reversed(records)}
        look = partial(
            self._journal.steps.free_tasks,
            entry=self._lost.entry.id,
            submission=submission,
            task_ids=list(seen),
        )
        free = await database_work_async(self._journal.database, look) if seen else []
        claimed: list[TaskT] = []
        for task_id in free:
            if len(claimed) < missing and self._api.state.claims.claim(task_id, self._claims):
                claimed.append(seen[task_id])
        return claimed

    def _seconds_ago(self) -> float:
        """Return how long ago it was sent; 0 where that is not known for sure."""
        sent_at = self._lost.sent_at
        if sent_at is None or not self._api.state.knows_server_time:
            return 0.0
        return max((self._api.server_time() - sent_at).total_seconds(), 0.0)

    def _settled_at(self) -> datetime | None:
        """Return when it can be told that it never arrived; None where it never can."""
        return settled_at(self._reader.family, self._lost.sent_at)

    async def _is_settled(self) -> bool:
        """Tell whether it provably never arrived, having not been found."""
        sent_at, moment = self._lost.sent_at, self._settled_at()
        now = self._api.server_time()
        if sent_at is None or moment is None or not self._api.state.knows_server_time:
            return False
        if not moment <= now <= sent_at + timedelta(seconds=FORGOTTEN_SECONDS):
            return False
        return await is_absent(self._reader, self._lost.submission, sent_at)


def unsettled_text(key: str, settled: datetime | None) -> str:
    """Return what to say of a start that is not decided.

    Args:
        key: Its key.
        settled: When it can be told that it never arrived; None where it never can.
    """
    text = (
        f"a start of the key {key!r} was sent before, its response was lost, and no task of it has "
        "been found; it may have been started and charged, so it is not sent again"
    )
    if settled is not None:
        return (
            f"{text}. Call again after {settled:%H:%M:%S} UTC: a list that still does not show it "
            "then tells that it never arrived"
        )
    return f"{text}. Look at A2E's web site, then say what happened: a2e journal resolve {key!r}"
