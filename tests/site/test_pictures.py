"""The drawn pictures of docs/pictures; ``--update-pictures`` writes them anew.

    nox -s docs -- --update-pictures tests/site/test_pictures.py

A picture is compared byte for byte: what a command prints has changed, or the picture is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from terminal_pictures import session_picture

from a2e_sdk._doctor import examination
from a2e_sdk._doctor.packages import requirements_of
from a2e_sdk.sandbox import ManualClock, Sandbox
from a2e_sdk.sandbox.http_server import serve
from docs.site.layers import ARROWS, LAYERS, layers_picture
from docs.site.pages import ROOT

PICTURES = ROOT / "docs" / "pictures"
Compare = Callable[[str, str], None]


@pytest.fixture
def compare(request: pytest.FixtureRequest) -> Compare:
    """Compares a picture with the one that is kept, byte for byte."""

    def compared(name: str, picture: str) -> None:
        file = PICTURES / f"{name}.svg"
        if request.config.getoption("--update-pictures"):
            file.write_text(picture, "utf-8", newline="\n")
        assert file.is_file(), f"write it: {request.node.nodeid} --update-pictures"
        assert picture == file.read_text("utf-8")

    return compared


def test_the_first_minute(monkeypatch: pytest.MonkeyPatch, compare: Compare) -> None:
    command = "a2e face-swap tasks list --region sandbox"
    assert f".venv/bin/{command}\n" in (ROOT / "README.md").read_text("utf-8")
    compare("terminal-first-minute", session_picture([command], monkeypatch, columns=112))


def test_a_batch(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, compare: Compare) -> None:
    page = (ROOT / "docs" / "tutorial" / "6-overnight.md").read_text("utf-8")
    (table,) = re.findall(r"```csv\n(?:#[^\n]*\n)?(.*?)```", page, re.DOTALL)
    (tmp_path / "jobs.csv").write_text(table, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("A2E_API_KEY", "sk_test")
    # One at a time, so that they end in their order.
    command = "a2e batch run jobs.csv --engine wan-25 --output results --concurrency 1"
    commands = [f"{command} --budget 120", f"{command} --budget 500"]
    with serve(Sandbox(processing_after=0.05, completed_after=0.1)) as server:
        monkeypatch.setenv("A2E_BASE_URL", server.url)
        picture = session_picture(commands, monkeypatch, columns=90, codes=(7, 0))
    compare("terminal-batch", picture)


def test_an_error_with_advice(monkeypatch: pytest.MonkeyPatch, compare: Compare) -> None:
    monkeypatch.setenv("A2E_API_KEY", "sk_test")
    start = 'a2e wan-25 run --prompt "a calm sea"'
    commands = [f"{start} --duration 500", f"{start} --timeout 1"]
    clock = ManualClock(datetime(2026, 3, 14, 9, 26, tzinfo=UTC))
    with serve(Sandbox(clock=clock)) as server:
        monkeypatch.setenv("A2E_BASE_URL", server.url)
        picture = session_picture(commands, monkeypatch, columns=110, codes=(2, 5))
    compare("terminal-error", picture)


def test_the_doctor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, compare: Compare) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("A2E_API_KEY", "'sk_test'")
    versions = {"anyio": "4.9.0", "attrs": "25.3.0", "click": "8.1.8", "httpx": "0.28.1"}
    needed = requirements_of([f"{name}>={version}" for name, version in versions.items()])
    monkeypatch.setattr(examination, "_requirements", lambda: needed)
    monkeypatch.setattr(examination, "_version_of", versions.get)
    with serve(Sandbox()) as server:
        monkeypatch.setenv("A2E_BASE_URL", server.url)
        picture = session_picture(["a2e doctor"], monkeypatch, columns=90, codes=(1,))
    compare("terminal-doctor", picture)


def test_the_layers(compare: Compare) -> None:
    assert len(ARROWS) == len(LAYERS) - 1
    parts = [part for layer in LAYERS for part in layer]
    assert [part.place for part in parts if not (ROOT / part.place).exists()] == []
    compare("layers", layers_picture())


def test_every_picture_is_used_by_a_page_and_made_by_a_test() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    used = {
        (page.parent / target).resolve()
        for page in pages
        for target in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page.read_text("utf-8"))
    }
    assert used == {*PICTURES.iterdir()}
    tests = "".join(file.read_text("utf-8") for file in (ROOT / "tests").rglob("test_*.py"))
    # A picture of a theme or a view is named by that alone, behind the name of its family.
    names = [file.stem for file in sorted(PICTURES.iterdir())]
    makers = {name: (f'"{name}"', f'"{name.partition("-")[2]}"') for name in names}
    assert [name for name in names if not any(word in tests for word in makers[name])] == []


def test_every_svg_is_whole_and_loads_nothing() -> None:
    for file in PICTURES.glob("*.svg"):
        ElementTree.parse(file)
        text = file.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"url\(|href|@import|@font-face|<script|<image", text), file.name
