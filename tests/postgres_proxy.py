"""A proxy before a real PostgreSQL that cuts connections, or keeps them waiting, at a chosen moment.

It listens on a socket of the system, in a folder of its own, as the server of the tests does.
"""

from __future__ import annotations

import contextlib
import shutil
import socket
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

BEFORE, AFTER, ANSWER = "before", "after", "answer"
#: The moments at which a statement can be cut: it never arrives; it arrives, and nobody is told;
#: it was carried out, and its answer gets lost.
MOMENTS = (BEFORE, AFTER, ANSWER)
_NAME = ".s.PGSQL.5432"


class Proxy:
    """Passes on what clients and a server say to each other.

    Args:
        url: The URL of the server, whose ``host`` is a folder.

    Attributes:
        statements: The statements that came by since the last `reset`, by their beginnings.
        decide: Says for each statement whether and how it is cut; by its number and its text.
    """

    def __init__(self, url: str) -> None:
        (self._upstream,) = parse_qs(urlsplit(url).query)["host"]
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self.url = url.replace(quote(self._upstream, safe="/"), str(self.folder))
        assert self.url != url
        self.reset()
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self.folder / _NAME))
        self._listener.listen(64)
        threading.Thread(target=self._accept, daemon=True).start()

    def reset(self, decide: Callable[[int, str], str | None] = lambda number, text: None) -> None:
        """Count statements from 0 again, and cut them as a function decides."""
        self.statements: list[str] = []
        self.decide = decide
        self.cuts = 0

    def cut_at(self, number: int, moment: str) -> None:
        """Cut one statement, by its number, and none after it."""
        self.reset(lambda at, text: moment if at == number else None)

    def close(self) -> None:
        """End it, and whatever goes through it."""
        self._listener.close()
        for one in list(self._open):
            _end(one)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            try:
                server.connect(str(Path(self._upstream, _NAME)))
            except OSError:
                client.close()
                continue
            self._open |= {client, server}
            connection = _Proxied(self, client, server)
            for target in (connection.to_server, connection.to_client):
                threading.Thread(target=target, daemon=True).start()

    def verdict(self, text: str) -> str | None:
        """Note a statement; tell how it is cut."""
        with self._lock:
            number = len(self.statements)
            self.statements.append(text)
            verdict = self.decide(number, text)
            self.cuts += verdict is not None
            return verdict


class _Proxied:
    """One connection through a proxy."""

    def __init__(self, proxy: Proxy, client: socket.socket, server: socket.socket) -> None:
        self._proxy = proxy
        self._client = client
        self._server = server
        self._swallows = False

    def end(self) -> None:
        _end(self._client)
        _end(self._server)

    def to_server(self) -> None:
        """Pass on what the client says, a statement at a time."""
        try:
            size = _exactly(self._client, 4)
            self._server.sendall(size + _exactly(self._client, int.from_bytes(size, "big") - 4))
            said, text = b"", ""
            while True:
                head = _exactly(self._client, 5)
                body = _exactly(self._client, int.from_bytes(head[1:], "big") - 4)
                said += head + body
                kind = head[:1]
                if kind in b"QP":  # A simple statement, or one that is prepared under a name.
                    text = body.split(b"\0")[kind == b"P"].decode(errors="replace")
                if kind not in b"QSX":
                    continue
                verdict = None if kind == b"X" else self._proxy.verdict(text)
                if verdict == BEFORE:
                    break
                self._swallows = verdict == ANSWER
                self._server.sendall(said)
                said, text = b"", ""
                if verdict == AFTER:
                    break
        except OSError:
            pass
        self.end()

    def to_client(self) -> None:
        """Pass on what the server says, but for the answer to a statement that is cut."""
        try:
            while True:
                head = _exactly(self._server, 5)
                body = _exactly(self._server, int.from_bytes(head[1:], "big") - 4)
                if not self._swallows:
                    self._client.sendall(head + body)
                elif head[:1] == b"Z":  # It is ready for the next one.
                    break
        except OSError:
            pass
        self.end()


def _exactly(stream: socket.socket, size: int) -> bytes:
    got = b""
    while len(got) < size:
        more = stream.recv(size - len(got))
        if not more:
            raise ConnectionError
        got += more
    return got


def _end(stream: socket.socket) -> None:
    # Only to shut it down wakes the other thread that reads it.
    with contextlib.suppress(OSError):
        stream.shutdown(socket.SHUT_RDWR)
    stream.close()
