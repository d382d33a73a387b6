"""The examples of the README and of docs/reliability.md run as they stand, offline."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


RELIABILITY = (Path(__file__).parents[1] / "docs/reliability.md").read_text(encoding="utf-8")


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
