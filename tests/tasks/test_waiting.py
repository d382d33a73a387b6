"""Waits that end by their deadline, cost few requests and lose nothing (promise 2)."""

from __future__ import annotations

import asyncio
import itertools
import math
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from a2e_sdk import A2E, AsyncA2E, TaskStatus, errors
from a2e_sdk._tasks.polling import GRACE_SECONDS, interval
from a2e_sdk.models import FaceSwapTask
from a2e_sdk.sandbox import Fault, ManualClock, Sandbox
from a2e_sdk.sandbox.transport import SandboxTransport
from driver import Driver

FACE = "https://example.com/face.png"
VIDEO = "https://example.com/clip.mp4"
GET = "get_face_swap_task"
LIST = "list_face_swap_tasks"
MANY = "get_many_face_swap_tasks"

pytestmark = pytest.mark.usefixtures("pauses")


@pytest.fixture
def sandbox(clock: ManualClock) -> Sandbox:
    """Tasks take 36 seconds; there are no records to learn from."""
    return Sandbox(
        clock=clock,
        seed_records=False,
        processing_after=5,
        completed_after=36,
        log_limit=100_000,
    )


def start(driver: Driver, a2e: Any) -> FaceSwapTask:
    task: FaceSwapTask = driver.run(a2e.face_swap.tasks.create(face=FACE, video=VIDEO))
    return task


def test_it_returns_the_finished_task_and_tells_each_change(
    driver: Driver, a2e: Any, clock: ManualClock
) -> None:
    task = start(driver, a2e)
    began = clock.now()
    seen: list[TaskStatus] = []
    done = driver.run(
        a2e.face_swap.tasks.wait(task, on_update=lambda task: seen.append(task.status))
    )
    assert done.status is TaskStatus.SUCCEEDED
    assert done.result_url
    assert seen == [TaskStatus.QUEUED, TaskStatus.RUNNING, TaskStatus.SUCCEEDED]
    assert 36 <= (clock.now() - began).total_seconds() <= 46


def test_the_id_alone_is_enough(driver: Driver, a2e: Any, sandbox: Sandbox) -> None:
    task = start(driver, a2e)
    other = driver.client(region="sandbox", http_client=SandboxTransport(sandbox))
    assert driver.run(other.face_swap.tasks.wait(task.id)).id == task.id


def test_a_task_that_has_ended_costs_no_request(
    driver: Driver, a2e: Any, sandbox: Sandbox, clock: ManualClock
) -> None:
    task = start(driver, a2e)
    clock.advance(100)
    done = driver.run(a2e.face_swap.tasks.get(task))
    requests = len(sandbox.requests)
    assert driver.run(a2e.face_swap.tasks.wait(done)) is done
    assert len(sandbox.requests) == requests


def test_a_failed_task_is_raised_with_its_reason(
    driver: Driver, a2e: Any, sandbox: Sandbox
) -> None:
    sandbox.fail_next("no face found", code="42")
    task = start(driver, a2e)
    with pytest.raises(errors.TaskFailedError, match=r"no face found \(code 42\)") as caught:
        driver.run(a2e.face_swap.tasks.wait(task))
    assert caught.value.task_id == task.id
    assert caught.value.task is not None
    assert caught.value.task.status is TaskStatus.FAILED


def test_the_deadline_holds_and_says_what_is_still_running(
    driver: Driver, a2e: Any, sandbox: Sandbox, clock: ManualClock
) -> None:
    task = start(driver, a2e)
    began = clock.now()
    with pytest.raises(errors.WaitTimeoutError, match="is still processing after 10 s") as caught:
        driver.run(a2e.face_swap.tasks.wait(task, timeout=10))
    assert (clock.now() - began).total_seconds() == pytest.approx(10, abs=0.01)
    error = caught.value
    assert (error.task_id, error.task_ids) == (task.id, (task.id,))
    assert error.task is not None
    assert error.task.status is TaskStatus.RUNNING
    assert driver.run(a2e.face_swap.tasks.wait(error.task)).status is TaskStatus.SUCCEEDED


def test_a_deadline_holds_while_every_read_fails(
    driver: Driver, a2e: Any, sandbox: Sandbox, clock: ManualClock
) -> None:
    task = start(driver, a2e)
    sandbox.faults.add(Fault.http(502), times=None)
    began = clock.now()
    with pytest.raises(errors.WaitTimeoutError, match="still initialized") as caught:
        driver.run(a2e.face_swap.tasks.wait(task, timeout=60))
    assert (clock.now() - began).total_seconds() <= 60.01
    assert caught.value.task_id == task.id


