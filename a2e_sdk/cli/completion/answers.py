"""What the script of a shell is answered.

This module owns, for each shell, how the line so far is read from the environment and how what fits
is written. It is pure but for the commands that click makes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from click.shell_completion import CompletionItem, ShellComplete, split_arg_string

from . import VARIABLE
from .scripts import SCRIPTS

# The names are those of the scripts that users have installed.
_LINE = "_TYPER_COMPLETE_ARGS"
_WORD = "_TYPER_COMPLETE_WORD_TO_COMPLETE"
_FISH_ACTION = "_TYPER_COMPLETE_FISH_ACTION"

Environment = Mapping[str, str]

if TYPE_CHECKING:
    Item = CompletionItem[Any]


class Answer(NamedTuple):
    """What is printed for a shell, and the exit code."""

    text: str
    exit_code: int = 0


class _Shell(NamedTuple):
    """How one shell asks, and what it reads.

    Attributes:
        line: Reads the whole words of the line, and the word that is being typed.
        answer: Writes what fits.
    """

    line: Callable[[Environment], tuple[list[str], str]]
    answer: Callable[..., Answer]


def answer_to(question: str, root: click.Command, environment: Environment) -> Answer:
    """Return what a shell is answered.

    Args:
        question: What it asks, such as ``complete_bash``.
        root: The command ``a2e``.
        environment: Where its script has put the line.

    Raises:
        ValueError: It is no question, or of no shell that is known.
    """
    instruction, _, name = question.partition("_")
    shell = _SHELLS.get(name)
    if shell is None or instruction not in ("source", "complete"):
        raise ValueError(f"{VARIABLE} must be like 'complete_bash'; it is {question[:60]!r}.")
    if instruction == "source":
        return Answer(SCRIPTS[name])
    words, incomplete = shell.line(environment)
    found = ShellComplete(root, {}, "a2e", VARIABLE).get_completions(words, incomplete)
    # Of files every shell knows more than we do, and offers them where nothing else fits.
    return shell.answer([item for item in found if item.type == "plain"], environment)


def _bash_line(environment: Environment) -> tuple[list[str], str]:
    words = split_arg_string(environment.get("COMP_WORDS", ""))
    place = int(environment.get("COMP_CWORD", "1"))
    return words[1:place], words[place] if place < len(words) else ""


def _typed_line(environment: Environment) -> tuple[list[str], str]:
    line = environment.get(_LINE, "")
    words = split_arg_string(line)[1:]
    if words and not line.endswith(" "):
        return words[:-1], words[-1]
    return words, ""


def _powershell_line(environment: Environment) -> tuple[list[str], str]:
    words, incomplete = split_arg_string(environment.get(_LINE, "")), environment.get(_WORD, "")
    return words[1:-1] if incomplete else words[1:], incomplete


def _bash_answer(items: Sequence[Item], _environment: Environment) -> Answer:
    return Answer("\n".join(item.value for item in items))


_ZSH_ESCAPES = {'"': '""', "'": "''", "$": "\\$", "`": "\\`", ":": "\\\\:"}


def _zsh_answer(items: Sequence[Item], _environment: Environment) -> Answer:
    def quoted(text: str) -> str:
        return '"' + "".join(_ZSH_ESCAPES.get(letter, letter) for letter in text) + '"'

    rows = [":".join(quoted(text) for text in (item.value, item.help) if text) for item in items]
    shown = "\n".join(rows)
    return Answer(f"_arguments '*: :(({shown}))'" if rows else "_files")


def _fish_answer(items: Sequence[Item], environment: Environment) -> Answer:
    if environment.get(_FISH_ACTION) == "is-args":
        return Answer("", 0 if items else 1)
    rows = [
        f"{item.value}\t{' '.join(item.help.split())}" if item.help else str(item.value)
        for item in items
    ]
    return Answer("\n".join(rows))


def _powershell_answer(items: Sequence[Item], _environment: Environment) -> Answer:
    return Answer("\n".join(f"{item.value}:::{item.help or ' '}" for item in items))


_POWERSHELL = _Shell(_powershell_line, _powershell_answer)
_SHELLS: Mapping[str, _Shell] = {
    "bash": _Shell(_bash_line, _bash_answer),
    "zsh": _Shell(_typed_line, _zsh_answer),
    "fish": _Shell(_typed_line, _fish_answer),
    "powershell": _POWERSHELL,
    "pwsh": _POWERSHELL,
}
