"""``a2e streaming-avatar``: the avatars that can speak live.

This module owns this command's name and help. A live session needs a program that joins it and is
billed as long as it lasts, so there is no command for one.
"""

from __future__ import annotations

import click

from a2e_sdk.cli.lazy_group import Command, Entry
from a2e_sdk.cli.options.common import client_options, limit_option

from .listings import list_whole


def entries() -> dict[str, Entry]:
    """Return the commands."""
    return {"avatars": Entry("List the avatars that can stream.", lambda: list_avatars)}


@click.command(cls=Command)
@limit_option
@client_options
def list_avatars(
    limit: int | None, region: str | None, base_url: str | None, as_json: bool
) -> None:
    """List the avatars that can stream; for sessions there is a2e.streaming_avatar in Python."""
    list_whole(
        lambda a2e: a2e.streaming_avatar.avatars(),
        "id name kind preview_url",
        "avatar",
        region=region,
        base_url=base_url,
        as_json=as_json,
        limit=limit,
    )
