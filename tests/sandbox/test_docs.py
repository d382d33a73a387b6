"""docs/sandbox.md: its examples run as they stand, and its tables leave nothing out."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from a2e_api.operations import OPERATIONS
from a2e_sdk.sandbox import Fault, Sandbox
from a2e_sdk.sandbox.files.uploads import UPLOAD_URL_PRICE
from a2e_sdk.sandbox.sections.face_swap import FACE_SWAP_PREVIEWS, FACE_SWAP_TASKS
from a2e_sdk.sandbox.sections.speech import SPEECH_PRICE
from a2e_sdk.sandbox.sections.streaming import STREAMING_PRICE, STREAMING_SECONDS

pytestmark = pytest.mark.once

PAGE = (Path(__file__).parents[2] / "docs" / "sandbox.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
PROGRAMS = [example for example in EXAMPLES if "def test_" not in example]
TESTS = [example for example in EXAMPLES if "def test_" in example]


def test_there_are_examples_of_both_kinds() -> None:
    assert len(PROGRAMS) >= 4
    assert len(TESTS) >= 1


@pytest.mark.parametrize("program", PROGRAMS, ids=range(len(PROGRAMS)))
def test_a_program_prints_what_its_comments_say(program: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    printed = done.stdout.splitlines()
    response_data = re.findall(r"print\(.*\)  # (.*)", program)
    assert printed == response_data if response_data else len(printed) == 3


@pytest.mark.parametrize("source", TESTS, ids=range(len(TESTS)))
def test_a_test_of_the_page_passes(source: str, tmp_path: Path) -> None:
    (tmp_path / "test_page.py").write_text(source, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "a2e_sdk.sandbox.pytest_plugin", tmp_path],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_fault_is_in_the_tables() -> None:
    made = {
        name
        for name, member in inspect.getmembers(Fault, inspect.ismethod)
        if not name.startswith("_")
    }
    listed = set(re.findall(r"^\| `Fault\.(\w+)\(", PAGE, re.MULTILINE))
    assert listed == made
    for argument in inspect.signature(Fault).parameters:
        assert f"{argument}=" in PAGE


def test_every_handle_and_setting_of_a_sandbox_is_on_the_page() -> None:
    handles = {name for name in dir(Sandbox) if not name.startswith("_")}
    # What carries requests uses these; a test has no need of them.
    handles -= {"handle", "takes_upload", "upload_limit", "public_url"}
    assert [name for name in sorted(handles) if name not in PAGE] == []
    settings = inspect.signature(Sandbox).parameters.keys() - {"clock", "public_url", "log_limit"}
    assert [name for name in sorted(settings) if f"{name}=" not in PAGE] == []


def test_the_prices_on_the_page_are_the_sandboxs() -> None:
    assert (
        f"{FACE_SWAP_TASKS.price} coins for a face swap task, {FACE_SWAP_PREVIEWS.price} for a "
        f"preview, {UPLOAD_URL_PRICE} for a signed upload URL, {SPEECH_PRICE} for a text spoken"
        in PAGE
    )
    assert f"{STREAMING_PRICE} coin for each {STREAMING_SECONDS} seconds" in PAGE


def test_the_page_counts_the_operations() -> None:
    assert f"all {len(OPERATIONS)} operations" in PAGE
