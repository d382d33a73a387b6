"""What the collector ends gives back what it held, also in a thread that is at work there.

The task of an event loop that was closed ends when the collector finds it: at any moment, in
whichever thread runs. Here it does so in the middle of what takes the same lock.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from a2e_sdk import A2E
from a2e_sdk._async.concurrency import AsyncClock, AsyncLimiter
from a2e_sdk._journal import database as database_module
from a2e_sdk._runtime.event_loops import LoopEvent
from a2e_sdk._tasks.client_state import Claims, ClientState, Start
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.transport import SandboxTransport

FOREVER = float("inf")


def outcome_of(work: Callable[[], Any]) -> Any:
    """Return what some work returns; fail where it never ends."""
    outcome: list[Any] = []
    thread = threading.Thread(target=lambda: outcome.append(work()), daemon=True)
    thread.start()
    thread.join(10)
    assert not thread.is_alive(), "it waits for itself"
    return outcome[0]


class Meddling:
    """A start that does something else whenever it is looked at, as the collector may."""

    def __init__(self, act: Callable[[], object]) -> None:
        self._act = act

    @property
    def fingerprint(self) -> str:
        self._act()
        return "the same"

    @property
    def is_abandoned(self) -> bool:
        self._act()
        return False

    @property
    def may_have_begun(self) -> bool:
        self._act()
        return False


def test_a_slot_comes_back_while_another_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    limiter = AsyncLimiter(1, None)

    async def enter_twice() -> Any:
        held = await limiter.enter_async(AsyncClock(), FOREVER)
        assert held is not None

        def give_back(_: LoopEvent) -> bool:
            held.leave()
            return False

        monkeypatch.setattr(LoopEvent, "is_abandoned", property(give_back))
        return await limiter.enter_async(AsyncClock(), AsyncClock().now() + 5)

    assert outcome_of(lambda: asyncio.run(enter_twice())) is not None


@pytest.mark.parametrize("look", ["equal_starts", "under_way"])
def test_a_start_ends_while_the_starts_under_way_are_looked_at(look: str) -> None:
    claims, other = Claims(), Start()
    meddling: Any = Meddling(lambda: claims.end(other))
    claims.begin(other)
    claims.begin(meddling)
    submission: Any = SimpleNamespace(fingerprint="the same")
    if look == "equal_starts":
        assert outcome_of(lambda: claims.equal_starts(submission)) == {meddling}
    else:
        assert outcome_of(lambda: claims.under_way(frozenset({other}))) is False


def test_a_start_ends_while_the_submissions_are_listed() -> None:
    state, other = ClientState(), Start()
    meddling: Any = Meddling(lambda: state.succeeded(other))
    with state.starting(meddling), state.starting(other):
        assert outcome_of(lambda: state.submissions) == ()


def test_work_is_handed_to_a_journal_while_its_thread_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = threading.Event()

    class Meddlesome(threading.Thread):
        def start(self) -> None:
            database.keep(lambda _: kept.set())
            super().start()

    transport = SandboxTransport(Sandbox())
    with A2E(region="sandbox", http_client=transport, journal=tmp_path / "journal.db") as a2e:
        database: Any = a2e.api.journal.database  # type: ignore[union-attr]
        monkeypatch.setattr(
            database_module,
            "threading",
            SimpleNamespace(**{**vars(threading), "Thread": Meddlesome}),
        )
        done = threading.Event()
        work = outcome_of(lambda: database.submit(lambda _: "a result", done.set))
        assert done.wait(10)
        assert work.result() == "a result"
        assert kept.wait(10)
