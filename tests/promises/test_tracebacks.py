"""No traceback, whatever raised it and with whatever locals, shows the key."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import socket
import threading
import traceback
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from a2e_sdk import A2E, AsyncA2E, Timeout
from api_paths import path_of
from hostile_server import HostileServer

#: It takes long, and what it tells is of the network, not of the Python.
pytestmark = pytest.mark.once

KEY = "sk_test_4f1e9d0c7b2a83f1"
FACE = "https://example.com/face.png"
VIDEO = "https://example.com/clip.mp4"


@pytest.fixture
def silent() -> Iterator[tuple[HostileServer, threading.Event]]:
    arrived = threading.Event()

    def handle(head: str, body: bytes, connection: socket.socket) -> None:
        arrived.set()
        server.stopped.wait(30)

    with HostileServer(handle) as server:
        yield server, arrived


@pytest.fixture
def deaf() -> Iterator[str]:
    """A server whose window fills up, so that a large request is never written to its end."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    listener.close()


def shown(error: BaseException) -> str:
    """Return all that a traceback with locals shows of an exception and of all it came from."""
    text = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    link: BaseException | None = error
    while link is not None:
        step = link.__traceback__
        while step is not None:
            text += repr({name: repr(value) for name, value in step.tb_frame.f_locals.items()})
            step = step.tb_next
        link = link.__cause__ or link.__context__
    return text


def check(error: BaseException) -> None:
    text = shown(error)
    assert "test_tracebacks" in text, "there is a traceback to look at"
    assert KEY not in text.replace(f"KEY = {KEY!r}", "")


@contextlib.asynccontextmanager
async def client_of(url: str, network: str) -> Any:
    http_client: Any = None
    if network == "httpx client":
        http_client = httpx.AsyncClient()
    elif network == "aiohttp":
        from a2e_sdk._http.transports.aiohttp_transport import AiohttpTransport

        http_client = AiohttpTransport()
    async with AsyncA2E(KEY, base_url=url, http_client=http_client) as a2e:
        yield a2e
    if http_client is not None:
        await http_client.aclose()


@pytest.mark.parametrize("network", ["own", "httpx client", "aiohttp"])
def test_a_cancelled_call(network: str, silent: tuple[HostileServer, threading.Event]) -> None:
    server, arrived = silent

    async def main() -> None:
        async with client_of(server.url, network) as a2e:
            task = asyncio.ensure_future(a2e.face_swap.tasks.create(face=FACE, video=VIDEO))
            await asyncio.to_thread(arrived.wait, 10)
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as caught:
                await task
            check(caught.value)

    asyncio.run(main())


# aiohttp closes a connection only when all that was written to it has gone out.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("network", ["own", "httpx client", "aiohttp"])
def test_a_call_that_is_cancelled_while_it_is_written(network: str, deaf: str) -> None:
    async def main() -> None:
        async with client_of(deaf, network) as a2e:
            body = "x" * 20_000_000
            task = asyncio.ensure_future(_large_call(a2e, body))
            await asyncio.sleep(0.5)
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as caught:
                await task
            check(caught.value)

    asyncio.run(main())
    gc.collect()


async def _large_call(a2e: AsyncA2E, body: str) -> Any:
    from a2e_api.types import Request

    request = Request(
        operation="add_face_swap_task",
        method="POST",
        path=path_of("add_face_swap_task"),
        json={"name": body},
    )
    return await a2e.api.call_async(request, lambda payload: payload)


def test_a_cancelled_call_on_trio(silent: tuple[HostileServer, threading.Event]) -> None:
    trio = pytest.importorskip("trio")
    server, _ = silent

    async def main() -> None:
        async with AsyncA2E(KEY, base_url=server.url) as a2e:
            with trio.move_on_after(0.5):
                try:
                    await a2e.face_swap.tasks.create(face=FACE, video=VIDEO)
                except trio.Cancelled as error:
                    check(error)
                    raise

    trio.run(main)


@pytest.mark.parametrize("network", ["own", "httpx client"])
def test_ctrl_c_in_a_blocking_call(
    network: str, silent: tuple[HostileServer, threading.Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, _ = silent
    own = httpx.Client() if network == "httpx client" else None

    def interrupt(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    # Deep inside of what reads the response.
    monkeypatch.setattr("httpcore.HTTP11Connection._receive_event", interrupt, raising=False)
    monkeypatch.setattr("httpcore._sync.http11.HTTP11Connection._receive_event", interrupt)
    with A2E(KEY, base_url=server.url, http_client=own) as a2e:
        with pytest.raises(KeyboardInterrupt) as caught:
            a2e.face_swap.tasks.create(face=FACE, video=VIDEO)
        check(caught.value)
    if own is not None:
        own.close()


@pytest.mark.parametrize("network", ["own", "httpx client", "aiohttp"])
def test_a_call_that_times_out(network: str, silent: tuple[HostileServer, threading.Event]) -> None:
    server, _ = silent

    async def main() -> None:
        async with client_of(server.url, network) as a2e:
            short = a2e.with_options(timeout=Timeout(total=0.3), max_retries=0)
            with pytest.raises(Exception, match="timed out") as caught:
                await short.face_swap.tasks.get("6674f1765699df7e9d25311a")
            check(caught.value)

    asyncio.run(main())
