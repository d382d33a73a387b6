"""The examples of the README and of docs/reliability.md run as they stand, offline."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cached_property
from pathlib import Path

import pytest

from a2e_api.operations import OPERATIONS
from a2e_sdk import A2E
from a2e_sdk._wire.family_table import TASK_FAMILIES

pytestmark = pytest.mark.once

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", README, re.DOTALL)

RELIABILITY = (Path(__file__).parents[2] / "docs/reliability.md").read_text(encoding="utf-8")
SETTINGS, *OTHERS = re.findall(r"```python\n(.*?)```", RELIABILITY, re.DOTALL)
#: The recipe for OpenTelemetry is tried in the robustness session, where that is installed.
OTHERS = [example for example in OTHERS if "opentelemetry" not in example]


def test_the_settings_for_reliability_are_taken() -> None:
    example = SETTINGS
    environment = {**os.environ, "A2E_API_KEY": "sk_test"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", example + "print(a2e)"],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert done.stdout.startswith("A2E(region='global'"), done.stderr


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 5


@pytest.mark.parametrize("example", [*EXAMPLES, *OTHERS])
def test_an_example_runs(example: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", example],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr


def test_the_first_example_prints_the_three_records() -> None:
    done = subprocess.run(
        [sys.executable, "-c", EXAMPLES[0]], capture_output=True, text=True, check=True
    )
    assert [line.split()[0] for line in done.stdout.splitlines()] == [
        "6674f1765699df7e9d25311a",
        "6662e9c62246edced67000f7",
        "66627c58577166cec1929f84",
    ]


def test_what_the_comments_promise_is_printed() -> None:
    example = next(text for text in EXAMPLES if "list().total" in text)
    done = subprocess.run(
        [sys.executable, "-c", example], capture_output=True, text=True, check=True
    )
    response_data = [
        line.split("  # ")[1] for line in example.splitlines() if "print(" in line and "# " in line
    ]
    shown = done.stdout.splitlines()
    assert shown[:2] == ["queued", "succeeded"]
    assert shown[2:] == response_data[-2:]


def test_the_table_of_the_api_names_every_section_and_the_page_counts_the_operations() -> None:
    table = README.split("## All of A2E")[1].split("\n\nEvery family")[0]
    named = set(re.findall(r"`(\w+)`", table))
    sections = {name for name in dir(A2E) if isinstance(getattr(A2E, name), cached_property)}
    assert {family.attribute.partition(".")[0] for family in TASK_FAMILIES.values()} <= named
    assert sections <= named
    assert f"all {len(OPERATIONS)} operations" in README
    assert f"{len(TASK_FAMILIES)} families" in README
