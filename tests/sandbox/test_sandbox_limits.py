"""The account's limits: how many tasks run at once, coins that run out, coins that come back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from a2e_api.operations import OPERATIONS
from a2e_sdk.errors import InsufficientCreditsError, RateLimitError, ServiceBusyError
from a2e_sdk.sandbox import ManualClock, RunningLimit, Sandbox, SandboxForTests, SandboxRequest
from a2e_sdk.sandbox.services import FAMILIES
from api_paths import path_of
from sandbox.spec_requests import good_request

HEADERS = {"Authorization": "Bearer sk_test", "Content-Type": "application/json"}
PROMPT = {"prompt": "a calm sea"}
FACES = {"face_url": "https://example.com/f.jpg", "video_url": "https://example.com/v.mp4"}

Send = Callable[..., Any]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def sandbox(clock: ManualClock) -> Sandbox:
    return Sandbox(clock=clock, seed_records=False)


@pytest.fixture
def send(sandbox: Sandbox) -> Send:
    """Sends one request; returns HTTP status, code, Retry-After and data."""

    def sends(method: str, path: str, body: Any = None) -> tuple[int, int, str | None, Any]:
        content = b"" if body is None else json.dumps(body).encode()
        reply = sandbox.handle(SandboxRequest.from_target(method, path, HEADERS, content))
        envelope = json.loads(reply.body)
        again = reply.headers.get("retry-after")
        return reply.status, envelope["code"], again, envelope.get("data")

    return sends


def swap(send: Send, name: str = "x") -> tuple[int, int, str | None, Any]:
    answer: tuple[int, int, str | None, Any]
    answer = send("POST", path_of("add_face_swap_task"), {"name": name, **FACES})
    return answer


@pytest.mark.parametrize(
    ("busy_code", "retry_after", "refusal"),
    [
        (429, None, (429, 429, None)),
        (429, 2, (429, 429, "2")),
        (503, None, (503, 503, None)),
        (503, 1.5, (503, 503, "1.5")),
        (1001, None, (200, 1001, None)),
        (1001, 2, (503, 1001, "2")),
    ],
)
def test_a_start_too_many_is_refused_and_costs_nothing(
    sandbox: Sandbox,
    send: Send,
    clock: ManualClock,
    busy_code: int,
    retry_after: float | None,
    refusal: tuple[int, int, str | None],
) -> None:
    sandbox.limit_running(2, busy_code=busy_code, retry_after=retry_after)
    assert [swap(send)[1] for _ in range(2)] == [0, 0]
    assert swap(send)[:3] == refusal
    assert (len(sandbox.coins), sandbox.starts, len(sandbox.face_swap_tasks())) == (2, 2, 2)
    clock.advance(2.999)
    assert swap(send)[:3] == refusal
    clock.advance(0.001)
    assert sandbox.running == 0
    assert swap(send)[1] == 0


def test_the_client_raises_what_the_table_of_codes_says() -> None:
    sandbox = SandboxForTests(max_running=0)
    client = sandbox.client(max_retries=0)
    with pytest.raises(RateLimitError):
        client.wan_25.create(**PROMPT)
    sandbox.limit_running(0, busy_code=1001)
    with pytest.raises(ServiceBusyError) as caught:
        client.wan_25.create(**PROMPT)
    assert (caught.value.http_status, caught.value.code) == (200, 1001)
    sandbox.limit_running(0, busy_code=1001, retry_after=7)
    with pytest.raises(ServiceBusyError) as caught:
        client.wan_25.create(**PROMPT)
    assert (caught.value.http_status, caught.value.retry_after) == (503, 7)


def test_a_client_that_waits_as_it_is_told_gets_its_turn() -> None:
    sandbox = SandboxForTests(max_running=1, retry_after=2)
    client = sandbox.client(max_retries=3)
    assert [client.wan_25.create(prompt=word).id for word in ("one", "two", "three")]
    assert sandbox.requests.count("start_wan_25_task") > 3
    assert [entry.amount for entry in sandbox.coins] == [-50] * 3


def test_all_families_share_the_limit_and_only_tasks_count(sandbox: Sandbox, send: Send) -> None:
    sandbox.limit_running(2)
    assert swap(send)[1] == 0
    assert send("POST", path_of("start_wan_25_task"), PROMPT)[1] == 0
    preview = {key: FACES[key] for key in FACES}
    assert send("POST", path_of("add_face_swap_preview"), preview)[1] == 429
    speech = {"msg": "hello", "tts_id": "5" * 24}
    assert send("POST", path_of("add_speech"), speech)[1] == 0
    assert send("POST", OPERATIONS["add_upload_url"].path, {"key": "a.jpg"})[1] == 0
    assert send("GET", OPERATIONS["get_coins"].path)[1] == 0


def test_a_start_of_several_tasks_needs_room_for_all_of_them(sandbox: Sandbox, send: Send) -> None:
    sandbox.limit_running(4)
    path = path_of("start_text_to_image_task")
    body = {"prompt": "a calm sea", "name": "x", "width": 1024, "height": 768, "max_images": 3}
    assert len(send("POST", path, body)[3]) == 3
    assert send("POST", path, body)[1] == 429
    assert sandbox.running == 3
    assert send("POST", path, body | {"max_images": 1})[1] == 0
    assert sandbox.running == 4


def test_a_deleted_task_makes_room(sandbox: Sandbox, send: Send) -> None:
    sandbox.limit_running(1)
    task_id = swap(send)[3]["_id"]
    assert swap(send)[1] == 429
    assert send("DELETE", path_of("delete_face_swap_task", task_id))[1] == 0
    assert swap(send)[1] == 0


def test_records_that_were_put_in_count_while_they_run(sandbox: Sandbox, send: Send) -> None:
    sandbox.limit_running(1)
    task_id = sandbox.add_face_swap_task(current_status="processing")
    sandbox.add_face_swap_task(current_status="completed")
    assert sandbox.running == 1
    assert swap(send)[1] == 429
    assert sandbox.delete_face_swap_task(task_id)
    assert swap(send)[1] == 0


def test_a_task_that_is_repeated_needs_room_unless_it_still_runs(
    sandbox: Sandbox, send: Send, clock: ManualClock
) -> None:
    sandbox.limit_running(1)
    body = {"name": "me", "gender": "female", "video_url": "https://example.com/v.mp4"}
    training = send("POST", OPERATIONS["start_avatar_training"].path, body)[3]["_id"]
    again = OPERATIONS["start_avatar_training_retry"].path
    assert send("POST", again, {"_id": training})[1] == 0
    clock.advance(3)
    assert swap(send)[1] == 0
    assert send("POST", again, {"_id": training})[0] == 429
    clock.advance(3)
    assert send("POST", again, {"_id": training})[1] == 0
    assert sandbox.running == 1


def test_a_refusal_uses_up_no_rejection_and_no_failure(
    sandbox: Sandbox, send: Send, clock: ManualClock
) -> None:
    sandbox.reject_next()
    sandbox.fail_next("too dark")
    sandbox.limit_running(0)
    assert swap(send)[1] == 429
    assert sandbox.coming() == {"failures": 1, "status_words": 0, "rejections": 1}


def test_limits_are_checked_and_a_reset_brings_the_first_ones_back() -> None:
    sandbox = Sandbox(max_running=3, busy_code=1001, retry_after=2)
    sandbox.limit_running(None)
    assert sandbox.running_limit == RunningLimit()
    sandbox.reset()
    assert sandbox.running_limit == RunningLimit(3, 1001, 2)
    for wrong in ({"max_running": -1}, {"busy_code": 500}, {"retry_after": -1}):
        with pytest.raises(ValueError, match=next(iter(wrong))):
            Sandbox(**wrong)


def test_an_account_that_ran_out_goes_on_when_coins_are_bought() -> None:
    sandbox = SandboxForTests(coins=120)
    client = sandbox.client(max_retries=0)
    for word in ("one", "two"):
        client.wan_25.create(prompt=word)
    with pytest.raises(InsufficientCreditsError):
        client.wan_25.create(prompt="three")
    assert sandbox.buy_coins(30) == 50
    client.wan_25.create(prompt="three")
    assert [(entry.reason, entry.amount) for entry in sandbox.coins] == [
        ("start", -50),
        ("start", -50),
        ("purchase", 30),
        ("start", -50),
    ]
    assert [entry.amount for entry in client.account.credits()] == [-50, 30, -50, -50]
    with pytest.raises(ValueError, match="coins"):
        sandbox.buy_coins(-1)


def test_a_failed_task_is_paid_by_default(sandbox: Sandbox, send: Send, clock: ManualClock) -> None:
    sandbox.fail_next("too dark")
    swap(send)
    clock.advance(10)
    assert sandbox.coins.balance == 999_990


def test_the_coins_of_a_failed_task_come_back_when_it_ends_if_that_is_chosen(
    clock: ManualClock,
) -> None:
    sandbox = SandboxForTests(clock=clock, refund_failed=True, coins=100)
    client = sandbox.client()
    sandbox.fail_next("too dark")
    task = client.wan_25.create(prompt="one")
    client.wan_25.create(prompt="two")
    clock.advance(2.999)
    assert sandbox.coins.balance == 0
    clock.advance(60)
    assert sandbox.coins.balance == 50
    entry = sandbox.coins[-1]
    assert (entry.task_id, entry.amount, entry.reason) == (task.id, 50, "refund")
    # It is of the moment when the task ended, not of the moment when somebody looked.
    assert (entry.at - sandbox.coins[0].at).total_seconds() == 3
    assert client.account.coins().coins == 50
    assert len(sandbox.coins) == 3


def _starts_with_a_price() -> list[str]:
    families = {name for family in FAMILIES for name in family.operations}
    prices = Sandbox(seed_records=False).prices
    return sorted(name for name in prices if name in families or name.startswith("add_"))


@pytest.mark.parametrize("is_full", [False, True])
@pytest.mark.parametrize("operation", [*_starts_with_a_price(), "start_watermark"])
def test_a_quote_is_what_the_start_charges(operation: str, is_full: bool) -> None:
    """With a price of its own each, so that no other operation's price can be taken for it."""
    sandbox = Sandbox(clock=ManualClock(), seed_records=False)
    for place, name in enumerate(sandbox.prices):
        sandbox.set_price(name, 1_000 + place)
    request = good_request(operation, {}, is_full=is_full)
    quoted = _post(
        sandbox,
        "get_quote",
        {"endpoint": OPERATIONS[operation].path, "requestBody": request.body or {}},
    )
    before = sandbox.coins.balance
    _post(sandbox, operation, request.body or {})
    charged = before - sandbox.coins.balance
    assert quoted["coins"] == charged
    # A video makes an avatar free, and the full request names one.
    assert charged or (operation == "start_avatar_training" and is_full)


def _post(sandbox: Sandbox, operation: str, body: Mapping[str, Any]) -> Any:
    known = OPERATIONS[operation]
    request = SandboxRequest.from_target(
        known.method, known.path, HEADERS, json.dumps(body).encode()
    )
    envelope = json.loads(sandbox.handle(request).body)
    assert envelope["code"] == 0, envelope
    return envelope["data"]


def test_the_second_part_of_a_training_costs_its_own_price(
    sandbox: Sandbox, send: Send, clock: ManualClock
) -> None:
    sandbox.set_price("start_continued_training", 77)
    body = {"name": "me", "gender": "female", "video_url": "https://example.com/v.mp4"}
    training = send("POST", OPERATIONS["start_avatar_training"].path, body)[3]["_id"]
    clock.advance(3)
    path = OPERATIONS["start_continued_training"].path
    quote = {"endpoint": path, "requestBody": {"_id": training}}
    assert send("POST", OPERATIONS["get_quote"].path, quote)[3]["coins"] == 77
    assert send("POST", path, {"_id": training})[1] == 0
    assert [entry.amount for entry in sandbox.coins] == [-77]
