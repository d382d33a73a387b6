"""What an error of one job means for it, and for the batch.

This module owns that decision. It is pure.
"""

from __future__ import annotations

from enum import Enum

from a2e_sdk import errors
from a2e_sdk._tasks.recovery import may_have_started

#: For how long nothing may get through before a batch gives up for now, in seconds.
OUTAGE_SECONDS = 900.0


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
    #: This job can't be started; nothing was paid.
    REFUSED = "refused"


def verdict_of(error: Exception) -> Verdict:
    """Return what follows from the error of a start."""
    if isinstance(error, errors.RateLimitError | errors.ServiceBusyError):
        return Verdict.BUSY
    if isinstance(error, errors.InsufficientCreditsError):
        return Verdict.OUT_OF_COINS
    if isinstance(error, errors.BudgetExceededError):
        # Without a price it is this job's own fault.
        return Verdict.REFUSED if error.price is None else Verdict.OUT_OF_COINS
    if isinstance(error, errors.SubmissionUnknownError):
        return Verdict.UNKNOWN
    if isinstance(error, errors.KeyConflictError):
        return Verdict.REFUSED
    if isinstance(error, errors.KeyInUseError):
        return Verdict.OUTAGE
    if isinstance(
        error, errors.AuthenticationError | errors.JournalError | errors.ConfigurationError
    ):
        return Verdict.STOP
    if isinstance(error, errors.APIConnectionError | errors.InternalServerError):
        return Verdict.OUTAGE
    if isinstance(error, errors.APIError) and may_have_started(error):
        # It came from a question before the start, such as its price: the start says UNKNOWN.
        return Verdict.OUTAGE
    return Verdict.REFUSED
