"""One call of one operation: sent, read, repeated where that is safe.

This module owns the loop of attempts. What a response means is decided in ``_http.response``, what
may be repeated in ``_http.retry`` and ``_http.retry_quota``, what is shown of it in
``_http.instrumentation``, and the network is in the transport. It offers the ``call_async`` that
the operations of the generated client are written against.
"""

from __future__ import annotations

import contextlib
import copy
import math
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

import attrs

from a2e_api.types import Request, Response
from a2e_sdk import errors
from a2e_sdk._checks.redaction import safe_text
from a2e_sdk._config.hooks import Hooks
from a2e_sdk._config.regions import Address
from a2e_sdk._config.settings import Configuration
from a2e_sdk._http.error_codes import is_known_code
from a2e_sdk._http.failures import TransportFailure
from a2e_sdk._http.instrumentation import CallObserver
from a2e_sdk._http.messages import HttpRequest, HttpResponse, SendProgress
from a2e_sdk._http.protocols import AsyncClientTransport
from a2e_sdk._http.request import connection_error, encode_request, limit_timeout
from a2e_sdk._http.response import read_response
from a2e_sdk._http.retry import (
    QUOTA_USED_UP,
    Decision,
    Effect,
    Situation,
    decide_retry,
    effect_of,
    may_ask_elsewhere,
)
from a2e_sdk._http.retry_quota import FIRST_SUCCESS
from a2e_sdk._tasks.client_state import ClientState, Start
from a2e_sdk._tasks.interruption import interruption_of, note_call
from a2e_sdk._tasks.recovery import may_have_started

from .concurrency import AsyncClock, AsyncLimiter, Call, disk_work_async, send_request_async

if TYPE_CHECKING:
    from a2e_sdk._journal.opening import ClientJournal

    from .shared_limiter import AsyncSharedLimiter

ParsedT = TypeVar("ParsedT")

#: A read that begins at the deadline of a wait may last so many seconds beyond it.
LAST_READ_SECONDS = 0.8


class _Success(NamedTuple):
    payload: dict[str, Any]
    reply: HttpResponse


class _NotSent(NamedTuple):
    """A call that the client itself holds back: its time is over, or the client is closed."""

    error: errors.APIConnectionError


class _Call(NamedTuple):
    request: Request
    effect: Effect
    end: float
    observer: CallObserver
    start: Start | None


class AsyncFallback(NamedTuple):
    """An address to ask when the client's own can't be reached.

    Args:
        address: Where it is.
        transport: What carries the requests there.
    """

    address: Address
    transport: AsyncClientTransport


class PaidCalls(Protocol):
    """Keeps paid calls within a budget."""

    async def call_async(
        self,
        api: AsyncAPIClient,
        request: Request,
        send: Call[Response[ParsedT]],
        start: Start,
    ) -> Response[ParsedT]:
        """Send a request, after its price was reserved where it costs coins."""
        ...


