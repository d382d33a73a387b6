"""What is told of every attempt of a call: to the hooks, and to the log.

This module owns the rule of what events may show (never a key, never a query), and the logger
``a2e_sdk``. It knows no network and decides nothing about retries.

The log says at DEBUG what became of each attempt, and at WARNING when a failure that could have
passed is not tried again. A refusal that is final is raised, and logged at DEBUG only.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from a2e_sdk import errors
from a2e_sdk._checks.redaction import WORD_LENGTH, redact, safe_text
from a2e_sdk._config.hooks import Hooks, RequestEvent, ResponseEvent, RetryEvent

from .messages import HttpRequest

logger = logging.getLogger("a2e_sdk")
# So that a program that configures no logging hears nothing from a library.
logger.addHandler(logging.NullHandler())


class HookFailed(Exception):
    """A hook has raised: its exception goes to the caller, and is none of the call's own.

    Attributes:
        error: What the hook raised.
    """

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


def _call_hook(hook: Callable[[Any], object], event: RequestEvent) -> None:
    try:
        hook(event)
    except Exception as error:
        raise HookFailed(error) from None


class CallObserver:
    """Counts the attempts of one call, and tells the hooks and the log about them.

    Args:
        operation: The operation's id.
        hooks: The client's hooks.
    """

    __slots__ = ("_began", "_hooks", "_request", "attempts", "operation")

    def __init__(self, operation: str, hooks: Hooks) -> None:
        self.operation = operation
        self._hooks = hooks
        self._request: HttpRequest | None = None
        self._began = 0.0
        self.attempts = 0

    def sending(self, request: HttpRequest, now: float) -> None:
        """Note that an attempt is about to be sent.

        Args:
            request: What is sent.
            now: The present moment, by the clock of the client.
        """
        self.attempts += 1
        self._request, self._began = request, now
        if self._hooks.on_request is not None:
            _call_hook(self._hooks.on_request, RequestEvent(**self._facts()))

    def ended(
        self,
        now: float,
        error: errors.APIError | None = None,
        status: int | None = None,
        trace_id: object = None,
    ) -> None:
        """Note that the attempt has ended.

        Args:
            now: The present moment, by the clock of the client.
            error: What went wrong; None for a success.
            status: The HTTP status of a success.
            trace_id: The server's id of a success, if it is a text.
        """
        hook = self._hooks.on_response
        if hook is None and not logger.isEnabledFor(logging.DEBUG):
            return
        seconds = now - self._began
        if error is not None:
            status, trace_id = error.http_status, error.trace_id
        hide = redact if self._request is None else self._request.key.redact
        shown = safe_text(trace_id, WORD_LENGTH, hide) if isinstance(trace_id, str) else None
        trace_id = shown or None
        logger.debug(
            "%s: attempt %d: %s in %.3f s%s",
            self.operation,
            self.attempts,
            "no response" if status is None else f"HTTP {status}",
            seconds,
            ("" if error is None else f", {type(error).__name__}")
            + (f", trace id {trace_id}" if trace_id else ""),
        )
        if hook is not None:
            _call_hook(
                hook,
                ResponseEvent(
                    **self._facts(),
                    seconds=seconds,
                    http_status=status,
                    trace_id=trace_id,
                    error=None if error is None else type(error),
                ),
            )

    def retrying(self, error: errors.APIError, pause: float) -> None:
        """Note that another attempt follows.

        Args:
            error: What went wrong with the last one.
            pause: Seconds until then.
        """
        logger.debug("%s: retry %d in %.2f s", self.operation, self.attempts, pause)
        if self._hooks.on_retry is not None:
            _call_hook(
                self._hooks.on_retry,
                RetryEvent(
                    **self._facts(), http_status=error.http_status, error=type(error), pause=pause
                ),
            )

    def gave_up(self, error: errors.APIError, reason: str) -> None:
        """Note that a call that could be repeated is not.

        Args:
            error: What is raised.
            reason: Why no further attempt is made.
        """
        logger.warning(
            "%s: gave up after %d attempts with %s, as %s%s",
            self.operation,
            self.attempts,
            type(error).__name__,
            reason,
            f" (trace id {error.trace_id})" if error.trace_id else "",
        )

    def _facts(self) -> dict[str, Any]:
        request = self._request
        return {
            "operation": self.operation,
            "method": request.method if request is not None else "",
            "url": request.url.partition("?")[0] if request is not None else "",
            "attempt": self.attempts,
        }
