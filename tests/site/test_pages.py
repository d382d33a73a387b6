"""What every page of the built site has: a twin in Markdown, links that lead somewhere."""

from __future__ import annotations

import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from a2e_api.operations import OPERATIONS
from a2e_sdk import errors
from docs.site import build as builder
from docs.site.build import build, check_links, main, repository_address
from docs.site.error_pages import advice_of, error_classes
from docs.site.links import BrokenLinkError, anchors_of, site_links
from docs.site.operation_pages import command_of
from docs.site.pages import ELSEWHERE, ROOT, Page, relative, written_pages

pytest.importorskip("sphinx")

from built_site import PAGES


class Read(HTMLParser):
    """The links, sources and anchors of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.anchors: set[str] = {""}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.anchors.add(given.get("id", ""))
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "link" and given.get("rel") != "canonical":
            self.loads.append(given["href"])
        if "src" in given:
            self.loads.append(given["src"])


@pytest.fixture(scope="module")
def read(site: Path) -> dict[Path, Read]:
    return {page: Read(page.read_text("utf-8")) for page in site.rglob("*.html")}


def test_every_link_and_anchor_leads_somewhere(site: Path, read: dict[Path, Read]) -> None:
    broken = []
    for page, found in read.items():
        for link in [*found.links, *found.loads]:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in ("https", "http", "mailto"), link
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            if not target.exists() or (
                parts.fragment
                and target.suffix == ".html"
                and parts.fragment not in read[target].anchors
            ):
                broken.append((page.relative_to(site).as_posix(), link))
    assert broken == []
    assert len(read) > 20


def test_no_page_loads_anything_from_another_server(read: dict[Path, Read]) -> None:
    assert [load for found in read.values() for load in found.loads if "//" in load] == []


def test_every_page_has_a_twin_in_markdown_that_it_names(
    site: Path, read: dict[Path, Read]
) -> None:
    for page in PAGES:
        html, twin = site / f"{page.name}.html", site / f"{page.name}.md"
        assert twin.read_text("utf-8") == page.text
        assert twin.name in read[html].loads
        assert not re.search(r"^(:::|```+\{|\{[a-z]+\}`|\(.*\)=$)", page.text, re.MULTILINE)


def test_the_texts_for_programs_have_every_page(site: Path) -> None:
    index, whole = ((site / name).read_text("utf-8") for name in ("llms.txt", "llms-full.txt"))
    listed = re.findall(r"\]\(([^)]+)\.md\)", index)
    assert sorted(listed) == sorted(page.name for page in PAGES if page.part)
    assert all((page.text.rstrip() in whole) is not page.is_bulk for page in PAGES)
    left_out = sum(page.is_bulk for page in PAGES)
    assert whole.startswith(f"<!-- Not in this file: the {left_out} pages that list every name")


def test_the_command_builds_and_says_where_or_what_is_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    built = []

    def build_it(output: Path, *, reference: bool) -> list[Page]:
        built.append((output, reference))
        return [Page("a", "# A\n", "")]

    def broken(output: Path, *, reference: bool) -> list[Page]:
        raise BrokenLinkError("a: no.md")

    def wrong(output: Path, *, reference: bool) -> list[Page]:
        raise subprocess.CalledProcessError(1, "sphinx")

    monkeypatch.setattr(builder, "build", build_it)
    assert [main([str(tmp_path)]), main([str(tmp_path), "--fast"])] == [0, 0]
    assert built == [(tmp_path, True), (tmp_path, False)]
    assert f"1 pages: {tmp_path / 'index.html'}\n" in capsys.readouterr().out
    monkeypatch.setattr(builder, "build", broken)
    assert main([str(tmp_path)]) == 1
    assert capsys.readouterr().err == "Links that lead nowhere:\na: no.md\n"
    monkeypatch.setattr(builder, "build", wrong)
    assert main([str(tmp_path)]) == 1


def test_a_link_that_leads_nowhere_is_named() -> None:
    pages = [Page("a", "# A\n\n[b](b.md#c)\n", ""), Page("b", "# B\n", "")]
    with pytest.raises(BrokenLinkError, match=r"a: b\.md#c"):
        check_links(pages)
    with pytest.raises(BrokenLinkError, match=r"docs/no\.md, which does not exist"):
        site_links(
            "[x](no.md)", source="docs/a.md", name="a", published={}, root=ROOT, repository=None
        )


def test_a_file_that_is_no_page_is_linked_only_where_the_repository_is_known() -> None:
    def made(repository: str | None) -> str:
        return site_links(
            "[e](../noxfile.py) and `[e](none.md)`",
            source="docs/a.md",
            name="a",
            published={},
            root=ROOT,
            repository=repository,
        )

    assert made(None) == "e and `[e](none.md)`"
    assert made("https://x.test/b").startswith("[e](https://x.test/b/noxfile.py) and")
    assert repository_address() is None or repository_address().startswith("https://")  # type: ignore[union-attr]


@pytest.mark.parametrize("source", ["", "https://x.test/a2e/blob/main"])
def test_a_page_has_an_edit_link_where_the_repository_is_known(source: str, tmp_path: Path) -> None:
    root, output = tmp_path / "root", tmp_path / "site"
    for name in (*ELSEWHERE, "docs/index.md", "docs/example.ipynb", "docs/pictures/none.md"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("# Title\n", "utf-8")
    (root / "docs" / "example.ipynb").write_text("{}", "utf-8")
    (root / "docs" / "pictures" / "none.md").unlink()
    urls = f'[project.urls]\nSource = "{source}"\n' if source else ""
    (root / "pyproject.toml").write_text(f"[project]\n{urls}", "utf-8")
    build(output, reference=False, root=root)
    for page in written_pages(root):
        links = Read((output / f"{page.name}.html").read_text("utf-8")).links
        edits = [link for link in links if "x.test" in link]
        assert edits == ([f"https://x.test/a2e/edit/main/{page.source}"] if source else [])
    assert not (output / "_sources").exists()


def test_paths_between_pages() -> None:
    assert relative("a/b", "a/c.md") == "c.md"
    assert relative("a/b", "c.md") == "../c.md"
    assert relative("index", "a/c.md") == "a/c.md"


def _text(name: str) -> str:
    return next(page.text for page in PAGES if page.name == name)


def test_the_reference_has_every_error_with_what_to_do() -> None:
    text = _text("reference/errors")
    assert {cls.__name__ for cls in error_classes()} == set(errors.__all__)
    for cls in error_classes():
        assert f"errors{cls.__name__.lower()}" in anchors_of(text)
        assert advice_of(cls) in text


def test_the_reference_has_every_operation() -> None:
    text = _text("reference/operations")
    for row in OPERATIONS.values():
        assert f"### `{row.id}`\n" in text
        assert f"`{row.method} {row.path}`" in text


def test_the_commands_of_operations_exist() -> None:
    from a2e_sdk.cli.app import root_command

    root = root_command()
    missing = []
    for name in OPERATIONS:
        command, words = root, (command_of(name, "") or "a2e").split()[1:]
        context = root.make_context("a2e", ["--help"], resilient_parsing=True)
        context.resilient_parsing = False
        for word in words:
            command = command.get_command(context, word)  # type: ignore[attr-defined]
            if command is None:
                missing.append(words)
                break
    assert missing == []
