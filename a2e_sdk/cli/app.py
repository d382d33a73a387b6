"""The tree of commands, and what becomes of an exception.

This module owns the wiring: which commands there are, the help's last lines, and the way from an
exception to a line on standard error and an exit code. It relies on names that typer itself
exports: click, which typer is made of, is a separate package for some versions and not for others.
"""

# Some versions of typer type their own parameters with click's classes, left open.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.main import get_command

from .exit_codes import ExitCode, exit_code_lines, exit_code_of
from .lazy_group import LazyGroup
from .nouns import nouns
from .options import refused_key_option
from .output import print_error


class _PipeClosed(Exception):
    """The reader of our output has left."""


class _Interrupted(Exception):
    """Somebody pressed Ctrl-C; the arguments say what to do next."""


class _Root(LazyGroup):
    """The command ``a2e`` itself."""

    def invoke(self, ctx: Any) -> Any:
        # Renamed on the way out: typer would make exits of its own of them.
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise _PipeClosed from None
        except KeyboardInterrupt as stop:
            raise _Interrupted(*getattr(stop, "__notes__", ())) from None


# The \b keeps the help from being filled like a paragraph.
_EPILOG = "\n\n".join(
    (
        "The API key is read from A2E_API_KEY (or A2E_API_TOKEN), never from the command line. "
        "NO_COLOR switches colours off, FORCE_COLOR gives a pipe what a terminal gets.",
        "\b\nExit codes:\n" + "\n".join(exit_code_lines()),
    )
)

app = typer.Typer(
    name="a2e",
    cls=_Root,
    epilog=_EPILOG,
    # Plain help is there at once, and reads the same in a pipe.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _show_version(value: bool) -> None:
    if value:
        from ..version import __version__

        typer.echo(f"a2e {__version__}")
        raise typer.Exit


def _help_without_command(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


@app.callback(invoke_without_command=True)
def _root(
    ctx: typer.Context,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_show_version, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """Use the A2E AI Avatar API from a terminal.

    To try it without a key or a network: a2e face-swap tasks list --region sandbox
    """
    _help_without_command(ctx)


def run(arguments: Sequence[str]) -> int:
    """Run a command line; nothing but bugs of ours is raised.

    Args:
        arguments: The arguments, without the program's name.

    Returns:
        The exit code, one of `ExitCode`.
    """
    refused = refused_key_option(arguments)
    if refused is not None:
        print_error(
            f"{refused} is not accepted, because other users and the shell's history see the "
            "command line: set A2E_API_KEY in the environment instead."
        )
        return ExitCode.BAD_INPUT
    try:
        root: Any = get_command(app)
        root.fill(nouns())
        result = root.main(args=list(arguments), prog_name="a2e", standalone_mode=False)
        sys.stdout.flush()
    except (_PipeClosed, BrokenPipeError):
        _discard_output()
        return ExitCode.SUCCESS
    except _Interrupted as stop:
        if stop.args:
            print_error("interrupted", stop.args)
        return ExitCode.INTERRUPTED
    except (KeyboardInterrupt, typer.Abort):  # older versions of typer turn one into the other
        return ExitCode.INTERRUPTED
    except typer.Exit as end:
        return end.exit_code
    except Exception as error:
        return _report(error)
    # Without standalone mode an exit on purpose, as of --help, comes back as its code.
    return result if isinstance(result, int) else ExitCode.SUCCESS


def _report(error: Exception) -> int:
    # A wrong command line; typer exports no name for the base of these.
    format_message = getattr(error, "format_message", None)
    if format_message is not None:
        context = getattr(error, "ctx", None)
        path = "a2e" if context is None else context.command_path
        print_error(format_message(), [f"Try '{path} --help'."])
        return ExitCode.BAD_INPUT
    code = exit_code_of(error)
    if code is None:
        raise error
    from .advice import text_of

    print_error(text_of(error), getattr(error, "__notes__", ()))
    return code


def _discard_output() -> None:
    # What is still buffered would fail again when the interpreter ends.
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
