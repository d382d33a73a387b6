"""A copy of the tree that a test may change, and the generators run in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def copy_tree(folder: Path) -> Path:
    """Copy what is generated, and what it is generated from, into an empty folder."""
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("a2e_sdk", "generated", "spec", "docs"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def replace(path: Path, old: str, new: str) -> None:
    """Replace a text that is in a file exactly once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (path, old, text.count(old))
    path.write_text(text.replace(old, new), encoding="utf-8")


def tool(root: Path, name: str, *arguments: str, **environment: str) -> str:
    """Run a script of spec/generate/ in a tree and return what it printed."""
    done = subprocess.run(
        [sys.executable, str(root / "spec" / "generate" / name), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": "", **environment},
    )
    assert done.returncode in (0, 1), done.stderr
    assert done.stderr == ""
    assert (done.returncode == 1) == bool(done.stdout)
    return done.stdout


def run(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a tree, on the packages of that tree."""
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=root,  # Python looks there first.
        env={**os.environ, "PYTHONPATH": str(root / "generated"), **environment},
    )
