# Written by `nox -s generate` from asynchronous/starter.py: edit there, not here.
"""Starting tasks that cost coins: at most once, and with the answer found again if it was lost.

This module owns the search for a start whose answer was lost. What can have happened, and which
record is the one, is decided in ``a2e_sdk.starting``; repeating the request while that is provably
safe is the caller's work.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar, cast

from a2e_api.types import Request, source_of

from .. import errors
from ..models import Task
from ..rows import promised, promised_rows
from ..starting import (
    SEARCH_SECONDS,
    Submission,
    may_have_started,
    search_pause,
)
from ..validation import is_usable_id

if TYPE_CHECKING:
    from .room import Room

TaskT = TypeVar("TaskT", bound=Task)


def start_once(
    tasks: Room[TaskT],
    request: Request,
    parse: Any,
    submission: Submission,
    *,
    resend: bool = False,
) -> list[TaskT]:
    """Start a task and return it, also when the answer to the start was lost.

    Args:
        tasks: The family.
        request: The start, as the generated client built it.
        parse: The generated ``parse`` of the same operation.
        submission: What tells the task from others.
        resend: Whether to start it again when no task could be found, up to ``max_retries`` times.
            The first one may yet turn up, and then it is paid for twice.

    Returns:
        The task; several where one start makes several, as many as its answer names.

    Raises:
        SubmissionUnknownError: The answer was lost and no task was found in 30 seconds.
        APIError: The task was not started; the class tells why.
    """
    caller, operation = tasks.caller, request.operation
    resends_left = caller.configuration.max_retries if resend else 0
    while True:
        began = caller.timekeeper.now()
        try:
            with caller.memory.sending(submission.fingerprint):
                response = caller.call(request, parse)
                started = [
                    tasks.friendly(record)
                    for holder in promised_rows(promised(response, operation))
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
                    caller.memory.claim(task.id)
                return started
        except errors.APIError as error:
            if not may_have_started(error):
                raise
            lost = error
        found = _search(tasks, submission, began, lost)
        if not isinstance(found, errors.SubmissionUnknownError):
            return [found]
        if not resends_left or not found.looked:
            raise found from lost
        resends_left -= 1


def _unwrapped(record: Any) -> list[Any]:
    """Return the records of an object that is numbered like an array, or the record itself."""
    source = source_of(record)
    numbered = [source[key] for key in map(str, range(len(source))) if key in source]
    if record.id is not None or not numbered:
        return [record]
    model: Any = type(cast(object, record))
    return [model.from_dict(inner) for inner in numbered if isinstance(inner, dict)]


def find_started(tasks: Room[TaskT], submission: Submission) -> TaskT | None:
    """Look once for the task of a submission, among the records since it began.

    Raises:
        APIError: The records can't be read.
    """
    with closing(_newest(tasks)) as newest:
        for task in newest:
            if submission.is_older_than_search(task):
                return None
            if submission.matches(task) and tasks.caller.memory.claim(task.id):
                return task
    return None


def _newest(tasks: Room[TaskT]) -> Generator[TaskT, None]:
    """Yield the records among which a task shows that was just started, newest first."""
    from .tasks import Tasks

    listed = Tasks[TaskT](tasks.caller, tasks.family)
    if tasks.family.search == "list":
        with closing(listed.newest().__iter__()) as newest:
            for task in newest:
                yield task
        return
    operation = str(getattr(tasks.family, tasks.family.search))
    response = tasks._call(tasks.family.search)
    for record in promised_rows(promised(response, operation)):
        yield tasks.friendly(record)


def _search(
    tasks: Room[TaskT], submission: Submission, began: float, lost: errors.APIError
) -> TaskT | errors.SubmissionUnknownError:
    caller = tasks.caller
    fingerprint = submission.fingerprint
    last_look = caller.timekeeper.now() + SEARCH_SECONDS
    looks, looked = 0, False
    # Where the server lists no tasks there is nowhere to look.
    while getattr(tasks.family, tasks.family.search) is not None:
        is_last = caller.timekeeper.now() >= last_look
        # An equal start under way may be about to learn that the task is its own.
        if not caller.memory.is_sending(fingerprint):
            try:
                if not caller.memory.knows_server_time:
                    with closing(_newest(tasks)) as newest:
                        next(newest, None)
                elapsed = caller.timekeeper.now() - began
                submission = submission.began(
                    caller.server_time() - timedelta(seconds=elapsed),
                    exact=caller.memory.knows_server_time,
                )
                task = find_started(tasks, submission)
                looked = True
                if task is not None:
                    return task
            except errors.APIError:
                pass  # The next look may get through; that none did is told by `looked`.
            if is_last:
                break
        caller.timekeeper.pause(search_pause(looks))
        looks += 1
    seen = "no record of it appeared" if looked else "the records could not be read either"
    unknown = errors.SubmissionUnknownError(
        f"the answer to the start of {submission.name!r} was lost ({lost.message}) and {seen}; "
        "it may still have been started and charged. Look again with find_started(error) before "
        "you start it once more"
    )
    unknown.submission, unknown.error, unknown.looked = submission, lost, looked
    return unknown
