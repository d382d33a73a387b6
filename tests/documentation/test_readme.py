"""The examples of the README and of docs/reliability.md run as they stand, offline.

What the README said once and pages say now, about sections and settings, is tested here too.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cached_property
from pathlib import Path

import pytest
from documentation_pages import blocks_of, run_example, text_of

from a2e_api.operations import OPERATIONS
from a2e_sdk import A2E
from a2e_sdk._wire.family_table import TASK_FAMILIES

pytestmark = pytest.mark.once

README = text_of("README.md")
EXAMPLES = blocks_of("README.md", "python")
(TABLE,) = blocks_of("README.md", "csv")

SETTINGS, *OTHERS = blocks_of("docs/reliability.md", "python")
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


def test_there_are_examples_and_the_page_is_short() -> None:
    assert len(EXAMPLES) >= 2
    assert len(README.splitlines()) <= 100


@pytest.mark.parametrize("example", [*EXAMPLES, *OTHERS])
def test_an_example_runs(example: str, tmp_path: Path) -> None:
    run_example(example, tmp_path, table=TABLE)


def test_the_batch_saves_a_file_for_each_row_of_the_table(tmp_path: Path) -> None:
    (example,) = (text for text in EXAMPLES if "a2e.batch(" in text)
    printed = run_example(example, tmp_path, table=TABLE).stdout.splitlines()
    keys = [line.partition(",")[0] for line in TABLE.splitlines()[1:]]
    assert sorted(printed) == sorted(f"{key} succeeded results/{key}.mp4 50" for key in keys)
    assert all((tmp_path / f"results/{key}.mp4").stat().st_size for key in keys)


def test_the_first_example_prints_the_three_records(tmp_path: Path) -> None:
    # It saves a video where it runs, and refuses to replace one.
    printed = run_example(EXAMPLES[0], tmp_path).stdout
    assert [line.split()[0] for line in printed.splitlines()] == [
        "6674f1765699df7e9d25311a",
        "6662e9c62246edced67000f7",
        "66627c58577166cec1929f84",
    ]


def test_what_the_comments_promise_is_printed() -> None:
    examples = blocks_of("docs/configuration.md", "python")
    example = next(text for text in examples if "list().total" in text)
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
    page = text_of("docs/sections.md")
    table = page.split("| on the client")[1].split("\n\n")[0]
    named = set(re.findall(r"`(\w+)`", table))
    sections = {name for name in dir(A2E) if isinstance(getattr(A2E, name), cached_property)}
    assert {family.attribute.partition(".")[0] for family in TASK_FAMILIES.values()} <= named
    assert sections <= named
    assert f"all {len(OPERATIONS)} operations" in page
    assert f"{len(TASK_FAMILIES)} families" in page
