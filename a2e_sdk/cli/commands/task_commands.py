"""The commands of a family of tasks, whatever the family: run, create, wait, list, get ...

This module owns which commands a family has, and those that look at tasks and manage them. What
differs between families is read from their rows in ``_wire.family_table``, so a new row is a new
group of commands. The commands that cost and last are in ``start_commands``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import click

from a2e_sdk.cli.lazy_group import Command, Entry
from a2e_sdk.cli.options.common import (
    check_paging,
    client_options,
    limit_option,
    open_client,
    page_size_option,
)
from a2e_sdk.cli.options.parameters import Argument

from .start_commands import create_command, run_command, wait_command
from .task_words import KEPT_ON_SERVER, tasks_of

if TYPE_CHECKING:
    from a2e_sdk._wire.families import TaskFamily
    from a2e_sdk.models import Task

task_id_argument = click.argument(
    "task", cls=Argument, metavar="ID", help="The task's id, 24 hexadecimal digits."
)
new_name_argument = click.argument("name", cls=Argument, metavar="NAME", help="The new name.")


def task_entries(family: TaskFamily) -> dict[str, Entry]:
    """Return the commands of a family: those that its row of the table has an operation for.

    Args:
        family: The row.
    """
    tasks = tasks_of(family)
    # Where the server reads no single task, it is looked up in the list.
    readable = bool(family.get or family.list)
    saved = "" if family.name in KEPT_ON_SERVER else ", save its result"
    rows: tuple[tuple[str, object, str, Callable[[TaskFamily], click.Command]], ...] = (
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


def _list(family: TaskFamily) -> click.Command:
    @click.command(cls=Command, help=f"List {tasks_of(family)}, newest first.\n\n{_LISTING}")
    @client_options
    @page_size_option
    @limit_option
    def list_tasks(
        region: str | None, base_url: str | None, as_json: bool, page_size: int, limit: int | None
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

    return list_tasks


_LISTING = (
    "A terminal gets a table that suits its width. A pipe gets the same in plain text, one line "
    'per task: values are whole, "-" stands for none, and control characters in them are written '
    "as \\t, \\n, \\x1b.\n\n"
    "For scripts there is --json: one array, one task a line, with every field. All forms come row "
    "by row, so a listing of any length needs little memory."
)


def _running(family: TaskFamily) -> click.Command:
    @click.command(
        cls=Command,
        help=f"List {tasks_of(family)} that have not ended, with what the server tells of running "
        "ones.",
    )
    @client_options
    def list_running(region: str | None, base_url: str | None, as_json: bool) -> None:
        from a2e_sdk.cli.output.columns import task_columns
        from a2e_sdk.cli.output.printing import print_listing
        from a2e_sdk.cli.steps.task_resources import task_resource_of

        with open_client(region, base_url) as a2e:
            rows: list[Task] = cast(Any, task_resource_of(a2e, family)).running()
            print_listing(rows, task_columns(family), "running task", as_json=as_json)

    return list_running


def _get(family: TaskFamily) -> click.Command:
    @click.command(cls=Command, help=f"Show one of the {tasks_of(family)} with every field.")
    @task_id_argument
    @client_options
    def get_task(task: str, region: str | None, base_url: str | None, as_json: bool) -> None:
        from a2e_sdk.cli.output.printing import print_record
        from a2e_sdk.cli.steps.task_resources import task_resource_of

        with open_client(region, base_url) as a2e:
            print_record(task_resource_of(a2e, family).get(task), as_json=as_json)

    return get_task


def _rename(family: TaskFamily) -> click.Command:
    @click.command(cls=Command, help=f"Give one of the {tasks_of(family)} another name.")
    @task_id_argument
    @new_name_argument
    @client_options
    def rename_task(
        task: str, name: str, region: str | None, base_url: str | None, as_json: bool
    ) -> None:
        from a2e_sdk.cli.output.printing import print_done, print_values
        from a2e_sdk.cli.steps.task_resources import task_resource_of

        with open_client(region, base_url) as a2e:
            cast(Any, task_resource_of(a2e, family)).rename(task, name)
        if as_json:
            print_values({"id": task, "name": name}, as_json=True)
        else:
            print_done(f"Renamed task {task} to {name}.")

    return rename_task


def _delete(family: TaskFamily) -> click.Command:
    @click.command(
        cls=Command,
        help=f"Delete the record of one of the {tasks_of(family)}, without asking.\n\n"
        "The server deletes one that waits (its coins come back) or has ended (they don't), and "
        "refuses one that is being worked on.",
    )
    @task_id_argument
    @client_options
    def delete_task(task: str, region: str | None, base_url: str | None, as_json: bool) -> None:
        from a2e_sdk.cli.output.printing import print_deleted
        from a2e_sdk.cli.steps.task_resources import task_resource_of

        with open_client(region, base_url) as a2e:
            cast(Any, task_resource_of(a2e, family)).delete(task)
        print_deleted("task", task, as_json=as_json)

    return delete_task
