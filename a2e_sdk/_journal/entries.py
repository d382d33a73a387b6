"""Entries as rows, and rows as entries.

This module owns which column is which attribute. It is pure.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import attrs

from a2e_sdk.models.journal import EntryState, JournalEntry, JournalFile
from a2e_sdk.models.submission import Submission, Text

from .coins import coins_of
from .session import Row

#: What `entry_of` reads, in its order.
COLUMNS = (
    "id, key, attempt, family, state, name, inputs, files, quote, reserved, coins, error, "
    "intended_at, sent_at, started_at, ended_at"
)


def entry_of(row: Row, task_ids: Sequence[str]) -> JournalEntry:
    """Return the entry of a row.

    Args:
        row: The values of `COLUMNS`.
        task_ids: The ids of its tasks, in order.
    """
    quote, reserved, coins = row[8:11]
    intended, sent, started, ended = row[12:16]
    return JournalEntry(
        id=row[0],
        key=row[1],
        attempt=row[2],
        family=row[3],
        state=EntryState(row[4]),
        name=row[5],
        inputs=json.loads(row[6]),
        files=tuple(JournalFile(**file) for file in json.loads(row[7])),
        quote=None if quote is None else coins_of(quote),
        reserved=coins_of(reserved),
        coins=None if coins is None else coins_of(coins),
        task_ids=tuple(task_ids),
        error=row[11],
        intended_at=moment_of(intended),
        sent_at=None if sent is None else moment_of(sent),
        started_at=None if started is None else moment_of(started),
        ended_at=None if ended is None else moment_of(ended),
    )


def moment_of(text: str) -> datetime:
    """Return a moment that `text_of` wrote."""
    return datetime.fromisoformat(text)


def text_of(moment: datetime) -> str:
    """Return a moment as text whose order is that of time."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


#: The text of no files.
NO_FILES = "[]"


def files_text(files: Sequence[JournalFile]) -> str:
    """Return the text of some files."""
    return json.dumps([attrs.asdict(file) for file in files])


def submission_text(submission: Submission) -> str:
    """Return the text of a submission."""
    moment = submission.not_before
    return json.dumps(
        {
            "family": submission.family,
            "label": submission.label,
            "name": submission.name,
            "unique_name": submission.unique_name,
            "inputs": dict(submission.inputs),
            "not_before": None if moment is None else text_of(moment),
        }
    )


def submission_of(text: str) -> Submission:
    """Return the submission that `submission_text` wrote."""
    values: dict[str, Any] = json.loads(text)
    inputs: Mapping[str, Any] = values.pop("inputs")
    moment = values.pop("not_before")
    return Submission(
        **values,
        inputs={key: _text(value) for key, value in inputs.items()},
        not_before=None if moment is None else moment_of(moment),
    )


def _text(value: Any) -> Text:
    return value if isinstance(value, str) else tuple(value)
