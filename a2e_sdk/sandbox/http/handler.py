"""One connection of the sandbox's HTTP server.

This module owns the way of a request: it is read, its host is checked, it goes to the sandbox or to
the control endpoints, and the reply is acted out, delays, closed connections and cut bodies
included. It decides no reply itself, except for requests that are no usable HTTP.
"""

from __future__ import annotations

import contextlib
import io
import socket
import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler
from threading import Event
from typing import Any, Protocol, cast
from urllib.parse import urlsplit

from attrs import evolve

from a2e_sdk.sandbox.control.dispatch import (
    Control,
    control_error,
    is_control_path,
    most_bytes,
)
from a2e_sdk.sandbox.control.events import HEARTBEAT, EventStream
from a2e_sdk.sandbox.control.guard import host_name, may_be_host
from a2e_sdk.sandbox.protocol.messages import Connection, SandboxReply, SandboxRequest
from a2e_sdk.sandbox.protocol.responses import html_page
from a2e_sdk.sandbox.sandbox import Sandbox
from a2e_sdk.sandbox.state.clock import http_time

from .event_readers import EventReaders
from .input import (
    HEAD_BYTES,
    BadInputError,
    BodyMemory,
    LimitedInput,
    body_length,
    checked_headers,
    read_body,
)

__all__ = ["MAX_BODY_BYTES", "Handler"]

MAX_BODY_BYTES = 16 * 1024 * 1024
"""A longer request body gets HTTP 413 and not read. The body of an upload is read into
memory up to the sandbox's ``upload_limit`` instead."""

_INERT = {
    "content-security-policy": "sandbox allow-same-origin; script-src 'none'",
    "x-content-type-options": "nosniff",
}
"""Header fields of all that clients have a part in: an uploaded page that somebody opens runs no
script, which would have the origin of the control endpoints."""

_CHUNK_BYTES = 64 * 1024
_IDLE_SECONDS = 60.0
_SEND_SECONDS = 30.0
_DRAIN_SECONDS = 2.0
_EVENT_SECONDS = 0.1
_HEARTBEAT_SECONDS = 15.0


class Owner(Protocol):
    """What a handler has to know of the server that accepted its connection."""

    sandbox: Sandbox
    control: Control
    host: str
    allowed_hosts: frozenset[str]
    head_seconds: float
    body_seconds: float
    body_memory: BodyMemory
    event_readers: EventReaders
    log: Callable[[str], object]
    closing: Event


