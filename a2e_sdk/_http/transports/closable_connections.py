"""Connections of an event loop that end with their client, also while they are being opened.

A pool that is closed closes the connections it has; one whose TLS handshake is under way is not
among them, and would carry its request after that. This module owns the network backend that ends
those too.
"""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Callable, Coroutine, Iterable
from typing import TYPE_CHECKING, Any

import anyio

if TYPE_CHECKING:
    import httpcore


class ClosableBackend:
    """Opens connections with another backend, until it is shut down.

    Args:
        backend: What opens them.
        core: The module httpcore, or another with the same exceptions.
        read_bytes: How much is read at once, at the most and whatever the library asks for.
            Default: what it asks for.

    Attributes:
        read_bytes: The same.
    """

    def __init__(
        self, backend: httpcore.AsyncNetworkBackend, core: Any, *, read_bytes: int | None = None
    ) -> None:
        self._backend = backend
        self._core = core
        self.read_bytes = read_bytes
        self._opening: set[anyio.CancelScope] = set()
        self._closed = False

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> ClosableStream:
        """Connect to a host."""
        return await self.open(
            self._backend.connect_tcp, host, port, timeout, local_address, socket_options
        )

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> ClosableStream:
        """Connect to a socket of this machine."""
        return await self.open(self._backend.connect_unix_socket, path, timeout, socket_options)

    async def sleep(self, seconds: float) -> None:
        """Pause between two attempts to connect."""
        await self._backend.sleep(seconds)

    async def open(
        self,
        step: Callable[..., Coroutine[Any, Any, httpcore.AsyncNetworkStream]],
        *arguments: Any,
    ) -> ClosableStream:
        """Do one step of opening a connection, which ends where the client is closed."""
        stream: httpcore.AsyncNetworkStream | None = None
        if not self._closed:
            with anyio.CancelScope() as scope:
                self._opening.add(scope)
                try:
                    stream = await step(*arguments)
                finally:
                    self._opening.discard(scope)
        if stream is None or self._closed:
            if stream is not None:
                await _close_quietly(stream)
            raise self._core.ConnectError("the client was closed")
        return ClosableStream(stream, self)

    def shut_down(self) -> None:
        """End what is being opened, and open nothing more."""
        self._closed = True
        for scope in self._opening:
            scope.cancel()


class ClosableStream:
    """A connection whose TLS handshake is a step of opening it.

    Args:
        stream: The connection.
        backend: What opened it.
    """

    def __init__(self, stream: httpcore.AsyncNetworkStream, backend: ClosableBackend) -> None:
        self._stream = stream
        self._backend = backend
        # The methods themselves, so that reading costs nothing more.
        self.read = stream.read if backend.read_bytes is None else self._read_much
        self.write = stream.write
        self.aclose = stream.aclose
        self.get_extra_info = stream.get_extra_info

    async def _read_much(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self._stream.read(max(max_bytes, self._backend.read_bytes or 0), timeout)

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> ClosableStream:
        """Do the TLS handshake."""
        try:
            return await self._backend.open(
                self._stream.start_tls, ssl_context, server_hostname, timeout
            )
        except BaseException:
            await _close_quietly(self._stream)
            raise


async def _close_quietly(stream: httpcore.AsyncNetworkStream) -> None:
    """Close a connection that nothing was sent on, also where the task is cancelled."""
    with anyio.CancelScope(shield=True), contextlib.suppress(Exception):
        await stream.aclose()
