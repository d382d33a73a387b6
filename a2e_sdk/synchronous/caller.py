# Written by `nox -s generate` from a2e_sdk/asynchronous/caller.py: edit there, not here.
"""One call of one operation: sent, read, repeated where that is safe.

This module owns the loop of attempts. What an answer means is decided in ``a2e_sdk.answers``, what
may be repeated in ``a2e_sdk.retries``, and the network is in the transport. It offers the
``call`` that the operations of the generated client are written against.
"""

from __future__ import annotations

import logging
import math
import random
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from a2e_api.types import Request, Response

from .. import errors
from ..answers import read_answer
from ..configuration import Configuration
from ..encoding import connection_error, http_request, limit_timeout
from ..exchange import ClientTransport, HttpReply, TransportFailure
from ..memory import Memory
from ..retries import (
    effect_of,
    may_repeat_refused,
    may_repeat_undelivered,
    pause_before_retry,
)
from .concurrency import Timekeeper

ParsedT = TypeVar("ParsedT")

logger = logging.getLogger("a2e_sdk")


class Caller:
    """Calls operations of the API with the key, time-outs and retries of one client.

    Args:
        configuration: The client's settings.
        transport: What carries the requests.
        timekeeper: What tells the time. Default: the computer's clock.
        memory: What the client has learnt. Default: nothing yet.
        deadline: When no further attempt may begin, by the timekeeper. Default: never.
    """

    def __init__(
        self,
        configuration: Configuration,
        transport: ClientTransport,
        timekeeper: Timekeeper | None = None,
        memory: Memory | None = None,
        deadline: float = math.inf,
    ) -> None:
        self.configuration = configuration
        self.transport = transport
        self.timekeeper = timekeeper or Timekeeper()
        self.memory = memory or Memory()
        self.deadline = deadline
        self.closed = False

    def until(self, deadline: float) -> Caller:
        """Return a caller of the same client whose calls begin no attempt after a deadline."""
        return Caller(self.configuration, self.transport, self.timekeeper, self.memory, deadline)

    def server_time(self) -> datetime:
        """Return the present time by the server's clock, as far as its answers told it."""
        return self.memory.server_time(self.timekeeper.now())

    def call(self, request: Request, parse: Callable[[Any], ParsedT]) -> Response[ParsedT]:
        """Send a request of the generated client and return its parsed answer.

        Args:
            request: What a generated ``build_request`` returned.
            parse: The generated ``parse`` of the same operation.

        Raises:
            APIError: No usable answer came; the class tells why.
        """
        payload, reply = self._answer(request)
        try:
            parsed = parse(payload)
        except (TypeError, ValueError, KeyError, AttributeError, RecursionError) as error:
            raise errors.UnexpectedResponseError(
                f"the answer has another shape than the API's reference says ({error})",
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

    def _answer(self, request: Request) -> tuple[dict[str, Any], HttpReply]:
        self.require_open()
        encoded = http_request(request, self.configuration)
        effect = effect_of(request.operation, request.method)
        hide = self.configuration.key.redact
        attempts = 0
        while True:
            attempts += 1
            error: errors.APIError
            retry_after = None
            try:
                limited = limit_timeout(encoded, self.deadline - self.timekeeper.now())
                reply = self.transport.exchange(limited)
                self.memory.note_date(reply.headers.get("date"), self.timekeeper.now())
                return read_answer(request.operation, reply, hide), reply
            except TransportFailure as failure:
                error = connection_error(failure, request.operation)
                repeatable = may_repeat_undelivered(effect, failure.delivery)
            except errors.APIError as refusal:
                error = refusal
                repeatable = may_repeat_refused(effect, refusal)
                retry_after = getattr(refusal, "retry_after", None)
            seconds = pause_before_retry(attempts - 1, retry_after, random.random())
            late = self.timekeeper.now() + seconds > self.deadline
            exhausted = attempts > self.configuration.max_retries
            if exhausted or late or self.closed or not repeatable:
                error.attempts = attempts
                # Without the frames it came from, which may hold what a server echoed.
                raise error.with_traceback(None) from None
            logger.debug("%s: retry %d in %.2f s", request.operation, attempts, seconds)
            self.timekeeper.pause(seconds)
