"""The tree of commands, and what becomes of an exception.

This module owns the wiring: which commands there are, the help's last lines, and the way from an
exception to a line on standard error and an exit code.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

import click
from click.exceptions import Exit

from a2e_sdk.cli.options.common import refused_key_option
from a2e_sdk.cli.output.advice import notes_of, text_of
from a2e_sdk.cli.output.printing import print_error, print_hints
from a2e_sdk.cli.output.streams import OutputError, discard_output, flush_output, prepare_streams

from .command_tree import top_level_commands
from .completion import completion_answer, completion_options
from .exit_codes import MEANINGS, ExitCode, exit_code_of, exit_code_rows
from .lazy_group import LazyGroup
from .steps import receipts


class _Root(LazyGroup):
    """The command ``a2e`` itself."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what stands below the commands, with a line for each exit code."""
        super().format_epilog(ctx, formatter)
        with formatter.section("Exit codes"):
            formatter.write_dl(exit_code_rows())


_EPILOG = (
    "The API key is read from A2E_API_KEY (or A2E_API_TOKEN), never from the command line. "
    "NO_COLOR switches colours off, FORCE_COLOR gives a pipe what a terminal gets."
)
_HELP = """Use the A2E AI Avatar API from a terminal.

To try it without a key or a network: a2e face-swap tasks list --region sandbox"""


def root_command() -> LazyGroup:
    """Make the command ``a2e``, with all others below it."""
    return _Root(
        top_level_commands(),
        name="a2e",
        help=_HELP,
        epilog=_EPILOG,
        callback=_help_without_command,
        invoke_without_command=True,
        params=[
            click.Option(
                ["--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_show_version,
                help="Show the version and exit.",
            ),
            *completion_options(),
        ],
        context_settings={"help_option_names": ["-h", "--help"], "show_default": True},
    )


def _show_version(ctx: click.Context, _parameter: click.Parameter, is_given: bool) -> None:
    if is_given and not ctx.resilient_parsing:
        from a2e_sdk.version import __version__

        click.echo(f"a2e {__version__}")
        ctx.exit()


@click.pass_context
def _help_without_command(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


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
        root = root_command()
        answer = completion_answer(root)
        if answer is not None:
            if answer.text:
                click.echo(answer.text)
            return answer.exit_code
        with root.make_context("a2e", list(arguments)) as context:
            root.invoke(context)
    except Exit as end:
        return end.exit_code
    except (KeyboardInterrupt, Exception) as error:
        return _report(error)
    return ExitCode.SUCCESS


def _report(error: BaseException) -> int:
    """Print what went wrong, and what was paid for, and return the exit code."""
    if isinstance(error, click.UsageError):
        path = "a2e" if error.ctx is None else error.ctx.command_path
        print_error(error.format_message(), [f"Try '{path} --help'."])
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
