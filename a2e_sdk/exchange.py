"""One HTTP exchange as plain values: what goes out, what comes back, what can go wrong below HTTP.

This module owns the types that the client core and a transport share. It knows no HTTP library, no
operation and no retry rule; any object with an ``exchange`` can stand in for the network.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Protocol, runtime_checkable

import attrs

from .configuration import Timeout
from .credentials import ApiKey

#: More than this many bytes of one answer are never read into memory.
MAX_ANSWER_BYTES = 64 * 1024 * 1024


@attrs.frozen
class HttpRequest:
    """A request to the API's origin.

    Args:
        method: The HTTP method, in capitals.
        url: The whole URL.
        headers: All headers but ``Authorization``.
        body: The bytes to send; None for none.
        key: The key that the transport puts into ``Authorization``.
        timeout: The time-outs of this attempt, in seconds per phase.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None = attrs.field(repr=False)
    key: ApiKey
    timeout: Timeout


@attrs.frozen
class HttpReply:
    """A whole answer: any status, headers with names in lower case, the decoded body.

    Its repr shows the status only: a server may echo a key.
    """

    status: int
    headers: Mapping[str, str] = attrs.field(repr=False)
    body: bytes = attrs.field(repr=False)


class Delivery(Enum):
    """What the server can have done when an exchange failed below HTTP."""

    #: The request provably never reached the server: repeating it is always safe.
    NOT_SENT = "not sent"
    #: The request may have been read and carried out.
    UNKNOWN = "unknown"


class TransportFailure(Exception):
    """An exchange that ended without a whole answer.

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


@runtime_checkable
class Transport(Protocol):
    """Carries requests for ``A2E``; called by many threads at once."""

    def exchange(self, request: HttpRequest) -> HttpReply:
        """Send one request and return the whole answer, or raise `TransportFailure`."""
        ...

    def close(self) -> None:
        """Release the connections."""
        ...


@runtime_checkable
class AsyncTransport(Protocol):
    """Carries requests for ``AsyncA2E``; called by many tasks at once."""

    async def exchange_async(self, request: HttpRequest) -> HttpReply:
        """Send one request and return the whole answer, or raise `TransportFailure`."""
        ...

    async def aclose(self) -> None:
        """Release the connections."""
        ...
