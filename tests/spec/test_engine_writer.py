"""Promises of spec/generate/engines.py: repeatable, and honest about differences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from spec.copied_tree import copy_tree, replace, tool

pytestmark = pytest.mark.generator


def tree(root: Path) -> dict[str, bytes]:
    files = [*(root / "a2e_sdk").rglob("*.py"), *(root / "generated").rglob("*.py")]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of what is generated and what it is generated from, which a test may spoil."""
    return copy_tree(tmp_path)


def test_check_finds_edited_extra_and_missing_files_and_changes_nothing(copied: Path) -> None:
    """And writing puts them right: it gives the committed bytes, whatever the order of hashes."""
    whole = tree(copied)
    engines = copied / "a2e_sdk" / "_async" / "resources" / "engines"
    replace(engines / "sora.py", "class SoraStart(", "class Edited(")
    (engines / "extra.py").write_text("mine = 1\n")
    (engines / "veo.py").unlink()
    before = tree(copied)
    told = tool(copied, "engines.py", "--check", PYTHONHASHSEED="1")
    assert "class Edited(" in told
    engine = "_async/resources/engines"
    assert re.findall(r"(?m)^(\S+): (differs|missing|not generated)$", told) == [
        (f"{engine}/extra.py", "not generated"),
        (f"{engine}/sora.py", "differs"),
        (f"{engine}/veo.py", "missing"),
    ]
    assert tree(copied) == before
    assert tool(copied, "engines.py", PYTHONHASHSEED="2") == ""
    assert tree(copied) == whole, "writing puts all of it right"
