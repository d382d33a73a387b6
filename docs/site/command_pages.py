"""The pages of the command line: every command with its arguments, options and defaults.

This module owns how a command is shown; what there is comes from the commands themselves, as click
has them. There is one page for each command of ``a2e``, and one that lists them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from types import SimpleNamespace
from typing import Any

from a2e_sdk.cli.app import root_command
from a2e_sdk.cli.command_tree import top_level_commands
from a2e_sdk.cli.exit_codes import MEANINGS

from .pages import REFERENCE, Page, relative

FOLDER = "reference/cli"
INDEX = f"{FOLDER}/index"

# Of a context a group asks no more than whether a shell wants the names alone.
_CONTEXT = SimpleNamespace(resilient_parsing=False)


@cache
def commands() -> dict[str, Any]:
    """Return every command by what is typed, such as ``a2e batch run``, in the help's order."""
    return dict(_below("a2e", root_command()))


def _below(words: str, command: Any) -> Iterator[tuple[str, Any]]:
    yield words, command
    for name in _names(command):
        yield from _below(f"{words} {name}", command.get_command(_CONTEXT, name))


def _names(command: Any) -> list[str]:
    return command.list_commands(_CONTEXT) if hasattr(command, "list_commands") else []


def command_pages() -> list[Page]:
    """Return the pages: the index first."""
    made: list[Page] = []
    for name in top_level_commands():
        page = f"{FOLDER}/a2e-{name}"
        lines = [
            line
            for words, command in commands().items()
            if f"{words} ".startswith(f"a2e {name} ")
            for line in _shown(words, command, level=words.count(" "))
        ]
        text = "\n".join(lines).strip("\n") + "\n"
        made.append(Page(page, text, REFERENCE, below=INDEX, is_bulk=True))
    return [Page(INDEX, "\n".join(_index()) + "\n", REFERENCE), *made]


def _index() -> Iterator[str]:
    yield "# Command line: all commands"
    yield ""
    yield "Every command of `a2e` with its options, as `--help` shows them; how they are used is in"
    yield "[the terminal](../../terminal.md)."
    yield from ("", *_parameters(commands()["a2e"]))
    heading = ""
    for name, entry in top_level_commands().items():
        if entry.heading != heading:
            heading = entry.heading
            yield from ("", f"## {heading}", "", "| command | what it does |", "|---|---|")
        target = relative(INDEX, f"{FOLDER}/a2e-{name}.md")
        yield f"| [`a2e {name}`]({target}) | {_line(entry.help.split(chr(10) * 2)[0])} |"
    yield from ("", "## Exit codes", "", "| code | what it means |", "|---|---|")
    yield from (f"| {code.value} | {meaning} |" for code, meaning in MEANINGS.items())
    yield ""
    yield _line(commands()["a2e"].epilog)


def _shown(words: str, command: Any, level: int) -> Iterator[str]:
    yield from ("", f"{'#' * level} `{words}`", "")
    yield "\n\n".join(_line(block) for block in (command.help or "").split("\n\n"))
    names = _names(command)
    if names and level > 1:
        yield from ("", "Commands: " + ", ".join(f"`{name}`" for name in names))
    given = [_metavar(one) for one in command.params if one.param_type_name == "argument"]
    needed = [
        f"{one.opts[0]} {_metavar(one)}"
        for one in command.params
        if one.param_type_name == "option" and one.required
    ]
    if not names or command.params:
        usage = [words, *given, *needed, *(["COMMAND"] if names else ["[OPTIONS]"])]
        yield from ("", "```sh", " ".join(usage), "```", "")
        yield from _parameters(command)


def _parameters(command: Any) -> Iterator[str]:
    for one in command.params:
        if getattr(one, "hidden", False):
            continue
        is_option = one.param_type_name == "option"
        names = ", ".join((*one.opts, *one.secondary_opts)) if is_option else _metavar(one)
        value = f" {_metavar(one)}" if is_option and not one.is_flag else ""
        facts = ["required"] if one.required and is_option else []
        facts += ["repeatable"] if (is_option and one.multiple) or one.nargs == -1 else []
        # What is off unless it is given has no default worth a word.
        if one.default not in (None, False, (), []) and not callable(one.default):
            facts.append(f"default `{_plain(one.default)}`")
        after = f" ({', '.join(facts)})" if facts else ""
        yield f"- `{names}{value}`{after}" + (f": {_line(one.help)}" if one.help else "")


def _plain(value: Any) -> str:
    return str(getattr(value, "value", value))


def _metavar(parameter: Any) -> str:
    several = "..." if parameter.nargs == -1 else ""
    fallback = parameter.name.upper().strip("_") if parameter.param_type_name == "argument" else ""
    return (parameter.metavar or fallback or "VALUE").removesuffix(several) + several


def _line(text: str) -> str:
    """Return help on one line, as Markdown: nothing in it is a mark."""
    return " ".join(text.split()).replace("<", "\\<").replace("*", "\\*").replace("_", "\\_")
