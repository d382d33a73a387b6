"""What arrives on a connection, read within limits.

This module owns the deadlines of a head and a body, the sizes they may have, and the two ways in
which HTTP/1.1 says how long a body is. It sends nothing: whoever is too slow, too long or wrong
is a `BadInputError`.
"""

from __future__ import annotations

import io
import re
import socket
import threading
import time
from collections.abc import Iterable, Mapping
from email.message import Message
from typing import Any

__all__ = [
    "HEAD_BYTES",
    "BadInputError",
    "BodyMemory",
    "LimitedInput",
    "body_length",
    "checked_headers",
    "read_body",
]

HEAD_BYTES = 64 * 1024
"""Bytes that a request line and the header fields together may have."""

_CHUNK_BYTES = 64 * 1024
_LINE_BYTES = 4 * 1024
_TRAILER_LINES = 64
_SLOWEST = 16 * 1024.0
"""Bytes a second that a long body must arrive with."""
_SIZE = re.compile(rb"[0-9A-Fa-f]{1,15}")
_FORBIDDEN = re.compile(r"[\r\n\0]")
_ONCE = ("host", "content-length", "transfer-encoding", "content-type", "expect")


class BadInputError(Exception):
    """A request that is not read to its end.

    Args:
        status: HTTP status code to refuse it with.
        text: what is wrong.
    """

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


class LimitedInput(io.RawIOBase):
    """A socket's bytes, with a deadline and a number of bytes for the whole of what is read next.

    Args:
        connection: the socket.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._deadline = 0.0
        self._left: int | None = None

    def expect(self, seconds: float, size: int | None = None) -> None:
        """Set the limits of what is read next.

        Args:
            seconds: time until all of it must be there.
            size: bytes that it may have; None (the default) for any number.
        """
        self._deadline = time.monotonic() + seconds
        self._left = size

    def hurry(self, seconds: float) -> None:
        """Set another deadline for the same bytes.

        Args:
            seconds: time from now.
        """
        self._deadline = time.monotonic() + seconds

    def extend(self, seconds: float) -> None:
        """Put the deadline off.

        Args:
            seconds: how far.
        """
        self._deadline += seconds

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Read what has arrived, or wait for it.

        Args:
            buffer: where it goes.

        Returns:
            How many bytes were read; 0 at the end of the connection.

        Raises:
            TimeoutError: the deadline has passed.
            BadInputError: it is too long.
        """
        remaining = self._deadline - time.monotonic()
        if remaining <= 0:
            raise TimeoutError("the deadline has passed")
        self._connection.settimeout(remaining)
        if self._left is None:
            return self._connection.recv_into(buffer)
        if not self._left:
            raise BadInputError(431, "The header fields are too long")
        # Not more than that: what is read ahead may be a body, which is no reason to refuse.
        size = self._connection.recv_into(buffer, min(len(buffer), self._left))
        self._left -= size
        return size


class BodyMemory:
    """The memory that all bodies together may take while they are read; safe to use from several
    threads.

    Args:
        limit: how many bytes.
    """

    def __init__(self, limit: int) -> None:
        self._left = limit
        self._lock = threading.Lock()

    def take(self, size: int) -> None:
        """Take memory for a part of a body.

        Args:
            size: its bytes.

        Raises:
            BadInputError: there is too little left.
        """
        with self._lock:
            if size > self._left:
                raise BadInputError(503, "Too many long bodies are arriving at once")
            self._left -= size

    def give_back(self, size: int) -> None:
        """Give back what a body has taken.

        Args:
            size: its bytes.
        """
        with self._lock:
            self._left += size


