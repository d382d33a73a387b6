"""The pages of the documentation, and their blocks of code."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def text_of(page: str) -> str:
    """Return a page by its path from the root."""
    return (ROOT / page).read_text("utf-8")


def blocks_of(page: str, language: str) -> list[str]:
    """Return the blocks of code of a page that are of a language."""
    return re.findall(rf"```{language}\n(.*?)```", text_of(page), re.DOTALL)


def run_example(
    example: str, folder: Path, *, table: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run an example as it stands, and expect that it ends well.

    Args:
        example: Its text.
        folder: Where it runs.
        table: What is in the file ``jobs.csv`` there.
    """
    if table is not None:
        (folder / "jobs.csv").write_text(table, "utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", example],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={name: value for name, value in os.environ.items() if name != "A2E_JOURNAL"},
    )
    assert done.returncode == 0, done.stderr
    return done
