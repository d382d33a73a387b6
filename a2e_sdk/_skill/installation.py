"""Install the skill into a folder that agents read.

This module owns the places, and that no file of somebody else is overwritten.
"""

from __future__ import annotations

import os
import tempfile
from enum import StrEnum
from importlib.resources import files
from pathlib import Path

#: The folder of this skill within a folder of skills; the format asks for the skill's own name.
NAME = "a2e"

#: Where the skill goes by default, from the folder of a project.
DEFAULT_FOLDER = Path(".agents") / "skills"


class Outcome(StrEnum):
    """What became of an installation."""

    INSTALLED = "installed"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"


def skill_text() -> str:
    """Return the text of SKILL.md."""
    return files("a2e_sdk._skill").joinpath("SKILL.md").read_text(encoding="utf-8")


def install(folder: Path, *, force: bool = False) -> tuple[Path, Outcome]:
    """Write the skill to `folder/a2e/SKILL.md`.

    Args:
        folder: A folder of skills; it is made where there is none.
        force: Whether a file with another content is replaced.

    Returns:
        The file, and what became of it.

    Raises:
        FileExistsError: There is a file with another content, and `force` is not set.
        OSError: The file can't be written.
    """
    path = folder / NAME / "SKILL.md"
    new = skill_text().encode()
    outcome = Outcome.INSTALLED
    # A broken symbolic link is there too, though it leads nowhere.
    if os.path.lexists(path):
        if path.is_file() and path.read_bytes() == new:
            return path, Outcome.UNCHANGED
        if not force:
            raise FileExistsError(
                f"{path} is there with another content; nothing was written. Look at it, then "
                "give --force to replace it, or --to another folder."
            )
        outcome = Outcome.REPLACED
    path.parent.mkdir(parents=True, exist_ok=True)
    # Whole or not at all; a symbolic link is replaced and not written through.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".SKILL-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(new)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path, outcome
