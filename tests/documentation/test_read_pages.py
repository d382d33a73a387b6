"""The tutorial, the how-to pages and the explanations: what they show runs, in its order."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from documentation_pages import ROOT, blocks_of, text_of
from page_reader import PageReader, environment_of_a_server

from a2e_sdk._async.page_sources import READ_AHEAD
from a2e_sdk._checks.validation import MAX_BATCH
from a2e_sdk._tasks import pagination, polling
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.http_server import serve

pytestmark = pytest.mark.once


def pages_in(pattern: str) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in sorted(ROOT.glob(pattern))]


TUTORIAL = pages_in("docs/tutorial/[0-9]*.md")
HOW_TO = [page for page in pages_in("docs/how-to/*.md") if not page.endswith("index.md")]
EXPLANATIONS = [
    *("docs/exact-lists.md", "docs/polling.md"),
    *("docs/configuration.md", "docs/sections.md"),
]
#: The letters that a line of code has room for on the site; Chromium shows 89 in 736 pixels.
COLUMN = 88


@pytest.mark.parametrize("page", [*TUTORIAL, *EXPLANATIONS])
def test_a_newcomer_can_type_along_offline(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    PageReader(page, tmp_path, monkeypatch).read()


@pytest.mark.parametrize("page", HOW_TO)
def test_a_user_with_a_key_can_type_along(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = PageReader(page, tmp_path, monkeypatch)
    with serve(Sandbox(processing_after=0.2, completed_after=0.5)) as server:
        environment_of_a_server(monkeypatch, server.url)
        reader.read()


def test_the_tutorial_is_one_thread() -> None:
    assert len(TUTORIAL) >= 6
    for page, following in pairwise(TUTORIAL):
        assert f"]({Path(following).name})" in text_of(page).split("## What you have learned")[1]


def test_the_list_of_questions_has_every_how_to_page() -> None:
    listed = re.findall(r"\]\(([\w-]+\.md)\)", text_of("docs/how-to/index.md"))
    assert {Path(page).name for page in HOW_TO} <= set(listed)


@pytest.mark.parametrize("page", HOW_TO)
def test_a_how_to_page_is_short_and_shows_something(page: str) -> None:
    assert len(text_of(page).splitlines()) <= 90
    assert blocks_of(page, "python") or blocks_of(page, "sh")


@pytest.mark.parametrize("page", ["README.md", "docs/index.md", *TUTORIAL, *HOW_TO])
def test_a_program_on_a_page_is_no_wider_than_its_column(page: str) -> None:
    lines = "".join(blocks_of(page, "python")).splitlines()
    assert [line for line in lines if len(line) > COLUMN] == []


def test_the_front_page_begins_with_what_is_asked_most() -> None:
    asked = text_of("docs/index.md").partition("## What is asked most")[2].partition("##")[0]
    numbered = re.findall(r"^\d+\. \[[^\]]+\]\(how-to/([\w-]+\.md)\)$", asked, re.M)
    assert len(numbered) == 10
    assert set(numbered) <= {Path(page).name for page in HOW_TO}


def test_the_numbers_of_the_explanations_are_those_of_the_code() -> None:
    lists, polling_page = text_of("docs/exact-lists.md"), text_of("docs/polling.md")
    assert f"Up to {READ_AHEAD} pages are on their way" in lists
    assert f"read again {pagination.ASK_AGAIN} times" in lists
    assert f"during {polling.GRACE_SECONDS:.0f} seconds" in polling_page
    assert f"up to {MAX_BATCH} tasks with one request" in polling_page
    assert f"**Fewer than {polling._ENOUGH} durations" in polling_page
    assert f"counts as\nmuch as {polling._REQUEST_PRICE} seconds" in polling_page
    assert f"up to {polling._LONGEST:.0f} seconds" in polling_page
    assert polling.interval(100.0, (), 0.5) == pytest.approx(100 / 5)
    assert polling.interval(1.0, (), 0.5) == pytest.approx(1.0)
    assert polling._SHORTEST == 0.5
