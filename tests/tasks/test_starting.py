"""A paid start happens at most once, and the caller learns which (promise 1)."""

from __future__ import annotations

import asyncio
import pickle
import random
import threading
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from a2e_sdk import A2E, AsyncA2E, errors
from a2e_sdk._tasks.recovery import SEARCH_SECONDS, may_have_started
from a2e_sdk.sandbox import Fault, ManualClock, Sandbox
from a2e_sdk.sandbox.transport import SandboxTransport
from driver import Driver
from examples import examples

FACE = "https://example.com/face.png"
VIDEO = "https://example.com/clip.mp4"
START = "add_face_swap_task"
LIST = "list_face_swap_tasks"

LOST_BUT_STARTED = [
    Fault.drop_after_read(),
    Fault.cut(10),
    Fault.http(500, takes_effect=True),
    Fault.http(502, takes_effect=True),
    Fault.http(504, takes_effect=True),
    Fault.http(520, takes_effect=True),
    Fault.stall(100),
]
NOT_STARTED_BUT_UNCLEAR = [
    Fault.http(500),
    Fault.http(503),
    Fault.http(408),
    Fault.truncated_json(),
    Fault.null_data(),
    Fault.null_rows(),
    Fault.code(500),
    Fault.json([]),
    Fault(status=200, body=b"<html>"),
]
CLEARLY_REFUSED = [
    Fault.code(400, status=400),
    Fault.code(401, status=401),
    Fault.code(402, status=402),
    Fault.code(403, status=403),
    Fault.code(404, status=404),
    Fault.code(1001),
    Fault.code(1003, status=403),
    Fault.code(1004),
    Fault.code(-1, "no"),
    Fault.code(1003, status=500),
    Fault(status=302, headers={"location": "https://elsewhere.example/"}),
]


def start(driver: Driver, a2e: Any, **options: Any) -> Any:
    return driver.run(a2e.face_swap.tasks.create(face=FACE, video=VIDEO, **options))


@pytest.mark.parametrize("name", [None, "a name of mine"])
@pytest.mark.parametrize("fault", LOST_BUT_STARTED)
def test_a_start_whose_answer_was_lost_is_found_again(
    driver: Driver,
    a2e: Any,
    sandbox: Sandbox,
    pauses: list[float],
    fault: Fault,
    name: str | None,
) -> None:
    a2e = a2e.with_options(timeout=0.01) if fault.delay else a2e
    sandbox.faults.add(fault, operation=START)
    before = sandbox.coins.balance
    task = start(driver, a2e, name=name)
    assert task.name == (name or task.name)
    assert (task.face_url, task.video_url) == (FACE, VIDEO)
    assert before - sandbox.coins.balance == 10
    assert sandbox.requests.count(START) == 1
    assert sum(pauses) <= 1, "a task that is there is found at once"


@pytest.mark.parametrize("fault", NOT_STARTED_BUT_UNCLEAR)
def test_a_start_of_which_nothing_appears_is_reported_as_unknown(
    driver: Driver, a2e: Any, sandbox: Sandbox, pauses: list[float], fault: Fault
) -> None:
    sandbox.faults.add(fault, operation=START)
    with pytest.raises(errors.SubmissionUnknownError, match="no record of it appeared") as caught:
        start(driver, a2e, name="mine")
    error = caught.value
    assert sandbox.requests.count(START) == 1, "it is not sent again"
    assert error.looked
    assert isinstance(error.error, errors.APIError)
    assert error.submission.name == "mine"
    assert SEARCH_SECONDS <= sum(pauses) <= SEARCH_SECONDS + 10

    late = sandbox.add_face_swap_task(name="mine", face_url=FACE, video_url=VIDEO)
    again = pickle.loads(pickle.dumps(error))
    found = driver.run(a2e.face_swap.tasks.find_started(again))
    assert found.id == late, "it can be looked for again, from another process too"


@pytest.mark.parametrize("fault", CLEARLY_REFUSED)
def test_a_clear_refusal_is_raised_as_it_is(
    driver: Driver, a2e: Any, sandbox: Sandbox, pauses: list[float], fault: Fault
) -> None:
    sandbox.faults.add(fault, operation=START)
    with pytest.raises(errors.APIError) as caught:
        start(driver, a2e)
    assert not may_have_started(caught.value)
    assert sandbox.requests.count(LIST) == 0
    assert pauses == []


