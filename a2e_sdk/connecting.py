"""Which transport a client gets: connections of its own, the caller's, or the sandbox.

This module owns that choice. It imports the HTTP library and the sandbox only when the first
request is sent, so that building a client costs next to nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from .errors import ConfigurationError
from .exchange import AsyncTransport, HttpReply, HttpRequest, Transport
from .regions import Address

if TYPE_CHECKING:
    import httpx

# Named, not imported: the core knows nothing of the sandbox until somebody asks for it.
_SANDBOX = "a2e_sdk.sandbox.transport"
_NETWORK = "a2e_sdk.transport"


class _OnFirstUse:
    """Makes the real transport when the first request needs it, once for all threads."""

    def __init__(self, build: Callable[[], Transport | AsyncTransport]) -> None:
        self._build = build
        self._lock = threading.Lock()
        self._real: Transport | AsyncTransport | None = None

    def _open(self) -> Transport | AsyncTransport:
        with self._lock:
            if self._real is None:
                self._real = self._build()
            return self._real


class LazyTransport(_OnFirstUse):
    """A `Transport` that is made on first use."""

    def exchange(self, request: HttpRequest) -> HttpReply:
        """Send one request and return the whole answer, or raise `TransportFailure`."""
        return cast(Transport, self._real or self._open()).exchange(request)

    def close(self) -> None:
        """Release the connections, if there are any."""
        if self._real is not None:
            cast(Transport, self._real).close()


class AsyncLazyTransport(_OnFirstUse):
    """An `AsyncTransport` that is made on first use."""

    async def exchange_async(self, request: HttpRequest) -> HttpReply:
        """Send one request and return the whole answer, or raise `TransportFailure`."""
        return await cast(AsyncTransport, self._real or self._open()).exchange_async(request)

    async def aclose(self) -> None:
        """Release the connections, if there are any."""
        if self._real is not None:
            await cast(AsyncTransport, self._real).aclose()


def open_transport(address: Address, http_client: httpx.Client | Transport | None) -> Transport:
    """Return what carries the requests of an ``A2E``.

    Raises:
        ConfigurationError: ``http_client`` is of no use to a sync client.
    """
    if isinstance(http_client, Transport):
        return http_client
    return LazyTransport(_builder(address, http_client, "HttpxTransport", "Client"))


def open_async_transport(
    address: Address, http_client: httpx.AsyncClient | AsyncTransport | None
) -> AsyncTransport:
    """Return what carries the requests of an ``AsyncA2E``.

    Raises:
        ConfigurationError: ``http_client`` is of no use to an async client.
    """
    if isinstance(http_client, AsyncTransport):
        return http_client
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
    return lambda: getattr(import_module(_NETWORK), transport_class)(address.base_url, http_client)
