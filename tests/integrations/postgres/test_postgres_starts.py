"""A start whose key may be taken over by another process is not sent when that may have happened."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from a2e_sdk import A2E, EntryState, Hooks, Timeout, errors
from a2e_sdk._http.retry_quota import RetryQuota
from a2e_sdk._journal.postgres import PostgresConnection
from a2e_sdk._tasks.recovery import SETTLED_SECONDS
from a2e_sdk.sandbox import ManualClock
from a2e_sdk.sandbox.testing import TurningClock

pytest.importorskip("psycopg")


@pytest.mark.parametrize("on_server", [True, False], ids=["on a server", "in a file"])
def test_it_is_sent_no_longer_than_the_others_wait(
    postgres_journal: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, on_server: bool
) -> None:
    """Nobody listens, so that it was never sent; in a file the key can't be taken from who lives."""
    clock = ManualClock()
    attempts: list[datetime] = []

    def noted(event: Any) -> None:
        if event.operation == "start_wan_25_task":
            attempts.append(clock.now())

    monkeypatch.setattr(RetryQuota, "take", lambda quota, cost: True)
    with A2E(
        "sk_test_0123456789abcdef",
        base_url="http://127.0.0.1:9",
        journal=postgres_journal if on_server else tmp_path / "jobs.db",
        timeout=Timeout(total=3_600),
        max_retries=100,
        hooks=Hooks(on_request=noted),
    ) as a2e:
        a2e.api.clock = TurningClock(clock)
        with pytest.raises(errors.APIConnectionError):
            a2e.wan_25.create(key="one", prompt="a calm sea")
        entry = a2e.journal.get("one")
    assert entry is not None
    assert entry.state is EntryState.REFUSED
    assert entry.sent_at is not None
    assert len(attempts) > 10
    tried = (attempts[-1] - attempts[0]).total_seconds()
    assert (tried < SETTLED_SECONDS) is on_server


def test_what_it_took_to_write_it_down_counts(
    postgres_journal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others wait from the moment that was written, and not from when that was done."""
    clock = ManualClock()
    attempts: list[datetime] = []

    def noted(event: Any) -> None:
        if event.operation == "start_wan_25_task":
            attempts.append(clock.now())

    monkeypatch.setattr(RetryQuota, "take", lambda quota, cost: True)
    with A2E(
        "sk_test_0123456789abcdef",
        base_url="http://127.0.0.1:9",
        journal=postgres_journal,
        timeout=Timeout(total=3_600),
        max_retries=100,
        hooks=Hooks(on_request=noted),
    ) as a2e:
        a2e.api.clock = TurningClock(clock)
        insert, written = PostgresConnection.insert, list[datetime]()

        def slow(*arguments: Any) -> int:
            written.append(clock.now())
            clock.advance(120)
            return insert(*arguments)

        monkeypatch.setattr(PostgresConnection, "insert", slow)
        with pytest.raises(errors.APIConnectionError):
            a2e.wan_25.create(key="one", prompt="a calm sea")
    assert len(attempts) > 10
    assert (attempts[0] - written[0]).total_seconds() >= 120
    assert (attempts[-1] - written[0]).total_seconds() < SETTLED_SECONDS
