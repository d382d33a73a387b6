"""Webhooks of a served sandbox: sent in the background, as tasks end on the clock."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from a2e_sdk import A2E, TaskStatus, webhooks
from a2e_sdk.sandbox import AdjustableClock, ManualClock, Sandbox
from a2e_sdk.sandbox.http_server import SandboxServer, serve

pytestmark = pytest.mark.once

TOKEN = "wh_a-secret"
PAGE = (Path(__file__).parents[2] / "docs" / "webhooks.md").read_text(encoding="utf-8")


def until(condition: Callable[[], object], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.01)


class Receiver:
    """A receiver on loopback that keeps what it gets."""

    def __init__(self) -> None:
        self.got: list[tuple[Any, bytes]] = []
        self.hold = threading.Event()
        self.hold.set()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.got.append((self.headers, body))
                receiver.hold.wait(30)
                with suppress(OSError):
                    self.send_response(204)
                    self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/a2e"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self.hold.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


def start(server: SandboxServer, url: str, token: str = TOKEN) -> str:
    with A2E("any", base_url=server.url) as a2e:
        task = a2e.face_swap.tasks.create(
            face="https://example.com/face.jpg",
            video="https://example.com/clip.mp4",
            webhook_url=url,
            webhook_token=token,
        )
    return task.id


def states(sandbox: Sandbox) -> list[str]:
    return [delivery.state for delivery in sandbox.webhooks]


def sender_threads() -> list[str]:
    names = (thread.name for thread in threading.enumerate())
    return [name for name in names if name.startswith(("a2e-sandbox-w", "a2e-sandbox-d"))]


def test_a_task_that_ends_in_real_time_calls_without_anybody_asking(receiver: Receiver) -> None:
    with serve(Sandbox(processing_after=0, completed_after=0.3)) as server:
        start(server, receiver.url)
        until(lambda: receiver.got)
    assert webhooks.receive(*receiver.got[0], TOKEN).type == "task.completed"


@pytest.mark.parametrize("make", [ManualClock, lambda: AdjustableClock(paused=True)])
def test_turning_the_clock_brings_the_call_on(receiver: Receiver, make: Any) -> None:
    sandbox = Sandbox(clock=make(), completed_after=3_600)
    with serve(sandbox) as server:
        for _ in range(3):
            start(server, receiver.url)
        sandbox.clock.advance(3_599)
        time.sleep(0.1)
        assert receiver.got == []
        sandbox.clock.advance(1)
        until(lambda: states(sandbox) == ["delivered"] * 3)
    assert len(receiver.got) == 3


def test_a_paused_clock_and_paused_webhooks_hold_calls_back(receiver: Receiver) -> None:
    clock = AdjustableClock()
    sandbox = Sandbox(clock=clock, processing_after=0, completed_after=0.2)
    with serve(sandbox) as server:
        clock.pause()
        start(server, receiver.url)
        time.sleep(0.4)
        assert (receiver.got, states(sandbox)) == ([], [])
        sandbox.webhooks.paused = True
        clock.resume()
        until(lambda: states(sandbox) == ["pending"])
        time.sleep(0.1)
        assert receiver.got == []
        sandbox.webhooks.paused = False
        until(lambda: states(sandbox) == ["delivered"])


def test_it_sleeps_until_the_next_end(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []
    sandbox = Sandbox(completed_after=600)
    until_next = sandbox.webhooks.until_next

    def counted() -> float | None:
        asked.append(time.monotonic())
        return until_next()

    monkeypatch.setattr(sandbox.webhooks, "until_next", counted)
    with serve(sandbox) as server:
        start(server, receiver.url)
        time.sleep(0.2)
        before = len(asked)
        time.sleep(0.5)
        assert len(asked) == before


def test_a_slow_receiver_holds_neither_others_nor_the_sandbox(receiver: Receiver) -> None:
    other = Receiver()
    receiver.hold.clear()
    sandbox = Sandbox(clock=ManualClock())
    try:
        with serve(sandbox) as server:
            for _ in range(12):
                start(server, receiver.url)
            start(server, other.url)
            sandbox.clock.advance(3)
            until(lambda: other.got)
            assert len(receiver.got) <= 2  # Of one receiver, so many at once.
            began = time.monotonic()
            assert httpx.get(f"{server.url}/__sandbox__/state").status_code == 200
            assert time.monotonic() - began < 5
            receiver.hold.set()
            until(lambda: states(sandbox) == ["delivered"] * 13)
    finally:
        other.close()


def test_closing_during_a_delivery_leaves_no_thread(receiver: Receiver) -> None:
    receiver.hold.clear()
    sandbox = Sandbox(clock=ManualClock())
    server = serve(sandbox)
    for _ in range(4):
        start(server, receiver.url)
    sandbox.clock.advance(3)
    until(lambda: len(receiver.got) == 2)
    began = time.monotonic()
    server.close()
    assert time.monotonic() - began < 5
    assert sender_threads() == []
    assert sorted(states(sandbox)) == ["failed", "failed", "pending", "pending"]
    assert sandbox.webhooks[0].attempts[0].error == "the sandbox was closed during the call"
    sandbox.clock.advance(1)  # Nobody listens any more.


def test_a_reset_during_a_delivery_forgets_it(receiver: Receiver) -> None:
    receiver.hold.clear()
    sandbox = Sandbox(clock=ManualClock())
    with serve(sandbox) as server:
        start(server, receiver.url)
        sandbox.clock.advance(3)
        until(lambda: receiver.got)
        sandbox.reset()
        receiver.hold.set()
        start(server, receiver.url)
        sandbox.clock.advance(3)
        until(lambda: states(sandbox) == ["delivered"])
    assert len(receiver.got) == 2


@contextmanager
def served(app: Any, port: int = 0) -> Iterator[str]:
    listening = socket.create_server(("127.0.0.1", port))
    config = uvicorn.Config(app, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    try:
        until(lambda: server.started)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/a2e"
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()


def test_the_fastapi_example_gets_the_calls_of_a_served_sandbox(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocks = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    example = next(block for block in blocks if "FastAPI()" in block)
    sandbox = Sandbox(clock=AdjustableClock(paused=True))
    printed = ""
    with serve(sandbox) as server:
        monkeypatch.setenv("WEBHOOK_TOKEN", TOKEN)
        monkeypatch.setenv("A2E_API_KEY", "any")
        monkeypatch.setenv("A2E_BASE_URL", server.url)
        names: dict[str, Any] = {"__name__": "example"}
        exec(example, names)
        with served(names["app"]) as url:
            port = int(url.split(":")[2].split("/")[0])
            first = start(server, url)
            sandbox.clock.advance(3)
            until(lambda: states(sandbox) == ["delivered"])

            def seen() -> bool:
                nonlocal printed
                printed += capsys.readouterr().out
                return printed.startswith(f"{first} succeeded http")

            until(seen)
            start(server, url, token="another")
            sandbox.clock.advance(3)
            until(lambda: states(sandbox) == ["delivered", "failed"])
            [attempt] = sandbox.webhooks[1].attempts
            assert (attempt.status, attempt.error) == (401, None)
        # The receiver is down: the call is lost, and nobody repeats it.
        lost = start(server, url)
        sandbox.clock.advance(3)
        until(lambda: states(sandbox) == ["delivered", "failed", "failed"])
        sandbox.clock.advance(3_600)
        time.sleep(0.1)
        assert [len(delivery.attempts) for delivery in sandbox.webhooks] == [1, 1, 1]
        with A2E("any", base_url=server.url) as a2e:
            [task] = a2e.face_swap.tasks.get_many([lost])
            assert task.status is TaskStatus.SUCCEEDED
        with served(names["app"], port):
            reply = httpx.post(
                f"{server.url}/__sandbox__/webhooks/3/redeliver",
                headers={"content-type": "application/json"},
                content=b"{}",
            )
        assert (reply.json()["state"], reply.json()["attempts"][1]["status"]) == ("delivered", 204)
        shown = httpx.get(f"{server.url}/__sandbox__/webhooks").text
        assert TOKEN not in shown
        assert "another" not in shown
    assert printed.count(f"{first} succeeded") == printed.count("\n") == 1


def test_the_end_of_the_server_ends_what_is_sent_again(receiver: Receiver) -> None:
    """All places are taken by redeliveries then, and one delivery waits for its place."""
    receiver.hold.clear()
    sandbox = Sandbox(clock=AdjustableClock(paused=True))
    sandbox.webhooks.paused = True
    with serve(sandbox) as server:
        for _ in range(9):
            start(server, receiver.url)
        sandbox.clock.advance(3)
        assert states(sandbox) == ["pending"] * 9
        ends = [
            threading.Thread(target=redeliver, args=(server, number), daemon=True)
            for number in range(1, 9)
        ]
        for thread in ends:
            thread.start()
        until(lambda: len(receiver.got) == 8)
        sandbox.webhooks.paused = False
        until(lambda: any(one.name == "a2e-sandbox-delivery" for one in threading.enumerate()))
        begun = time.monotonic()
        server.close()
        assert time.monotonic() - begun < 5
    until(lambda: states(sandbox) == ["failed"] * 9, 5)
    errors = {delivery.attempts[-1].error for delivery in sandbox.webhooks}
    assert errors == {"the sandbox was closed during the call"}
    assert len(receiver.got) == 8


def redeliver(server: SandboxServer, number: int) -> None:
    with suppress(httpx.HTTPError):
        httpx.post(
            f"{server.url}/__sandbox__/webhooks/{number}/redeliver",
            headers={"content-type": "application/json"},
            timeout=30,
        )


def test_the_command_has_further_hosts() -> None:
    command = [sys.executable, "-m", "a2e_sdk", "sandbox", "--port", "0", "--webhook-host"]
    wrong = subprocess.run([*command, "http://x"], capture_output=True, text=True, timeout=60)
    assert wrong.returncode == 2
    assert "webhook host" in wrong.stderr
    running = subprocess.Popen([*command, "Receiver.test"], stdout=subprocess.PIPE, text=True)
    try:
        assert running.stdout is not None
        found = re.search(r"http://[0-9.:]+", running.stdout.readline())
        assert found is not None
        settings = httpx.get(f"{found[0]}/__sandbox__/webhooks/settings").json()
        assert settings == {"paused": False, "hosts": ["receiver.test"]}
    finally:
        running.terminate()
        running.communicate(timeout=30)
    assert running.returncode == 0
