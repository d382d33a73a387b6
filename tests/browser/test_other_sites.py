"""A page of another site can neither read what the sandbox has nor change it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from a2e_sdk import A2E
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.http_server import SandboxServer

TRY_ALL = """
async (base) => {
  const found = {};
  const attempt = async (name, action) => {
    try { found[name] = await action(); } catch (error) { found[name] = "refused"; }
  };
  const read = (path, options) => async () => (await (await fetch(base + path, options)).text()).slice(0, 40);
  await attempt("fetch", read("/__sandbox__/requests"));
  await attempt("page", read("/__sandbox__/"));
  await attempt("simple POST", read("/__sandbox__/reset", {method: "POST", body: "{}"}));
  await attempt("no-cors POST", async () => {
    const response = await fetch(base + "/__sandbox__/reset", {method: "POST", mode: "no-cors", body: "{}"});
    return response.type === "opaque" ? "refused" : "read";
  });
  await attempt("JSON POST", read("/__sandbox__/reset", {method: "POST", headers: {"content-type": "application/json"}, body: "{}"}));
  await attempt("DELETE", read("/__sandbox__/requests", {method: "DELETE"}));
  await attempt("PUT", read("/__sandbox__/coins", {method: "PUT", headers: {"content-type": "application/json"}, body: '{"balance": 1}'}));
  await attempt("EventSource", () => new Promise((done) => {
    const source = new EventSource(base + "/__sandbox__/events");
    source.addEventListener("change", () => done("read"));
    source.onerror = () => { source.close(); done("refused"); };
  }));
  for (const tag of ["img", "script", "video"]) {
    await attempt(tag, () => new Promise((done) => {
      const element = document.createElement(tag);
      element.onload = element.onloadeddata = () => done("loaded");
      element.onerror = () => done("refused");
      element.src = base + (tag === "script" ? "/__sandbox__/page/page.js" : "/__sandbox__/page/icon.svg");
      document.body.append(element);
    }));
  }
  await attempt("frame", () => new Promise((done) => {
    const frame = document.createElement("iframe");
    frame.src = base + "/__sandbox__/";
    frame.onload = () => {
      try { done(frame.contentDocument === null ? "refused" : "read"); } catch { done("refused"); }
    };
    document.body.append(frame);
  }));
  await attempt("form", () => new Promise((done) => {
    const frame = document.createElement("iframe");
    frame.name = "target";
    frame.onload = () => done("refused");
    document.body.append(frame);
    const form = document.createElement("form");
    Object.assign(form, {action: base + "/__sandbox__/reset", method: "POST", target: "target", enctype: "text/plain"});
    const input = document.createElement("input");
    Object.assign(input, {name: '{"x": "', value: '"}'});
    form.append(input);
    document.body.append(form);
    form.submit();
    setTimeout(() => done("refused"), 1000);
  }));
  return found;
}
"""


class _EmptyPage(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b"<!doctype html><title>elsewhere</title><body></body>"
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """A page of another origin on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _EmptyPage) as other:
        thread = threading.Thread(target=other.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{other.server_address[1]}"
        other.shutdown()
        thread.join()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_another_origin_reads_and_changes_nothing(
    host: str,
    chromium: Any,
    elsewhere: str,
    server: SandboxServer,
    client: A2E,
    sandbox: Sandbox,
) -> None:
    client.account.coins()
    context = chromium.new_context()
    page = context.new_page()
    page.goto(elsewhere.replace("127.0.0.1", host))
    found = page.evaluate(TRY_ALL, server.url)
    assert {name for name, result in found.items() if result != "refused"} == set(), found
    assert len(found) == 13
    assert sandbox.requests.total == 1
    assert sandbox.coins.balance == 1_000_000
    context.close()


def test_the_page_itself_can_read_and_write(open_page: Any, server: SandboxServer) -> None:
    # So that the test above can fail: the same calls from the page of the sandbox get through.
    page = open_page("state")
    for path, options in (("/requests", {}), ("/reset", {"method": "POST"})):
        given = options | {"headers": {"content-type": "application/json"}}
        status = page.evaluate(
            "async ([url, options]) => (await fetch(url, options)).status",
            [f"{server.url}/__sandbox__{path}", given],
        )
        assert status == 200
