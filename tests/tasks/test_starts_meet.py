"""Where two correct parts meet: hooks, claims, closing, forks and limits around a paid start."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import threading
import time
from typing import Any

import httpx
import pytest

from a2e_sdk import A2E, AsyncA2E, Timeout, errors
from a2e_sdk._config.hooks import Hooks
from a2e_sdk.sandbox import Fault, Sandbox
from a2e_sdk.sandbox.transport import SandboxTransport
from driver import Driver
from hostile_server import HostileServer, answer

KEY = "sk_test_0123456789abcdef"
FACE = "https://example.com/face.png"
VIDEO = "https://example.com/clip.mp4"


class Records:
    """A server that carries starts out; ``lose`` says which responses never come."""

    def __init__(self, lose: set[int] = frozenset(), carry_out: bool = True) -> None:  # type: ignore[assignment]
        self.lose, self.carry_out, self.starts = lose, carry_out, 0
        self.rows: list[dict[str, Any]] = []
        self.hold: dict[int, threading.Event] = {}
        self.arrived = threading.Event()

    def __call__(self, head: str, body: bytes, connection: socket.socket) -> None:
        if not head.startswith("POST"):
            answer(connection, {"count": len(self.rows), "rows": self.rows})
            return
        self.starts += 1
        number = self.starts
        row = {"_id": f"{number:024x}", "current_status": "initialized", **json.loads(body)}
        if self.carry_out or number not in self.lose:
            self.rows.insert(0, row)
        self.arrived.set()
        if number in self.hold:
            self.hold[number].wait(20)
        if number in self.lose:
            connection.close()
            raise OSError
        answer(connection, row)


def create(client: Any, **options: Any) -> Any:
    return client.face_swap.tasks.create(face=FACE, video=VIDEO, **options)


def test_a_hook_of_the_callers_client_that_can_not_connect_is_no_unsent_request(
    driver: Driver,
) -> None:
    """It runs after the response, and its error looks like one of the request itself."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}/"

    def report(response: httpx.Response) -> None:
        if response.request.method == "POST":
            httpx.get(nobody, trust_env=False)

    async def report_async(response: httpx.Response) -> None:
        if response.request.method == "POST":
            async with httpx.AsyncClient(trust_env=False) as other:
                await other.get(nobody)

    if driver.mode == "trio":
        pytest.skip("each call of this test's driver is a run of its own")
    records = Records()
    with HostileServer(records) as server:
        own: Any = (
            httpx.Client(event_hooks={"response": [report]})
            if driver.mode == "sync"
            else httpx.AsyncClient(event_hooks={"response": [report_async]})
        )
        a2e = driver.client(api_key=KEY, base_url=server.url, http_client=own)
        task = driver.run(create(a2e))
        assert task.id == records.rows[0]["_id"]
        driver.close(own)
    assert records.starts == 1, "it was carried out, and is not sent again"


def test_clients_of_one_server_never_take_each_others_tasks() -> None:
    records = Records(lose={2}, carry_out=False)
    with HostileServer(records) as server, A2E(KEY, base_url=server.url) as one:
        first = create(one, name="nightly")
        with A2E(KEY, base_url=server.url) as two, pytest.MonkeyPatch.context() as patch:
            patch.setattr("a2e_sdk._sync.tasks.recovery.SEARCH_SECONDS", 0.5)
            with pytest.raises(errors.SubmissionUnknownError):
                create(two, name="nightly")
    assert [row["_id"] for row in records.rows] == [first.id]


def test_find_started_waits_for_an_equal_start_that_may_own_what_it_sees() -> None:
    records = Records(lose={1}, carry_out=False)
    records.hold[2] = threading.Event()
    with HostileServer(records) as server, A2E(KEY, base_url=server.url) as a2e:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("a2e_sdk._sync.tasks.recovery.SEARCH_SECONDS", 0.2)
            with pytest.raises(errors.SubmissionUnknownError) as lost:
                create(a2e, name="same")
        records.arrived.clear()
        made: list[Any] = []
        thread = threading.Thread(target=lambda: made.append(create(a2e, name="same")))
        thread.start()
        assert records.arrived.wait(10)
        found: list[Any] = []
        looking = threading.Thread(
            target=lambda: found.append(a2e.face_swap.tasks.find_started(lost.value))
        )
        looking.start()
        time.sleep(0.3)
        records.hold[2].set()
        thread.join(10)
        looking.join(10)
    assert [task.id for task in made] == [records.rows[0]["_id"]]
    assert found == [None], "it belongs to the start whose response came"


