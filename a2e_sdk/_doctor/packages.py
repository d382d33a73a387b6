"""Which packages are installed, and which of them are older than the SDK works with.

This module owns the reading of requirements and the comparison of versions. It is pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import attrs

from .checks import Check, ok, problem, skipped

_REQUIREMENT = re.compile(
    r"\s*(?P<name>[A-Za-z0-9._-]+)(\[[^\]]*\])?\s*\(?(>=\s*(?P<least>[0-9][^,;)\s]*))?[^;]*"
    r"(;.*extra\s*==\s*['\"](?P<extra>[^'\"]+)['\"])?"
)


@attrs.frozen
class Requirement:
    """A package that the SDK needs.

    Attributes:
        name: Its name.
        least: The lowest version that it works with; empty for any.
        extra: The extra that it is of; empty for one that is always needed.
    """

    name: str
    least: str
    extra: str


def requirements_of(lines: Iterable[str]) -> list[Requirement]:
    """Return the requirements of a package's metadata."""
    found = (_REQUIREMENT.match(line) for line in lines)
    return [
        Requirement(one["name"], one["least"] or "", one["extra"] or "")
        for one in found
        if one is not None
    ]


def is_older(version: str, least: str) -> bool:
    """Tell whether a version is older than another one, by their numbers."""
    return _numbers(version) < _numbers(least)


def _numbers(version: str) -> tuple[int, ...]:
    release = re.match(r"[0-9]+(\.[0-9]+)*", version)
    numbers = [int(part) for part in release[0].split(".")] if release else []
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def check_packages(
    requirements: Iterable[Requirement] | None, version_of: Callable[[str], str | None]
) -> Check:
    """Check the packages that are needed, and those of extras that are there.

    Args:
        requirements: What the SDK needs; None where its metadata is not installed.
        version_of: Gives the version of an installed package; None for one that is not there.
    """
    if requirements is None:
        return skipped("packages", "a2e-sdk runs from a folder and is not installed")
    shown: list[str] = []
    for one in requirements:
        version = version_of(one.name)
        install = f'pip install --upgrade "a2e-sdk{f"[{one.extra}]" if one.extra else ""}"'
        if version is None:
            if not one.extra:
                return problem("packages", f"{one.name} is not installed", f"Run: {install}")
            continue
        if one.least and is_older(version, one.least):
            return problem(
                "packages",
                f"{one.name} {version} is installed, and at least {one.least} is needed",
                f"Run: {install}",
            )
        shown.append(f"{one.name} {version}")
    return ok("packages", ", ".join(shown))
