"""The completion of a shell: what it offers for a command line that is being typed.

This package owns the scripts of the shells, where they are installed, and what they are answered.
What fits a place of the command line is click's business; the words of an option are those of the
option. Only ``app`` imports it; a command that runs loads no more than this module.

A script asks with the variable `VARIABLE`: ``complete_bash`` for what fits, ``source_bash`` for the
script itself, and likewise for other shells. Scripts stay in the files of users for years, so
this and the further variables in ``answers`` stay as they are.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from .answers import Answer

#: What a script asks, such as ``complete_bash``.
VARIABLE = "_A2E_COMPLETE"


def completion_answer(root: click.Command) -> Answer | None:
    """Return what a shell is answered; None where no shell asks.

    Args:
        root: The command ``a2e``.
    """
    question = os.environ.get(VARIABLE)
    if not question:
        return None
    from .answers import answer_to

    return answer_to(question, root, os.environ)


def completion_options() -> list[click.Option]:
    """Return the options that install and show the script of the shell."""
    return [
        _option("--install-completion", _install, "Install completion for the current shell."),
        _option(
            "--show-completion",
            _show,
            "Show completion for the current shell, to copy it or customize the installation.",
        ),
    ]


def _option(name: str, callback: Any, text: str) -> click.Option:
    return click.Option(
        [name], is_flag=True, expose_value=False, callback=callback, help=text, show_default=False
    )


def _install(ctx: click.Context, _parameter: click.Parameter, is_given: bool) -> None:
    if not is_given or ctx.resilient_parsing:
        return
    from .installation import current_shell, install

    shell = current_shell()
    path = install(shell)
    click.secho(f"{shell} completion installed in {path}", fg="green")
    click.echo("Completion will take effect once you restart the terminal")
    ctx.exit()


def _show(ctx: click.Context, _parameter: click.Parameter, is_given: bool) -> None:
    if not is_given or ctx.resilient_parsing:
        return
    from .installation import current_shell
    from .scripts import SCRIPTS

    click.echo(SCRIPTS[current_shell()])
    ctx.exit()
