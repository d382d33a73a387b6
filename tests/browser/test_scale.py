"""Ten thousand requests: few elements, and the list still moves."""

from __future__ import annotations

import re
from typing import Any

import pytest
from watched_page import TOKEN, Open

from a2e_sdk.sandbox import Sandbox, SandboxRequest
from api_paths import path_of

MANY = 10_000
LONG_TASKS = """
window.longTasks = [];
new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((entry) => entry.duration)))
  .observe({type: "longtask", buffered: true});
"""


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(seed_records=False, log_limit=MANY)


def arrive(sandbox: Sandbox, count: int) -> None:
    request = SandboxRequest.from_target(
        "GET", path_of("get_coins"), {"authorization": f"Bearer {TOKEN}"}
    )
    for _ in range(count):
        sandbox.handle(request)


def test_ten_thousand_requests_are_few_elements(
    open_page: Open, sandbox: Sandbox, expect: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    arrive(sandbox, MANY // 2)
    page = open_page()
    page.evaluate(LONG_TASKS)
    arrive(sandbox, MANY // 2)
    expect(page.locator("#shown-requests")).to_have_text("10,000 requests", timeout=30_000)
    rows = page.locator("#request-grid .row")
    expect(rows.last).to_contain_text("10000")
    grid = page.locator("#request-grid")
    assert grid.get_attribute("aria-rowcount") == "10001"
    for share in (0, 0.25, 0.5, 0.75, 1):
        grid.evaluate("(grid, share) => { grid.scrollTop = share * grid.scrollHeight; }", share)
        grid.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        numbers = [int(re.match(r"\d+", text).group()) for text in rows.all_inner_texts()]  # type: ignore[union-attr]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        assert abs(numbers[0] - share * MANY) < 60
    page.locator("#request-grid").focus()
    page.keyboard.press("Home")
    expect(page.locator("#request-grid [aria-selected=true]")).to_contain_text("get_coins")
    page.keyboard.press("End")
    expect(page.locator("#request-detail h2")).to_contain_text("#10000")
    page.get_by_label("Filter by text").fill("#9999")
    expect(rows).to_have_count(1)
    elements = page.evaluate("document.querySelectorAll('*').length")
    tasks = page.evaluate("longTasks")
    with capsys.disabled():
        print(
            f"\n{MANY} requests: {elements} elements, {len(tasks)} long tasks,"
            f" the longest {max(tasks, default=0):.0f} ms"
        )
    # Operations are 257 of them; without a virtual list there would be 90,000.
    assert elements < 2_000


def test_the_oldest_are_let_go(open_page: Open, sandbox: Sandbox, expect: Any) -> None:
    arrive(sandbox, MANY)
    page = open_page()
    expect(page.locator("#shown-requests")).to_have_text("10,000 requests", timeout=30_000)
    arrive(sandbox, 1_500)
    expect(page.locator("#request-grid .row").last).to_contain_text("11500")
    expect(page.locator("#shown-requests")).to_have_text("10,000 requests")
