"""The sandbox over real HTTP.

This module owns the listening socket, the connections and their threads. It prints nothing unless
it is given a ``log``. What happens on a connection is left to `http.handler`.

    with serve(Sandbox()) as server:
        print(server.url)
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import socketserver
import sys
import threading
from collections.abc import Callable, Collection
from http.server import ThreadingHTTPServer
from types import TracebackType
from typing import Any

from a2e_sdk.sandbox.control.dispatch import Control
from a2e_sdk.sandbox.http.event_readers import EventReaders
from a2e_sdk.sandbox.http.handler import MAX_BODY_BYTES, Handler
from a2e_sdk.sandbox.http.input import BodyMemory
from a2e_sdk.sandbox.state.clock import changes_of
from a2e_sdk.sandbox.webhooks.background import BackgroundSender

from .sandbox import DEFAULT_PUBLIC_URL, Sandbox

__all__ = ["MAX_BODY_BYTES", "SandboxServer", "serve"]

MAX_CONNECTIONS = 512
"""Connections that are served at once; a further one gets HTTP 503."""

MAX_EVENT_READERS = 64
"""Connections that may follow the events of the sandbox at once; a further one gets HTTP 503."""

HEAD_SECONDS = 20.0
"""Seconds from the first byte of a request to the end of its header fields."""

BODY_SECONDS = 60.0
"""Seconds for a body, and one more for each 16 KiB."""

_BUSY = b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"

Log = Callable[[str], None]


def serve(
    sandbox: Sandbox,
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    allow_remote: bool = False,
    log: Log | None = None,
    allow_hosts: Collection[str] = (),
) -> SandboxServer:
    """Serve a sandbox over HTTP/1.1 in a background thread.

    Unless the sandbox was given a ``public_url``, its result links point to this server from now
    on. Webhooks are sent in the background until the server is closed.

    Args:
        sandbox: what is served.
        host: address to listen on; ``"127.0.0.1"`` by default.
        port: TCP port; 0 (the default) takes a free one.
        allow_remote: whether ``host`` may be an address that other machines can reach.
        log: called with one line for each request, and for each error in a handler; None for quiet.
        allow_hosts: names under which clients may reach it beside ``host`` and the loopback's, such
            as that of a container. Requests for other names get HTTP 421.

    Returns:
        The running server; close it, or use it as a context manager.

    Raises:
        ValueError: ``host`` is not a loopback address and ``allow_remote`` is not set.
        OSError: the address cannot be listened on.
    """
    if not (allow_remote or _is_loopback(host)):
        raise ValueError(f"{host!r} is within reach of other machines; allow_remote permits that")
    return SandboxServer(sandbox, host, port, log, allow_hosts)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _ignore(_line: str) -> None:
    pass


class SandboxServer:
    """A running server; made by `serve`.

    Args:
        sandbox: what is served.
        host: address to listen on.
        port: TCP port, 0 for a free one.
        log: called with one line for each request; None for quiet.
        allow_hosts: further names under which clients may reach it.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        host: str,
        port: int,
        log: Log | None,
        allow_hosts: Collection[str] = (),
    ) -> None:
        self.sandbox = sandbox
        self._server = HttpServer(sandbox, host, port, log, allow_hosts)
        shown_host = f"[{host}]" if ":" in host else host
        self._url = f"http://{shown_host}:{self._server.server_address[1]}"
        if sandbox.public_url == DEFAULT_PUBLIC_URL:
            sandbox.public_url = self._url
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.05},
            name="a2e-sandbox",
            daemon=True,
        )
        self._thread.start()
        clock_changes = changes_of(sandbox.clock)
        self._sender = BackgroundSender(
            sandbox.webhooks,
            (sandbox.webhooks.changes, *((clock_changes,) if clock_changes else ())),
            self._server.closing,
        )

    @property
    def url(self) -> str:
        """Its address, for example ``"http://127.0.0.1:49152"``; use it as ``base_url``."""
        return self._url

    def close(self) -> None:
        """Stop listening and close all connections, stalled ones too. Closing twice is fine."""
        if self._server.closing.is_set():
            return
        self._server.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._server.close_connections()
        self._thread.join()
        self._sender.close()
        if self.sandbox.public_url == self._url:
            self.sandbox.public_url = DEFAULT_PUBLIC_URL

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the server is closed.

        Args:
            timeout: seconds to wait at most; None waits for ever.

        Returns:
            Whether it is closed.
        """
        return self._server.closing.wait(timeout)

    def __enter__(self) -> SandboxServer:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class HttpServer(ThreadingHTTPServer):
    """Accepts connections; what a handler has to know of its surroundings."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(
        self,
        sandbox: Sandbox,
        host: str,
        port: int,
        log: Log | None,
        allow_hosts: Collection[str],
    ) -> None:
        self.sandbox = sandbox
        self.host = host
        self.allowed_hosts = frozenset(name.lower() for name in allow_hosts)
        self.head_seconds, self.body_seconds = HEAD_SECONDS, BODY_SECONDS
        self.body_memory = BodyMemory(sandbox.upload_limit + 4 * MAX_BODY_BYTES)
        self.event_readers = EventReaders(MAX_EVENT_READERS)
        self.log: Log = log or _ignore
        self.closing = threading.Event()
        self.control = Control(sandbox, self.closing)
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()
        if ":" in host:
            self.address_family = socket.AF_INET6
        super().__init__((host, port), Handler)

    def server_bind(self) -> None:
        # HTTPServer's own asks a name server for our name, which can take seconds offline.
        socketserver.TCPServer.server_bind(self)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            is_full = len(self._connections) >= MAX_CONNECTIONS
            if not is_full:
                self._connections.add(request)
        if is_full:
            request.settimeout(0)
            with contextlib.suppress(OSError):
                request.send(_BUSY)
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def close_connections(self) -> None:
        with self._lock:
            connections = list(self._connections)
        for connection in connections:
            # The other side or the connection's own thread may have been quicker.
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        self.log(f"connection ended: {sys.exception()!r}")
