"""Batches of one journal learn together how many tasks the account runs, and share them."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from a2e_sdk._batch.start_limit import FIRST_LIMIT, StartLimit
from a2e_sdk._sync.batch.permits import OwnPermits, SharedPermits, start_permits
from a2e_sdk.sandbox import SandboxForTests

pytest.importorskip("psycopg")

SECONDS = 400


class Account:
    """An account that runs some tasks at once, and the batches that start them; time is counted."""

    def __init__(self, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.most = most
        self.now = 0.0
        self.sandbox = SandboxForTests(seed_records=False)
        self._monkeypatch = monkeypatch
        self.refused = self.started = 0
        self.batches: list[tuple[Any, list[float]]] = []

    def api(self, journal: Any) -> Any:
        api = self.sandbox.client(journal=journal).api
        assert api.journal is not None
        store = api.journal.steps.store
        self._monkeypatch.setattr(store, "seconds", lambda session: 5_000.0 + self.now)
        return api

    def batch(self, permits: Any) -> None:
        self.batches.append((permits, []))

    @property
    def running(self) -> int:
        return sum(len(ends) for _, ends in self.batches)

    def pass_seconds(self, seconds: int, random: Random) -> None:
        """Let all batches start what they may, second by second; a task runs for 3 seconds."""
        for _ in range(seconds):
            self.now += 1.0
            for permits, ends in random.sample(self.batches, len(self.batches)):
                ends[:] = [end for end in ends if end > self.now]
                permits.tell(len(ends), self.now)
                while (epoch := permits.take(len(ends), self.now)) is not None:
                    if self.running >= self.most:
                        self.refused += 1
                        permits.busy(epoch, self.now)
                        break
                    self.started += 1
                    ends.append(self.now + 3.0)
                    permits.succeeded(epoch, len(ends))


def several(url: str, number: int) -> list[str]:
    """Return URLs of one journal which are as good as processes of their own."""
    return [f"{url}&application_name=process{one}" for one in range(number)]


def test_six_together_start_as_much_as_one_and_are_refused_less_than_six_for_themselves(
    postgres_journal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    together, each, one = (Account(9, monkeypatch) for _ in range(3))
    one.batch(OwnPermits(StartLimit(100)))
    for url in several(postgres_journal, 6):
        together.batch(start_permits(together.api(url), 100))
        each.batch(OwnPermits(StartLimit(100)))
    for account in (together, each, one):
        account.pass_seconds(SECONDS, Random(5))
    figures = [(account.started, account.refused) for account in (together, each, one)]
    assert together.refused < each.refused / 2, figures
    assert together.refused < 1.5 * one.refused, figures
    assert together.started > 0.9 * one.started, figures


def test_no_batch_exceeds_its_own_cap_nor_all_what_was_learned(postgres_journal: str) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        account = Account(100, monkeypatch)
        first, second = several(postgres_journal, 2)
        capped, other = (
            start_permits(account.api(url), cap) for url, cap in ((first, 3), (second, 50))
        )
        taken = 0
        while capped.take(taken, 0.0) is not None:
            taken += 1
        assert taken == 3
        assert other.take(0, 0.0) is not None
        assert other.take(1, 0.0) is None, f"together they have {FIRST_LIMIT}"
        account.now = 5.0
        capped.tell(1, 5.0)
        assert other.take(1, 5.0) is not None


def test_what_a_process_had_that_is_gone_is_free(
    postgres_journal: str, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = Account(100, monkeypatch)
    first, second = several(postgres_journal, 2)
    gone, other = (start_permits(account.api(url), 50) for url in (first, second))
    for number in range(FIRST_LIMIT):
        assert gone.take(number, 0.0) is not None
    assert other.take(0, 0.0) is None
    gone._journal.database._connection.close()
    account.now = 10.0
    assert other.take(0, 10.0) is not None


def test_what_was_learned_is_forgotten_when_nobody_is_at_work(
    postgres_journal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = Account(100, monkeypatch)
    url = postgres_journal
    first = start_permits(account.api(url), 50)
    epoch = first.take(0, 0.0)
    assert epoch is not None
    first.busy(epoch, 0.0)
    first.busy(epoch + 1, 0.0)
    late = start_permits(account.api(url), 50)
    assert late.take(0, 0.0) is None, "it learns from the one that is at work"
    assert late.limit == 1
    first.leave()
    late.leave()
    fresh = start_permits(account.api(url), 50)
    assert fresh.take(0, 0.0) is not None
    assert fresh.limit == FIRST_LIMIT


def test_a_batch_that_has_a_file_to_itself_asks_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = Account(9, monkeypatch).api(tmp_path / "jobs.db")
    assert isinstance(start_permits(api, 5), OwnPermits)
    shared = start_permits(api, 5, with_others=True)
    assert isinstance(shared, SharedPermits)
    assert shared.take(0, 0.0) == 0
    other = start_permits(api, 5, with_others=True)
    for number in range(FIRST_LIMIT - 1):
        assert other.take(number, 0.0) is not None
    assert other.take(FIRST_LIMIT - 1, 0.0) is None
