"""Decide whether a call is sent again, and after which pause.

This module owns the effects of operations, the rule that keeps a paid start from being sent twice,
and the back-off. Which error code may pass is in the table of ``error_codes``. It is pure: it is
told what happened, how much time is left and the random number to use.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum
from typing import NamedTuple

from a2e_api.operations import OPERATIONS
from a2e_sdk import errors

from .error_codes import Retry, row_of_error
from .retry_quota import retry_cost

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 8.0
#: A server that asks for a longer pause than this is not waited for.
LONGEST_RETRY_AFTER = 60.0


class Effect(Enum):
    """What carrying out an operation does, which decides when it may be repeated."""

    #: Changes nothing: safe to repeat.
    READ = "read"
    #: Leaves the same state when repeated: a deletion, a new name.
    DELETE = "delete"
    #: Makes or starts something anew each time, and may cost coins: never sent again once the
    #: server may have read it.
    START = "start"


def effect_of(operation: str, method: str) -> Effect:
    """Return the effect of an operation, as the generated index of operations has it.

    A write of another kind leaves the same state when repeated if it is a ``PUT``, as HTTP says;
    else it counts as a start, and so does an operation that the index does not have.

    Args:
        operation: The operation's id, such as ``list_face_swap_tasks``.
        method: Its HTTP method.
    """
    known = OPERATIONS.get(operation)
    effect = "" if known is None else known.effect
    if effect in ("read", "delete"):
        return Effect(effect)
    return Effect.DELETE if effect == "write" and method.upper() == "PUT" else Effect.START


#: Paid operations that are called otherwise than the rule says, see `is_paid`.
_PAID = frozenset(
    {"add_speech", "add_upload_url", "add_legacy_upload_url", "add_face_swap_preview"}
)


def is_paid(operation: str) -> bool:
    """Tell whether an operation may cost coins: all that are called ``start_...``, and a few.

    Args:
        operation: The operation's id.
    """
    return operation.startswith("start_") or operation in _PAID


def may_retry(effect: Effect, error: errors.APIError) -> bool:
    """Tell whether a call may be sent again after an error, for its effect alone.

    What provably never reached the server may always be. A start is repeated beyond that only where
    the server says that it did not begin: 429, or 503 with ``Retry-After``.
    """
    if isinstance(error, errors.APIConnectionError):
        return not error.sent or effect is not Effect.START
    pause = getattr(error, "retry_after", None)
    if pause is not None and pause > LONGEST_RETRY_AFTER:
        return False
    if isinstance(error, errors.UnexpectedResponseError):
        # A cut response is worth another try; a redirect stays one.
        is_cut = error.http_status is not None and error.http_status < 300
        return is_cut and effect is not Effect.START
    if not isinstance(error, errors.APIStatusError):
        return False
    retry = row_of_error(error).retry
    return retry is Retry.ALWAYS or (retry is Retry.IDEMPOTENT and effect is not Effect.START)


def may_ask_elsewhere(effect: Effect, error: errors.APIError) -> bool:
    """Tell whether a call that got no response may be sent to another address.

    Only what changes nothing goes there, and only where the first server provably saw nothing of
    it: two regions may not know of each other's tasks.
    """
    unseen = isinstance(error, errors.APIConnectionError) and not error.sent
    return unseen and effect is Effect.READ


QUOTA_USED_UP = "the retry quota is used up"


class Situation(NamedTuple):
    """What a retry depends on beside the error.

    Attributes:
        retries: How many retries there were before.
        max_retries: How many there may be.
        seconds_left: Seconds until the deadline.
        closed: Whether the client was closed.
        tokens: What the client's retry quota has left.
        chance: A random number from 0 up to 1.
    """

    retries: int
    max_retries: int
    seconds_left: float
    closed: bool
    tokens: int
    chance: float


class Decision(NamedTuple):
    """Whether a call is sent again, at what cost, and why not.

    Attributes:
        seconds: How long to wait before the next attempt; None for no further attempt.
        reason: Why there is none although the failure may pass; an empty text where it may not.
        cost: What the attempt takes from the client's retry quota; 0 where there is none.
    """

    seconds: float | None
    reason: str = ""
    cost: int = 0


def decide_retry(effect: Effect, error: errors.APIError, situation: Situation) -> Decision:
    """Decide whether an attempt that failed is followed by another one, and when.

    This is the one decision under calls, uploads and downloads; leaving a live session, which is
    billed until then, adds attempts of its own.

    Args:
        effect: What carrying out the call does.
        error: How the attempt ended.
        situation: What else counts.
    """
    if not may_retry(effect, error):
        return Decision(None)
    retry_after = getattr(error, "retry_after", None)
    seconds = pause_before_retry(situation.retries, retry_after, situation.chance)
    if situation.closed:
        return Decision(None, "the client was closed")
    if situation.retries >= situation.max_retries:
        return Decision(None, f"max_retries is {situation.max_retries}")
    if seconds > situation.seconds_left:
        return Decision(None, "no time is left")
    cost = retry_cost(error)
    if cost > situation.tokens:
        return Decision(None, QUOTA_USED_UP)
    return Decision(seconds, cost=cost)


def pause_before_retry(retries_done: int, retry_after: float | None, chance: float) -> float:
    """Return the seconds to wait before the next attempt: exponential, with full jitter.

    Args:
        retries_done: How many retries there were before this one.
        retry_after: Seconds that the server asked for; None if it did not.
        chance: A random number from 0 up to 1.
    """
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(retries_done, 30))
    jitter = longest * chance
    return jitter if retry_after is None else retry_after + min(jitter, 1.0)


def retry_after_seconds(value: str | None, now: datetime | None = None) -> float | None:
    """Return the seconds of a ``Retry-After`` header in either of its forms.

    Args:
        value: The header's value; None where there was no header.
        now: The present time, for the form that is a date. Default: the clock's.

    Returns:
        Seconds, 0 for a date that has passed; None where the header is absent or not readable.
    """
    if value is None:
        return None
    text = value.strip()
    try:
        seconds = float(text)
    except ValueError:
        pass
    else:
        return seconds if 0 <= seconds < float("inf") else None
    # Imported here: few responses need it, and it loads sockets and more.
    from email.utils import parsedate_to_datetime

    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return max(0.0, (date - (now or datetime.now(UTC))).total_seconds())
