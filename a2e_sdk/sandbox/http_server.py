"""The sandbox over real HTTP.

Owns sockets and threads: it reads a request, hands it to the `Sandbox` and acts the reply out,
delays, closed connections and cut bodies included. It decides no answer itself, except for requests
that are no usable HTTP. It prints nothing unless it is given a ``log``.

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
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, cast

from attrs import evolve

from .answers import html_page
from .clock import http_time
from .messages import Connection, SandboxReply, SandboxRequest
from .sandbox import DEFAULT_PUBLIC_URL, Sandbox

__all__ = ["MAX_BODY_BYTES", "SandboxServer", "serve"]

MAX_BODY_BYTES = 16 * 1024 * 1024
"""A longer request body is answered with HTTP 413 and not read. The body of an upload is read into
memory up to the sandbox's ``upload_limit`` instead."""

_CHUNK_BYTES = 64 * 1024

_IDLE_SECONDS = 60.0

Log = Callable[[str], None]


def serve(
    sandbox: Sandbox,
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    allow_remote: bool = False,
    log: Log | None = None,
) -> SandboxServer:
    """Serve a sandbox over HTTP/1.1 in a background thread.

    Unless the sandbox was given a ``public_url``, its result links point to this server from now
    on.

    Args:
        sandbox: what is served.
        host: address to listen on; ``"127.0.0.1"`` by default.
        port: TCP port; 0 (the default) takes a free one.
        allow_remote: whether ``host`` may be an address that other machines can reach.
        log: called with one line for each request, and for each error in a handler; None for quiet.

    Returns:
        The running server; close it, or use it as a context manager.

    Raises:
        ValueError: ``host`` is not a loopback address and ``allow_remote`` is not set.
        OSError: the address cannot be listened on.
    """
    if not (allow_remote or _is_loopback(host)):
        raise ValueError(f"{host!r} is within reach of other machines; allow_remote permits that")
    return SandboxServer(sandbox, host, port, log)


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
    """

    def __init__(self, sandbox: Sandbox, host: str, port: int, log: Log | None) -> None:
        self.sandbox = sandbox
        self._server = _Server(sandbox, host, port, log)
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


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, sandbox: Sandbox, host: str, port: int, log: Log | None) -> None:
        self.sandbox = sandbox
        self.log: Log = log or _ignore
        self.closing = threading.Event()
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()
        if ":" in host:
            self.address_family = socket.AF_INET6
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        # HTTPServer's own asks a name server for our name, which can take seconds offline.
        socketserver.TCPServer.server_bind(self)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._connections.add(request)
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


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "a2e-sandbox"
    sys_version = ""
    timeout = _IDLE_SECONDS
    disable_nagle_algorithm = True
    wbufsize = -1  # Head and body leave in one piece.

    @property
    def _owner(self) -> _Server:
        return cast(_Server, self.server)

    def log_message(self, format: str, *args: Any) -> None:
        self._owner.log(format % args)

    def _serve(self) -> None:
        body = self._read_body()
        if body is None:
            return
        headers = dict(self.headers.items())
        try:
            request = SandboxRequest.from_target(self.command, self.path, headers, body)
        except ValueError:
            self._refuse(400, "The request target is not a URL")
            return
        self._act(self._owner.sandbox.handle(request))

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _serve

    def _read_body(self) -> bytes | None:
        if "transfer-encoding" in self.headers:
            self._refuse(411, "Send a Content-Length")
            return None
        length = self.headers.get("content-length", "0").strip()
        if not (length.isascii() and length.isdigit()):
            self._refuse(400, "Content-Length is not a number")
            return None
        sandbox, path = self._owner.sandbox, self.path.partition("?")[0]
        limit = MAX_BODY_BYTES
        if sandbox.takes_upload(self.command, path):
            limit = sandbox.upload_limit
        # Compared as text first: int() refuses enormous numbers.
        if len(length) > 15 or int(length) > limit:
            self._refuse(413, f"A body may have {limit} bytes")
            return None
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            self.close_connection = True
            return None
        return body

    def _refuse(self, status: int, text: str) -> None:
        reply = html_page(status, str(status), text)
        date = http_time(self._owner.sandbox.clock.now())
        self._act(evolve(reply, headers=reply.headers | {"connection": "close", "date": date}))

    def _act(self, reply: SandboxReply) -> None:
        if reply.delay and self._owner.closing.wait(reply.delay):
            self.close_connection = True
            return
        if reply.connection is not Connection.ANSWER:
            self.close_connection = True
            return
        self.log_request(reply.status)
        # Not `send_response`, which would add the computer's date to the sandbox's.
        self.send_response_only(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        body = b"" if self.command == "HEAD" else reply.body
        length = reply.headers.get("content-length")
        if length is None:
            self.send_header("transfer-encoding", "chunked")
        elif self.command != "HEAD" and length != str(len(body)):
            # What the client reads as the next answer's beginning must not come on this connection.
            # The base class closes the connection on seeing this field.
            self.send_header("connection", "close")
        self.end_headers()
        whole = reply.cut_after is None
        if not whole:
            body = body[: reply.cut_after]
            self.close_connection = True
        if length is None and self.command != "HEAD":
            self._write_chunks(body, ended=whole)
        else:
            self.wfile.write(body)
        self.wfile.flush()

    def _write_chunks(self, body: bytes, *, ended: bool) -> None:
        for start in range(0, len(body), _CHUNK_BYTES):
            chunk = body[start : start + _CHUNK_BYTES]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
        if ended:
            self.wfile.write(b"0\r\n\r\n")
