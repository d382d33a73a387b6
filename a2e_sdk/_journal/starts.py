"""Starts as a journal takes and gives them.

This module owns the values that go in and out of the steps of a start: what is intended, and what
is known of its key. They are values only.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs

from a2e_sdk.models.journal import JournalEntry, JournalFile
from a2e_sdk.models.submission import Submission

from .locks import Hold


@attrs.frozen
class Sending:
    """How a start is sent.

    Attributes:
        submission: What tells its task from others.
        is_exact: Whether the moment is by the server's clock, which alone tells how long ago it is.
    """

    submission: Submission
    is_exact: bool


@attrs.frozen(kw_only=True)
class Intent:
    """A start that is about to be made.

    Attributes:
        key: Its key; None without one.
        family: The family of its task.
        digest: What starts of the same inputs have in common, of `start_digest`.
        inputs: Its inputs by the server's keys, without files, webhooks and secrets.
        files: Its local files.
        name: The label of its task; None where tasks have none.
        expected: How many tasks it makes at the most.
        quote: Its price as it was asked; None where it was not.
        price: The coins to reserve for it.
        sending: How it is sent, where that follows at once; else `Journal.sending` is told.
    """

    key: str | None
    family: str
    digest: str
    inputs: Mapping[str, Any]
    files: tuple[JournalFile, ...] = ()
    name: str | None
    expected: int = 1
    quote: float | None = None
    price: float = 0.0
    sending: Sending | None = None


@attrs.frozen
class Begun:
    """A start that may be made now; its entry is held until it has ended.

    Attributes:
        entry: The number of its entry.
        hold: What keeps others from it.
    """

    entry: int
    hold: Hold


@attrs.frozen
class Known:
    """A start that was made before under the same key.

    Attributes:
        entry: Its entry, with its tasks.
        records: The records of tasks that the API can't read again, by their ids.
    """

    entry: JournalEntry
    records: Mapping[str, Mapping[str, Any]] = attrs.field(factory=dict[str, Mapping[str, Any]])


@attrs.frozen
class Lost:
    """A start of the same key that may have been made, by a process or call that ended in between.

    Its entry is held, so that nobody else looks for its task meanwhile.

    Attributes:
        entry: Its entry.
        hold: What keeps others from it.
        submission: What tells its task from others.
        expected: How many tasks it makes at the most.
        sent_at: When it was sent, by the server's clock; None where that was not known.
    """

    entry: JournalEntry
    hold: Hold
    submission: Submission
    expected: int
    sent_at: datetime | None


@attrs.frozen
class InUse:
    """The key is being started at this moment, by another call or process."""


Found = Known | Lost | InUse