class Handler(BaseHTTPRequestHandler):
    """Reads the requests of one connection and acts out their replies."""

    protocol_version = "HTTP/1.1"
    # The HTTP version of the reply to a request that can't be understood.
    default_request_version = "HTTP/1.0"
    disable_nagle_algorithm = True
    wbufsize = -1  # Head and body leave in one piece.

    @property
    def _owner(self) -> Owner:
        return cast(Owner, self.server)

    def setup(self) -> None:
        """Read through limits from here on."""
        super().setup()
        self.rfile.close()
        self._input = LimitedInput(self.connection)
        self.rfile = self._reader = io.BufferedReader(self._input, _CHUNK_BYTES)

    def finish(self) -> None:
        """Send what is left, if anybody still takes it."""
        # The client may have left with a part of its response unsent.
        with contextlib.suppress(OSError, ValueError):
            super().finish()

    def handle_one_request(self) -> None:
        """Deal with one request; whether another may follow is in ``close_connection``."""
        self.close_connection = True
        self.command, self.requestline, self.request_version = "", "", "HTTP/1.0"
        try:
            self._take_request()
        except BadInputError as problem:
            self._refuse(problem.status, str(problem))
        except EOFError:
            pass
        except OSError as problem:
            # It has left, or takes nothing: what is still unsent must not be waited for.
            self.connection.settimeout(0)
            self.log_message("connection ended: %r", problem)

    def _take_request(self) -> None:
        self._input.expect(_IDLE_SECONDS, HEAD_BYTES)
        try:
            if not self._reader.peek(1):
                return
        except TimeoutError:
            return
        self._input.hurry(self._owner.head_seconds)
        try:
            self.raw_requestline = self._reader.readline(HEAD_BYTES + 1)
            if len(self.raw_requestline.split()) != 3:
                raise BadInputError(400, "The request line is not well formed")
            if not self.parse_request():
                return
            self._serve()
        except TimeoutError:
            raise BadInputError(408, "The request took too long") from None

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what the base class can't parse."""
        self.close_connection = True
        self._refuse(code, explain or message or "The request was refused")

    def handle_expect_100(self) -> bool:
        """Go on, without a word to the client."""
        # Said when the head has been found good, in `_read_body`.
        return True

    def log_message(self, format: str, *args: Any) -> None:
        """Write a line whose control characters no terminal obeys."""
        line = format % args
        self._owner.log("".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in line))

    def _serve(self) -> None:
        headers = checked_headers(self.headers, self.request_version)
        try:
            request = SandboxRequest.from_target(self.command, self.path, headers)
        except ValueError:
            raise BadInputError(400, "The request target is not a URL") from None
        is_control = is_control_path(request.path)
        wrong = self._wrong_host(headers)
        if wrong is not None:
            self._refuse(421, wrong, as_json=is_control)
            return
        request = evolve(request, body=self._read_body(request, is_control))
        # Not for a refused request, after which bytes may be left that are no request.
        self.close_connection = self._wants_to_close(headers)
        handle = self._owner.control.handle if is_control else self._owner.sandbox.handle
        try:
            reply = handle(request)
        except Exception as problem:
            self.log_message("error in the sandbox: %r", problem)
            self._refuse(500, "The sandbox has failed; this is a bug of it", as_json=is_control)
            return
        if isinstance(reply, EventStream):
            self._stream(reply)
            return
        if is_control:
            date = http_time(self._owner.sandbox.clock.now())
            reply = evolve(reply, headers=reply.headers | {"date": date})
        else:
            reply = evolve(reply, headers=_INERT | reply.headers)
        self._act(reply)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _serve

    def _wants_to_close(self, headers: Mapping[str, str]) -> bool:
        words = [word.strip() for word in headers.get("connection", "").lower().split(",")]
        if self.request_version == "HTTP/1.0":
            return "keep-alive" not in words
        return "close" in words

    def _wrong_host(self, headers: Mapping[str, str]) -> str | None:
        """Return what is wrong with the host that the client means; None for nothing."""
        hosts = [headers["host"]] if "host" in headers else []
        if "://" in self.path.partition("?")[0]:
            hosts.append(urlsplit(self.path).netloc)
        for host in hosts:
            name = host_name(host)
            if name is None or not may_be_host(name, self._owner.host, self._owner.allowed_hosts):
                return f"{host[:100]!r} is no name of this server; --allow-host adds names"
        return None

    def _read_body(self, request: SandboxRequest, is_control: bool) -> bytes:
        length = body_length(request.headers, self.request_version)
        owner = self._owner
        limit = most_bytes(request.method, request.path) if is_control else MAX_BODY_BYTES
        if owner.sandbox.takes_upload(request.method, request.path):
            limit = owner.sandbox.upload_limit
            if length is None:
                raise BadInputError(411, "Send a Content-Length")
        if length is not None and length > limit:
            raise BadInputError(413, f"A body may have {limit} bytes")
        expected = request.headers.get("expect", "").lower()
        if expected and self.request_version != "HTTP/1.0":
            if expected != "100-continue":
                raise BadInputError(417, "Of all expectations, only 100-continue is known")
            if length != 0:
                self.connection.settimeout(_SEND_SECONDS)
                self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
                self.wfile.flush()
        return read_body(
            self._reader, self._input, length, limit, owner.body_seconds, owner.body_memory
        )

    def _refuse(self, status: int, text: str, *, as_json: bool = False) -> None:
        reply = control_error(status, text) if as_json else html_page(status, str(status), text)
        date = http_time(self._owner.sandbox.clock.now())
        self._act(evolve(reply, headers=reply.headers | {"connection": "close", "date": date}))
        # A connection that is closed with bytes unread is reset, and the response with it.
        self.connection.shutdown(socket.SHUT_WR)
        self._input.expect(_DRAIN_SECONDS)
        with contextlib.suppress(OSError):
            while self._reader.read1(_CHUNK_BYTES):
                pass

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
        has_body = self.command != "HEAD" and reply.status not in (204, 304)
        body = reply.body if has_body else b""
        length = reply.headers.get("content-length")
        in_chunks = length is None and self.request_version != "HTTP/1.0" and has_body
        if in_chunks:
            self.send_header("transfer-encoding", "chunked")
        elif self.command != "HEAD" and length != str(len(body)):
            # A client would read what comes now as the beginning of the next response.
            # The base class closes the connection on seeing this field.
            self.send_header("connection", "close")
        elif self.request_version == "HTTP/1.0" and not self.close_connection:
            self.send_header("connection", "keep-alive")
        self.end_headers()
        whole = reply.cut_after is None
        if not whole:
            body = body[: reply.cut_after]
            self.close_connection = True
        if in_chunks:
            self._write_chunks(body, ended=whole)
        else:
            self.wfile.write(body)
        self.wfile.flush()

    def _stream(self, events: EventStream) -> None:
        """Send events until the reader leaves, takes nothing any more, or the server is closed."""
        with self._owner.event_readers.one_more() as is_admitted:
            if not is_admitted:
                self._refuse(503, "Too many pages follow the events of this sandbox", as_json=True)
                return
            self.close_connection = True
            self.log_request(200)
            self.send_response_only(200)
            date = http_time(self._owner.sandbox.clock.now())
            for name, value in (events.headers | {"date": date, "connection": "close"}).items():
                self.send_header(name, value)
            try:
                self.end_headers()
                self._send_events(events)
            except OSError:
                # It takes nothing any more: what is still unsent must not be waited for.
                self.connection.settimeout(0)

    def _send_events(self, events: EventStream) -> None:
        silent_until = 0.0
        while not self._owner.closing.is_set():
            event = events.next_event()
            now = time.monotonic()
            if event or now >= silent_until:
                silent_until = now + _HEARTBEAT_SECONDS
                self.wfile.write(event or HEARTBEAT)
                self.wfile.flush()
            if self._has_left():
                return

    def _has_left(self) -> bool:
        """Wait for the time between two events; tell whether the reader has closed its side.

        What it sends instead is no request any more, and ends the events too.
        """
        self.connection.settimeout(_EVENT_SECONDS)
        try:
            self.connection.recv(1)
        except TimeoutError:
            return False
        finally:
            self.connection.settimeout(_SEND_SECONDS)
        return True

    def end_headers(self) -> None:
        """End the head of a response."""
        # From here on it is written, and reading has left its own timeout behind.
        self.connection.settimeout(_SEND_SECONDS)
        super().end_headers()

    def _write_chunks(self, body: bytes, *, ended: bool) -> None:
        for start in range(0, len(body), _CHUNK_BYTES):
            chunk = body[start : start + _CHUNK_BYTES]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
        if ended:
            self.wfile.write(b"0\r\n\r\n")
