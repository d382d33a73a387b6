"""``a2e backgrounds``: images that can be put behind an avatar.

This module owns these commands' names, arguments and help.
"""

# Some versions of typer type their own parameters with click's classes, left open.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, cast

import typer

from a2e_sdk.cli.lazy_group import Entry, command_of
from a2e_sdk.cli.options.common import (
    BaseUrlOption,
    JsonOption,
    LimitOption,
    RegionOption,
    open_client,
)

from .avatars import KindOption
from .listings import list_whole

ImageFile = Annotated[str, typer.Argument(metavar="FILE|URL", help="The image.")]
BackgroundId = Annotated[
    str, typer.Argument(metavar="ID", help="The background's id, 24 hexadecimal digits.")
]
NameOption = Annotated[
    str | None, typer.Option("--name", metavar="TEXT", help="What to call it. Default: nothing.")
]


def entries() -> dict[str, Entry]:
    """Return the commands."""
    return {
        "list": Entry("List the backgrounds.", partial(command_of, list_backgrounds)),
        "add": Entry("Keep an image as a background.", partial(command_of, add_background)),
        "delete": Entry("Delete one of yours.", partial(command_of, delete_background)),
    }


def list_backgrounds(
    kind: KindOption = None,
    limit: LimitOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    as_json: JsonOption = False,
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


def add_background(
    image: ImageFile,
    name: NameOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Keep an image as a background, and show it; uploading a local file costs coins."""
    from a2e_sdk.cli.output.printing import print_record
    from a2e_sdk.cli.steps import receipts
    from a2e_sdk.cli.steps.task_steps import working

    with working(region, base_url) as work:
        kept = work.a2e.backgrounds.add(image, name=name, on_upload=work.progress.uploading)
        receipts.keep(kept.id, [f"Background {kept.id} was added."])
    print_record(kept, as_json=as_json)


def delete_background(
    background: BackgroundId,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Delete a background of yours, without asking."""
    from a2e_sdk.cli.output.printing import print_deleted

    with open_client(region, base_url) as a2e:
        a2e.backgrounds.delete(background)
    print_deleted("background", background, as_json=as_json)
