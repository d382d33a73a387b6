"""The sandbox in the same process: carries a client's requests to it without a socket.

This module owns the acting out of replies for the SDK's own clients: delays, failed connects,
dropped connections and cut responses. What a response says is left to the sandbox.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Generator, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager

from a2e_sdk._http.failures import Delivery, TransportFailure, out_of_time, timed_out
from a2e_sdk._http.messages import (
    MAX_ANSWER_BYTES,
    AnyRequest,
    AsyncFileRequest,
    AsyncFileResponse,
    FileRequest,
    FileResponse,
    HttpRequest,
    HttpResponse,
)
from a2e_sdk.sandbox.protocol.messages import Connection, SandboxReply, SandboxRequest

from .sandbox import Sandbox

__all__ = ["SandboxTransport"]

_CHUNK = 64 * 1024


class SandboxTransport:
    """Carries the requests of ``A2E`` and ``AsyncA2E`` to a sandbox in this process.

    Pass it as ``http_client`` to let several clients, or a client and a test, share one sandbox:

        sandbox = Sandbox(clock=ManualClock())
        a2e = A2E(region="sandbox", http_client=SandboxTransport(sandbox))

    Args:
        sandbox: The sandbox. Default: a new one, with the three records of the reference page.
    """

    #: It adds no time but the delay of a fault, which it cuts by itself.
    ends_in_time = True

    def __init__(self, sandbox: Sandbox | None = None) -> None:
        self.sandbox = sandbox or Sandbox()

    def send_request(self, request: HttpRequest) -> HttpResponse:
        """Send one request and return the whole response, or raise `TransportFailure`."""
        reply = self._handle(request)
        _wait(reply, request)
        return _act_out(reply, request)

    async def send_request_async(self, request: HttpRequest) -> HttpResponse:
        """Send one request and return the whole response, or raise `TransportFailure`."""
        reply = self._handle(request)
        await _wait_async(reply, request)
        return _act_out(reply, request)

    @contextmanager
    def stream(self, request: FileRequest) -> Generator[FileResponse, None, None]:
        """Send a request, return its response as it arrives, or raise `TransportFailure`."""
        reply = self._handle_file(request, b"".join(request.content or ()))
        _wait(reply, request)
        _refuse(reply, request)
        yield FileResponse(reply.status, _headers(reply), _chunks(reply))

    @asynccontextmanager
    async def stream_async(
        self, request: AsyncFileRequest
    ) -> AsyncGenerator[AsyncFileResponse, None]:
        """Send a request, return its response as it arrives, or raise `TransportFailure`."""
        content = b""
        if request.content is not None:
            content = b"".join([chunk async for chunk in request.content])
        reply = self._handle_file(request, content)
        await _wait_async(reply, request)
        _refuse(reply, request)
        async with aclosing(_async_chunks(reply)) as chunks:
            yield AsyncFileResponse(reply.status, _headers(reply), chunks)

    def close(self) -> None:
        """Do nothing; the sandbox keeps its state."""

    async def aclose(self) -> None:
        """Do nothing; the sandbox keeps its state."""

    def _handle(self, request: HttpRequest) -> SandboxReply:
        headers = {**request.headers, "authorization": request.key.authorization()}
        return self.sandbox.handle(
            SandboxRequest.from_target(request.method, request.url, headers, request.body or b"")
        )

    def _handle_file(self, request: FileRequest | AsyncFileRequest, content: bytes) -> SandboxReply:
        return self.sandbox.handle(
            SandboxRequest.from_target(request.method, request.url, request.headers, content)
        )


def _patience(request: AnyRequest) -> float:
    read = request.timeout.read
    return read if request.total is None else min(read, request.total)


def _wait(reply: SandboxReply, request: AnyRequest) -> None:
    wait = min(reply.delay, _patience(request))
    if wait:
        time.sleep(wait)


async def _wait_async(reply: SandboxReply, request: AnyRequest) -> None:
    import anyio  # Blocking clients go without.

    # Even without a delay: a real exchange lets other tasks run, and tests should see that.
    await anyio.sleep(min(reply.delay, _patience(request)))


def _refuse(reply: SandboxReply, request: AnyRequest) -> None:
    if reply.connection is Connection.UNREACHED:
        raise TransportFailure("the sandbox refused the connection", Delivery.NOT_SENT)
    if reply.connection is Connection.DROP:
        raise TransportFailure("the sandbox closed the connection", Delivery.UNKNOWN)
    if reply.delay > request.timeout.read:
        raise timed_out("read", request, Delivery.UNKNOWN)
    if request.total is not None and reply.delay > request.total:
        raise out_of_time(request)


def _headers(reply: SandboxReply) -> dict[str, str]:
    """Return what would be on a socket, where a body without a length goes out in chunks."""
    chunked = {} if "content-length" in reply.headers else {"transfer-encoding": "chunked"}
    return {**reply.headers, **chunked}


def _is_cut(reply: SandboxReply) -> bool:
    return reply.cut_after is not None and reply.cut_after < len(reply.body)


def _was_cut() -> TransportFailure:
    return TransportFailure("the sandbox cut the response", Delivery.UNKNOWN)


def _chunks(reply: SandboxReply) -> Iterator[bytes]:
    body = reply.body[: reply.cut_after]
    for start in range(0, len(body), _CHUNK):
        yield body[start : start + _CHUNK]
    if _is_cut(reply):
        raise _was_cut()


async def _async_chunks(reply: SandboxReply) -> AsyncGenerator[bytes, None]:
    for chunk in _chunks(reply):
        yield chunk


def _act_out(reply: SandboxReply, request: HttpRequest) -> HttpResponse:
    _refuse(reply, request)
    if _is_cut(reply):
        raise _was_cut()
    if len(reply.body) > MAX_ANSWER_BYTES:
        raise TransportFailure(
            f"the response is larger than {MAX_ANSWER_BYTES} bytes", Delivery.UNKNOWN
        )
    headers = {name.lower(): value for name, value in reply.headers.items()}
    return HttpResponse(reply.status, headers, reply.body)
