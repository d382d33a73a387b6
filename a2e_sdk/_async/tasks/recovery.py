"""Recover a task whose create response was lost: search the newest records for it.

This module owns the loop of that search. What can have happened, and which record is the one, is
decided in ``_tasks.recovery``.
"""

from __future__ import annotations

import math
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import datetime
from typing import TypeVar

from a2e_sdk import errors
from a2e_sdk._async.api_client import LAST_READ_SECONDS, AsyncAPIClient
from a2e_sdk._http.instrumentation import logger
from a2e_sdk._tasks.client_state import Start
from a2e_sdk._tasks.recovery import (
    ALL_RECORDS,
    FIRST_RECORDS,
    LAST_RECORDS,
    SEARCH_SECONDS,
    SETTLING_SECONDS,
    RecordsSince,
    incomplete_text,
    is_older,
    search_pause,
    unknown_text,
)
from a2e_sdk.models import Task
from a2e_sdk.models.submission import Submission

from .reader import AsyncTaskReader

TaskT = TypeVar("TaskT", bound=Task)


async def find_started(reader: AsyncTaskReader[TaskT], submission: Submission) -> TaskT | None:
    """Look once, and thoroughly, for the task of a submission among the records since it began.

    Equal starts that are under way are waited for, up to 30 seconds: what is seen may be theirs.

    Raises:
        APIError: The records can't be read.
    """
    api = reader.api
    candidates = await look_for(reader, submission)
    end = api.clock.now() + SEARCH_SECONDS
    if candidates and await _equal_starts_ended(api, submission, end):
        for task in candidates:
            if api.state.claims.claim(task.id):
                api.state.settled(submission)
                return task
    return None


async def look_for(
    reader: AsyncTaskReader[TaskT], submission: Submission, sent_at: datetime | None = None
) -> list[TaskT]:
    """Return the records that can be the tasks of a submission, newest first.

    Args:
        reader: Reads the tasks of the family.
        submission: What was submitted.
        sent_at: When, by the server's clock: older records are not read. Default: not known.

    Raises:
        APIError: The records can't be read.
    """
    own = reader.at_own_address()
    async with aclosing(_candidates(own, submission, None, ALL_RECORDS, sent_at)) as seen:
        return [task async for task in seen]


async def is_absent(
    reader: AsyncTaskReader[TaskT], submission: Submission, sent_at: datetime
) -> bool:
    """Tell whether a complete list shows that no task of a submission was started.

    Args:
        reader: Reads the tasks of the family.
        submission: What was submitted.
        sent_at: When, by the server's clock.

    Raises:
        APIError: The records can't be read.
    """
    if reader.family.search != "list":
        return False  # What is listed is not all that was started.
    records = RecordsSince(submission, sent_at)
    async with aclosing(reader.at_own_address().newest()) as newest:
        try:
            async for task in newest:
                if not records.may_go_on(task):
                    break
        except errors.UnexpectedResponseError:
            return False
    return records.tell_absence


async def _candidates(
    reader: AsyncTaskReader[TaskT],
    submission: Submission,
    start: Start | None,
    newest_records: int,
    sent_at: datetime | None = None,
) -> AsyncGenerator[TaskT, None]:
    """Yield the records that can be the task of a submission, newest first.

    Args:
        reader: Reads the tasks of the family, at the client's own address.
        submission: What was submitted.
        start: The start that it was, of this process; None where the submission itself knows since
            when to look.
        newest_records: How many to compare whatever their dates.
        sent_at: When it was sent, by the server's clock; None where that is not known.
    """
    position = 0
    async with aclosing(reader.newest()) as newest:
        try:
            async for task in newest:
                if position == 0 and start is not None:
                    # The response that brought this record has told the server's time.
                    submission = reader.api.state.submission_of(start)
                if submission.ends_search(task, position, newest_records):
                    return
                if sent_at is not None and is_older(task, sent_at):
                    return
                if submission.matches(task):
                    yield task
                position += 1
        except errors.UnexpectedResponseError:
            # A list that is shorter than the server counts has been gone through all the same.
            if not position:
                raise


async def search(
    reader: AsyncTaskReader[TaskT], start: Start, lost: errors.APIError, expected: int = 1
) -> list[TaskT] | errors.SubmissionUnknownError:
    """Search for the tasks of a start whose response was lost, for up to 30 seconds.

    Once some of several tasks were found, the search ends when all are there or no further one
    has appeared for a few seconds.

    Args:
        reader: Reads the tasks of the family.
        start: The start, which was sent.
        lost: What happened to its response.
        expected: How many tasks it makes at the most.

    Returns:
        The tasks, oldest first, or the error to raise where none was found.
    """
    api = reader.api
    submission = api.state.submission_of(start)
    end = api.clock.now() + SEARCH_SECONDS
    limited = reader.at_own_address().with_deadline(end + LAST_READ_SECONDS)
    found: list[TaskT] = []
    last_seen = -math.inf
    looks, looked = 0, False
    # Where the server lists no tasks there is nowhere to look.
    while reader.family.can_find_started and not api.closed:
        is_last = api.clock.now() >= end
        try:
            records = LAST_RECORDS if is_last else FIRST_RECORDS
            async with aclosing(_candidates(limited, submission, start, records)) as seen:
                candidates = [task async for task in seen]
            looked = True
            if candidates and await _equal_starts_ended(api, submission, end):
                missing = len(candidates) if submission.unique_name else expected - len(found)
                new = _claimed(api, start, candidates, missing)
                if new:
                    # The oldest first: the order in which a response names them.
                    found += reversed(new)
                    last_seen = api.clock.now()
        except errors.A2EError:
            pass  # The next look may get through; that none did is told by `looked`.
        now = api.clock.now()
        if len(found) >= expected or (found and now - last_seen >= SETTLING_SECONDS):
            break
        if is_last or (now >= end and looked):
            break
        await api.clock.pause_async(min(search_pause(looks), max(end - now, 0.0)))
        looks += 1
    if found:
        if len(found) < expected:
            logger.warning(incomplete_text(submission, len(found), expected, reader.family))
        return found
    return errors.SubmissionUnknownError(
        unknown_text(submission, lost, reader.family, looked=looked, closed=api.closed),
        submission=api.state.submission_of(start),
        error=lost,
        looked=looked,
    )


def _claimed(
    api: AsyncAPIClient, start: Start, candidates: list[TaskT], missing: int
) -> list[TaskT]:
    """Claim records for a start, as many as are missing, and return those that it got."""
    claimed: list[TaskT] = []
    for task in candidates:
        if len(claimed) < missing and api.state.claims.claim(task.id, start):
            claimed.append(task)
    return claimed


async def _equal_starts_ended(api: AsyncAPIClient, submission: Submission, end: float) -> bool:
    """Wait until the equal starts that are under way now have ended; False if they don't in time.

    Each of them may learn from its own response that a task is its own. Those that begin later
    can't have made a task that was seen already, so they are not waited for.
    """
    claims = api.state.claims
    equal = claims.equal_starts(submission)
    waits = 0
    while claims.under_way(equal):
        left = end - api.clock.now()
        if left <= 0 or api.closed:
            return False
        await api.clock.pause_async(min(search_pause(waits), left))
        waits += 1
    return True
