"""What differs between one family of tasks and another, as data.

Owns the description only: operations, price, status words, the files a task gives and the shape of
rows and lists. `task_endpoints` reads it; a new family is a new `TaskFamily`, not new code. Paths
and the fields of bodies are those of the spec.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from datetime import datetime
from enum import Enum
from typing import Any

from attrs import define, field, frozen

from a2e_sdk.sandbox.files.served_files import MP4, MediaKind, kind_like

from .progress import Progress, Schedule, StatusWords

__all__ = ["Action", "ListShape", "Row", "StoredTask", "TaskFamily", "TaskView", "operations_of"]

Row = dict[str, Any]
"""One record as it is on the wire."""


class Action(Enum):
    """What an operation does with the tasks of its family."""

    START = "start"
    """Make a task from the body; charged."""
    START_IN_ARRAY = "start in array"
    """Likewise, answered with an array; the family's ``several`` may ask for more than one."""
    PAGE = "page"
    """One page of all tasks, in the family's `ListShape`."""
    RUNNING = "running"
    """All tasks that have not ended, in a bare array; the one of an id, ended or not."""
    COMPLETED = "completed"
    """All tasks that have ended well, in a bare array."""
    ALL = "all"
    """All tasks, in a bare array."""
    DETAIL = "detail"
    """One task; null for an unknown id."""
    DETAIL_OR_ALL = "detail or all"
    """Likewise; without an id all tasks, in a bare array."""
    DETAIL_IN_ARRAY = "detail in array"
    """One task in an array, which is empty for an unknown id."""
    BATCH = "batch"
    """Several tasks by the ids in the body, in an order of the server's own."""
    RENAME = "rename"
    """Give a task another name."""
    RESTART = "restart"
    """Let a task run once more, free of charge; nothing happens without an id."""
    DELETE = "delete"
    """Take one task out."""


class ListShape(Enum):
    """What a page of tasks looks like."""

    ROWS = "rows"
    """``{rows, count}``."""
    LIST = "list"
    """``{list, total}``."""
    CURRENT = "current"
    """``{current, total, success, data}``."""
    BARE = "bare"
    """All tasks in an array, whatever page was asked for."""

    def page(self, rows: list[Row], total: int, number: int) -> Any:
        """Wrap the rows of a page.

        Args:
            rows: its rows.
            total: how many there are on all pages.
            number: its number, from 1.
        """
        if self is ListShape.ROWS:
            return {"rows": rows, "count": total}
        if self is ListShape.LIST:
            return {"list": rows, "total": total}
        if self is ListShape.CURRENT:
            return {"current": number, "total": total, "success": True, "data": rows}
        return rows


@frozen
class TaskView:
    """All that a row is written from.

    Args:
        task_id: the id.
        inputs: the checked fields of the start body.
        progress: where the task stands.
        result_urls: links to the results; none while there are none.
        price: coins charged.
        now: the moment it is looked at.
    """

    task_id: str
    inputs: Mapping[str, Any]
    progress: Progress
    result_urls: tuple[str, ...]
    price: int
    now: datetime

    @property
    def result_url(self) -> str:
        """Link to the first result; an empty text while there is none."""
        return self.result_urls[0] if self.result_urls else ""


@frozen(kw_only=True)
class TaskFamily:
    """One family of tasks.

    Args:
        name: its name, for example ``"image_to_video"``; names its results too.
        operations: what the server offers, by the ids of the spec.
        row: writes a record in full.
        start_row: makes the start answer from a full record; the same by default.
        running_row: makes an item of the running list from a full record; the same by default.
        words: status words.
        status_key: key of the status word in a row.
        price: coins for one task; 0 by default. The sandbox's own price, A2E's are not public.
        free_with: an input that makes a task free; none by default.
        result: kind of file a task gives; None for no file at all.
        result_like: the input whose kind of file the result has, in the place of ``result``.
        results: the input that says how many results a task gives; one by default.
        several: the input that says how many tasks one start makes; one by default.
        at_once_with: inputs with which a task ends as its start is answered; none by default.
        shape: what a page looks like.
    """

    name: str
    operations: Mapping[str, Action]
    row: Callable[[TaskView], Row]
    start_row: Callable[[Row], Row] = dict
    running_row: Callable[[Row], Row] = dict
    words: StatusWords = field(factory=StatusWords)
    status_key: str = "current_status"
    price: int = 0
    free_with: str = ""
    result: MediaKind | None = MP4
    result_like: str = ""
    results: str = ""
    several: str = ""
    at_once_with: tuple[str, ...] = ()
    shape: ListShape = ListShape.ROWS

    def kind_of(self, inputs: Mapping[str, Any]) -> MediaKind | None:
        """Return the kind of file that a task gives; None for none.

        Args:
            inputs: the fields of its start body.
        """
        return kind_like(inputs.get(self.result_like)) if self.result_like else self.result

    def price_of(self, inputs: Mapping[str, Any]) -> int:
        """Return the coins for one task.

        Args:
            inputs: the fields of its start body.
        """
        return 0 if self.free_with and inputs.get(self.free_with) else self.price

    def tasks_of(self, inputs: Mapping[str, Any]) -> int:
        """Return how many tasks a start makes.

        Args:
            inputs: the fields of its body.
        """
        return int(inputs.get(self.several) or 1)


_RULE = {
    "start_{}_task": Action.START,
    "list_{}_tasks": Action.PAGE,
    "list_running_{}_tasks": Action.RUNNING,
    "get_many_{}_tasks": Action.BATCH,
    "get_{}_task": Action.DETAIL,
    "rename_{}_task": Action.RENAME,
    "retry_{}_task": Action.RESTART,
    "delete_{}_task": Action.DELETE,
}


def operations_of(name: str, known: Container[str]) -> dict[str, Action]:
    """Return the operations of a family that are named by the rule.

    Args:
        name: the family's name.
        known: the ids of all operations of the spec.
    """
    named = {rule.format(name): action for rule, action in _RULE.items()}
    return {operation: action for operation, action in named.items() if operation in known}


@define
class StoredTask:
    """One task as the sandbox keeps it.

    Args:
        task_id: the id.
        inputs: the checked fields of the start body.
        schedule: what happens to it; fixed when it was made, anew when it is restarted.
        price: coins charged for it.
        overrides: wire fields that a test, the seed or the user has fixed; they win over computed
            ones.
    """

    task_id: str
    inputs: Mapping[str, Any]
    schedule: Schedule
    price: int = 0
    overrides: Row = field(factory=dict[str, Any])
