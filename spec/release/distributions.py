"""What a wheel and an sdist must hold, and what they must not.

Pure: the names of their files are handed in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

#: What an installed SDK needs beside its modules.
WHEEL_NEEDS = (
    "a2e_sdk/py.typed",
    "a2e_api/py.typed",
    "a2e_sdk/_skill/SKILL.md",
    "a2e_sdk/sandbox/page/index.html",
)

#: The only folders at the top of a wheel, beside its metadata.
WHEEL_PACKAGES = ("a2e_sdk", "a2e_api")

#: What the tests need, and who builds anew from the sdist.
SDIST_NEEDS = (
    "pyproject.toml",
    "noxfile.py",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
    "SECURITY.md",
    "CONTRIBUTING.md",
    "spec/openapi.yaml",
    "tests/conftest.py",
    "changes/README.md",
    "PKG-INFO",
)

_CACHES = ("__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis")


def _left_behind(names: Iterable[str]) -> list[str]:
    return [
        f"{name} is left behind by a tool"
        for name in names
        if name.endswith((".pyc", ".pyo", ".part", ".orig", ".rej"))
        or any(part in _CACHES for part in name.split("/"))
    ]


def wheel_problems(names: Collection[str]) -> list[str]:
    """Say what is wrong with the files of a wheel."""
    tops = {name.partition("/")[0] for name in names}
    strange = sorted(
        top for top in tops if top not in WHEEL_PACKAGES and not top.endswith(".dist-info")
    )
    missing = [name for name in WHEEL_NEEDS if name not in names]
    tests = [name for name in names if "tests" in name.split("/")]
    return [
        *(f"{name} is missing in the wheel" for name in missing),
        *(f"{name} does not belong into the wheel" for name in [*strange, *tests]),
        *_left_behind(names),
    ]


def sdist_problems(names: Collection[str], tracked: Collection[str]) -> list[str]:
    """Say what is wrong with the files of an sdist, named from its top folder.

    Args:
        names: Its files.
        tracked: The files of the commit that it is built from.
    """
    missing = [name for name in SDIST_NEEDS if name not in names]
    untracked = sorted(set(names) - set(tracked) - {"PKG-INFO"})
    return [
        *(f"{name} is missing in the sdist" for name in missing),
        *(f"{name} is in the sdist and not in the commit" for name in untracked),
        *_left_behind(names),
    ]
