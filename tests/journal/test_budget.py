"""A budget is never overspent: by any number of tasks, threads or processes, over any clock."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from journal_cases import (
    FACE_SWAP,
    WAN,
    client,
    paid,
    require_sums_agree,
    require_whole,
    spent,
    starts,
)

from a2e_sdk import A2E, Budget, EntryState, errors
from a2e_sdk.sandbox import Fault, ManualClock, SandboxForTests
from a2e_sdk.sandbox.http_server import serve
from driver import Driver


class Killed(BaseException):
    """Stands for the end of the process."""


PRICE = 50  # of a wan_25 in the sandbox
START = "start_wan_25_task"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(100)
UPLOAD = 1


def refused(
    driver: Driver, create: Callable[..., Any], **arguments: Any
) -> errors.BudgetExceededError:
    with pytest.raises(errors.BudgetExceededError) as caught:
        driver.run(create(**arguments))
    return caught.value


# What a start is held to


def test_what_exceeds_the_budget_is_refused_before_it_is_sent_and_says_all_four_numbers(
    driver: Driver, new_client: Callable[..., Any], sandbox: SandboxForTests, path: Path
) -> None:
    a2e = new_client(budget=PRICE * 2 + 20)
    for _ in range(2):
        driver.run(a2e.wan_25.create(**WAN))
    error = refused(driver, a2e.wan_25.create, key="one", **WAN)
    assert (error.limit, error.spent, error.reserved, error.price) == (120, 100, 0, 50)
    assert str(error) == (
        "the budget of 120 coins does not allow a start of 50 coins: 100 are spent and 0 reserved. "
        "Nothing was sent; raise the budget"
    )
    assert sandbox.requests.count(START) == 2
    assert driver.run(a2e.journal.get("one")) is None
    more = new_client(budget=1_000)
    assert driver.run(more.wan_25.create(key="one", **WAN)).id, "the key stays free"
    require_sums_agree(path)


def test_a_key_that_was_started_needs_no_budget_any_more(
    driver: Driver, new_client: Callable[..., Any], sandbox: SandboxForTests
) -> None:
    a2e = new_client(budget=PRICE)
    task = driver.run(a2e.wan_25.create(key="one", **WAN))
    asked = sandbox.requests.count("get_quote")
    assert driver.run(a2e.wan_25.create(key="one", **WAN)).id == task.id
    assert sandbox.requests.count("get_quote") == asked, "nor is its price asked again"


@pytest.mark.parametrize("journal", [True, False], ids=["journal", "no journal"])
def test_a_budget_holds_with_and_without_a_journal(
    driver: Driver,
    new_client: Callable[..., Any],
    sandbox: SandboxForTests,
    path: Path,
    journal: bool,
) -> None:
    a2e = new_client(path if journal else None, budget=Budget(coins=PRICE))
    driver.run(a2e.wan_25.create(**WAN))
    refused(driver, a2e.wan_25.create, **WAN)
    refused(driver, a2e.with_options(timeout=5).wan_25.create, **WAN)
    other = new_client(path if journal else None, budget=PRICE)
    if journal:
        refused(driver, other.wan_25.create, **WAN)
    else:
        driver.run(other.wan_25.create(**WAN))
        if isinstance(path, Path):
            assert not list(path.parent.iterdir())


def test_a_refusal_releases_what_was_reserved_and_an_unknown_outcome_keeps_it(
    driver: Driver, new_client: Callable[..., Any], sandbox: SandboxForTests, path: Path
) -> None:
    a2e = new_client(budget=PRICE)
    sandbox.faults.add(Fault.code(1001, "busy"), operation=START, times=50)
    with pytest.raises(errors.APIError):
        driver.run(a2e.wan_25.create(key="one", **WAN))
    assert driver.run(a2e.journal.spent()).reserved == 0
    sandbox.faults.clear()
    # It is sent, never handled, and its response is a gateway's.
    sandbox.faults.add(Fault.http(502), operation=START, times=1)
    with pytest.raises(errors.SubmissionUnknownError):
        driver.run(a2e.wan_25.create(key="one", **WAN))
    spending = driver.run(a2e.journal.spent())
    assert (spending.spent, spending.reserved, spending.left) == (0, PRICE, 0)
    refused(driver, a2e.wan_25.create, key="two", **WAN)
    driver.run(a2e.journal.resolve("one", decision="not_started"))
    assert driver.run(a2e.journal.spent()).left == PRICE
    driver.run(a2e.wan_25.create(key="two", **WAN))
    require_sums_agree(path)


def test_a_start_is_settled_by_what_its_task_says_that_it_cost(
    driver: Driver, new_client: Callable[..., Any], sandbox: SandboxForTests, path: Path
) -> None:
    a2e = new_client(budget=1_000)
    sandbox.faults.add(
        Fault.json({"code": 0, "data": {"cost": PRICE * 4, "coins": PRICE * 4}}),
        operation="get_quote",
        times=1,
    )
    driver.run(a2e.wan_25.create(key="one", **WAN))
    entry = driver.run(a2e.journal.get("one"))
    assert entry.quote == PRICE * 4
    assert entry.coins == PRICE, "as its record says"
    assert driver.run(a2e.journal.spent()).spent == PRICE == spent(sandbox)
    require_sums_agree(path)


def test_uploads_are_counted_and_free_when_the_content_is_there(
    driver: Driver, new_client: Callable[..., Any], sandbox: SandboxForTests, path: Path
) -> None:
    a2e = new_client(budget=1_000)
    start = {"face": PICTURE, "video": FACE_SWAP["video"]}
    driver.run(a2e.face_swap.tasks.create(**start))
    assert driver.run(a2e.journal.spent()).spent == spent(sandbox) == 10 + UPLOAD
    driver.run(a2e.face_swap.tasks.create(**start))
    assert driver.run(a2e.journal.spent()).spent == spent(sandbox) == 20 + UPLOAD
    error = refused(
        driver,
        new_client(budget=31).face_swap.tasks.create,
        face=PICTURE + b"!",
        video="https://example.com/v.mp4",
    )
    assert error.price == 10 + UPLOAD
    require_sums_agree(path)


def test_an_upload_of_a_start_that_is_refused_stays_spent(
    driver: Driver, new_client: Callable[..., Any], sandbox: SandboxForTests, path: Path
) -> None:
    a2e = new_client(budget=1_000)
    sandbox.faults.add(Fault.code(1001, "busy"), operation="add_face_swap_task", times=50)
    with pytest.raises(errors.APIError):
        driver.run(a2e.face_swap.tasks.create(face=PICTURE, video=FACE_SWAP["video"]))
    spending = driver.run(a2e.journal.spent())
    assert (spending.spent, spending.reserved) == (UPLOAD, 0)
    assert spent(sandbox) == UPLOAD
    require_sums_agree(path)


def test_max_coins_holds_one_call_with_and_without_a_journal_or_budget(
    driver: Driver, new_client: Callable[..., Any], sandbox: SandboxForTests, path: Path
) -> None:
    for a2e in (new_client(), new_client(None), new_client(budget=1_000)):
        error = refused(driver, a2e.wan_25.create, max_coins=PRICE - 1, **WAN)
        assert (error.limit, error.price) == (PRICE - 1, PRICE)
        assert "max_coins is 49" in str(error)
        assert driver.run(a2e.wan_25.create(max_coins=PRICE, **WAN)).id
    assert starts(sandbox) == 3


@pytest.mark.parametrize("bad", [-1, float("nan"), float("inf"), "5", True, 1e12])
def test_coins_that_are_none_are_refused(
    driver: Driver, new_client: Callable[..., Any], sandbox: SandboxForTests, bad: Any
) -> None:
    with pytest.raises((ValueError, TypeError), match="max_coins"):
        driver.run(new_client(None).wan_25.create(max_coins=bad, **WAN))
    with pytest.raises(errors.ConfigurationError, match="budget"):
        new_client(None, budget=bad)
    assert len(sandbox.requests) == 0


def test_without_a_price_a_start_is_refused_unless_the_call_says_what_it_may_cost(
    driver: Driver, new_client: Callable[..., Any], sandbox: SandboxForTests, path: Path
) -> None:
    a2e = new_client(budget=100)
    sandbox.faults.add(
        Fault.code(400, "no such price", status=400), operation="get_quote", times=50
    )
    error = refused(driver, a2e.wan_25.create, key="one", **WAN)
    assert error.price is None
    assert "max_coins=" in str(error)
    assert sandbox.requests.count(START) == 0
    refused(driver, a2e.wan_25.create, key="one", max_coins=101, **WAN)
    driver.run(a2e.wan_25.create(key="one", max_coins=80, **WAN))
    assert driver.run(a2e.journal.spent()).spent == PRICE, "its record told"
    assert driver.run(a2e.journal.get("one")).quote is None
    require_sums_agree(path)


def test_a_price_that_cannot_be_asked_stops_the_start(
    driver: Driver, new_client: Callable[..., Any], sandbox: SandboxForTests
) -> None:
    a2e = new_client(budget=100, max_retries=0)
    sandbox.faults.add(Fault.http(503), operation="get_quote", times=50)
    with pytest.raises(errors.APIError):
        driver.run(a2e.wan_25.create(key="one", **WAN))
    assert sandbox.requests.count(START) == 0
    assert driver.run(a2e.journal.get("one")) is None


# Periods


@pytest.mark.parametrize(
    ("per", "first", "last", "following"),
    [
        ("hour", "2026-01-31T23:00:00", "2026-01-31T23:59:59", "2026-02-01T00:00:00"),
        ("day", "2026-01-31T00:00:00", "2026-01-31T23:59:59", "2026-02-01T00:00:00"),
        ("month", "2026-02-01T00:00:00", "2026-02-28T23:59:59", "2026-03-01T00:00:00"),
        ("month", "2028-02-01T00:00:00", "2028-02-29T23:59:59", "2028-03-01T00:00:00"),
        ("day", "2026-12-31T00:00:00", "2026-12-31T23:59:59", "2027-01-01T00:00:00"),
    ],
)
def test_a_period_ends_at_its_edge_by_utc_and_not_a_second_before(
    driver: Driver, path: Path, per: Any, first: str, last: str, following: str
) -> None:
    def at(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)

    sandbox = SandboxForTests(clock=ManualClock(at(first)), seed_records=False)
    a2e = client(driver, sandbox, path, budget=Budget(coins=PRICE, per=per))
    driver.run(a2e.wan_25.create(**WAN))
    assert driver.run(a2e.journal.spent()).since == at(first)
    sandbox.clock.advance((at(last) - at(first)).total_seconds())
    error = refused(driver, a2e.wan_25.create, **WAN)
    assert f"per {per}" in str(error)
    assert f"wait for the next {per}" in str(error)
    sandbox.clock.advance((at(following) - at(last)).total_seconds())
    driver.run(a2e.wan_25.create(**WAN))
    spending = driver.run(a2e.journal.spent())
    assert (spending.spent, spending.since) == (PRICE, at(following))
    everything = client(driver, sandbox, path)
    assert driver.run(everything.journal.spent()).spent == 2 * PRICE
    require_sums_agree(path)


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=40)])
def test_a_clock_that_is_set_back_opens_no_period_again(
    driver: Driver, path: Path, back: timedelta
) -> None:
    noon = datetime(2026, 5, 10, 12, tzinfo=UTC)
    budget = Budget(coins=2 * PRICE, per="hour")
    now = SandboxForTests(clock=ManualClock(noon), seed_records=False)
    driver.run(client(driver, now, path, budget=budget).wan_25.create(**WAN))
    earlier = SandboxForTests(clock=ManualClock(noon - back), seed_records=False)
    a2e = client(driver, earlier, path, budget=budget)
    driver.run(a2e.wan_25.create(key="one", **WAN))
    refused(driver, a2e.wan_25.create, **WAN)
    spending = driver.run(a2e.journal.spent())
    assert (spending.spent, spending.left, spending.since) == (2 * PRICE, 0, noon)
    # What was sent at a moment of the clock that is behind is settled by that clock all the same.
    assert driver.run(a2e.journal.get("one")).sent_at == noon - back
    right_again = client(driver, now, path, budget=budget)
    refused(driver, right_again.wan_25.create, **WAN)
    now.clock.advance(3600)
    driver.run(right_again.wan_25.create(**WAN))
    require_sums_agree(path)


@pytest.mark.parametrize("per", ["week", "", "DAY", 1])
def test_a_period_that_there_is_not_is_refused(per: Any) -> None:
    with pytest.raises(ValueError, match="hour, day, month"):
        Budget(coins=1, per=per)


# Many at once


@pytest.mark.parametrize("journal", [True, False], ids=["journal", "no journal"])
def test_tasks_and_threads_at_once_never_overspend(
    driver: Driver,
    new_client: Callable[..., Any],
    sandbox: SandboxForTests,
    path: Path,
    journal: bool,
) -> None:
    a2e = new_client(path if journal else None, budget=10 * PRICE + PRICE - 1)
    outcomes: list[bool] = []
    if driver.mode == "sync":

        def start(_: int) -> None:
            try:
                a2e.wan_25.create(**WAN)
                outcomes.append(True)
            except errors.BudgetExceededError:
                outcomes.append(False)

        with ThreadPoolExecutor(16) as pool:
            list(pool.map(start, range(60)))
    else:

        async def start_async() -> None:
            try:
                await a2e.wan_25.create(**WAN)
                outcomes.append(True)
            except errors.BudgetExceededError:
                outcomes.append(False)

        async def main() -> None:
            import anyio

            async with anyio.create_task_group() as group:
                for _ in range(60):
                    group.start_soon(start_async)

        driver.call(main)
    assert sum(outcomes) == starts(sandbox) == 10
    assert len(outcomes) == 60
    assert spent(sandbox) == 10 * PRICE


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_eight_processes_on_one_journal_and_one_budget_pay_no_key_twice_and_no_coin_over(
    path: Path,
) -> None:
    keys, limit = 60, 45 * PRICE + 20
    sandbox = SandboxForTests(seed_records=False)
    with serve(sandbox) as server:

        def work(number: int) -> dict[str, int]:
            order = [f"key {at}" for at in range(keys)]
            random.Random(number).shuffle(order)
            counts = {"made": 0, "over": 0}
            with A2E("sk_test_0123456789", base_url=server.url, journal=path, budget=limit) as a2e:

                def start(key: str) -> bool:
                    try:
                        return bool(a2e.wan_25.create(key=key, **WAN).id)
                    except errors.BudgetExceededError:
                        return False

                with ThreadPoolExecutor(3) as pool:
                    for made in pool.map(start, order):
                        counts["made" if made else "over"] += 1
            return counts

        outcomes = in_children(work, 8)
        assert all(counts["made"] + counts["over"] == keys for counts in outcomes), outcomes
        with A2E("sk_test_0123456789", base_url=server.url, journal=path, budget=limit) as a2e:
            spending = a2e.journal.spent()
            entries = list(a2e.journal.entries())
    assert starts(sandbox) == 45, "as many as the budget allows"
    assert set(paid(sandbox).values()) == {1}
    assert spent(sandbox) == spending.spent == 45 * PRICE
    assert spending.reserved == 0
    assert len({entry.key for entry in entries}) == len(entries) == 45
    assert {entry.state for entry in entries} == {EntryState.STARTED}
    require_whole(path)
    require_sums_agree(path)


def in_children(work: Callable[[int], Any], count: int) -> list[Any]:
    """Return what a function gives in forked children."""
    pipes = []
    for number in range(count):
        readable, writable = os.pipe()
        child = os.fork()
        if child == 0:  # pragma: no cover - measured in no process that is forked
            signal.alarm(120)
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


def test_a_reservation_of_a_call_that_ended_before_it_sent_anything_is_freed_when_it_is_needed(
    driver: Driver, new_client: Callable[..., Any], sandbox: SandboxForTests, path: Path
) -> None:
    """Such a start has no key that anybody would call again."""
    from a2e_sdk._async.tasks.file_contents import AsyncFileContents
    from a2e_sdk._sync.tasks.file_contents import FileContents

    a2e = new_client(budget=60)
    contents: Any = FileContents if driver.mode == "sync" else AsyncFileContents
    with pytest.MonkeyPatch.context() as patch:
        # As if killed: nothing is written down behind it.
        patch.setattr(contents, "uploaded", _dies(driver))
        notes = (
            "a2e_sdk._sync.tasks.journalled.keep"
            if driver.mode == "sync"
            else ("a2e_sdk._async.tasks.journalled.keep_async")
        )
        patch.setattr(notes, _dies(driver))
        with contextlib.suppress(Killed):
            driver.run(a2e.face_swap.tasks.create(face=PICTURE, video=FACE_SWAP["video"]))
    a2e.api.journal.steps.locks._held.clear()  # The locks of a process end with it.
    assert driver.run(a2e.journal.spent()).reserved == 10 + UPLOAD
    driver.run(a2e.wan_25.create(**WAN))
    spending = driver.run(a2e.journal.spent())
    assert (spending.spent, spending.reserved) == (PRICE + UPLOAD, 0)
    require_sums_agree(path)


def _dies(driver: Driver) -> Any:
    def dies(*_: Any, **__: Any) -> Any:
        raise Killed

    async def dies_async(*_: Any, **__: Any) -> Any:
        raise Killed

    return dies if driver.mode == "sync" else dies_async
