"""What a failed call tells an agent: what happened, whose words are quoted, and what to do next.

This module owns the one table from exceptions to advice. No traceback, and no secret, is in it. It
is pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from a2e_sdk import errors
from a2e_sdk._checks.redaction import Hide

from .folder import RefusedName
from .prices import PriceRefused
from .texts import message, server_text
from .work import StillRunning

#: What to do next; the first row that fits counts, so a class stands above its bases.
_NEXT: tuple[tuple[type[BaseException], str], ...] = (
    (
        errors.KeyConflictError,
        "Use a new key for something new; to get the earlier task, give the arguments that it was "
        "started with, or call check with the key.",
    ),
    (errors.KeyInUseError, "It is being started: call start with the same key in 30 seconds."),
    (
        errors.SubmissionUnknownError,
        "Do not start it under another key, as it may have been paid for. Call start with the same "
        "key and arguments in 5 minutes, or find_lost_start.",
    ),
    (
        errors.BudgetExceededError,
        "Nothing was started. Choose something cheaper, or tell the user what is needed: only they "
        "can raise --budget of a2e mcp. balance tells what is left.",
    ),
    (
        errors.JournalError,
        "Nothing was started. Tell the user: the journal of a2e mcp is at fault.",
    ),
    (errors.InsufficientCreditsError, "Tell the user that the A2E account has too few coins."),
    (errors.ContentRejectedError, "Do not send the same content again; tell the user."),
    (errors.AuthenticationError, "Tell the user that A2E does not accept the API key."),
    (errors.PermissionDeniedError, "Tell the user that their account may not do this."),
    (errors.NotFoundError, "Check the id and the engine; list_tasks shows what there is."),
    (errors.RateLimitError, "Call again with the same arguments in a minute."),
    (errors.ServiceBusyError, "Call again with the same arguments in a minute."),
    (errors.BadRequestError, "Correct the arguments; describe_engine tells what they may be."),
    (errors.APIError, "Call again with the same arguments in a minute; a start with the same key."),
    (errors.ConfigurationError, "Tell the user: a2e mcp was started with a wrong setting."),
    (TypeError, "Correct the arguments and call again."),
    (ValueError, "Correct the arguments and call again."),
    (FileExistsError, "Give another file name: nothing is ever overwritten."),
    (FileNotFoundError, "Check the name; files are looked up in the folder of a2e mcp alone."),
    (OSError, "Tell the user: the computer of a2e mcp refused it."),
)


def failure_of(error: BaseException, hide: Hide) -> dict[str, Any]:
    """Return what an agent is told of an exception.

    Args:
        error: What was raised.
        hide: Takes the secrets out of texts.
    """
    if isinstance(error, StillRunning):
        return _told("not_ready", "it is under way and takes longer than a call may.", _WAIT)
    if isinstance(error, PriceRefused):
        return _told("price_refused", message(error, hide), error.advice)
    if isinstance(error, RefusedName):
        text = f"the file was refused: {message(error, hide)}."
        return _told("file_refused", text, "Give the name of a file of the folder, such as me.jpg.")
    next_step = next((text for kind, text in _NEXT if isinstance(error, kind)), None)
    if next_step is None:
        name = type(error).__name__
        return _told(
            "internal_error", f"an error that nobody expects ({name}).", "Tell the user of it."
        )
    name = type(error).__name__
    if isinstance(error, errors.APIError):
        text = f"A2E refused or failed a call ({_facts(error)})."
        return _told(name, text, next_step, server_text(_said(error), hide))
    if isinstance(error, OSError):
        text = f"{error.strerror or type(error).__name__}: {_file_of(error)}"
        return _told(name, message(text, hide), next_step)
    return _told(name, message(error, hide), next_step)


_WAIT = "Call it again with the same arguments in 10 seconds: it goes on, and is done once."


def _told(
    error: str, text: str, next_step: str, more: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    return {"error": error, "message": text, "next": next_step, **(more or {})}


def _facts(error: errors.APIError) -> str:
    facts = [error.operation or "call"]
    if error.http_status is not None:
        facts.append(f"HTTP {error.http_status}")
    return ", ".join(facts)


def _said(error: errors.APIError) -> dict[str, object]:
    """Return what of an error is the server's own, and may be any words."""
    code = None if error.code is None else str(error.code)
    return {"message": error.message, "code": code, "trace_id": error.trace_id or None}


def _file_of(error: OSError) -> str:
    # The folders above are none of an agent's business.
    name = str(error.filename or "the file")
    return name.replace("\\", "/").rpartition("/")[2]
