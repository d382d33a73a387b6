"""A journal goes on working in forked and spawned children, beside its parent."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from journal_cases import (
    WAN,
    file_only,
    is_taken,
    paid,
    require_sums_agree,
    require_whole,
    take,
    until,
)
from test_budget import in_children

from a2e_sdk import A2E, errors
from a2e_sdk._journal.database import Database
from a2e_sdk.sandbox import SandboxForTests
from a2e_sdk.sandbox.http_server import serve

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork"),
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]

API_KEY = "sk_test_0123456789abcdef"
START = "start_wan_25_task"


def begin(a2e: A2E, key: str) -> str:
    return a2e.wan_25.create(key=key, **WAN).id


def test_children_that_were_forked_after_the_first_start_go_on_with_the_journal(
    path: Path, sandbox: SandboxForTests
) -> None:
    with serve(sandbox) as server, A2E(API_KEY, base_url=server.url, journal=path) as a2e:
        first = begin(a2e, "first")

        def work(number: int) -> list[str]:
            return [begin(a2e, "first"), begin(a2e, f"child {number}"), begin(a2e, "shared")]

        results = in_children(work, 4)
        assert {result[0] for result in results} == {first}
        assert len({result[1] for result in results}) == 4
        assert len({result[2] for result in results}) == 1
        assert begin(a2e, "shared") == results[0][2]
        assert begin(a2e, "last") not in {one for result in results for one in result}
    assert sandbox.requests.count(START) == 7
    assert set(paid(sandbox).values()) == {1}
    require_whole(path)


def test_a_fork_in_the_middle_of_transactions_breaks_neither_process(
    path: Path, sandbox: SandboxForTests
) -> None:
    with serve(sandbox) as server, A2E(API_KEY, base_url=server.url, journal=path) as a2e:
        begin(a2e, "first")
        stop = threading.Event()
        failures: list[BaseException] = []

        def write() -> None:
            number = 0
            while not stop.is_set():
                number += 1
                try:
                    begin(a2e, f"{threading.get_ident()} {number}")
                except BaseException as error:
                    failures.append(error)

        threads = [threading.Thread(target=write) for _ in range(3)]
        for thread in threads:
            thread.start()
        for round_ in range(4):
            results = in_children(lambda number: begin(a2e, f"{round_} {number}"), 2)  # noqa: B023
            assert all(len(result) == 24 for result in results), results
        stop.set()
        for thread in threads:
            thread.join()
        assert not failures
    require_whole(path)
    assert set(paid(sandbox).values()) == {1}
    require_sums_agree(path)


@file_only
def test_a_fork_within_a_transaction_waits_for_its_end(
    path: Path, sandbox: SandboxForTests, monkeypatch: pytest.MonkeyPatch
) -> None:
    within, commit = threading.Event(), Database._commit

    def slow(database: Database, connection: Any, group: Any) -> None:
        within.set()
        time.sleep(0.3)
        commit(database, connection, group)

    with serve(sandbox) as server, A2E(API_KEY, base_url=server.url, journal=path) as a2e:
        begin(a2e, "first")
        monkeypatch.setattr(Database, "_commit", slow)
        thread = threading.Thread(target=begin, args=(a2e, "slow"))
        thread.start()
        assert within.wait(10)
        results = in_children(lambda number: begin(a2e, "of the child"), 1)
        thread.join()
        assert len(results[0]) == 24, results
    require_whole(path)


@file_only
@pytest.mark.parametrize("when", ["opens", "closes"])
def test_a_fork_while_a_thread_opens_or_closes_the_file_waits_too(
    path: Path, sandbox: SandboxForTests, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """SQLite has locks of its own then, which a child would wait for without end."""
    from a2e_sdk._journal import database as database_module
    from a2e_sdk._journal import sqlite as sqlite_module

    at_work, done = threading.Event(), threading.Event()
    connect = sqlite_module.connect

    def slow(what: Any) -> Any:
        at_work.set()
        time.sleep(0.3)
        done.set()
        return what()

    class Connection:
        def __init__(self, real: Any) -> None:
            self._real = real

        def __getattr__(self, name: str) -> Any:
            return getattr(self._real, name)

        def close(self) -> None:
            slow(self._real.close)

    def connected(place: Path | None) -> Any:
        return slow(lambda: connect(place)) if when == "opens" else Connection(connect(place))

    monkeypatch.setattr(database_module, "_IDLE_SECONDS", 0.05)
    monkeypatch.setattr(sqlite_module, "connect", connected)
    a2e = sandbox.client(journal=path)
    thread = threading.Thread(target=a2e.wan_25.create, kwargs=WAN)
    thread.start()
    assert at_work.wait(10)
    assert in_children(lambda number: done.is_set(), 1) == [True]
    thread.join()


def test_a_child_that_is_forked_in_the_middle_of_a_start_holds_nothing_of_it(
    path: Path, sandbox: SandboxForTests
) -> None:
    """The parent's start goes on; a child waits for its key, and a later one finds it."""
    with serve(sandbox) as server, A2E(API_KEY, base_url=server.url, journal=path) as a2e:
        begin(a2e, "first")
        sandbox.set_pace(latency=1.0)
        thread = threading.Thread(target=begin, args=(a2e, "slow"))
        thread.start()
        until(lambda: sandbox.requests.count(START) == 2)
        assert a2e.api.journal is not None
        results = in_children(lambda number: begin(a2e, "slow"), 2)
        sandbox.set_pace(latency=0.0)
        thread.join()
        assert set(results) == {begin(a2e, "slow")}
        assert sandbox.requests.count(START) == 2
        assert not a2e.api.journal.steps.locks._held


