"""The view Requests: what arrives is seen, found, understood and sent again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import Any

import httpx
import pytest
from watched_page import SWAP, TOKEN, Open

from a2e_sdk import A2E, errors
from a2e_sdk.sandbox import Fault, Sandbox
from a2e_sdk.sandbox.http_server import SandboxServer
from api_paths import path_of

ROWS = "#request-grid .row"
DETAIL = "#request-detail"


def test_a_request_appears_while_one_looks(open_page: Open, client: A2E, expect: Any) -> None:
    page = open_page()
    expect(page.locator("#requests .empty")).to_contain_text("No request has arrived yet")
    client.face_swap.tasks.create(**SWAP, name="birthday")
    row = page.locator(ROWS)
    expect(row).to_have_count(1)
    expect(row).to_contain_text("add_face_swap_task")
    expect(row).to_contain_text("200")
    client.account.coins()
    expect(row).to_have_count(2)


def test_the_details_say_what_was_sent(open_page: Open, client: A2E, expect: Any) -> None:
    task = client.face_swap.tasks.create(**SWAP, name="birthday")
    page = open_page()
    page.locator(ROWS).click()
    detail = page.locator(DETAIL)
    expect(detail).to_contain_text('"face_url": "https://example.com/me.jpg"')
    expect(detail).to_contain_text("authorization")
    expect(detail).to_contain_text(task.id)
    assert "request=1" in page.url
    assert TOKEN not in page.content()


def test_a_retry_leads_to_the_attempt_before(
    open_page: Open, server: SandboxServer, sandbox: Sandbox, expect: Any
) -> None:
    sandbox.faults.add(Fault.rate_limited(retry_after=0))
    with A2E(TOKEN, base_url=server.url, max_retries=1) as client:
        client.face_swap.tasks.create(**SWAP, name="birthday")
    page = open_page("requests?request=2")
    attempts = page.locator(f"{DETAIL} .chain li")
    expect(attempts).to_have_count(2)
    expect(attempts.first).to_contain_text("429")
    attempts.first.get_by_role("button").click()
    expect(page.locator(DETAIL)).to_contain_text("Met the fault rate_limited")


def test_what_the_spec_refuses_is_named(
    open_page: Open, server: SandboxServer, expect: Any
) -> None:
    httpx.post(
        server.url + path_of("add_face_swap_task"),
        json={"name": "birthday"},
        headers={"authorization": f"Bearer {TOKEN}"},
    )
    page = open_page("requests?request=1")
    expect(page.locator(f"{DETAIL} .note.bad")).to_contain_text("face_url")


def test_filters_narrow_the_list_and_stay_in_the_address(
    open_page: Open, client: A2E, sandbox: Sandbox, expect: Any
) -> None:
    client.account.coins()
    client.face_swap.tasks.create(**SWAP, name="a needle")
    sandbox.faults.add(Fault.http(502))
    with pytest.raises(errors.APIError):
        client.account.coins()
    page = open_page()
    row = page.locator(ROWS)
    expect(row).to_have_count(3)

    page.get_by_label("Filter by text").fill("NEEDLE")
    expect(row).to_have_count(1)
    page.reload()
    expect(row).to_have_count(1)
    expect(page.get_by_label("Filter by text")).to_have_value("NEEDLE")

    page.get_by_label("Filter by text").fill("")
    page.get_by_label("Filter by operation").fill("get_coins")
    expect(row).to_have_count(2)
    page.get_by_label("Only trouble").check()
    expect(row).to_have_count(1)
    expect(row).to_contain_text("502")
    page.get_by_label("Filter by operation").fill("nothing_like_this")
    expect(page.locator("#requests .empty")).to_contain_text("No request fits the filter")


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on PATH")
def test_copied_curl_sends_the_same_again(
    open_page: Open, client: A2E, sandbox: Sandbox, expect: Any
) -> None:
    name = """it's $HOME `id` "quoted" \\ {a,b}[1-3] @x"""
    client.face_swap.tasks.create(**SWAP, name=name)
    page = open_page("requests?request=1")
    page.get_by_role("button", name="Copy as curl").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    line = page.evaluate("navigator.clipboard.readText()")
    assert "$A2E_API_KEY" in line
    assert TOKEN not in line
    done = subprocess.run(
        ["bash", "-c", line],
        env=os.environ | {"A2E_API_KEY": TOKEN},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout[done.stdout.index("{") :])["code"] == 0
    assert [row["name"] for row in sandbox.face_swap_tasks()] == [name, name]


def test_a_cleared_log_is_empty_here_too(open_page: Open, client: A2E, expect: Any) -> None:
    for _ in range(3):
        client.account.coins()
    page = open_page()
    expect(page.locator(ROWS)).to_have_count(3)
    page.get_by_role("button", name="Clear the log").click()
    expect(page.locator(ROWS)).to_have_count(0)
    client.account.coins()
    expect(page.locator(ROWS)).to_have_count(1)
