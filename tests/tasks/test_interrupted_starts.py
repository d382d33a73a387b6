"""Whatever ends a paid start early says how to find out what became of it."""

from __future__ import annotations

import asyncio
import json
import pickle
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from a2e_sdk import A2E, AsyncA2E, Timeout, errors
from a2e_sdk._config.hooks import Hooks
from a2e_sdk.sandbox import Fault, Sandbox
from a2e_sdk.sandbox.transport import SandboxTransport
from api_paths import path_of
from hostile_server import HostileServer, answer

KEY = "sk_test_0123456789abcdef"
FACE = "https://example.com/face.png"
VIDEO = "https://example.com/clip.mp4"
START = f"POST {path_of('add_face_swap_task')}"


class Holding:
    """A server that carries every start out, and keeps the response for itself until let go."""

    def __init__(self) -> None:
        self.arrived, self.go_on = threading.Event(), threading.Event()
        self.rows: list[dict[str, Any]] = []

    def __call__(self, head: str, body: bytes, connection: socket.socket) -> None:
        if head.startswith("POST"):
            given = json.loads(body)
            row = {"_id": f"{len(self.rows) + 1:024x}", "current_status": "initialized", **given}
            self.rows.insert(0, row)
            self.arrived.set()
            self.go_on.wait(20)
            answer(connection, row)
        else:
            answer(connection, {"count": len(self.rows), "rows": self.rows})


@pytest.fixture
def holding() -> Iterator[tuple[Holding, str]]:
    handler = Holding()
    with HostileServer(handler) as server:
        yield handler, server.url
        handler.go_on.set()


def check_note(error: BaseException, a2e: Any) -> None:
    notes = " ".join(getattr(error, "__notes__", ()))
    assert "add_face_swap_task" in notes
    assert "mine" in notes
    assert "a2e.face_swap.tasks.find_started" in notes
    (submission,) = a2e.submissions
    assert submission.name == "mine"
    assert error.submission == submission  # type: ignore[attr-defined]


@pytest.mark.parametrize("network", ["httpx", "aiohttp"])
@pytest.mark.parametrize("how", ["cancel", "timeout", "wait_for"])
def test_a_cancelled_start_on_asyncio(how: str, network: str, holding: tuple[Holding, str]) -> None:
    handler, url = holding

    async def main() -> None:
        transport = None
        if network == "aiohttp":
            from a2e_sdk._http.transports.aiohttp_transport import AiohttpTransport

            transport = AiohttpTransport()
        async with AsyncA2E(KEY, base_url=url, http_client=transport) as a2e:
            starting = a2e.face_swap.tasks.create(face=FACE, video=VIDEO, name="mine")
            error: BaseException | None

            async def late_start() -> None:
                async with asyncio.timeout(0.5):
                    await starting

            if how == "cancel":
                task = asyncio.ensure_future(starting)
                await asyncio.to_thread(handler.arrived.wait, 10)
                task.cancel()
                with pytest.raises(asyncio.CancelledError) as cancelled:
                    await task
                error = cancelled.value
            else:
                limited = asyncio.wait_for(starting, 0.5) if how == "wait_for" else late_start()
                with pytest.raises(TimeoutError) as late:
                    await limited
                # Its context on Python before 3.11.4, whose timeout names no cause.
                error = late.value.__cause__ or late.value.__context__
            assert isinstance(error, asyncio.CancelledError)
            check_note(error, a2e)
            again = pickle.loads(pickle.dumps(a2e.submissions[0]))
            found = await a2e.face_swap.tasks.find_started(again)
            assert found is not None
            assert found.id == handler.rows[0]["_id"]
            assert a2e.submissions == ()
        if transport is not None:
            await transport.aclose()

    asyncio.run(main())
    assert len(handler.rows) == 1


def test_a_cancelled_start_on_trio(holding: tuple[Holding, str]) -> None:
    trio = pytest.importorskip("trio")
    handler, url = holding

    async def main() -> None:
        async with AsyncA2E(KEY, base_url=url) as a2e:
            with trio.move_on_after(0.5) as scope:
                try:
                    await a2e.face_swap.tasks.create(face=FACE, video=VIDEO, name="mine")
                except trio.Cancelled as error:
                    notes = " ".join(error.__notes__)
                    assert "find_started" in notes
                    raise
            assert scope.cancelled_caught
            found = await a2e.face_swap.tasks.find_started(a2e.submissions[0])
            assert found is not None
            assert found.id == handler.rows[0]["_id"]

    trio.run(main)


def test_a_start_that_has_not_been_sent_leaves_nothing_behind() -> None:
    async def main() -> None:
        sandbox = Sandbox()
        a2e = AsyncA2E(region="sandbox", max_concurrency=1, http_client=SandboxTransport(sandbox))
        assert a2e.api.limiter is not None
        assert await a2e.api.limiter.enter_async(a2e.api.clock, float("inf"))
        with pytest.raises(TimeoutError) as late:
            async with asyncio.timeout(0.1):
                await a2e.face_swap.tasks.create(face=FACE, video=VIDEO, name="mine")
        assert not hasattr(late.value.__cause__ or late.value.__context__, "__notes__")
        assert a2e.submissions == ()

    asyncio.run(main())


