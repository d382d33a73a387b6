"""How many tasks run at once is found out by trying, and stays near what the account may."""

from __future__ import annotations

import random

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from a2e_sdk._batch.start_limit import FIRST_LIMIT, StartLimit


def test_until_the_first_refusal_it_goes_up_with_each_success() -> None:
    limit = StartLimit(7)
    seen = []
    for _ in range(5):
        limit.succeeded(limit.epoch, limit.limit)
        seen.append(limit.limit)
    assert seen == [5, 6, 7, 7, 7]


def test_after_a_refusal_it_goes_up_when_as_many_starts_as_it_allows_succeeded() -> None:
    limit = StartLimit(10)
    limit.limit = 8
    limit.busy(limit.epoch, now=0.0)
    seen = []
    for _ in range(4 + 5 + 6):
        limit.succeeded(limit.epoch, limit.limit)
        seen.append(limit.limit)
    assert seen == [4, 4, 4, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 7]


def test_starts_below_the_limit_show_nothing_about_it() -> None:
    limit = StartLimit(10)
    for _ in range(100):
        limit.succeeded(limit.epoch, limit.limit - 1)
    assert limit.limit == FIRST_LIMIT


def test_the_refusals_of_one_burst_halve_it_once() -> None:
    limit = StartLimit(100)
    limit.limit = 20
    burst = limit.epoch
    for _ in range(5):
        limit.busy(burst, now=0.0)
    assert (limit.limit, limit.pause(0.0)) == (10, 1.0)
    limit.busy(limit.epoch, now=1.0)
    assert (limit.limit, limit.pause(1.0)) == (5, 2.0)


def test_the_pause_grows_from_1_to_60_seconds_until_a_start_succeeds() -> None:
    limit = StartLimit(100)
    pauses = []
    for _ in range(8):
        limit.busy(limit.epoch, now=1000.0 * len(pauses))
        pauses.append(limit.pause(1000.0 * len(pauses)))
    assert pauses == [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]
    limit.succeeded(limit.epoch, 1)
    limit.busy(limit.epoch, now=10_000.0)
    assert limit.pause(10_000.0) == 1.0


def test_what_the_server_asks_to_wait_is_waited() -> None:
    limit = StartLimit(100)
    burst = limit.epoch
    limit.busy(burst, now=0.0, retry_after=90.0)
    limit.busy(burst, now=0.0, retry_after=5.0)
    assert limit.pause(0.0) == 90.0
    assert not limit.may_start(0, now=89.9)
    assert limit.may_start(0, now=90.0)
    limit.busy(limit.epoch, now=100.0, retry_after=0.0)
    assert limit.pause(100.0) == 2.0


def test_a_success_of_before_a_refusal_does_not_raise_the_limit_after_it() -> None:
    limit = StartLimit(100)
    before = limit.epoch
    limit.busy(before, now=0.0)
    for _ in range(10):
        limit.succeeded(before, 4)
    assert limit.limit == 2
    limit.busy(limit.epoch, now=10.0)
    assert limit.pause(10.0) == 2.0


def test_a_cap_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="cap"):
        StartLimit(0)


events = st.tuples(
    st.booleans(), st.integers(0, 3), st.integers(0, 200), st.floats(0, 100), st.none() | st.floats(0, 1000)
)  # fmt: skip


@given(st.integers(1, 50), st.lists(events, max_size=200))
def test_it_never_leaves_1_to_its_cap(
    cap: int, happenings: list[tuple[bool, int, int, float, float | None]]
) -> None:
    limit = StartLimit(cap)
    now = 0.0
    for succeeded, age, running, seconds, retry_after in happenings:
        now += seconds
        epoch = max(0, limit.epoch - age)
        if succeeded:
            limit.succeeded(epoch, running)
        else:
            limit.busy(epoch, now, retry_after)
        assert 1 <= limit.limit <= cap
        assert 0.0 <= limit.pause(now) <= max(60.0, 1000.0) + 1e-6  # Sums are rounded.


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 60), st.integers(0, 2**32))
def test_with_an_account_that_may_run_some_tasks_it_stays_near_that_number(
    account: int, seed: int
) -> None:
    """A simulation: tasks of random length, starts sent in bursts as a batch sends them."""
    chance = random.Random(seed)
    limit = StartLimit(1000)
    now = 0.0
    ends: list[float] = []
    settled: list[int] = []
    refusals = 0
    for _ in range(4000):
        now += 0.5
        ends = [end for end in ends if end > now]
        # All of a burst are under way before the first response comes.
        burst = max(0, limit.limit - len(ends)) if limit.may_start(len(ends), now) else 0
        epoch = limit.epoch
        for _ in range(burst):
            if len(ends) < account:
                ends.append(now + chance.uniform(5, 20))
                limit.succeeded(epoch, len(ends))
            else:
                refusals += 1
                limit.busy(epoch, now)
        if (refusals and limit.limit <= account) or settled:
            settled.append(limit.limit)
    assert refusals
    assert settled
    assert account / 2 - 1 <= min(settled)
    assert max(settled) <= account + 1


@given(st.integers(1, 50), st.lists(events, max_size=50), st.integers(0, 60), st.integers(0, 30))
def test_a_success_below_what_it_learns_from_changes_nothing(
    cap: int, happenings: list[tuple[bool, int, int, float, float | None]], here: int, others: int
) -> None:
    limit = StartLimit(cap)
    now = 0.0
    for succeeded, age, running, seconds, retry_after in happenings:
        now += seconds
        if succeeded:
            limit.succeeded(max(0, limit.epoch - age), running)
        else:
            limit.busy(max(0, limit.epoch - age), now, retry_after)
    before = attrs.asdict(limit)
    needed = limit.learns_from(others)
    limit.succeeded(limit.epoch, here + others)
    assert here >= needed or attrs.asdict(limit) == before
