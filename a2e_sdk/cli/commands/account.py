"""``a2e credits`` and ``a2e quote``: what is left, what was spent, what something would cost.

This module owns these commands. The options of a quote are those of the start that it is for.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from a2e_sdk.cli.lazy_group import Command, Entry, LazyGroup, group_of
from a2e_sdk.cli.options.common import (
    client_options,
    limit_option,
    open_client,
)

from .listings import list_whole

if TYPE_CHECKING:
    from a2e_sdk._wire.families import TaskFamily

spent_option = click.option(
    "--spent/--granted", default=None, help="What was spent, or the rest. Default: both."
)
#: Options of a start that a price does not depend on.
_NOT_PRICED = ("name", "title", "webhook_url")


@click.command(cls=Command)
@spent_option
@limit_option
@client_options
def list_history(
    spent: bool | None, limit: int | None, region: str | None, base_url: str | None, as_json: bool
) -> None:
    """List what was spent and granted, in the server's order."""
    list_whole(
        lambda a2e: a2e.account.credits(is_consumption=spent, limit=limit),
        "created_at amount description id",
        "entry",
        region=region,
        base_url=base_url,
        as_json=as_json,
        limit=limit,
    )


@click.command(
    cls=LazyGroup,
    entries={"history": Entry("List what was spent and granted.", lambda: list_history)},
    invoke_without_command=True,
)
@client_options
@click.pass_context
def show_coins(ctx: click.Context, region: str | None, base_url: str | None, as_json: bool) -> None:
    """Show the coins that are left."""
    from a2e_sdk.cli.output.printing import print_record

    if ctx.invoked_subcommand is None:
        with open_client(region, base_url) as a2e:
            print_record(a2e.account.coins(), as_json=as_json)
    elif region is not None or base_url is not None or as_json:
        raise ValueError(f"options come behind {ctx.invoked_subcommand}, not before it.")


def quote_command() -> click.Command:
    """Make ``a2e quote``, with a command for each family that a price can be asked for."""
    from a2e_sdk._wire.family_table import TASK_FAMILIES

    from .task_words import tasks_of

    entries = {
        name.replace("_", "-"): Entry(
            f"What one of the {tasks_of(family)} would cost.", partial(_quote, family)
        )
        for name, family in TASK_FAMILIES.items()
        # Its start has arguments that the facade makes of what is looked up first.
        if name != "avatar_videos"
    }
    return group_of(entries, "Ask what a task would cost, without starting it; this is free.")


def _quote(family: TaskFamily) -> click.Command:
    from a2e_sdk.cli.options.start_options import start_options, start_values

    from .task_words import tasks_of

    options = tuple(
        option for option in start_options(family) if option.argument.name not in _NOT_PRICED
    )

    @click.command(
        cls=Command,
        params=[option.parameter() for option in options],
        help=f"Ask what one of the {tasks_of(family)} would cost, without starting it.\n\n"
        "This is free, and uploads nothing: files are given by their addresses.",
    )
    @client_options
    def show_quote(
        *, region: str | None, base_url: str | None, as_json: bool, **given: Any
    ) -> None:
        from a2e_sdk.cli.output.printing import print_record

        values = start_values(options, given)
        with open_client(region, base_url) as a2e:
            print_record(a2e.account.quote(family.name, **values), as_json=as_json)

    return show_quote
