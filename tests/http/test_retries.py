"""What is sent again, what never is, and after which pause."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from a2e_api.operations import OPERATIONS
from a2e_sdk import errors
from a2e_sdk._http.retry import (
    FIRST_PAUSE,
    LONGEST_PAUSE,
    Effect,
    effect_of,
    may_retry,
    pause_before_retry,
    retry_after_seconds,
)
from a2e_sdk.sandbox import Fault, Sandbox
from driver import Driver
from spec_document import load_spec

FACE = "https://example.com/face.png"
VIDEO = "https://example.com/clip.mp4"
ID = "6674f1765699df7e9d25311a"

TRANSIENT = [
    Fault.drop_before(),
    Fault.drop_after_read(),
    Fault.http(500),
    Fault.http(502),
    Fault.http(504),
    Fault.http(520),
    Fault.http(503),
    Fault.http(408),
    Fault.rate_limited(),
    Fault.rate_limited(retry_after=1),
    Fault.code(1001, "hosts are occupied"),
    Fault.code(500),
    Fault.truncated_json(),
    Fault.cut(10),
]
FINAL = [
    Fault.code(401),
    Fault.code(400, status=400),
    Fault.code(1003, status=403),
    Fault.code(1004, status=403),
    Fault.code(-1),
    Fault.http(404),
    Fault.rate_limited(retry_after=3600),
]


def test_every_operation_of_the_spec_has_the_effect_that_the_spec_states() -> None:
    spec = load_spec()
    for operation in OPERATIONS.values():
        method = operation.method.lower()
        # What is put is the same when it is put again; anything else that writes may not be.
        written = "delete" if method == "put" else "start"
        stated = spec["paths"][operation.path][method]["x-effect"]
        effect = effect_of(operation.id, method)
        assert effect.value == {"write": written}.get(stated, stated), operation.id


def test_the_effect_does_not_come_from_a_name() -> None:
    assert effect_of("get_something_that_the_index_does_not_have", "GET") is Effect.START


@pytest.mark.parametrize("fault", TRANSIENT)
def test_a_read_survives_a_passing_failure(
    driver: Driver, a2e: Any, sandbox: Sandbox, pauses: list[float], fault: Fault
) -> None:
    sandbox.faults.add(fault, times=2)
    assert driver.run(a2e.face_swap.tasks.get(ID)).id == ID
    assert len(pauses) == 2


@pytest.mark.parametrize("fault", TRANSIENT)
def test_a_read_that_keeps_failing_ends_with_the_number_of_its_attempts(
    driver: Driver, a2e: Any, sandbox: Sandbox, pauses: list[float], fault: Fault
) -> None:
    sandbox.faults.add(fault, times=None)
    with pytest.raises(errors.APIError) as caught:
        driver.run(a2e.face_swap.tasks.get(ID))
    assert caught.value.attempts == 3
    assert len(pauses) == 2
    assert "3 attempts" in str(caught.value)
    once = a2e.with_options(max_retries=0)
    with pytest.raises(errors.APIError) as caught:
        driver.run(once.face_swap.tasks.get(ID))
    assert caught.value.attempts == 1


@pytest.mark.parametrize("fault", FINAL)
def test_a_refusal_is_not_asked_again(
    driver: Driver, a2e: Any, sandbox: Sandbox, pauses: list[float], fault: Fault
) -> None:
    sandbox.faults.add(fault)
    with pytest.raises(errors.APIStatusError) as caught:
        driver.run(a2e.face_swap.tasks.get(ID))
    assert caught.value.attempts == 1
    assert pauses == []


@pytest.mark.parametrize(
    ("fault", "starts"),
    [
        (Fault.drop_before(), 1),
        (Fault.rate_limited(), 1),
        (Fault.rate_limited(retry_after=2), 1),
        (Fault.code(429), 1),
        (Fault(status=503, headers={"retry-after": "1"}), 1),
        (Fault(status=503), 0),
        (Fault.drop_after_read(), 1),
        (Fault.http(500), 0),
        (Fault.http(500, takes_effect=True), 1),
        (Fault.http(502), 0),
        (Fault.http(504, takes_effect=True), 1),
        (Fault.http(408), 0),
        (Fault.truncated_json(), 0),
        (Fault.cut(10), 1),
        (Fault.code(1001), 0),
        (Fault.code(1004, status=403), 0),
        (Fault.null_data(), 0),
    ],
)
def test_a_paid_start_is_never_carried_out_twice(
    driver: Driver,
    a2e: Any,
    sandbox: Sandbox,
    pauses: list[float],
    fault: Fault,
    starts: int,
) -> None:
    sandbox.faults.add(fault, operation="add_face_swap_task")
    before = sandbox.coins.balance
    try:
        driver.run(a2e.face_swap.tasks.create(face=FACE, video=VIDEO, name="once"))
        started = True
    except (errors.APIError, errors.SubmissionUnknownError):
        started = False
    made = [task for task in sandbox.face_swap_tasks() if task["name"] == "once"]
    assert len(made) == starts
    assert (before > sandbox.coins.balance) == bool(starts)
    if started:
        assert starts == 1


@pytest.mark.parametrize("effect", list(Effect))
def test_what_never_reached_the_server_may_always_be_sent_again(effect: Effect) -> None:
    unsent, lost = errors.APIConnectionError("x"), errors.APIConnectionError("x")
    unsent.sent = False
    assert may_retry(effect, unsent)
    assert may_retry(effect, lost) == (effect is not Effect.START)


@given(st.integers(100, 599), st.sampled_from([c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, errors.APIError)]))  # fmt: skip
def test_no_answer_but_a_clear_rejection_lets_a_start_be_sent_again(
    status: int, error_class: type[errors.APIError]
) -> None:
    error = error_class("x", http_status=status)
    if may_retry(Effect.START, error):
        assert isinstance(error, errors.RateLimitError)


@given(st.integers(0, 200), st.none() | st.floats(0, 60), st.floats(0, 1))
def test_pauses_grow_are_bounded_and_honour_the_server(
    retries: int, retry_after: float | None, chance: float
) -> None:
    pause = pause_before_retry(retries, retry_after, chance)
    if retry_after is None:
        assert 0 <= pause <= min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(retries, 10))
    else:
        assert retry_after <= pause <= retry_after + 1


NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("7", 7.0),
        (" 0.5 ", 0.5),
        ("-1", None),
        ("nan", None),
        ("inf", None),
        ("soon", None),
        ("", None),
        ((NOW + timedelta(seconds=30)).strftime("%a, %d %b %Y %H:%M:%S GMT"), 30.0),
        ((NOW - timedelta(seconds=30)).strftime("%a, %d %b %Y %H:%M:%S GMT"), 0.0),
        ("Mon, 99 Foo 2026", None),
    ],
)
def test_retry_after_in_both_forms(value: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(value, NOW) == seconds


@given(st.text(max_size=30))
def test_any_retry_after_is_seconds_or_nothing(value: str) -> None:
    seconds = retry_after_seconds(value, NOW)
    assert seconds is None or seconds >= 0
