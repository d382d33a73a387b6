"""Sockets that keep to the deadline of the whole exchange, beneath a blocking HTTP client.

httpcore gives each read and write of a request the same time-out, so a server that sends a byte now
and then holds a call up for ever. This module owns the network backend that gives each of them what
is left until the deadline, name resolution included; the deadline travels with the time-outs as a
`PhaseTimeout`. It also knows which sockets are open, so that a forked child can close its copies.
"""

from __future__ import annotations

import contextlib
import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any, Self, TypeAlias
from weakref import WeakSet

import httpcore

#: So many bytes are written before the clock is read again.
_PIECE = 16 * 1024

#: An option of a socket, as httpcore passes it on.
SocketOption: TypeAlias = Any


class PhaseTimeout(float):
    """The time-out of a phase, in seconds, which ends by a deadline too.

    Args:
        seconds: What each step of the phase may take.
        deadline: The moment at which the last one ends, by ``time.monotonic``.
    """

    deadline: float

    def __new__(cls, seconds: float, deadline: float) -> Self:
        """Return a number of seconds that knows its deadline."""
        phase = super().__new__(cls, seconds)
        phase.deadline = deadline
        return phase


def _left(timeout: float | None) -> float | None:
    """Return the seconds that one step may take; 0 or less where none are left."""
    if isinstance(timeout, PhaseTimeout):
        return min(float(timeout), timeout.deadline - time.monotonic())
    return timeout


class DeadlineBackend(httpcore.NetworkBackend):
    """Opens sockets whose every step ends by the deadline of its request."""

    def __init__(self) -> None:
        self._backend = httpcore.SyncBackend()
        self._sockets: WeakSet[socket.socket] = WeakSet()
        self._closed = False

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of a host that answers."""
        seconds = _left(timeout)
        end = None if seconds is None else time.monotonic() + seconds
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in _addresses(host, port, seconds):
            left = None if end is None else end - time.monotonic()
            if left is not None and left <= 0:
                raise httpcore.ConnectTimeout("no time is left")
            try:
                stream = self._backend.connect_tcp(
                    address, port, left, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            except (OverflowError, ValueError) as error:
                raise httpcore.ConnectError(str(error)) from error
            else:
                opened = _DeadlineStream(stream, self._sockets)
                if self._closed:  # A connection that nobody would close any more.
                    opened.close()
                    raise httpcore.ConnectError("the client was closed")
                return opened
        raise failure

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to a socket of this machine."""
        stream = self._backend.connect_unix_socket(path, _left(timeout), socket_options)
        return _DeadlineStream(stream, self._sockets)

    def shut_down(self) -> None:
        """End every read and write that is under way, in whatever thread, and open nothing more."""
        self._closed = True
        for opened in list(self._sockets):
            with contextlib.suppress(OSError):
                # Not the method of a TLS socket, which would take its state from the other thread.
                socket.socket.shutdown(opened, socket.SHUT_RDWR)

    def abandon(self) -> None:
        """Close this process's copies of the sockets, without a word to the other side."""
        for opened in list(self._sockets):
            opened.close()
        self._sockets.clear()


def _addresses(host: str, port: int, seconds: float | None) -> list[str]:
    """Return the addresses of a host; finding them takes no longer than some seconds."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        return [host]
    found: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def find() -> None:
        try:
            known = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.put(list(dict.fromkeys(str(entry[4][0]) for entry in known)))
        except Exception as error:
            found.put(error)

    # A resolver has no time-out of its own; the thread is left behind where it takes too long.
    threading.Thread(target=find, name="a2e-resolve", daemon=True).start()
    try:
        answer = found.get(timeout=None if seconds is None else max(seconds, 0))
    except queue.Empty:
        raise httpcore.ConnectTimeout(f"looking up the name {host} took too long") from None
    if isinstance(answer, Exception):
        raise httpcore.ConnectError(str(answer)) from answer
    return answer


class _DeadlineStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, sockets: WeakSet[socket.socket]) -> None:
        self._stream = stream
        self._sockets = sockets
        opened = stream.get_extra_info("socket")
        if opened is not None:
            sockets.add(opened)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        left = _left(timeout)
        if left is not None and left <= 0:
            raise httpcore.ReadTimeout("no time is left")
        try:
            return self._stream.read(max_bytes, left)
        except ValueError as error:  # A socket that was closed by another thread.
            raise httpcore.ReadError(str(error)) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        pieces = memoryview(buffer)
        for start in range(0, len(buffer), _PIECE):
            left = _left(timeout)
            if left is not None and left <= 0:
                raise httpcore.WriteTimeout("no time is left")
            self._stream.write(bytes(pieces[start : start + _PIECE]), left)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(timeout)
        if left is not None and left <= 0:
            raise httpcore.ConnectTimeout("no time is left")
        stream = self._stream.start_tls(ssl_context, server_hostname, left)
        return _DeadlineStream(stream, self._sockets)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
