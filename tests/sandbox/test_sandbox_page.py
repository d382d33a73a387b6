"""The page's files and its events over HTTP: who gets them, and what slow readers cost."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from a2e_sdk.sandbox import AdjustableClock, Sandbox, http_server
from a2e_sdk.sandbox.control.page_files import prefers_html
from a2e_sdk.sandbox.http import handler as http_handler
from a2e_sdk.sandbox.http_server import SandboxServer, serve
from api_paths import path_of

SOON = 30.0
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
FILES = ("/", "/page/page.js", "/page/page.css")
Get = Callable[..., httpx.Response]


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(clock=AdjustableClock(paused=True))


@pytest.fixture
def server(sandbox: Sandbox) -> Iterator[SandboxServer]:
    with serve(sandbox) as server:
        yield server


@pytest.fixture
def get(server: SandboxServer) -> Iterator[Get]:
    with httpx.Client(trust_env=False, timeout=SOON) as client:

        def send(path: str, method: str = "GET", **headers: str) -> httpx.Response:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return client.request(method, f"{server.url}/__sandbox__{path}", headers=named)

        yield send


@pytest.mark.parametrize(
    ("accept", "html"),
    [
        (BROWSER, True),
        ("text/html", True),
        ("TEXT/HTML;q=0.9, application/json;q=0.8", True),
        ("*/*", False),
        ("", False),
        ("application/json", False),
        ("application/json, text/html", False),
        ("application/json, text/html;q=0.9", False),
        ("text/html;q=0", False),
        ("text/html;q=x", False),
        ("text/*", False),
    ],
)
def test_a_browser_gets_the_page_and_a_program_json(get: Get, accept: str, html: bool) -> None:
    assert prefers_html(accept) is html
    answer = get("/", accept=accept)
    assert answer.headers["vary"] == "Accept"
    assert answer.headers["content-type"].startswith("text/html" if html else "application/json")
    if html:
        assert answer.text.lower().startswith("<!doctype html>")
    else:
        assert {"/__sandbox__/events", "/__sandbox__/tasks"} <= {
            row["path"] for row in answer.json()["endpoints"]
        }


def test_the_page_is_below_a_slash_so_that_its_links_fit(get: Get) -> None:
    answer = get("", accept=BROWSER)
    assert (answer.status_code, answer.headers["location"]) == (308, "/__sandbox__/")
    assert get("").status_code == 200


@pytest.mark.parametrize("path", FILES)
def test_a_file_of_the_page_lets_nothing_else_in(get: Get, path: str) -> None:
    answer = get(path, accept=BROWSER)
    policy = dict(
        part.strip().partition(" ")[::2]
        for part in answer.headers["content-security-policy"].split(";")
    )
    assert policy.pop("default-src") == policy.pop("base-uri") == "'none'"
    assert policy.pop("form-action") == policy.pop("frame-ancestors") == "'none'"
    assert set(policy.values()) == {"'self'"}
    assert policy.keys() == {"script-src", "style-src", "img-src", "media-src", "connect-src"}
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-cache"
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("path", FILES)
def test_a_file_of_the_page_is_sent_once(get: Get, path: str) -> None:
    first = get(path, accept=BROWSER)
    again = get(path, accept=BROWSER, if_none_match=f'"x", W/{first.headers["etag"]}')
    assert (again.status_code, again.content) == (304, b"")
    head = get(path, "HEAD", accept=BROWSER)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(first.content))
    assert get(path, "POST", accept=BROWSER, content_type="application/json").status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        *("/page", "/page/", "/page/index.html", "/page/__init__.py", "/page/page.js.map"),
        *("/page/../control/guard.py", "/page/%2e%2e/control/guard.py", "/page/..%2fguard.py"),
        *("/page//page.js", "/page/./page.js", "/page/page.js%00", "/page/page%2Ejs"),
        *("/page/\\..\\guard.py", "/page/page.js/..", "//page/page.js"),
    ],
)
def test_no_other_file_is_served(server: SandboxServer, path: str) -> None:
    port = int(server.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=SOON) as connection:
        request = f"GET /__sandbox__{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        connection.sendall(request.encode())
        assert connection.makefile("rb").readline().split()[1] == b"404"


@pytest.mark.parametrize("path", [*FILES, "/events", "/requests", "/tasks"])
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)
def test_a_page_of_another_site_gets_nothing(get: Get, path: str, headers: dict[str, str]) -> None:
    answer = get(path, accept=BROWSER, **headers)
    assert (answer.status_code, answer.json().keys()) == (403, {"error"})
    assert get(path, accept=BROWSER, host="evil.example").status_code == 421


class Reader:
    """Reads events from a socket."""

    def __init__(self, server: SandboxServer, method: str = "GET") -> None:
        port = int(server.url.rpartition(":")[2])
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=SOON)
        self.connection.sendall(
            f"{method} /__sandbox__/events HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        )
        self.lines = self.connection.makefile("rb")
        self.status = int(self.lines.readline().split()[1])
        self.headers: dict[str, str] = {}
        while line := self.lines.readline().strip().decode():
            name, _, value = line.partition(": ")
            self.headers[name] = value

    def event(self) -> Any:
        fields: dict[str, str] = {}
        while line := self.lines.readline().rstrip(b"\n").decode():
            name, _, value = line.partition(": ")
            fields[name] = value
        assert fields, "the connection has ended"
        if "" in fields:
            return "comment"
        assert fields["event"] == "change"
        return json.loads(fields["data"]) | {"id": int(fields["id"])}

    def has_ended(self) -> bool:
        return self.lines.read() is not None and self.lines.read(1) == b""

    def close(self) -> None:
        self.lines.close()
        self.connection.close()


Open = Callable[..., Reader]


@pytest.fixture
def reader(server: SandboxServer) -> Iterator[Open]:
    opened: list[Reader] = []

    def open_one(method: str = "GET") -> Reader:
        opened.append(Reader(server, method))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


def test_an_event_says_at_once_how_things_are_and_then_what_has_changed(
    reader: Open, sandbox: Sandbox, get: Get
) -> None:
    one = reader()
    assert one.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert one.headers["cache-control"] == "no-store"
    first = one.event()
    assert first["revisions"].keys() == {
        *("requests", "tasks", "coins", "faults", "webhooks", "clock", "settings")
    }
    assert (first["balance"], first["paused"]) == (1_000_000, True)

    def changed_by(change: Callable[[], object]) -> set[str]:
        nonlocal first
        change()
        now = one.event()
        assert now["id"] == first["id"] + 1
        grown = {
            name for name, number in now["revisions"].items() if number > first["revisions"][name]
        }
        assert not [name for name in grown if now["revisions"][name] < first["revisions"][name]]
        assert now["epoch"] == first["epoch"]
        first = now
        return grown

    from a2e_sdk.sandbox import Fault

    assert changed_by(lambda: sandbox.clock.advance(5)) == {"clock"}
    assert changed_by(lambda: sandbox.buy_coins(5)) == {"coins"}
    assert changed_by(lambda: sandbox.faults.add(Fault.null_data())) == {"faults"}
    assert changed_by(lambda: sandbox.set_price("add_face_swap_task", 7)) == {"settings"}
    assert changed_by(lambda: sandbox.fail_next("x")) == {"settings"}
    assert changed_by(lambda: sandbox.add_face_swap_task(name="x")) == {"tasks"}
    assert changed_by(lambda: get("/../nowhere")) == {"requests", "faults"}
    assert first["balance"] == 1_000_005


def test_a_refund_that_comes_by_time_alone_is_told(reader: Open, sandbox: Sandbox) -> None:
    sandbox.refund_failed = True
    sandbox.fail_next("x")
    body = b'{"name":"x","face_url":"https://example.com/f","video_url":"https://example.com/v"}'
    headers = {"authorization": "Bearer x", "content-type": "application/json"}
    from a2e_sdk.sandbox import SandboxRequest

    path = path_of("add_face_swap_task")
    sandbox.handle(SandboxRequest("POST", path, {}, headers, body))
    one = reader()
    before = one.event()
    sandbox.clock.advance(10)
    after = one.event()
    assert after["revisions"]["coins"] == before["revisions"]["coins"] + 1
    assert (before["balance"], after["balance"]) == (999_990, 1_000_000)


def test_a_reset_is_another_epoch_and_no_revision_shrinks(reader: Open, sandbox: Sandbox) -> None:
    one = reader()
    before = one.event()
    sandbox.reset()
    after = one.event()
    assert after["epoch"] > before["epoch"]
    for name in ("requests", "tasks", "coins", "faults", "clock", "settings"):
        assert after["revisions"][name] > before["revisions"][name], name


def test_readers_survive_resets_and_changes_at_full_speed(reader: Open, sandbox: Sandbox) -> None:
    readers = [reader() for _ in range(5)]
    end = time.monotonic() + 1.0
    while time.monotonic() < end:
        sandbox.reset()
        sandbox.buy_coins(1)
    sandbox.buy_coins(1_234_567)
    for one in readers:
        seen = [one.event()]
        while seen[-1]["balance"] < 2_000_000:
            seen.append(one.event())
        # Ten a second at most, whatever happened meanwhile.
        assert len(seen) < 25
        epochs = [event["epoch"] for event in seen]
        assert epochs == sorted(epochs)


def test_one_that_reads_nothing_holds_up_nobody_and_is_closed(
    reader: Open, sandbox: Sandbox, get: Get, monkeypatch: pytest.MonkeyPatch, server: SandboxServer
) -> None:
    monkeypatch.setattr(http_handler, "_SEND_SECONDS", 0.3)
    monkeypatch.setattr(http_handler, "_EVENT_SECONDS", 0.0001)
    monkeypatch.setattr(http_handler, "HEARTBEAT", b":" + b" " * 300_000 + b"\n\n")
    monkeypatch.setattr(http_handler, "_HEARTBEAT_SECONDS", 0.0)
    reader()
    deadline = time.monotonic() + SOON
    while server._server.event_readers._left < http_server.MAX_EVENT_READERS:
        assert time.monotonic() < deadline, "the reader is not given up"
        begun = time.monotonic()
        assert get("/state").status_code == 200
        assert time.monotonic() - begun < 5
        time.sleep(0.05)


def test_a_comment_comes_when_nothing_happens(
    reader: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_handler, "_HEARTBEAT_SECONDS", 0.2)
    one = reader()
    assert one.event() != "comment"
    assert [one.event(), one.event()] == ["comment", "comment"]


def test_a_reader_that_leaves_or_speaks_frees_its_place(
    reader: Open, server: SandboxServer, get: Get
) -> None:
    gone, speaking = reader(), reader()
    gone.close()
    speaking.connection.sendall(b"GET /x HTTP/1.1\r\n\r\n")
    speaking.event()
    assert speaking.lines.read() == b""
    deadline = time.monotonic() + SOON
    while server._server.event_readers._left < http_server.MAX_EVENT_READERS:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_six_hundred_readers_leave_room_for_requests(
    reader: Open, get: Get, sandbox: Sandbox
) -> None:
    statuses = [reader().status for _ in range(600)]
    assert statuses.count(200) == http_server.MAX_EVENT_READERS
    assert statuses.count(503) == 600 - http_server.MAX_EVENT_READERS
    deadline = time.monotonic() + SOON
    # Who was refused keeps its connection for the moment that reading the refusal may take.
    while get("/state").status_code != 200:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_closing_the_server_ends_the_events_at_once(sandbox: Sandbox) -> None:
    before = set(threading.enumerate())
    with serve(sandbox) as server:
        readers = [Reader(server) for _ in range(5)]
        for one in readers:
            one.event()
        begun = time.monotonic()
    for thread in set(threading.enumerate()) - before:
        thread.join(SOON)
    assert time.monotonic() - begun < 5
    for one in readers:
        assert one.lines.read() == b""
        one.close()


def test_the_head_of_the_events_has_no_events(reader: Open) -> None:
    one = reader("HEAD")
    assert one.status == 200
    assert one.headers["content-type"].startswith("text/event-stream")


def test_what_clients_have_a_part_in_runs_no_script() -> None:
    with serve(Sandbox()) as server:
        for path in ("/cdn/b/k", "/nowhere", path_of("get_coins")):
            headers = httpx.get(f"{server.url}{path}", trust_env=False).headers
            wanted = "sandbox allow-same-origin; script-src 'none'"
            assert headers["content-security-policy"] == wanted
            assert headers["x-content-type-options"] == "nosniff"
