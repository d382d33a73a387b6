"""A server on this machine whose connections each run a function of the test, in threads."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any

#: What a connection does with each request: the head and body it read, and the socket to answer on.
Handler = Callable[[str, bytes, socket.socket], None]


class HostileServer:
    """Reads requests of kept connections and hands each to ``handle``, which sends what it likes.

    Args:
        handle: Called with the head, the body and the socket of each request.
        tls: The context to serve https with. Default: plain http.

    Attributes:
        heads: The head of every request, in the order in which they came.
        connections: How many connections were opened.
    """

    def __init__(self, handle: Handler, tls: ssl.SSLContext | None = None) -> None:
        self._handle = handle
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        scheme = "http" if tls is None else "https"
        self.port = self._listener.getsockname()[1]
        self.url = f"{scheme}://localhost:{self.port}" if tls else f"http://127.0.0.1:{self.port}"
        self.heads: list[str] = []
        self.connections = 0
        self.stopped = threading.Event()
        self._open: list[socket.socket] = []

    def _accept(self) -> None:
        while not self.stopped.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            if self._tls is not None:
                connection = self._tls.wrap_socket(connection, server_side=True)
            self._open.append(connection)
            while not self.stopped.is_set():
                received = b""
                while b"\r\n\r\n" not in received:
                    chunk = connection.recv(65536)
                    if not chunk:
                        return
                    received += chunk
                head, _, body = received.partition(b"\r\n\r\n")
                text = head.decode("latin-1")
                length = 0
                for line in text.split("\r\n"):
                    name, _, value = line.partition(":")
                    if name.lower() == "content-length":
                        length = int(value)
                while len(body) < length:
                    body += connection.recv(65536)
                self.heads.append(text)
                self._handle(text, body, connection)
        except (OSError, ValueError):
            pass
        finally:
            connection.close()

    def count(self, beginning: str) -> int:
        """Return how many requests began with a method and a path."""
        return sum(head.startswith(beginning) for head in self.heads)

    def __enter__(self) -> HostileServer:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stopped.set()
        self._listener.close()
        for connection in self._open:
            connection.close()


def answer(connection: socket.socket, data: Any, *, status: int = 200, **headers: str) -> None:
    """Send an ordinary response of the API."""
    body = json.dumps({"code": 0, "data": data, "trace_id": "t"}).encode()
    lines = [f"HTTP/1.1 {status} X", "content-type: application/json"]
    lines += [f"content-length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body)


def drip(server: HostileServer, connection: socket.socket, text: bytes, pause: float) -> None:
    """Send a text again and again, with a pause between, until the other side is gone."""
    while not server.stopped.is_set():
        connection.sendall(text)
        time.sleep(pause)
