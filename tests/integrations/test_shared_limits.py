"""Limits of a client hold for all clients and processes together that share a journal on a server."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Any

import pytest

from a2e_sdk import A2E, AsyncA2E
from a2e_sdk.sandbox import SandboxForTests
from a2e_sdk.sandbox.http_server import serve

pytest.importorskip("psycopg")

API_KEY = "sk_test_0123456789abcdef"
COINS = b'{"code":0,"data":{"coins":5,"diamonds":0}}'


class Counted:
    """A server that answers after a moment, and counts how many requests it has at once."""

    def __init__(self, seconds: float) -> None:
        self.most = self.now = 0
        self.begun: list[float] = []
        self._seconds = seconds
        self._lock = threading.Lock()
        counted = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                counted.work()
                self.send_response(200)
                self.send_header("Content-Length", str(len(COINS)))
                self.end_headers()
                with contextlib.suppress(OSError):
                    self.wfile.write(COINS)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def work(self) -> None:
        with self._lock:
            self.begun.append(time.monotonic())
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(self._seconds)
        with self._lock:
            self.now -= 1

    def __enter__(self) -> Counted:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.socket.close()
        self._thread.join()


PROGRAM = textwrap.dedent(
    """
    import sys
    from concurrent.futures import ThreadPoolExecutor
    from a2e_sdk import A2E

    url, journal, calls = sys.argv[1:]
    options = eval(sys.stdin.read())
    with A2E("sk_test_0123456789abcdef", base_url=url, journal=journal, **options) as a2e:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: a2e.account.coins(), range(int(calls))))
    """
)


def process(url: str, journal: str, calls: int, **options: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROGRAM, url, journal, str(calls)]
    started = subprocess.Popen(command, stdin=subprocess.PIPE, text=True)
    assert started.stdin is not None
    started.stdin.write(repr(options))
    started.stdin.close()
    return started


def test_no_more_requests_are_under_way_at_once_than_all_may_send(postgres_journal: str) -> None:
    with Counted(0.03) as counted:
        running = [process(counted.url, postgres_journal, 12, max_concurrency=2) for _ in range(3)]
        assert [one.wait(60) for one in running] == [0, 0, 0]
    assert len(counted.begun) == 36
    assert counted.most == 2


class Clock:
    """Tells a time that only pauses let pass."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> float:
        return self.seconds

    def pause(self, seconds: float) -> None:
        self.seconds += seconds


@pytest.mark.parametrize("rate", [2.0, 40.0, 1000.0])
@pytest.mark.parametrize("together", [True, False], ids=["one process", "several"])
def test_the_pace_is_that_of_all_together(
    postgres_journal: str, monkeypatch: pytest.MonkeyPatch, rate: float, together: bool
) -> None:
    clock = Clock()
    sandbox = SandboxForTests(seed_records=False)
    limiters: list[Any] = []
    for number in range(3):
        # What names the same journal by another URL is as good as another process.
        also = "" if together else f"&application_name=process{number}"
        a2e = sandbox.client(journal=postgres_journal + also, rate_limit=rate)
        assert a2e.api.journal is not None
        monkeypatch.setattr(
            a2e.api.journal.steps.store, "seconds", lambda session: 1_000.0 + clock.now()
        )
        limiters.append(a2e.api.limiter)
    went: list[float] = []
    random = Random(7)
    for _ in range(60):
        limiter = random.choice(limiters)
        assert limiter.enter(clock, 1e9) is not None
        went.append(clock.now())
        clock.pause(random.choice([0.0, 0.1 / rate, 3 / rate]))
    # Each process may be late by one request.
    stretches = [later - earlier for earlier, later in zip(went, went[20:], strict=False)]
    assert min(stretches) > (20 - len(limiters)) / rate


def test_what_a_killed_process_had_under_way_is_free(postgres_journal: str) -> None:
    with Counted(30.0) as stuck:
        killed = process(stuck.url, postgres_journal, 2, max_concurrency=2)
        while stuck.now < 2:
            time.sleep(0.01)
        killed.send_signal(signal.SIGKILL)
        killed.wait(10)
    with Counted(0.0) as free:
        after = process(free.url, postgres_journal, 3, max_concurrency=2)
        assert after.wait(30) == 0


def test_async_clients_of_several_loops_keep_it_and_cancelled_ones_give_it_back(
    postgres_journal: str,
) -> None:
    with Counted(0.03) as counted:

        async def calls(number: int, seconds: float | None = None) -> None:
            async with AsyncA2E(
                API_KEY, base_url=counted.url, journal=postgres_journal, max_concurrency=2
            ) as a2e:
                await asyncio.wait_for(
                    asyncio.gather(*(a2e.account.coins() for _ in range(number))), seconds
                )

        with pytest.raises(TimeoutError):
            asyncio.run(calls(40, 0.2))
        threads = [threading.Thread(target=asyncio.run, args=(calls(10),)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert counted.most <= 2 + 2, "two that were cancelled may still be at work on the server"


def test_a_child_that_was_forked_counts_for_itself(postgres_journal: str) -> None:
    with Counted(0.0) as counted:
        a2e = A2E(API_KEY, base_url=counted.url, journal=postgres_journal, max_concurrency=1)
        a2e.account.coins()
        child = os.fork()
        if child == 0:
            try:
                a2e.account.coins()
                os._exit(0)
            finally:
                os._exit(1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        a2e.account.coins()
        a2e.close()


def test_calls_go_on_where_the_journal_cannot_be_asked(
    caplog: pytest.LogCaptureFixture,
) -> None:
    sandbox = SandboxForTests(seed_records=False)
    with serve(sandbox) as server:
        journal = "postgresql://nobody@127.0.0.1:9/none"
        with A2E(API_KEY, base_url=server.url, journal=journal, max_concurrency=1) as a2e:
            assert a2e.account.coins() is not None
    assert "the limits of other processes are not kept" in caplog.text
