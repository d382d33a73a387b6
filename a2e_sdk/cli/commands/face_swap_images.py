"""``a2e face-swap images``: faces that are kept for reuse.

This module owns these commands' names, arguments and help; every one is a call of the facade and a
call of ``output``.
"""

from __future__ import annotations

import click

from a2e_sdk.cli.lazy_group import Command, Entry
from a2e_sdk.cli.options.common import (
    check_limit,
    client_options,
    limit_option,
    open_client,
)
from a2e_sdk.cli.options.parameters import Argument

image_id_argument = click.argument(
    "image", cls=Argument, metavar="ID", help="The image's id, 24 hexadecimal digits."
)
face_argument = click.argument(
    "face", cls=Argument, metavar="FILE|URL", help="An image with the face."
)


def entries() -> dict[str, Entry]:
    """Return the commands."""
    return {
        "list": Entry("List the faces that are kept.", lambda: list_images),
        "add": Entry("Keep a face on the server.", lambda: add_image),
        "delete": Entry("Delete a face that is kept.", lambda: delete_image),
    }


@click.command(cls=Command)
@client_options
@limit_option
def list_images(region: str | None, base_url: str | None, as_json: bool, limit: int | None) -> None:
    """List the faces that are kept; the server gives them all at once."""
    from itertools import islice

    from a2e_sdk.cli.output.columns import image_columns
    from a2e_sdk.cli.output.printing import print_listing

    check_limit(limit)
    with open_client(region, base_url) as a2e:
        rows = islice(a2e.face_swap.images.list(), limit)
        print_listing(rows, image_columns(), "image", as_json=as_json)


@click.command(cls=Command)
@face_argument
@client_options
def add_image(face: str, region: str | None, base_url: str | None, as_json: bool) -> None:
    """Keep a face on the server, and show it with every field."""
    from a2e_sdk.cli.output.printing import print_record
    from a2e_sdk.cli.steps import receipts
    from a2e_sdk.cli.steps.task_steps import working

    with working(region, base_url) as work:
        image = work.a2e.face_swap.images.add(face, on_upload=work.progress.uploading)
        receipts.keep(image.id, [f"Image {image.id} was added."])
    print_record(image, as_json=as_json)


@click.command(cls=Command)
@image_id_argument
@client_options
def delete_image(image: str, region: str | None, base_url: str | None, as_json: bool) -> None:
    """Delete a face that is kept, without asking."""
    from a2e_sdk.cli.output.printing import print_deleted

    with open_client(region, base_url) as a2e:
        a2e.face_swap.images.delete(image)
    print_deleted("image", image, as_json=as_json)