def checked_headers(headers: Message, version: str) -> dict[str, str]:
    """Return the header fields of a request.

    Args:
        headers: what was parsed.
        version: version of the protocol, such as ``"HTTP/1.1"``.

    Returns:
        The fields, names in lower case; of a repeated one, the last.

    Raises:
        BadInputError: they can be read in two ways, or HTTP/1.1 comes without a host.
    """
    if headers.defects:
        raise BadInputError(400, "A header field is not well formed")
    fields: dict[str, str] = {}
    for name, value in headers.items():
        name, value = name.lower(), value.strip(" \t")
        if _FORBIDDEN.search(value):
            raise BadInputError(400, "A header field is not well formed")
        if name in _ONCE and fields.get(name, value) != value:
            raise BadInputError(400, f"There are two fields {name}")
        fields[name] = value
    if "host" not in fields and version != "HTTP/1.0":
        raise BadInputError(400, "Send a Host field")
    return fields


def body_length(headers: Mapping[str, str], version: str) -> int | None:
    """Tell how long a body is.

    Args:
        headers: checked header fields.
        version: version of the protocol.

    Returns:
        Its length in bytes; None for a body that comes in chunks.

    Raises:
        BadInputError: the fields contradict each other or are of an unknown kind.
    """
    coding = headers.get("transfer-encoding")
    length = headers.get("content-length")
    if coding is not None:
        if length is not None or version == "HTTP/1.0":
            raise BadInputError(400, "Transfer-Encoding is not allowed here")
        if coding.lower() != "chunked":
            raise BadInputError(501, "Of all transfer codings, only chunked is known")
        return None
    if length is None:
        return 0
    if not (length.isascii() and length.isdigit()):
        raise BadInputError(400, "Content-Length is not a number")
    # Longer than any limit; int() refuses enormous numbers.
    return int(length) if len(length) <= 15 else 10**15


def read_body(
    stream: io.BufferedReader[Any],
    source: LimitedInput,
    length: int | None,
    limit: int,
    seconds: float,
    memory: BodyMemory,
) -> bytes:
    """Read a body.

    Args:
        stream: buffered reader of the connection.
        source: what it reads from.
        length: its length in bytes; None for a body in chunks.
        limit: bytes that it may have.
        seconds: time until it must be there; more for each part that has arrived.
        state: where its bytes are taken from while it is read; given back at the end.

    Returns:
        The body.

    Raises:
        BadInputError: it is too long, or its chunks are not well formed.
        TimeoutError: it did not arrive in time.
        EOFError: the connection ended before it did.
    """
    source.expect(seconds)
    parts = _pieces(stream, length or 0) if length is not None else _chunks(stream, limit)
    body, taken = bytearray(), 0
    try:
        for part in parts:
            memory.take(len(part))
            taken += len(part)
            source.extend(len(part) / _SLOWEST)
            body += part
        return bytes(body)
    finally:
        memory.give_back(taken)


def _pieces(stream: io.BufferedReader[Any], length: int) -> Iterable[bytes]:
    while length:
        part = stream.read(min(length, _CHUNK_BYTES))
        if not part:
            raise EOFError
        length -= len(part)
        yield part


def _chunks(stream: io.BufferedReader[Any], limit: int) -> Iterable[bytes]:
    while size := _chunk_size(stream):
        limit -= size
        if limit < 0:
            raise BadInputError(413, "The body is too long")
        yield from _pieces(stream, size)
        if _line(stream) != b"":
            raise BadInputError(400, "A chunk has another length than stated")
    for _ in range(_TRAILER_LINES):
        if _line(stream) == b"":
            return
    raise BadInputError(431, "There are too many trailers")


def _chunk_size(stream: io.BufferedReader[Any]) -> int:
    word = _line(stream).partition(b";")[0].strip(b" \t")
    if not _SIZE.fullmatch(word):
        raise BadInputError(400, "The length of a chunk is not a number")
    return int(word, 16)


def _line(stream: io.BufferedReader[Any]) -> bytes:
    line = stream.readline(_LINE_BYTES)
    if not line:
        raise EOFError
    if not line.endswith(b"\n"):
        raise BadInputError(400, "A line between chunks is too long")
    return line.removesuffix(b"\n").removesuffix(b"\r")
