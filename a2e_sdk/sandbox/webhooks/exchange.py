"""One HTTP exchange with a receiver.

This module owns the socket: one ``POST``, one response, a deadline for all of it, and an end at
once when the sandbox is closed. No redirect is followed, no proxy is used and nothing is repeated.
It uses a socket of its own and no HTTP client, because a client's timeouts are those of each single
read, which a receiver can stretch without end.
"""

from __future__ import annotations

import contextlib
import io
import selectors
import socket
import threading
import time
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from attrs import frozen

from .receivers import Receiver, RefusedReceiverError, address_refusal, receiver_of

__all__ = ["EXCHANGE_SECONDS", "Outcome", "post"]

EXCHANGE_SECONDS = 10.0
"""Seconds for one exchange, from resolving the name to the end of the response."""

_READ_BYTES = 16 * 1024
_RESPONSE_BYTES = 128 * 1024
_LOOK_UP_SECONDS = 0.05

ResultT = TypeVar("ResultT")


class _EndedError(Exception):
    """The exchange is over before there was a response; the text says why."""


@frozen
class Outcome:
    """What became of one exchange.

    Args:
        status: the receiver's HTTP status; None without a response.
        seconds: how long it took.
        error: why it failed; None where a whole response came.
        response: the beginning of the response's body, 16 KiB at most.
        is_refused: whether the receiver is one that the sandbox does not call.
    """

    status: int | None
    seconds: float
    error: str | None = None
    response: str = ""
    is_refused: bool = False


def post(
    url: str,
    headers: Mapping[str, str],
    content: bytes,
    *,
    hosts: Collection[str] = (),
    closing: threading.Event | None = None,
    seconds: float = EXCHANGE_SECONDS,
) -> Outcome:
    """Send one POST and read the response.

    Args:
        url: where to.
        headers: header fields beside ``Host``, ``Content-Length`` and ``Connection``.
        content: the body.
        hosts: hosts that may be called beside the loopback's.
        closing: ends the exchange when it is set.
        seconds: for all of it.

    Returns:
        What became of it; nothing is raised, whatever the receiver does.
    """
    began = time.monotonic()
    limits = _Limits(began + seconds, seconds, closing or threading.Event())
    status, excerpt, error, is_refused = None, "", None, False
    try:
        receiver = receiver_of(url, hosts)
        head = _head(receiver, headers, content)
        with contextlib.closing(_connected(receiver, hosts, limits)) as connection:
            limits.run(connection, lambda: _sent(connection, memoryview(head + content), limits))
            response = _begun(connection, limits)
            status = response.status
            excerpt = response.read(_READ_BYTES).decode("utf-8", "replace")
    except RefusedReceiverError as problem:
        error, is_refused = str(problem), True
    except _EndedError as problem:
        error = str(problem)
    except Exception as problem:  # A response can be broken in any way.
        error = _sentence(problem)
    return Outcome(status, time.monotonic() - began, error, excerpt, is_refused)


def _sentence(problem: Exception) -> str:
    """Return what went wrong without the bytes of a response, which may hold anything."""
    if isinstance(problem, OSError):
        return (problem.strerror or str(problem) or type(problem).__name__)[:200]
    return f"the response is not HTTP ({type(problem).__name__})"


def _head(receiver: Receiver, headers: Mapping[str, str], content: bytes) -> bytes:
    fields = {
        "Host": receiver.host_field,
        **headers,
        "Content-Length": str(len(content)),
        "Connection": "close",
    }
    lines = [f"POST {receiver.target} HTTP/1.1"]
    for name, value in fields.items():
        if any(ord(letter) < 32 or ord(letter) == 127 for letter in value):
            raise RefusedReceiverError(f"{name} has characters that no header can carry")
        lines.append(f"{name}: {value}")
    try:
        return "\r\n".join((*lines, "", "")).encode()
    except UnicodeEncodeError:
        raise RefusedReceiverError("the token or the address is no Unicode text") from None