@pytest.mark.parametrize("error", [errors.NotFoundError, errors.InternalServerError])
def test_an_error_of_ours_out_of_a_hook_is_the_hooks(driver: Driver, error: Any) -> None:
    def fail(_: object) -> None:
        raise error("from the hook")

    for hooks, sent in ((Hooks(on_response=fail), 1), (Hooks(on_request=fail), 0)):
        sandbox = Sandbox()
        a2e = driver.client(region="sandbox", http_client=SandboxTransport(sandbox), hooks=hooks)
        with pytest.raises(error, match="from the hook") as caught:
            driver.run(create(a2e, name="mine"))
        assert sandbox.requests.count("add_face_swap_task") == sent
        assert sandbox.requests.count("list_face_swap_tasks") == 0
        assert len(a2e.submissions) == sent
        assert hasattr(caught.value, "submission") == bool(sent)


def test_a_start_sent_once_more_and_refused_still_tells_of_the_first(
    driver: Driver, a2e: Any, sandbox: Sandbox, pauses: list[float]
) -> None:
    sandbox.faults.add(Fault.http(500), operation="add_face_swap_task")
    sandbox.faults.add(Fault.code(402, status=402), operation="add_face_swap_task")
    with pytest.raises(errors.SubmissionUnknownError) as caught:
        driver.run(create(a2e, name="mine", resend_if_unknown=True))
    assert "refused" in " ".join(caught.value.__notes__)
    assert len(a2e.submissions) == 1


def test_a_request_that_provably_never_left_is_not_called_charged() -> None:
    """A server whose queue of connections is full never accepts."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(0)
    address = listener.getsockname()
    fillers = []
    for _ in range(8):
        filler = socket.socket()
        filler.setblocking(False)
        filler.connect_ex(address)
        fillers.append(filler)

    async def main() -> None:
        url = f"http://127.0.0.1:{address[1]}"
        async with AsyncA2E(KEY, base_url=url, timeout=Timeout(total=1)) as a2e:
            began = time.monotonic()
            with pytest.raises(errors.APITimeoutError) as caught:
                await create(a2e)
            assert not caught.value.sent
            assert a2e.submissions == ()
            assert time.monotonic() - began < 10, "and nothing is searched for"
            task = asyncio.ensure_future(create(a2e))
            await asyncio.sleep(0.2)
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as cancelled:
                await task
            assert not hasattr(cancelled.value, "__notes__")
            assert a2e.submissions == ()

    asyncio.run(main())
    for opened in (*fillers, listener):
        opened.close()


def test_nothing_is_sent_after_closing_by_those_who_waited_for_their_turn() -> None:
    records = Records()

    async def main(server: HostileServer) -> None:
        a2e = AsyncA2E(KEY, base_url=server.url, rate_limit=2)
        starts = [asyncio.ensure_future(create(a2e)) for _ in range(3)]
        while not records.starts:
            await asyncio.sleep(0.01)
        await a2e.aclose()
        results = await asyncio.gather(*starts, return_exceptions=True)
        assert sum(isinstance(result, errors.A2EError) for result in results) >= 2

    with HostileServer(records) as server:
        asyncio.run(main(server))
    assert records.starts == 1


def test_closing_ends_a_blocking_read_in_another_thread() -> None:
    records = Records()
    records.hold[1] = threading.Event()
    ended = threading.Event()
    with HostileServer(records) as server:
        a2e = A2E(KEY, base_url=server.url)

        def start() -> None:
            with pytest.raises(errors.SubmissionUnknownError, match="closed"):
                create(a2e)
            ended.set()

        threading.Thread(target=start, daemon=True).start()
        assert records.arrived.wait(10)
        time.sleep(0.2)
        a2e.close()
        assert ended.wait(5)
        records.hold[1].set()


def test_an_iteration_does_not_end_silently_in_another_loop() -> None:
    sandbox = Sandbox()
    a2e = AsyncA2E(region="sandbox", http_client=SandboxTransport(sandbox))
    listing = aiter(a2e.face_swap.tasks.list(page_size=1))

    async def one() -> Any:
        return await anext(listing)

    asyncio.run(one())
    with pytest.raises(errors.ConfigurationError, match="another event loop"):
        asyncio.run(one())


def test_a_response_of_very_many_empty_records_is_refused_unread(driver: Driver) -> None:
    rows = b"[" + b"{}," * 300_000 + b"{}]"
    body = b'{"code":0,"data":{"count":300001,"rows":' + rows + b"}}"

    def flood(head: str, _: bytes, connection: socket.socket) -> None:
        length = f"content-length: {len(body)}\r\n\r\n".encode()
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + length + body)

    with HostileServer(flood) as server:
        a2e = driver.client(api_key=KEY, base_url=server.url, max_retries=0)
        with pytest.raises(errors.UnexpectedResponseError):
            driver.run(a2e.face_swap.tasks.page(1))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_fork_while_another_thread_makes_the_tls_context() -> None:
    from a2e_sdk._http.transports import network_settings

    with network_settings._tls._lock:
        child = os.fork()
        if child == 0:  # pragma: no cover - measured in no process that is forked
            signal.alarm(20)
            network_settings.shared_tls_context()
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
