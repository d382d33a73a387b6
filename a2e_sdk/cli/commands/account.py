"""``a2e credits`` and ``a2e quote``: what is left, what was spent, what something would cost.

This module owns these commands. The options of a quote are those of the start that it is for.
"""

# Some versions of typer type their own parameters with click's classes, left open.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

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

if TYPE_CHECKING:
    from a2e_sdk._wire.families import TaskFamily

SpentOption = Annotated[
    bool | None,
    typer.Option("--spent/--granted", help="What was spent, or the rest. Default: both."),
]
#: Options of a start that a price does not depend on.
_NOT_PRICED = ("name", "title", "webhook_url")


def credits_command() -> Any:
    """Make ``a2e credits``, which does its work without a further word."""
    entries = {
        "history": Entry("List what was spent and granted.", partial(command_of, list_history))
    }
    return group_of(entries, "Show the coins that are left.", show_coins)


def show_coins(
    ctx: typer.Context,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the coins that are left."""
    from a2e_sdk.cli.output.printing import print_record

    if ctx.invoked_subcommand is None:
        with open_client(region, base_url) as a2e:
            print_record(a2e.account.coins(), as_json=as_json)
    elif region is not None or base_url is not None or as_json:
        raise ValueError(f"options come behind {ctx.invoked_subcommand}, not before it.")


def list_history(
    spent: SpentOption = None,
    limit: LimitOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    as_json: JsonOption = False,
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


def quote_command() -> Any:
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


def _quote(family: TaskFamily) -> Any:
    from a2e_sdk.cli.options.start_options import start_options, start_values

    from .start_commands import with_options

    options = tuple(
        option for option in start_options(family) if option.argument.name not in _NOT_PRICED
    )

    def show_quote(
        *, region: str | None, base_url: str | None, as_json: bool, **given: Any
    ) -> None:
        from a2e_sdk.cli.output.printing import print_record

        values = start_values(options, given)
        with open_client(region, base_url) as a2e:
            print_record(a2e.account.quote(family.name, **values), as_json=as_json)

    from .task_words import tasks_of

    return command_of(
        with_options(show_quote, options, _QUOTE_OPTIONS),
        f"Ask what one of the {tasks_of(family)} would cost, without starting it.\n\n"
        "This is free, and uploads nothing: files are given by their addresses.",
    )


_QUOTE_OPTIONS: dict[str, tuple[Any, object]] = {
    "region": (RegionOption, None),
    "base_url": (BaseUrlOption, None),
    "as_json": (JsonOption, False),
}
