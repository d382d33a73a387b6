"""What the request log says of a request: body, response, attempt, fault, problems, start."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from a2e_sdk.sandbox import Connection, Fault, ManualClock, ReceivedRequest, Sandbox, SandboxRequest
from a2e_sdk.sandbox.control.dispatch import Control
from a2e_sdk.sandbox.control.fault_names import FAULT_ARGUMENTS, fault_of
from a2e_sdk.sandbox.control.python_lines import python_line
from a2e_sdk.sandbox.received import log as log_module
from a2e_sdk.sandbox.received.bodies import KEPT_BYTES
from api_paths import path_of

ADD = "add_face_swap_task"
TASK_BODY = {
    "name": "my swap",
    "face_url": "https://example.com/face.jpg",
    "video_url": "https://example.com/video.mp4",
}
Api = Any


def latest(sandbox: Sandbox) -> ReceivedRequest:
    return sandbox.requests[-1]


def rows(sandbox: Sandbox, path: str = "/requests") -> Any:
    target = f"/__sandbox__{path}"
    reply = Control(sandbox).handle(SandboxRequest.from_target("GET", target, {}))
    return json.loads(reply.body)


def test_a_request_is_known_with_its_response(api: Api, sandbox: Sandbox) -> None:
    task_id = api.start()
    one = latest(sandbox)
    assert (one.number, one.status, one.code, one.message, one.outcome) == (
        1,
        200,
        0,
        None,
        "replied",
    )
    assert (one.body, one.body_kept, one.problems) == (TASK_BODY, True, ())
    assert (one.attempt, one.retry_of, one.fault, one.delay) == (1, None, None, 0.0)
    assert one.started is not None
    assert (one.started.task_ids, one.started.coins, one.started.repeats) == ((task_id,), 10, None)
    assert sandbox.coins[-1].request == one.number
    assert 0 < one.seconds < 60


@pytest.mark.parametrize(
    "body",
    [
        {"webhook_token": "hush-123"},
        {
            "accessToken": "hush-123",
            "clientSecret": ["hush-123"],
            "x": {"userPassword": "hush-123"},
        },
        {"inner": [{"api_key": "hush-123"}], "Authorization": {"deep": "hush-123"}},
        '{"webhook\\u005ftoken": "hush-123"}',
        '{"webhook_token": "hush-123"',
        "webhook_token=hush-123",
        '{"a": ' * 5_000 + '{"token": "hush-123"}',
    ],
)
def test_secrets_of_a_body_are_not_kept(sandbox: Sandbox, body: Any) -> None:
    content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    headers = {"content-type": "application/json", "authorization": "Bearer hush-123"}
    for fault in (None, Fault.rate_limited(), Fault.rate_limited()):
        if fault:
            sandbox.faults.add(fault)
        query = {"webhook_token": "hush-123", "accessToken": "hush-123"}
        sandbox.handle(
            SandboxRequest("POST", path_of("add_face_swap_task"), query, headers, content)
        )
    assert "hush-123" not in repr([*sandbox.requests])
    assert not any(b"hush-123" in (one.content or b"") for one in sandbox.requests)
    assert "hush-123" not in repr(vars(sandbox._handling.attempts))
    assert "hush-123" not in json.dumps(rows(sandbox))


@pytest.mark.parametrize(
    ("body", "content_type", "kept"),
    [
        (b"", "application/json", True),
        (b'"%s"' % (b"x" * (KEPT_BYTES - 2)), "application/json", True),
        (b'"%s"' % (b"x" * (KEPT_BYTES - 1)), "application/json", False),
        (b"\xff\xd8", "image/jpeg", False),
        (b"not json", "application/json", True),
        (b"[" * 5_000, "application/json", True),
        (b"NaN", "application/json", True),
        (b'{"name": 1e400}', "application/json", True),
        (b"9" * 5_000, "application/json", True),
        (b'"\\ud800"', "application/json", True),
        (b"\xff\xfe", "application/json", True),
        (b"[" * 400 + b"]" * 400, "application/json", True),
    ],
)
def test_any_body_is_a_row_of_strict_json(
    sandbox: Sandbox, body: bytes, content_type: str, kept: bool
) -> None:
    sandbox.handle(
        SandboxRequest(
            "POST", path_of("add_face_swap_task"), {}, {"Content-Type": content_type}, body
        )
    )
    assert (latest(sandbox).body_kept, latest(sandbox).body_bytes) == (kept, len(body))

    def refuse(word: str) -> None:
        raise AssertionError(word)

    reply = Control(sandbox).handle(SandboxRequest("GET", "/__sandbox__/requests"))
    (row,) = json.loads(reply.body, parse_constant=refuse)["requests"]
    assert (row["body"] is None) == (not kept or not body)


def test_an_upload_is_not_kept(api: Api, sandbox: Sandbox) -> None:
    made = api.post(path_of("add_upload_url"), {"key": "a.txt"}).data["uploadUrl"]
    headers = {"content-type": "text/plain", "content-length": "5"}
    reply = sandbox.handle(SandboxRequest.from_target("PUT", made, headers, b"hello"))
    assert (reply.status, latest(sandbox).body_kept) == (200, False)
    assert latest(sandbox).code is None


def test_the_log_is_bounded_by_bytes_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_module, "_TEXT_BYTES", 10_000)
    sandbox = Sandbox()
    for number in range(50):
        body = json.dumps({"prompt": "x" * 900, "number": number}).encode()
        sandbox.handle(SandboxRequest("POST", "/nowhere", body=body))
    assert 8 <= len(sandbox.requests) <= 11
    assert latest(sandbox).body["number"] == 49
    assert sandbox.requests.total == 50


def test_attempts_are_counted_over_what_got_no_usable_response(
    sandbox: Sandbox, connect: Callable[[Sandbox], Api]
) -> None:
    api = connect(sandbox)
    faults = (Fault.rate_limited(), Fault.http(502), Fault.drop_after_read(), Fault.cut(3))
    for fault in faults:
        sandbox.faults.add(fault, ADD)
    for number in range(6):
        api.send("POST", path_of("add_face_swap_task"), json.dumps(TASK_BODY).encode())
        if number == 1:
            api.get(path_of("list_running_face_swap_tasks"))
    seen = [one for one in sandbox.requests if one.operation == ADD]
    assert [one.attempt for one in seen] == [1, 2, 3, 4, 5, 1]
    assert [one.retry_of for one in seen] == [None, 1, 2, 4, 5, None]
    assert [one.outcome for one in seen] == ["replied"] * 2 + ["dropped", "cut"] + ["replied"] * 2
    assert [one.status for one in seen] == [429, 502, None, 200, 200, 200]
    assert [one.code for one in seen] == [429, None, None, 0, 0, 0]
    assert [one.fault for one in seen] == [*faults, None, None]
    assert [one.fault_id for one in seen] == [1, 2, 3, 4, None, None]


def test_a_held_back_response_is_stalled_and_latency_alone_is_not(sandbox: Sandbox) -> None:
    sandbox.set_pace(latency=2)
    sandbox.faults.add(Fault.stall(3))
    replies = [sandbox.handle(SandboxRequest("GET", "/x")) for _ in range(2)]
    assert [reply.delay for reply in replies] == [5, 2]
    assert [(one.outcome, one.delay) for one in sandbox.requests] == [
        ("stalled", 5),
        ("replied", 2),
    ]


def test_latency_holds_for_a_fault_that_replaces_the_response(sandbox: Sandbox) -> None:
    sandbox.set_pace(latency=2)
    sandbox.faults.add(Fault.http(502))
    assert sandbox.handle(SandboxRequest("GET", "/x")).delay == 2


def test_problems_are_those_of_the_refusal_and_stay_when_a_fault_comes_first(
    unjudged_api: Api, sandbox: Sandbox
) -> None:
    refused = unjudged_api.send("POST", path_of("add_face_swap_task"), b'{"name": "x"}')
    said = tuple(error["msg"] for error in refused.json["errors"])
    assert latest(sandbox).problems == said != ()
    assert (latest(sandbox).code, latest(sandbox).message) == (400, "Validation failed")
    sandbox.faults.add(Fault.rate_limited())
    unjudged_api.send("POST", path_of("add_face_swap_task"), b'{"name": "x"}')
    assert latest(sandbox).problems == said
    unjudged_api.send("POST", path_of("add_face_swap_task"), b"{")
    assert latest(sandbox).problems == ("The body is not valid JSON",)
    unjudged_api.send("GET", "/api/v1/nowhere")
    assert latest(sandbox).problems == ("Cannot GET /api/v1/nowhere",)
    unjudged_api.send("GET", path_of("get_face_swap_task", "0" * 24))
    assert latest(sandbox).problems == ()


def test_a_start_that_repeats_one_names_it_and_says_whether_both_were_paid(
    api: Api, sandbox: Sandbox, clock: ManualClock
) -> None:
    sandbox.refund_failed = True
    sandbox.fail_next("no face")
    for name in ("one", "two", "three"):
        api.start(name=name)
    clock.advance(10)
    starts = [row["started"] for row in rows(sandbox)["requests"]]
    assert [start["repeats"] for start in starts] == [None, 1, 2]
    # The first one's coins came back.
    assert [start["paid_twice"] for start in starts] == [False, False, True]
    assert [one["request"] for one in rows(sandbox, "/coins")["entries"]] == [1, 2, 3, None]
    (group,) = rows(sandbox, "/starts/paid-twice")["groups"]
    assert [start["request"] for start in group["starts"]] == [1, 2, 3]


def test_numbers_go_on_when_the_log_is_cleared_and_begin_anew_with_a_reset(
    api: Api, sandbox: Sandbox
) -> None:
    api.start()
    sandbox.requests.clear()
    api.start()
    assert (latest(sandbox).number, sandbox.coins[-1].request) == (2, 2)
    assert sandbox.requests.total == 1
    sandbox.reset()
    api.start()
    assert (latest(sandbox).number, sandbox.coins[-1].request) == (1, 1)


EXAMPLES: dict[str, dict[str, Any]] = {
    "rate_limited": {"retry_after": 2.5},
    "http": {"status": 502, "takes_effect": True},
    "code": {"code": 1001, "text": 'all "hosts"\n\u0000 \\ 顔 😀\U000e0001\u2028', "status": 503},
    "json": {"envelope": {"a": [1, None, True, {"b": "c"}]}},
    "stall": {"seconds": 3},
    "cut": {"after": 5},
    "redirect": {"location": "https://elsewhere.example/"},
    "etag": {"value": None},
    "custom": {
        "status": 520,
        "body": "no\r\n",
        "headers": {"x-odd": "1", "etag": None},
        "overlook": ["range"],
        "connection": "drop",
        "takes_effect": True,
    },
}


@pytest.mark.parametrize("name", FAULT_ARGUMENTS)
@pytest.mark.parametrize("rest", [{}, {"operation": ADD, "times": None, "share": 0.5}])
def test_the_line_of_python_arms_the_same_fault(name: str, rest: dict[str, Any]) -> None:
    sandbox, other = Sandbox(), Sandbox()
    number = sandbox.faults.add(fault_of(name, EXAMPLES.get(name, {})), **rest)
    (waiting,) = sandbox.faults.waiting
    eval(python_line(waiting), {"sandbox": other, "Fault": Fault, "Connection": Connection})
    assert other.faults.waiting == (evolve(waiting, id=number),)


def test_a_dry_run_arms_nothing(sandbox: Sandbox) -> None:
    def send(value: Any) -> tuple[int, Any]:
        headers = {"content-type": "application/json"}
        body = json.dumps(value).encode()
        path = "/__sandbox__/faults"
        request = SandboxRequest("POST", path, {"dry_run": "1"}, headers, body)
        reply = Control(sandbox).handle(request)
        return reply.status, json.loads(reply.body)

    status, shown = send({"fault": "stall", "arguments": {"seconds": 2}, "times": 3})
    assert (status, shown["id"]) == (200, None)
    assert shown["python"] == "sandbox.faults.add(Fault.stall(seconds=2), times=3)"
    assert send({"fault": "stall"})[0] == 400
    assert send({"fault": "null_data", "operation": "nothing"})[0] == 400
    assert len(sandbox.faults) == 0


def test_kinds_say_what_a_form_asks_for(sandbox: Sandbox) -> None:
    kinds = {kind["fault"]: kind["arguments"] for kind in rows(sandbox, "/faults/kinds")["kinds"]}
    types = {argument["type"] for arguments in kinds.values() for argument in arguments}
    assert types == {"number", "whole number", "text", "json", "boolean"}
    text, status = kinds["code"][1:]
    assert text == {"name": "text", "required": False, "type": "text", "default": "Refused"}
    assert status["default"] == 200
    assert "default" not in kinds["code"][0]


def test_tasks_of_all_families_are_numbered_and_keep_their_request(
    api: Api, sandbox: Sandbox, clock: ManualClock
) -> None:
    swap = api.start(webhook_url="https://example.com/hook", name="birthday")
    api.post(path_of("start_wan_25_task"), {"prompt": "a calm sea", "name": "sea"})
    first = rows(sandbox, "/tasks?after=3")
    assert first["total"] == 5
    assert [row["status"] for row in first["tasks"]] == ["queued", "queued"]
    assert [row["family"] for row in first["tasks"]] == ["userFaceSwapTask", "wan_25"]
    clock.advance(2)
    assert rows(sandbox, "/tasks/4")["progress"] == 50
    clock.advance(2)
    row = rows(sandbox, "/tasks/4")
    assert (row["id"], row["name"], row["request"], row["coins"]) == (swap, "birthday", 1, 10)
    assert (row["status"], row["webhook"]) == ("succeeded", "https://example.com/hook")
    assert row["completed_at"] == row["ends_at"]
    assert (
        sandbox.handle(SandboxRequest.from_target("GET", row["result_urls"][0], {})).status == 200
    )
    api.delete(path_of("delete_face_swap_task", swap))
    (changed,) = rows(sandbox, f"/tasks?changed_since={first['revision']}")["tasks"]
    assert (changed["number"], changed["deleted"], changed["name"]) == (4, True, "birthday")
    assert changed["result_urls"] == []
    missing = SandboxRequest("GET", "/__sandbox__/tasks/6")
    assert Control(sandbox).handle(missing).status == 404
    assert sandbox.tasks(after=3, limit=1)[0].id == swap


def test_a_task_that_fails_says_why_and_what_came_back(
    api: Api, sandbox: Sandbox, clock: ManualClock
) -> None:
    sandbox.refund_failed = True
    sandbox.fail_next("no face found")
    api.start()
    clock.advance(3)
    (row,) = rows(sandbox, "/tasks?after=3")["tasks"]
    assert (row["status"], row["failed_message"]) == ("failed", "no face found")
    assert sandbox.coins.balance == 1_000_000
    assert rows(sandbox, "/tasks/4")["refunded"] == 10
