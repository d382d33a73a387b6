"""One async client works in the next event loop, in several at once, on asyncio, uvloop and trio."""

from __future__ import annotations

import asyncio
import gc
import json
import socket
import threading
import time
import warnings
from collections.abc import Callable, Coroutine, Iterator
from contextlib import aclosing
from typing import Any

import httpx
import pytest

from a2e_sdk import AsyncA2E, errors
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.http_server import serve
from hostile_server import HostileServer, answer

KEY = "sk_test_0123456789"
FACE = "https://example.com/face.png"
VIDEO = "https://example.com/clip.mp4"

Run = Callable[[Callable[[], Coroutine[Any, Any, Any]]], Any]


def run_asyncio(function: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    return asyncio.run(function())


def run_uvloop(function: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    uvloop = pytest.importorskip("uvloop")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(function())


def run_trio(function: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    return pytest.importorskip("trio").run(function)


RUNS = [run_asyncio, run_uvloop, run_trio]


@pytest.fixture(params=["httpx", "aiohttp"])
def network(request: pytest.FixtureRequest) -> Any:
    """What carries the requests: connections of the client's own, or aiohttp's."""
    if request.param == "httpx":
        return lambda: None
    pytest.importorskip("aiohttp")
    from a2e_sdk._http.transports.aiohttp_transport import AiohttpTransport

    return AiohttpTransport


@pytest.fixture
def served() -> Iterator[tuple[Sandbox, str]]:
    sandbox = Sandbox()
    with serve(sandbox) as server:
        yield sandbox, server.url


@pytest.mark.parametrize("run", [run_asyncio, run_uvloop])
def test_a_start_in_the_next_loop_is_an_ordinary_start(
    run: Run, network: Any, served: tuple[Sandbox, str]
) -> None:
    sandbox, url = served
    client = AsyncA2E(KEY, base_url=url, http_client=network())

    async def start() -> Any:
        return await client.face_swap.tasks.create(face=FACE, video=VIDEO)

    ids = [run(start).id for _ in range(3)]
    assert len(set(ids)) == 3
    assert sandbox.requests.count("add_face_swap_task") == 3
    assert sandbox.requests.count("list_face_swap_tasks") == 0, "nothing was lost, nothing searched"


def test_trio_runs_it_again_and_again(served: tuple[Sandbox, str]) -> None:
    sandbox, url = served
    client = AsyncA2E(KEY, base_url=url)

    async def start() -> Any:
        return await client.face_swap.tasks.create(face=FACE, video=VIDEO)

    ids = [run_trio(start).id for _ in range(3)]
    assert len(set(ids)) == 3
    assert sandbox.requests.count("list_face_swap_tasks") == 0


def test_the_libraries_can_take_turns(served: tuple[Sandbox, str]) -> None:
    client = AsyncA2E(KEY, base_url=served[1])

    async def read() -> Any:
        return await client.face_swap.tasks.list(page_size=1).to_list()

    for run in (*RUNS, *RUNS):
        assert len(run(read)) == 3


def test_four_threads_with_a_loop_each_share_one_client(
    network: Any, served: tuple[Sandbox, str]
) -> None:
    sandbox, url = served
    client = AsyncA2E(KEY, base_url=url, http_client=network(), max_concurrency=2, rate_limit=200)
    found: list[Any] = []

    async def work() -> None:
        for _ in range(5):
            starts = [client.face_swap.tasks.create(face=FACE, video=VIDEO) for _ in range(2)]
            found.extend(await asyncio.gather(*starts, return_exceptions=True))

    threads = [threading.Thread(target=lambda: asyncio.run(work()), daemon=True) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads), "none of them hangs"
    assert len({task.id for task in found}) == 40
    assert sandbox.requests.count("add_face_swap_task") == 40


@pytest.mark.parametrize("run", RUNS)
def test_connections_end_with_their_loop(run: Run, served: tuple[Sandbox, str]) -> None:
    client = AsyncA2E(KEY, base_url=served[1])
    sockets: list[Any] = []

    async def read() -> None:
        await client.face_swap.tasks.page(1)
        (pool,) = client.api.transport._real._connections.get().to_api._by_proxy.values()
        for connection in pool._pool.connections:
            stream = connection._connection._network_stream
            sockets.append(stream.get_extra_info("socket"))

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        run(read)
        gc.collect()
    assert [opened.fileno() for opened in sockets] == [-1]
    assert client.api.transport._real._connections._kept == {}


def test_closing_in_one_loop_ends_the_connections_of_another() -> None:
    stay, closed = threading.Event(), threading.Event()

    def handle(head: str, body: bytes, connection: socket.socket) -> None:
        answer(connection, {"count": 0, "rows": []})

    with HostileServer(handle) as server:
        client = AsyncA2E(KEY, base_url=server.url)

        async def live_on() -> None:
            await client.face_swap.tasks.page(1)
            stay.set()
            while not closed.is_set():
                await asyncio.sleep(0.01)
            kept = client.api.transport._real._connections._kept
            assert kept == {}

        thread = threading.Thread(target=lambda: asyncio.run(live_on()), daemon=True)
        thread.start()
        assert stay.wait(10)
        asyncio.run(client.aclose())
        closed.set()
        thread.join(10)
        assert not thread.is_alive()


@pytest.mark.parametrize("kind", ["httpx.AsyncClient"])
def test_a_client_of_the_caller_stays_in_its_loop(kind: str, served: tuple[Sandbox, str]) -> None:
    sandbox, url = served
    own = httpx.AsyncClient()
    client = AsyncA2E(KEY, base_url=url, http_client=own)

    async def start() -> Any:
        return await client.face_swap.tasks.create(face=FACE, video=VIDEO)

    with asyncio.Runner() as first:
        first.run(start())
        with pytest.raises(errors.ConfigurationError, match="another event loop") as caught:
            run_trio(start)
        assert "leave http_client out" in str(caught.value).lower()
        assert client.submissions == (), "nothing was sent"
        first.run(start())
        first.run(own.aclose())
    assert sandbox.requests.count("add_face_swap_task") == 2


def test_aiohttp_says_that_it_can_not_run_on_trio(served: tuple[Sandbox, str]) -> None:
    pytest.importorskip("aiohttp")
    from a2e_sdk._http.transports.aiohttp_transport import AiohttpTransport

    client = AsyncA2E(KEY, base_url=served[1], http_client=AiohttpTransport())

    async def read() -> None:
        await client.face_swap.tasks.page(1)

    with pytest.raises(errors.ConfigurationError, match="asyncio only"):
        run_trio(read)


def test_a_listing_on_trio_reads_ahead_and_can_be_left_and_cancelled() -> None:
    trio = pytest.importorskip("trio")
    rows = [{"_id": f"{number:024x}"} for number in range(1000)]
    under_way = threading.Semaphore(0)

    def handle(head: str, body: bytes, connection: socket.socket) -> None:
        query = dict(part.split("=") for part in head.split()[1].partition("?")[2].split("&"))
        page, size = int(query["pageNum"]), int(query["pageSize"])
        if page > 1:
            under_way.release()
            time.sleep(0.02)
        answer(connection, {"count": len(rows), "rows": rows[(page - 1) * size : page * size]})

    async def main() -> None:
        async with AsyncA2E(KEY, base_url=server.url) as client:
            listing = client.face_swap.tasks.list(page_size=50)
            assert len(await listing.to_list()) == 1000
            taken = 0
            with trio.move_on_after(0.05) as scope:
                async with aclosing(aiter(client.face_swap.tasks.list(page_size=50))) as items:
                    async for _ in items:
                        taken += 1
                        await trio.sleep(0.001)
            assert scope.cancelled_caught
            assert 0 < taken < 1000

    with HostileServer(handle) as server:
        trio.run(main)


def test_a_wait_in_a_cancelled_trio_scope_ends_at_once(served: tuple[Sandbox, str]) -> None:
    trio = pytest.importorskip("trio")
    _, url = served

    async def main() -> float:
        async with AsyncA2E(KEY, base_url=url) as client:
            task = await client.face_swap.tasks.create(face=FACE, video=VIDEO)
            began = time.monotonic()
            with trio.move_on_after(0.3):
                await client.face_swap.tasks.wait(task, poll=0.1)
            return time.monotonic() - began

    assert trio.run(main) < 3


def test_uploads_and_downloads_work_on_trio(served: tuple[Sandbox, str], tmp_path: Any) -> None:
    _, url = served
    image = tmp_path / "face.png"
    image.write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 200_000)

    async def main() -> Any:
        async with AsyncA2E(KEY, base_url=url) as client:
            address = await client.storage.upload(image)
            return await client.download(address, tmp_path / "back.png")

    (path,) = run_trio(main)
    assert path.read_bytes() == image.read_bytes()


def test_json_is_what_it_was(served: tuple[Sandbox, str]) -> None:
    """The three libraries read one and the same page."""
    client = AsyncA2E(KEY, base_url=served[1])

    async def read() -> str:
        page = await client.face_swap.tasks.page(1)
        return json.dumps([task.raw for task in page.items], sort_keys=True)

    assert len({run(read) for run in RUNS}) == 1


def test_a_trio_that_another_thread_is_importing_is_not_running(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import sys
    from types import ModuleType

    from a2e_sdk._runtime.event_loops import running_trio

    monkeypatch.setitem(sys.modules, "trio", ModuleType("trio"))
    assert running_trio() is None
