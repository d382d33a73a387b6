"""The fragments in `changes/`, one file for each change that users can see.

This module owns their names, their types and what may stand in them. Towncrier renders them
(``[tool.towncrier]`` in pyproject.toml has the same types); the release puts them into
CHANGELOG.md, and public_api.py looks for breaks in them. It reads files and writes none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

#: The folder of the fragments, from the top of the repository.
FOLDER = "changes"

#: Files of that folder that are no fragments.
OTHER_FILES = ("README.md",)

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class FragmentType(StrEnum):
    """The types, in the order in which a release lists them."""

    BREAKING = "breaking"
    ADDED = "added"
    CHANGED = "changed"
    FIXED = "fixed"
    REMOVED = "removed"


class FragmentError(ValueError):
    """A file of the folder is no fragment; the text says why, and what to do."""


@dataclass(frozen=True)
class Fragment:
    """One change.

    Attributes:
        name: The first part of its file's name.
        type: Its type.
        text: Its sentence, on one line.
    """

    name: str
    type: FragmentType
    text: str

    @property
    def entry(self) -> str:
        """The entry of the changelog, without its bullet."""
        prefix = "Breaking: " if self.type is FragmentType.BREAKING else ""
        return prefix + self.text


def read_fragment(filename: str, content: str) -> Fragment:
    """Return the fragment that a file holds.

    Raises:
        FragmentError: Its name or what it holds is not as `changes/README.md` says.
    """
    name, _, rest = filename.partition(".")
    kind, _, suffix = rest.partition(".")
    if suffix != "md" or kind not in tuple(FragmentType) or not _NAME.fullmatch(name):
        types = ", ".join(FragmentType)
        raise FragmentError(
            f"{FOLDER}/{filename}: the name of a fragment is SHORT-NAME.TYPE.md with lowercase "
            f"letters, digits and hyphens, and one of the types {types}; rename the file"
        )
    text = " ".join(content.split())
    if not text:
        raise FragmentError(f"{FOLDER}/{filename} is empty: write one sentence, or delete it")
    if re.match(r"[-*#>] ?", text) or text.lower().startswith("breaking"):
        raise FragmentError(
            f"{FOLDER}/{filename} begins with {text.split()[0]!r}: write the sentence alone; its "
            "bullet and the word Breaking come from the type"
        )
    return Fragment(name, FragmentType(kind), text)


def read_fragments(tree: Path) -> list[Fragment]:
    """Return the fragments of a source tree in the order of types and names.

    Raises:
        FragmentError: A file of the folder is no fragment.
    """
    folder = tree / FOLDER
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    found = [
        read_fragment(path.name, path.read_text(encoding="utf-8"))
        for path in files
        if path.name not in OTHER_FILES
    ]
    order = list(FragmentType)
    return sorted(found, key=lambda fragment: (order.index(fragment.type), fragment.name))


def breaking_entries(fragments: Iterable[Fragment]) -> set[str]:
    """Return the entries that say what breaks."""
    return {fragment.entry for fragment in fragments if fragment.type is FragmentType.BREAKING}
