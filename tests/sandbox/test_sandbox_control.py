"""``/__sandbox__/...``: what a test suite in another language can do, and who may not."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from attrs import evolve
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from a2e_api.operations import OPERATIONS
from a2e_sdk.sandbox import Fault, ManualClock, Sandbox, SandboxRequest, SystemClock
from a2e_sdk.sandbox.control.dispatch import Control
from a2e_sdk.sandbox.control.fault_names import CUSTOM, FAULT_ARGUMENTS, describe_fault, fault_of
from a2e_sdk.sandbox.http_server import serve
from api_paths import path_of
from examples import examples

BODY = {
    "name": "over http",
    "face_url": "https://example.com/face.jpg",
    "video_url": "https://example.com/video.mp4",
}
Ask = Callable[..., httpx.Response]


@pytest.fixture
def sandbox() -> Sandbox:
    """With a clock of its own, as ``a2e sandbox`` has it."""
    return Sandbox()


@pytest.fixture
def ask(sandbox: Sandbox) -> Iterator[Ask]:
    """Sends JSON to a control endpoint, or to the API."""
    headers = {"Authorization": "Bearer sk_test"}
    with (
        serve(sandbox) as server,
        httpx.Client(base_url=server.url, headers=headers, trust_env=False, timeout=30) as client,
    ):

        def send(method: str, path: str, value: Any = None, **options: Any) -> httpx.Response:
            path = path if path.startswith("/api") else f"/__sandbox__{path}"
            if value is not None:
                options["json"] = value
            return client.request(method, path, **options)

        yield send


def start(ask: Ask) -> str:
    task_id: str = ask("POST", path_of("add_face_swap_task"), BODY).json()["data"]["_id"]
    return task_id


def status(ask: Ask, task_id: str) -> str:
    word: str = ask("GET", path_of("get_face_swap_task", task_id)).json()["data"]["current_status"]
    return word


def test_the_clock_is_turned_stopped_and_set_going(ask: Ask) -> None:
    assert ask("PUT", "/clock", {"paused": True}).json()["paused"] is True
    task_id = start(ask)
    assert status(ask, task_id) == "initialized"
    before = ask("GET", "/clock").json()["now"]
    assert ask("GET", "/clock").json()["now"] == before
    ask("POST", "/clock/advance", {"seconds": 3})
    assert status(ask, task_id) == "completed"
    assert ask("PUT", "/clock", {"paused": False}).json()["paused"] is False
    later = ask("POST", "/clock/advance", {"seconds": 86_400}).json()["now"]
    assert later > before
    assert ask("POST", "/reset", {}).json()["clock"]["now"] < later


def test_a_clock_that_was_given_is_turned_if_it_can_be() -> None:
    def send(clock: Any, method: str, path: str, value: Any) -> int:
        request = SandboxRequest(
            method,
            f"/__sandbox__{path}",
            headers={"content-type": "application/json"},
            body=json.dumps(value).encode(),
        )
        return Control(Sandbox(clock=clock)).handle(request).status

    manual = ManualClock()
    before = manual.now()
    assert send(manual, "POST", "/clock/advance", {"seconds": 5}) == 200
    assert (manual.now() - before).total_seconds() == 5
    assert send(manual, "PUT", "/clock", {"paused": True}) == 200
    assert send(manual, "PUT", "/clock", {"paused": False}) == 409
    assert send(SystemClock(), "POST", "/clock/advance", {"seconds": 5}) == 409
    assert send(SystemClock(), "PUT", "/clock", {"paused": True}) == 409
    assert send(SystemClock(), "PUT", "/clock", {"paused": False}) == 200


def test_the_clock_stops_before_the_calendar_does(ask: Ask) -> None:
    ask("PUT", "/clock", {"paused": True})
    answers = [ask("POST", "/clock/advance", {"seconds": 31_536_000}) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {200}
    sandbox = Sandbox(clock=ManualClock(ManualClock().now().replace(year=9_000)))
    headers = {"content-type": "application/json"}
    request = SandboxRequest("POST", "/__sandbox__/clock/advance", {}, headers, b'{"seconds":1}')
    assert Control(sandbox).handle(request).status == 409


def test_the_pace_holds_for_what_starts_after_it(ask: Ask) -> None:
    ask("PUT", "/clock", {"paused": True})
    early = start(ask)
    assert ask("PUT", "/pace", {"completed_after": 60}).json()["processing_after"] == 1.0
    late = start(ask)
    ask("POST", "/clock/advance", {"seconds": 30})
    assert (status(ask, early), status(ask, late)) == ("completed", "processing")
    wrong = ask("PUT", "/pace", {"processing_after": 61})
    assert wrong.status_code == 400
    assert "processing_after <= completed_after" in wrong.json()["error"]
    assert ask("GET", "/pace").json()["processing_after"] == 1.0


@pytest.mark.parametrize(("share", "failed"), [(0, 0), (0.29, 29), (0.5, 50), (1, 100)])
def test_a_share_of_the_tasks_fails_evenly(share: float, failed: int) -> None:
    clock = ManualClock()
    sandbox = Sandbox(clock=clock, seed_records=False)
    sandbox.fail_share(share, "no face", code="7")
    body = json.dumps(BODY).encode()
    headers = {"Authorization": "Bearer x", "Content-Type": "application/json"}
    for _ in range(100):
        sandbox.handle(SandboxRequest("POST", path_of("add_face_swap_task"), {}, headers, body))
    clock.advance(60)
    rows = [row for row in sandbox.face_swap_tasks() if row["current_status"] == "failed"]
    assert len(rows) == failed
    assert {(row["faild_message"], row["error_code"]) for row in rows} <= {("no face", "7")}


def test_the_next_tasks_fail_or_are_rejected_or_show_another_word(ask: Ask) -> None:
    ask("PUT", "/clock", {"paused": True})
    ask("POST", "/failures", {"message": "too dark", "times": 2})
    ask("POST", "/rejections", {"code": 1004})
    ask("POST", "/status-words", {"word": "queueing"})
    assert ask("POST", path_of("add_face_swap_task"), BODY).json()["code"] == 1004
    first = start(ask)
    ask("POST", "/clock/advance", {"seconds": 2})
    assert status(ask, first) == "queueing"
    ask("POST", "/clock/advance", {"seconds": 2})
    assert status(ask, first) == "failed"
    assert ask("GET", "/failures").json()["waiting"] == 1
    assert ask("DELETE", "/failures").json()["waiting"] == 0


def test_coins_prices_and_the_ledger(ask: Ask) -> None:
    ask("PUT", "/prices", {"add_face_swap_task": 25, "add_speech": 3})
    ask("PUT", "/coins", {"balance": 40})
    task_id = start(ask)
    speech = {"msg": "hello", "tts_id": "5" * 24}
    assert ask("POST", path_of("add_speech"), speech).json()["code"] == 0
    assert ask("POST", path_of("add_face_swap_task"), BODY).json()["code"] != 0
    ledger = ask("GET", "/coins").json()
    assert (ledger["balance"], ledger["total"]) == (12, 2)
    assert [(entry["number"], entry["amount"]) for entry in ledger["entries"]] == [
        (1, -25),
        (2, -3),
    ]
    assert ledger["entries"][0]["task_id"] == task_id
    assert [row["number"] for row in ask("GET", "/coins?after=1").json()["entries"]] == [2]
    assert ask("GET", "/coins?after=1&limit=0").json()["entries"] == []
    quote = {"endpoint": path_of("add_speech"), "requestBody": {}}
    assert ask("POST", OPERATIONS["get_quote"].path, quote).json()["data"]["coins"] == 3


def test_every_start_that_costs_has_a_price_that_can_be_set(ask: Ask) -> None:
    prices = ask("GET", "/prices").json()["prices"]
    doubled = {name: 2 * price for name, price in prices.items()}
    assert ask("PUT", "/prices", doubled).json()["prices"] == doubled
    refused = ask("PUT", "/prices", {"add_face_swap_task": 1, "nothing": 1})
    assert refused.status_code == 400
    assert ask("GET", "/prices").json()["prices"] == doubled
    ask("POST", "/reset", {})
    assert ask("GET", "/prices").json()["prices"] == prices


def test_a_streaming_session_costs_what_it_was_begun_at(ask: Ask) -> None:
    ask("PUT", "/prices", {"start_streaming_session": 5})
    sandbox_start = {"avatar_id": "5" * 24, "expire_seconds": 100}
    answer = ask("POST", path_of("start_streaming_session"), sandbox_start).json()
    if answer["code"] != 0:
        pytest.fail(str(answer))
    assert ask("GET", "/coins").json()["entries"][0]["amount"] == -50


def test_a_fault_is_met_once_and_can_be_taken_back(ask: Ask) -> None:
    armed = {"fault": "rate_limited", "arguments": {"retry_after": 2}}
    first = ask("POST", "/faults", armed | {"operation": "add_face_swap_task"})
    assert first.status_code == 201
    ask("POST", "/faults", {"fault": "http", "arguments": {"status": 520}, "times": None})
    limited = ask("POST", path_of("add_face_swap_task"), BODY)
    assert (limited.status_code, limited.headers["retry-after"]) == (429, "2")
    assert ask("POST", path_of("add_face_swap_task"), BODY).status_code == 520
    waiting = ask("GET", "/faults").json()["faults"]
    assert [(fault["fault"], fault["times"]) for fault in waiting] == [("http", None)]
    assert ask("DELETE", f"/faults/{waiting[0]['id']}").status_code == 200
    assert ask("DELETE", f"/faults/{waiting[0]['id']}").status_code == 404
    assert ask("POST", path_of("add_face_swap_task"), BODY).status_code == 200


def test_a_lost_response_is_a_paid_task(ask: Ask) -> None:
    ask("POST", "/faults", {"fault": "drop_after_read", "operation": "add_face_swap_task"})
    with pytest.raises(httpx.RemoteProtocolError):
        ask("POST", path_of("add_face_swap_task"), BODY)
    assert ask("GET", "/coins").json()["total"] == 1


def test_a_fault_of_python_is_listed_by_what_it_does(ask: Ask, sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault.http(502), times=2)
    sandbox.faults.add(evolve(Fault.http(502), delay=1))
    named, changed = ask("GET", "/faults").json()["faults"]
    assert (named["fault"], named["arguments"], named["times"]) == ("http", {"status": 502}, 2)
    assert (changed["fault"], changed["arguments"]["status"]) == ("custom", 502)
    assert changed["arguments"]["delay"] == 1


def test_faults_have_the_names_and_arguments_of_python() -> None:
    made = {
        name
        for name, member in inspect.getmembers(Fault, inspect.ismethod)
        if not name.startswith("_")
    }
    assert FAULT_ARGUMENTS.keys() == made | {CUSTOM}
    for name, fields in FAULT_ARGUMENTS.items():
        signature = inspect.signature(Fault if name == CUSTOM else getattr(Fault, name))
        required = {
            argument.name
            for argument in signature.parameters.values()
            if argument.default is inspect.Parameter.empty
        }
        assert {field.name for field in fields} == signature.parameters.keys(), name
        assert {field.name for field in fields if field.required} == required, name


def test_a_custom_fault_is_the_one_that_was_described() -> None:
    fault = Fault(
        status=520, headers={"X-Odd": "1", "etag": None}, body=b"no", delay=2, cut_after=1
    )
    assert fault_of(CUSTOM, describe_fault(fault)) == fault


def test_the_request_log_is_read_from_where_one_was(ask: Ask) -> None:
    for _ in range(3):
        ask("GET", f"{path_of('list_running_face_swap_tasks')}?_id=1")
    ask("GET", "/api/v1/nowhere")
    seen = ask("GET", "/requests?after=1&limit=2").json()
    assert (seen["total"], seen["unknown_paths"]) == (4, 1)
    assert [request["number"] for request in seen["requests"]] == [2, 3]
    assert seen["requests"][0]["query"] == {"_id": "1"}
    assert "authorization" in seen["requests"][0]["header_names"]
    assert "sk_test" not in json.dumps(seen)
    ask("DELETE", "/requests")
    assert ask("GET", "/requests").json()["total"] == 0


def test_numbers_of_requests_go_on_beyond_what_is_kept() -> None:
    sandbox = Sandbox(log_limit=2)
    for _ in range(5):
        sandbox.handle(SandboxRequest("GET", "/x"))
    assert [number for number, _ in sandbox.requests.numbered()] == [4, 5]


def test_a_reset_leaves_nothing_behind(ask: Ask, sandbox: Sandbox) -> None:
    before = ask("GET", "/state").json()
    start(ask)
    ask("PUT", "/failures", {"share": 1})
    ask("POST", "/failures", {})
    ask("PUT", "/pace", {"latency": 0.01})
    ask("PUT", "/streaming-hosts", {"busy": True})
    ask("POST", "/faults", {"fault": "null_data", "operation": "get_coins"})
    after = ask("POST", "/reset", {}).json()
    assert after | {"clock": 0} == before | {"clock": 0}
    assert len(sandbox.face_swap_tasks()) == 3
    assert (
        ask("GET", f"{path_of('list_face_swap_tasks')}?pageNum=1&pageSize=9").json()["data"][
            "count"
        ]
        == 3
    )


@pytest.mark.parametrize(
    ("method", "path", "value", "said"),
    [
        ("POST", "/clock/advance", {}, "seconds is required"),
        ("POST", "/clock/advance", {"seconds": -1}, "seconds must be seconds from 0"),
        ("POST", "/clock/advance", {"seconds": "5"}, '"5"'),
        ("POST", "/clock/advance", {"seconds": True}, "true"),
        ("POST", "/clock/advance", {"seconds": 10**400}, "seconds from 0"),
        ("POST", "/clock/advance", {"second": 5}, "second is unknown"),
        ("POST", "/clock/advance", [5], "must be a JSON object"),
        ("PUT", "/clock", {"paused": "yes"}, "true or false"),
        ("PUT", "/coins", {"balance": 1.5}, "whole number"),
        ("PUT", "/prices", {"nothing": 5}, "nothing is unknown"),
        ("PUT", "/failures", {"share": 1.1}, "from 0 to 1"),
        ("POST", "/failures", {"times": 10**9}, "from 1 to 1000"),
        ("POST", "/rejections", {"code": 0}, "from 1"),
        ("POST", "/faults", {}, "fault is required"),
        ("POST", "/faults", {"fault": "nope"}, "rate_limited"),
        ("POST", "/faults", {"fault": "__init__"}, "must be one of"),
        ("POST", "/faults", {"fault": "cut"}, "arguments.after is required"),
        ("POST", "/faults", {"fault": "cut", "arguments": [1]}, "an object"),
        ("POST", "/faults", {"fault": "cut", "arguments": {"at": 1}}, "arguments.at is unknown"),
        ("POST", "/faults", {"fault": "null_data", "operation": "x"}, "no operation 'x'"),
        ("POST", "/faults", {"fault": "null_data", "times": 0}, "null for always"),
        ("POST", "/faults", {"fault": "custom"}, None),
        ("POST", "/faults", {"fault": "custom", "arguments": {"takes_effect": False}}, "status"),
        (
            "POST",
            "/faults",
            {"fault": "redirect", "arguments": {"location": "a\r\nb: c"}},
            "header",
        ),
        ("POST", "/faults", {"fault": "custom", "arguments": {"headers": {"a b": "c"}}}, "header"),
        ("GET", "/requests?after=x", None, "after must be"),
        ("GET", "/coins?limit=-1", None, "limit must be"),
    ],
)
def test_bad_input_is_400_and_says_what_is_wrong(
    ask: Ask, method: str, path: str, value: Any, said: str | None
) -> None:
    answer = ask(method, path, value)
    if said is None:
        assert answer.status_code == 201
        return
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/json")
    assert said in answer.json()["error"]


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff",
        b'{"seconds": NaN}',
        b'{"seconds": 1e400}',
        b"[" * 100_000,
        b'{"seconds": %s1%s}' % (b"[" * 100, b"]" * 100),
        b'{"seconds":%s}' % (b"9" * 5_000),
    ],
)
def test_a_body_that_is_no_json_is_400(ask: Ask, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = ask("POST", "/clock/advance", content=body, headers=headers)
    assert answer.status_code == 400
    assert "error" in answer.json()


def test_unknown_endpoints_methods_types_and_sizes_are_refused_in_json(ask: Ask) -> None:
    json_type = {"Content-Type": "application/json; charset=utf-8"}
    long = b'{"seconds":0' + b" " * 1_100_000 + b"}"
    answers = {
        404: ask("GET", "/nowhere"),
        405: ask("PATCH", "/clock"),
        415: ask("POST", "/clock/advance", content=b'{"seconds":1}'),
        413: ask("POST", "/clock/advance", content=long, headers=json_type),
    }
    for expected, answer in answers.items():
        assert answer.status_code == expected
    assert answers[405].headers["allow"] == "GET, PUT"
    assert "/__sandbox__/clock" in answers[404].json()["error"]
    assert ask("POST", "/reset").status_code == 415
    assert ask("HEAD", "/clock").status_code == 200
    assert ask("GET", "/Clock/").status_code == 200


def test_only_what_begins_like_them_is_a_control_endpoint(ask: Ask, sandbox: Sandbox) -> None:
    with serve(sandbox) as server:
        answer = httpx.get(f"{server.url}/__sandbox__elsewhere", trust_env=False)
    assert (answer.status_code, answer.headers["content-type"][:9]) == (404, "text/html")
    assert sandbox.requests.total == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:3000"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_a_web_page_of_another_site_can_neither_read_nor_write(
    ask: Ask, sandbox: Sandbox, method: str, headers: dict[str, str]
) -> None:
    answer = ask(
        method,
        "/clock/advance" if method == "POST" else "/requests",
        {"seconds": 5},
        headers=headers | {"Access-Control-Request-Method": "POST"},
    )
    assert answer.status_code == 403
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert set(answer.json()) == {"error"}


def test_its_own_page_may_use_them(ask: Ask, sandbox: Sandbox) -> None:
    own = {"Origin": sandbox.public_url, "Sec-Fetch-Site": "same-origin"}
    answer = ask("POST", "/clock/advance", {"seconds": 5}, headers=own)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_they_are_not_logged_and_meet_no_fault(ask: Ask, sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault.http(520), times=None)
    sandbox.set_pace(latency=3_600)
    assert ask("GET", "/state").status_code == 200
    assert sandbox.requests.total == 0


ENDPOINTS = [
    (method, row["path"].replace("{id}", "1"))
    for row in json.loads(Control(Sandbox()).handle(SandboxRequest("GET", "/__sandbox__/")).body)[
        "endpoints"
    ]
    for method in row["methods"]
    if row["path"] != "/__sandbox__/events"
]
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(
    [
        *("fault", "arguments", "operation", "times", "share", "message", "code", "word", "busy"),
        *("paused", "seconds", "balance", "latency", "processing_after", "completed_after"),
        "add_face_swap_task",
    ]
)
FAULTS = st.fixed_dictionaries(
    {"fault": st.sampled_from(sorted(FAULT_ARGUMENTS))},
    optional={
        "arguments": st.dictionaries(
            st.sampled_from(
                sorted({field.name for fields in FAULT_ARGUMENTS.values() for field in fields})
            ),
            ANY_JSON,
            max_size=3,
        )
    },
)


@examples(150, suppress_health_check=[HealthCheck.too_slow])
@given(
    endpoint=st.sampled_from(ENDPOINTS),
    value=ANY_JSON | st.dictionaries(NAMES, ANY_JSON, max_size=3) | FAULTS,
    query=st.dictionaries(st.sampled_from(["after", "limit", "operation"]), st.text()),
)
def test_whatever_is_sent_the_answer_is_json(
    endpoint: tuple[str, str], value: Any, query: dict[str, str]
) -> None:
    sandbox = Sandbox()
    method, path = endpoint
    body = json.dumps(value).encode("utf-8", "surrogatepass")
    headers = {"content-type": "application/json"}
    control = Control(sandbox)
    reply = control.handle(SandboxRequest(method, path, query, headers, body))
    assert reply.status in (200, 201, 400, 404)
    assert isinstance(json.loads(reply.body), dict)
    for target in ("/state", "/faults", "/prices"):
        assert control.handle(SandboxRequest("GET", f"/__sandbox__{target}")).status == 200
