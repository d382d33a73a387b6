"""When a call may be sent again, and after which pause.

This module owns the classes of effects, the rule that keeps a paid start from being sent twice,
and the back-off. It is pure: it is told what happened and the random number to use, and answers.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum

from a2e_sdk import errors

from .failures import Delivery

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
    """Return the effect of an operation of the spec, by the spec's naming convention.

    Operations named ``get_...`` and ``list_...`` change nothing, and those named ``delete_...``
    delete, whatever their HTTP method; a test holds every operation of the spec to it.

    Args:
        operation: The operation's id, such as ``list_face_swap_tasks``.
        method: Its HTTP method.
    """
    if operation.startswith(("get_", "list_")):
        return Effect.READ
    same_when_repeated = operation.startswith("delete_") or method.upper() in ("DELETE", "PUT")
    return Effect.DELETE if same_when_repeated else Effect.START


_REPEATABLE = frozenset({Effect.READ, Effect.DELETE})


def may_repeat_undelivered(effect: Effect, delivery: Delivery) -> bool:
    """Tell whether a call may be sent again after it got no answer."""
    if delivery is Delivery.NOT_SENT:
        return True
    return effect in _REPEATABLE


def may_ask_elsewhere(effect: Effect, delivery: Delivery) -> bool:
    """Tell whether a call that got no answer may be sent to another address.

    Only what changes nothing goes there, and only where the first server provably saw nothing of
    it: two regions may not know of each other's tasks.
    """
    return effect is Effect.READ and delivery is Delivery.NOT_SENT


def may_repeat_refused(effect: Effect, error: errors.APIError) -> bool:
    """Tell whether a call may be sent again after this answer.

    A start is repeated only where the server says that it did not begin: 429, or 503 with
    ``Retry-After``.
    """
    pause = getattr(error, "retry_after", None)
    if pause is not None and pause > LONGEST_RETRY_AFTER:
        return False
    if isinstance(error, errors.RateLimitError) or (error.http_status == 503 and pause is not None):
        return True
    if effect not in _REPEATABLE:
        return False
    if isinstance(error, errors.UnexpectedResponseError):
        # A cut answer is worth another try; a redirect stays one.
        return error.http_status is not None and error.http_status < 300
    return error.http_status == 408 or isinstance(
        error, errors.ServiceBusyError | errors.InternalServerError
    )


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
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return max(0.0, (date - (now or datetime.now(UTC))).total_seconds())