@pytest.mark.parametrize(
    "fault",
    [
        Fault.http(500),
        Fault.http(520),
        Fault.drop_after_read(),
        Fault.drop_before(),
        Fault.truncated_json(),
        Fault.rate_limited(retry_after=5),
        Fault.rate_limited(retry_after=90),
        Fault.code(1001),
        Fault.null_data(),
        Fault.code(404, status=404),
        Fault.code(400, status=400),
    ],
)
def test_reads_that_fail_do_not_end_it(
    driver: Driver, a2e: Any, sandbox: Sandbox, fault: Fault
) -> None:
    task = start(driver, a2e)
    sandbox.faults.add(fault, operation=GET, times=5)
    assert driver.run(a2e.face_swap.tasks.wait(task)).status is TaskStatus.SUCCEEDED


def test_retry_after_is_honoured(driver: Driver, a2e: Any, sandbox: Sandbox) -> None:
    task = start(driver, a2e)
    sandbox.faults.add(Fault.rate_limited(retry_after=300), operation=GET)
    driver.run(a2e.face_swap.tasks.wait(task, poll=2))
    moments = [entry.at for entry in sandbox.requests if entry.operation == GET]
    gaps = [(b - a).total_seconds() for a, b in itertools.pairwise(moments)]
    assert max(gaps) >= 300


def test_a_key_that_is_refused_ends_it_at_once(driver: Driver, a2e: Any, sandbox: Sandbox) -> None:
    task = start(driver, a2e)
    sandbox.faults.add(Fault.code(401, status=401), times=None)
    with pytest.raises(errors.AuthenticationError):
        driver.run(a2e.face_swap.tasks.wait(task))


def test_an_unknown_word_counts_as_running(driver: Driver, a2e: Any, sandbox: Sandbox) -> None:
    sandbox.status_word_next("warming_up")
    task = start(driver, a2e)
    words: list[str | None] = []
    done = driver.run(
        a2e.face_swap.tasks.wait(task, on_update=lambda task: words.append(task.raw_status))
    )
    assert done.status is TaskStatus.SUCCEEDED
    assert "warming_up" in words


def test_a_task_that_stays_unknown_ends_it_after_a_grace(
    driver: Driver, a2e: Any, clock: ManualClock
) -> None:
    began = clock.now()
    with pytest.raises(errors.NotFoundError, match="0" * 24):
        driver.run(a2e.face_swap.tasks.wait("0" * 24))
    assert GRACE_SECONDS <= (clock.now() - began).total_seconds() <= GRACE_SECONDS + 10


@pytest.mark.parametrize(
    "options", [{"timeout": 0}, {"timeout": -1}, {"poll": 0}, {"timeout": math.inf}]
)
def test_wrong_numbers_are_refused(driver: Driver, a2e: Any, options: Any) -> None:
    with pytest.raises(ValueError, match="must be above 0 seconds"):
        driver.run(a2e.face_swap.tasks.wait("0" * 24, **options))


def test_run_starts_and_waits(driver: Driver, a2e: Any, sandbox: Sandbox) -> None:
    seen: list[TaskStatus] = []
    done = driver.run(
        a2e.face_swap.tasks.run(
            face=FACE, video=VIDEO, on_update=lambda task: seen.append(task.status)
        )
    )
    assert done.status is TaskStatus.SUCCEEDED
    assert seen[0] is TaskStatus.QUEUED
    assert sandbox.requests.count("add_face_swap_task") == 1


def test_run_checks_everything_before_it_starts(driver: Driver, a2e: Any, sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="timeout"):
        driver.run(a2e.face_swap.tasks.run(face=FACE, video=VIDEO, timeout=0))
    assert len(sandbox.requests) == 0


def test_many_tasks_come_in_the_order_in_which_they_end(
    driver: Driver, a2e: Any, sandbox: Sandbox, clock: ManualClock
) -> None:
    tasks = []
    for number in range(5):
        if number == 2:
            sandbox.fail_next("no face found")
        tasks.append(start(driver, a2e))
        clock.advance(7)
    ended = driver.items(a2e.wait_many(reversed(tasks)))
    assert [task.id for task in ended] == [task.id for task in tasks]
    assert [task.status for task in ended].count(TaskStatus.FAILED) == 1, "yielded, not raised"


@pytest.mark.trio_nightly
@pytest.mark.once
def test_a_thousand_tasks_cost_about_ten_requests_a_tick(
    driver: Driver, a2e: Any, sandbox: Sandbox, clock: ManualClock
) -> None:
    count = 1000 if driver.mode == "sync" else 300
    tasks = [start(driver, a2e) for _ in range(count)]
    asked = len(sandbox.requests)
    ended = driver.items(a2e.wait_many(tasks))
    assert len({task.id for task in ended}) == count
    reads = (
        sandbox.requests.count(GET) + sandbox.requests.count(LIST) + sandbox.requests.count(MANY)
    )
    moments = {entry.at for entry in list(sandbox.requests)[asked:]}
    assert reads / len(moments) <= count / 100 + 1