def test_a_task_of_another_start_is_not_taken_for_ours(
    driver: Driver, a2e: Any, sandbox: Sandbox, clock: ManualClock, pauses: list[float]
) -> None:
    start(driver, a2e, name="nightly")  # held by this client
    clock.advance(3600)
    sandbox.add_face_swap_task(name="nightly", face_url=FACE, video_url="https://x.example/v.mp4")
    sandbox.faults.add(Fault.http(500), operation=START)
    with pytest.raises(errors.SubmissionUnknownError):
        start(driver, a2e, name="nightly")


def test_a_task_from_before_the_start_is_not_taken_for_ours(
    driver: Driver, a2e: Any, sandbox: Sandbox, clock: ManualClock, pauses: list[float]
) -> None:
    other = driver.client(region="sandbox", http_client=SandboxTransport(sandbox))
    start(driver, other, name="nightly")  # by another client, a while ago
    clock.advance(60)
    sandbox.faults.add(Fault.http(500), operation=START)
    with pytest.raises(errors.SubmissionUnknownError):
        start(driver, a2e, name="nightly")


def test_the_search_outlasts_reads_that_fail(
    driver: Driver, a2e: Any, sandbox: Sandbox, pauses: list[float]
) -> None:
    sandbox.faults.add(Fault.drop_after_read(), operation=START)
    sandbox.faults.add(Fault.http(502), operation=LIST, times=7)
    assert start(driver, a2e).name
    assert sandbox.requests.count(START) == 1


def test_records_that_can_not_be_read_are_said(
    driver: Driver, a2e: Any, sandbox: Sandbox, pauses: list[float]
) -> None:
    sandbox.faults.add(Fault.drop_after_read(), operation=START)
    sandbox.faults.add(Fault.http(502), operation=LIST, times=None)
    with pytest.raises(errors.SubmissionUnknownError, match="could not be read") as caught:
        start(driver, a2e, resend_if_unknown=True)
    assert not caught.value.looked
    assert sandbox.requests.count(START) == 1, "what was not looked for is not sent again"


def test_it_is_sent_again_only_when_the_caller_asks_for_it(
    driver: Driver, a2e: Any, sandbox: Sandbox, pauses: list[float]
) -> None:
    sandbox.faults.add(Fault.http(500), operation=START)
    assert start(driver, a2e, resend_if_unknown=True).id
    assert sandbox.requests.count(START) == 2
    sandbox.faults.add(Fault.http(500), operation=START, times=None)
    with pytest.raises(errors.SubmissionUnknownError):
        start(driver, a2e, resend_if_unknown=True)
    assert sandbox.requests.count(START) == 5, "max_retries times at the most"


def test_a_task_far_down_the_records_is_found(
    driver: Driver, a2e: Any, sandbox: Sandbox, pauses: list[float]
) -> None:
    class Busy(SandboxTransport):
        """Others start 250 tasks before the first look."""

        def send_request(self, request: Any) -> Any:
            if "records" in request.url and not self.sandbox.requests.count(LIST):
                for number in range(250):
                    self.sandbox.add_face_swap_task(name=str(number))
            return super().send_request(request)

        async def send_request_async(self, request: Any) -> Any:
            return self.send_request(request)

    a2e = driver.client(region="sandbox", http_client=Busy(sandbox))
    sandbox.faults.add(Fault.drop_after_read(), operation=START)
    assert start(driver, a2e, name="mine").name == "mine"


FAULTS = [
    *LOST_BUT_STARTED[:-1],
    *NOT_STARTED_BUT_UNCLEAR,
    *CLEARLY_REFUSED,
    Fault.drop_before(),
    Fault.rate_limited(),
    Fault.rate_limited(retry_after=2),
    Fault(status=503, headers={"retry-after": "1"}),
]


# In tens, which listings of few tasks and several workers make quick; the other eight are nightly.
SEEDS = [
    pytest.param(seed, marks=[] if seed < 20261124 else pytest.mark.nightly)
    for seed in range(20261122, 20261132)
]


