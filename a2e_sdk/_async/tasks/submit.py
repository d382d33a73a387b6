"""Submit a start: at most once, and with the task recovered if the response was lost.

This module owns the order of submitting, recovering and submitting again, and that whatever ends
it early carries a note. What can have happened is decided in ``_tasks.recovery``, the note is
written in ``_tasks.interruption``, the search is in ``recovery``, and repeating the request while
that is provably safe is the API client's work.
"""

from __future__ import annotations

from typing import Any, TypeVar

from a2e_api.operations import OPERATIONS
from a2e_api.types import Request, as_is, is_object
from a2e_sdk import errors
from a2e_sdk._checks.validation import is_usable_id
from a2e_sdk._tasks.client_state import Start
from a2e_sdk._tasks.interruption import interruption_of, note_task_start
from a2e_sdk._tasks.recovery import may_have_started
from a2e_sdk._wire.field_names import FIELD_ALIASES
from a2e_sdk._wire.records import Record, first_text, records_of
from a2e_sdk.models import Task
from a2e_sdk.models.submission import Submission

from .reader import AsyncTaskReader
from .recovery import search

TaskT = TypeVar("TaskT", bound=Task)


async def start_once(
    reader: AsyncTaskReader[TaskT],
    request: Request,
    submission: Submission,
    *,
    expected: int = 1,
    resend: bool = False,
    starts: list[Start] | None = None,
) -> list[TaskT]:
    """Start a task and return it, also when the response to the start was lost.

    Args:
        reader: Reads the tasks of the family.
        request: The start, as the generated index of operations built it.
        submission: What tells the task from others.
        expected: How many tasks the start makes at the most.
        resend: Whether to start it again when no task could be found, up to ``max_retries`` times.
            The first one may yet turn up, and then it is paid for twice.
        starts: Where to put each start before it is sent, for a caller that wants to know what
            became of it.

    Returns:
        The task; several where one start makes several: as many as its response names, or as were
        found where that was lost.

    Raises:
        SubmissionUnknownError: The response was lost and no task was found in 30 seconds.
        APIError: The task was not started; the class tells why.
    """
    state = reader.api.state
    resends_left = reader.api.configuration.max_retries if resend else 0
    earlier: errors.SubmissionUnknownError | None = None
    while True:
        start = Start(submission)
        if starts is not None:
            starts.append(start)
        try:
            outcome = await _submit_or_recover(reader, request, start, expected)
        except errors.APIError as refusal:
            if earlier is None:
                raise
            earlier.add_note(f"It was sent once more, which was refused: {refusal}")
            raise earlier from refusal
        except BaseException as error:
            interruption = interruption_of(error)
            if earlier is not None:
                interruption.add_note(f"It was sent before, too: {earlier}")
            # Its caller never got them, so they are free to be found.
            state.claims.release(start)
            note_task_start(interruption, start, state.submission_of(start), reader.family)
            if interruption is error:
                raise
        else:
            if not isinstance(outcome, errors.SubmissionUnknownError):
                return outcome
            if not resends_left or not outcome.looked:
                raise outcome from outcome.error
            earlier = outcome
            resends_left -= 1
            continue
        # Out here, so that it gets no context that was not its own.
        raise interruption


async def _submit_or_recover(
    reader: AsyncTaskReader[TaskT], request: Request, start: Start, expected: int
) -> list[TaskT] | errors.SubmissionUnknownError:
    """Send a start; search for its tasks where it may have begun and its response was lost."""
    state = reader.api.state
    try:
        with state.starting(start):
            tasks = await _send(reader, request, start)
    except errors.APIError as lost:
        if not may_have_started(lost):
            raise
        outcome = await search(reader, start, lost, expected)
        if not isinstance(outcome, errors.SubmissionUnknownError) and len(outcome) >= expected:
            state.succeeded(start)
        return outcome
    state.succeeded(start)
    return tasks


async def _send(reader: AsyncTaskReader[TaskT], request: Request, start: Start) -> list[TaskT]:
    """Send a start, and return the tasks that its response names."""
    api, operation = reader.api, request.operation
    response = await api.call_async(request, as_is, start=start)
    started = tasks_in(reader, operation, response.parsed)
    if not started:
        raise errors.UnexpectedResponseError(
            "the server accepted the start but returned no record of it",
            operation=operation,
            http_status=response.status_code,
        )
    for task in started:
        api.state.claims.claim(task.id, start)
    return started


def tasks_in(reader: AsyncTaskReader[TaskT], operation: str, payload: Any) -> list[TaskT]:
    """Return the tasks that the response to a start names.

    Raises:
        UnexpectedResponseError: The response has no records where it should.
    """
    started = [
        reader.to_model(record)
        for holder in records_of(payload, OPERATIONS[operation])
        for record in _unwrapped(holder)
    ]
    return [task for task in started if is_usable_id(task.id)]


def _unwrapped(record: Record) -> list[Record]:
    """Return the records of an object that is numbered like an array, or the record itself."""
    numbered = [record[key] for key in map(str, range(len(record))) if key in record]
    if first_text(record, FIELD_ALIASES["id"]) is not None or not numbered:
        return [record]
    return [inner for inner in numbered if is_object(inner)]
