"""What ended a paid call early is told what became of it, in a note.

This module owns those notes, for calls that start a task and for all others, whatever ends them: a
cancellation, Ctrl-C, a hook that raises. Who catches it, and when, is the clients' work.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from typing import Any, cast

from a2e_sdk._checks.redaction import WORD_LENGTH, Hide, safe_text
from a2e_sdk._checks.validation import is_usable_id
from a2e_sdk._http.instrumentation import HookFailed
from a2e_sdk._wire.families import TaskFamily
from a2e_sdk.models.submission import Submission

from .client_state import Start
from .recovery import NO_LIST


def interruption_of(error: BaseException) -> BaseException:
    """Return what to raise for an exception that came out of a call: a hook's own, unwrapped."""
    return error.error if isinstance(error, HookFailed) else error


def note_call(interruption: BaseException, start: Start, operation: str, hide: Hide) -> None:
    """Note on what ended a call early whether it may have been carried out.

    Args:
        interruption: What is raised.
        start: The call.
        operation: Its operation.
        hide: Takes the secrets out of what the server said.
    """
    if start.payload is not None:
        names = ", ".join(safe_text(name, WORD_LENGTH, hide) for name in _names(start.payload))
        interruption.add_note(
            f"{operation} was carried out, and charged if it costs coins, but its response was not "
            "returned" + (f"; it names {names}." if names else ".")
        )
    elif start.may_have_begun:
        interruption.add_note(
            f"{operation} was under way: it may have been carried out, and charged if it costs "
            "coins."
        )


def note_task_start(
    interruption: BaseException, start: Start, submission: Submission, family: TaskFamily
) -> None:
    """Note on what ended the start of a task early how to look for the task.

    Args:
        interruption: What is raised; it gets the submission too.
        start: The start.
        submission: What it submitted, with the moment from which its task can date.
        family: The family, as the table of families describes it.
    """
    if not start.may_have_begun:
        return
    if family.can_find_started:
        way = (
            f"a2e.{family.attribute}.find_started(submission), with the submission from this "
            "exception or from a2e.submissions."
        )
    else:
        way = NO_LIST
    happened = "was under way" if start.payload is None else "was carried out"
    may_have_been = "may have been" if start.payload is None else "was"
    interruption.add_note(
        f"{family.start} {happened}: {family.title} {submission.name!r} {may_have_been} started "
        f"and charged. Before you start it again, look for it: {way}"
    )
    with contextlib.suppress(AttributeError, TypeError):  # Not every exception takes attributes.
        interruption.submission = submission  # type: ignore[attr-defined]


def _names(payload: Mapping[str, Any]) -> list[str]:
    """Return what a response names that was made: ids, or the address of a file."""
    data: Any = payload.get("data")
    if isinstance(data, str):  # Anything but an address may be a secret.
        return [data] if data.startswith(("https://", "http://")) else []
    records = cast(Sequence[Any], data if isinstance(data, list) else [data])
    rows = [cast(dict[str, Any], row) for row in records if isinstance(row, dict)]
    ids: list[Any] = [row.get("_id") for row in rows]
    return [identifier for identifier in ids if is_usable_id(identifier)]
