"""The sandbox in the same process: carries a client's requests to it without a socket.

This module owns the acting out of replies for the SDK's own clients: delays, failed connects,
dropped and cut answers. What is answered is the sandbox's business.
"""

from __future__ import annotations

import asyncio
import time

from ..exchange import MAX_ANSWER_BYTES, Delivery, HttpReply, HttpRequest, TransportFailure
from .messages import Connection, SandboxReply, SandboxRequest
from .sandbox import Sandbox

__all__ = ["SandboxTransport"]


class SandboxTransport:
    """Carries the requests of ``A2E`` and ``AsyncA2E`` to a sandbox in this process.

    Pass it as ``http_client`` to let several clients, or a client and a test, share one sandbox:

        sandbox = Sandbox(clock=ManualClock())
        a2e = A2E(region="sandbox", http_client=SandboxTransport(sandbox))

    Args:
        sandbox: The sandbox. Default: a new one, with the three records of the reference page.
    """

    def __init__(self, sandbox: Sandbox | None = None) -> None:
        self.sandbox = sandbox or Sandbox()

    def exchange(self, request: HttpRequest) -> HttpReply:
        """Send one request and return the whole answer, or raise `TransportFailure`."""
        reply = self._handle(request)
        wait = _seconds_to_wait(reply, request)
        if wait:
            time.sleep(wait)
        return _act_out(reply, request)

    async def exchange_async(self, request: HttpRequest) -> HttpReply:
        """Send one request and return the whole answer, or raise `TransportFailure`."""
        reply = self._handle(request)
        wait = _seconds_to_wait(reply, request)
        # Even without a delay: a real exchange lets other tasks run, and tests should see that.
        await asyncio.sleep(wait)
        return _act_out(reply, request)

    def close(self) -> None:
        """Do nothing; the sandbox keeps its state."""

    async def aclose(self) -> None:
        """Do nothing; the sandbox keeps its state."""

    def _handle(self, request: HttpRequest) -> SandboxReply:
        headers = {**request.headers, "authorization": request.key.authorization()}
        return self.sandbox.handle(
            SandboxRequest.from_target(request.method, request.url, headers, request.body or b"")
        )


def _seconds_to_wait(reply: SandboxReply, request: HttpRequest) -> float:
    return min(reply.delay, request.timeout.read)


def _act_out(reply: SandboxReply, request: HttpRequest) -> HttpReply:
    if reply.connection is Connection.UNREACHED:
        raise TransportFailure("the sandbox refused the connection", Delivery.NOT_SENT)
    if reply.connection is Connection.DROP:
        raise TransportFailure("the sandbox closed the connection", Delivery.UNKNOWN)
    if reply.delay > request.timeout.read:
        raise TransportFailure(
            f"timed out in the read phase after {request.timeout.read:g} s",
            Delivery.UNKNOWN,
            timed_out=True,
        )
    if reply.cut_after is not None and reply.cut_after < len(reply.body):
        raise TransportFailure("the sandbox cut the answer", Delivery.UNKNOWN)
    if len(reply.body) > MAX_ANSWER_BYTES:
        raise TransportFailure(
            f"the answer is larger than {MAX_ANSWER_BYTES} bytes", Delivery.UNKNOWN
        )
    headers = {name.lower(): value for name, value in reply.headers.items()}
    return HttpReply(reply.status, headers, reply.body)
