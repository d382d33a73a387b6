"""The skill for agents: its form, its commands, its installation."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from a2e_sdk._skill.installation import NAME, Outcome, install, skill_text
from a2e_sdk.cli.exit_codes import ExitCode
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.http_server import serve

TEXT = skill_text()
BLOCKS = re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
COMMANDS = [shlex.split(line) for block in BLOCKS for line in block.splitlines()]
INLINE = [shlex.split(code) for code in re.findall(r"`(a2e [^`]*-[^`]*)`", TEXT)]


def a2e(*words: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("A2E_", "FORCE_COLOR"))}
    return subprocess.run(
        [sys.executable, "-m", "a2e_sdk", *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**kept, **environment},
    )


def test_the_front_matter_is_as_the_format_asks() -> None:
    assert TEXT.startswith("---\n")
    front: dict[str, Any] = yaml.safe_load(TEXT.split("---\n")[1])
    assert set(front) == {"name", "description", "license", "compatibility"}
    assert front["name"] == NAME
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", front["name"])
    assert 0 < len(front["description"]) <= 1024
    assert len(front["compatibility"]) <= 500
    assert len(TEXT.splitlines()) <= 150


def test_every_command_runs_in_the_sandbox_in_its_order(tmp_path: Path) -> None:
    assert len(COMMANDS) >= 10
    for words in COMMANDS:
        assert words[0] == "a2e"
        done = a2e(*words[1:], folder=tmp_path)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        if "--json" in words:
            json.loads(done.stdout)
    assert (tmp_path / "rain.mp4").stat().st_size > 100
    spent = a2e("journal", "spent", "--journal", "a2e.db", "--json", folder=tmp_path)
    assert json.loads(spent.stdout)["spent"] > 0


def test_the_start_that_is_repeated_with_its_key_is_paid_once(tmp_path: Path) -> None:
    (words,) = [words[1:] for words in COMMANDS if words[1:3] == ["wan-25", "run"]]
    words = words[: words.index("--region")]
    sandbox = Sandbox()
    seeded = sandbox.tasks_made
    with serve(sandbox) as server:
        environment = {"A2E_BASE_URL": server.url, "A2E_API_KEY": "sk_test"}
        assert a2e(*words, folder=tmp_path, **environment).returncode == 0
        (tmp_path / "rain.mp4").unlink()
        assert a2e(*words, folder=tmp_path, **environment).returncode == 0
    assert (tmp_path / "rain.mp4").is_file()
    assert sandbox.tasks_made - seeded == 1


@pytest.mark.parametrize("words", INLINE, ids=" ".join)
def test_every_option_that_is_named_exists(words: list[str], tmp_path: Path) -> None:
    alone = ("speak", "download", "doctor", "credits", "quote")
    names = [word.replace("ENGINE", "wan-25") for word in words[1:3]]
    names = names[:1] if names[0] in alone or names[0].startswith("-") else names
    names = [] if names[0].startswith("-") else names
    shown = a2e(*names, "--help", folder=tmp_path)
    assert shown.returncode == 0, shown.stderr
    for option in (word for word in words if word.startswith("-")):
        assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", shown.stdout), option


def test_the_exit_codes_are_those_of_the_command() -> None:
    named = {int(code) for code in re.findall(r"^\| (\d+) \|", TEXT, re.M)}
    assert named == {code.value for code in ExitCode} - {129, 143}


def test_it_is_installed_and_what_somebody_changed_is_kept(tmp_path: Path) -> None:
    path, outcome = install(tmp_path / "skills")
    assert (path, outcome) == (tmp_path / "skills" / "a2e" / "SKILL.md", Outcome.INSTALLED)
    assert path.read_text("utf-8") == TEXT
    assert install(tmp_path / "skills")[1] is Outcome.UNCHANGED
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError, match="--force"):
        install(tmp_path / "skills")
    assert path.read_text("utf-8") == "mine"
    assert install(tmp_path / "skills", force=True)[1] is Outcome.REPLACED
    assert path.read_text("utf-8") == TEXT
    assert [each.name for each in path.parent.iterdir()] == ["SKILL.md"]


def test_a_link_is_replaced_and_not_written_through(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.md"
    elsewhere.write_text("theirs", encoding="utf-8")
    (tmp_path / "a2e").mkdir()
    (tmp_path / "a2e" / "SKILL.md").symlink_to(elsewhere)
    with pytest.raises(FileExistsError):
        install(tmp_path)
    install(tmp_path, force=True)
    assert elsewhere.read_text("utf-8") == "theirs"


def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    first = a2e("skill", "install", folder=tmp_path)
    assert (first.returncode, first.stdout) == (0, ".agents/skills/a2e/SKILL.md: installed.\n")
    again = a2e("skill", "install", "--json", folder=tmp_path)
    assert json.loads(again.stdout) == {
        "path": ".agents/skills/a2e/SKILL.md",
        "outcome": "unchanged",
    }
    (tmp_path / ".agents/skills/a2e/SKILL.md").write_text("mine")
    refused = a2e("skill", "install", folder=tmp_path)
    assert refused.returncode == 2
    assert "nothing was written" in refused.stderr
    other = a2e("skill", "install", "--to", "here", folder=tmp_path)
    assert (tmp_path / "here/a2e/SKILL.md").read_text("utf-8") == TEXT
    assert other.returncode == 0
    shown = a2e("skill", "show", folder=tmp_path)
    assert shown.stdout == TEXT
