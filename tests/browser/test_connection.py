"""The server ends, comes back, is reset: the page says what is true."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from watched_page import SWAP, TOKEN, Open, Watched

from a2e_sdk import A2E
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.http_server import SandboxServer, serve

ROWS = "#request-grid .row"


def test_a_server_that_is_gone_is_said_and_a_new_one_is_taken(
    open_page: Open, server: SandboxServer, watched: Watched, client: A2E, expect: Any
) -> None:
    client.face_swap.tasks.create(**SWAP, name="birthday")
    client.face_swap.tasks.create(**SWAP, name="again")
    page = open_page()
    expect(page.locator(ROWS)).to_have_count(2)
    server.close()
    expect(page.locator("#gone")).to_be_visible()
    expect(page.locator("#connection")).to_have_text("Not connected")
    # What was seen stays.
    expect(page.locator(ROWS)).to_have_count(2)
    port = urlsplit(server.url).port
    assert port is not None
    with serve(Sandbox(), port=port) as other, A2E(TOKEN, base_url=other.url) as again:
        expect(page.locator("#connection")).to_have_text("Live", timeout=20_000)
        expect(page.locator("#gone")).to_be_hidden()
        expect(page.locator(ROWS)).to_have_count(0)
        expect(page.locator("#paid-twice")).to_be_hidden()
        again.account.coins()
        expect(page.locator(ROWS)).to_have_count(1)
    # The browser writes each refused connection to its console.
    assert all("ERR_" in problem or "HTTP" in problem for problem in watched.take())


def test_a_reset_elsewhere_empties_the_page(
    open_page: Open, client: A2E, sandbox: Sandbox, expect: Any
) -> None:
    client.face_swap.tasks.create(**SWAP, name="birthday")
    client.face_swap.tasks.create(**SWAP, name="again")
    page = open_page("money")
    expect(page.locator(".group")).to_have_count(1)
    sandbox.reset()
    expect(page.locator(".group")).to_have_count(0)
    expect(page.locator("#ledger .row")).to_have_count(0)
    expect(page.locator("#balance")).to_have_text("1,000,000 coins")


def test_nothing_is_kept_in_the_browser(open_page: Open, client: A2E, expect: Any) -> None:
    client.account.coins()
    page = open_page()
    expect(page.locator(ROWS)).to_have_count(1)
    kept = page.evaluate(
        "[localStorage.length, sessionStorage.length, document.cookie,"
        " indexedDB.databases().then((all) => all.length)]"
    )
    assert kept[:3] == [0, 0, ""]
