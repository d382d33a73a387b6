"""A forked child opens connections of its own, and begins without its parent's locks and starts."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from a2e_sdk import A2E, AsyncA2E, errors
from hostile_server import HostileServer, answer

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork"),
    # Python says since 3.12 that forking beside threads is dangerous; that is what is tested here.
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]

KEY = "sk_test_0123456789"
FACE = "https://example.com/face.png"
VIDEO = "https://example.com/clip.mp4"
CHILDREN = 4


def echo(head: str, body: bytes, connection: socket.socket) -> None:
    """Answer a start with a record of its own name, a little later, and anything else as empty."""
    if head.startswith("POST"):
        name = json.loads(body)["name"]
        time.sleep(0.02)
        answer(connection, {"_id": f"{int(name):024x}", "name": name})
    else:
        answer(connection, {"count": 0, "rows": []})


def in_children(work: Callable[[int], object], count: int = CHILDREN) -> list[Any]:
    """Return what a function gives in forked children, each of which must end within 30 s."""
    pipes = []
    for number in range(count):
        readable, writable = os.pipe()
        child = os.fork()
        if child == 0:  # pragma: no cover - measured in no process that is forked
            signal.alarm(30)
            try:
                text = json.dumps(work(number))
            except BaseException as error:
                text = json.dumps(f"{type(error).__name__}: {error}")
            os.write(writable, text.encode())
            os._exit(0)
        os.close(writable)
        pipes.append((child, readable))
    results = []
    for child, readable in pipes:
        with os.fdopen(readable) as pipe:
            results.append(json.loads(pipe.read() or '"killed"'))
        os.waitpid(child, 0)
    return results


def start(client: A2E, name: int) -> str:
    return client.face_swap.tasks.create(face=FACE, video=VIDEO, name=str(name)).id


def test_responses_of_starts_go_to_the_child_that_sent_them() -> None:
    with HostileServer(echo) as server, A2E(KEY, base_url=server.url) as client:
        start(client, 99)  # The parent has a connection now.

        def work(number: int) -> list[str]:
            return [start(client, 1000 * number + step) for step in range(20)]

        results = in_children(work)
        for number, ids in enumerate(results):
            assert ids == [f"{1000 * number + step:024x}" for step in range(20)]
        assert start(client, 7) == f"{7:024x}", "and the parent's own connection still works"
        assert server.connections == 1 + CHILDREN, "one for each process, kept"


def test_a_child_of_a_child_opens_its_own_too() -> None:
    with HostileServer(echo) as server, A2E(KEY, base_url=server.url) as client:
        start(client, 1)

        def work(number: int) -> list[Any]:
            mine = start(client, 10 + number)
            return [mine, in_children(lambda inner: start(client, 100 + inner), 1)[0]]

        assert in_children(work, 1) == [[f"{10:024x}", f"{100:024x}"]]


def test_the_async_client_opens_its_own_in_a_child() -> None:
    with HostileServer(echo) as server:
        client = AsyncA2E(KEY, base_url=server.url)

        async def begin(name: int) -> str:
            made = await client.face_swap.tasks.create(face=FACE, video=VIDEO, name=str(name))
            return made.id

        with asyncio.Runner() as runner:
            runner.run(begin(1))
            results = in_children(lambda number: asyncio.run(begin(50 + number)))
            assert results == [f"{50 + number:024x}" for number in range(CHILDREN)]
            assert runner.run(begin(2)) == f"{2:024x}"


def test_locks_that_a_thread_of_the_parent_held_do_not_stop_a_child() -> None:
    with HostileServer(echo) as server, A2E(KEY, base_url=server.url, max_concurrency=1) as client:
        start(client, 1)
        api = client.api
        memory, limiter = api.state, api.limiter
        real = api.transport._real  # type: ignore[attr-defined]
        assert limiter is not None
        place = limiter.enter(api.clock, float("inf"))
        assert place
        with (
            memory._lock,
            memory.claims._lock,
            memory.retry_quota._lock,
            real._lock,
            api.transport._lock,
        ):  # type: ignore[attr-defined]
            results = in_children(lambda number: start(client, number))
        place.leave()
    assert results == [f"{number:024x}" for number in range(CHILDREN)]


def test_a_child_has_no_start_of_its_parent_under_way() -> None:
    arrived, go_on = threading.Event(), threading.Event()

    def hold(head: str, body: bytes, connection: socket.socket) -> None:
        arrived.set()
        go_on.wait(20)
        echo(head, body, connection)

    with HostileServer(hold) as server, A2E(KEY, base_url=server.url) as client:
        thread = threading.Thread(target=start, args=(client, 5), daemon=True)
        thread.start()
        assert arrived.wait(10)
        assert len(client.submissions) == 1
        assert in_children(lambda _: len(client.submissions), 1) == [0]
        go_on.set()
        thread.join(10)
        assert client.submissions == ()


def test_a_listing_that_reads_ahead_goes_on_in_a_child() -> None:
    rows = [{"_id": f"{number:024x}"} for number in range(400)]

    def page(head: str, body: bytes, connection: socket.socket) -> None:
        query = dict(part.split("=") for part in head.split()[1].partition("?")[2].split("&"))
        number, size = int(query["pageNum"]), int(query["pageSize"])
        if number > 2:
            time.sleep(0.3)
        answer(connection, {"count": 400, "rows": rows[(number - 1) * size : number * size]})

    with HostileServer(page) as server, A2E(KEY, base_url=server.url) as client:
        listing = iter(client.face_swap.tasks.list(page_size=20))
        first = [next(listing).id for _ in range(25)]
        (rest,) = in_children(lambda _: [task.id for task in listing], 1)
        assert first + rest == [row["_id"] for row in rows]


def test_a_client_of_the_caller_is_not_used_in_a_child() -> None:
    with HostileServer(echo) as server, httpx.Client() as own:
        client = A2E(KEY, base_url=server.url, http_client=own)
        start(client, 1)
        (said,) = in_children(lambda _: start(client, 2), 1)
        assert said.startswith(errors.ConfigurationError.__name__)
        assert "another process" in said
        assert server.count("POST") == 1, "nothing was sent"


@pytest.mark.skipif(sys.platform == "win32", reason="sockets are not inherited there")
def test_a_child_keeps_no_socket_of_its_parent_open() -> None:
    with HostileServer(echo) as server, A2E(KEY, base_url=server.url) as client:
        start(client, 1)

        def sockets(_: int) -> list[int]:
            start(client, 2)
            return [
                descriptor for descriptor in range(256) if _peer_port(descriptor) == server.port
            ]

        (left,) = in_children(sockets, 1)
        assert len(left) == 1, "its own, and no copy of the parent's"


def _peer_port(descriptor: int) -> int | None:
    try:
        with socket.socket(fileno=os.dup(descriptor)) as copy:
            return int(copy.getpeername()[1])
    except OSError:
        return None
