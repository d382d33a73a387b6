"""The table of task families: what differs between them, as data.

This module owns one row per family. The engine that reads it is `AsyncTasks`; a new family is a
new row, not new code. Operations are named by their ids in the spec and imported when first used.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

import attrs


@attrs.frozen(kw_only=True)
class TaskFamily:
    """One family of tasks.

    Attributes:
        name: The client's attribute, and `Task.family` of its tasks.
        section: The tag of its operations in the spec.
        get: Operation that reads one task; None where the server has none (likewise below).
        get_many: Operation that reads the tasks of some ids.
        get_many_request: The model of that operation's body.
        list: Operation that lists a page of tasks.
        running: Operation that lists the running tasks.
        delete: Operation that deletes one task.
        id_argument: What the operations call a task's id.
        page_argument: What the list calls the number of a page.
        page_size_argument: What the list calls the size of a page.
        rows: Where the list's answer has its rows.
        total: Where the list's answer has its count of all rows.
        record: The function of ``a2e_sdk.models`` that makes a friendly task of a record.
        progress: The function that does so with a row of the running tasks.
    """

    name: str
    section: str
    get: str | None = None
    get_many: str | None = None
    get_many_request: str | None = None
    list: str | None = None
    running: str | None = None
    delete: str | None = None
    id_argument: str = "id"
    page_argument: str = "page_num"
    page_size_argument: str = "page_size"
    rows: str = "rows"
    total: str = "count"
    record: str
    progress: str | None = None

    def operation(self, verb: str) -> ModuleType:
        """Import the generated module of an operation, by its column in this table.

        Raises:
            NotImplementedError: The server has no such operation for this family.
        """
        identifier = getattr(self, verb)
        if identifier is None:
            raise NotImplementedError(f"The API has no operation to {verb} tasks of {self.name}.")
        return _operation(self.section, identifier)

    def converter(self, column: str) -> Any:
        """Import the function that makes a friendly model, by its column in this table."""
        return _converter(self.section, getattr(self, column))


@cache
def _operation(section: str, identifier: str) -> ModuleType:
    return import_module(f"a2e_api.api.{section}.{identifier}")


@cache
def _converter(section: str, function: str) -> Any:
    return getattr(import_module(f"a2e_sdk.models.{section}"), function)


FACE_SWAP = TaskFamily(
    name="face_swap",
    section="face_swap",
    get="get_face_swap_task",
    get_many="get_many_face_swap_tasks",
    get_many_request="GetManyFaceSwapTasksRequest",
    list="list_face_swap_tasks",
    running="list_running_face_swap_tasks",
    delete="delete_face_swap_task",
    record="face_swap_task",
    progress="face_swap_progress",
)

#: Every family by its name.
TASK_FAMILIES: dict[str, TaskFamily] = {family.name: family for family in (FACE_SWAP,)}
