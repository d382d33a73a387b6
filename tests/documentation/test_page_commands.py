"""The commands of the pages on journals and batches, as a reader types them one after the other."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from documentation_pages import blocks_of, text_of

from a2e_sdk import A2E
from a2e_sdk.cli.exit_codes import ExitCode
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.http_server import serve

pytestmark = pytest.mark.once

BATCH, JOURNAL, AT_MOST_ONCE = "docs/batch.md", "docs/journal.md", "docs/at-most-once.md"
TABLE = blocks_of(BATCH, "csv")[0]


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    """Serve a sandbox; yield the environment of a program that uses it."""
    with serve(Sandbox(processing_after=0.2, completed_after=0.5)) as server:
        names = {"A2E_BASE_URL": server.url, "A2E_API_KEY": "sk_test"}
        left_out = ("A2E_JOURNAL", "A2E_REGION", "A2E_API_TOKEN", "FORCE_COLOR")
        kept = {name: value for name, value in os.environ.items() if name not in left_out}
        yield {**kept, **names}


def commands_of(page: str) -> list[list[str]]:
    """Return the commands that a page lists for a reader to type, in their order."""
    lines = [line for block in blocks_of(page, "sh") for line in block.splitlines()]
    found = [shlex.split(line) for line in lines]
    return [words for words in found if words[:2] in (["a2e", "batch"], ["a2e", "journal"])]


def run_commands(page: str, folder: Path, environment: dict[str, str]) -> list[str]:
    """Run the commands of a page one after the other; return what each printed."""
    printed: list[str] = []
    for words in commands_of(page):
        done = subprocess.run(
            [sys.executable, "-m", "a2e_sdk", *words[1:]],
            capture_output=True,
            text=True,
            check=False,
            cwd=folder,
            env=environment,
        )
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        printed.append(done.stdout)
    return printed


def test_the_commands_for_batches_run_in_their_order(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    (tmp_path / "jobs.csv").write_text(TABLE, "utf-8")
    assert len(commands_of(BATCH)) >= 6
    forecast, first, status, again, *_ = run_commands(BATCH, tmp_path, environment)
    assert "All 3 jobs are right" in forecast
    assert "3 of 3 jobs succeeded" in first
    assert re.search(r"^succeeded +3$", status, re.MULTILINE)
    assert "3 had ended in an earlier run" in again
    names = {path.name for path in (tmp_path / "results").iterdir()}
    section = text_of(BATCH).split("## What a run writes")[1].split("\n## ")[0]
    rows = [row.split("|")[1] for row in section.splitlines() if row.startswith("|")]
    shown = {name for row in rows for name in re.findall(r"`([\w.-]+)`", row)}
    assert shown <= names


def test_the_command_of_the_readme_runs(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "jobs.csv").write_text(blocks_of("README.md", "csv")[0], "utf-8")
    (printed,) = run_commands("README.md", tmp_path, environment)
    assert "3 of 3 jobs succeeded" in printed


def test_the_commands_for_journals_run(tmp_path: Path, environment: dict[str, str]) -> None:
    with A2E(
        "sk_test", base_url=environment["A2E_BASE_URL"], journal=tmp_path / "spring.db"
    ) as a2e:
        a2e.wan_25.create(key="intro-07", prompt="a calm sea")
        assert len(commands_of(JOURNAL)) >= 6
        listed, unknown, *_ = run_commands(JOURNAL, tmp_path, environment)
        assert "intro-07" in listed
        assert "intro-07" not in unknown
        again = a2e.wan_25.create(key="intro-07", prompt="a calm sea")
        entry = a2e.journal.get("intro-07")
        assert entry is not None
        assert (entry.attempt, entry.task_id) == (2, again.id)


def test_the_commands_for_what_is_unknown_run(tmp_path: Path, environment: dict[str, str]) -> None:
    with A2E("sk_test", base_url=environment["A2E_BASE_URL"]) as a2e:
        jobs = [{"engine": "wan-25", "prompt": "a calm sea"}]
        assert len(list(a2e.batch(jobs, output=tmp_path / "results"))) == 1
    assert len(commands_of(AT_MOST_ONCE)) == 1
    run_commands(AT_MOST_ONCE, tmp_path, environment)


def test_the_page_on_batches_has_every_exit_code() -> None:
    table = text_of(BATCH).split("## Exit codes")[1].split("\n\n")[1]
    cells = [row.split("|")[1] for row in table.splitlines()[2:]]
    assert {int(code) for cell in cells for code in re.findall(r"[0-9]+", cell)} == set(ExitCode)
