"""Hooks: what may be watched of every attempt of a call.

This module owns the events and the hooks of a client. When they are called, and the log, are the
business of ``_http.instrumentation``.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from a2e_sdk import errors


@attrs.frozen(kw_only=True)
class RequestEvent:
    """An attempt is about to be sent.

    Attributes:
        operation: The operation of the API, such as ``list_face_swap_tasks``.
        method: The HTTP method.
        url: The address it goes to, without the query.
        attempt: Which request of its call this is, from 1.
    """

    operation: str
    method: str
    url: str
    attempt: int


@attrs.frozen(kw_only=True)
class ResponseEvent(RequestEvent):
    """An attempt has ended, with a response or without one.

    Attributes:
        seconds: How long it took, from sending to the whole response.
        http_status: The HTTP status; None where no whole response came.
        trace_id: The server's own id of the call; None where it gave none.
        error: The class of what went wrong; None for a success.
    """

    seconds: float
    http_status: int | None
    trace_id: str | None
    error: type[errors.APIError] | None


@attrs.frozen(kw_only=True)
class RetryEvent(RequestEvent):
    """An attempt has failed, and another one will follow after a pause.

    Attributes:
        http_status: The HTTP status of the failure; None where no whole response came.
        error: The class of the failure.
        pause: Seconds until the next attempt; 0 where another address is asked at once.
    """

    http_status: int | None
    error: type[errors.APIError]
    pause: float


@attrs.frozen(kw_only=True)
class Hooks:
    """Functions that are called when a call is sent, when its response comes, and before a retry.

    Give them to a client as ``hooks=Hooks(...)``. They are plain functions for both clients, called
    by whichever thread or task makes the call, so they should be quick. Their exceptions are not
    caught: one of ``on_request`` keeps the attempt from being sent; one of ``on_response`` or
    ``on_retry`` reaches the caller in place of the response, also of a start that has been paid
    for. Uploads and downloads of files call no hooks.

    Args:
        on_request: Called before each attempt. Default: nothing.
        on_response: Called after each attempt, failed or not. Default: nothing.
        on_retry: Called before the pause ahead of another attempt. Default: nothing.

    Raises:
        ConfigurationError: One of them can't be called.
    """

    on_request: Callable[[RequestEvent], object] | None = None
    on_response: Callable[[ResponseEvent], object] | None = None
    on_retry: Callable[[RetryEvent], object] | None = None

    def __attrs_post_init__(self) -> None:
        for name, hook in (
            ("on_request", self.on_request),
            ("on_response", self.on_response),
            ("on_retry", self.on_retry),
        ):
            if hook is not None and not callable(hook):
                raise errors.ConfigurationError(
                    f"{name} must be a function, not {type(hook).__name__}."
                )


NO_HOOKS = Hooks()
