"""What differs between the families of tasks in the sandbox, as data.

This module owns what the sandbox adds to a family of the facade: price, status words, the files
that a task gives and the shape of records and lists. `endpoints` reads it. Which operations a
family has is said by the facade's `TaskFamily`; paths and the fields of bodies are those of the
spec.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any

from attrs import define, field, frozen

from a2e_api.operations import OPERATIONS
from a2e_sdk._wire.families import TaskFamily
from a2e_sdk.sandbox.files.served_files import MP4, FileKind, kind_like
from a2e_sdk.sandbox.state.progress import Schedule, StatusWords, TaskProgress

__all__ = [
    "Action",
    "ListShape",
    "Row",
    "SandboxFamily",
    "StoredTask",
    "TaskView",
    "operations_of",
]

Row = dict[str, Any]
"""One record as it is on the wire."""


class Action(Enum):
    """What an operation does with the tasks of its family."""

    START = "start"
    """Make a task from the body; charged."""
    START_IN_ARRAY = "start in array"
    """Likewise, with an array in response; the family's ``several`` may ask for more than one."""
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
    progress: TaskProgress
    result_urls: tuple[str, ...]
    price: int
    now: datetime

    @property
    def result_url(self) -> str:
        """Link to the first result; an empty text while there is none."""
        return self.result_urls[0] if self.result_urls else ""


@frozen(kw_only=True)
class SandboxFamily:
    """One family of tasks as the sandbox serves it.

    Args:
        name: its name, for example ``"image_to_video"``; names its results too.
        start: the operation that starts a task.
        operations: what the server offers, by the ids of the spec.
        row: writes a record in full.
        start_row: makes the response of the start from a full record; the same by default.
        running_row: makes an item of the running list from a full record; the same by default.
        words: status words.
        status_key: key of the status word in a row.
        price: coins for one task; 0 by default. The sandbox's own price, A2E's are not public.
        free_with: an input that makes a task free; none by default.
        result: kind of file a task gives; None for no file at all.
        follows_input: whether the result is of the kind of the input instead, where the start takes
            a file of several kinds; True by default.
        results: the input that says how many results a task gives; one by default.
        several: the input that says how many tasks one start makes; one by default.
        at_once_with: inputs with which a task ends in the moment of its start; none by default.
        shape: what a page looks like.
    """

    name: str
    start: str
    operations: Mapping[str, Action]
    row: Callable[[TaskView], Row]
    start_row: Callable[[Row], Row] = dict
    running_row: Callable[[Row], Row] = dict
    words: StatusWords = field(factory=StatusWords)
    status_key: str = "current_status"
    price: int = 0
    free_with: str = ""
    result: FileKind | None = MP4
    follows_input: bool = True
    results: str = ""
    several: str = ""
    at_once_with: tuple[str, ...] = ()
    shape: ListShape = ListShape.ROWS

    def kind_of(self, inputs: Mapping[str, Any]) -> FileKind | None:
        """Return the kind of file that a task gives; None for none.

        Args:
            inputs: the fields of its start body.
        """
        source = _varying_input(self.start) if self.result and self.follows_input else ""
        return kind_like(inputs.get(source)) if source else self.result

    @property
    def takes_webhook(self) -> bool:
        """Whether its start takes the address of a webhook, as that of a preview does not."""
        return "webhook_url" in _fields(self.start)

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


_ACTIONS: Mapping[str, Action] = {
    "start": Action.START,
    "list": Action.PAGE,
    "running": Action.RUNNING,
    "get_many": Action.BATCH,
    "get": Action.DETAIL,
    "rename": Action.RENAME,
    "delete": Action.DELETE,
}
# Their names alone: what the spec says of each is loaded when it is needed.
_KNOWN = frozenset(OPERATIONS)


def operations_of(family: TaskFamily) -> dict[str, Action]:
    """Return the operations of a family, and what each of them does.

    Beside those that the facade uses these are the older form of each, which does the same, and the
    repetition of a task, both named by the spec's rule.

    Args:
        family: the facade's family.
    """
    actions: dict[str | None, Action] = {
        getattr(family, name): action for name, action in _ACTIONS.items()
    }
    if family.many:
        actions[family.start] = Action.START_IN_ARRAY
    actions[f"retry_{family.name}_task"] = Action.RESTART
    operations: dict[str, Action] = {}
    for operation, action in actions.items():
        for name in (operation, f"{operation}_2025"):
            if name in _KNOWN:
                operations[str(name)] = action
    return operations


@cache
def _varying_input(start: str) -> str:
    """Return the field of a start that takes a file of several kinds; an empty text without one."""
    fields = _fields(start)
    return next((name for name, schema in fields.items() if len(schema.get("x-media", ())) > 1), "")


def _fields(start: str) -> Mapping[str, Mapping[str, Any]]:
    body: Mapping[str, Any] = OPERATIONS[start].input["body"] or {}
    fields: Mapping[str, Mapping[str, Any]] = body.get("properties", {})
    return fields


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
        request: number of the request that started it; None for none.
        number: its place among the tasks of all families, from 1.
        revision: number of its latest change.
        is_deleted: whether it was deleted.
    """

    task_id: str
    inputs: Mapping[str, Any]
    schedule: Schedule
    price: int = 0
    overrides: Row = field(factory=dict[str, Any])
    request: int | None = None
    number: int = field(default=0, metadata={"saved": False})
    revision: int = field(default=0, metadata={"saved": False})
    is_deleted: bool = False
