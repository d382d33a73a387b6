"""Help and tables: short options, groups that list their commands, and terminals of 40 columns."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from cli_runs import Environment, Outcome

from a2e_sdk.cli.command_tree import top_level_commands
from a2e_sdk.sandbox.http_server import SandboxServer

pytestmark = pytest.mark.once

Cli = Callable[..., Outcome]
ID = "6674f1765699df7e9d25311a"


def commands(entries: Any, *before: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, entry in entries.items():
        made = entry.make()
        yield (*before, name), made
        yield from commands(getattr(made, "_entries", {}), *before, name)


TREE = list(commands(top_level_commands()))
GROUPS = [
    words
    for words, made in TREE
    if getattr(made, "_entries", {}) and not made.invoke_without_command
]
NAMES = [words for words, _ in TREE]
#: One of each kind; the rest have the same makers.
SOME = [
    (),
    ("face-swap",),
    ("face-swap", "run"),
    ("kling-video", "create"),
    ("speak",),
    ("sandbox",),
]


def as_typed(words: tuple[str, ...]) -> str:
    return " ".join(words)


@pytest.mark.parametrize("words", [(), *NAMES], ids=as_typed)
def test_help_has_a_short_option_everywhere_and_fits_40_columns(
    a2e_cli: Cli, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    short, long = a2e_cli(*words, "-h"), a2e_cli(*words, "--help")
    assert (short.code, short.err) == (0, "")
    assert short == long
    lines = short.out.splitlines()
    assert [line for line in lines if len(line) > 40 and " " in line.strip()] == []
    assert "-h, --help" in short.out


@pytest.mark.parametrize("words", SOME, ids=as_typed)
def test_narrow_help_says_all_that_wide_help_says(
    a2e_cli: Cli, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    wide = a2e_cli(*words, "-h").out
    monkeypatch.setenv("COLUMNS", "40")
    narrow = a2e_cli(*words, "-h").out
    letters = [re.sub(r"\s", "", text) for text in (wide, narrow)]
    assert letters[0] == letters[1]


@pytest.mark.parametrize("words", GROUPS, ids=as_typed)
def test_a_group_without_a_command_lists_them(a2e_cli: Cli, words: tuple[str, ...]) -> None:
    outcome = a2e_cli(*words)
    assert (outcome.code, outcome.out) == (2, "")
    entries = next(getattr(made, "_entries") for names, made in TREE if names == words)  # noqa: B009
    assert f"Missing command: one of {', '.join(entries)}." in outcome.err


#: What the annotation of a parameter is, by the type that click makes of its text.
KINDS = {"integer": "int", "float": "float", "boolean": "bool", "text": "str", "path": "Path"}


def annotation(parameter: Any) -> str:
    """Return how a function has to annotate a parameter."""
    kind = KINDS[parameter.type.name]
    if getattr(parameter, "multiple", False) or parameter.nargs == -1:
        return f"tuple[{kind}, ...]"
    is_flag = kind == "bool" and not parameter.secondary_opts
    is_given = parameter.required or is_flag or parameter.to_info_dict()["default"] is not None
    return kind if is_given else f"{kind} | None"


@pytest.mark.parametrize(("words", "made"), TREE, ids=[as_typed(words) for words, _ in TREE])
def test_a_command_takes_what_its_options_give(words: tuple[str, ...], made: Any) -> None:
    if made.callback is None:
        assert made.params == []
        return
    taken = inspect.signature(made.callback).parameters
    kinds = {name: one.annotation for name, one in taken.items() if one.kind is not one.VAR_KEYWORD}
    kinds.pop("ctx", None)
    given = {one.name: annotation(one) for one in made.params}
    if any(one.kind is one.VAR_KEYWORD for one in taken.values()):
        given = {name: kind for name, kind in given.items() if name in kinds}
        # The function serves families with a result to save and without.
        kinds = {
            name: kind
            for name, kind in kinds.items()
            if taken[name].default is taken[name].empty or name in given
        }
    assert given == kinds


def test_the_package_runs_as_the_command(environment: Environment) -> None:
    def out(*command: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, *command], capture_output=True, encoding="utf-8", env=environment()
        )
        return done.returncode, done.stdout, done.stderr

    assert out("-m", "a2e_sdk", "--version") == out("-m", "a2e_sdk.cli", "--version")
    script = "import runpy, sys; sys.modules['click'] = None; runpy.run_module('a2e_sdk', None, '__main__')"
    code, printed, told = out("-c", script)
    assert (code, printed) == (1, "")
    assert 'pip install "a2e-sdk[cli]"' in told


@pytest.mark.parametrize("width", [40, 50])
@pytest.mark.parametrize(
    "words",
    [
        ("face-swap", "tasks", "list"),
        ("face-swap", "images", "list"),
        ("voices", "list"),
        ("voices", "languages"),
        ("avatars", "list"),
        ("credits", "history"),
    ],
    ids=as_typed,
)
def test_a_listing_is_readable_on_a_narrow_terminal(
    a2e_cli: Cli,
    server: SandboxServer,
    terminal: Callable[[int], None],
    words: tuple[str, ...],
    width: int,
) -> None:
    server.sandbox.add_face_swap_task(
        name="a name of many words that is rather long", failed_message="no face was found " * 5
    )
    terminal(width)
    outcome = a2e_cli(*words)
    assert outcome.code == 0
    shown = re.sub(r"\x1b\]8;[^\x1b]*\x1b\\|\x1b\[[0-9;]*m", "", outcome.out)
    assert [line for line in shown.splitlines() if len(line) > width] == []
    if words == ("face-swap", "tasks", "list"):
        block = shown[shown.index(ID) - 4 :].split("\n\n")[0]
        assert block.splitlines()[:3] == [f"id: {ID}", "name: xxxx", "status: succeeded"]
        assert re.search(r"^result: \S*…\S+\.mp4$", block, re.MULTILINE)


def test_a_wide_terminal_keeps_its_table(
    a2e_cli: Cli, server: SandboxServer, terminal: Callable[[int], None]
) -> None:
    terminal(80)
    assert a2e_cli("face-swap", "tasks", "list").out.startswith("\x1b[1mid   ")
