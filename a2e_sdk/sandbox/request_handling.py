"""Handle one request: fault, log, token, operation.

This module owns the order of these. What an operation does is in `services` and the parts that it
puts together; a fault changes the reply itself.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from attrs import evolve, frozen

from a2e_sdk.sandbox.faults.script import FaultScript
from a2e_sdk.sandbox.protocol.messages import Connection, SandboxReply, SandboxRequest
from a2e_sdk.sandbox.protocol.responses import RefusedError, html_page, not_found_page
from a2e_sdk.sandbox.protocol.routing import BadEscapeError, Call, Route, Router
from a2e_sdk.sandbox.protocol.tokens import require_token
from a2e_sdk.sandbox.state.clock import http_time
from a2e_sdk.sandbox.state.request_log import ReceivedRequest, RequestLog
from a2e_sdk.sandbox.state.server_state import SandboxState

__all__ = ["RequestHandling"]

_Found = tuple[Route, dict[str, str]] | BadEscapeError | None
"""The operation of a request and its path parameters; what is wrong with them; None without one."""


@frozen
class RequestHandling:
    """Handles the requests of one sandbox; its caller holds the lock.

    Args:
        state: the clock, the ids, and the delay of every reply.
        router: returns the router, which is made for the first request.
        faults: what goes wrong on purpose.
        log: keeps what arrived.
    """

    state: SandboxState
    router: Callable[[], Router]
    faults: FaultScript
    log: RequestLog

    def reply_to(self, request: SandboxRequest) -> SandboxReply:
        """Return the reply to a request, and how it is to be acted out.

        Args:
            request: what arrived.
        """
        self.state.settle(self.state.clock.now())
        reply = self._meet_fault(request, self._find(request.method, request.path))
        latency = self.state.latency
        return evolve(reply, delay=reply.delay + latency) if latency else reply

    def operation_of(self, method: str, path: str) -> str | None:
        """Return the name of the operation that a request is for; None for an unknown path.

        Args:
            method: HTTP method.
            path: path as on the wire, without the query.
        """
        found = self._find(method, path)
        return found[0].operation if isinstance(found, tuple) else None

    def _find(self, method: str, path: str) -> _Found:
        try:
            return self.router().find(method, path)
        except BadEscapeError as problem:
            return problem

    def _meet_fault(self, request: SandboxRequest, found: _Found) -> SandboxReply:
        operation = found[0].operation if isinstance(found, tuple) else None
        fault = self.faults.take(operation)
        now = self.state.clock.now()
        dated = {"date": http_time(now)}
        unhandled = SandboxReply(0, dated)
        if fault is not None and fault.connection is Connection.UNREACHED:
            return fault.act_on(unhandled)
        names = frozenset(request.headers)
        query = dict(request.query)
        self.log.add(ReceivedRequest(request.method, request.path, operation, query, names, now))
        if fault is not None and not fault.takes_effect:
            return fault.act_on(unhandled)
        reply = self._respond(request if fault is None else fault.seen(request), found, now)
        reply = evolve(reply, headers=reply.headers | dated)
        return reply if fault is None else fault.act_on(reply)

    def _respond(self, request: SandboxRequest, found: _Found, now: datetime) -> SandboxReply:
        if isinstance(found, BadEscapeError):
            return html_page(400, "Error", str(found))
        if found is None:
            return not_found_page(request.method, request.path)
        route, parameters = found
        try:
            if not route.public:
                require_token(request)
            return route.handler(Call(request, parameters, now))
        except RefusedError as refusal:
            return refusal.reply(self.state.identifiers.trace_id())
