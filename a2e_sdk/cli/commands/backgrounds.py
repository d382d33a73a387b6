"""``a2e backgrounds``: images that can be put behind an avatar.

This module owns these commands' names, arguments and help.
"""

from __future__ import annotations

from typing import Any, cast

import click

from a2e_sdk.cli.lazy_group import Command, Entry
from a2e_sdk.cli.options.common import (
    client_options,
    limit_option,
    open_client,
)
from a2e_sdk.cli.options.parameters import Argument

from .avatars import kind_option
from .listings import list_whole

image_file_argument = click.argument("image", cls=Argument, metavar="FILE|URL", help="The image.")
background_id_argument = click.argument(
    "background", cls=Argument, metavar="ID", help="The background's id, 24 hexadecimal digits."
)
name_option = click.option("--name", metavar="TEXT", help="What to call it. Default: nothing.")


def entries() -> dict[str, Entry]:
    """Return the commands."""
    return {
        "list": Entry("List the backgrounds.", lambda: list_backgrounds),
        "add": Entry("Keep an image as a background.", lambda: add_background),
        "delete": Entry("Delete one of yours.", lambda: delete_background),
    }


@click.command(cls=Command)
@kind_option
@limit_option
@client_options
def list_backgrounds(
    kind: str | None, limit: int | None, region: str | None, base_url: str | None, as_json: bool
) -> None:
    """List the backgrounds; their ids are what --background takes."""
    list_whole(
        lambda a2e: a2e.backgrounds.list(kind=cast(Any, kind)),
        "id name kind image_url",
        "background",
        region=region,
        base_url=base_url,
        as_json=as_json,
        limit=limit,
    )


@click.command(cls=Command)
@image_file_argument
@name_option
@client_options
def add_background(
    image: str, name: str | None, region: str | None, base_url: str | None, as_json: bool
) -> None:
    """Keep an image as a background, and show it; uploading a local file costs coins."""
    from a2e_sdk.cli.output.printing import print_record
    from a2e_sdk.cli.steps import receipts
    from a2e_sdk.cli.steps.task_steps import working

    with working(region, base_url) as work:
        kept = work.a2e.backgrounds.add(image, name=name, on_upload=work.progress.uploading)
        receipts.keep(kept.id, [f"Background {kept.id} was added."])
    print_record(kept, as_json=as_json)


@click.command(cls=Command)
@background_id_argument
@client_options
def delete_background(
    background: str, region: str | None, base_url: str | None, as_json: bool
) -> None:
    """Delete a background of yours, without asking."""
    from a2e_sdk.cli.output.printing import print_deleted

    with open_client(region, base_url) as a2e:
        a2e.backgrounds.delete(background)
    print_deleted("background", background, as_json=as_json)
