"""Commands, and groups of commands that are made when they are asked for.

This module owns the laziness: a group knows the names and one line of help of its commands, and
makes a command when it is to run, to be helped with or to be completed. So a terminal with forty
commands starts as fast as one with two. It also owns how the help of a command is laid out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, NamedTuple

import click

from a2e_sdk.cli.options.parameters import Argument
from a2e_sdk.cli.output.advice import note_options
from a2e_sdk.cli.output.help_layout import help_text


class Entry(NamedTuple):
    """What a group knows of one of its commands.

    Attributes:
        help: One line on what it does.
        make: Makes it.
        heading: What the group's help lists it under.
    """

    help: str
    make: Callable[[], click.Command]
    heading: str = "Commands"


class Command(click.Command):
    """A command whose help suits the terminal, and whose errors know its options."""

    def get_help(self, ctx: click.Context) -> str:
        """Return the help, in lines that fit the terminal."""
        return help_text(self, ctx)

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write nothing: versions of click before 8.5 never call it."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the arguments, then the options."""
        arguments = [one.help_row() for one in self.params if isinstance(one, Argument)]
        options = [
            row
            for one in self.get_params(ctx)
            if isinstance(one, click.Option) and (row := one.get_help_record(ctx)) is not None
        ]
        for heading, rows in (("Arguments", arguments), ("Options", options)):
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        """Run it; what it raises carries the names of its options for the message."""
        try:
            return super().invoke(ctx)
        except BaseException as error:
            note_options(error, self.params)
            raise


class LazyGroup(click.Group):
    """A group whose commands are made when they are asked for.

    Args:
        entries: What the help tells of each command, by its name, in the order of the help.
        settings: What a group of click takes.
    """

    def __init__(self, entries: Mapping[str, Entry], **settings: Any) -> None:
        # A group without a command is refused below, in words that name the commands.
        super().__init__(**settings, no_args_is_help=False, subcommand_metavar="COMMAND [ARGS]...")
        self._entries = entries
        self._is_resolving = False

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order of the help."""
        return list(self._entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make a command; None where there is none of this name."""
        entry = self._entries.get(cmd_name)
        if entry is None:
            return None
        # Asked by a shell's completion, which goes through all names: it wants their help alone.
        if ctx.resilient_parsing and not self._is_resolving:
            return click.Command(cmd_name, help=entry.help)
        command = entry.make()
        command.name = cmd_name
        return command

    def get_help(self, ctx: click.Context) -> str:
        """Return the help, in lines that fit the terminal."""
        return help_text(self, ctx)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; without a command, say which there are."""
        is_alone = not set(args) - {"--"}
        if is_alone and not self.invoke_without_command and not ctx.resilient_parsing:
            ctx.fail(f"Missing command: one of {', '.join(self._entries)}.")
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the arguments begin with, to go on with it."""
        # Said here, because each version of click suggests names in a way of its own, or none.
        if args and args[0] not in self._entries and not ctx.resilient_parsing:
            from difflib import get_close_matches

            similar = " or ".join(map(repr, get_close_matches(args[0], self._entries)))
            meant = f" Did you mean {similar}?" if similar else ""
            ctx.fail(f"No such command {args[0]!r}.{meant}")
        self._is_resolving = True
        try:
            return super().resolve_command(ctx, args)
        finally:
            self._is_resolving = False

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands under their headings, without making any."""
        headings: dict[str, list[tuple[str, str]]] = {}
        for name, entry in self._entries.items():
            headings.setdefault(entry.heading, []).append((name, entry.help))
        width = max(map(len, self._entries), default=0)
        for heading, rows in headings.items():
            with formatter.section(heading):
                # One width, so that what stands under several headings is aligned.
                formatter.write_dl([(name.ljust(width), text) for name, text in rows])


def group_of(entries: Mapping[str, Entry], help_text: str) -> LazyGroup:
    """Make a group.

    Args:
        entries: Its commands.
        help_text: Its help.
    """
    return LazyGroup(entries, help=help_text)


def later(module: str, function: str) -> Callable[[], click.Command]:
    """Return what imports a module of ``commands`` and calls its function that makes a command.

    Args:
        module: The module's name within ``a2e_sdk.cli.commands``.
        function: The function's name.
    """
    return lambda: getattr(import_module(f"a2e_sdk.cli.commands.{module}"), function)()


def command_later(module: str, command: str) -> Callable[[], click.Command]:
    """Return what imports a command of a module of ``commands``.

    Args:
        module: The module's name within ``a2e_sdk.cli.commands``.
        command: The command's name in it.
    """
    return lambda: getattr(import_module(f"a2e_sdk.cli.commands.{module}"), command)


def group_later(module: str, help_text: str) -> Callable[[], click.Command]:
    """Return what imports a module of ``commands`` and makes a group of its ``entries``.

    Args:
        module: The module's name within ``a2e_sdk.cli.commands``.
        help_text: The group's help.
    """
    return lambda: group_of(import_module(f"a2e_sdk.cli.commands.{module}").entries(), help_text)
