"""Every call, wait and search ends by its deadline, whatever the server does meanwhile."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from a2e_sdk import Timeout, errors
from a2e_sdk._async.tasks import recovery as async_recovery
from a2e_sdk._sync.tasks import recovery
from carriers import PAIRS, Carried, carry
from driver import Driver
from hostile_server import HostileServer, answer, drip

#: It takes long, and what it tells is of the network, not of the Python.
pytestmark = pytest.mark.once

KEY = "sk_test_0123456789abcdef"
ID = "6674f1765699df7e9d25311a"
FACE = "https://example.com/face.png"
VIDEO = "https://example.com/clip.mp4"
#: What a loaded machine may take beyond a deadline; without a deadline nothing here ends at all.
GRACE = 4.0
#: How long a call, a wait or a search may take here, in seconds.
DEADLINE = 0.4

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"


def stall(server: HostileServer, connection: socket.socket) -> None:
    server.stopped.wait(60)


def drip_head(server: HostileServer, connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nx-slow: ")
    drip(server, connection, b"x", 0.1)


def drip_body(server: HostileServer, connection: socket.socket) -> None:
    connection.sendall(HEAD + b"content-length: 100000\r\n\r\n")
    drip(server, connection, b" ", 0.1)


def drip_chunks(server: HostileServer, connection: socket.socket) -> None:
    connection.sendall(HEAD + b"transfer-encoding: chunked\r\n\r\n")
    drip(server, connection, b"1\r\n \r\n", 0.1)


def early_hints(server: HostileServer, connection: socket.socket) -> None:
    drip(server, connection, b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n", 0.1)


HOSTILE = [stall, drip_head, drip_body, drip_chunks, early_hints]


@pytest.fixture(params=PAIRS)
def carried(request: pytest.FixtureRequest) -> Iterator[Carried]:
    yield from carry(*request.param)


@pytest.fixture
def hostile() -> Iterator[Callable[[Any], HostileServer]]:
    opened: list[HostileServer] = []

    def open_server(act: Any) -> HostileServer:
        server = HostileServer(lambda head, body, connection: act(server, connection))
        opened.append(server)
        return server.__enter__()

    yield open_server
    for server in opened:
        server.__exit__(None, None, None)


def elapsed(driver: Driver, value: Callable[[], Any], error: type[BaseException]) -> float:
    began = time.monotonic()
    with pytest.raises(error):
        driver.run(value())
    return time.monotonic() - began


@pytest.mark.parametrize("act", HOSTILE)
def test_a_call_ends_by_its_total(carried: Carried, hostile: Any, act: Any) -> None:
    url = hostile(act).url
    timeout = Timeout(connect=30, read=30, write=30, pool=30, total=DEADLINE)
    a2e = carried.client(api_key=KEY, base_url=url, timeout=timeout)
    began = time.monotonic()
    with pytest.raises(errors.APITimeoutError):
        carried.driver.run(a2e.face_swap.tasks.get(ID))
    assert time.monotonic() - began < DEADLINE + GRACE


@pytest.mark.parametrize("act", HOSTILE)
def test_a_wait_ends_by_its_deadline(driver: Driver, hostile: Any, act: Any) -> None:
    a2e = driver.client(api_key=KEY, base_url=hostile(act).url)
    seconds = elapsed(
        driver, lambda: a2e.face_swap.tasks.wait(ID, timeout=DEADLINE), errors.WaitTimeoutError
    )
    assert seconds < DEADLINE + GRACE


def test_a_wait_for_a_thousand_tasks_ends_by_its_deadline(driver: Driver, hostile: Any) -> None:
    a2e = driver.client(api_key=KEY, base_url=hostile(stall).url)
    ids = [f"{number:024x}" for number in range(1000)]
    began = time.monotonic()
    with pytest.raises(errors.WaitTimeoutError) as caught:
        driver.items(a2e.face_swap.tasks.wait_many(ids, timeout=DEADLINE))
    assert time.monotonic() - began < DEADLINE + GRACE
    assert len(caught.value.task_ids) == 1000


def test_an_id_that_is_not_there_is_said_to_be_unknown(
    driver: Driver, a2e: Any, pauses: list[float]
) -> None:
    with pytest.raises(errors.WaitTimeoutError) as caught:
        driver.run(a2e.face_swap.tasks.wait("0" * 24, timeout=5))
    assert str(caught.value) == f"the server does not know task {'0' * 24} (after 5 s)"


def lost_starts(list_page: Any) -> Any:
    def handle(head: str, body: bytes, connection: socket.socket) -> None:
        if head.startswith("POST"):
            connection.close()
            raise OSError
        list_page(head, connection)

    return handle


@pytest.mark.parametrize("kind", ["stall", "endless list without dates"])
def test_the_search_for_a_lost_start_ends_by_its_deadline(
    driver: Driver, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovery, "SEARCH_SECONDS", DEADLINE)
    monkeypatch.setattr(async_recovery, "SEARCH_SECONDS", DEADLINE)

    def endless(head: str, connection: socket.socket) -> None:
        if kind == "stall":
            server.stopped.wait(60)
            return
        query = dict(part.split("=") for part in head.split()[1].partition("?")[2].split("&"))
        number, size = int(query["pageNum"]), int(query["pageSize"])
        first = (number - 1) * size
        rows = [{"_id": f"{n:024x}", "name": "other"} for n in range(first, first + size)]
        answer(connection, {"count": 1_000_000, "rows": rows})

    with HostileServer(lost_starts(endless)) as server:
        a2e = driver.client(api_key=KEY, base_url=server.url)
        began = time.monotonic()
        with pytest.raises(errors.SubmissionUnknownError) as caught:
            driver.run(a2e.face_swap.tasks.create(face=FACE, video=VIDEO))
        assert time.monotonic() - began < DEADLINE + GRACE
        assert server.count("POST") == 1
        assert len(server.heads) < 100, "the whole list is not walked again and again"
        assert caught.value.looked is (kind != "stall")
        assert json.dumps(caught.value.submission.name)


def test_slow_name_resolution_ends_with_the_call(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    if driver.mode != "sync":
        pytest.skip("event loops resolve names in threads that are left behind")

    def never(*_: Any, **__: Any) -> Any:
        time.sleep(8)
        raise socket.gaierror("too late")

    monkeypatch.setattr(socket, "getaddrinfo", never)
    a2e = driver.client(
        api_key=KEY,
        base_url="https://video.a2e.invalid",
        timeout=Timeout(total=DEADLINE),
        max_retries=0,
    )
    began = time.monotonic()
    with pytest.raises(errors.APITimeoutError) as caught:
        driver.run(a2e.face_swap.tasks.get(ID))
    assert time.monotonic() - began < DEADLINE + GRACE
    assert not caught.value.sent, "a name that was not found was not sent anything"
