"""Groups of commands that are made when they are asked for.

This module owns the laziness: a group knows the names and one line of help of its commands, and
makes a command when it is to run, to be helped with or to be completed. So a terminal with forty
commands starts as fast as one with two.
"""

# Some versions of typer type their own parameters with click's classes, left open.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

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
    make: Callable[[], Any]
    heading: str = "Commands"


class Command(TyperCommand):
    """A command whose help suits the terminal, and whose errors know its options."""

    def get_help(self, ctx: Any) -> str:
        """Return the help, in lines that fit the terminal."""
        return help_text(self, ctx)

    def invoke(self, ctx: Any) -> Any:
        """Run it; what it raises carries the names of its options for the message."""
        try:
            return super().invoke(ctx)
        except BaseException as error:
            note_options(error, self.params)
            raise


class LazyGroup(TyperGroup):
    """A group whose commands are made when they are asked for."""

    _entries: Mapping[str, Entry] = {}
    _is_resolving = False

    def fill(self, entries: Mapping[str, Entry]) -> None:
        """Set the group's commands.

        Args:
            entries: What the help tells of each, by its name, in the order of the help.
        """
        self._entries = entries

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands, in the order of the help."""
        return list(self._entries)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Make a command; None where there is none of this name."""
        entry = self._entries.get(cmd_name)
        if entry is None:
            return None
        # Asked by a shell's completion, which goes through all names: it wants their help alone.
        if ctx.resilient_parsing and not self._is_resolving:
            return TyperCommand(cmd_name, help=entry.help)
        command = entry.make()
        command.name = cmd_name
        return command

    def get_help(self, ctx: Any) -> str:
        """Return the help, in lines that fit the terminal."""
        return help_text(self, ctx)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was named; without one, say which there are."""
        # click 8.2 renamed it, and warns where the old name is read.
        private = hasattr(ctx, "_protected_args")
        named = ctx._protected_args if private else getattr(ctx, "protected_args", None)
        if not named and not ctx.args and not self.invoke_without_command:
            ctx.fail(f"Missing command: one of {', '.join(self._entries)}.")
        return super().invoke(ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that the arguments begin with, to go on with it."""
        # Said here, because each version of typer suggests names in a way of its own, or twice.
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

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands under their headings, without making any."""
        headings: dict[str, list[tuple[str, str]]] = {}
        for name, entry in self._entries.items():
            headings.setdefault(entry.heading, []).append((name, entry.help))
        width = max(map(len, self._entries), default=0)
        for heading, rows in headings.items():
            with formatter.section(heading):
                # One width, so that what stands under several headings is aligned.
                formatter.write_dl([(name.ljust(width), text) for name, text in rows])


def command_of(function: Callable[..., object], help_text: str | None = None) -> Any:
    """Make a command of a function with typer's annotations.

    Args:
        function: What it does.
        help_text: Its help. Default: the function's docstring.
    """
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(help=help_text, cls=Command)(function)
    return get_command(app)


def group_of(
    entries: Mapping[str, Entry],
    help_text: str,
    alone: Callable[..., object] | None = None,
) -> Any:
    """Make a group.

    Args:
        entries: Its commands.
        help_text: Its help.
        alone: What it does without a command, as a function with typer's annotations, which looks
            into ``ctx.invoked_subcommand``. Default: it asks for a command.
    """
    app = typer.Typer(cls=LazyGroup, add_completion=False, rich_markup_mode=None)
    app.callback(help=help_text, invoke_without_command=alone is not None)(alone or _nothing_first)
    group: Any = get_command(app)
    group.fill(entries)
    return group


def _nothing_first() -> None:
    """Nothing comes before a group's command."""


def later(module: str, function: str) -> Callable[[], Any]:
    """Return what imports a module of ``commands`` and calls its function that makes a command.

    Args:
        module: The module's name within ``a2e_sdk.cli.commands``.
        function: The function's name.
    """
    return lambda: getattr(import_module(f"a2e_sdk.cli.commands.{module}"), function)()


def command_later(module: str, function: str) -> Callable[[], Any]:
    """Return what imports a function of ``commands`` and makes a command of it.

    Args:
        module: The module's name within ``a2e_sdk.cli.commands``.
        function: The function's name.
    """
    return lambda: command_of(getattr(import_module(f"a2e_sdk.cli.commands.{module}"), function))


def group_later(module: str, help_text: str) -> Callable[[], Any]:
    """Return what imports a module of ``commands`` and makes a group of its ``entries``.

    Args:
        module: The module's name within ``a2e_sdk.cli.commands``.
        help_text: The group's help.
    """
    return lambda: group_of(import_module(f"a2e_sdk.cli.commands.{module}").entries(), help_text)
