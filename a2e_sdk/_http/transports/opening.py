"""Which transport a client gets: connections of its own, the caller's, or the sandbox.

This module owns that choice, and that a transport of the caller's which carries no files gets
company that does. It imports the HTTP library and the sandbox only when the first request is sent,
so that building a client costs next to nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from a2e_sdk._config.regions import Address
from a2e_sdk._http.messages import (
    AsyncFileRequest,
    AsyncFileResponse,
    FileRequest,
    FileResponse,
    HttpRequest,
    HttpResponse,
)
from a2e_sdk._http.protocols import (
    AsyncClientTransport,
    AsyncFileTransport,
    AsyncTransport,
    ClientTransport,
    FileTransport,
    Transport,
)
from a2e_sdk._runtime.forks import ForkAware
from a2e_sdk.errors import ConfigurationError

if TYPE_CHECKING:
    import httpx

# Named, not imported: the core knows nothing of the sandbox until somebody asks for it.
_SANDBOX = "a2e_sdk.sandbox.transport"
_NETWORK = "a2e_sdk._http.transports.httpx_transport"


class _OnFirstUse(ForkAware):
    """Makes the real transport when the first request needs it, once for all threads."""

    def __init__(self, build: Callable[[], Any]) -> None:
        super().__init__()
        self._build = build
        self._lock = threading.Lock()
        self._real: Any = None

    def _drop_inherited(self) -> None:
        # What was made renews itself; only the lock may be held by a thread that is not here.
        self._lock = threading.Lock()

    def _open(self) -> Any:
        self.renew_after_fork()
        with self._lock:
            if self._real is None:
                self._real = self._build()
            return self._real


class LazyTransport(_OnFirstUse):
    """A `ClientTransport` that is made on first use."""

    def send(self, request: HttpRequest) -> HttpResponse:
        """Send one request and return the whole answer, or raise `TransportFailure`."""
        return cast(ClientTransport, self._real or self._open()).send(request)

    def stream(self, request: FileRequest) -> AbstractContextManager[FileResponse]:
        """Send a request and hand out its answer while it arrives, or raise `TransportFailure`."""
        return cast(ClientTransport, self._real or self._open()).stream(request)

    def close(self) -> None:
        """Release the connections, if there are any."""
        if self._real is not None:
            cast(ClientTransport, self._real).close()


class AsyncLazyTransport(_OnFirstUse):
    """An `AsyncClientTransport` that is made on first use."""

    async def send_async(self, request: HttpRequest) -> HttpResponse:
        """Send one request and return the whole answer, or raise `TransportFailure`."""
        return await cast(AsyncClientTransport, self._real or self._open()).send_async(request)

    def stream_async(
        self, request: AsyncFileRequest
    ) -> AbstractAsyncContextManager[AsyncFileResponse]:
        """Send a request and hand out its answer while it arrives, or raise `TransportFailure`."""
        return cast(AsyncClientTransport, self._real or self._open()).stream_async(request)

    async def aclose(self) -> None:
        """Release the connections, if there are any."""
        if self._real is not None:
            await cast(AsyncClientTransport, self._real).aclose()


class BorrowedTransport:
    """A caller's own transport, with connections of ours for files unless it carries them too.

    Closing it closes what is ours.
    """

    def __init__(self, transport: Transport, files: LazyTransport) -> None:
        self.send = transport.send
        carrier = transport if isinstance(transport, FileTransport) else files
        self.stream = carrier.stream
        self.close = files.close


class AsyncBorrowedTransport:
    """A caller's own transport, with connections of ours for files unless it carries them too.

    Closing it closes what is ours.
    """

    def __init__(self, transport: AsyncTransport, files: AsyncLazyTransport) -> None:
        self.send_async = transport.send_async
        carrier = transport if isinstance(transport, AsyncFileTransport) else files
        self.stream_async = carrier.stream_async
        self.aclose = files.aclose


def open_transport(
    address: Address, http_client: httpx.Client | Transport | None
) -> ClientTransport:
    """Return what carries the requests and files of an ``A2E``; closing it is always right.

    Raises:
        ConfigurationError: ``http_client`` is of no use to a sync client.
    """
    if isinstance(http_client, Transport):
        files = LazyTransport(_network_builder(address, None, "HttpxTransport"))
        return BorrowedTransport(http_client, files)
    return LazyTransport(_builder(address, http_client, "HttpxTransport", "Client"))


def open_async_transport(
    address: Address, http_client: httpx.AsyncClient | AsyncTransport | None
) -> AsyncClientTransport:
    """Return what carries the requests and files of an ``AsyncA2E``; closing it is always right.

    Raises:
        ConfigurationError: ``http_client`` is of no use to an async client.
    """
    if isinstance(http_client, AsyncTransport):
        files = AsyncLazyTransport(_network_builder(address, None, "AsyncHttpxTransport"))
        return AsyncBorrowedTransport(http_client, files)
    return AsyncLazyTransport(_builder(address, http_client, "AsyncHttpxTransport", "AsyncClient"))


def _builder(
    address: Address, http_client: object, transport_class: str, client_class: str
) -> Callable[[], Any]:
    if http_client is not None:
        if not import_module(_NETWORK).is_http_client(http_client, client_class):
            raise ConfigurationError(
                f"http_client must be an httpx.{client_class}, not {type(http_client).__name__}."
            )
        if address.in_process:
            raise ConfigurationError("The sandbox has no network, so it takes no http_client.")
    if address.in_process:
        return lambda: import_module(_SANDBOX).SandboxTransport()
    return _network_builder(address, http_client, transport_class)


def _network_builder(
    address: Address, http_client: object, transport_class: str
) -> Callable[[], Any]:
    return lambda: getattr(import_module(_NETWORK), transport_class)(address.base_url, http_client)
