"""``a2e face-swap images``: faces that are kept for reuse.

This module owns these commands' names, arguments and help; every one is a call of the facade and a
call of ``output``.
"""

# Some versions of typer type their own parameters with click's classes, left open.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from a2e_sdk.cli.lazy_group import Entry, command_of
from a2e_sdk.cli.options.common import (
    BaseUrlOption,
    JsonOption,
    LimitOption,
    RegionOption,
    check_limit,
    open_client,
)

ImageId = Annotated[
    str, typer.Argument(metavar="ID", help="The image's id, 24 hexadecimal digits.")
]
Face = Annotated[str, typer.Argument(metavar="FILE|URL", help="An image with the face.")]


def entries() -> dict[str, Entry]:
    """Return the commands."""
    return {
        "list": Entry("List the faces that are kept.", partial(command_of, list_images)),
        "add": Entry("Keep a face on the server.", partial(command_of, add_image)),
        "delete": Entry("Delete a face that is kept.", partial(command_of, delete_image)),
    }


def list_images(
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    as_json: JsonOption = False,
    limit: LimitOption = None,
) -> None:
    """List the faces that are kept; the server gives them all at once."""
    from itertools import islice

    from a2e_sdk.cli.output.columns import image_columns
    from a2e_sdk.cli.output.printing import print_listing

    check_limit(limit)
    with open_client(region, base_url) as a2e:
        rows = islice(a2e.face_swap.images.list(), limit)
        print_listing(rows, image_columns(), "image", as_json=as_json)


def add_image(
    face: Face,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Keep a face on the server, and show it with every field."""
    from a2e_sdk.cli.output.printing import print_record
    from a2e_sdk.cli.steps import receipts
    from a2e_sdk.cli.steps.task_steps import working

    with working(region, base_url) as work:
        image = work.a2e.face_swap.images.add(face, on_upload=work.progress.uploading)
        receipts.keep(image.id, [f"Image {image.id} was added."])
    print_record(image, as_json=as_json)


def delete_image(
    image: ImageId,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Delete a face that is kept, without asking."""
    from a2e_sdk.cli.output.printing import print_deleted

    with open_client(region, base_url) as a2e:
        a2e.face_swap.images.delete(image)
    print_deleted("image", image, as_json=as_json)
