"""The protocols of transports: what an object offers that carries requests.

This module owns their signatures and guarantees. Any object that has these methods can stand in for
the network.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Protocol, runtime_checkable

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

    ``send`` returns or raises within ``request.total`` seconds; what else than
    `TransportFailure` it raises counts as a request that may have been carried out.
    """

    def send(self, request: HttpRequest) -> HttpResponse:
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

    async def send_async(self, request: HttpRequest) -> HttpResponse:
        """Send one request and return the whole answer, or raise `TransportFailure`."""
        ...

    async def aclose(self) -> None:
        """Release the connections."""
        ...


@runtime_checkable
class FileTransport(Protocol):
    """Carries files for ``A2E``; called by many threads at once."""

    def stream(self, request: FileRequest) -> AbstractContextManager[FileResponse]:
        """Send a request and hand out its answer while it arrives, or raise `TransportFailure`."""
        ...


@runtime_checkable
class AsyncFileTransport(Protocol):
    """Carries files for ``AsyncA2E``; called by many tasks at once."""

    def stream_async(
        self, request: AsyncFileRequest
    ) -> AbstractAsyncContextManager[AsyncFileResponse]:
        """Send a request and hand out its answer while it arrives, or raise `TransportFailure`."""
        ...


class ClientTransport(Transport, FileTransport, Protocol):
    """What an ``A2E`` works with: both roads."""


class AsyncClientTransport(AsyncTransport, AsyncFileTransport, Protocol):
    """What an ``AsyncA2E`` works with: both roads."""
