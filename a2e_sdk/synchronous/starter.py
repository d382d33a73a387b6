# Written by `nox -s generate` from asynchronous/starter.py: edit there, not here.
"""Starting tasks that cost coins: at most once, and with the answer found again if it was lost.

This module owns the search for a start whose answer was lost. What can have happened, and which
record is the one, is decided in ``a2e_sdk.starting``; repeating the request while that is provably
safe is the caller's work.
"""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar, cast

from a2e_api.types import Request, source_of

from .. import errors
from ..families import TaskFamily
from ..hooks import HookFailed
from ..memory import Start
from ..models import Task
from ..rows import promised, promised_rows
from ..starting import (
    ALL_RECORDS,
    FIRST_RECORDS,
    LAST_RECORDS,
    SEARCH_SECONDS,
    Submission,
    may_have_started,
    search_pause,
)
from ..validation import is_usable_id
from .caller import LAST_READ_SECONDS, Caller

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
    caller = tasks._caller
    resends_left = caller.configuration.max_retries if resend else 0
    earlier: errors.SubmissionUnknownError | None = None
    while True:
        began = caller.timekeeper.now()
        start = Start(submission)
        try:
            with caller.memory.starting(start):
                started = _send(tasks, request, parse, start)
            caller.memory.succeeded(start)
            return started
        except errors.APIError as error:
            if not may_have_started(error):
                if earlier is None:
                    raise
                earlier.add_note(f"It was sent once more, which was refused: {error}")
                raise earlier from error
            lost = error
        except HookFailed as failed:
            _tell_start(failed.error, tasks, start, earlier)
            raise failed.error from None
        except BaseException as error:
            _tell_start(error, tasks, start, earlier)
            raise
        try:
            found = _search(tasks, submission, began, lost, start)
        except BaseException as error:
            _tell_start(error, tasks, start, earlier)
            raise
        if not isinstance(found, errors.SubmissionUnknownError):
            caller.memory.succeeded(start)
            return [found]
        if not resends_left or not found.looked:
            raise found from lost
        earlier = found
        resends_left -= 1