@pytest.mark.once
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("mode", ["sync", "async"])
def test_a_thousand_starts_under_random_faults(
    mode: str, seed: int, pauses: list[float], clock: ManualClock
) -> None:
    chance = random.Random(seed)
    sandbox = Sandbox(clock=clock, log_limit=100_000)
    driver = Driver(mode)
    a2e = driver.client(region="sandbox", http_client=SandboxTransport(sandbox))
    outcomes = {"started": 0, "not started": 0, "unknown": 0}
    unknown_but_started = 0
    for number in range(100):
        sandbox.faults.clear()
        for _ in range(chance.choice([0, 0, 1, 1, 2, 3])):
            sandbox.faults.add(chance.choice(FAULTS), operation=START)
        for _ in range(chance.choice([0, 0, 0, 1, 2])):
            sandbox.faults.add(
                chance.choice([Fault.http(502), Fault.drop_after_read(), Fault.truncated_json()]),
                operation=LIST,
            )
        name = f"start {number}" if chance.random() < 0.5 else None
        charged = len(sandbox.coins)
        try:
            task = start(driver, a2e, name=name)
            outcome = "started"
        except errors.SubmissionUnknownError:
            outcome = "unknown"
        except errors.APIError:
            outcome = "not started"
        made = [entry.task_id for entry in list(sandbox.coins)[charged:]]
        assert len(made) <= 1, "no inputs are charged twice"
        if outcome == "started":
            assert made == [task.id]
        if outcome == "not started":
            assert made == []
        unknown_but_started += outcome == "unknown" and bool(made)
        outcomes[outcome] += 1
    driver.finish()
    charges = [entry.task_id for entry in sandbox.coins if entry.amount < 0]
    assert len(charges) == len(set(charges)) == outcomes["started"] + unknown_but_started
    assert unknown_but_started == 0
    assert all(outcomes.values()), outcomes


@pytest.mark.parametrize("named", [True, False])
@examples(30)
@given(
    faults=st.lists(
        st.sampled_from([None, Fault.drop_after_read(), Fault.http(500), Fault.drop_before()]),
        min_size=8,
        max_size=8,
    )
)
def test_equal_starts_at_the_same_time_never_share_a_task(
    named: bool, faults: list[Fault | None]
) -> None:
    clock = ManualClock()
    sandbox = Sandbox(clock=clock, seed_records=False)
    for fault in faults:
        if fault is not None:
            sandbox.faults.add(fault, operation=START)
    name = "the same" if named else None
    results: list[Any] = []
    lock = threading.Lock()

    class Time:
        def now(self) -> float:
            return clock.now().timestamp()

        def pause(self, seconds: float) -> None:
            with lock:
                clock.advance(seconds)
            time.sleep(0.01)  # The other threads share this clock, and need real time to get on.

        async def pause_async(self, seconds: float) -> None:
            clock.advance(seconds)
            await asyncio.sleep(0)

    async def run_async() -> None:
        async with AsyncA2E(region="sandbox", http_client=SandboxTransport(sandbox)) as a2e:
            a2e.api.clock = Time()  # type: ignore[assignment]
            tasks = a2e.face_swap.tasks
            results.extend(
                await asyncio.gather(
                    *(tasks.create(face=FACE, video=VIDEO, name=name) for _ in range(4)),
                    return_exceptions=True,
                )
            )

    def run_threads() -> None:
        a2e = A2E(region="sandbox", http_client=SandboxTransport(sandbox))
        a2e.api.clock = Time()  # type: ignore[assignment]

        def one() -> None:
            try:
                results.append(a2e.face_swap.tasks.create(face=FACE, video=VIDEO, name=name))
            except errors.A2EError as error:
                results.append(error)

        threads = [threading.Thread(target=one) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    asyncio.run(run_async())
    clock.advance(60)
    run_threads()
    ids = [result.id for result in results if not isinstance(result, BaseException)]
    assert len(results) == 8
    assert len(ids) == len(set(ids)), "no task is handed out twice"
    for result in results:
        if isinstance(result, BaseException):
            assert isinstance(result, errors.A2EError)
    made = [row["_id"] for row in sandbox.face_swap_tasks()]
    assert set(made) == set(ids), "everything that was started was found"