class AsyncAPIClient:
    """Calls operations of the API with the key, time-outs and retries of one client.

    Args:
        configuration: The client's settings.
        transport: What carries the requests.
        clock: What tells the time. Default: the computer's clock.
        state: What the client has learnt. Default: nothing yet.
        deadline: When the last attempt has to end, by the clock. Default: never.
        fallbacks: Other addresses, in order. Default: none.

    Attributes:
        journal: The way to the client's journal; None without one. Whoever builds it sets it.
        paid_calls: Keeps paid calls that start no task within the budget; None without one.
    """

    def __init__(
        self,
        configuration: Configuration,
        transport: AsyncClientTransport,
        clock: AsyncClock | None = None,
        state: ClientState | None = None,
        deadline: float = math.inf,
        fallbacks: Sequence[AsyncFallback] = (),
    ) -> None:
        self.configuration = configuration
        self.transport = transport
        self.clock = clock or AsyncClock()
        self.state = state or ClientState()
        self.deadline = deadline
        self.fallbacks = tuple(fallbacks)
        self.journal: ClientJournal | None = None
        self.paid_calls: PaidCalls | None = None
        self.limiter: AsyncLimiter | AsyncSharedLimiter | None = None
        if configuration.max_concurrency or configuration.rate_limit:
            self.limiter = AsyncLimiter(configuration.max_concurrency, configuration.rate_limit)

    @property
    def closed(self) -> bool:
        """Whether the client was closed, or one that shares its connections."""
        return self.state.closed

    def with_deadline(self, deadline: float) -> AsyncAPIClient:
        """Return an API client of the same connections whose calls end by a deadline."""
        other = copy.copy(self)
        other.deadline = deadline
        return other

    def without_fallbacks(self) -> AsyncAPIClient:
        """Return an API client that asks its own address only, whose records decide."""
        other = copy.copy(self)
        other.fallbacks = ()
        return other

    def without_paid_calls(self) -> AsyncAPIClient:
        """Return an API client for calls whose coins are counted by whoever makes them."""
        other = copy.copy(self)
        other.paid_calls = None
        return other

    def with_paid_calls(self, paid_calls: PaidCalls) -> AsyncAPIClient:
        """Return an API client whose paid calls that start no task are kept in another way."""
        other = copy.copy(self)
        other.paid_calls = paid_calls
        return other

    def without_hooks(self) -> AsyncAPIClient:
        """Return an API client that calls no hooks, for what must be sent whatever they do."""
        return self.with_configuration(attrs.evolve(self.configuration, hooks=Hooks()))

    def with_configuration(self, configuration: Configuration) -> AsyncAPIClient:
        """Return an API client with other settings that shares connections, state and limits."""
        other = copy.copy(self)
        other.configuration = configuration
        return other

    async def aclose(self) -> None:
        """Release the connections, refuse further calls, and save what an observer counted."""
        self.state.close()
        for transport in (self.transport, *(place.transport for place in self.fallbacks)):
            await transport.aclose()
        if self.configuration.drift is not None:
            await disk_work_async(self.configuration.drift.save)

    def server_time(self) -> datetime:
        """Return the present time by the server's clock, as far as its responses told it."""
        return self.state.server_time(self.clock.now())

    async def call_async(
        self, request: Request, parse: Callable[[Any], ParsedT], *, start: Start | None = None
    ) -> Response[ParsedT]:
        """Send a request of the generated client and return its parsed response.

        What ends a call early that makes something, and may cost coins, carries a note that says
        whether it may have been carried out.

        Args:
            request: What a generated ``build_request`` returned.
            parse: The generated ``parse`` of the same operation.
            start: Where to keep what became of the request, for a caller that writes the note
                itself. Default: the note is written here.

        Raises:
            APIError: No usable response came; the class tells why.
            HookFailed: A hook raised, where ``start`` is given; without it, what the hook raised
                comes as it is.
        """
        effect = effect_of(request.operation, request.method)
        call_start = Start() if start is None and effect is Effect.START else start
        send = partial(self._call, request, parse, effect, start, call_start)
        # The starts of tasks are counted where they are begun.
        if call_start is None or call_start.submission is not None or self.paid_calls is None:
            return await send()
        return await self.paid_calls.call_async(self, request, send, call_start)

    async def _call(
        self,
        request: Request,
        parse: Callable[[Any], ParsedT],
        effect: Effect,
        start: Start | None,
        call_start: Start | None,
    ) -> Response[ParsedT]:
        """Send a request and return its parsed response; see `call_async`.

        Args:
            request: What a generated ``build_request`` returned.
            parse: The generated ``parse`` of the same operation.
            effect: What carrying it out does.
            start: What the caller gave, who writes the note itself.
            call_start: Where what became of it is kept in any case.
        """
        try:
            payload, reply = await self._response(request, effect, call_start)
        except errors.APIError:
            raise
        except BaseException as error:
            if start is not None:
                self._keep_response(request, parse, start)
                raise
            interruption = interruption_of(error)
            if call_start is not None:
                hide = self.configuration.key.redact
                note_call(interruption, call_start, request.operation, hide)
            if interruption is error:
                raise
        else:
            return self._parsed(request, parse, payload, reply)
        # Out here, so that it gets no context that was not its own.
        raise interruption

    def _keep_response(self, request: Request, parse: Callable[[Any], Any], start: Start) -> None:
        """Keep the response that was read before the call was interrupted, where it is usable."""
        if start.payload is not None and start.reply is not None:
            with contextlib.suppress(errors.UnexpectedResponseError):
                start.response = self._parsed(request, parse, start.payload, start.reply)

    def _parsed(
        self,
        request: Request,
        parse: Callable[[Any], ParsedT],
        payload: Mapping[str, Any],
        reply: HttpResponse,
    ) -> Response[ParsedT]:
        drift = self.configuration.drift
        if drift is not None:
            drift.answered(request.operation, payload, self.configuration.key.redact)
        try:
            parsed = parse(payload)
        except (TypeError, ValueError, KeyError, AttributeError, RecursionError) as error:
            raise errors.UnexpectedResponseError(
                "the response has another shape than the API's reference says "
                f"({safe_text(error, 200, self.configuration.key.redact)})",
                operation=request.operation,
                http_status=reply.status,
            ) from None
        return Response(
            status_code=reply.status, headers=reply.headers, content=reply.body, parsed=parsed
        )

    def require_open(self) -> None:
        """Raise `ConfigurationError` where the client has been closed."""
        if self.closed:
            raise errors.ConfigurationError("This client is closed; make a new one.")

    async def _response(self, request: Request, effect: Effect, start: Start | None) -> _Success:
        self.require_open()
        call = _Call(
            request=request,
            effect=effect,
            end=self.clock.now() + self.configuration.timeout.total,
            observer=CallObserver(request.operation, self.configuration.hooks),
            start=start,
        )
        encoded = encode_request(request, self.configuration)
        quota = self.state.retry_quota
        retries = cost = 0
        while True:
            outcome = await self._attempt(call, encoded, self.transport)
            if self.fallbacks and isinstance(outcome, errors.APIError):
                outcome = await self._ask_elsewhere(call, outcome)
            if isinstance(outcome, _Success):
                quota.give(cost or FIRST_SUCCESS)
                return outcome
            if isinstance(outcome, _NotSent):
                outcome.error.attempts = max(call.observer.attempts, 1)
                raise outcome.error
            outcome.attempts = max(call.observer.attempts, 1)
            decision = self.next_attempt(call.effect, outcome, retries, self._latest(call))
            if decision.seconds is None:
                if decision.reason:
                    call.observer.gave_up(outcome, decision.reason)
                # Without the frames it came from, which may hold what a server echoed.
                raise outcome.with_traceback(None) from None
            retries, cost = retries + 1, decision.cost
            call.observer.retrying(outcome, decision.seconds)
            await self.clock.pause_async(decision.seconds)

    def next_attempt(
        self, effect: Effect, error: errors.APIError, retries: int, end: float = math.inf
    ) -> Decision:
        """Decide whether an attempt that failed is followed by another one, and pay for it.

        Calls, uploads and downloads ask this. The retry's cost is taken from the client's quota.

        Args:
            effect: What carrying out the call does.
            error: How the attempt ended.
            retries: How many retries there were before.
            end: When the last attempt may begin, by the client's clock. Default: at any time.
        """
        quota = self.state.retry_quota
        decision = decide_retry(
            effect,
            error,
            Situation(
                retries=retries,
                max_retries=self.configuration.max_retries,
                seconds_left=end - self.clock.now(),
                closed=self.closed,
                tokens=quota.tokens,
                chance=random.random(),
            ),
        )
        if decision.seconds is not None and not quota.take(decision.cost):
            return Decision(None, QUOTA_USED_UP)  # Another thread was quicker.
        return decision

    async def _ask_elsewhere(
        self, call: _Call, first: errors.APIError
    ) -> _Success | errors.APIError:
        """Ask the other addresses in order; return the first failure where none gives a value."""
        latest = first
        for fallback in self.fallbacks:
            if not may_ask_elsewhere(call.effect, latest):
                break
            if self.closed or self.clock.now() >= self._latest(call):
                break
            call.observer.retrying(first, 0.0)
            encoded = encode_request(call.request, self.configuration, fallback.address)
            outcome = await self._attempt(call, encoded, fallback.transport)
            if isinstance(outcome, _Success):
                return outcome
            if isinstance(outcome, _NotSent):
                break
            # Never raised itself: that a fallback knows no such task, or no such key, says nothing
            # about the address that the client is for.
            first.add_note(f"{fallback.address.base_url} was asked too: {outcome}")
            latest = outcome
        return first

    def _latest(self, call: _Call) -> float:
        """Return until when an attempt may last."""
        return min(call.end, self.deadline)

    async def _attempt(
        self, call: _Call, encoded: HttpRequest, transport: AsyncClientTransport
    ) -> _Success | _NotSent | errors.APIError:
        """Send a request once, when it is its turn."""
        if self.clock.now() >= self._latest(call):
            late = "the call's time was over before it could be sent"
            return _not_sent(call, errors.APITimeoutError, late)
        if self.closed:
            return _not_sent(call, errors.APIConnectionError, _CLOSED)
        if self.limiter is None:
            return await self._send(call, encoded, transport)
        place = await self.limiter.enter_async(self.clock, self._latest(call))
        if place is None:
            late = "the call's time was over before the client's own limits let it go"
            return _not_sent(call, errors.APITimeoutError, late)
        try:
            if self.closed:
                return _not_sent(call, errors.APIConnectionError, _CLOSED)
            return await self._send(call, encoded, transport)
        finally:
            place.leave()

    async def _send(
        self, call: _Call, encoded: HttpRequest, transport: AsyncClientTransport
    ) -> _Success | errors.APIError:
        now = self.clock.now()
        progress = SendProgress() if call.effect is Effect.START else None
        limited = limit_timeout(encoded, self._latest(call) - now, progress)
        call.observer.sending(limited, now)
        outcome: _Success | errors.APIError
        if call.start is not None:
            call.start.sending(now)
        try:
            with self.state.sending(progress):
                reply = await send_request_async(transport, limited)
            now = self.clock.now()
            self.state.note_date(reply.headers.get("date"), now)
            hide = self.configuration.key.redact
            outcome = _Success(read_response(call.request.operation, reply, hide), reply)
            if call.start is not None:
                call.start.payload, call.start.reply = outcome
        except TransportFailure as failure:
            now = self.clock.now()
            outcome = connection_error(failure, call.request.operation)
        except errors.APIError as refusal:
            if self.configuration.drift is not None and not is_known_code(refusal.code):
                self.configuration.drift.refused(
                    call.request.operation, refusal.code, self.configuration.key.redact
                )
            outcome = refusal
        except BaseException as interruption:
            unsent = isinstance(interruption, errors.A2EError) or (progress and progress.is_unsent)
            if call.start is not None:
                call.start.may_have_begun = not unsent
            raise
        if call.start is not None and isinstance(outcome, errors.APIError):
            call.start.may_have_begun = may_have_started(outcome)
        # Out here, where an exception of a hook is nobody's but its own.
        if isinstance(outcome, _Success):
            status, trace_id = outcome.reply.status, outcome.payload.get("trace_id")
            call.observer.ended(now, status=status, trace_id=trace_id)
        else:
            call.observer.ended(now, outcome)
        return outcome


_CLOSED = "the client was closed"


def _not_sent(call: _Call, error_class: type[errors.APIConnectionError], reason: str) -> _NotSent:
    return _NotSent(error_class(reason, operation=call.request.operation, sent=False))
