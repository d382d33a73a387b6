"""``a2e face-swap``: the tree of its commands, and those that look at tasks.

This module owns the names in the tree, and the arguments and help of these commands; every one is a
call of the facade and a call of ``output``. The commands that cost and last are in
``face_swap_work``, faces for reuse are in ``face_swap_images``.
"""

# Some versions of typer type their own parameters with click's classes, left open.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from typing import Annotated

import typer

from .face_swap_images import images
from .face_swap_work import create_task, run_task, wait_for_tasks
from .options import (
    BaseUrlOption,
    JsonOption,
    LimitOption,
    PageSizeOption,
    RegionOption,
    check_paging,
    open_client,
)

TaskId = Annotated[str, typer.Argument(metavar="ID", help="The task's id, 24 hexadecimal digits.")]

face_swap = typer.Typer(rich_markup_mode=None, help="Face swaps: tasks, and faces for reuse.")
tasks = typer.Typer(rich_markup_mode=None, help="The account's face swaps.")
face_swap.add_typer(tasks, name="tasks")
face_swap.add_typer(images, name="images")


@tasks.command("list")
def list_tasks(
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    as_json: JsonOption = False,
    page_size: PageSizeOption = 100,
    limit: LimitOption = None,
) -> None:
    """List face swaps, newest first.

    A terminal gets a table that suits its width. A pipe gets the same in plain text, one line per
    task: values are whole, "-" stands for none, and control characters in them are written as
    \\t, \\n, \\x1b.

    For scripts there is --json: one array, one task a line, with every field. All forms come row by
    row, so a listing of any length needs little memory.
    """
    from .columns import task_columns
    from .output import print_listing

    check_paging(page_size, limit)
    with open_client(region, base_url) as a2e:
        # A page is not larger than what is wanted of it.
        size = min(page_size, limit or page_size)
        rows = a2e.face_swap.tasks.list(page_size=size, limit=limit)
        print_listing(rows, task_columns(), "task", as_json=as_json)


@tasks.command("get")
def get_task(
    task: TaskId,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show one face swap with every field."""
    from .output import print_record

    with open_client(region, base_url) as a2e:
        print_record(a2e.face_swap.tasks.get(task), as_json=as_json)


@tasks.command("delete")
def delete_task(
    task: TaskId,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Delete the record of a face swap, without asking.

    The server deletes one that waits (its coins come back) or has ended (they don't), and refuses
    one that is being worked on.
    """
    from .output import print_deleted

    with open_client(region, base_url) as a2e:
        a2e.face_swap.tasks.delete(task)
    print_deleted("task", task, as_json=as_json)


tasks.command("create")(create_task)
tasks.command("wait")(wait_for_tasks)
face_swap.command("run")(run_task)
