"""A start that nobody waits for any more is not written: after a deadline, Ctrl-C, or `close`."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from a2e_sdk import A2E, AsyncA2E, Timeout, errors
from a2e_sdk._http.messages import HttpRequest, HttpResponse, RequestAbandoned

KEY = "sk_left_behind_0123456789"
FACES = {"face": "https://example.com/f.png", "video": "https://example.com/v.mp4"}
ANSWER = (
    b'{"code": 0, "data": {"_id": "5a4d0b0c5000000000000001", "current_status": "initialized"}}'
)


class Connecting:
    """A caller's own transport that takes its time to connect, and tells what it does."""

    def __init__(self) -> None:
        self.connecting = threading.Event()
        self.connected = threading.Event()
        self.ended = threading.Event()
        self.carried_out = 0

    def write(self, request: HttpRequest) -> HttpResponse:
        try:
            if request.progress is not None:
                request.progress.writing()
            self.carried_out += 1
            return HttpResponse(200, {}, ANSWER)
        finally:
            self.ended.set()

    def send_request(self, request: HttpRequest) -> HttpResponse:
        if request.progress is not None:
            request.progress.connecting()
        self.connecting.set()
        assert self.connected.wait(20)
        return self.write(request)

    def close(self) -> None:
        pass


class AsyncConnecting(Connecting):
    async def send_request_async(self, request: HttpRequest) -> HttpResponse:
        assert request.progress is not None
        request.progress.connecting()
        self.connecting.set()
        while not self.connected.is_set():
            await asyncio.sleep(0.005)
        return self.write(request)

    async def aclose(self) -> None:
        pass


def test_one_that_outlives_its_deadline_is_unsent_and_stays_so() -> None:
    transport = Connecting()
    a2e = A2E(KEY, http_client=transport, timeout=Timeout(total=0.2), max_retries=0)
    with pytest.raises(errors.APITimeoutError) as caught:
        a2e.face_swap.tasks.create(**FACES)
    assert caught.value.sent is False
    assert a2e.submissions == ()
    transport.connected.set()
    assert transport.ended.wait(20)
    assert transport.carried_out == 0


def test_ctrl_c_keeps_it_from_being_written(monkeypatch: pytest.MonkeyPatch) -> None:
    from a2e_sdk._sync import concurrency

    transport = Connecting()

    def interrupted(_: Any, __: float) -> bool:
        assert transport.connecting.wait(20)
        raise KeyboardInterrupt

    monkeypatch.setattr(concurrency.PendingCall, "wait", interrupted)
    a2e = A2E(KEY, http_client=transport)
    with pytest.raises(KeyboardInterrupt):
        a2e.face_swap.tasks.create(**FACES)
    assert a2e.submissions == ()
    transport.connected.set()
    assert transport.ended.wait(20)
    assert transport.carried_out == 0


def test_no_start_goes_out_after_close_on_a_transport_of_the_callers() -> None:
    transport = Connecting()
    a2e = A2E(KEY, http_client=transport)
    raised: list[BaseException] = []

    def create() -> None:
        try:
            a2e.face_swap.tasks.create(**FACES)
        except errors.A2EError as error:
            raised.append(error)

    thread = threading.Thread(target=create)
    thread.start()
    assert transport.connecting.wait(20)
    a2e.close()
    transport.connected.set()
    thread.join(20)
    assert transport.carried_out == 0
    (error,) = raised
    assert isinstance(error, errors.APIConnectionError)
    assert error.sent is False
    assert a2e.submissions == ()


def test_no_start_goes_out_after_aclose_on_a_transport_of_the_callers() -> None:
    async def main() -> None:
        transport = AsyncConnecting()
        a2e = AsyncA2E(KEY, http_client=transport)
        start = asyncio.create_task(a2e.face_swap.tasks.create(**FACES))
        while not transport.connecting.is_set():
            await asyncio.sleep(0.005)
        await a2e.aclose()
        transport.connected.set()
        with pytest.raises(errors.APIConnectionError) as caught:
            await start
        assert caught.value.sent is False
        assert (transport.carried_out, a2e.submissions) == (0, ())

    asyncio.run(main())


def test_what_has_begun_to_be_written_is_not_called_back() -> None:
    from a2e_sdk._http.messages import SendProgress

    progress = SendProgress()
    progress.connecting()
    assert progress.is_unsent
    progress.writing()
    progress.abandon()
    assert not progress.is_unsent
    late = SendProgress()
    late.connecting()
    late.abandon()
    with pytest.raises(RequestAbandoned):
        late.writing()
    assert late.is_unsent
