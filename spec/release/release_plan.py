"""Which version a release has to have, and whether the tree is ready for it.

Pure: the verdict of the API report, the fragments and the tags are handed in.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

sys.path[1:1] = [str(Path(__file__).resolve().parents[1] / "api_report")]

from changelog_fragments import FragmentType  # noqa: E402
from release_version import Release, next_version  # noqa: E402

#: The version of the first tag: nothing is there to compare with.
FIRST_VERSION = "0.1.0"

_MOVES = {
    FragmentType.BREAKING: Release.MAJOR,
    FragmentType.REMOVED: Release.MAJOR,
    FragmentType.ADDED: Release.MINOR,
    FragmentType.CHANGED: Release.MINOR,
    FragmentType.FIXED: Release.PATCH,
}
_ORDER = (Release.PATCH, Release.MINOR, Release.MAJOR)


def release_of_fragments(types: Iterable[FragmentType]) -> Release:
    """Return the part of the version that has to move for what the fragments say."""
    return max((_MOVES[each] for each in types), key=_ORDER.index, default=Release.PATCH)


def version_to_release(
    latest: str | None, verdict: Release, fragments: Iterable[FragmentType]
) -> str:
    """Return the version that the next release has to have.

    Args:
        latest: The version of the latest tag; None before the first.
        verdict: What the comparison of the public API says.
        fragments: The types of all fragments.

    Raises:
        ValueError: `latest` is not `major.minor.patch`.
    """
    if latest is None:
        return FIRST_VERSION
    release = max(verdict, release_of_fragments(fragments), key=_ORDER.index)
    return next_version(latest, release)


def version_problem(version: str, wanted: str, latest: str | None) -> str | None:
    """Say why a tree can't be released with the version that it gives itself; None if it can."""
    if version == wanted:
        return None
    after = f"after {latest}" if latest else "as the first release"
    return f"a2e_sdk/version.py says {version}, and what changed asks for {wanted} {after}"


def classifier_problems(
    classifiers: Iterable[str], known: Iterable[str], tested: Iterable[str], *, typed: bool
) -> list[str]:
    """Say which classifiers don't hold.

    Args:
        classifiers: Those of the project.
        known: All that PyPI knows.
        tested: The Python versions that CI tests.
        typed: Whether the package has py.typed.
    """
    classifiers, known, tested = list(classifiers), set(known), list(tested)
    problems = [f"PyPI does not know {each!r}" for each in classifiers if each not in known]
    prefix = "Programming Language :: Python :: 3."
    claimed = {each.removeprefix(prefix) for each in classifiers if each.startswith(prefix)}
    minors = {each.removeprefix("3.") for each in tested}
    problems += [f"Python 3.{each} has a classifier and no test" for each in claimed - minors]
    problems += [f"Python 3.{each} is tested and has no classifier" for each in minors - claimed]
    if ("Typing :: Typed" in classifiers) != typed:
        problems.append("the classifier Typing :: Typed and py.typed need each other")
    return sorted(problems)
