"""Recover a start whose response was lost: may it have begun, and when to look for it again.

This module owns the sorting of failures by what the server can have done, and the limits of the
search. It is pure; sending and searching are done by the clients, and how a record is told from
others is in ``a2e_sdk.models.submission``.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from a2e_sdk import errors
from a2e_sdk._http.error_codes import row_of_error
from a2e_sdk._wire.families import TaskFamily
from a2e_sdk.models import Task
from a2e_sdk.models.submission import Submission

#: How long a lost start is searched for, in seconds, before it is reported as unknown.
SEARCH_SECONDS = 30.0

#: Once some of the several tasks of a lost start were found, no further one is waited for when none
#: has appeared for so many seconds.
SETTLING_SECONDS = 5.0

#: A start that was written down, and that a complete list does not show so many seconds after it
#: was sent, never arrived: no request is on its way, or worked on unseen, for so long.
SETTLED_SECONDS = 300.0

#: After so many seconds a list tells that no longer: the record may have been deleted since.
FORGOTTEN_SECONDS = 24 * 3600.0

#: So many of the newest records are compared whatever their dates say: in each look of a search,
#: in its last one, and where the caller asks for it.
FIRST_RECORDS, LAST_RECORDS, ALL_RECORDS = 100, 1_000, 10_000

#: The clocks of a server's parts may disagree by so much.
_MARGIN = timedelta(minutes=10)

#: Where nothing can be searched.
NO_LIST = "the API lists no such tasks, so only A2E's web site and the account's coins can tell."


def may_have_started(error: errors.APIError) -> bool:
    """Tell whether the server may have started what it was asked to, although no task came back.

    False where the request provably never arrived and where the server clearly refused it.
    """
    if isinstance(error, errors.APIConnectionError):
        return error.sent
    if isinstance(error, errors.UnexpectedResponseError):
        # A redirect came in place of the API's response; anything else may have followed a start.
        return not 300 <= (error.http_status or 0) < 400
    if isinstance(error, errors.APIStatusError):
        return row_of_error(error).may_have_started
    return False


def settled_at(family: TaskFamily, sent_at: datetime | None) -> datetime | None:
    """Return when it can be told that a start never arrived; None where it never can.

    Args:
        family: The family of its task.
        sent_at: When it was sent, by the server's clock; None where that is not known.
    """
    # Without a name no record can be told from others, and another list is not of all tasks.
    if sent_at is None or family.label is None or family.list is None or family.search != "list":
        return None
    return sent_at + timedelta(seconds=SETTLED_SECONDS)


def is_older(task: Task, sent_at: datetime) -> bool:
    """Tell whether a record is of a task that was there before a start was sent.

    Args:
        task: The record.
        sent_at: When the start was sent, by the server's clock.
    """
    return task.created_at is not None and task.created_at < sent_at - _MARGIN


class RecordsSince:
    """The newest records of a family, gone through to find out that a start is not among them.

    Args:
        submission: The start.
        since: No record of it can be older.
    """

    def __init__(self, submission: Submission, since: datetime) -> None:
        self._submission = submission
        self._since = since
        self._can_tell = submission.label is not None

    def may_go_on(self, task: Task) -> bool:
        """Take in the next record; return False where it and all that follow it are too old."""
        if is_older(task, self._since):
            return False
        submission = self._submission
        shown = task.raw.get(submission.label or "")
        # One without a name may be the start's, and so may one of that name with other inputs.
        self._can_tell = self._can_tell and shown is not None
        self._can_tell = self._can_tell and not submission.has_name_of(task)
        return True

    @property
    def tell_absence(self) -> bool:
        """Whether none of the records can be the start's."""
        return self._can_tell


def search_pause(looks_done: int) -> float:
    """Return the seconds to wait before the next look for a lost start."""
    return min(0.5 * 2.0 ** min(looks_done, 10), 8.0)


def unknown_text(
    submission: Submission,
    lost: errors.APIError,
    family: TaskFamily,
    *,
    looked: bool,
    closed: bool,
) -> str:
    """Return what to say of a start whose outcome the search could not find out.

    Args:
        submission: What was submitted.
        lost: What happened to its response.
        family: The family, as the table of families describes it.
        looked: Whether the records could be read at all.
        closed: Whether the client was closed meanwhile.
    """
    if not family.can_find_started:
        return (
            f"the response to the start of {_named(submission)} was lost ({lost.message}); it may "
            f"have been started and charged, and {NO_LIST}"
        )
    if closed:
        seen = "the client was closed"
    elif looked:
        seen = "no record of it appeared"
    else:
        seen = "the records could not be read either"
    return (
        f"the response to the start of {_named(submission)} was lost ({lost.message}) and {seen}; "
        "it may still have been started and charged. Look again with find_started(error) before "
        "you start it once more"
    )


def incomplete_text(submission: Submission, found: int, expected: int, family: TaskFamily) -> str:
    """Return what to say of a lost start of which fewer tasks were found than it may have made."""
    return (
        f"the response to the start of {_named(submission)} was lost, and {found} of up to "
        f"{expected} tasks were found; look for further ones with "
        f"a2e.{family.attribute}.find_started(submission), with the submission from a2e.submissions"
    )


def _named(submission: Submission) -> str:
    return f"a {submission.family} task" if submission.name is None else repr(submission.name)
