"""Tasks while they are read from their records, before they are frozen.

This module owns the drafts: objects whose attributes can be set, and which then become instances of
a model. What of a record becomes which attribute is in ``records`` and in the modules of the
sections.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from a2e_sdk._display.displayed import Displayed
from a2e_sdk.models.status import TaskStatus


class TaskDraft(Displayed):
    """The attributes that every task has, to be set one by one.

    A listing makes a task of every record. Setting the attributes of a plain class takes half the
    time of filling a dict, and leaves less memory behind: the interpreter keeps the names of the
    attributes once for all instances. A frozen class can't be filled like that, but an instance may
    change its class: the bases here are those of `Task`, so that both have the same layout.
    """

    id: str
    name: str | None
    status: TaskStatus
    raw_status: str | None
    result_url: str | None
    result_urls: tuple[str, ...]
    failed_message: str | None
    error_code: str | None
    created_at: datetime | None
    updated_at: datetime | None
    raw: dict[str, Any]


class SteppedDraft(TaskDraft):
    """A task whose record tells when each of its steps began."""

    initialized_at: datetime | None
    processing_at: datetime | None
    completed_at: datetime | None
