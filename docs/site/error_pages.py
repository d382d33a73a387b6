"""The page of errors: when each is raised, what to do, and whether its call is repeated.

This module owns what a reader should do about each class. When it is raised is the class's own
docstring; what is repeated is the table of ``a2e_sdk._http.error_codes``.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from a2e_sdk import errors
from a2e_sdk._http.error_codes import ERROR_CODES, ErrorCode, Place, Retry

from .python_names import ERRORS, PublicNames
from .python_pages import PythonPages, joined

#: What to do, for each class that says so in no `advice` of its own.
ADVICE = {
    "A2EError": "Catch it last; a class below says more.",
    "ConfigurationError": "Correct the argument or the environment variable that the text names.",
    "InvalidJobsError": "Correct the rows in `mistakes` and run the batch again; nothing was paid.",
    "WebhookError": "Respond with its `http_status`, and do not use the body.",
    "JournalError": "Do what the text says, then run the same again; nothing was started.",
    "KeyConflictError": "Use another key for other inputs, or the same inputs for this key.",
    "KeyInUseError": "Wait for the other process, or try again later with the same key.",
    "BudgetExceededError": "Raise the budget or `max_coins`, or choose cheaper options.",
    "APIError": "Catch it for every failed call; quote `trace_id` to A2E's support.",
    "APIStatusError": "Read `http_status`, `code` and `message`: no narrower class is known.",
    "BadRequestError": "Correct the argument that the message names; the same call fails again.",
    "PermissionDeniedError": "Check what the key's account and plan may do.",
    "NotFoundError": "Check the id, and that the key and the region are those of its start.",
    "TaskError": "Catch it for everything about one task; `task_id` names the task.",
    "TaskFailedError": "Read `task.failed_message`, change the inputs, and start a new task.",
    "WaitTimeoutError": "Wait again for `task_ids` with a longer `timeout`; start nothing anew.",
    "SubmissionUnknownError": "Call `find_started(error)` of the family later, before a new start.",
    "ResultExpiredError": "Start the task again if it is needed; save results as they end.",
}

_REPEATED = {
    Retry.NEVER: "never",
    Retry.IDEMPOTENT: "calls that change nothing when repeated",
    Retry.ALWAYS: "every call",
}


def error_classes() -> list[type[errors.A2EError]]:
    """Return the public classes of errors, each after its base."""
    classes = [getattr(errors, name) for name in errors.__all__]
    return sorted(classes, key=lambda cls: [one.__name__ for one in reversed(cls.__mro__)])


def advice_of(cls: type[errors.A2EError]) -> str:
    """Return what to do about an error.

    Args:
        cls: Its class.
    """
    return ADVICE.get(cls.__name__) or str(vars(cls)["advice"])


def retried(cls: type[errors.A2EError]) -> str:
    """Return which calls are sent again before the error is raised.

    Args:
        cls: Its class.
    """
    if issubclass(cls, errors.APIConnectionError):
        return "calls that change nothing when repeated; a start only if it provably was not sent"
    kinds = {row.retry for row in ERROR_CODES if row.error is cls}
    if cls is errors.APIStatusError:
        return "by its code, see below"
    return "; ".join(_REPEATED[kind] for kind in Retry if kind in kinds) or "never"


def error_page(names: PublicNames, writer: PythonPages) -> str:
    """Return the page.

    Args:
        names: All public names.
        writer: Shows what each class has.
    """
    return joined(_lines(names, writer))


def _lines(names: PublicNames, writer: PythonPages) -> Iterator[str]:
    yield "# Errors"
    yield ""
    yield "Every exception that the SDK raises for what a server, a network or a task did is an"
    yield "`A2EError` of `a2e_sdk.errors`. Wrong arguments are `ValueError` and `TypeError`, raised"
    yield "before anything is sent."
    yield ""
    yield "| error | raised when | what to do | sent again before it is raised |"
    yield "|---|---|---|---|"
    for cls in error_classes():
        name = cls.__name__
        about = _text(cls).replace("\n", " ")
        link = f"[`{name}`](#errors{name.lower()})"
        yield f"| {link} | {about} | {advice_of(cls)} | {retried(cls)} |"
    yield ""
    yield "## Error codes of the server"
    yield ""
    yield "The same number means the same as the HTTP status and as the `code` of a JSON response."
    yield "A start is sent again after none of those that may have started it."
    yield ""
    yield "| code | error | what it means | sent again | may have started a task |"
    yield "|---|---|---|---|---|"
    yield from map(_code_row, ERROR_CODES)
    for cls in error_classes():
        name = names.by_written[f"errors.{cls.__name__}"]
        advice = f"**What to do:** {advice_of(cls)}"
        yield from ("", f"## `{name.written}`", "", advice, "")
        yield from writer.body(name, ERRORS, 2)


def _code_row(row: ErrorCode) -> str:
    first, last = row.numbers[0], row.numbers[-1]
    number = str(first) if first == last else f"{first} to {last}"
    place = {Place.STATUS: ", as the status", Place.ENVELOPE: ", as the `code`"}.get(row.place, "")
    after = ", with Retry-After" if row.retry_after else ""
    started = "yes" if row.may_have_started else "no"
    name = row.error.__name__
    return (
        f"| {number}{place}{after} | [`{name}`](#errors{name.lower()}) | {row.meaning} "
        f"| {_REPEATED[row.retry]} | {started} |"
    )


def _text(cls: type[errors.A2EError]) -> str:
    """Return what a class's docstring says first."""
    return inspect.cleandoc(cls.__doc__ or "").split("\n\n")[0].replace("``", "`")
