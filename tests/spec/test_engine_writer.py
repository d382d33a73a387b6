"""Promises of spec/generate/engines.py: repeatable, and honest about differences."""

from __future__ import annotations

from pathlib import Path

import pytest

from spec.copied_tree import ROOT, copy_tree, replace, tool

pytestmark = pytest.mark.generator


def tree(root: Path) -> dict[str, bytes]:
    files = [*(root / "a2e_sdk").rglob("*.py"), *(root / "generated").rglob("*.py")]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of what is generated and what it is generated from, which a test may spoil."""
    return copy_tree(tmp_path)


def test_what_is_committed_is_what_the_spec_gives() -> None:
    assert tool(ROOT, "engines.py", "--check") == ""


@pytest.mark.parametrize("seed", ["1", "2"])
def test_writing_again_gives_the_same_bytes_whatever_the_order_of_hashes(
    copied: Path, seed: str
) -> None:
    before = tree(copied)
    assert tool(copied, "engines.py", PYTHONHASHSEED=seed) == ""
    assert tree(copied) == before


def test_check_finds_edited_extra_and_missing_files_and_changes_nothing(copied: Path) -> None:
    whole = tree(copied)
    engines = copied / "a2e_sdk" / "_async" / "resources" / "engines"
    replace(engines / "sora.py", "class SoraStart(", "class Edited(")
    (engines / "extra.py").write_text("mine = 1\n")
    (engines / "veo.py").unlink()
    before = tree(copied)
    told = tool(copied, "engines.py", "--check")
    assert "class Edited(" in told
    for name in ("sora", "extra", "veo"):
        assert f"_async/resources/engines/{name}.py" in told
    assert tree(copied) == before
    assert tool(copied, "engines.py") == ""
    assert tree(copied) == whole, "writing puts all of it right"
