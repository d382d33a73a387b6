"""One HTTP request and its response as plain values, on the two ways that a transport offers.

Calls of the API go by ``send_request``, with the key and to the API's origin only. Files go by
``stream``, to and from any host, and nothing on that way ever holds a key. This module owns these
values; what can go wrong below HTTP is in ``failures``, who carries them in ``protocols``.
"""

from __future__ import annotations

import threading
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator, Mapping
from typing import Generic, TypeAlias, TypeVar

import attrs

from a2e_sdk._checks.redaction import redact
from a2e_sdk._config.credentials import ApiKey
from a2e_sdk._config.settings import Timeout

BytesT = TypeVar("BytesT")

#: More than this many bytes of one response are never read into memory.
MAX_ANSWER_BYTES = 64 * 1024 * 1024


class RequestAbandoned(Exception):
    """A request was not written, because nobody waits for its response any more."""


class SendProgress:
    """What a transport tells of a request while it is under way, and whether it may go on.

    Guarantee: once `abandon` has returned, no request begins to be written whose transport tells
    it, so `is_unsent` does not change any more.

    Attributes:
        is_told: Whether the transport tells when it begins to write.
        has_begun: Whether it has begun to write the request.
    """

    __slots__ = ("_abandoned", "_lock", "has_begun", "is_told")

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._abandoned = False
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
        """Note that the request is about to be written.

        Raises:
            RequestAbandoned: It must not be written: its caller was told that it is over.
        """
        with self._lock:
            if self._abandoned:
                raise RequestAbandoned("the request was abandoned before it was written")
            self.has_begun = True

    def abandon(self) -> None:
        """Let the request not be written, unless that has begun already."""
        with self._lock:
            self._abandoned = True


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
class HttpResponse:
    """A whole response: any status, headers with names in lower case, the decoded body.

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
class _FileResponse(Generic[BytesT]):
    status: int
    headers: Mapping[str, str] = attrs.field(repr=False)
    chunks: BytesT = attrs.field(repr=False)


@attrs.frozen
class FileResponse(_FileResponse[Iterator[bytes]]):
    """The beginning of a response whose body is still to be read.

    Args:
        status: The HTTP status, after redirects.
        headers: The header fields, names in lower case.
        chunks: The body as it is on the wire, piece by piece; raises `TransportFailure` where it
            breaks off. Headers without ``content-length`` and ``transfer-encoding: chunked`` say
            that nobody can tell whether its end is one of those.
    """


@attrs.frozen
class AsyncFileResponse(_FileResponse[AsyncIterator[bytes]]):
    """A `FileResponse` whose chunks are an async iterator."""
