"""Which transport a client gets: one of its own, the caller's, or the sandbox.

This module owns that choice: the library that is used by default, which clients of a library may be
given as ``http_client``, and that files go over a transport of the client's own where the caller's
carries none. It imports an HTTP library and the sandbox only when the first request is sent, so
that building a client costs next to nothing.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from importlib import import_module
from typing import Any, NamedTuple, cast

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
    AsyncHttpClient,
    AsyncTransport,
    ClientTransport,
    FileTransport,
    HttpClient,
    Transport,
)
from a2e_sdk._runtime.forks import ForkAware
from a2e_sdk.errors import ConfigurationError

# Named, not imported: the core knows nothing of the sandbox until somebody asks for it.
_SANDBOX = "a2e_sdk.sandbox.transport"


class _Library(NamedTuple):
    """A library whose clients may be given as ``http_client``.

    Args:
        name: Its module.
        transports: The module of the transports over it.
        sync_transport: The class there for ``A2E``.
        async_transport: The class there for ``AsyncA2E``.
    """

    name: str
    transports: str
    sync_transport: str
    async_transport: str


_HTTPX = _Library(
    "httpx",
    "a2e_sdk._http.transports.httpx_transport",
    "HttpxTransport",
    "AsyncHttpxTransport",
)
_HTTPX2 = _Library(
    "httpx2",
    "a2e_sdk._http.transports.httpx2_transport",
    "Httpx2Transport",
    "AsyncHttpx2Transport",
)

#: Which library a client uses by itself. Moving to another one is a change of this line.
_DEFAULT = _HTTPX


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

    def send_request(self, request: HttpRequest) -> HttpResponse:
        """Send one request and return the whole response, or raise `TransportFailure`."""
        return cast(ClientTransport, self._real or self._open()).send_request(request)

    def stream(self, request: FileRequest) -> AbstractContextManager[FileResponse]:
        """Send a request and hand out its response as it arrives, or raise `TransportFailure`."""
        return cast(ClientTransport, self._real or self._open()).stream(request)

    def close(self) -> None:
        """Release the connections, if there are any."""
        if self._real is not None:
            cast(ClientTransport, self._real).close()


class AsyncLazyTransport(_OnFirstUse):
    """An `AsyncClientTransport` that is made on first use."""

    async def send_request_async(self, request: HttpRequest) -> HttpResponse:
        """Send one request and return the whole response, or raise `TransportFailure`."""
        return await cast(AsyncClientTransport, self._real or self._open()).send_request_async(
            request
        )

    def stream_async(
        self, request: AsyncFileRequest
    ) -> AbstractAsyncContextManager[AsyncFileResponse]:
        """Send a request and hand out its response as it arrives, or raise `TransportFailure`."""
        return cast(AsyncClientTransport, self._real or self._open()).stream_async(request)

    async def aclose(self) -> None:
        """Release the connections, if there are any."""
        if self._real is not None:
            await cast(AsyncClientTransport, self._real).aclose()


class BorrowedTransport:
    """A caller's own transport, with one of the client's own for files unless it carries them too.

    Closing it closes the client's own only.
    """

    def __init__(self, transport: Transport, files: LazyTransport) -> None:
        self.send_request = transport.send_request
        self.ends_in_time = bool(getattr(transport, "ends_in_time", False))
        carrier = transport if isinstance(transport, FileTransport) else files
        self.stream = carrier.stream
        self.close = files.close


class AsyncBorrowedTransport:
    """A caller's own transport, with one of the client's own for files unless it carries them too.

    Closing it closes the client's own only.
    """

    def __init__(self, transport: AsyncTransport, files: AsyncLazyTransport) -> None:
        self.send_request_async = transport.send_request_async
        carrier = transport if isinstance(transport, AsyncFileTransport) else files
        self.stream_async = carrier.stream_async
        self.aclose = files.aclose


def open_transport(address: Address, http_client: HttpClient | Transport | None) -> ClientTransport:
    """Return what carries the requests and files of an ``A2E``; closing it is always right.

    Raises:
        ConfigurationError: ``http_client`` is of no use to a sync client.
    """
    if isinstance(http_client, Transport):
        return BorrowedTransport(http_client, LazyTransport(_sync_builder(_DEFAULT, None)))
    return LazyTransport(_builder(address, http_client, "Client", _sync_builder))


def open_async_transport(
    address: Address, http_client: AsyncHttpClient | AsyncTransport | None
) -> AsyncClientTransport:
    """Return what carries the requests and files of an ``AsyncA2E``; closing it is always right.

    Raises:
        ConfigurationError: ``http_client`` is of no use to an async client.
    """
    if isinstance(http_client, AsyncTransport):
        files = AsyncLazyTransport(_async_builder(_DEFAULT, None))
        return AsyncBorrowedTransport(http_client, files)
    return AsyncLazyTransport(_builder(address, http_client, "AsyncClient", _async_builder))


def _builder(
    address: Address,
    http_client: object,
    class_name: str,
    builder: Callable[[_Library, object], Callable[[], Any]],
) -> Callable[[], Any]:
    library = _DEFAULT
    if http_client is not None:
        library = _library_of(http_client, class_name)
        if address.in_process:
            raise ConfigurationError("The sandbox has no network, so it takes no http_client.")
    if address.in_process:
        return lambda: import_module(_SANDBOX).SandboxTransport()
    return builder(library, http_client)


def _library_of(http_client: object, class_name: str) -> _Library:
    """Return the library that a client of the caller's is of.

    Raises:
        ConfigurationError: It is of none, or of the other kind.
    """
    for library in (_HTTPX2, _HTTPX):
        # Who has made a client has imported its library.
        client_class = getattr(sys.modules.get(library.name), class_name, None)
        if client_class is not None and isinstance(http_client, client_class):
            return library
    given = type(http_client)
    other = "A2E" if class_name == "AsyncClient" else "AsyncA2E"
    is_other_kind = given.__name__ in ("Client", "AsyncClient") and given.__name__ != class_name
    method = "send_request_async" if class_name == "AsyncClient" else "send_request"
    raise ConfigurationError(
        f"http_client must be an httpx.{class_name}, an httpx2.{class_name} or a transport (an "
        f"object with {method}), not {given.__module__.partition('.')[0]}.{given.__qualname__}."
        + (f" Give that one to {other}." if is_other_kind else "")
    )


def _sync_builder(library: _Library, http_client: object) -> Callable[[], Any]:
    return lambda: getattr(import_module(library.transports), library.sync_transport)(http_client)


def _async_builder(library: _Library, http_client: object) -> Callable[[], Any]:
    return lambda: getattr(import_module(library.transports), library.async_transport)(http_client)
