"""A real S3 server on loopback behind a proxy that counts, and fails where it is told to."""

from __future__ import annotations

import contextlib
import http.client
import logging
import re
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

import attrs
from moto.moto_api._internal import moto_api_backend
from moto.server import ThreadedMotoServer

KEY_ID, SECRET = "AKIAEXAMPLEEXAMPLE00", "wJalrXUtnFEMI-secret-of-the-tests"


@attrs.define
class StoreRequest:
    """A request to the store, and how many bytes of an object went which way."""

    method: str
    path: str
    headers: dict[str, str]
    sent: int = 0
    received: int = 0


#: Returns the status and the body of a response; or after how many bytes to cut that of the store;
#: or None, to leave the request to the store.
Fault = Callable[[StoreRequest], "tuple[int, bytes] | int | None"]


def refusal(status: int, code: str) -> tuple[int, bytes]:
    """An error as S3 writes it, with what must not be shown."""
    text = f"<Error><Code>{code}</Code><Message>for {SECRET}</Message></Error>"
    return status, text.encode()


class ObjectStore:
    """The server, its proxy, and what is in it.

    Attributes:
        url: The address of the proxy.
        requests: What came through it.
        faults: Asked in order for each request.
    """

    def __init__(self) -> None:
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self._moto.start()
        self._address: tuple[str, int] = self._moto.get_host_and_port()
        self.requests: list[StoreRequest] = []
        self.faults: list[Fault] = []
        self._proxy = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._proxy.daemon_threads = True
        threading.Thread(target=self._proxy.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._proxy.server_address[1]}"

    def environment(self) -> dict[str, str]:
        """What a program needs to use it."""
        return {
            "AWS_ACCESS_KEY_ID": KEY_ID,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ALLOW_HTTP": "true",
        }

    def reset(self) -> None:
        """Forget everything."""
        moto_api_backend.reset()
        self.requests.clear()
        self.faults.clear()
        self.ask("PUT", "/bucket")

    def close(self) -> None:
        """End both servers."""
        self._proxy.shutdown()
        self._proxy.server_close()
        self._moto.stop()

    def __enter__(self) -> ObjectStore:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def ask(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Ask the store itself, past the proxy; as its owner, unless headers are given."""
        as_owner = {"authorization": f"AWS4-HMAC-SHA256 Credential={KEY_ID}/x/us-east-1/s3/x"}
        connection = http.client.HTTPConnection(*self._address, timeout=60)
        try:
            connection.request(method, path, body, as_owner if headers is None else headers)
            reply = connection.getresponse()
            return reply.status, dict(reply.getheaders()), reply.read()
        finally:
            connection.close()

    def put(self, key: str, content: bytes) -> None:
        """Put an object into ``bucket``."""
        assert self.ask("PUT", f"/bucket/{key}", content)[0] == 200

    def content(self, key: str) -> bytes | None:
        """Return what is in ``bucket``; None where there is nothing."""
        status, _, body = self.ask("GET", f"/bucket/{key}")
        return body if status == 200 else None

    def names(self) -> list[str]:
        """The keys of ``bucket``."""
        return re.findall("<Key>([^<]+)</Key>", self.ask("GET", "/bucket")[2].decode())

    def unfinished(self) -> int:
        """How many uploads in parts were begun, and neither finished nor aborted."""
        return self.ask("GET", "/bucket?uploads")[2].count(b"<Upload>")

    def bytes_read(self) -> int:
        """How many bytes of objects came out through the proxy."""
        return sum(one.received for one in self.requests if one.method == "GET")


def _handler(store: ObjectStore) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle(self) -> None:
            with contextlib.suppress(OSError):  # Killed clients leave in the middle.
                super().handle()

        def _pass_on(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            body = self.rfile.read(length)
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = StoreRequest(self.command, self.path, headers, sent=length)
            store.requests.append(request)
            told = next(
                (t for fault in list(store.faults) if (t := fault(request)) is not None), None
            )
            if isinstance(told, tuple):
                self._answer(told[0], {}, told[1], len(told[1]))
                return
            kept = {name: value for name, value in headers.items() if name != "host"}
            kept["host"] = self.headers["host"]
            status, found, content = store.ask(self.command, self.path, body, kept)
            request.received = len(content)
            size = next((v for n, v in found.items() if n.lower() == "content-length"), None)
            self._answer(status, found, content[:told], int(size or len(content)))

        def _answer(self, status: int, headers: dict[str, str], body: bytes, length: int) -> None:
            self.send_response_only(status)
            for name, value in headers.items():
                if name.lower() not in ("content-length", "connection", "transfer-encoding"):
                    self.send_header(name, value)
            self.send_header("content-length", str(length))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)
                if len(body) != length:
                    self.close_connection = True

        do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = _pass_on

        def log_message(self, *_: Any) -> None:
            pass

    return Handler
