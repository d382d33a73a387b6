"""What the pages for maintainers name exists: files, modules, sessions, tests, and their links."""

from __future__ import annotations

import re
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

import a2e_sdk

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "CONTRIBUTING.md",
    *sorted(ROOT.glob("docs/architecture*.md")),
    ROOT / "spec/README.md",
    *sorted((ROOT / "spec/guides").glob("*.md")),
]
IDS = [page.relative_to(ROOT).as_posix() for page in PAGES]
#: Those for users have links, too.
LINKED = [*PAGES, ROOT / "README.md", *sorted(set(ROOT.glob("docs/**/*.md")) - set(PAGES))]
TOPS = ("a2e_sdk", "generated", "spec", "tests", "docs", ".ci")

#: Names of the examples that a reader makes up, in recipes.
MADE_UP = {"NAME", "PACKAGE"}


def spoken_of(text: str) -> list[str]:
    """Return what a page has between backticks, without its blocks of code."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))


def is_path(word: str) -> bool:
    return word.split("/")[0] in TOPS and "/" in word and " " not in word


def is_module(word: str) -> bool:
    return re.fullmatch(r"(a2e_sdk|a2e_api)(\.\w+)+", word) is not None


def exists(path: str, base: Path) -> bool:
    # A page of spec/ names its own files from there.
    places = (ROOT / path, base / path)
    return any(place.exists() or list(place.parent.glob(place.name)) for place in places)


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_path_on_the_page_exists(page: Path) -> None:
    words = [word for word in spoken_of(page.read_text("utf-8")) if is_path(word)]
    assert [word for word in words if not exists(word.split("::")[0], page.parent)] == []


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_module_on_the_page_exists(page: Path) -> None:
    missing = []
    for word in filter(is_module, spoken_of(page.read_text("utf-8"))):
        module, _, name = word.rpartition(".")
        found = find_spec(word) if find_spec(module) else None
        if not found and not hasattr(__import__(module, fromlist=[name]), name):
            missing.append(word)
    assert missing == []


@pytest.mark.parametrize("page", LINKED, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_the_page_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        path, _, anchor = target.partition("#")
        if path.startswith("http"):
            continue
        file = (page.parent / path) if path else page
        assert file.exists(), target
        if anchor:
            heads = re.findall(r"^#+ (.*)$", file.read_text("utf-8"), re.MULTILINE)
            anchors = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}
            assert anchor in anchors, target


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_session_on_the_page_exists(page: Path) -> None:
    sessions = set(re.findall(r"^def (\w+)\(session", (ROOT / "noxfile.py").read_text(), re.M))
    text = page.read_text("utf-8")
    assert set(re.findall(r"nox -s (\w+)", text)) - MADE_UP <= sessions


def test_the_files_of_spec_are_all_in_its_index() -> None:
    index = (ROOT / "spec/README.md").read_text("utf-8")
    programs = [
        path
        for folder in ("generate", "update", "api_report")
        for path in (ROOT / "spec" / folder).glob("*.py")
    ]
    assert [path.name for path in programs if f"`{path.name}`" not in index] == []


def test_the_architecture_page_has_every_package_in_the_order_that_is_checked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contract, *_ = project["tool"]["importlinter"]["contracts"]
    order = [name for layer in contract["layers"] for name in layer.split(" | ")]
    order.remove("aiohttp_transport")  # another name of a module of `transports`
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    picture = text.split("imports only packages below it)")[1].split("```")[0]
    lines = [line for line in picture.splitlines() if line.startswith("   |  ")]
    shown = [name for line in lines for name in re.findall(r"\w+", line[6:38]) if name in order]
    assert shown == order
    packages = {path.name for path in Path(a2e_sdk.__file__).parent.iterdir() if path.is_dir()}
    assert packages - {"__pycache__"} <= set(shown)


def test_the_architecture_page_lists_the_pure_modules_that_are_checked() -> None:
    rules = (ROOT / "tests/architecture/test_layers.py").read_text("utf-8")
    pure = re.findall(r'"([\w/]+)"', rules.split("PURE = (")[1].split("\n)")[0])
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    section = text.split("## Pure modules")[1].split("\n## ")[0]
    listed = re.findall(r"`a2e_sdk/([\w/]+)(?:\.py)?`", section)
    assert sorted(listed) == sorted(pure)
