"""No message of the SDK reaches a terminal in words of Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli_runs import Outcome

import a2e_sdk
from a2e_sdk import errors
from a2e_sdk.cli.output.advice import note_options, notes_of, text_of
from a2e_sdk.cli.output.wording import terminal_words
from a2e_sdk.sandbox.http_server import SandboxServer

Cli = Callable[..., Outcome]
ROOT = Path(a2e_sdk.__file__).parent
ID = "6674f1765699df7e9d25311a"

# Not reached by a command: another language's surface, or what only a program can pass.
_ELSEWHERE = {
    "_http/transports/aiohttp_transport.py", "webhooks.py", "_config/fallbacks.py", "version.py",
    "_http/instrumentation.py", "_config/drift.py", "_config/hooks.py",
    "_sync/resources/streaming_avatar.py", "_sync/pagination.py", "_sync/resources/tokens.py",
}  # fmt: skip
_PYTHON = re.compile(
    r"`|\b[a-z_]+\(\)|\b(?!rgba?\()(?!https?\()[a-z_]+\([a-z_, ]*\)|(?<![?&\w-])[a-z_]+=[\w'\".]"
    r"|\b(?:None|True|False|str|bool|tuple|dict)\b|\berror\.[a-z]|\ba2e\.[a-z]|\bfind_started"
    r"|mode 'rb'"
)


def is_of_the_facade(path: Path) -> bool:
    """Tell whether errors and notes of a module may reach who types."""
    place = path.relative_to(ROOT).as_posix()
    elsewhere = place.startswith(("cli/", "sandbox/", "_async/", "models/"))
    return not elsewhere and place not in _ELSEWHERE


MODULES = [path for path in sorted(ROOT.rglob("*.py")) if is_of_the_facade(path)]


def messages_of(module: Path) -> set[str]:
    """Return the text of every message that the errors and notes of a module have."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return {text for node in ast.walk(tree) for text in texts_in(node)}


def texts_in(node: ast.AST) -> Iterator[str]:
    found: list[ast.expr] = []
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
        # A wrong type can't be typed, and is refused as an option.
        kind = ast.unparse(node.exc.func).rpartition(".")[2]
        found = [] if kind in ("TypeError", "AttributeError", "AssertionError") else node.exc.args
    elif isinstance(node, ast.Call):
        name = ast.unparse(node.func).rpartition(".")[2]
        found = node.args if name == "add_note" or name in dir(errors) else []
    elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "advice":
        found = [node.value]
    for expression in found:
        text = rendered(expression)
        if text and " " in text:
            yield text


def rendered(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "prompt" for part in node.values
        )
    if isinstance(node, ast.BinOp):
        return rendered(node.left) + rendered(node.right)
    return ""


#: No command closes, pickles or limits a client, or passes an open file.
NEVER_SHOWN = ("pickled", "closed", "max_bytes", "is a file open", "must be a str")


def test_a_message_has_no_words_of_python() -> None:
    found = 0
    for module in MODULES:
        for text in messages_of(module):
            found += 1
            if not any(part in text for part in NEVER_SHOWN):
                assert not _PYTHON.search(terminal_words(text)), (module, terminal_words(text))
    assert found > 80


class _Option:
    def __init__(self, name: str, *opts: str, metavar: str | None = None) -> None:
        self.name, self.opts, self.metavar = name, list(opts), metavar


OPTIONS = [
    _Option("voice", "--voice"),
    _Option("clone", "--clone"),
    _Option("end_image", "--end-image"),
    _Option("file", "file", metavar="FILE"),
    _Option("output", "--output", "-o"),
    _Option("base_url", "--base-url"),
    _Option("task", "task", metavar="ID"),
]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("give exactly one of voice and clone.", "give exactly one of --voice and --clone."),
        ("give country and region together.", "give --country and --voice-region together."),
        ("end_image must be a URL.", "--end-image must be a URL."),
        ("use end_image, or a base_url.", "use --end-image, or a --base-url."),
        ("file is a URL already; a2e.storage.transfer(url) copies it.",
         "FILE is a URL already; a2e storage transfer copies it."),
        ("'out.mp4' exists (existing='overwrite' replaces it).",
         "'out.mp4' exists: --existing overwrite replaces it, --existing skip keeps it."),
        ("--price must be like 'add_task=25'; it is 'add_task=x'.", None),
        ("it had page_size=10 and region='sandbox'.",
         "it had --page-size 10 and --region sandbox."),
        ("Sent. Look with a2e.image_to_video.get('x').", "Sent. Look with a2e image-to-video get."),
        ("It may run. Look with a2e.face_swap.tasks.find_started(error).", "It may run."),
        ("there is no https://example.com/a?b_c=1&d=2 here", None),
        ("task 6674 has no result yet", None),
        (f"task {ID} failed: no face", None),
    ],
)  # fmt: skip
def test_arguments_are_called_what_is_typed(said: str, told: str | None) -> None:
    error = ValueError(said)
    note_options(error, OPTIONS)
    error.add_note(said)
    assert text_of(error) == (said if told is None else told)
    assert notes_of(error) == [said if told is None else told]


def test_what_the_server_said_stays_as_it_said_it() -> None:
    error = errors.BadRequestError("set name='x' in `body`", operation="add_task", http_status=400)
    assert text_of(error) == "add_task: set name='x' in `body` (HTTP 400)"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("speech", "create", "Hi.", "--voice", ID, "--clone", ID),
         "give one of --voice and --clone, not both"),
        (("speech", "create", "Hi.", "--voice", ID, "--country", "en"),
         "give --country and --voice-region together"),
        (("storage", "upload", "https://example.com/a.jpg"), "a2e storage transfer"),
        (("quote", "image-to-video", "--image", "a.jpg", "--prompt", "p"), "a2e storage upload"),
    ],
)  # fmt: skip
def test_a_command_says_what_to_type(
    a2e_cli: Cli, server: SandboxServer, words: tuple[str, ...], text: str
) -> None:
    outcome = a2e_cli(*words)
    assert outcome.code == 2
    assert text in outcome.err
    assert not _PYTHON.search(outcome.err)