def test_without_a_batch_operation_the_list_is_read(
    driver: Driver, a2e: Any, sandbox: Sandbox
) -> None:
    tasks = [start(driver, a2e) for _ in range(150)]
    sandbox.faults.add(Fault.http(404), operation=MANY, times=None)
    ended = driver.items(a2e.wait_many(tasks))
    assert len(ended) == 150
    assert sandbox.requests.count(MANY) == 1, "it is not tried again"
    assert sandbox.requests.count(GET) < 150


@pytest.mark.trio_nightly
def test_tasks_that_only_a_list_tells_of_are_not_taken_for_lost_however_many_they_are(
    driver: Driver, a2e: Any, sandbox: Sandbox
) -> None:
    sandbox.set_pace(processing_after=50, completed_after=100)
    tasks = [driver.run(a2e.seedance.create(prompt=f"sea {number}")) for number in range(230)]
    ended = driver.items(a2e.wait_many(tasks))
    assert {task.id for task in ended} == {task.id for task in tasks}
    assert sandbox.requests.count("list_seedance_tasks") < 230, "it is gone through for all"


@pytest.mark.trio_nightly
def test_tasks_that_are_read_one_by_one_all_have_their_turn(
    driver: Driver, a2e: Any, sandbox: Sandbox
) -> None:
    sandbox.set_pace(processing_after=50, completed_after=100)
    tasks = [start(driver, a2e) for _ in range(40)]
    sandbox.faults.add(Fault.http(500), operation=LIST, times=None)
    sandbox.faults.add(Fault.code(404, status=404), operation=MANY, times=None)
    ended = driver.items(a2e.wait_many(tasks, timeout=400))
    assert {task.id for task in ended} == {task.id for task in tasks}


def test_the_time_out_of_many_names_what_is_running(
    driver: Driver, a2e: Any, clock: ManualClock
) -> None:
    first = start(driver, a2e)
    clock.advance(30)
    rest = [start(driver, a2e) for _ in range(3)]
    ended: list[str] = []

    def note(taken: list[Any]) -> bool:
        ended.append(taken[-1].id)
        return False

    with pytest.raises(
        errors.WaitTimeoutError, match="3 tasks have not ended after 20 s"
    ) as caught:
        driver.items(a2e.wait_many([first, *rest], timeout=20), note)
    assert ended == [first.id]
    assert set(caught.value.task_ids) == {task.id for task in rest}
    assert {task.id for task in caught.value.tasks} == {task.id for task in rest}


@pytest.mark.parametrize(
    "fault",
    [Fault.http(500), Fault.code(404, status=404), Fault.null_data(), Fault.code(400, status=400)],
)
def test_a_list_that_can_not_be_read_is_done_without(
    driver: Driver, a2e: Any, sandbox: Sandbox, fault: Fault
) -> None:
    tasks = [start(driver, a2e) for _ in range(2)]
    sandbox.faults.add(fault, operation=LIST, times=None)
    ended = driver.items(a2e.wait_many(tasks, timeout=60))
    assert {task.id for task in ended} == {task.id for task in tasks}
    assert sandbox.requests.count(LIST) >= 1
    assert driver.run(a2e.face_swap.tasks.wait(tasks[0].id)).status is TaskStatus.SUCCEEDED


@pytest.mark.parametrize("fault", [Fault.http(500), Fault.code(404, status=404)])
def test_without_a_list_and_a_common_read_tasks_are_read_by_their_ids(
    driver: Driver, a2e: Any, sandbox: Sandbox, fault: Fault
) -> None:
    tasks = [start(driver, a2e) for _ in range(3)]
    sandbox.faults.add(fault, operation=LIST, times=None)
    sandbox.faults.add(Fault.code(404, status=404), operation=MANY, times=None)
    ended = driver.items(a2e.wait_many(tasks, timeout=60))
    assert {task.id for task in ended} == {task.id for task in tasks}
    assert sandbox.requests.count(GET) >= 3


@pytest.mark.parametrize(
    ("status", "kind"), [(401, errors.AuthenticationError), (403, errors.PermissionDeniedError)]
)
def test_a_key_that_the_list_refuses_ends_the_wait(
    driver: Driver, a2e: Any, sandbox: Sandbox, status: int, kind: type[errors.APIError]
) -> None:
    tasks = [start(driver, a2e) for _ in range(2)]
    sandbox.faults.add(Fault.code(status, status=status), operation=LIST, times=None)
    with pytest.raises(kind):
        driver.items(a2e.wait_many(tasks, timeout=60))


def test_many_ids_go_to_the_family(driver: Driver, a2e: Any) -> None:
    tasks = [start(driver, a2e) for _ in range(3)]
    ended = driver.items(a2e.face_swap.tasks.wait_many([task.id for task in tasks]))
    assert {task.id for task in ended} == {task.id for task in tasks}
    with pytest.raises(TypeError, match="takes tasks"):
        driver.items(a2e.wait_many([tasks[0].id]))