def test_a_child_lives_on_when_its_parent_dies_and_the_parent_s_key_is_free(
    path: Path, sandbox: SandboxForTests
) -> None:
    with serve(sandbox) as server:

        def parent(number: int) -> str:
            a2e = A2E(API_KEY, base_url=server.url, journal=path)
            begin(a2e, "first")
            hold = take(a2e, 77)
            assert hold is not None
            if os.fork() == 0:
                time.sleep(0.5)  # A child that stays, with a copy of all descriptors.
                os._exit(0)
            os._exit(0)

        in_children(parent, 1)
        with A2E(API_KEY, base_url=server.url, journal=path) as a2e:
            assert begin(a2e, "first")
            assert not is_taken(a2e, 77)


def test_a_budget_without_a_journal_is_not_multiplied_by_forks(sandbox: SandboxForTests) -> None:
    a2e = sandbox.client(budget=100)
    a2e.wan_25.create(**WAN)

    def work(number: int) -> str:
        try:
            a2e.wan_25.create(**WAN)
        except errors.JournalError as error:
            return str(error)
        return "it was started"

    (said,) = in_children(work, 1)
    assert "several processes" in said
    assert "journal='jobs.db'" in said
    a2e.wan_25.create(**WAN)
    with pytest.raises(errors.BudgetExceededError):
        a2e.wan_25.create(**WAN)


def _in_process(url: str, path: str, key: str) -> str:
    with A2E(API_KEY, base_url=url, journal=path) as a2e:
        return begin(a2e, key)


def _with_client(a2e: A2E, key: str) -> str:
    return begin(a2e, key)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes_of_multiprocessing_share_keys(
    path: Path, sandbox: SandboxForTests, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A2E_API_KEY", API_KEY)
    context: Any = multiprocessing.get_context(method)
    with serve(sandbox) as server, A2E(API_KEY, base_url=server.url, journal=path) as a2e:
        first = begin(a2e, "shared")
        with context.Pool(2) as pool:
            found = pool.starmap(_in_process, [(server.url, str(path), "shared")] * 3)
            made = pool.starmap(_with_client, [(a2e, f"key {number % 3}") for number in range(6)])
        assert set(found) == {first}
        assert len(set(made)) == 3
        assert begin(a2e, "key 1") in made
    assert sandbox.requests.count(START) == 4
    require_sums_agree(path)


def test_clients_of_one_process_share_the_places_that_are_taken(
    path: Path, sandbox: SandboxForTests
) -> None:
    """Closing a second one would end the locks of the first."""
    one = sandbox.client(journal=path)
    one.wan_25.create(key="one", **WAN)
    hold = take(one, 77)
    assert hold is not None
    for _ in range(3):
        other = sandbox.client(journal=path)
        other.wan_25.create(**WAN)
        other.close()
        del other

    def work(number: int) -> bool:
        again = sandbox.client(journal=path)
        # It is soon told to others.
        for _ in range(200):
            if not is_taken(again, 77):
                return False
            time.sleep(0.002)
        return True

    assert in_children(work, 1) == [True]
    hold.give()
    assert in_children(work, 1) == [False]


@file_only
def test_a_client_that_is_gone_leaves_no_descriptor_open(
    path: Path, sandbox: SandboxForTests, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("a2e_sdk._journal.database._IDLE_SECONDS", 0.05)

    def opened() -> int:
        gc.collect()
        found = 0
        for name in os.listdir("/proc/self/fd"):
            with contextlib.suppress(FileNotFoundError):
                found += str(path) in os.readlink(f"/proc/self/fd/{name}")
        return found

    if not os.path.isdir("/proc/self/fd"):
        pytest.skip("this system does not list descriptors")
    for _ in range(5):
        a2e = sandbox.client(journal=path)
        a2e.wan_25.create(**WAN)
        assert opened()
        a2e.close()
        del a2e
    until(lambda: opened() == 0)
