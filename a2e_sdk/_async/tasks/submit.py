"""Submit a start: at most once, and with the task recovered if the response was lost.

This module owns what a start leaves behind however it ends. What can have happened is decided in
``_tasks.recovery``, the search is in ``recovery``, and repeating the request while that is
provably safe is the API client's work.
"""

from __future__ import annotations

import contextlib
from typing import Any, TypeVar

from a2e_api.operations import OPERATIONS
from a2e_api.types import Request, as_is, is_object
from a2e_sdk import errors
from a2e_sdk._checks.validation import is_usable_id
from a2e_sdk._http.instrumentation import HookFailed
from a2e_sdk._tasks.client_state import Start
from a2e_sdk._tasks.recovery import NO_LIST, may_have_started
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
    resend: bool = False,
) -> list[TaskT]:
    """Start a task and return it, also when the answer to the start was lost.

    Args:
        reader: Reads the tasks of the family.
        request: The start, as the generated index of operations built it.
        submission: What tells the task from others.
        resend: Whether to start it again when no task could be found, up to ``max_retries`` times.
            The first one may yet turn up, and then it is paid for twice.

    Returns:
        The task; several where one start makes several, as many as its answer names.

    Raises:
        SubmissionUnknownError: The answer was lost and no task was found in 30 seconds.
        APIError: The task was not started; the class tells why.
    """
    api = reader.api
    resends_left = api.configuration.max_retries if resend else 0
    earlier: errors.SubmissionUnknownError | None = None
    while True:
        began = api.clock.now()
        start = Start(submission)
        try:
            with api.state.starting(start):
                started = await _send(reader, request, start)
            api.state.succeeded(start)
            return started
        except errors.APIError as error:
            if not may_have_started(error):
                if earlier is None:
                    raise
                earlier.add_note(f"It was sent once more, which was refused: {error}")
                raise earlier from error
            lost = error
        except HookFailed as failed:
            _tell_start(failed.error, reader, start, earlier)
            raise failed.error from None
        except BaseException as error:
            _tell_start(error, reader, start, earlier)
            raise
        try:
            found = await search(reader, submission, began, lost, start)
        except BaseException as error:
            _tell_start(error, reader, start, earlier)
            raise
        if not isinstance(found, errors.SubmissionUnknownError):
            api.state.succeeded(start)
            return [found]
        if not resends_left or not found.looked:
            raise found from lost
        earlier = found
        resends_left -= 1


async def _send(reader: AsyncTaskReader[TaskT], request: Request, start: Start) -> list[TaskT]:
    """Send a start, and return the tasks that its response names."""
    api, operation = reader.api, request.operation
    response = await api.call_async(request, as_is, start=start)
    started = [
        reader.to_model(record)
        for holder in records_of(response.parsed, OPERATIONS[operation])
        for record in _unwrapped(holder)
    ]
    started = [task for task in started if is_usable_id(task.id)]
    if not started:
        raise errors.UnexpectedResponseError(
            "the server accepted the start but returned no record of it",
            operation=operation,
            http_status=response.status_code,
        )
    for task in started:
        api.state.claims.claim(task.id, start)
    return started


def _tell_start(
    interruption: BaseException,
    reader: AsyncTaskReader[Any],
    start: Start,
    earlier: errors.SubmissionUnknownError | None,
) -> None:
    """Note on whatever ends a start early how to find out what became of it."""
    family = reader.family
    if earlier is not None:
        interruption.add_note(f"It was sent before, too: {earlier}")
    # Its caller never got them, so they are free to be found.
    reader.api.state.claims.release(start)
    if not start.may_have_begun:
        return
    submission = start.submission
    if family.can_find_started:
        way = (
            f"a2e.{family.attribute}.find_started(submission), with the submission from this "
            "exception or from a2e.submissions."
        )
    else:
        way = NO_LIST
    interruption.add_note(
        f"{family.start} was under way: {family.title} {submission.name!r} may have been started "
        f"and charged. Before you start it again, look for it: {way}"
    )
    with contextlib.suppress(AttributeError, TypeError):  # Not every exception takes attributes.
        interruption.submission = submission  # type: ignore[attr-defined]


def _unwrapped(record: Record) -> list[Record]:
    """Return the records of an object that is numbered like an array, or the record itself."""
    numbered = [record[key] for key in map(str, range(len(record))) if key in record]
    if first_text(record, FIELD_ALIASES["id"]) is not None or not numbered:
        return [record]
    return [inner for inner in numbered if is_object(inner)]
