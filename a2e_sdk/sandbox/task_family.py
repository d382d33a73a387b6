"""What differs between one family of tasks and another, as data.

Owns the description only: paths, operation names, body fields, price, status words and the shape
of a row. `task_endpoints` reads it; a new family is a new `TaskFamily`, not new code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from attrs import define, field, frozen

from .files import MP4, MediaKind
from .progress import Progress, Schedule, StatusWords
from .validation import BodyField

__all__ = ["Action", "Row", "StoredTask", "TaskFamily", "TaskOperation", "TaskView"]

Row = dict[str, Any]
"""One record as it is on the wire."""


class Action(Enum):
    """What an operation does with the tasks of its family."""

    START = "start"
    """Make a task from the body; charged."""
    RECORDS = "records"
    """One page of all tasks: ``data: {rows, count}``."""
    RUNNING = "running"
    """All tasks that have not ended, in a bare array."""
    DETAIL = "detail"
    """One task, its id in the path."""
    DETAIL_BY_QUERY = "detail by query"
    """One task, its id in the query."""
    BATCH = "batch"
    """Several tasks by the ids in the body, in an order of the server's own."""
    DELETE = "delete"
    """Take one task out, its id in the path."""


@frozen
class TaskOperation:
    """One operation of a family.

    Args:
        action: what it does.
        name: operation name, for example ``"list_face_swap_tasks"``.
        method: HTTP method.
        path: path under the family's own, for example ``"/records"`` or ``"/{_id}"``.
        traced: whether its successful answers carry a ``trace_id``; False by default.
        refusal_status: HTTP status of its refusals; 400 by default. Where the reference lists no
            400 it is 200, and only the envelope's code tells.
    """

    action: Action
    name: str
    method: str
    path: str
    traced: bool = False
    refusal_status: int = 400


@frozen
class TaskView:
    """All that a row is written from.

    Args:
        task_id: the id.
        inputs: the checked fields of the start body.
        progress: where the task stands.
        result_url: link to the result; ``""`` while there is none.
        price: coins charged.
    """

    task_id: str
    inputs: Mapping[str, Any]
    progress: Progress
    result_url: str
    price: int


@frozen(kw_only=True)
class TaskFamily:
    """One family of tasks.

    Args:
        name: last segment of its path, for example ``"userFaceSwapTask"``; names its results too.
        operations: what the server offers.
        fields: fields of the start body.
        row: writes a record in full.
        start_row: makes the start answer from a full record; the same by default.
        running_row: makes an item of the running list from a full record; the same by default.
        words: status words.
        status_key: key of the status word in a row.
        price: coins for one task; 0 by default. The sandbox's own price, A2E's are not public.
        result: kind of file a task gives.
    """

    name: str
    operations: tuple[TaskOperation, ...]
    fields: tuple[BodyField, ...]
    row: Callable[[TaskView], Row]
    start_row: Callable[[Row], Row] = dict
    running_row: Callable[[Row], Row] = dict
    words: StatusWords = field(factory=StatusWords)
    status_key: str = "current_status"
    price: int = 0
    result: MediaKind = MP4

    @property
    def path(self) -> str:
        """The path all its operations share."""
        return f"/api/v1/{self.name}"


@define
class StoredTask:
    """One task as the sandbox keeps it.

    Args:
        task_id: the id.
        inputs: the checked fields of the start body.
        schedule: what happens to it, fixed when it was made.
        price: coins charged for it.
        overrides: wire fields that a test or the seed has fixed; they win over computed ones.
    """

    task_id: str
    inputs: Mapping[str, Any]
    schedule: Schedule
    price: int = 0
    overrides: Mapping[str, Any] = field(factory=dict[str, Any])