def test_none_to_wait_for_is_none(driver: Driver, a2e: Any, sandbox: Sandbox) -> None:
    assert driver.items(a2e.wait_many([])) == []
    assert len(sandbox.requests) == 0


def test_missing_tasks_are_named_after_the_others_have_ended(driver: Driver, a2e: Any) -> None:
    task = start(driver, a2e)
    ended: list[Any] = []
    with pytest.raises(errors.NotFoundError, match="0" * 24):
        driver.items(
            a2e.face_swap.tasks.wait_many([task.id, "0" * 24]),
            lambda taken: ended.append(taken[-1].id),  # type: ignore[func-returns-value]
        )
    assert ended == [task.id]


def test_it_learns_from_the_records_when_to_look(
    driver: Driver, sandbox: Sandbox, clock: ManualClock, a2e: Any
) -> None:
    for _ in range(30):
        start(driver, a2e)
    clock.advance(60)
    fresh = driver.client(region="sandbox", http_client=SandboxTransport(sandbox))
    task = start(driver, fresh)
    asked, began = len(sandbox.requests), clock.now()
    driver.run(fresh.face_swap.tasks.wait(task))
    assert len(sandbox.requests) - asked <= 4
    assert (clock.now() - began).total_seconds() <= 38


def test_one_record_that_took_hours_does_not_delay_the_others(
    driver: Driver, clock: ManualClock
) -> None:
    """The three records of the reference page took 36 s, 48 s and, the third, 8 hours."""
    sandbox = Sandbox(clock=clock, completed_after=90)
    a2e = driver.client(region="sandbox", http_client=SandboxTransport(sandbox))
    task = start(driver, a2e)
    began = clock.now()
    assert driver.run(a2e.face_swap.tasks.wait(task)).status is TaskStatus.SUCCEEDED
    assert (clock.now() - began).total_seconds() <= 90 * 1.3


def test_interrupting_a_wait_leaves_nothing_behind(sandbox: Sandbox) -> None:
    with A2E(region="sandbox", http_client=SandboxTransport(sandbox)) as blocking:
        task = blocking.face_swap.tasks.create(face=FACE, video=VIDEO)

        def interrupt(_: object) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            blocking.face_swap.tasks.wait(task, on_update=interrupt)

    async def cancel() -> None:
        async with AsyncA2E(region="sandbox", http_client=SandboxTransport(sandbox)) as a2e:
            reached = asyncio.Event()

            async def forever(_: float) -> None:
                reached.set()
                await asyncio.Event().wait()

            a2e.api.clock.pause_async = forever  # type: ignore[method-assign]
            waiting = asyncio.ensure_future(a2e.face_swap.tasks.wait(task.id))
            await reached.wait()
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            assert len(asyncio.all_tasks()) == 1

    asyncio.run(cancel())


@given(
    st.floats(0, 1e5),
    st.lists(st.floats(0.001, 1e5), max_size=60).map(sorted),
    st.floats(0, 1, exclude_max=True),
)
def test_intervals_are_sane(elapsed: float, durations: list[float], chance: float) -> None:
    gap = interval(elapsed, durations, chance)
    assert gap >= 0.45
    if durations and elapsed < durations[0]:
        assert elapsed + gap <= max(durations[0] * 1.1, elapsed + 25), "no later than the first"
    else:
        assert gap <= max(0.3 * elapsed, 25)


@pytest.mark.parametrize("fixed", [1.0, 3.0, 10.0])
def test_learnt_looks_are_better_than_fixed_ones(fixed: float) -> None:
    """Fewer requests than any that is as soon, sooner than any with as few requests."""
    chance = random.Random(1)

    def duration() -> float:
        return max(5.0, chance.gauss(36, 4))

    known = sorted(duration() for _ in range(50))
    looks = delay = fixed_looks = fixed_delay = 0.0
    for _ in range(500):
        ends, now = duration(), 0.0
        while now < ends:
            now += interval(now, known, chance.random())
            looks += 1
        delay += now - ends
        fixed_looks += math.ceil(ends / fixed)
        fixed_delay += math.ceil(ends / fixed) * fixed - ends
    assert looks < fixed_looks or fixed == 10.0
    assert delay < fixed_delay or fixed == 1.0


def test_a_wait_under_way_ends_when_its_client_is_closed(
    sandbox: Sandbox, pauses: list[float]
) -> None:
    client = A2E(region="sandbox", http_client=SandboxTransport(sandbox))
    task = client.face_swap.tasks.create(face=FACE, video=VIDEO)
    with pytest.raises(errors.ConfigurationError, match="closed"):
        client.face_swap.tasks.wait(task, poll=0.5, on_update=lambda _: client.close())
    assert sum(pauses) < 60
