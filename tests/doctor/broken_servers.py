"""Servers on this machine that are broken in one way each, with TLS or without."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from loopback import reply

#: Acts on a connection whose request was read; it is given the request's head.
Act = Callable[[socket.socket, str], object]
COINS = b'{"code": 0, "data": {"coins": 7}}'


def answering(
    status: int = 200,
    body: bytes = COINS,
    content_type: str = "application/json",
    clock: timedelta = timedelta(),
) -> Act:
    """Answer every request, by a clock that may be wrong."""

    def act(connection: socket.socket, _: str) -> None:
        date = format_datetime(datetime.now(UTC) + clock, usegmt=True)
        connection.sendall(reply(status, body, content_type, date=date))

    return act


def silent(connection: socket.socket, _: str) -> None:
    """Say nothing, and keep the connection until the other side ends it."""
    with contextlib.suppress(OSError):
        connection.recv(1)


def closing(connection: socket.socket, _: str) -> None:
    """End the connection without a response."""


def babbling(connection: socket.socket, _: str) -> None:
    """Answer with what is no HTTP."""
    connection.sendall(b"220 mail.example ESMTP ready\r\n\r\n")


@contextmanager
def serving(act: Act, context: ssl.SSLContext | None = None) -> Iterator[int]:
    """Serve on a port of this machine, and give the port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def handle(connection: socket.socket) -> None:
        try:
            with connection:
                connection.settimeout(10)
                secured = (
                    connection
                    if context is None
                    else context.wrap_socket(connection, server_side=True)
                )
                with secured:
                    head = b""
                    while b"\r\n\r\n" not in head:
                        piece = secured.recv(4096)
                        if not piece:
                            return
                        head += piece
                    act(secured, head.decode("latin-1"))
        except OSError:
            return

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=handle, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)
