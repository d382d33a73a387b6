"""``a2e avatars``: the people that can speak in videos, and the trainings that make your own.

This module owns the command for avatars; trainings are a family of tasks like any other.
"""

# Some versions of typer type their own parameters with click's classes, left open.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, cast

import typer

from a2e_sdk.cli.lazy_group import Entry, command_of, group_of
from a2e_sdk.cli.options.common import (
    BaseUrlOption,
    JsonOption,
    LimitOption,
    RegionOption,
    open_client,
)

from .listings import list_whole

_TRAININGS = "Avatars of your own in the making: start, wait, manage."


def _kinds() -> list[str]:
    return ["default", "custom"]


KindOption = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="default|custom",
        help="Those of the service, or yours. Default: both.",
        autocompletion=_kinds,
    ),
]
AvatarId = Annotated[
    str, typer.Argument(metavar="ID", help="The avatar's id, 24 hexadecimal digits.")
]


def entries() -> dict[str, Entry]:
    """Return the commands."""
    return {
        "list": Entry("List the avatars.", partial(command_of, list_avatars)),
        "get": Entry("Show an avatar with every field.", partial(command_of, get_avatar)),
        "trainings": Entry(_TRAININGS, _trainings),
    }


def _trainings() -> Any:
    from a2e_sdk._wire.family_table import AVATAR_TRAININGS

    from .task_commands import task_entries

    return group_of(task_entries(AVATAR_TRAININGS), _TRAININGS)


def list_avatars(
    kind: KindOption = None,
    limit: LimitOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the avatars; their ids are what --avatar takes."""
    list_whole(
        lambda a2e: a2e.avatars.list(kind=cast(Any, kind)),
        "id name kind gender training_id cover_url",
        "avatar",
        region=region,
        base_url=base_url,
        as_json=as_json,
        limit=limit,
    )


def get_avatar(
    avatar: AvatarId,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show an avatar with every field."""
    from a2e_sdk.cli.output.printing import print_record

    with open_client(region, base_url) as a2e:
        print_record(a2e.avatars.get(avatar), as_json=as_json)
