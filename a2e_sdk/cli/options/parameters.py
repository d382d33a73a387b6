"""Parts of which options and arguments are made, beside click's own.

This module owns arguments that the help tells of, the values that a shell offers, and several
options as one decorator.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

Decorated = TypeVar("Decorated", bound="Callable[..., Any] | click.Command")

#: Gives the values that a shell offers for an option.
Words = Callable[[], Sequence[str]]


class Argument(click.Argument):
    """An argument that the help tells of.

    Args:
        names: What its function calls it.
        help: What it means.
        settings: What an argument of click takes.
    """

    def __init__(self, names: Sequence[str], help: str, **settings: Any) -> None:
        super().__init__(names, **settings)
        self.help: str | None = help

    def get_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what stands for it in the line of usage."""
        name = self.human_readable_name
        return [name if self.required else f"[{name}]"]

    def help_row(self) -> tuple[str, str]:
        """Return its name and what it means, for the help."""
        return self.human_readable_name, (self.help or "") + (
            "  [required]" if self.required else ""
        )


def completed_by(words: Words) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """Return what offers words to a shell, for an option's ``shell_complete``.

    Args:
        words: Gives them; called when a shell asks.
    """

    def offer(_ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
        return [word for word in words() if word.startswith(incomplete)]

    return offer


def all_of(
    *options: Callable[[Decorated], Decorated],
) -> Callable[[Decorated], Decorated]:
    """Return one decorator for several options, in the order of the help.

    Args:
        options: The decorators.
    """

    def decorate(function: Decorated) -> Decorated:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate
