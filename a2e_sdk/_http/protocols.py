"""The protocols of transports: what an object offers that carries requests.

This module owns their signatures and guarantees, and the shape of the HTTP clients that may be
given in place of a transport. Any object that has the methods of one can stand in for the network.
"""

from __future__ import annotations

from collections.abc import Awaitable
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Any, Protocol, runtime_checkable

from .messages import (
    AsyncFileRequest,
    AsyncFileResponse,
    FileRequest,
    FileResponse,
    HttpRequest,
    HttpResponse,
)


@runtime_checkable
class Transport(Protocol):
    """Carries requests for ``A2E``; called by many threads at once.

    ``send_request`` returns or raises within ``request.total`` seconds. One that says so with an
    attribute ``ends_in_time = True`` is called in the caller's thread; any other in a thread of its
    own, which is left behind when the time is over. Any other exception than `TransportFailure`
    counts as a request that may have been carried out.
    """

    def send_request(self, request: HttpRequest) -> HttpResponse:
        """Send one request and return the whole response, or raise `TransportFailure`."""
        ...

    def close(self) -> None:
        """Release the connections."""
        ...


@runtime_checkable
class AsyncTransport(Protocol):
    """Carries requests for ``AsyncA2E``; called by many tasks at once, of any event loop.

    A request that takes longer than ``request.total`` seconds is cancelled. Any other exception
    than `TransportFailure` counts as a request that may have been carried out.
    """

    async def send_request_async(self, request: HttpRequest) -> HttpResponse:
        """Send one request and return the whole response, or raise `TransportFailure`."""
        ...

    async def aclose(self) -> None:
        """Release the connections."""
        ...


@runtime_checkable
class FileTransport(Protocol):
    """Carries files for ``A2E``; called by many threads at once."""

    def stream(self, request: FileRequest) -> AbstractContextManager[FileResponse]:
        """Send a request and hand out its response as it arrives, or raise `TransportFailure`."""
        ...


@runtime_checkable
class AsyncFileTransport(Protocol):
    """Carries files for ``AsyncA2E``; called by many tasks at once."""

    def stream_async(
        self, request: AsyncFileRequest
    ) -> AbstractAsyncContextManager[AsyncFileResponse]:
        """Send a request and hand out its response as it arrives, or raise `TransportFailure`."""
        ...


class ClientTransport(Transport, FileTransport, Protocol):
    """What an ``A2E`` works with: calls and files."""


class AsyncClientTransport(AsyncTransport, AsyncFileTransport, Protocol):
    """What an ``AsyncA2E`` works with: calls and files."""


class HttpClient(Protocol):
    """A client of an HTTP library: an ``httpx.Client`` or an ``httpx2.Client``."""

    @property
    def is_closed(self) -> bool:
        """Whether it was closed."""
        ...

    def send(self, request: Any, *, stream: bool = False) -> Any:
        """Send a request of the library."""
        ...

    def close(self) -> None:
        """Release the connections."""
        ...


class AsyncHttpClient(Protocol):
    """An async client of an HTTP library: an ``httpx.AsyncClient`` or an ``httpx2.AsyncClient``."""

    @property
    def is_closed(self) -> bool:
        """Whether it was closed."""
        ...

    def send(self, request: Any, *, stream: bool = False) -> Awaitable[Any]:
        """Send a request of the library."""
        ...

    async def aclose(self) -> None:
        """Release the connections."""
        ...
