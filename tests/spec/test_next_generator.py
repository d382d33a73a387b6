"""Promises about the report on another version of openapi-python-client."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

import pytest

from spec.copied_tree import ROOT

pytest.importorskip("openapi_python_client", reason="the generator's tools are not here")

# Behind the modules of the tests, as both folders have one called `examples`.
sys.path.append(str(ROOT / "spec" / "generate"))

import next_generator

DOCUMENT = ROOT / "tests" / "generated" / "other_kinds.yaml"
PROGRAM = ROOT / "spec" / "generate" / "next_generator.py"

pytestmark = pytest.mark.generator


@dataclass
class Report:
    returncode: int
    stdout: str
    stderr: str


#: What the pinned version generates is the same for every report; it takes seconds.
pinned = cache(next_generator.generated)


@pytest.fixture
def report_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[Path], Report]:
    """A function that runs the program on a folder."""
    generate = next_generator.generated

    def generated(document: Path, folder: Path | None, *, stock: bool) -> dict[str, str] | str:
        return (pinned if folder is None else generate)(document, folder, stock=stock)

    monkeypatch.setattr(next_generator, "generated", generated)

    def run(folder: Path) -> Report:
        code = next_generator.main([str(folder), "--document", str(DOCUMENT)])
        return Report(code, *capsys.readouterr())

    return run


@pytest.fixture
def other(tmp_path: Path) -> Callable[[str], Path]:
    """A copy of the installed generator under another version, in a folder of its own."""
    installed = distribution("openapi-python-client")
    package = Path(str(installed.locate_file("openapi_python_client")))
    shutil.copytree(package, tmp_path / package.name)

    def make(number: str) -> Path:
        metadata = tmp_path / f"openapi_python_client-{number}.dist-info"
        metadata.mkdir()
        needed = "".join(f"Requires-Dist: {one}\n" for one in installed.requires or ())
        text = f"Metadata-Version: 2.1\nName: openapi-python-client\nVersion: {number}\n{needed}"
        (metadata / "METADATA").write_text(text, "utf-8")
        return tmp_path

    return make


def test_a_version_that_is_the_same_differs_in_nothing(
    other: Callable[[str], Path], report_on: Callable[[Path], Report]
) -> None:
    done = report_on(other("0.29.1"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("nothing differs") == 3
    assert "the httpx2 target is not out" in done.stdout
    assert "it needs httpx" in done.stdout


def test_what_another_version_would_change_is_named(
    other: Callable[[str], Path], report_on: Callable[[Path], Report]
) -> None:
    folder = other("0.99.0")
    templates = folder / "openapi_python_client" / "templates"
    # One that we override is changed, one is gone, one is new, and one that we don't override says
    # something else in every stock client.
    with (templates / "client.py.jinja").open("a", encoding="utf-8") as file:
        file.write("# One more line, for httpx2.\n")
    (templates / "str_enum.py.jinja").unlink()
    (templates / "webhook.py.jinja").touch()
    (templates / "api_init.py.jinja").write_text('"""Another text."""\n', "utf-8")
    done = report_on(folder)
    assert done.returncode == 1, done.stderr
    pinned = distribution("openapi-python-client").version
    assert done.stdout.startswith(f"openapi-python-client 0.99.0 beside the pinned {pinned}\n")
    for line in (
        "client.py.jinja: +1 -0 lines; make the same changes in ours",
        "str_enum.py.jinja: gone, so that ours would not be used any more",
        "webhook.py.jinja: new, we don't override it",
        "api/__init__.py: +1 -1 lines",
        "httpx2 is named in templates/client.py.jinja",
    ):
        assert line in done.stdout, done.stdout


def test_a_version_that_generates_nothing_says_why(
    other: Callable[[str], Path], report_on: Callable[[Path], Report]
) -> None:
    folder = other("0.99.0")
    (folder / "openapi_python_client" / "__main__.py").write_text("exit('not today')\n", "utf-8")
    done = report_on(folder)
    assert done.returncode == 1, done.stderr
    assert done.stdout.count("can't be generated:") == 2
    assert "not today" in done.stdout


def test_a_folder_without_the_generator_is_refused(tmp_path: Path) -> None:
    command = [sys.executable, str(PROGRAM), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "has no openapi-python-client: install one there" in done.stderr
