"""The decisions of a release: its version, its classifiers, what its files hold."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path[1:1] = [str(ROOT / "spec" / name) for name in ("api_report", "release")]

from changelog_fragments import FragmentType  # noqa: E402
from distributions import (  # noqa: E402
    SDIST_NEEDS,
    WHEEL_NEEDS,
    sdist_problems,
    wheel_problems,
)
from release_plan import (  # noqa: E402
    classifier_problems,
    version_problem,
    version_to_release,
)
from release_version import Release  # noqa: E402


@pytest.mark.parametrize(
    ("latest", "verdict", "fragments", "version"),
    [
        (None, Release.MAJOR, ["breaking"], "0.1.0"),
        (None, Release.PATCH, [], "0.1.0"),
        ("0.1.0", Release.PATCH, [], "0.1.1"),
        ("0.1.0", Release.PATCH, ["fixed", "added", "changed"], "0.1.1"),
        ("0.1.0", Release.MINOR, ["breaking"], "0.2.0"),
        ("0.1.0", Release.MAJOR, [], "0.2.0"),
        ("0.1.0", Release.PATCH, ["removed"], "0.2.0"),
        ("1.4.2", Release.PATCH, ["fixed"], "1.4.3"),
        ("1.4.2", Release.PATCH, ["fixed", "added"], "1.5.0"),
        ("1.4.2", Release.MINOR, ["fixed"], "1.5.0"),
        ("1.4.2", Release.MINOR, ["breaking", "fixed"], "2.0.0"),
        ("1.4.2", Release.MAJOR, ["fixed"], "2.0.0"),
    ],
)
def test_the_version_follows_from_the_api_and_the_fragments(
    latest: str | None, verdict: Release, fragments: list[str], version: str
) -> None:
    types = [FragmentType(each) for each in fragments]
    assert version_to_release(latest, verdict, types) == version


def test_a_tree_with_another_version_is_told_which_it_needs() -> None:
    assert version_problem("0.2.0", "0.2.0", "0.1.0") is None
    problem = version_problem("0.1.1", "0.2.0", "0.1.0")
    assert problem is not None
    assert "0.1.1" in problem
    assert "0.2.0 after 0.1.0" in problem
    assert "first release" in (version_problem("1.0.0", "0.1.0", None) or "")


GOOD = ["Programming Language :: Python :: 3.11", "Typing :: Typed"]


@pytest.mark.parametrize(
    ("classifiers", "tested", "typed", "said"),
    [
        (GOOD, ["3.11"], True, None),
        ([*GOOD, "Typing :: Typo"], ["3.11"], True, "does not know 'Typing :: Typo'"),
        (GOOD, ["3.12"], True, "Python 3.11 has a classifier and no test"),
        (GOOD, ["3.11", "3.12"], True, "Python 3.12 is tested and has no classifier"),
        (GOOD, ["3.11"], False, "py.typed"),
        (GOOD[:1], ["3.11"], True, "py.typed"),
    ],
)
def test_a_classifier_that_does_not_hold_is_said(
    classifiers: list[str], tested: list[str], typed: bool, said: str | None
) -> None:
    problems = classifier_problems(classifiers, GOOD, tested, typed=typed)
    assert (said is None) == (problems == [])
    assert said is None or said in problems[0]


def test_the_classifiers_of_this_project_hold() -> None:
    from trove_classifiers import classifiers

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    tested = re.findall(r"\"(3\.\d+)\"", (ROOT / ".github/workflows/ci.yml").read_text("utf-8"))
    assert len(tested) >= 4
    assert classifier_problems(project["classifiers"], classifiers, tested, typed=True) == []
    oldest = project["requires-python"].removeprefix(">=")
    assert oldest in tested


WHEEL = {*WHEEL_NEEDS, "a2e_sdk/__init__.py", "a2e_sdk-1.dist-info/METADATA"}
SDIST = {*SDIST_NEEDS}


@pytest.mark.parametrize(
    ("more", "less", "said"),
    [
        (set(), set(), None),
        (set(), {"a2e_sdk/py.typed"}, "a2e_sdk/py.typed is missing"),
        (set(), {"a2e_sdk/_skill/SKILL.md"}, "SKILL.md is missing"),
        ({"tests/test_x.py"}, set(), "tests does not belong"),
        ({"a2e_sdk/tests/x.py"}, set(), "a2e_sdk/tests/x.py does not belong"),
        ({"a2e_sdk/__pycache__/x.pyc"}, set(), "left behind"),
        ({"a2e_sdk/x.py.orig"}, set(), "left behind"),
    ],
)
def test_what_a_wheel_holds(more: set[str], less: set[str], said: str | None) -> None:
    problems = wheel_problems((WHEEL | more) - less)
    assert (said is None) == (problems == [])
    assert said is None or any(said in each for each in problems)


@pytest.mark.parametrize(
    ("more", "less", "said"),
    [
        (set(), set(), None),
        (set(), {"tests/conftest.py"}, "tests/conftest.py is missing"),
        ({"notes.txt"}, set(), "notes.txt is in the sdist and not in the commit"),
        ({"tests/.pytest_cache/x"}, set(), "left behind"),
    ],
)
def test_what_an_sdist_holds(more: set[str], less: set[str], said: str | None) -> None:
    problems = sdist_problems((SDIST | more) - less, SDIST - {"PKG-INFO"})
    assert (said is None) == (problems == [])
    assert said is None or any(said in each for each in problems)
