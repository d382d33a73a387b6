"""Version numbers of releases, by semantic versioning.

This module owns which number follows a release, and how the version of a source tree is read. Which
part has to move is decided by the reports of `spec/api_report/` and `spec/update/`.
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path


class Release(StrEnum):
    """The part of a version number that moves."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"


def next_version(version: str, release: Release) -> str:
    """Return the version number that follows.

    Args:
        version: The present version, `major.minor.patch`.
        release: The part that moves.

    Returns:
        The next version. Before 1.0.0 a break moves the middle number and all else the last.

    Raises:
        ValueError: `version` is not of that form.
    """
    found = re.fullmatch(r"(\d+)\.(\d+)\.(\d+)", version)
    if found is None:
        raise ValueError(f"{version!r} is not major.minor.patch")
    major, minor, patch = map(int, found.groups())
    if major == 0:
        release = Release.MINOR if release is Release.MAJOR else Release.PATCH
    if release is Release.MAJOR:
        return f"{major + 1}.0.0"
    if release is Release.MINOR:
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"


def version_of(tree: Path) -> str:
    """Return the version that a source tree gives itself; an empty text where it gives none."""
    path = tree / "a2e_sdk" / "version.py"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    match = re.search(r"^__version__(?:: *\w+)? *= *[\"']([^\"']+)[\"']", text, re.MULTILINE)
    return match[1] if match else ""
