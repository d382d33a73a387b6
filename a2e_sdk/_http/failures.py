"""What can go wrong below HTTP: how a request failed, and whether the server can have seen it.

This module owns `TransportFailure` and the translation of any exception of a transport into one. It
is pure; what a failure means for a call is decided in ``retry``.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from a2e_sdk._checks.redaction import safe_text
from a2e_sdk.errors import A2EError

from .messages import AnyRequest, RequestAbandoned

_LONGEST_CHAIN = 8


class Delivery(Enum):
    """What the server can have done when an exchange failed below HTTP."""

    #: The request provably never reached the server: repeating it is always safe.
    NOT_SENT = "not sent"
    #: The request may have been read and carried out.
    UNKNOWN = "unknown"


class TransportFailure(Exception):
    """An exchange that ended without a whole response.

    Attributes:
        reason: What happened, without credentials.
        delivery: What the server can have done.
        timed_out: Whether it was a time-out.
    """

    def __init__(self, reason: str, delivery: Delivery, *, timed_out: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.delivery = delivery
        self.timed_out = timed_out


def timed_out(phase: str, request: AnyRequest, delivery: Delivery) -> TransportFailure:
    """Return the failure of an exchange whose connect, read, write or pool phase took too long."""
    seconds = getattr(request.timeout, phase, None)
    after = f" after {seconds:g} s" if seconds else ""
    return TransportFailure(f"timed out in the {phase} phase{after}", delivery, timed_out=True)


def delivery_of(request: AnyRequest | None, *, proves_unsent: bool = False) -> Delivery:
    """Return what the server can have done with a request that failed.

    Args:
        request: The request; None where it is not known.
        proves_unsent: Whether the failure is one of those that come before the first byte is
            written. What the transport noted of the writing wins over it.
    """
    progress = getattr(request, "progress", None)
    if progress is not None:
        proves_unsent = progress.is_unsent or (proves_unsent and not progress.has_begun)
    return Delivery.NOT_SENT if proves_unsent else Delivery.UNKNOWN


def out_of_time(request: AnyRequest) -> TransportFailure:
    """Return the failure of an exchange that took longer than its ``total``."""
    after = "" if request.total is None else f" after {request.total:.3g} s"
    return TransportFailure(
        f"timed out{after}, the time that was left for it", delivery_of(request), timed_out=True
    )


def unforeseen(
    error: Exception, hide: Callable[[str], str], request: AnyRequest | None = None
) -> TransportFailure:
    """Return the failure of an exchange that ended with an exception no transport should raise.

    The request may have been read and carried out, unless the transport noted that it was not
    written.
    """
    name, reason = type(error).__name__, reason_of(error, hide)
    if isinstance(error, RequestAbandoned):
        return TransportFailure(reason, delivery_of(request, proves_unsent=True))
    return TransportFailure(f"{name}: {reason}" if reason != name else name, delivery_of(request))


def reason_of(error: BaseException, hide: Callable[[str], str]) -> str:
    """Return what an exception says, or what it was raised from where it says nothing itself."""
    link: BaseException | None = error
    for _ in range(_LONGEST_CHAIN):
        if link is None:
            break
        text = safe_text(link, hide=hide)
        if text:
            return text
        link = link.__cause__ or link.__context__
    return type(error).__name__


def _only_one(error: BaseException) -> BaseException:
    """Return what a group of one exception holds: a cancellation on trio may come as one."""
    inner: tuple[BaseException, ...] = getattr(error, "exceptions", ())
    return _only_one(inner[0]) if len(inner) == 1 and _is_group(error) else error


def _is_group(error: BaseException) -> bool:
    return isinstance(error, BaseExceptionGroup)


def without_frames(error: BaseException, hide: Callable[[str], str]) -> BaseException:
    """Return what to raise in place of an exception that came out of a transport.

    Frames of an HTTP library may hold the key among their locals, so they hang neither on the
    exception that is returned nor on one it was raised from. An exception that is neither a
    `TransportFailure`, one of ours, nor a cancellation becomes a `TransportFailure`.
    """
    error = _only_one(error)
    if isinstance(error, Exception) and not isinstance(error, TransportFailure | A2EError):
        return unforeseen(error, hide)
    error.__context__ = error.__cause__ = None
    return error.with_traceback(None)
