"""The commands of a family of tasks, whatever the family: run, create, wait, list, get ...

This module owns which commands a family has, and those that look at tasks and manage them. What
differs between families is read from their rows in ``_wire.family_table``, so a new row is a new
group of commands. The commands that cost and last are in ``start_commands``.
"""

# Some versions of typer type their own parameters with click's classes, left open.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from a2e_sdk.cli.lazy_group import Entry, command_of
from a2e_sdk.cli.options.common import (
    BaseUrlOption,
    JsonOption,
    LimitOption,
    PageSizeOption,
    RegionOption,
    check_paging,
    open_client,
)

from .start_commands import create_command, run_command, wait_command
from .task_words import KEPT_ON_SERVER, tasks_of

if TYPE_CHECKING:
    from a2e_sdk._wire.families import TaskFamily
    from a2e_sdk.models import Task

TaskId = Annotated[str, typer.Argument(metavar="ID", help="The task's id, 24 hexadecimal digits.")]
NewName = Annotated[str, typer.Argument(metavar="NAME", help="The new name.")]


def task_entries(family: TaskFamily) -> dict[str, Entry]:
    """Return the commands of a family: those that its row of the table has an operation for.

    Args:
        family: The row.
    """
    tasks = tasks_of(family)
    # Where the server reads no single task, it is looked up in the list.
    readable = bool(family.get or family.list)
    saved = "" if family.name in KEPT_ON_SERVER else ", save its result"
    rows: tuple[tuple[str, object, str, Callable[[TaskFamily], Any]], ...] = (
        (
            "run",
            family.start and readable,
            f"Start one, wait for it{saved}; costs coins.",
            run_command,
        ),
        ("create", family.start, "Start one and show it; costs coins.", create_command),
        ("wait", readable, f"Wait until {tasks} have ended.", wait_command),
        ("list", family.list, f"List {tasks}, newest first.", _list),
        ("running", family.running, f"List {tasks} that have not ended.", _running),
        ("get", readable, "Show one with every field.", _get),
        ("rename", family.rename, "Give one another name.", _rename),
        ("delete", family.delete, "Delete the record of one.", _delete),
    )
    return {name: Entry(text, partial(make, family)) for name, has, text, make in rows if has}


def _list(family: TaskFamily) -> Any:
    def list_tasks(
        region: RegionOption = None,
        base_url: BaseUrlOption = None,
        as_json: JsonOption = False,
        page_size: PageSizeOption = 100,
        limit: LimitOption = None,
    ) -> None:
        from a2e_sdk.cli.output.columns import task_columns
        from a2e_sdk.cli.output.printing import print_listing
        from a2e_sdk.cli.steps.task_resources import task_resource_of

        check_paging(page_size, limit)
        with open_client(region, base_url) as a2e:
            # A page is not larger than what is wanted of it.
            size = min(page_size, limit or page_size)
            rows = task_resource_of(a2e, family).list(page_size=size, limit=limit)
            print_listing(rows, task_columns(family), "task", as_json=as_json)

    return command_of(list_tasks, f"List {tasks_of(family)}, newest first.\n\n{_LISTING}")


_LISTING = (
    "A terminal gets a table that suits its width. A pipe gets the same in plain text, one line "
    'per task: values are whole, "-" stands for none, and control characters in them are written '
    "as \\t, \\n, \\x1b.\n\n"
    "For scripts there is --json: one array, one task a line, with every field. All forms come row "
    "by row, so a listing of any length needs little memory."
)


def _running(family: TaskFamily) -> Any:
    def list_running(
        region: RegionOption = None, base_url: BaseUrlOption = None, as_json: JsonOption = False
    ) -> None:
        from a2e_sdk.cli.output.columns import task_columns
        from a2e_sdk.cli.output.printing import print_listing
        from a2e_sdk.cli.steps.task_resources import task_resource_of

        with open_client(region, base_url) as a2e:
            rows: list[Task] = cast(Any, task_resource_of(a2e, family)).running()
            print_listing(rows, task_columns(family), "running task", as_json=as_json)

    return command_of(
        list_running,
        f"List {tasks_of(family)} that have not ended, with what the server tells of running ones.",
    )


def _get(family: TaskFamily) -> Any:
    def get_task(
        task: TaskId,
        region: RegionOption = None,
        base_url: BaseUrlOption = None,
        as_json: JsonOption = False,
    ) -> None:
        from a2e_sdk.cli.output.printing import print_record
        from a2e_sdk.cli.steps.task_resources import task_resource_of

        with open_client(region, base_url) as a2e:
            print_record(task_resource_of(a2e, family).get(task), as_json=as_json)

    return command_of(get_task, f"Show one of the {tasks_of(family)} with every field.")


def _rename(family: TaskFamily) -> Any:
    def rename_task(
        task: TaskId,
        name: NewName,
        region: RegionOption = None,
        base_url: BaseUrlOption = None,
        as_json: JsonOption = False,
    ) -> None:
        from a2e_sdk.cli.output.printing import print_done, print_values
        from a2e_sdk.cli.steps.task_resources import task_resource_of

        with open_client(region, base_url) as a2e:
            cast(Any, task_resource_of(a2e, family)).rename(task, name)
        if as_json:
            print_values({"id": task, "name": name}, as_json=True)
        else:
            print_done(f"Renamed task {task} to {name}.")

    return command_of(rename_task, f"Give one of the {tasks_of(family)} another name.")


def _delete(family: TaskFamily) -> Any:
    def delete_task(
        task: TaskId,
        region: RegionOption = None,
        base_url: BaseUrlOption = None,
        as_json: JsonOption = False,
    ) -> None:
        from a2e_sdk.cli.output.printing import print_deleted
        from a2e_sdk.cli.steps.task_resources import task_resource_of

        with open_client(region, base_url) as a2e:
            cast(Any, task_resource_of(a2e, family)).delete(task)
        print_deleted("task", task, as_json=as_json)

    return command_of(
        delete_task,
        f"Delete the record of one of the {tasks_of(family)}, without asking.\n\n"
        "The server deletes one that waits (its coins come back) or has ended (they don't), and "
        "refuses one that is being worked on.",
    )