@frozen
class _Limits:
    """When an exchange ends.

    Args:
        deadline: by ``time.monotonic()``.
        seconds: how long that was at the beginning, for the message.
        closing: ends it at once.
    """

    deadline: float
    seconds: float
    closing: threading.Event

    def left(self) -> float:
        if self.closing.is_set():
            raise _EndedError("the sandbox was closed during the call")
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise _EndedError(f"no whole response within {self.seconds:g} seconds")
        return left

    def run(self, connection: socket.socket, operation: Callable[[], ResultT]) -> ResultT:
        """Run an operation on a socket that does not block, until it is done."""
        import ssl

        while True:
            self.left()
            try:
                return operation()
            except (BlockingIOError, ssl.SSLWantReadError):
                self.wait(connection, selectors.EVENT_READ)
            except ssl.SSLWantWriteError:
                self.wait(connection, selectors.EVENT_WRITE)

    def wait(self, connection: socket.socket, event: int) -> None:
        """Wait until a socket is ready."""
        with selectors.DefaultSelector() as selector:
            selector.register(connection, event)
            # In short spells, so that the end of the sandbox is noticed.
            while not selector.select(min(_LOOK_UP_SECONDS, self.left())):
                pass


def _sent(connection: socket.socket, content: memoryview, limits: _Limits) -> None:
    while content:
        try:
            content = content[connection.send(content) :]
        except BlockingIOError:
            limits.wait(connection, selectors.EVENT_WRITE)


def _connected(receiver: Receiver, hosts: Collection[str], limits: _Limits) -> socket.socket:
    problem: OSError | None = None
    for family, address in _addresses(receiver, limits):
        refusal = address_refusal(receiver.host, address[0], hosts)
        if refusal is not None:
            raise RefusedReceiverError(refusal)
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            connection.setblocking(False)
            # A BlockingIOError says no more than that it has begun.
            with contextlib.suppress(BlockingIOError):
                connection.connect(address)
            limits.wait(connection, selectors.EVENT_WRITE)
            code = connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if code:
                raise OSError(code, _reason(code))
            return _encrypted(connection, receiver, limits) if receiver.is_tls else connection
        except OSError as failure:
            connection.close()
            problem = failure
        except BaseException:
            connection.close()
            raise
    raise problem or OSError(f"{receiver.host} has no address")


def _reason(code: int) -> str:
    import os

    return os.strerror(code)


def _encrypted(connection: socket.socket, receiver: Receiver, limits: _Limits) -> socket.socket:
    import ssl

    import certifi

    context = ssl.create_default_context(cafile=certifi.where())
    context.load_default_certs()
    secure = context.wrap_socket(
        connection, server_hostname=receiver.host, do_handshake_on_connect=False
    )
    try:
        limits.run(secure, secure.do_handshake)
    except BaseException:
        secure.close()
        raise
    return secure


def _addresses(receiver: Receiver, limits: _Limits) -> list[tuple[int, Any]]:
    """Resolve a name, in a thread that is left behind where the name server takes too long."""
    found: list[tuple[int, Any]] = []
    problems: list[OSError] = []

    def resolve() -> None:
        try:
            rows = socket.getaddrinfo(receiver.host, receiver.port, type=socket.SOCK_STREAM)
            found.extend((int(row[0]), row[4]) for row in rows)
        except OSError as problem:
            problems.append(problem)

    if _is_literal(receiver.host):
        resolve()
    else:
        thread = threading.Thread(target=resolve, name="a2e-sandbox-resolver", daemon=True)
        thread.start()
        while thread.is_alive():
            thread.join(min(_LOOK_UP_SECONDS, limits.left()))
    if problems:
        raise problems[0]
    return list(found)


def _is_literal(host: str) -> bool:
    import ipaddress

    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class _Incoming(io.RawIOBase):
    """What arrives on a socket, within the limits of an exchange and of the response's size."""

    def __init__(self, connection: socket.socket, limits: _Limits) -> None:
        super().__init__()
        self._connection = connection
        self._limits = limits
        self._left = _RESPONSE_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._left <= 0:
            raise _EndedError(f"the response has more than {_RESPONSE_BYTES:,} bytes")
        view = memoryview(buffer)[: self._left]
        count = self._limits.run(self._connection, lambda: self._connection.recv_into(view))
        self._left -= count
        return count


class _Readable:
    """What `http.client` wants of a socket."""

    def __init__(self, incoming: _Incoming) -> None:
        self._incoming = incoming

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(self._incoming)


def _begun(connection: socket.socket, limits: _Limits) -> Any:
    """Read the head of a response."""
    from http.client import HTTPResponse

    stream: Any = _Readable(_Incoming(connection, limits))
    response = HTTPResponse(stream, method="POST")
    response.begin()
    return response