CTRL_C = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from a2e_sdk import A2E
a2e = A2E("sk_test_0123456789abcdef", base_url=sys.argv[1])
print("ready", flush=True)
try:
    a2e.face_swap.tasks.create(face="https://x.example/a.png", video="https://x.example/v.mp4", name="mine")
except KeyboardInterrupt as error:
    print(error.submission.name, *a2e.submissions, *error.__notes__, flush=True)
    raise
"""


def test_ctrl_c_during_a_start(holding: tuple[Holding, str], tmp_path: Path) -> None:
    handler, url = holding
    script = tmp_path / "start.py"
    script.write_text(CTRL_C)
    child = subprocess.Popen(
        [sys.executable, str(script), url],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert handler.arrived.wait(30)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=30)
    assert child.returncode == -signal.SIGINT
    assert "mine" in out
    assert "find_started" in out
    assert "find_started" in err, "the traceback shows the note"
    assert "sk_test" not in out + err


def test_closing_the_client_meanwhile_is_a_submission_of_unknown_outcome(
    holding: tuple[Holding, str],
) -> None:
    handler, url = holding
    a2e = A2E(KEY, base_url=url)
    raised: list[BaseException] = []

    def start() -> None:
        try:
            a2e.face_swap.tasks.create(face=FACE, video=VIDEO, name="mine")
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=start, daemon=True)
    thread.start()
    assert handler.arrived.wait(10)
    a2e.close()
    thread.join(10)
    assert not thread.is_alive(), "a read under way ends when its client is closed"
    (error,) = raised
    assert isinstance(error, errors.SubmissionUnknownError)
    assert "closed" in str(error)
    assert error.submission.name == "mine"
    assert len(a2e.submissions) == 1
    with A2E(KEY, base_url=url) as other:
        found = other.face_swap.tasks.find_started(error)
        assert found is not None
        assert found.id == handler.rows[0]["_id"]


@pytest.mark.parametrize("network", ["httpx", "aiohttp"])
def test_closing_the_async_client_meanwhile(network: str, holding: tuple[Holding, str]) -> None:
    handler, url = holding

    async def main() -> None:
        transport = None
        if network == "aiohttp":
            from a2e_sdk._http.transports.aiohttp_transport import AiohttpTransport

            transport = AiohttpTransport()
        a2e = AsyncA2E(KEY, base_url=url, http_client=transport)
        task = asyncio.ensure_future(
            a2e.face_swap.tasks.create(face=FACE, video=VIDEO, name="mine")
        )
        await asyncio.to_thread(handler.arrived.wait, 10)
        await a2e.aclose()
        if transport is not None:
            await transport.aclose()
        with pytest.raises(errors.SubmissionUnknownError, match="closed") as caught:
            async with asyncio.timeout(10):
                await task
        assert caught.value.submission.name == "mine"

    asyncio.run(main())


def test_a_hook_that_fails_after_the_response_tells_too() -> None:
    def fail(event: Any) -> None:
        raise LookupError("the metrics are down")

    sandbox = Sandbox()
    a2e = A2E(
        region="sandbox", http_client=SandboxTransport(sandbox), hooks=Hooks(on_response=fail)
    )
    with pytest.raises(LookupError) as caught:
        a2e.face_swap.tasks.create(face=FACE, video=VIDEO, name="mine")
    check_note(caught.value, a2e)


def test_a_refusal_and_a_success_leave_nothing_behind(
    a2e: Any, sandbox: Sandbox, driver: Any
) -> None:
    driver.run(a2e.face_swap.tasks.create(face=FACE, video=VIDEO))
    sandbox.faults.add(Fault.code(402, status=402), operation="add_face_swap_task")
    with pytest.raises(errors.InsufficientCreditsError):
        driver.run(a2e.face_swap.tasks.create(face=FACE, video=VIDEO))
    assert a2e.submissions == ()


def test_find_started_takes_what_has_a_submission_and_nothing_else(a2e: Any, driver: Any) -> None:
    with pytest.raises(TypeError, match="not str"):
        driver.run(a2e.face_swap.tasks.find_started("6674f1765699df7e9d25311a"))


def test_an_operation_without_a_search_tells_that_it_may_have_been_carried_out(
    holding: tuple[Holding, str],
) -> None:
    _, url = holding

    async def main() -> None:
        async with AsyncA2E(KEY, base_url=url, timeout=Timeout(read=30)) as a2e:
            with pytest.raises(TimeoutError) as late:
                async with asyncio.timeout(0.5):
                    await a2e.face_swap.previews.create(face=FACE, video=VIDEO)
            cut_short = late.value.__cause__ or late.value.__context__
            (note,) = cut_short.__notes__  # type: ignore[union-attr]
            assert "add_face_swap_preview" in note
            assert "charged" in note

    asyncio.run(main())
