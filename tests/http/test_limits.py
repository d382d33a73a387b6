"""A client's own limits: how many requests at once, and how many a second."""

from __future__ import annotations

import asyncio
import threading
import time
from itertools import pairwise
from typing import Any

import pytest

from a2e_sdk import A2E, AsyncA2E, Timeout, errors
from a2e_sdk._async.concurrency import AsyncClock, AsyncLimiter
from a2e_sdk._http.messages import HttpRequest, HttpResponse
from a2e_sdk._http.retry_quota import CAPACITY
from a2e_sdk._sync.concurrency import Clock, Limiter, _Slots
from a2e_sdk.sandbox import Fault, ManualClock, Sandbox
from a2e_sdk.sandbox.transport import SandboxTransport
from driver import Driver
from scripted_transport import EMPTY_PAGE, ScriptedTransport

ID = "6674f1765699df7e9d25311a"
KEY = "sk_test_0123456789"
FOREVER = float("inf")


class Counted:
    """Counts the requests that are under way, and holds them until they are let go."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.under_way = self.most = self.ended = 0
        self.is_open = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with self.changed:
            self.under_way += 1
            self.most = max(self.most, self.under_way)
            self.changed.notify_all()
            assert self.changed.wait_for(lambda: self.is_open, 10)
            self.under_way -= 1
            self.ended += 1
        return EMPTY_PAGE

    def open(self) -> None:
        with self.changed:
            self.is_open = True
            self.changed.notify_all()


def until(condition: Any) -> None:
    """Wait for another thread, which has no event of its own for this."""
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.001)


def test_threads_have_no_more_requests_under_way_than_allowed() -> None:
    counted = Counted()
    client = A2E(KEY, max_concurrency=3, http_client=ScriptedTransport(counted))
    copy = client.with_options(max_retries=0)
    threads = [
        threading.Thread(target=one.face_swap.tasks.page, args=(1,)) for one in (client, copy) * 8
    ]
    for thread in threads:
        thread.start()
    slots = client.api.limiter
    assert slots is not None
    until(lambda: slots._slots is not None and len(slots._slots._waiting) == 13)
    assert counted.under_way == 3
    counted.open()
    for thread in threads:
        thread.join(10)
    assert (counted.most, counted.ended) == (3, 16)


def test_tasks_have_no_more_requests_under_way_than_allowed_and_go_in_order() -> None:
    order: list[str] = []
    under_way = most = 0

    class Slow(ScriptedTransport):
        async def send_request_async(self, request: HttpRequest) -> HttpResponse:
            nonlocal under_way, most
            order.append(request.url.rpartition("=")[2])
            under_way += 1
            most = max(most, under_way)
            for _ in range(3):
                await asyncio.sleep(0)
            under_way -= 1
            return EMPTY_PAGE

    async def main() -> None:
        client = AsyncA2E(KEY, max_concurrency=3, http_client=Slow())
        calls = [client.face_swap.tasks.page(1, page_size=size) for size in range(1, 17)]
        await asyncio.gather(*calls)

    asyncio.run(main())
    assert most == 3
    assert order == [str(size) for size in range(1, 17)]


def test_threads_go_in_the_order_in_which_they_asked() -> None:
    slots = _Slots(1)
    assert slots.take(FOREVER)
    order: list[int] = []

    def go(number: int) -> None:
        assert slots.take(FOREVER)
        order.append(number)
        slots.give()

    threads = [threading.Thread(target=go, args=(number,)) for number in range(10)]
    for number, thread in enumerate(threads, 1):
        thread.start()
        until(lambda number=number: len(slots._waiting) == number)
    slots.give()
    for thread in threads:
        thread.join(10)
    assert order == list(range(10))
    assert slots._free == 1


def test_a_task_that_is_cancelled_while_it_waits_gives_its_place_up() -> None:
    async def main() -> None:
        limiter = AsyncLimiter(1, 1000)
        keeper = AsyncClock()
        first = await limiter.enter_async(keeper, FOREVER)
        assert first
        waiting = [asyncio.ensure_future(limiter.enter_async(keeper, FOREVER)) for _ in range(3)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        first.leave()
        # The place may have been given to it in the very moment of its cancellation.
        second = await waiting[1]
        assert second
        waiting[2].cancel()
        second.leave()
        assert await limiter.enter_async(keeper, FOREVER)
        assert [task.cancelled() for task in waiting] == [True, False, True]

    asyncio.run(asyncio.wait_for(main(), 10))


def test_a_task_that_is_cancelled_in_its_pause_takes_nobodys_turn() -> None:
    class Still(AsyncClock):
        """Time stands still, and pauses don't end by themselves."""

        def now(self) -> float:
            return 0.0

        async def pause_async(self, seconds: float) -> None:
            pauses.append(seconds)
            await asyncio.Event().wait()

    pauses: list[float] = []

    async def main() -> None:
        limiter = AsyncLimiter(None, 2)
        assert await limiter.enter_async(Still(), FOREVER)
        for number in range(1, 4):
            waiting = asyncio.ensure_future(limiter.enter_async(Still(), FOREVER))
            while len(pauses) < number:
                await asyncio.sleep(0)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting

    asyncio.run(asyncio.wait_for(main(), 10))
    assert pauses == [0.5] * 3, "nobody waits longer because others gave up"


def test_a_thread_that_is_interrupted_while_it_waits_gives_its_place_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limiter = Limiter(1, None)
    place = limiter.enter(Clock(), FOREVER)
    assert place

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(threading.Event, "wait", interrupt)
        with pytest.raises(KeyboardInterrupt):
            limiter.enter(Clock(), FOREVER)

    def hand_over_and_interrupt(*_: object) -> None:
        place.leave()
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(threading.Event, "wait", hand_over_and_interrupt)
        with pytest.raises(KeyboardInterrupt):
            limiter.enter(Clock(), FOREVER)
    assert limiter.enter(Clock(), 0), "the place is free again, and is one place"
    assert not limiter.enter(Clock(), 0)


