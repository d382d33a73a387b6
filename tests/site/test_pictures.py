"""The drawn pictures of docs/pictures; ``--update-pictures`` writes them anew.

    nox -s docs -- --update-pictures tests/site/test_pictures.py

A picture is compared byte for byte: what a command prints has changed, or the picture is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

pytest.importorskip("rich")

from terminal_pictures import session_picture

from a2e_sdk.sandbox import ManualClock, Sandbox
from a2e_sdk.sandbox.http_server import SandboxServer, serve
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
