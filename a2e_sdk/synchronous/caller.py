# Written by `nox -s generate` from a2e_sdk/asynchronous/caller.py: edit there, not here.
"""One call of one operation: sent, read, repeated where that is safe.

This module owns the loop of attempts. What an answer means is decided in ``a2e_sdk.answers``, what
may be repeated in ``a2e_sdk.retries``, and the network is in the transport. It offers the
``call`` that the operations of the generated client are written against.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from typing import Any, TypeVar

from a2e_api.types import Request, Response

from .. import errors
from ..answers import read_answer
from ..configuration import Configuration
from ..encoding import connection_error, http_request
from ..exchange import HttpReply, Transport, TransportFailure
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
    """

    def __init__(
        self,
        configuration: Configuration,
        transport: Transport,
        timekeeper: Timekeeper | None = None,
    ) -> None:
        self.configuration = configuration
        self.transport = transport
        self.timekeeper = timekeeper or Timekeeper()
        self.closed = False

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

    def _answer(self, request: Request) -> tuple[dict[str, Any], HttpReply]:
        if self.closed:
            raise errors.ConfigurationError("This client is closed; make a new one.")
        encoded = http_request(request, self.configuration)
        effect = effect_of(request.operation, request.method)
        hide = self.configuration.key.redact
        attempts = 0
        while True:
            attempts += 1
            error: errors.APIError
            retry_after = None
            try:
                reply = self.transport.exchange(encoded)
                return read_answer(request.operation, reply, hide), reply
            except TransportFailure as failure:
                error = connection_error(failure, request.operation)
                repeatable = may_repeat_undelivered(effect, failure.delivery)
            except errors.APIError as refusal:
                error = refusal
                repeatable = may_repeat_refused(effect, refusal)
                retry_after = getattr(refusal, "retry_after", None)
            if not repeatable or attempts > self.configuration.max_retries or self.closed:
                error.attempts = attempts
                # Without the frames it came from, which may hold what a server echoed.
                raise error.with_traceback(None) from None
            seconds = pause_before_retry(attempts - 1, retry_after, random.random())
            logger.debug("%s: retry %d in %.2f s", request.operation, attempts, seconds)
            self.timekeeper.pause(seconds)
