"""Sockets that keep to the deadline of the whole exchange, beneath a blocking HTTP client.

httpcore gives each read and write of a request the same time-out, so a server that sends a byte now
and then holds a call up for ever. This module owns the network backend that gives each of them what
is left until the deadline, name resolution included; the deadline travels with the time-outs as a
`PhaseTimeout`. It also knows which sockets are open, so that closing a client ends what is under
way, and a forked child can close its copies.

It serves httpcore and httpcore2 alike: a backend is given the module whose exceptions it raises.
"""

from __future__ import annotations

import contextlib
import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Generator, Iterable
from typing import TYPE_CHECKING, Any, Self, TypeAlias
from weakref import WeakSet

if TYPE_CHECKING:
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


class DeadlineBackend:
    """Opens sockets whose every step ends by the deadline of its request.

    Args:
        core: The module httpcore, or another with the same exceptions and backends.
    """

    def __init__(self, core: Any) -> None:
        self.core = core
        self._backend: httpcore.NetworkBackend = core.SyncBackend()
        self._sockets: WeakSet[socket.socket] = WeakSet()
        self._closed = False

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> _DeadlineStream:
        """Connect to the first address of a host that accepts."""
        core = self.core
        seconds = _left(timeout)
        end = None if seconds is None else time.monotonic() + seconds
        failure: Exception = core.ConnectError(f"{host} has no address")
        for address in self._addresses(host, port, seconds):
            left = None if end is None else end - time.monotonic()
            if left is not None and left <= 0:
                raise core.ConnectTimeout("no time is left")
            try:
                stream = self._backend.connect_tcp(
                    address, port, left, local_address, socket_options
                )
            except (core.ConnectError, core.ConnectTimeout) as error:
                failure = error
            except (OverflowError, ValueError) as error:
                raise core.ConnectError(str(error)) from error
            else:
                return self.opened(stream)
        raise failure

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> _DeadlineStream:
        """Connect to a socket of this machine."""
        return self.opened(self._backend.connect_unix_socket(path, _left(timeout), socket_options))

    def sleep(self, seconds: float) -> None:
        """Pause between two attempts to connect."""
        self._backend.sleep(seconds)

    def opened(self, stream: httpcore.NetworkStream) -> _DeadlineStream:
        """Return a stream that keeps to deadlines, unless the client was closed meanwhile."""
        kept = _DeadlineStream(stream, self)
        opened = stream.get_extra_info("socket")
        if opened is not None:
            # Noted first and looked at then: `shut_down` works in the other order.
            self._sockets.add(opened)
        if self._closed:
            kept.close()
            raise self.core.ConnectError("the client was closed")
        return kept

    @contextlib.contextmanager
    def wrapping(self, stream: httpcore.NetworkStream) -> Generator[None, None, None]:
        """Let `shut_down` reach a socket that is taken over by a TLS socket, handshake included."""
        opened = stream.get_extra_info("socket")
        # The TLS socket takes the descriptor with it, and is not there before its handshake ends.
        # TLS within TLS leaves the socket where it is.
        twin = opened.dup() if type(opened) is socket.socket else None
        if twin is not None:
            self._sockets.add(twin)
        try:
            if self._closed:
                raise self.core.ConnectError("the client was closed")
            yield
        except (self.core.ConnectError, self.core.ConnectTimeout):
            if self._closed:
                raise self.core.ConnectError("the client was closed") from None
            raise
        finally:
            if twin is not None:
                self._sockets.discard(twin)
                twin.close()

    def _addresses(self, host: str, port: int, seconds: float | None) -> list[str]:
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
            resolved = found.get(timeout=None if seconds is None else max(seconds, 0))
        except queue.Empty:
            raise self.core.ConnectTimeout(f"looking up the name {host} took too long") from None
        if isinstance(resolved, Exception):
            raise self.core.ConnectError(str(resolved)) from resolved
        return resolved

    def shut_down(self) -> None:
        """End every step that is under way, in whatever thread, and open nothing more."""
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


class _DeadlineStream:
    """A connection whose reads and writes end by the deadline that their time-out carries."""

    def __init__(self, stream: httpcore.NetworkStream, backend: DeadlineBackend) -> None:
        self._stream = stream
        self._backend = backend
        self._core = backend.core

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        left = _left(timeout)
        if left is not None and left <= 0:
            raise self._core.ReadTimeout("no time is left")
        try:
            return self._stream.read(max_bytes, left)
        except ValueError as error:  # A socket that was closed by another thread.
            raise self._core.ReadError(str(error)) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        pieces = memoryview(buffer)
        for start in range(0, len(buffer), _PIECE):
            left = _left(timeout)
            if left is not None and left <= 0:
                raise self._core.WriteTimeout("no time is left")
            self._stream.write(bytes(pieces[start : start + _PIECE]), left)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> _DeadlineStream:
        left = _left(timeout)
        if left is not None and left <= 0:
            raise self._core.ConnectTimeout("no time is left")
        with self._backend.wrapping(self._stream):
            stream = self._stream.start_tls(ssl_context, server_hostname, left)
        return self._backend.opened(stream)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
