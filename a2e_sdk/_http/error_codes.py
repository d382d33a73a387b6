"""The table of error codes: their classes, whether to retry, whether a start may have begun.

This module owns one row for each HTTP status and each ``code`` of A2E's envelope that is known; the
same number means the same in both places, but for what a row says. A new code is a new row here,
and a word in the spec. It is pure.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from a2e_sdk import errors


class Retry(Enum):
    """Which calls may be sent again after a response with an error code."""

    #: None: the same request gets the same response.
    NEVER = "never"
    #: Those that change nothing when they are repeated.
    IDEMPOTENT = "idempotent"
    #: All of them: the server says that it did not begin.
    ALWAYS = "always"


class Place(Enum):
    """Where a number stands to which a row applies."""

    ANYWHERE = "anywhere"
    #: As the HTTP status only.
    STATUS = "status"
    #: As the ``code`` of an envelope under HTTP 200 only: the application itself says it.
    ENVELOPE = "envelope"


class ErrorCode(NamedTuple):
    """What is known of one error code.

    Attributes:
        numbers: The codes, which are HTTP statuses below 600 and A2E's own above.
        error: The class that is raised.
        meaning: What the server says with it.
        retry: Which calls may be sent again.
        may_have_started: Whether a start that got this response may have begun all the same.
        retry_after: Whether the row is for responses with a ``Retry-After`` header only.
        place: Where the number has to stand.
    """

    numbers: range
    error: type[errors.APIStatusError]
    meaning: str
    retry: Retry = Retry.NEVER
    may_have_started: bool = False
    retry_after: bool = False
    place: Place = Place.ANYWHERE

    def fits(self, status: int | None, *, retry_after: bool) -> bool:
        """Tell whether the row applies to a response, whatever its number."""
        if self.retry_after and (not retry_after or status != 503):
            return False
        if self.place is Place.ENVELOPE:
            return status is not None and status < 300
        return self.place is Place.ANYWHERE or (status or 0) >= 300


def _one(number: int) -> range:
    return range(number, number + 1)


#: The first row that fits a response is its row.
ERROR_CODES: tuple[ErrorCode, ...] = (
    ErrorCode(_one(400), errors.BadRequestError, "the request is not allowed"),
    ErrorCode(_one(401), errors.AuthenticationError, "the key is not accepted"),
    ErrorCode(_one(402), errors.InsufficientCreditsError, "the account has too few coins"),
    ErrorCode(_one(403), errors.PermissionDeniedError, "the key may not do this"),
    ErrorCode(_one(404), errors.NotFoundError, "there is no such record or operation"),
    ErrorCode(
        _one(408), errors.APIStatusError, "the request came too slowly", Retry.IDEMPOTENT, True
    ),
    ErrorCode(_one(422), errors.BadRequestError, "the request is not allowed"),
    ErrorCode(_one(429), errors.RateLimitError, "too many requests", Retry.ALWAYS),
    ErrorCode(
        _one(503),
        errors.ServiceBusyError,
        "busy, and says until when",
        Retry.ALWAYS,
        retry_after=True,
    ),
    ErrorCode(_one(503), errors.ServiceBusyError, "busy", Retry.IDEMPOTENT, place=Place.ENVELOPE),
    ErrorCode(_one(503), errors.ServiceBusyError, "busy", Retry.IDEMPOTENT, True),
    ErrorCode(
        range(500, 600),
        errors.InternalServerError,
        "the server failed",
        Retry.IDEMPOTENT,
        may_have_started=True,
    ),
    ErrorCode(
        range(600, 1000),
        errors.APIStatusError,
        "no status of HTTP",
        may_have_started=True,
        place=Place.STATUS,
    ),
    ErrorCode(
        _one(1001),
        errors.ServiceBusyError,
        "all streaming hosts are occupied, and it says until when",
        Retry.ALWAYS,
        retry_after=True,
    ),
    ErrorCode(
        _one(1001), errors.ServiceBusyError, "all streaming hosts are occupied", Retry.IDEMPOTENT
    ),
    ErrorCode(_one(1003), errors.ContentRejectedError, "a minor was detected"),
    ErrorCode(_one(1004), errors.ContentRejectedError, "a minor is suspected"),
    ErrorCode(_one(30005), errors.BadRequestError, "back_id and custom_back_id were both sent"),
)

_UNKNOWN = ErrorCode(range(0), errors.APIStatusError, "a code that nobody has seen yet")


def error_code(
    status: int | None, code: int | str | None, *, retry_after: bool = False
) -> ErrorCode:
    """Return the row of a response.

    A2E's own code says most; then the envelope's code speaks for a response under HTTP 200, and the
    HTTP status for itself where the code is not as telling.

    Args:
        status: The HTTP status.
        code: The envelope's code, if it had one.
        retry_after: Whether the response had a ``Retry-After`` header.
    """
    for number in (code, status):
        if isinstance(number, int):
            for row in ERROR_CODES:
                if number in row.numbers and row.fits(status, retry_after=retry_after):
                    return row
    return _UNKNOWN


def row_of_error(error: errors.APIStatusError) -> ErrorCode:
    """Return the row of an error that was raised.

    Where the text of the response gave another class than its code, the first row of that class.
    """
    status, told = error.http_status, getattr(error, "retry_after", None) is not None
    row = error_code(status, error.code, retry_after=told)
    if row.error is type(error):
        return row
    rows = (other for other in ERROR_CODES if other.error is type(error))
    return next((other for other in rows if other.fits(status, retry_after=told)), row)


def is_known_code(code: int | str | None) -> bool:
    """Tell whether an envelope's code has a row, or means success or a plain refusal."""
    return code in (None, 0, 200, -1) or error_code(None, code) is not _UNKNOWN
