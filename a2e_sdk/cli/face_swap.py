"""``a2e face-swap``: the commands for face swaps.

This module owns these commands' names, arguments and help; every one is a call of the facade and a
call of ``output``.
"""

# Some versions of typer type their own parameters with click's classes, left open.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from typing import Annotated

import typer

from .options import (
    BaseUrlOption,
    JsonOption,
    LimitOption,
    PageSizeOption,
    RegionOption,
    check_limit,
    check_paging,
    open_client,
)

TaskId = Annotated[str, typer.Argument(metavar="ID", help="The task's id, 24 hexadecimal digits.")]
ImageId = Annotated[
    str, typer.Argument(metavar="ID", help="The image's id, 24 hexadecimal digits.")
]
FaceUrl = Annotated[
    str, typer.Argument(metavar="URL", help="Public address of an image with the face.")
]

face_swap = typer.Typer(rich_markup_mode=None, help="Face swaps: tasks, and faces for reuse.")
tasks = typer.Typer(rich_markup_mode=None, help="The account's face swaps.")
images = typer.Typer(rich_markup_mode=None, help="Faces that are kept on the server for reuse.")
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

    A terminal gets a table. A pipe gets one line per task, a tab between the values, after a first
    line with their names: id, name, status, duration (seconds), created_at, result_url,
    failed_message. Values are whole; control characters in them are written as \\t, \\n, \\x1b.

    --json prints one array, one task a line, with every field. Both come row by row, so a listing
    of any length needs little memory.
    """
    from .columns import task_columns
    from .output import print_listing
    from .reading import newest

    check_paging(page_size, limit)
    with open_client(region, base_url) as a2e:
        rows = newest(a2e.face_swap.tasks, page_size=page_size, limit=limit)
        print_listing(rows, task_columns(), "task", as_json=as_json)


@tasks.command("get")
def get_task(
    task: TaskId,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show one face swap with every field.

    A pipe gets one line per field: its name, a tab, its value.
    """
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
    from .output import print_done

    with open_client(region, base_url) as a2e:
        a2e.face_swap.tasks.delete(task)
    print_done(f"Deleted task {task}.", {"id": task, "deleted": True}, as_json=as_json)


@images.command("list")
def list_images(
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    as_json: JsonOption = False,
    limit: LimitOption = None,
) -> None:
    """List the faces that are kept; the server gives them all at once.

    A pipe gets one line per face, a tab between the values, after a first line with their names:
    id, created_at, face_url.
    """
    from itertools import islice

    from .columns import image_columns
    from .output import print_listing

    check_limit(limit)
    with open_client(region, base_url) as a2e:
        rows = islice(a2e.face_swap.images.list(), limit)
        print_listing(rows, image_columns(), "image", as_json=as_json)


@images.command("add")
def add_image(
    face: FaceUrl,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Keep a face on the server, and show it with every field."""
    from .output import print_record

    with open_client(region, base_url) as a2e:
        print_record(a2e.face_swap.images.add(face), as_json=as_json)


@images.command("delete")
def delete_image(
    image: ImageId,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Delete a face that is kept, without asking."""
    from .output import print_done

    with open_client(region, base_url) as a2e:
        a2e.face_swap.images.delete(image)
    print_done(f"Deleted image {image}.", {"id": image, "deleted": True}, as_json=as_json)
