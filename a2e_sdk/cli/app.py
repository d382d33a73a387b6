"""The tree of commands, and what becomes of an exception.

This module owns the wiring: which commands there are, the help's last lines, and the way from an
exception to a line on standard error and an exit code. It relies on names that typer itself
exports: click, which typer is made of, is a separate package for some versions and not for others.
"""

# Some versions of typer type their own parameters with click's classes, left open.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import contextlib
from collections.abc import Generator, Sequence
from typing import Annotated, Any

import typer
from typer.main import get_command

from a2e_sdk.cli.options.common import refused_key_option
from a2e_sdk.cli.output.advice import notes_of, text_of
from a2e_sdk.cli.output.printing import print_error, print_hints
from a2e_sdk.cli.output.streams import OutputError, discard_output, flush_output, prepare_streams

from .command_tree import top_level_commands
from .exit_codes import MEANINGS, ExitCode, exit_code_of, exit_code_rows
from .lazy_group import LazyGroup
from .steps import receipts


class _Stopped(Exception):
    """Carries an exception of which typer would make an exit of its own."""

    def __init__(self, reason: BaseException) -> None:
        super().__init__()
        self.reason = reason


@contextlib.contextmanager
def _stopping() -> Generator[None, None, None]:
    """Raise `_Stopped` in the place of what typer would make an exit of."""
    try:
        yield
    except (OSError, KeyboardInterrupt) as reason:
        raise _Stopped(reason) from None


class _Root(LazyGroup):
    """The command ``a2e`` itself."""

    def make_context(self, *args: Any, **options: Any) -> Any:
        """Read the arguments; ``--help`` prints here."""
        with _stopping():
            return super().make_context(*args, **options)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that the arguments name."""
        with _stopping():
            return super().invoke(ctx)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write what stands below the commands, with a line for each exit code."""
        super().format_epilog(ctx, formatter)
        with formatter.section("Exit codes"):
            formatter.write_dl(exit_code_rows())


_EPILOG = (
    "The API key is read from A2E_API_KEY (or A2E_API_TOKEN), never from the command line. "
    "NO_COLOR switches colours off, FORCE_COLOR gives a pipe what a terminal gets."
)

app = typer.Typer(
    name="a2e",
    cls=_Root,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
    # Plain help is there at once, and reads the same in a pipe.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _show_version(value: bool) -> None:
    if value:
        from a2e_sdk.version import __version__

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
    prepare_streams()
    receipts.clear()
    refused = refused_key_option(arguments)
    if refused is not None:
        print_error(
            f"{refused} is not accepted, because other users and the shell's history see the "
            "command line: set A2E_API_KEY in the environment instead."
        )
        return ExitCode.BAD_INPUT
    code = _outcome(arguments)
    try:
        flush_output()
    except (BrokenPipeError, OutputError) as problem:
        # An error that was told already says more than this one.
        return code or _report(problem)
    return code


def _outcome(arguments: Sequence[str]) -> int:
    try:
        root: Any = get_command(app)
        root.fill(top_level_commands())
        result = root.main(args=list(arguments), prog_name="a2e", standalone_mode=False)
    except _Stopped as stopped:
        return _report(stopped.reason)
    # Older versions of typer turn one into the other.
    except (KeyboardInterrupt, typer.Abort) as stop:
        reasons = (stop, stop.__cause__, KeyboardInterrupt())
        return _report(next(one for one in reasons if isinstance(one, KeyboardInterrupt)))
    except typer.Exit as end:
        return end.exit_code
    except Exception as error:
        return _report(error)
    # Without standalone mode an exit on purpose, as of --help, comes back as its code.
    return result if isinstance(result, int) else ExitCode.SUCCESS


def _report(error: BaseException) -> int:
    """Print what went wrong, and what was paid for, and return the exit code."""
    # A wrong command line; typer exports no name for the base of these.
    format_message = getattr(error, "format_message", None)
    if format_message is not None:
        context = getattr(error, "ctx", None)
        path = "a2e" if context is None else context.command_path
        print_error(format_message(), [f"Try '{path} --help'."])
        return ExitCode.BAD_INPUT
    if isinstance(error, (BrokenPipeError, OutputError)):
        discard_output()
    if isinstance(error, BrokenPipeError):
        _tell(receipts.lines_beyond(""))
        return ExitCode.SUCCESS
    code = exit_code_of(error)
    if code is None and not receipts.are_kept():
        raise error
    text, notes = _told(error, code)
    if text or notes:
        print_error(text or "interrupted")
        _tell(notes)
    # What was paid for was started: code 2 says the contrary.
    was_paid = code is ExitCode.BAD_INPUT and receipts.are_kept()
    return ExitCode.ERROR if code is None or was_paid else code


def _told(error: BaseException, code: ExitCode | None) -> tuple[str, list[str]]:
    if isinstance(error, KeyboardInterrupt):
        text = "" if code is ExitCode.INTERRUPTED else MEANINGS[code or ExitCode.INTERRUPTED]
    else:
        text = text_of(error)
    if code is None:
        text = f"an error that nobody expects, {type(error).__name__}: {text}"
    notes = notes_of(error)
    return text, [*notes, *receipts.lines_beyond("\n".join((text, *notes)))]


def _tell(hints: Sequence[str]) -> None:
    """Print hints, on standard output where standard error fails and something was paid for."""
    if not print_hints(hints) and receipts.are_kept():
        with contextlib.suppress(OSError):
            print("\n".join(hints), flush=True)
