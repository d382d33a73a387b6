"""A call ends in time, its retries included."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from a2e_sdk import Timeout, errors
from a2e_sdk._config.credentials import ApiKey
from a2e_sdk._config.settings import DEFAULT_TOTAL
from a2e_sdk._http.failures import Delivery, TransportFailure
from a2e_sdk._http.messages import HttpRequest, HttpResponse
from a2e_sdk._http.request import limit_timeout
from a2e_sdk.sandbox import Fault, ManualClock, Sandbox
from driver import Driver
from scripted_transport import ScriptedTransport

ID = "6674f1765699df7e9d25311a"
PHASES = ("connect", "read", "write", "pool")


def longest_phase(timeout: Timeout) -> float:
    return max(getattr(timeout, phase) for phase in PHASES)


def test_no_attempt_begins_after_the_end_and_the_last_ones_are_limited(
    driver: Driver, clock: ManualClock, pauses: list[float]
) -> None:
    begun = clock.now().timestamp()
    moments: list[float] = []

    def stall(request: HttpRequest) -> HttpResponse:
        now = clock.now().timestamp() - begun
        moments.append(now)
        left = 100 - now
        assert left > 0
        assert longest_phase(request.timeout) <= max(left, 0.001)
        clock.advance(request.timeout.read)
        raise TransportFailure("timed out", Delivery.UNKNOWN, timed_out=True)

    transport = ScriptedTransport(stall)
    timeout = Timeout(read=40, total=100)
    client = driver.client(api_key="sk_x", timeout=timeout, max_retries=50, http_client=transport)
    with pytest.raises(errors.APITimeoutError) as caught:
        driver.run(client.face_swap.tasks.get(ID))
    assert caught.value.attempts == len(moments) == 3
    assert clock.now().timestamp() - begun <= 100.001
    assert transport.requests[-1].timeout.read < 40 == transport.requests[0].timeout.read


def test_a_pause_the_server_asks_for_is_not_begun_where_it_would_end_too_late(
    driver: Driver, a2e: Any, sandbox: Sandbox, pauses: list[float]
) -> None:
    hurried = a2e.with_options(timeout=Timeout(total=10))
    sandbox.faults.add(Fault.rate_limited(retry_after=30), times=None)
    with pytest.raises(errors.RateLimitError) as caught:
        driver.run(hurried.face_swap.tasks.get(ID))
    assert (caught.value.attempts, pauses) == (1, [])
    with pytest.raises(errors.RateLimitError) as caught:
        driver.run(a2e.face_swap.tasks.get(ID))
    assert caught.value.attempts == 3


def test_pauses_count_towards_the_end(
    driver: Driver, a2e: Any, sandbox: Sandbox, pauses: list[float]
) -> None:
    sandbox.faults.add(Fault.http(500), times=None)
    client = a2e.with_options(max_retries=100, timeout=Timeout(total=20))
    with pytest.raises(errors.InternalServerError) as caught:
        driver.run(client.face_swap.tasks.get(ID))
    assert sum(pauses) <= 20
    assert 3 < caught.value.attempts < 36


def test_the_total_is_300_seconds_or_the_longest_phase() -> None:
    assert Timeout().total == DEFAULT_TOTAL == 300
    assert Timeout(read=900).total == 900
    assert Timeout(read=900, total=5).total == 5


@pytest.mark.parametrize("wrong", [0, -1, float("nan"), float("inf"), True, "5", None])
def test_a_wrong_time_is_refused(wrong: Any) -> None:
    for field in (*PHASES, "total"):
        with pytest.raises(errors.ConfigurationError, match=field):
            Timeout(**{field: wrong})


phases = st.floats(0.001, 1e4)


@given(st.builds(Timeout, connect=phases, read=phases, write=phases, pool=phases), st.floats(-10, 1e5))  # fmt: skip
def test_a_limit_shortens_what_is_too_long_and_lengthens_nothing(
    timeout: Timeout, left: float
) -> None:
    request = HttpRequest("GET", "https://a.example/", {}, None, ApiKey("sk_x"), timeout)
    limited = limit_timeout(request, left)
    for phase in PHASES:
        before, after = getattr(timeout, phase), getattr(limited.timeout, phase)
        assert after == min(before, max(left, 0.001))
    assert limited.total == max(left, 0.001)
    assert attrs.evolve(limited, timeout=timeout, total=None) == request
