"""Webhooks in process: when one is due, what it says, and what becomes of it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from a2e_api.operations import OPERATIONS
from a2e_sdk import TaskStatus, webhooks
from a2e_sdk.sandbox import DeliveryInProgressError, Sandbox, SandboxForTests, SandboxRequest
from a2e_sdk.sandbox.control.dispatch import Control
from a2e_sdk.sandbox.services import FAMILIES
from a2e_sdk.sandbox.state import deliveries
from a2e_sdk.sandbox.state.clock import (
    AdjustableClock,
    ManualClock,
    SystemClock,
    real_seconds_until,
)
from api_paths import path_of
from sandbox.conftest import TASK_BODY, Api
from sandbox.spec_requests import good_request

HOOK = "https://service.example.com/a2e"
TOKEN = "wh_a-secret"


class Receiver:
    """Takes webhooks as a function, and keeps them."""

    def __init__(self, status: int = 204, text: str = "") -> None:
        self.status_code = status
        self.text = text
        self.calls: list[tuple[str, bytes, dict[str, str]]] = []

    def __call__(self, url: str, /, *, content: bytes, headers: dict[str, str]) -> Any:
        self.calls.append((url, content, headers))
        return self


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


def start(api: Api, **fields: Any) -> str:
    return api.start(**{"webhook_url": HOOK, "webhook_token": TOKEN, **fields})


def test_a_task_that_ends_calls_once(api: Api, clock: ManualClock, receiver: Receiver) -> None:
    task_id = start(api)
    clock.advance(2.9)
    assert api.sandbox.webhooks.deliver(receiver) == []
    clock.advance(0.1)
    [pending] = api.sandbox.webhooks
    assert (pending.state, pending.attempts, pending.due_at) == ("pending", (), clock.now())
    clock.advance(5)
    [delivery] = api.sandbox.webhooks.deliver(receiver)
    assert (delivery.number, delivery.state, delivery.task_id) == (1, "delivered", task_id)
    [attempt] = delivery.attempts
    assert (attempt.status, attempt.error, attempt.at) == (204, None, clock.now())
    assert api.sandbox.webhooks.deliver(receiver) == []
    [(url, content, headers)] = receiver.calls
    event = webhooks.receive(headers, content, TOKEN)
    assert (url, event.type, event.task_id) == (HOOK, "task.completed", task_id)
    assert event.status is TaskStatus.SUCCEEDED
    assert event.raw["ended_at"] == "2026-01-01T00:00:03.000Z"


def test_a_task_that_fails_says_so(api: Api, clock: ManualClock, receiver: Receiver) -> None:
    api.sandbox.fail_next("no face found")
    start(api)
    clock.advance(3)
    [delivery] = api.sandbox.webhooks.deliver(receiver)
    event = webhooks.receive(receiver.calls[0][2], receiver.calls[0][1], TOKEN)
    assert (delivery.event, event.type, event.status) == (
        *("task.failed", "task.failed"),
        TaskStatus.FAILED,
    )


def test_without_a_token_there_is_no_such_header(api: Api, clock: ManualClock) -> None:
    receiver = Receiver()
    api.start(webhook_url=HOOK)
    api.start()
    clock.advance(3)
    assert len(api.sandbox.webhooks.deliver(receiver)) == 1
    assert webhooks.TOKEN_HEADER not in receiver.calls[0][2]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_every_start_that_takes_a_webhook_calls_at_the_end(family: Any) -> None:
    sandbox = SandboxForTests()
    api = Api(sandbox)
    start, many = good_request(family.start, {}), family.several
    fields = OPERATIONS[family.start].input["body"]["properties"]
    hook = {"webhook_url": HOOK, "webhook_token": TOKEN}
    body = json.dumps(start.body | hook | ({many: 2} if many else {})).encode()
    data = api.send(OPERATIONS[family.start].method, start.target, body).data
    ids = [row["_id"] for row in data] if isinstance(data, list) else [data["_id"]]
    sandbox.clock.advance(60)
    called = [delivery.task_id for delivery in sandbox.webhooks.deliver(Receiver())]
    assert called == (ids if "webhook_url" in fields else [])
    assert family.takes_webhook is ("webhook_url" in fields)
    assert family.name != "userFaceSwapPreview" or not called


def test_the_token_is_seen_by_the_receiver_alone(api: Api, clock: ManualClock) -> None:
    # One that stands across the place where the excerpt is cut off, too.
    receiver = Receiver(500, "x" * 2_043 + TOKEN + TOKEN)
    start(api)
    clock.advance(3)
    [delivery] = api.sandbox.webhooks.deliver(receiver)
    assert receiver.calls[0][2][webhooks.TOKEN_HEADER] == TOKEN
    reply = Control(api.sandbox).handle(SandboxRequest("GET", "/__sandbox__/webhooks"))
    shown = reply.body.decode() + repr(delivery) + repr(api.sandbox.webhooks) + str(delivery.body)
    assert delivery.headers[webhooks.TOKEN_HEADER] == "***"
    assert "wh_" not in shown
    assert len(delivery.attempts[0].response) == 2_048


def test_a_refusal_of_the_receiver_is_failed_and_not_repeated(
    api: Api, clock: ManualClock, receiver: Receiver
) -> None:
    start(api)
    clock.advance(3)
    [failed] = api.sandbox.webhooks.deliver(Receiver(401, "no"))
    assert (failed.state, failed.attempts[0].status, failed.attempts[0].response) == (
        *("failed", 401),
        "no",
    )
    assert api.sandbox.webhooks.deliver(receiver) == []
    again = api.sandbox.webhooks.redeliver(1, receiver)
    assert (again.state, [attempt.status for attempt in again.attempts]) == (
        "delivered",
        [401, 204],
    )
    assert list(api.sandbox.webhooks) == [again]


def test_what_a_function_raises_is_raised_and_the_rest_stays_pending(
    api: Api, clock: ManualClock, receiver: Receiver
) -> None:
    def fails(url: str, /, *, content: bytes, headers: dict[str, str]) -> int:
        raise LookupError("a mistake of the program")

    start(api)
    start(api)
    clock.advance(3)
    with pytest.raises(LookupError):
        api.sandbox.webhooks.deliver(fails)
    assert [delivery.state for delivery in api.sandbox.webhooks] == ["failed", "pending"]
    assert "LookupError" in str(api.sandbox.webhooks[0].attempts[0].error)
    with pytest.raises(TypeError, match="status_code"):
        api.sandbox.webhooks.deliver(lambda url, **_: None)
    assert api.sandbox.webhooks.due == []


def test_a_deleted_task_calls_only_if_it_had_ended(
    api: Api, clock: ManualClock, receiver: Receiver
) -> None:
    gone = start(api)
    api.delete(path_of("delete_face_swap_task", gone))
    ended = start(api)
    clock.advance(3)
    api.delete(path_of("delete_face_swap_task", ended))
    assert [one.task_id for one in api.sandbox.webhooks.deliver(receiver)] == [ended]


def test_a_restarted_task_calls_at_each_end(clock: ManualClock, receiver: Receiver) -> None:
    sandbox = Sandbox(clock=clock)
    tasks = sandbox._services.tasks("userFaceSwapTask")
    [task] = tasks.start(TASK_BODY | {"webhook_url": HOOK}, clock.now())
    clock.advance(2)
    tasks.restart(task.task_id, clock.now())
    clock.advance(2)
    assert sandbox.webhooks.deliver(receiver) == []
    clock.advance(1)
    assert len(sandbox.webhooks.deliver(receiver)) == 1
    sandbox.fail_next("dark")
    tasks.restart(task.task_id, clock.now())
    clock.advance(3)
    assert [one.event for one in sandbox.webhooks.deliver(receiver)] == ["task.failed"]


def test_a_reset_forgets_deliveries_tasks_and_settings(
    api: Api, clock: ManualClock, receiver: Receiver
) -> None:
    sandbox = api.sandbox
    start(api)
    clock.advance(3)
    sandbox.webhooks.deliver(receiver)
    start(api)
    sandbox.webhooks.paused, sandbox.webhooks.hosts = True, ["receiver.test"]
    sandbox.reset()
    clock.advance(9)
    assert (len(sandbox.webhooks), sandbox.webhooks.total) == (0, 0)
    assert (sandbox.webhooks.paused, sandbox.webhooks.hosts) == (False, frozenset())
    assert sandbox.webhooks.until_next() is None


def test_what_is_being_sent_during_a_reset_is_not_kept(api: Api, clock: ManualClock) -> None:
    def resets(url: str, /, *, content: bytes, headers: dict[str, str]) -> int:
        with pytest.raises(DeliveryInProgressError):
            api.sandbox.webhooks.redeliver(1)
        assert api.sandbox.webhooks.deliver() == []
        api.sandbox.reset()
        start(api)
        clock.advance(3)
        assert len(api.sandbox.webhooks.due) == 1
        return 204

    start(api)
    clock.advance(3)
    [sent] = api.sandbox.webhooks.deliver(resets)
    assert sent.state == "delivered"
    # The new delivery has the number of the one that was being sent.
    assert [(one.number, one.state) for one in api.sandbox.webhooks] == [(1, "pending")]


def test_the_log_is_bounded_and_says_what_it_gave_up(
    api: Api, clock: ManualClock, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "KEPT_DELIVERIES", 3)
    monkeypatch.setattr(deliveries, "MAX_PENDING", 5)
    for _ in range(6):
        start(api)
    clock.advance(3)
    log = api.sandbox.webhooks
    assert [delivery.state for delivery in log] == ["refused", *["pending"] * 5]
    assert "pending" in str(log[0].attempts[0].error)
    assert len(log.deliver(receiver)) == 5
    assert [delivery.number for delivery in log] == [4, 5, 6]
    assert log.total == 6
    with pytest.raises(KeyError, match="there is no delivery 3, or it is no longer kept"):
        log.redeliver(3)


def test_the_next_end_is_that_of_a_task_with_a_webhook() -> None:
    clock = AdjustableClock(paused=True)
    sandbox = Sandbox(clock=clock)
    api = Api(sandbox)
    api.start()
    assert sandbox.webhooks.until_next() is None
    gone = start(api)
    api.delete(path_of("delete_face_swap_task", gone))
    assert sandbox.webhooks.until_next() is None
    start(api)
    clock.resume()
    left = sandbox.webhooks.until_next()
    assert left is not None
    assert 2 < left <= 3
    clock.pause()
    assert sandbox.webhooks.until_next() is None
    clock.advance(3)
    assert sandbox.webhooks.until_next() == 0


class OtherClock:
    def __init__(self, clock: ManualClock) -> None:
        self.now = clock.now


def test_how_long_to_sleep_depends_on_the_clock(clock: ManualClock) -> None:
    later = clock.now() + timedelta(seconds=9)
    assert real_seconds_until(clock, later) is None
    assert real_seconds_until(OtherClock(clock), later) == 0.5
    assert real_seconds_until(SystemClock(), SystemClock().now() + timedelta(days=1)) == 60
    clock.advance(9)
    assert real_seconds_until(clock, later) == 0


@pytest.mark.parametrize("hosts", ["receiver", ["http://receiver"], ["receiver:80"], ["a b"], [""]])
def test_hosts_are_names_alone(hosts: Any) -> None:
    with pytest.raises(ValueError, match="host"):
        Sandbox(webhook_hosts=hosts)
    with pytest.raises(ValueError, match="host"):
        Sandbox().webhooks.hosts = hosts


@pytest.mark.parametrize(
    ("url", "is_taken"),
    [
        ("http://127.0.0.1:9/x", True),
        ("http://localhost/x", True),
        ("http://[::1]:9/x", True),
        ("http://example.com/x", False),
        ("http://127.0.0.1.example.com/x", False),
        ("http://127.0.0.1/" + "x" * 2_048, False),
        ("ftp://127.0.0.1/x", False),
    ],
)
def test_the_sandbox_takes_http_for_the_loopback_alone(api: Api, url: str, is_taken: bool) -> None:
    body = TASK_BODY | {"webhook_url": url}
    assert api.post(path_of("add_face_swap_task"), body).json["code"] == (0 if is_taken else 400)


def test_the_endpoints_list_redeliver_and_set(api: Api, clock: ManualClock) -> None:
    control = Control(api.sandbox)

    def ask(method: str, path: str, body: Any = None) -> tuple[int, Any]:
        content = b"" if body is None else json.dumps(body).encode()
        headers = {"content-type": "application/json"}
        target = f"/__sandbox__/webhooks{path}"
        request = SandboxRequest.from_target(method, target, headers, content)
        reply = control.handle(request)
        return reply.status, json.loads(reply.body)

    for _ in range(3):
        start(api)
    clock.advance(3)
    status, listed = ask("GET", "?after=1&limit=1")
    assert (status, listed["total"], listed["pending"]) == (200, 3, 3)
    assert [row["number"] for row in listed["deliveries"]] == [2]
    status, row = ask("POST", "/2/redeliver")
    assert (status, row["number"], row["state"]) == (200, 2, "refused")
    assert "webhook_hosts" in row["attempts"][0]["error"]
    assert ask("POST", "/9/redeliver")[0] == 404
    assert ask("GET", "/2/redeliver")[0] == 405
    assert ask("PUT", "/settings", {"hosts": ["Receiver.test"]})[1]["hosts"] == ["receiver.test"]
    assert ask("PUT", "/settings", {"paused": True})[1] == {
        "paused": True,
        "hosts": ["receiver.test"],
    }
    assert ask("PUT", "/settings", {"hosts": ["http://x"]})[0] == 400
    assert ask("PUT", "/settings", {"hosts": "x"})[0] == 400
    assert ask("GET", "/settings")[1]["paused"] is True
