"""The site in a browser: accessible, narrow and wide, light and dark; search; copy buttons."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from itertools import product
from typing import Any

import pytest

KINDS = ("index", "batch", "reference/errors")
#: Thousands of elements, which take axe minutes; their sections are alike, and three stand for all.
LONG = ("coverage", "reference/operations")
_SHORTEN = """
document.querySelectorAll("article section section").forEach((one, at) => at > 2 && one.remove())
"""


@contextmanager
def opened(chromium: Any, address: str, name: str, width: int, scheme: str) -> Iterator[Any]:
    """Open a page; fail where it asks another server or writes an error to the console."""
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    problems: list[str] = []
    page.on("request", lambda one: one.url.startswith(address) or problems.append(one.url))
    page.on("console", lambda one: one.type == "error" and problems.append(one.text))
    page.on("pageerror", lambda one: problems.append(str(one)))
    page.goto(f"{address}/{name}")
    yield page
    context.close()
    assert problems == []


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        *product(KINDS, (360, 1400), ("light", "dark")),
        *product(LONG, (360,), ("light",)),
        *product(LONG, (1400,), ("dark",)),
    ],
)
def test_a_page_is_accessible_and_fits(
    name: str, width: int, scheme: str, chromium: Any, address: str
) -> None:
    script = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
    with opened(chromium, address, f"{name}.html", width, scheme) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if name in LONG:
            page.evaluate(_SHORTEN)
        page.evaluate(script)
        found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa']})")
        wrong = [
            f"{rule['id']}: {node['html'][:150]}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]
        assert wrong == []


@pytest.mark.parametrize(
    ("word", "where"), [("faild_message", "sandbox"), ("BudgetExceededError", "reference/errors")]
)
def test_the_search_finds(word: str, where: str, chromium: Any, address: str) -> None:
    with opened(chromium, address, f"search.html?q={word}", 1400, "light") as page:
        page.wait_for_selector(f"#search-results a[href*='{where}.html']")


def test_a_block_of_code_is_copied(chromium: Any, address: str) -> None:
    with opened(chromium, address, "index.html", 1400, "light") as page:
        page.locator("div.highlight").first.hover()
        page.locator(".copy").first.click()
        page.get_by_text("Copied").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith('pip install "a2e-sdk[cli]"')