def _send(tasks: Room[TaskT], request: Request, parse: Any, start: Start) -> list[TaskT]:
    """Send a start, and return the tasks that its response names."""
    caller, operation = tasks._caller, request.operation
    response = caller.call(request, parse, start=start)
    started = [
        tasks._friendly(record)
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
        caller.memory.claims.claim(task.id, start)
    return started


def _tell_start(
    interruption: BaseException,
    tasks: Room[Any],
    start: Start,
    earlier: errors.SubmissionUnknownError | None,
) -> None:
    """Note on whatever ends a start early how to find out what became of it."""
    family = tasks._family
    if earlier is not None:
        interruption.add_note(f"It was sent before, too: {earlier}")
    # Its caller never got them, so they are free to be found.
    tasks._caller.memory.claims.release(start)
    if not start.may_have_begun:
        return
    submission = start.submission
    if _can_search(family):
        way = (
            f"a2e.{family.attribute}.find_started(submission), with the submission from this "
            "exception or from a2e.submissions."
        )
    else:
        way = _NO_LIST
    interruption.add_note(
        f"{family.start} was under way: {family.title} {submission.name!r} may have been started "
        f"and charged. Before you start it again, look for it: {way}"
    )
    with contextlib.suppress(AttributeError, TypeError):  # Not every exception takes attributes.
        interruption.submission = submission  # type: ignore[attr-defined]


def _unwrapped(record: Any) -> list[Any]:
    """Return the records of an object that is numbered like an array, or the record itself."""
    source = source_of(record)
    numbered = [source[key] for key in map(str, range(len(source))) if key in source]
    if record.id is not None or not numbered:
        return [record]
    model: Any = type(cast(object, record))
    return [model.from_dict(inner) for inner in numbered if isinstance(inner, dict)]


def find_started(tasks: Room[TaskT], submission: Submission) -> TaskT | None:
    """Look once, and thoroughly, for the task of a submission among the records since it began.

    Equal starts that are under way are waited for, up to 30 seconds: what is seen may be theirs.

    Raises:
        APIError: The records can't be read.
    """
    caller = tasks._caller
    with closing(_candidates(tasks, submission, None, ALL_RECORDS)) as seen:
        candidates = list(seen)
    end = caller.timekeeper.now() + SEARCH_SECONDS
    if candidates and _equal_starts_ended(caller, submission, end):
        for task in candidates:
            if caller.memory.claims.claim(task.id):
                caller.memory.settled(submission)
                return task
    return None


def _candidates(
    tasks: Room[TaskT], submission: Submission, began: float | None, newest_records: int
) -> Generator[TaskT, None]:
    """Yield the records that can be the task of a submission, newest first.

    Args:
        tasks: The family.
        submission: What was submitted.
        began: When, by the client's clock; None where the submission itself knows that.
        newest_records: How many to compare whatever their dates.
    """
    caller = tasks._caller
    position = 0
    with closing(_newest(tasks)) as newest:
        try:
            for task in newest:
                if position == 0 and began is not None:
                    # The response that brought this record has told the server's time.
                    elapsed = caller.timekeeper.now() - began
                    submission = submission.began(
                        caller.server_time() - timedelta(seconds=elapsed),
                        exact=caller.memory.knows_server_time,
                    )
                if submission.ends_search(task, position, newest_records):
                    return
                if submission.matches(task):
                    yield task
                position += 1
        except errors.UnexpectedResponseError:
            # A list that is shorter than the server counts has been gone through all the same.
            if not position:
                raise


def _newest(tasks: Room[TaskT]) -> Generator[TaskT, None]:
    """Yield the records among which a task shows that was just started, newest first."""
    from .tasks import Tasks

    listed = Tasks[TaskT](tasks._caller, tasks._family)
    if tasks._family.search == "list":
        with closing(listed._newest().__iter__()) as newest:
            for task in newest:
                yield task
        return
    operation = str(getattr(tasks._family, tasks._family.search))
    response = tasks._call(tasks._family.search)
    for record in promised_rows(promised(response, operation)):
        yield tasks._friendly(record)


def _search(
    tasks: Room[TaskT],
    submission: Submission,
    began: float,
    lost: errors.APIError,
    start: Start,
) -> TaskT | errors.SubmissionUnknownError:
    caller = tasks._caller
    end = caller.timekeeper.now() + SEARCH_SECONDS
    limited = tasks._until(end + LAST_READ_SECONDS)
    looks, looked = 0, False
    # Where the server lists no tasks there is nowhere to look.
    while _can_search(tasks._family) and not caller.closed:
        is_last = caller.timekeeper.now() >= end
        try:
            records = LAST_RECORDS if is_last else FIRST_RECORDS
            with closing(_candidates(limited, submission, began, records)) as seen:
                candidates = list(seen)
            looked = True
            if candidates and _equal_starts_ended(caller, submission, end):
                for task in candidates:
                    if caller.memory.claims.claim(task.id, start):
                        return task
        except errors.A2EError:
            pass  # The next look may get through; that none did is told by `looked`.
        left = end - caller.timekeeper.now()
        if is_last or (left <= 0 and looked):
            break
        caller.timekeeper.pause(min(search_pause(looks), max(left, 0.0)))
        looks += 1
    since = caller.server_time() - timedelta(seconds=caller.timekeeper.now() - began)
    unknown = errors.SubmissionUnknownError(
        _unknown_text(submission, lost, tasks._family, looked=looked, closed=caller.closed)
    )
    unknown.submission = submission.began(since, exact=caller.memory.knows_server_time)
    unknown.error, unknown.looked = lost, looked
    return unknown


def _equal_starts_ended(caller: Caller, submission: Submission, end: float) -> bool:
    """Wait until the equal starts that are under way now have ended; False if they don't in time.

    Each of them may learn from its own response that a task is its own. Those that begin later
    can't have made a task that was seen already, so they are not waited for.
    """
    claims = caller.memory.claims
    equal = claims.equal_starts(submission)
    waits = 0
    while claims.under_way(equal):
        left = end - caller.timekeeper.now()
        if left <= 0 or caller.closed:
            return False
        caller.timekeeper.pause(min(search_pause(waits), left))
        waits += 1
    return True


def _can_search(family: TaskFamily) -> bool:
    return getattr(family, family.search) is not None


_NO_LIST = "the API lists no such tasks, so only A2E's web site and the account's coins can tell."


def _unknown_text(
    submission: Submission,
    lost: errors.APIError,
    family: TaskFamily,
    *,
    looked: bool,
    closed: bool,
) -> str:
    if not _can_search(family):
        return (
            f"the response to the start of {submission.name!r} was lost ({lost.message}); it may "
            f"have been started and charged, and {_NO_LIST}"
        )
    if closed:
        seen = "the client was closed"
    elif looked:
        seen = "no record of it appeared"
    else:
        seen = "the records could not be read either"
    return (
        f"the response to the start of {submission.name!r} was lost ({lost.message}) and {seen}; "
        "it may still have been started and charged. Look again with find_started(error) before "
        "you start it once more"
    )
