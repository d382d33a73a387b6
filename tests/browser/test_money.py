"""The view Money, and the line that no view hides."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

import httpx
import pytest
from watched_page import SWAP, TOKEN, Open

from a2e_sdk import A2E
from a2e_sdk.sandbox import Fault, Sandbox
from a2e_sdk.sandbox.http_server import SandboxServer
from api_paths import path_of


def pay_twice(client: A2E) -> None:
    client.face_swap.tasks.create(**SWAP, name="birthday")
    client.account.coins()
    client.face_swap.tasks.create(**SWAP, name="birthday again")


def test_a_client_that_pays_once_raises_no_alarm(open_page: Open, client: A2E, expect: Any) -> None:
    client.face_swap.tasks.create(**SWAP, name="birthday")
    page = open_page("money")
    expect(page.locator("#ledger .row")).to_have_count(1)
    expect(page.locator("#paid-twice")).to_be_hidden()


@pytest.mark.parametrize("view", ["requests", "tasks", "money", "faults", "webhooks", "state"])
def test_paying_twice_is_said_on_top_of_every_view(
    view: str, open_page: Open, client: A2E, expect: Any
) -> None:
    page = open_page(view)
    expect(page.locator("#paid-twice")).to_be_hidden()
    pay_twice(client)
    alarm = page.locator("#paid-twice")
    expect(alarm).to_contain_text("This client paid twice")
    expect(alarm).to_contain_text("add_face_swap_task, 2 starts of the same for 10 + 10 coins")
    alarm.get_by_role("button", name="Request #3").click()
    expect(page.locator("#request-detail")).to_contain_text("birthday again")
    alarm.get_by_role("button", name="Request #1").click()
    expect(page.locator("#request-detail h2")).to_contain_text("#1")


def test_both_requests_stand_side_by_side(open_page: Open, client: A2E, expect: Any) -> None:
    pay_twice(client)
    page = open_page("money")
    starts = page.locator(".group .start")
    expect(starts).to_have_count(2)
    expect(starts.nth(0).locator(".json-changed")).to_have_text('  "name": "birthday",')
    expect(starts.nth(1).locator(".json-changed")).to_have_text('  "name": "birthday again",')
    expect(page.locator("#ledger .row").nth(0)).to_contain_text("paid twice")
    starts.nth(1).get_by_role("button", name="#3").click()
    expect(page.locator("#request-detail h2")).to_contain_text("#3 add_face_swap_task")


@pytest.mark.parametrize(
    ("fault", "outcome", "why"),
    [
        (None, "200", "after #1, which had been answered with the id of its task."),
        (Fault.drop_after_read(), "dropped fault: drop_after_read", "whose response was lost."),
        (Fault.cut(10), "200 cut fault: cut", "after #1, whose response was cut off."),
        (Fault.stall(0.3), "200 late fault: stall", "whose response was held back for 300 ms."),
        (
            Fault.http(502, takes_effect=True),
            "502 fault: http",
            "after #1, which was carried out, and answered with an error.",
        ),
    ],
)
def test_what_came_of_the_first_start_says_why_there_is_a_second(
    fault: Fault | None,
    outcome: str,
    why: str,
    open_page: Open,
    sandbox: Sandbox,
    server: SandboxServer,
    expect: Any,
) -> None:
    if fault is not None:
        sandbox.faults.add(fault)
    body = {"name": "one", "face_url": SWAP["face"], "video_url": SWAP["video"]}
    with httpx.Client(base_url=server.url, headers={"authorization": f"Bearer {TOKEN}"}) as script:
        for name in ("one", "two"):
            with suppress(httpx.RemoteProtocolError):
                script.post(path_of("add_face_swap_task"), json=body | {"name": name})
    page = open_page("money")
    came = page.locator(".group .start .came")
    expect(came).to_have_count(2)
    expect(came.nth(0)).to_have_text(outcome)
    expect(came.nth(1)).to_have_text(re.compile(f"^200 Sent .* {re.escape(why)}$"))
    page.locator(".group .start").nth(1).get_by_role("button", name="#2").click()
    expect(page.locator("#request-detail .note.bad")).to_contain_text(why)
    expect(page.locator("#requests .row").nth(1)).to_contain_text("paid twice, see #1")


def test_the_balance_follows_the_ledger(open_page: Open, client: A2E, expect: Any) -> None:
    page = open_page("money")
    expect(page.locator("#balance")).to_have_text("1,000,000 coins")
    client.face_swap.tasks.create(**SWAP, name="birthday")
    expect(page.locator("#balance")).to_have_text("999,990 coins")
    expect(page.locator("#ledger .row")).to_contain_text("\N{MINUS SIGN}10")
    expect(page.locator("#money table")).to_contain_text("add_face_swap_task")
