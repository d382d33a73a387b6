"""A host of one file, on real sockets: honest unless it is told to lie, drop or refuse."""

from __future__ import annotations

import re
import socket
import threading
from collections import deque
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any

import attrs


@attrs.frozen
class HostRequest:
    """A request as it arrived; names of headers in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


def answer(status: int, body: bytes = b"", length: int | None = None, **headers: Any) -> bytes:
    """Return the bytes of an answer; ``length`` is what it claims, -1 for no claim at all."""
    lines = [f"HTTP/1.1 {status} X", "connection: close"]
    if length != -1:
        lines.append(f"content-length: {len(body) if length is None else length}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class FileHost:
    """Serves one file and records every request.

    Args:
        content: The file.
        etag: Its entity tag; None for none.

    Attributes:
        script: What answers the next requests, one each; the honest answer after that.
        requests: What arrived.
    """

    def __init__(self, content: bytes = b"", etag: str | None = '"one"') -> None:
        self.content = content
        self.etag = etag
        self.content_type = "video/mp4"
        self.script: deque[Callable[[HostRequest], bytes | Iterable[bytes]]] = deque()
        self.requests: list[HostRequest] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.link = f"{self.url}/files/result.mp4?Signature=topsecret&Expires=1"

    def honest(self, request: HostRequest) -> bytes:
        """Answer as a good CDN does."""
        headers = {"content_type": self.content_type, "accept_ranges": "bytes"}
        if self.etag is not None:
            headers["etag"] = self.etag
        match = re.fullmatch(r"bytes=(\d+)-", request.headers.get("range", ""))
        if match is None or request.headers.get("if-range", self.etag) != self.etag:
            return answer(200, self.content, **headers)
        start, size = int(match[1]), len(self.content)
        if start >= size:
            return answer(416, content_range=f"bytes */{size}", **headers)
        rest = self.content[start:]
        return answer(206, rest, content_range=f"bytes {start}-{size - 1}/{size}", **headers)

    def cut(self, after: int) -> Callable[[HostRequest], bytes]:
        """Return what answers honestly, but breaks off in the body after some bytes of it."""

        def respond(request: HostRequest) -> bytes:
            head, _, body = self.honest(request).partition(b"\r\n\r\n")
            return head + b"\r\n\r\n" + body[:after]

        return respond

    def ranges(self) -> list[str | None]:
        """Return the ``Range`` of each request."""
        return [request.headers.get("range") for request in self.requests]

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection:
            connection.settimeout(10)
            try:
                request = _read(connection)
                if request is not None:
                    self.requests.append(request)
                    respond = self.script.popleft() if self.script else self.honest
                    answered = respond(request)
                    for piece in (answered,) if isinstance(answered, bytes) else answered:
                        connection.sendall(piece)
            except OSError:
                pass

    def __enter__(self) -> FileHost:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


def _read(connection: socket.socket) -> HostRequest | None:
    received = b""
    while b"\r\n\r\n" not in received:
        chunk = connection.recv(65536)
        if not chunk:
            return None
        received += chunk
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)}
    parts, size = [body], len(body)
    while size < int(headers.get("content-length", "0")):
        chunk = connection.recv(262144)
        if not chunk:
            return None
        parts.append(chunk)
        size += len(chunk)
    return HostRequest(method, path, headers, b"".join(parts))
