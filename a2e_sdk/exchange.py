"""One HTTP exchange as plain values: what goes out, what comes back, what can go wrong below HTTP.

This module owns the types that the client core and a transport share. It knows no HTTP library, no
operation and no retry rule; any object with an ``exchange`` can stand in for the network.

There are two roads. Calls of the API go by ``exchange``, with the key and to the API's origin only.
Files go by ``stream``, to and from any host, and nothing on that road ever holds a key.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from enum import Enum
from typing import Generic, Protocol, TypeAlias, TypeVar, runtime_checkable

import attrs

from .configuration import Timeout
from .credentials import ApiKey
from .errors import A2EError
from .redaction import redact, safe_text

BytesT = TypeVar("BytesT")

_LONGEST_CHAIN = 8

#: More than this many bytes of one answer are never read into memory.
MAX_ANSWER_BYTES = 64 * 1024 * 1024


class SendProgress:
    """What a transport tells of a request while it is under way.

    Attributes:
        is_told: Whether the transport tells when it begins to write.
        has_begun: Whether it has begun to write the request.
    """

    __slots__ = ("has_begun", "is_told")

    def __init__(self) -> None:
        self.is_told = False
        self.has_begun = False

    @property
    def is_unsent(self) -> bool:
        """Whether the server provably saw nothing of the request."""
        return self.is_told and not self.has_begun

    def connecting(self) -> None:
        """Note that the request waits for a connection, and that `writing` will be called."""
        self.is_told = True

    def writing(self) -> None:
        """Note that the request is about to be written."""
        self.has_begun = True


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
        total: Seconds until the whole exchange must have ended; None for no limit.
        progress: Where a transport notes that it begins to write, if it can; None where nobody
            asks.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None = attrs.field(repr=False)
    key: ApiKey
    timeout: Timeout
    total: float | None = None
    progress: SendProgress | None = attrs.field(default=None, repr=False, eq=False)


@attrs.frozen
class HttpReply:
    """A whole answer: any status, headers with names in lower case, the decoded body.

    Its repr shows the status only: a server may echo a key.
    """

    status: int
    headers: Mapping[str, str] = attrs.field(repr=False)
    body: bytes = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class _FileRequest(Generic[BytesT]):
    method: str
    url: str = attrs.field(repr=redact)
    headers: Mapping[str, str]
    timeout: Timeout
    total: float | None = None
    content: BytesT | None = attrs.field(default=None, repr=False)


@attrs.frozen(kw_only=True)
class FileRequest(_FileRequest[Iterable[bytes]]):
    """A request for a file, or with one, to any host; it has no place for a key.

    Args:
        method: ``GET``, ``HEAD`` or ``PUT``; redirects of a ``GET`` are followed.
        url: The whole URL, signature included; its repr leaves the query out.
        headers: All headers but ``Host``; ``Content-Length`` too, where there is content.
        timeout: The time-outs of this attempt, in seconds per phase.
        total: Seconds until the whole transfer must have ended; None for no limit.
        content: The bytes to send, piece by piece; None for none.
    """


@attrs.frozen(kw_only=True)
class AsyncFileRequest(_FileRequest[AsyncIterable[bytes]]):
    """A `FileRequest` whose content comes from an async iterable."""


AnyRequest: TypeAlias = HttpRequest | FileRequest | AsyncFileRequest


@attrs.frozen
class _FileReply(Generic[BytesT]):
    status: int
    headers: Mapping[str, str] = attrs.field(repr=False)
    chunks: BytesT = attrs.field(repr=False)


@attrs.frozen
class FileReply(_FileReply[Iterator[bytes]]):
    """The beginning of an answer whose body is still to be read.

    Args:
        status: The HTTP status, after redirects.
        headers: The header fields, names in lower case.
        chunks: The body as it is on the wire, piece by piece; raises `TransportFailure` where it
            breaks off. Headers without ``content-length`` and ``transfer-encoding: chunked`` say
            that nobody can tell whether its end is one of those.
    """


@attrs.frozen
class AsyncFileReply(_FileReply[AsyncIterator[bytes]]):
    """A `FileReply` whose chunks are an async iterator."""


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


def timed_out(phase: str, request: AnyRequest, delivery: Delivery) -> TransportFailure:
    """Return the failure of an exchange whose connect, read, write or pool phase took too long."""
    seconds = getattr(request.timeout, phase, None)
    after = f" after {seconds:g} s" if seconds else ""
    return TransportFailure(f"timed out in the {phase} phase{after}", delivery, timed_out=True)


def out_of_time(request: AnyRequest) -> TransportFailure:
    """Return the failure of an exchange that took longer than its ``total``."""
    after = "" if request.total is None else f" after {request.total:.3g} s"
    progress = getattr(request, "progress", None)
    unsent = progress is not None and progress.is_unsent
    return TransportFailure(
        f"timed out{after}, the time that was left for it",
        Delivery.NOT_SENT if unsent else Delivery.UNKNOWN,
        timed_out=True,
    )


def unforeseen(error: Exception, hide: Callable[[str], str]) -> TransportFailure:
    """Return the failure of an exchange that ended with an exception no transport should raise.

    Nothing is known of the request then, so it may have been read and carried out.
    """
    name, reason = type(error).__name__, reason_of(error, hide)
    return TransportFailure(f"{name}: {reason}" if reason != name else name, Delivery.UNKNOWN)


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


@runtime_checkable
class Transport(Protocol):
    """Carries requests for ``A2E``; called by many threads at once.

    ``exchange`` returns or raises within ``request.total`` seconds; what else than
    `TransportFailure` it raises counts as a request that may have been carried out.
    """

    def exchange(self, request: HttpRequest) -> HttpReply:
        """Send one request and return the whole answer, or raise `TransportFailure`."""
        ...

    def close(self) -> None:
        """Release the connections."""
        ...


@runtime_checkable
class AsyncTransport(Protocol):
    """Carries requests for ``AsyncA2E``; called by many tasks at once, of any event loop.

    A request that takes longer than ``request.total`` seconds is cancelled; what else than
    `TransportFailure` is raised counts as a request that may have been carried out.
    """

    async def exchange_async(self, request: HttpRequest) -> HttpReply:
        """Send one request and return the whole answer, or raise `TransportFailure`."""
        ...

    async def aclose(self) -> None:
        """Release the connections."""
        ...


@runtime_checkable
class FileTransport(Protocol):
    """Carries files for ``A2E``; called by many threads at once."""

    def stream(self, request: FileRequest) -> AbstractContextManager[FileReply]:
        """Send a request and hand out its answer while it arrives, or raise `TransportFailure`."""
        ...


@runtime_checkable
class AsyncFileTransport(Protocol):
    """Carries files for ``AsyncA2E``; called by many tasks at once."""

    def stream_async(
        self, request: AsyncFileRequest
    ) -> AbstractAsyncContextManager[AsyncFileReply]:
        """Send a request and hand out its answer while it arrives, or raise `TransportFailure`."""
        ...


class ClientTransport(Transport, FileTransport, Protocol):
    """What an ``A2E`` works with: both roads."""


class AsyncClientTransport(AsyncTransport, AsyncFileTransport, Protocol):
    """What an ``AsyncA2E`` works with: both roads."""
