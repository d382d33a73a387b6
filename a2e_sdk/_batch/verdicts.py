"""What an error of one job means for it, and for the batch.

This module owns that decision. It is pure.
"""

from __future__ import annotations

import errno
from enum import Enum

from a2e_sdk import errors
from a2e_sdk._tasks.recovery import may_have_started

#: For how long nothing may get through before a batch gives up for now, in seconds.
OUTAGE_SECONDS = 900.0
#: For how long the server may not know a task that it started before the task is given up, in
#: seconds: a server that is ill may not know any for a while, and all of them are paid for.
MISSING_SECONDS = 300.0

#: What this machine says where it is short of something, which is no fault of a job's.
_SHORTAGES = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN, errno.EIO})
#: What a disk says that takes no file, whichever it is.
_DISK_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})


class Verdict(Enum):
    """What follows from an error."""

    #: Too many tasks run, or too many requests are sent: start it again later.
    BUSY = "busy"
    #: The server is out of reach, or ill: start it again later, and not for ever.
    OUTAGE = "outage"
    #: There are no coins, or not in the budget: start nothing more.
    OUT_OF_COINS = "out of coins"
    #: Nothing of the batch can go on, such as with a wrong key.
    STOP = "stop"
    #: Whether it was started is not known.
    UNKNOWN = "unknown"
    #: It was started and paid for, and there is nothing to be had of it.
    FAILED = "failed"
    #: This job can't be started; nothing was paid.
    REFUSED = "refused"


def verdict_of(error: Exception, max_coins: float | None = None) -> Verdict:
    """Return what follows from the error of a start.

    Args:
        error: The error.
        max_coins: What a job may cost at the most; None for any sum.
    """
    if isinstance(error, errors.RateLimitError | errors.ServiceBusyError):
        return Verdict.BUSY
    if isinstance(error, errors.InsufficientCreditsError):
        return Verdict.OUT_OF_COINS
    if isinstance(error, errors.BudgetExceededError):
        # Without a price, or above what a job may cost, it is this job's own.
        own = error.price is None or error.limit == max_coins
        return Verdict.REFUSED if own else Verdict.OUT_OF_COINS
    if isinstance(error, errors.SubmissionUnknownError):
        return Verdict.UNKNOWN
    if isinstance(error, errors.TaskError):
        return Verdict.FAILED
    if isinstance(error, errors.KeyConflictError):
        return Verdict.REFUSED
    if isinstance(error, errors.KeyInUseError):
        return Verdict.OUTAGE
    if isinstance(
        error, errors.AuthenticationError | errors.JournalError | errors.ConfigurationError
    ):
        return Verdict.STOP
    if isinstance(
        error,
        errors.APIConnectionError | errors.InternalServerError | errors.UnexpectedResponseError,
    ):
        # What is no response of the API, such as a redirect to a login page, is no job's fault.
        return Verdict.OUTAGE
    if isinstance(error, errors.PermissionDeniedError) and error.operation == "upload":
        # The link that a file is uploaded to has expired; the next one is fresh.
        return Verdict.OUTAGE
    if isinstance(error, errors.APIError) and may_have_started(error):
        # It came from a question before the start, such as its price: the start says UNKNOWN.
        return Verdict.OUTAGE
    if isinstance(error, OSError) and error.errno in _SHORTAGES | _DISK_ERRORS:
        return Verdict.OUTAGE
    if isinstance(error, errors.A2EError | OSError | TypeError | ValueError):
        return Verdict.REFUSED
    # Nobody knows what it means, so it must not be told of each job that nothing was paid.
    return Verdict.STOP


def is_disk_unusable(error: Exception) -> bool:
    """Tell whether what kept a result from being saved would keep the others from it too.

    Where results go to a store, that is a bucket or credentials that do not do any more.
    """
    is_full = isinstance(error, OSError) and error.errno in _DISK_ERRORS
    return is_full or isinstance(error, errors.ConfigurationError)
