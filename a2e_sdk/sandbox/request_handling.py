"""Handle one request: fault, log, token, operation.

This module owns the order of these. What an operation does is in `services` and the parts that it
puts together; a fault changes the reply itself.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from time import perf_counter
from typing import NamedTuple

from attrs import evolve, field, frozen

from a2e_sdk.sandbox.faults.fault import Fault
from a2e_sdk.sandbox.faults.script import FaultScript
from a2e_sdk.sandbox.protocol.messages import Connection, SandboxReply, SandboxRequest
from a2e_sdk.sandbox.protocol.responses import RefusedError, html_page, not_found_page
from a2e_sdk.sandbox.protocol.routing import BadEscapeError, Call, Route
from a2e_sdk.sandbox.protocol.tokens import require_token
from a2e_sdk.sandbox.received.attempts import Attempts
from a2e_sdk.sandbox.received.bodies import kept_body, shown_query
from a2e_sdk.sandbox.received.log import RequestLog
from a2e_sdk.sandbox.received.request import Outcome
from a2e_sdk.sandbox.state.clock import http_time
from a2e_sdk.sandbox.state.server_state import SandboxState
from a2e_sdk.sandbox.state.starts import Start

__all__ = ["RequestHandling"]

_Found = tuple[Route, dict[str, str]] | BadEscapeError | None
"""The operation of a request and its path parameters; what is wrong with them; None without one."""


class _Handled(NamedTuple):
    """The ordinary response to a request, and what the log says of it."""

    reply: SandboxReply
    code: int | None = None
    message: str | None = None
    problems: tuple[str, ...] = ()
    started: Start | None = None


@frozen
class RequestHandling:
    """Handles the requests of one sandbox; its caller holds the lock.

    Args:
        state: the clock, the ids, and the delay of every reply.
        find: finds the route of a method and a path, and its parameters.
        faults: what goes wrong on purpose.
        log: keeps what arrived.
        attempts: tells which request repeats another.
    """

    state: SandboxState
    find: Callable[[str, str], tuple[Route, dict[str, str]] | None]
    faults: FaultScript
    log: RequestLog
    attempts: Attempts = field(factory=Attempts)

    def reply_to(self, request: SandboxRequest) -> SandboxReply:
        """Return the reply to a request, and how it is to be acted out.

        Args:
            request: what arrived.
        """
        begun = perf_counter()
        state = self.state
        state.settle(state.clock.now())
        found = self._find(request.method, request.path)
        operation = found[0].operation if isinstance(found, tuple) else None
        if _is_shown_on_page(request, found):
            # Whoever looks at a result takes no fault from the client under test.
            shown = self._call(request, found, now := state.clock.now()).reply
            return evolve(shown, headers=shown.headers | {"date": http_time(now)})
        met = self.faults.take_waiting(operation)
        fault = None if met is None else met.fault
        now = state.clock.now()
        dated = {"date": http_time(now)}
        if fault is not None and fault.connection is Connection.UNREACHED:
            return self._delayed(fault.act_on(SandboxReply(0, dated)))
        number, attempt = self.log.next_number(), self.attempts.of(request)
        if fault is None or fault.takes_effect:
            seen = request if fault is None else fault.seen(request)
            handled = self._respond(seen, found, now, number)
            reply = handled.reply
            reply = evolve(reply, headers=reply.headers | dated)
        else:
            reply = SandboxReply(0, dated)
            handled = _Handled(reply, problems=_problems(request, found, now))
        reply = self._delayed(reply if fault is None else fault.act_on(reply))
        outcome = _outcome(reply, fault)
        if outcome in ("dropped", "cut") or reply.status == 429 or reply.status >= 500:
            self.attempts.note_failed(request, number, attempt.count)
        content = None if operation == "put_upload" else kept_body(request.body, request.headers)
        query = shown_query(request.query)
        text_bytes = len(request.path) + len(content or b"") + len(str(query) if query else "")
        self.log.add(
            operation,
            text_bytes,
            (
                request.method,
                request.path,
                operation,
                query,
                frozenset(request.headers),
                now,
                number,
                content,
                len(request.body),
                None if outcome == "dropped" else reply.status,
                handled.code,
                handled.message,
                handled.problems,
                outcome,
                perf_counter() - begun,
                reply.delay,
                attempt.count,
                attempt.retry_of,
                fault,
                None if met is None else met.id,
                handled.started,
            ),
        )
        return reply

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
            return self.find(method, path)
        except BadEscapeError as problem:
            return problem

    def _delayed(self, reply: SandboxReply) -> SandboxReply:
        latency = self.state.latency
        return evolve(reply, delay=reply.delay + latency) if latency else reply

    def _respond(
        self, request: SandboxRequest, found: _Found, now: datetime, number: int
    ) -> _Handled:
        state = self.state
        state.request, state.started = number, None
        try:
            handled = self._call(request, found, now)
        finally:
            state.request = None
        return handled if state.started is None else handled._replace(started=state.started)

    def _call(self, request: SandboxRequest, found: _Found, now: datetime) -> _Handled:
        if not isinstance(found, tuple):
            page = (
                not_found_page(request.method, request.path)
                if found is None
                else html_page(400, "Error", str(found))
            )
            return _Handled(page, problems=_problems(request, found, now))
        route, parameters = found
        try:
            if not route.public:
                require_token(request)
            reply = route.handler(Call(request, parameters, now))
        except RefusedError as refusal:
            reply = refusal.reply(self.state.identifiers.trace_id())
            return _Handled(reply, refusal.code, refusal.text, refusal.problems)
        return _Handled(reply, None if route.check is None else 0)


def _is_shown_on_page(request: SandboxRequest, found: _Found) -> bool:
    """Tell whether the sandbox's own page shows a file; no other page has the same origin."""
    return (
        request.headers.get("sec-fetch-site") == "same-origin"
        and request.method in ("GET", "HEAD")
        and isinstance(found, tuple)
        and found[0].public
    )


def _problems(request: SandboxRequest, found: _Found, now: datetime) -> tuple[str, ...]:
    """Return what the spec says is wrong with a request that is not handled."""
    if found is None:
        return (f"Cannot {request.method} {request.path}",)
    if isinstance(found, BadEscapeError):
        return (str(found),)
    route, parameters = found
    try:
        if route.check is not None:
            route.check(Call(request, parameters, now))
    except RefusedError as refusal:
        return refusal.problems
    return ()


def _outcome(reply: SandboxReply, fault: Fault | None) -> Outcome:
    if reply.connection is not Connection.ANSWER:
        return "dropped"
    if reply.cut_after is not None and reply.cut_after < len(reply.body):
        return "cut"
    return "stalled" if fault is not None and fault.delay else "replied"
