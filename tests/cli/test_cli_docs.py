"""The page on the terminal tells the truth: its commands exist, and its examples work as printed."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_runs import Outcome

from a2e_sdk.cli.command_tree import top_level_commands
from a2e_sdk.sandbox import Sandbox, transport
from a2e_sdk.sandbox.transport import SandboxTransport

pytestmark = pytest.mark.once

Cli = Callable[..., Outcome]
PAGE = (Path(__file__).parents[2] / "docs" / "terminal.md").read_text(encoding="utf-8")
EXAMPLES = [
    line
    for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("a2e ")
]
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(500)
STAND_INS = {"AVATAR": "5a4d0b0c50f0000000000201", "VOICE": "5a4d0b0c50f0000000000101"}


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 9


@pytest.mark.parametrize("line", EXAMPLES)
def test_an_example_works_as_printed(
    a2e_cli: Cli, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox = Sandbox(processing_after=0, completed_after=0)
    monkeypatch.setattr(transport, "SandboxTransport", lambda: SandboxTransport(sandbox))
    monkeypatch.setenv("A2E_REGION", "sandbox")
    monkeypatch.chdir(tmp_path)
    for name in ("photo.jpg", "me.jpg", "coat.jpg"):
        (tmp_path / name).write_bytes(JPEG)
    (tmp_path / "jobs.csv").write_text("prompt,duration\na calm sea,5\na storm,5\n")

    words = [STAND_INS.get(word, word) for word in shlex.split(line)[1:]]
    outcome = a2e_cli(*words)

    assert outcome.code == 0, outcome.err
    if "-o" in words:
        assert (tmp_path / words[words.index("-o") + 1]).stat().st_size > 0


@pytest.mark.parametrize("command", re.findall(r"`a2e ([^`]+)`", PAGE))
def test_a_command_that_is_named_exists(command: str) -> None:
    names = {name: entry.make for name, entry in top_level_commands().items()}
    for word in re.split(r"[ |\\]+", command):
        if word.startswith("-") or word.isupper() or word == "..." or not names:
            return
        made: Any = names[word]()
        names = {name: entry.make for name, entry in getattr(made, "_entries", {}).items()}


def test_every_top_level_command_is_on_the_page() -> None:
    engines = {
        name for name, entry in top_level_commands().items() if entry.heading.startswith("Engines")
    }
    for name in top_level_commands().keys() - engines:
        assert f"`a2e {name}" in PAGE
