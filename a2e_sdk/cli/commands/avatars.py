"""``a2e avatars``: the people that can speak in videos, and the trainings that make your own.

This module owns the command for avatars; trainings are a family of tasks like any other.
"""

from __future__ import annotations

from typing import Any, cast

import click

from a2e_sdk.cli.lazy_group import Command, Entry, group_of
from a2e_sdk.cli.options.common import (
    client_options,
    limit_option,
    open_client,
)
from a2e_sdk.cli.options.parameters import Argument, completed_by

from .listings import list_whole

_TRAININGS = "Avatars of your own in the making: start, wait, manage."


def _kinds() -> list[str]:
    return ["default", "custom"]


kind_option = click.option(
    "--kind",
    metavar="default|custom",
    help="Those of the service, or yours. Default: both.",
    shell_complete=completed_by(_kinds),
)
avatar_id_argument = click.argument(
    "avatar", cls=Argument, metavar="ID", help="The avatar's id, 24 hexadecimal digits."
)


def entries() -> dict[str, Entry]:
    """Return the commands."""
    return {
        "list": Entry("List the avatars.", lambda: list_avatars),
        "get": Entry("Show an avatar with every field.", lambda: get_avatar),
        "trainings": Entry(_TRAININGS, _trainings),
    }


def _trainings() -> Any:
    from a2e_sdk._wire.family_table import AVATAR_TRAININGS

    from .task_commands import task_entries

    return group_of(task_entries(AVATAR_TRAININGS), _TRAININGS)


@click.command(cls=Command)
@kind_option
@limit_option
@client_options
def list_avatars(
    kind: str | None, limit: int | None, region: str | None, base_url: str | None, as_json: bool
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


@click.command(cls=Command)
@avatar_id_argument
@client_options
def get_avatar(avatar: str, region: str | None, base_url: str | None, as_json: bool) -> None:
    """Show an avatar with every field."""
    from a2e_sdk.cli.output.printing import print_record

    with open_client(region, base_url) as a2e:
        print_record(a2e.avatars.get(avatar), as_json=as_json)
