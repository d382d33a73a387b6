"""Every exception this SDK raises for what a server, a network or a task did.

This module owns the error classes, their attributes and their texts. It decides nothing: which
response gives which class is a table in ``_http.response``. It imports nothing, so that
``from a2e_sdk import errors`` costs nothing. Wrong *arguments* are plain ``ValueError`` and
``TypeError``, raised before anything is sent.

    A2EError
    +- ConfigurationError
    +- InvalidJobsError
    +- WebhookError
    +- JournalError
    |  +- KeyConflictError, KeyInUseError
    +- BudgetExceededError
    +- APIError
    |  +- APIConnectionError
    |  |  +- APITimeoutError
    |  +- UnexpectedResponseError
    |  +- APIStatusError
    |     +- BadRequestError, AuthenticationError, PermissionDeniedError, NotFoundError,
    |        RateLimitError, InsufficientCreditsError, ContentRejectedError,
    |        ServiceBusyError, InternalServerError
    +- TaskError
       +- TaskFailedError, WaitTimeoutError, SubmissionUnknownError, ResultExpiredError
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from a2e_sdk.models.journal import JournalEntry
    from a2e_sdk.models.submission import Submission
    from a2e_sdk.models.task import Task

__all__ = [
    "A2EError",
    "APIConnectionError",
    "APIError",
    "APIStatusError",
    "APITimeoutError",
    "AuthenticationError",
    "BadRequestError",
    "BudgetExceededError",
    "ConfigurationError",
    "ContentRejectedError",
    "InsufficientCreditsError",
    "InternalServerError",
    "InvalidJobsError",
    "JournalError",
    "KeyConflictError",
    "KeyInUseError",
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitError",
    "ResultExpiredError",
    "ServiceBusyError",
    "SubmissionUnknownError",
    "TaskError",
    "TaskFailedError",
    "UnexpectedResponseError",
    "WaitTimeoutError",
    "WebhookError",
]


def _restore(cls: type[A2EError], args: tuple[Any, ...], state: dict[str, Any]) -> A2EError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class A2EError(Exception):
    """The base of every exception of this SDK; catch it to catch them all.

    Instances can be pickled and carry no credentials.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), self.args, dict(self.__dict__))


class ConfigurationError(A2EError):
    """The client can't be built from what it was given: key, region, base URL or options."""


class InvalidJobsError(A2EError, ValueError):
    """Jobs of a batch are wrong; nothing was started.

    Attributes:
        mistakes: The first 100 mistakes, each a sentence with its line, column and value.
        total: How many mistakes there are.
    """

    def __init__(self, message: str, *, mistakes: tuple[str, ...] = (), total: int = 0) -> None:
        super().__init__(message)
        self.mistakes = mistakes
        self.total = total


class WebhookError(A2EError):
    """A call to your server is not a genuine webhook of A2E, or its body can't be read.

    Attributes:
        http_status: What your server may respond: 401 for the token, 400 or 413 for the body.
    """

    def __init__(self, message: str, *, http_status: int) -> None:
        super().__init__(message)
        self.http_status = http_status


class JournalError(A2EError):
    """The journal can't be used, so nothing was started.

    It is damaged, read-only, on a full disk, locked, of another account or of a newer version.
    """


class KeyConflictError(JournalError):
    """A key was given again, with other inputs than those that were started under it.

    Attributes:
        key: The key.
        entry: What was started under it, with its inputs.
        family: What was asked for this time.
        inputs: Its inputs, without files, webhooks and secrets.
    """

    def __init__(
        self, message: str, *, key: str, entry: JournalEntry, family: str, inputs: Mapping[str, Any]
    ) -> None:
        super().__init__(message)
        self.key = key
        self.entry = entry
        self.family = family
        self.inputs = inputs


class KeyInUseError(JournalError):
    """Another process or thread was starting this key all the time, so nothing was started here.

    Attributes:
        key: The key.
    """

    def __init__(self, message: str, *, key: str) -> None:
        super().__init__(message)
        self.key = key


class BudgetExceededError(A2EError):
    """A start would cost more than the budget has left, or than ``max_coins``; it was not sent.

    Attributes:
        limit: The budget, or ``max_coins``, in coins.
        spent: What was spent of it.
        reserved: What is held back for starts under way.
        price: What the start would cost; None where the server gave no price.
    """

    def __init__(
        self, message: str, *, limit: float, spent: float, reserved: float, price: float | None
    ) -> None:
        super().__init__(message)
        self.limit = limit
        self.spent = spent
        self.reserved = reserved
        self.price = price


