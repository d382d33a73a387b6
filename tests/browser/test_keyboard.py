"""Everything is reached and done without a mouse."""

from __future__ import annotations

from typing import Any

from watched_page import SWAP, Open

from a2e_sdk import A2E
from a2e_sdk.sandbox import Sandbox


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent"))


def press_until(page: Any, key: str, wanted: str) -> None:
    """Press a key until an element has the focus, as a person does."""
    for _ in range(60):
        if focused(page).startswith(wanted):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{wanted} can't be reached with {key}; the focus is on {focused(page)}")


def test_a_walk_from_the_clock_to_the_request(
    open_page: Open, client: A2E, sandbox: Sandbox, expect: Any
) -> None:
    client.account.coins()
    client.face_swap.tasks.create(**SWAP, name="birthday")
    page = open_page()
    page.keyboard.press("Tab")
    assert focused(page) == "skip"
    press_until(page, "Tab", "+10 s")
    page.keyboard.press("Enter")
    press_until(page, "Tab", "tab-requests")
    press_until(page, "Tab", "request-grid")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#request-grid [aria-selected=true]")).to_contain_text("get_coins")
    page.keyboard.press("End")
    expect(page.locator("#request-grid [aria-selected=true]")).to_contain_text("add_face_swap_task")
    active = page.locator("#request-grid").get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-rowindex") == "3"
    page.keyboard.press("Enter")
    assert focused(page) == "request-title"
    page.keyboard.press("Escape")
    assert focused(page) == "request-grid"
    expect(page.locator("#request-detail")).to_be_hidden()


def test_tabs_turn_with_arrows_and_have_one_stop(open_page: Open, expect: Any) -> None:
    page = open_page()
    page.locator("#tab-requests").focus()
    page.keyboard.press("ArrowRight")
    assert focused(page) == "tab-tasks"
    expect(page.locator("#tasks")).to_be_visible()
    page.keyboard.press("End")
    assert focused(page) == "tab-state"
    page.keyboard.press("ArrowRight")
    assert focused(page) == "tab-requests"
    assert page.locator("[role=tab][tabindex='0']").count() == 1


def test_shortcuts_work_and_can_be_turned_off(
    open_page: Open, sandbox: Sandbox, expect: Any
) -> None:
    page = open_page()
    for number, view in enumerate(("requests", "tasks", "money", "faults", "webhooks", "state"), 1):
        page.keyboard.press(str(number))
        expect(page.locator(f"#{view}")).to_be_visible()
    page.keyboard.press("/")
    assert focused(page) == "filter"
    page.keyboard.type("3p")
    expect(page.locator("#filter")).to_have_value("3p")
    expect(page.locator("#requests")).to_be_visible()
    page.locator("#tab-requests").focus()
    page.keyboard.press("p")
    expect(page.locator("#paused")).to_be_hidden()
    page.keyboard.press("p")
    expect(page.locator("#paused")).to_be_visible()
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    page.get_by_label("Keys of one character are on").uncheck()
    page.keyboard.press("Escape")
    expect(page.locator("#shortcuts")).to_be_hidden()
    page.keyboard.press("3")
    expect(page.locator("#requests")).to_be_visible()


def test_a_fault_is_armed_and_removed(open_page: Open, sandbox: Sandbox, expect: Any) -> None:
    page = open_page("faults")
    expect(page.locator("#fault-python")).to_contain_text("rate_limited")
    press_until(page, "Tab", "fault-operation")
    page.keyboard.type("get_coins")
    expect(page.locator("#fault-python")).to_contain_text("get_coins")
    page.keyboard.press("Enter")
    expect(page.locator("#waiting-faults li")).to_have_count(1)
    press_until(page, "Tab", "Remove")
    page.keyboard.press("Enter")
    expect(page.locator("#waiting-faults li")).to_have_count(0)
    # The focus is not lost with the button.
    assert focused(page) == "fault-kind"


def test_a_reset_asks_first(open_page: Open, client: A2E, sandbox: Sandbox, expect: Any) -> None:
    client.account.coins()
    page = open_page()
    expect(page.locator("#request-grid .row")).to_have_count(1)
    press_until(page, "Tab", "reset")
    page.keyboard.press("Enter")
    expect(page.locator("#confirm-reset")).to_be_visible()
    page.keyboard.press("Escape")
    assert sandbox.requests.total == 1
    page.keyboard.press("Enter")
    press_until(page, "Tab", "Reset")
    page.keyboard.press("Enter")
    expect(page.locator("#request-grid .row")).to_have_count(0)
    assert sandbox.requests.total == 0
