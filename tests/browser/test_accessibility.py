"""Roles, names and contrast in every view, by axe-core, which is not ours."""

from __future__ import annotations

from importlib.resources import files
from importlib.util import find_spec
from typing import Any

import pytest
from watched_page import SWAP, Open

from a2e_sdk import A2E
from a2e_sdk.sandbox import Fault, Sandbox

pytestmark = pytest.mark.skipif(
    find_spec("axe_playwright_python") is None,
    reason="axe-playwright-python (dependency group browser) is not installed",
)

VIEWS = ["requests?request=2", "tasks?task={id}", "money", "faults", "webhooks", "state"]


def violations(page: Any) -> list[str]:
    """Return what axe-core finds wrong: the rule, and the element."""
    script = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
    # Not as a script element, which the page's policy would refuse.
    page.evaluate(script)
    found = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    return [
        f"{rule['id']}: {node['html'][:120]}: {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_no_view_is_wrong_by_axe(
    view: str, scheme: str, open_page: Open, client: A2E, sandbox: Sandbox, expect: Any
) -> None:
    sandbox.fail_next("no face found")
    task = client.face_swap.tasks.create(**SWAP, name="birthday")
    client.face_swap.tasks.create(**SWAP, name="birthday")
    client.face_swap.tasks.create(face=SWAP["face"], video="https://example.com/w.mp4", name="b")
    sandbox.faults.add(Fault.rate_limited(retry_after=2), operation="get_coins", times=2)
    sandbox.clock.advance(2)  # type: ignore[attr-defined]
    client.face_swap.tasks.create(face=SWAP["face"], video="https://example.com/x.mp4", name="c")
    page = open_page(view.format(id=task.id), scheme=scheme)
    expect(page.locator("#paid-twice")).to_be_visible()
    expect(page.locator("#tab-faults .badge")).to_have_text("1")
    assert violations(page) == []


def test_axe_sees_what_is_wrong(open_page: Open) -> None:
    page = open_page("state")
    page.evaluate("document.getElementById('dump').replaceChildren()")
    assert "link-name" in "".join(violations(page))


@pytest.mark.parametrize("dialog", ["shortcuts", "confirm-reset"])
def test_no_dialog_is_wrong_by_axe(dialog: str, open_page: Open) -> None:
    page = open_page()
    page.evaluate(f"document.getElementById('{dialog}').showModal()")
    assert violations(page) == []


def test_a_phone_has_nothing_that_goes_beyond_its_edge(
    open_page: Open, client: A2E, expect: Any
) -> None:
    client.face_swap.tasks.create(**SWAP, name="birthday")
    client.face_swap.tasks.create(**SWAP, name="birthday")
    for view in ("requests?request=1", "tasks", "money", "faults", "webhooks", "state"):
        page = open_page(view, width=360, height=740)
        expect(page.locator("#paid-twice")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, view
        assert violations(page) == [], view


def test_new_requests_are_announced_in_one_sentence(
    open_page: Open, client: A2E, expect: Any
) -> None:
    page = open_page()
    for _ in range(3):
        client.account.coins()
    said = page.get_by_role("log")
    expect(said).to_contain_text("the last is get_coins, 200")
    assert said.get_attribute("aria-live") == "polite"