def test_a_call_whose_turn_does_not_come_in_time_ends_unsent(driver: Driver) -> None:
    transport = ScriptedTransport()
    client = driver.client(
        api_key=KEY, max_concurrency=1, timeout=Timeout(total=0.05), http_client=transport
    )
    limiter = client.api.limiter
    entered = limiter.enter if driver.mode == "sync" else limiter.enter_async
    place = driver.run(entered(client.api.clock, FOREVER))
    assert place
    with pytest.raises(errors.APITimeoutError, match="own limits") as caught:
        driver.run(client.face_swap.tasks.get(ID))
    assert not caught.value.sent
    assert transport.requests == []
    place.leave()
    assert driver.run(client.face_swap.tasks.page(1)).items == ()
    assert client.api.state.retry_quota.tokens == CAPACITY


def test_requests_are_evenly_spaced_over_copies_and_retries(
    driver: Driver, sandbox: Sandbox, pauses: list[float]
) -> None:
    client = driver.client(region="sandbox", rate_limit=4, http_client=SandboxTransport(sandbox))
    copy = client.with_options(max_retries=5)
    sandbox.faults.add(Fault.drop_after_read(), times=3)
    for one in (copy, client, copy, client, copy):
        driver.run(one.face_swap.tasks.get(ID))
    moments = [entry.at.timestamp() for entry in sandbox.requests]
    assert len(moments) == 8
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    assert min(gaps) == pytest.approx(0.25)
    assert gaps[3:] == pytest.approx([0.25] * 4)


def test_a_turn_that_would_come_too_late_is_not_waited_for(
    driver: Driver, sandbox: Sandbox, clock: ManualClock, pauses: list[float]
) -> None:
    client = driver.client(
        region="sandbox",
        max_concurrency=1,
        rate_limit=0.01,
        timeout=Timeout(total=60),
        http_client=SandboxTransport(sandbox),
    )
    driver.run(client.face_swap.tasks.get(ID))
    with pytest.raises(errors.APITimeoutError):
        driver.run(client.face_swap.tasks.get(ID))
    assert pauses == []
    assert sandbox.requests.total == 1
    slots = client.api.limiter._slots
    assert slots._free == 1
    clock.advance(50)
    driver.run(client.face_swap.tasks.get(ID))
    assert pauses == [50]


def abandoned(begin: Any) -> None:
    """Run a coroutine until it waits, and close its loop without ending it."""
    loop = asyncio.new_event_loop()
    task = loop.create_task(begin())
    loop.run_until_complete(asyncio.sleep(0.01))
    assert not task.done()
    loop.close()


@pytest.mark.parametrize("limits", [(1, None), (None, 2), (1, 2)])
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_loop_that_is_closed_gives_back_what_its_tasks_held(limits: Any) -> None:
    limiter = AsyncLimiter(*limits)
    kept: list[Any] = []

    class Pausing(AsyncClock):
        async def pause_async(self, seconds: float) -> None:
            await asyncio.Event().wait()

    async def hold() -> None:
        for _ in range(2):  # The second one waits: for a slot, or in its pause.
            kept.append(await limiter.enter_async(Pausing(), FOREVER))
        raise AssertionError("it never gets there")

    async def enter() -> Any:
        return await limiter.enter_async(AsyncClock(), AsyncClock().now() + 5)

    async def enter_twice() -> None:
        place = await enter()
        assert place
        kept[0].leave()
        if limits[0]:
            assert not await limiter.enter_async(AsyncClock(), AsyncClock().now()), "no slot twice"
        place.leave()
        assert await enter()

    abandoned(hold)
    assert len(kept) == 1
    asyncio.run(enter_twice())


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_one_that_waits_already_gets_the_slot_of_a_loop_that_is_closed_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("a2e_sdk._async.concurrency._ABANDONED_SECONDS", 0.02)
    limiter = AsyncLimiter(1, None)
    waits, closed = threading.Event(), threading.Event()

    async def hold() -> None:
        assert await limiter.enter_async(AsyncClock(), FOREVER)
        await asyncio.Event().wait()

    def hold_then_close() -> None:
        loop = asyncio.new_event_loop()
        task = loop.create_task(hold())
        loop.run_until_complete(asyncio.sleep(0.01))
        waits.set()
        loop.run_until_complete(asyncio.sleep(0.1))
        assert not task.done()
        loop.close()
        closed.set()

    async def enter() -> Any:
        return await limiter.enter_async(AsyncClock(), AsyncClock().now() + 20)

    thread = threading.Thread(target=hold_then_close)
    thread.start()
    assert waits.wait(20)
    assert asyncio.run(enter())
    assert closed.is_set()
    thread.join()


def test_there_is_no_limit_unless_one_is_asked_for() -> None:
    assert A2E(KEY).api.limiter is None
    assert AsyncA2E(KEY).api.limiter is None


@pytest.mark.parametrize("number", [0, -1, 1.5, True, "3"])
def test_a_wrong_number_is_refused(number: Any) -> None:
    with pytest.raises(errors.ConfigurationError, match="max_concurrency"):
        A2E(KEY, max_concurrency=number)


@pytest.mark.parametrize("rate", [0, -1, float("nan"), float("inf"), True, "3"])
def test_a_wrong_rate_is_refused(rate: Any) -> None:
    with pytest.raises(errors.ConfigurationError, match="rate_limit"):
        AsyncA2E(KEY, rate_limit=rate)
