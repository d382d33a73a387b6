"""The view Webhooks, with a receiver that really listens."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from attrs import define, field
from watched_page import SWAP, Open, wait_until

from a2e_sdk import A2E
from a2e_sdk.sandbox import Sandbox

WEBHOOK_TOKEN = "a_webhook_token_that_no_page_may_show"


@define
class Receiver:
    """Counts what it gets, and answers with a status of the test's choice."""

    url: str
    status: int = 200
    bodies: list[bytes] = field(factory=list)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            given.bodies.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(given.status)
            self.send_header("content-length", "5")
            self.end_headers()
            self.wfile.write(b"<b>ok")

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        given = Receiver(f"http://127.0.0.1:{server.server_address[1]}/hook")
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield given
        server.shutdown()
        thread.join()


def end_a_task(client: A2E, sandbox: Sandbox, receiver: Receiver) -> None:
    client.face_swap.tasks.create(
        **SWAP, name="birthday", webhook_url=receiver.url, webhook_token=WEBHOOK_TOKEN
    )
    sandbox.clock.advance(10)  # type: ignore[attr-defined]


def test_a_delivery_appears_with_what_was_sent(
    open_page: Open, client: A2E, sandbox: Sandbox, receiver: Receiver, expect: Any
) -> None:
    page = open_page("webhooks")
    expect(page.locator("#webhooks .empty")).to_contain_text("No webhook has been due yet")
    end_a_task(client, sandbox, receiver)
    row = page.locator("#deliveries .row")
    expect(row).to_contain_text("delivered")
    expect(row).to_contain_text("200")
    row.click()
    detail = page.locator("#delivery-detail")
    expect(detail).to_contain_text("task.completed")
    expect(detail).to_contain_text("<b>ok")
    assert WEBHOOK_TOKEN not in page.content()
    page.locator("#tab-requests").click()
    page.locator("#request-grid .row").first.click()
    expect(page.locator("#request-detail")).to_contain_text("webhook_token")
    assert WEBHOOK_TOKEN not in page.content()


def test_redeliver_sends_it_again(
    open_page: Open, client: A2E, sandbox: Sandbox, receiver: Receiver, expect: Any
) -> None:
    receiver.status = 401
    end_a_task(client, sandbox, receiver)
    page = open_page("webhooks?delivery=1")
    detail = page.locator("#delivery-detail")
    expect(detail).to_contain_text("failed")
    expect(detail).to_contain_text("401")
    receiver.status = 200
    page.get_by_role("button", name="Redeliver").click()
    expect(detail).to_contain_text("2 attempts")
    expect(page.locator("#deliveries .row")).to_contain_text("delivered")
    assert len(receiver.bodies) == 2


def test_a_paused_sender_waits(
    open_page: Open, client: A2E, sandbox: Sandbox, receiver: Receiver, expect: Any
) -> None:
    page = open_page("webhooks")
    page.get_by_label("paused").check()
    page.get_by_role("button", name="Save settings").click()
    wait_until(page, "#webhook-paused", "element.checked")
    end_a_task(client, sandbox, receiver)
    row = page.locator("#deliveries .row")
    expect(row).to_contain_text("pending")
    assert receiver.bodies == []
    page.get_by_label("paused").uncheck()
    page.get_by_role("button", name="Save settings").click()
    expect(row).to_contain_text("delivered")
