"""Whatever a client sends or a fault says is shown as text, and does nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import httpx
import pytest
from watched_page import TOKEN, Open

from a2e_sdk import A2E
from a2e_sdk.sandbox import Fault, Sandbox
from a2e_sdk.sandbox.http_server import SandboxServer
from api_paths import path_of

ATTACKS = [
    "<script>window.attacked = true</script>",
    "<img src=x onerror='window.attacked = true'>",
    "</pre><svg onload='window.attacked = true'>",
    "javascript:window.attacked=true",
    "\u202e\u2066 <b>x</b> &lt;i&gt;",
]


UNQUOTED = "<>()='/&;\""


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_stays_text_in_every_view(
    attack: str,
    open_page: Open,
    client: A2E,
    server: SandboxServer,
    sandbox: Sandbox,
    expect: Any,
) -> None:
    face = f"https://example.com/{quote(attack)}.jpg?{quote(attack, safe=UNQUOTED)}"
    for _ in range(2):
        client.face_swap.tasks.create(
            face=face, video="https://example.com/v.mp4", name=attack, webhook_url=None
        )
    httpx.get(
        f"{server.url}/{quote(attack)}",
        params={attack: attack},
        headers={"authorization": f"Bearer {TOKEN}"},
    )
    sandbox.faults.add(Fault.code(1001, attack), operation="get_coins", times=2)
    httpx.get(server.url + path_of("get_coins"), headers={"authorization": f"Bearer {TOKEN}"})
    sandbox.fail_next(attack)
    client.face_swap.tasks.create(face=face, video="https://example.com/w.mp4", name=attack)
    sandbox.clock.advance(10)  # type: ignore[attr-defined]
    page = open_page()
    expect(page.locator("#request-grid .row").first).to_be_visible()
    total = sandbox.requests.total
    for number in range(1, total + 1):
        page.goto(f"{server.url}/__sandbox__/#/requests?request={number}")
        expect(page.locator("#request-detail h2")).to_contain_text(f"#{number}")
    page.get_by_label("Filter by operation").fill(attack)
    page.get_by_label("Filter by text").fill(attack)
    for task in sandbox.face_swap_tasks():
        page.goto(f"{server.url}/__sandbox__/#/tasks?task={task['_id']}")
        expect(page.locator("#task-detail h2")).to_contain_text(attack.strip())
    for view in ("money", "faults", "webhooks", "state"):
        page.locator(f"#tab-{view}").click()
        expect(page.locator(f"#{view}")).to_be_visible()
    page.goto(
        f"{server.url}/__sandbox__/#/{quote(attack)}?q={quote(attack)}&request={quote(attack)}"
    )
    page.goto(f"{server.url}/__sandbox__/#/tasks?task={quote(attack)}")
    expect(page.locator("#task-detail")).to_contain_text("There is no such task")
    # No element came of it, and no link that a click would run.
    assert page.evaluate("window.attacked") is None
    assert page.locator("main script, main svg, main b, main [onerror]").count() == 0
    assert page.locator("a[href^='javascript' i]").count() == 0


def test_only_links_to_the_web_are_links(open_page: Open, expect: Any) -> None:
    page = open_page("state")
    kinds = page.evaluate(
        """async () => {
          const { link } = await import("/__sandbox__/page/dom.js");
          return ["https://a.example/x", "http://a.example/", "javascript:alert(1)", "data:text/html,x",
                  "vbscript:x", "file:///etc/passwd", " javascript:alert(1)", "java\\nscript:alert(1)",
                  "http://[bad"].map((url) => link(url).tagName);
        }"""
    )
    assert kinds == ["A", "A"] + ["SPAN"] * 7


def test_names_of_header_fields_are_quoted_in_the_comment_of_a_curl_line(open_page: Open) -> None:
    """Some shells run a line of comment that is pasted; a name may have back quotes in it."""
    page = open_page("state")
    line = page.evaluate(
        """async () => {
          const { curlOfRequest } = await import("/__sandbox__/page/curl.js");
          const names = ["x-plain", "x-`id`", "x-$id", "x-'"];
          const request = { method: "GET", path: "/", query: {}, header_names: names, body: null };
          return curlOfRequest(request, "http://127.0.0.1");
        }"""
    )
    assert line.splitlines()[0].endswith("kept: x-plain, 'x-`id`', 'x-$id', 'x-'\\'''")


def test_an_uploaded_page_runs_no_script_and_a_result_plays(
    open_page: Open, server: SandboxServer, client: A2E, sandbox: Sandbox, expect: Any
) -> None:
    """It has the origin of the control endpoints: a script in it could do all that the page can."""
    token = {"authorization": f"Bearer {TOKEN}"}
    signed = httpx.post(
        server.url + path_of("add_upload_url"),
        json={"key": "x.html", "contentType": "text/html"},
        headers=token,
    ).json()["data"]
    attack = """fetch("/__sandbox__/reset", {method: "POST", headers: {"content-type": "application/json"}})"""
    content = f"<h1>It is here</h1><script>document.title = 'attacked'; {attack}</script>"
    html = {"content-type": "text/html"}
    assert httpx.put(signed["uploadUrl"], content=content, headers=html).status_code == 200
    task = client.wan_25.create(prompt="a calm sea")
    sandbox.clock.advance(10)  # type: ignore[attr-defined]
    page = open_page()
    context = page.context.browser.new_context()
    try:
        other = context.new_page()
        other.goto(signed["cdnUrl"])
        expect(other.locator("h1")).to_have_text("It is here")
        expect(other).to_have_title("")
        other.goto(str(client.wan_25.get(task.id).result_url))
        other.wait_for_function("document.querySelector('video').videoWidth === 96")
    finally:
        context.close()
    assert sandbox.tasks_made == 1