class APIError(A2EError):
    """A call of the API did not give a usable response.

    Attributes:
        message: What the server (or the network) said, redacted; never empty.
        operation: The operation of the API that was called, such as ``list_face_swap_tasks``.
        http_status: The HTTP status of the response; None where there was none.
        code: The ``code`` of the response's JSON envelope; None where it had none.
        trace_id: The server's own id of the call, to quote to its support; None where absent.
        attempts: How many times the call was sent, 1 for no retry.
        body_excerpt: The beginning of the response's body, redacted; None where there was none.
    """

    #: What a person can do about it; one sentence that closes the text of the exception.
    advice: str = ""

    def __init__(
        self,
        message: str,
        *,
        operation: str | None = None,
        http_status: int | None = None,
        code: int | str | None = None,
        trace_id: str | None = None,
        attempts: int = 1,
        body_excerpt: str | None = None,
        advice: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.operation = operation
        self.http_status = http_status
        self.code = code
        self.trace_id = trace_id
        self.attempts = attempts
        self.body_excerpt = body_excerpt
        if advice is not None:
            self.advice = advice

    def __str__(self) -> str:
        facts: list[str] = []
        if self.http_status is not None:
            facts.append(f"HTTP {self.http_status}")
        if self.code is not None:
            facts.append(f"code {self.code}")
        if self.attempts > 1:
            facts.append(f"{self.attempts} attempts")
        if self.trace_id:
            facts.append(f"trace id {self.trace_id}")
        message = self.message.rstrip(".")
        text = f"{self.operation}: {message}" if self.operation else message
        if facts:
            text += f" ({', '.join(facts)})"
        return f"{text}. {self.advice}" if self.advice else text


class APIConnectionError(APIError):
    """The server could not be reached, or the connection broke before a response came.

    Attributes:
        sent: Whether the server may have read the request; False means that it provably did not.
    """

    advice = "Check the network, a proxy, and the region or base URL of the client."

    def __init__(self, message: str, *, sent: bool = True, **facts: Any) -> None:
        super().__init__(message, **facts)
        self.sent = sent


class APITimeoutError(APIConnectionError):
    """The server did not respond within the time-outs of the client."""

    advice = "Try again later, or give the client a longer `timeout` (seconds)."


class UnexpectedResponseError(APIError):
    """A response came, but it is not one of this API: HTML, cut JSON, a redirect, a wrong shape."""

    advice = "Check the base URL, and whether a proxy or a login page responds in its place."


class APIStatusError(APIError):
    """The server refused the call, by its HTTP status or by the ``code`` in a JSON response."""


class BadRequestError(APIStatusError):
    """The server found the request invalid (400, 422)."""


class AuthenticationError(APIStatusError):
    """The server does not accept the API key (401)."""

    advice = (
        "Check the API key (A2E_API_KEY), that it has not expired, and that it fits the region."
    )


class PermissionDeniedError(APIStatusError):
    """The API key is known but may not do this, or a plan's limit is reached (403)."""


class NotFoundError(APIStatusError):
    """What was asked for does not exist, or no longer (404, or an empty response to an id)."""


class RateLimitError(APIStatusError):
    """Too many requests (429).

    Attributes:
        retry_after: Seconds the server asks to wait; None where it did not say.
    """

    advice = "Send fewer requests at once, or wait and try again."

    def __init__(self, message: str, *, retry_after: float | None = None, **facts: Any) -> None:
        super().__init__(message, **facts)
        self.retry_after = retry_after


class InsufficientCreditsError(APIStatusError):
    """The account has too few coins for this call (402, or a 400 that says so)."""

    advice = "Buy coins, or choose a cheaper option; nothing was started."


class ContentRejectedError(APIStatusError):
    """The server's moderation refused the content (codes 1003, 1004, or a text that says so)."""

    advice = "Nothing is sent again by this SDK after a moderation refusal."


class ServiceBusyError(APIStatusError):
    """The service has no free capacity now (503, code 1001).

    Attributes:
        retry_after: Seconds the server asks to wait; None where it did not say.
    """

    advice = "Try again in a while."

    def __init__(self, message: str, *, retry_after: float | None = None, **facts: Any) -> None:
        super().__init__(message, **facts)
        self.retry_after = retry_after


class InternalServerError(APIStatusError):
    """The server failed (500 and above)."""

    advice = "Try again in a while; quote the trace id to A2E's support if it stays."


class TaskError(A2EError):
    """Something about a task, rather than about one call.

    Attributes:
        message: What happened.
        task_id: The id of the task; None where it is not known.
        task: The task as last seen; None where it was never seen.
    """

    def __init__(
        self, message: str, *, task: Task | None = None, task_id: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.task = task
        self.task_id = task_id or (task.id if task is not None else None)


class TaskFailedError(TaskError):
    """The task ended without a result; ``task.failed_message`` has the server's reason."""


class WaitTimeoutError(TaskError):
    """The wait ended before the task did; the task is still running and still billed.

    Attributes:
        tasks: Every task that was still running, as last seen; tasks never seen are not in it.
        task_ids: The ids of all that was still running, to wait for them again.
    """

    def __init__(
        self,
        message: str,
        *,
        task: Task | None = None,
        task_id: str | None = None,
        tasks: tuple[Task, ...] = (),
        task_ids: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message, task=task, task_id=task_id)
        self.tasks = tasks
        self.task_ids = task_ids


class SubmissionUnknownError(TaskError):
    """A start was sent, its response was lost, and no task of it could be found.

    It may still have been started, and charged. Look again later with the family's
    ``find_started(error)`` before you start it once more.

    Attributes:
        submission: What was to be started: family, name, inputs, and since when to look.
        error: Why the response is not known.
        looked: Whether the server's records could be searched at all.
        settled_at: When a look at the server's records can tell that it never arrived, so that the
            same key may be started again; None where they can't tell.
    """

    submission: Submission
    error: APIError
    looked: bool
    settled_at: datetime | None

    def __init__(
        self,
        message: str,
        *,
        submission: Submission | None = None,
        error: APIError | None = None,
        looked: bool = False,
        settled_at: datetime | None = None,
    ) -> None:
        super().__init__(message)
        self.settled_at = settled_at
        if submission is not None:
            self.submission = submission
        if error is not None:
            self.error = error
        self.looked = looked


class ResultExpiredError(TaskError):
    """The result's link no longer works, and reading the task again gave no working one."""
