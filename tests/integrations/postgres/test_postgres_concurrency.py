"""Many tasks, threads and processes at once on one journal of a server."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from journal_cases import WAN, client, paid, require_sums_agree, rows, starts

from a2e_sdk.sandbox import SandboxForTests
from a2e_sdk.sandbox.transport import SandboxTransport
from driver import Driver

pytest.importorskip("psycopg")


@pytest.mark.parametrize("driver", ["async", "trio"], indirect=True)
def test_many_tasks_at_once_are_each_paid_once(
    driver: Driver, sandbox: SandboxForTests, postgres_journal: str
) -> None:
    # By the real clock: one that is turned by whoever waits runs away.
    a2e = driver.client(
        region="sandbox",
        http_client=SandboxTransport(sandbox),
        journal=postgres_journal,
        max_concurrency=50,
        budget=100_000,
    )
    count = 300 if driver.mode == "async" else 60

    async def main() -> None:
        import anyio

        async with anyio.create_task_group() as group:
            for number in range(count):
                # Each key twice.
                group.start_soon(create, f"key {number // 2}")

    async def create(key: str) -> None:
        tasks.setdefault(key, set()).add((await a2e.wan_25.create(key=key, **WAN)).id)

    tasks: dict[str, set[str]] = {}
    driver.call(main)
    assert all(len(found) == 1 for found in tasks.values())
    assert len(tasks) == starts(sandbox) == count // 2
    assert set(paid(sandbox).values()) == {1}
    require_sums_agree(postgres_journal)


@pytest.mark.parametrize("driver", ["sync"], indirect=True)
def test_many_threads_of_two_clients_with_two_urls_pay_each_key_once(
    driver: Driver, sandbox: SandboxForTests, postgres_journal: str
) -> None:
    other = postgres_journal.replace("/postgres?", "/postgres?connect_timeout=9&")
    clients = [
        driver.client(region="sandbox", http_client=SandboxTransport(sandbox), journal=url)
        for url in (postgres_journal, other)
    ]

    def create(number: int) -> str:
        return str(clients[number % 2].wan_25.create(key=f"key {number // 4}", **WAN).id)

    with ThreadPoolExecutor(12) as pool:
        ids = list(pool.map(create, range(80)))
    assert len(set(ids)) == starts(sandbox) == 20
    require_sums_agree(postgres_journal)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
@pytest.mark.parametrize("driver", ["sync"], indirect=True)
def test_a_child_of_a_process_that_used_it_has_a_connection_of_its_own(
    driver: Driver, sandbox: SandboxForTests, postgres_journal: str
) -> None:
    a2e = client(driver, sandbox, postgres_journal)  # type: ignore[arg-type]
    first = a2e.wan_25.create(key="first", **WAN)
    owner = a2e.api.journal.steps.locks.owner
    child = os.fork()
    if child == 0:  # pragma: no cover - measured in no process that is forked
        same = a2e.wan_25.create(key="first", **WAN).id == first.id
        a2e.wan_25.create(key="child", **WAN)
        os._exit(0 if same and a2e.api.journal.steps.locks.owner != owner else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert a2e.wan_25.create(key="second", **WAN).id
    assert a2e.api.journal.steps.locks.owner == owner, "its connection is still its own"
    assert rows(postgres_journal, "SELECT key FROM entries ORDER BY id") == [
        ("first",),
        ("child",),
        ("second",),
    ]


@pytest.mark.parametrize("driver", ["async"], indirect=True)
def test_places_that_are_let_go_by_the_collector_are_given_back(
    driver: Driver, sandbox: SandboxForTests, postgres_journal: str, new_client: Callable[..., Any]
) -> None:
    import gc

    from journal_cases import take, until

    a2e = new_client(postgres_journal)
    driver.run(a2e.journal.spent())
    holds = [take(a2e, place) for place in range(1_000_001, 1_001_201)]
    assert rows(postgres_journal, "SELECT count(*) FROM holds") == [(1_200,)]
    thread = threading.Thread(target=holds.clear)
    thread.start()
    thread.join()
    gc.collect()
    until(lambda: rows(postgres_journal, "SELECT count(*) FROM holds") == [(0,)], 30)
