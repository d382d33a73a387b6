"""An outage is not amplified: retries are paid from a quota, and paid back when they succeed."""

from __future__ import annotations

import logging
import pickle
import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from a2e_sdk import A2E, errors
from a2e_sdk._http.retry import Decision, Effect, Situation, decide_retry
from a2e_sdk._http.retry_quota import (
    CAPACITY,
    THROTTLING_COST,
    TRANSIENT_COST,
    RetryQuota,
    retry_cost,
)
from a2e_sdk.sandbox import Fault, Sandbox
from driver import Driver

ID = "6674f1765699df7e9d25311a"
OPERATION = "get_face_swap_task"


def fail(driver: Driver, client: Any) -> errors.APIError:
    with pytest.raises(errors.APIError) as caught:
        driver.run(client.face_swap.tasks.get(ID))
    return caught.value


@pytest.mark.trio_nightly
@pytest.mark.once
@pytest.mark.parametrize(
    ("fault", "cost"),
    [
        (Fault.http(500), TRANSIENT_COST),
        (Fault.drop_after_read(), TRANSIENT_COST),
        (Fault.rate_limited(), THROTTLING_COST),
    ],
)
def test_requests_per_call_tend_to_one_at_a_server_that_fails_everything(
    driver: Driver, a2e: Any, sandbox: Sandbox, pauses: list[float], fault: Fault, cost: int
) -> None:
    sandbox.faults.add(fault, times=None)
    calls = 150  # Retries are used up after a third of them.
    for _ in range(calls):
        fail(driver, a2e)
    sent = sandbox.requests.count(OPERATION)
    print(f"\n{calls} calls that all fail, retries at {cost}: {sent / calls:.3f} requests a call")
    assert sent == calls + CAPACITY // cost
    error = fail(driver, a2e)
    assert error.attempts == 1
    assert sandbox.requests.count(OPERATION) == sent + 1


def test_retries_come_back_as_calls_succeed(
    driver: Driver, a2e: Any, sandbox: Sandbox, pauses: list[float]
) -> None:
    sandbox.faults.add(Fault.http(500), times=None)
    while fail(driver, a2e).attempts > 1:
        pass
    left = a2e.api.state.retry_quota.tokens
    assert left < TRANSIENT_COST
    sandbox.faults.clear()
    for _ in range(TRANSIENT_COST - left):
        driver.run(a2e.face_swap.tasks.get(ID))
    sandbox.faults.add(Fault.http(500))
    pauses.clear()
    assert driver.run(a2e.face_swap.tasks.get(ID)).id == ID
    assert len(pauses) == 1
    assert a2e.api.state.retry_quota.tokens == TRANSIENT_COST, "the retry was paid back"


def test_only_the_retry_that_succeeds_is_paid_back(
    driver: Driver, a2e: Any, sandbox: Sandbox, pauses: list[float]
) -> None:
    sandbox.faults.add(Fault.rate_limited())
    sandbox.faults.add(Fault.http(500))
    driver.run(a2e.face_swap.tasks.get(ID))
    assert a2e.api.state.retry_quota.tokens == CAPACITY - THROTTLING_COST
    sandbox.faults.add(Fault.http(500))
    sandbox.faults.add(Fault.http(404))
    fail(driver, a2e)
    assert a2e.api.state.retry_quota.tokens == CAPACITY - THROTTLING_COST - TRANSIENT_COST


def test_a_client_and_its_copies_have_one_quota_and_a_pickle_a_new_one(
    driver: Driver, a2e: Any, sandbox: Sandbox, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.faults.add(Fault.http(500), times=None)
    patient = a2e.with_options(max_retries=100)
    assert fail(driver, patient).attempts == 1 + CAPACITY // TRANSIENT_COST
    assert fail(driver, a2e).attempts == 1
    monkeypatch.setenv("A2E_API_KEY", "sk_x")
    other = pickle.loads(pickle.dumps(A2E(region="china")))
    assert other.api.state.retry_quota.tokens == CAPACITY


def test_what_is_given_up_for_want_of_quota_is_logged(
    driver: Driver,
    a2e: Any,
    sandbox: Sandbox,
    pauses: list[float],
    caplog: pytest.LogCaptureFixture,
) -> None:
    sandbox.faults.add(Fault.http(500), times=None)
    a2e.api.state.retry_quota.take(CAPACITY)
    with caplog.at_level(logging.WARNING, "a2e_sdk"):
        fail(driver, a2e)
    assert "gave up after 1 attempts" in caplog.text
    assert "the retry quota is used up" in caplog.text


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 600))))
def test_a_quota_holds_from_none_to_its_capacity(steps: list[tuple[bool, int]]) -> None:
    quota = RetryQuota()
    for is_taking, tokens in steps:
        before = quota.tokens
        if is_taking:
            assert quota.take(tokens) == (tokens <= before)
            assert quota.tokens == (before - tokens if tokens <= before else before)
        else:
            quota.give(tokens)
            assert quota.tokens == min(CAPACITY, before + tokens)


def test_threads_can_not_spend_a_token_twice() -> None:
    quota = RetryQuota()
    taken: list[int] = []

    def spend() -> None:
        while quota.take(3):
            taken.append(3)

    threads = [threading.Thread(target=spend) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(taken) + quota.tokens == CAPACITY
    assert quota.tokens < 3


def test_only_429_is_cheap() -> None:
    assert retry_cost(errors.RateLimitError("x")) == 5
    for other in (errors.ServiceBusyError, errors.InternalServerError, errors.APITimeoutError):
        assert retry_cost(other("x")) == 14


@pytest.mark.parametrize("error", [errors.RateLimitError("x"), errors.APITimeoutError("x")])
def test_a_decision_tells_what_its_retry_costs(error: errors.APIError) -> None:
    cost = retry_cost(error)
    situation = Situation(
        retries=0, max_retries=2, seconds_left=60.0, closed=False, tokens=cost, chance=0.5
    )
    assert decide_retry(Effect.READ, error, situation) == Decision(0.25, cost=cost)
    for other in ({"tokens": cost - 1}, {"retries": 2}, {"closed": True}, {"seconds_left": 0.1}):
        refused = decide_retry(Effect.READ, error, situation._replace(**other))
        assert (refused.seconds, refused.cost) == (None, 0)
        assert refused.reason
