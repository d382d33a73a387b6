"""A sandbox's state as one document: another sandbox goes on with it, or refuses all of it."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from a2e_api.operations import OPERATIONS
from a2e_sdk.sandbox import (
    AdjustableClock,
    Connection,
    Fault,
    ManualClock,
    Sandbox,
    SandboxReply,
    SandboxRequest,
    SavedStateError,
    SystemClock,
)
from a2e_sdk.sandbox.control import dispatch
from a2e_sdk.sandbox.control.dispatch import MAX_CONTROL_BYTES, most_bytes
from a2e_sdk.sandbox.http_server import serve
from sandbox.spec_requests import SpecRequest, good_request, made_before

HEADERS = {"authorization": "Bearer sk_test", "content-type": "application/json"}
READING = ("list_", "get_")
#: They take out what the others have made.
ENDING = ("delete_", "leave_")


def send(sandbox: Sandbox, request: SpecRequest) -> SandboxReply:
    method = request.operation.method
    return sandbox.handle(
        SandboxRequest.from_target(method, request.target, HEADERS, request.content)
    )


def data(sandbox: Sandbox, request: SpecRequest) -> Any:
    envelope = json.loads(send(sandbox, request).body)
    assert envelope["code"] == 0, envelope
    return envelope["data"]


def fill(sandbox: Sandbox, advance: Any) -> dict[str, dict[str, Any]]:
    """Let every operation make what it makes; return how each is called."""
    references: dict[str, dict[str, Any]] = {}
    for name in OPERATIONS:
        references[name] = made_before(name, lambda request: data(sandbox, request), advance)
        if not name.startswith((*READING, *ENDING)):
            for is_full in (False, True):
                send(sandbox, good_request(name, references[name], is_full=is_full))
    return references


@cache
def used() -> tuple[str, dict[str, dict[str, Any]]]:
    """Return the document of a sandbox in which everything was done, and what to call by what."""
    clock = ManualClock()
    sandbox = Sandbox(clock=clock, public_url="http://127.0.0.1:1", coins=10**7, log_limit=5)
    sandbox.refund_failed = True
    sandbox.fail_share(0.3, "of a share")
    references = fill(sandbox, clock.advance)
    for name in ("start_wan_25_task", "add_face_swap_task"):
        send(sandbox, good_request(name, {}))
    doomed = data(sandbox, good_request("start_wan_25_task", {}))["_id"]
    path = OPERATIONS["delete_wan_25_task"].path.replace("{_id}", doomed)
    sandbox.handle(SandboxRequest("DELETE", path, {}, HEADERS))
    upload(sandbox)
    sandbox.add_face_swap_task(name="\ud800 \u0000 顔", odd={"a": [1, None, 1.5, True]})
    sandbox.limit_running(10_000, busy_code=1001, retry_after=2)
    sandbox.set_pace(latency=0.5, processing_after=2, completed_after=7)
    sandbox.set_price("add_face_swap_task", 25)
    sandbox.set_price("add_speech", 3)
    sandbox.replace_results()
    # Some of each family still wait, and some run.
    for name in OPERATIONS:
        if name.startswith("start_") and name.endswith("_task"):
            send(sandbox, good_request(name, {}))
    clock.advance(3)
    sandbox.occupy_streaming_hosts()
    sandbox.fail_next("too dark", code="9")
    sandbox.status_word_next("queueing")
    sandbox.reject_next(1004, message="no")
    sandbox.buy_coins(123)
    sandbox.faults.add(Fault.rate_limited(2), "add_face_swap_task", times=3, share=0.5)
    sandbox.faults.add(Fault(status=520, body=b"\xff", overlook={"range"}, cut_after=3), times=None)
    odd = Fault(connection=Connection.DROP, headers={"etag": None}, delay=1)
    sandbox.faults.add(odd, "download_file")
    return json.dumps(sandbox.dump()), references


def upload(sandbox: Sandbox) -> None:
    signed = data(sandbox, good_request("add_upload_url", {}))["uploadUrl"]
    headers = {"content-type": "video/mp4", "content-length": "5"}
    request = SandboxRequest.from_target("PUT", signed, headers, b"\x00\xffabc")
    signed_type = request.query.get("contentType", "video/mp4")
    length = request.query.get("contentLength")
    body = b"\x00" * int(length) if length else b"\x00\xffabc"
    headers = {"content-type": signed_type, "content-length": str(len(body))}
    reply = sandbox.handle(SandboxRequest.from_target("PUT", signed, headers, body))
    assert reply.status == 200, reply


def loaded(document: str | None = None, **options: Any) -> Sandbox:
    clock = ManualClock(datetime(2030, 1, 1, tzinfo=UTC))
    sandbox = Sandbox(clock=clock, public_url="http://127.0.0.1:1", coins=5, **options)
    sandbox.load(json.loads(used()[0] if document is None else document))
    return sandbox


def links_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from links_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from links_in(inner)
    elif isinstance(value, str) and value.startswith("http://127.0.0.1:1/"):
        yield value


def test_everything_is_in_the_document() -> None:
    document = json.loads(used()[0])
    sections = document["sections"]
    assert [name for name, kept in sections.items() if not kept] == []
    families = {one["family"] for one in document["tasks"]}
    assert len(families) >= 40
    assert any(one["task"]["is_deleted"] for one in document["tasks"])
    assert document["running"]
    assert document["starts"]["repeated"]
    # What a part keeps is in it, unless it says that it is not: a new one has to be thought of.
    assert document["settings"].keys() == {
        *("processing_after", "completed_after", "latency", "results", "failure_share"),
        *("running_limit", "refund_failed", "failures", "status_words", "rejections"),
        "hosts_are_busy",
    }


def test_a_document_that_was_loaded_is_the_one_that_is_dumped() -> None:
    sandbox = loaded()
    assert sandbox.dump() == json.loads(used()[0])


@pytest.mark.parametrize("seconds", [0, 2, 100, 90_000])
def test_a_client_sees_the_same_in_both(seconds: float) -> None:
    first, second = loaded(), loaded(loaded().dump() and used()[0])
    second.load(first.dump())
    references = used()[1]
    for one in (first, second):
        one.faults.clear()
        one.clock.advance(seconds)
    seen = 0
    links: set[str] = set()
    for name in OPERATIONS:
        if name.startswith(READING):
            for is_full in (False, True):
                request = good_request(name, references[name], is_full=is_full)
                replies = [send(one, request) for one in (first, second)]
                assert replies[0] == replies[1], name
                seen += b'"_id"' in replies[0].body
                links.update(links_in(json.loads(replies[0].body)))
    assert seen > 100
    for link in sorted(links)[::20]:
        replies = [
            one.handle(SandboxRequest.from_target("GET", link, {})) for one in (first, second)
        ]
        assert replies[0] == replies[1], link
    assert first.paid_twice() == second.paid_twice() != []
    assert list(first.coins) == list(second.coins)
    assert first.uploads == second.uploads != {}
    assert (first.running, first.coins.balance) == (second.running, second.coins.balance)


def original_and_copy() -> tuple[Sandbox, Sandbox]:
    """Return a sandbox that never was a document, and one that was made of its document."""
    original = Sandbox(clock=ManualClock(), public_url="http://127.0.0.1:1", completed_after=100)
    original.fail_share(0.5)
    for number in range(7):
        send_start(original, f"{number // 2}")
    original.faults.add(Fault.http(502), share=0.3, times=None)
    send_start(original, "last")
    original.clock.advance(50)
    other = Sandbox(clock=ManualClock(), public_url="http://127.0.0.1:1")
    other.load(json.loads(json.dumps(original.dump())))
    return original, other


def send_start(sandbox: Sandbox, prompt: str) -> SandboxReply:
    body = json.dumps({"prompt": prompt, "name": "x"}).encode()
    path = OPERATIONS["start_wan_25_task"].path
    return sandbox.handle(SandboxRequest("POST", path, {}, HEADERS, body))


def test_both_go_on_alike() -> None:
    original, other = original_and_copy()
    for number in range(12):
        assert send_start(original, f"{number // 2}") == send_start(other, f"{number // 2}")
    for one in (original, other):
        one.clock.advance(200)
    assert original.dump() == other.dump()
    assert original.paid_twice() == other.paid_twice()
    numbers = [[start.request for start in group.starts] for group in other.repeated_starts()]
    assert numbers == [
        [start.request for start in one.starts] for one in original.repeated_starts()
    ]
    assert other.requests[-1].number == original.requests[-1].number == 20
    ids = [task.id for task in other.tasks()]
    assert len(ids) == len(set(ids))


def start_face_swap(sandbox: Sandbox, face: str) -> None:
    body = {"name": "x", "face_url": face, "video_url": "https://example.com/v.mp4"}
    path = OPERATIONS["add_face_swap_task"].path
    request = SandboxRequest("POST", path, {}, HEADERS, json.dumps(body).encode())
    assert sandbox.handle(request).status == 200


def test_links_of_a_server_that_has_ended_lead_to_the_next_one() -> None:
    """As with `a2e sandbox --state`: saved after the end, loaded before the start."""
    original = Sandbox(clock=ManualClock())
    with serve(original) as server:
        first_url = server.url
        upload(original)
        (link,) = original.uploads
        start_face_swap(original, link)
    document = original.dump()
    assert document["public_url"] == first_url
    other = Sandbox(clock=ManualClock())
    other.load(document)
    with serve(other) as server:
        (moved,) = other.uploads
        assert moved.startswith(f"{server.url}/")
        assert other.face_swap_tasks()[0]["face_url"] == moved
        start_face_swap(other, moved)
    assert len(other.paid_twice()) == 1


def test_links_follow_where_the_sandbox_is_reached_and_nothing_else_changes() -> None:
    sandbox = Sandbox(clock=ManualClock(), public_url="http://127.0.0.1:1")
    upload(sandbox)
    (link,) = sandbox.uploads
    start_face_swap(sandbox, link)
    sandbox.faults.add(Fault.http(502), times=2)
    assert send_start(sandbox, "failed").status == 502
    before = sandbox.dump()
    epoch = sandbox.revisions.epoch
    sandbox.public_url = "http://127.0.0.1:22"
    assert send_start(sandbox, "failed").status == 502
    assert sandbox.requests[-1].attempt == 2
    after = sandbox.dump()
    old, new = "http://127.0.0.1:1/", "http://127.0.0.1:22/"
    expected = json.loads(json.dumps(before).replace(old, new))
    changed = {"public_url", "next_request", "faults"}
    assert {name for name in after if after[name] != expected[name]} == changed
    assert sandbox.revisions.epoch == epoch


def test_a_link_to_the_other_sandbox_leads_to_this_one() -> None:
    original = Sandbox(clock=ManualClock(), public_url="http://127.0.0.1:1")
    upload(original)
    (link,) = original.uploads
    start_face_swap(original, link)
    other = Sandbox(clock=ManualClock(), public_url="http://127.0.0.1:22")
    other.load(original.dump())
    (moved,) = other.uploads
    assert moved == link.replace(":1/", ":22/")
    assert other.handle(SandboxRequest.from_target("GET", moved, {})).status == 200
    assert other.face_swap_tasks()[0]["face_url"] == moved
    start_face_swap(other, moved)
    assert len(other.paid_twice()) == 1


def test_a_reset_goes_back_to_the_sandboxs_own_settings() -> None:
    sandbox = loaded()
    sandbox.reset()
    assert (sandbox.coins.balance, len(sandbox.tasks()), sandbox.pace["latency"]) == (5, 3, 0.0)
    assert (len(sandbox.faults), sandbox.prices["add_speech"]) == (0, 1)


def test_what_was_here_is_gone_and_who_watches_is_told() -> None:
    sandbox = Sandbox(clock=ManualClock())
    coins = sandbox.coins
    send_start(sandbox, "before")
    before = sandbox.revisions
    sandbox.load(Sandbox(clock=ManualClock(), coins=77).dump())
    assert (len(sandbox.tasks()), len(sandbox.coins), sandbox.requests.total) == (3, 0, 0)
    assert coins.balance == sandbox.coins.balance == 77
    after = sandbox.revisions
    assert after.epoch > before.epoch
    assert after.tasks > before.tasks
    assert after.coins > before.coins


def test_a_paused_clock_stays_so_and_a_running_one_stays_as_far_ahead() -> None:
    for paused in (True, False):
        original = Sandbox(clock=AdjustableClock(paused=paused))
        original.clock.advance(86_400)
        other = Sandbox(clock=AdjustableClock(paused=not paused))
        other.load(original.dump())
        assert other.clock.paused is paused
        assert abs(other.clock.now() - original.clock.now()) < timedelta(seconds=5)
    document = original.dump()
    manual = Sandbox(clock=ManualClock(datetime(2030, 1, 1, tzinfo=UTC)))
    manual.load(document)
    assert manual.clock.now() == datetime.fromisoformat(document["clock"]["now"])


def test_a_clock_that_cannot_be_set_is_refused() -> None:
    sandbox = Sandbox(clock=SystemClock())
    document = sandbox.dump()
    with pytest.raises(SavedStateError, match="clock"):
        sandbox.load(document)


def broken(path: str, value: Any) -> dict[str, Any]:
    document = json.loads(used()[0])
    *parents, last = path.split(".")
    place: Any = document
    for name in parents:
        place = place[int(name) if isinstance(place, list) else name]
    place[int(last) if isinstance(place, list) else last] = value
    return document


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("format", "other", "format is not 'a2e-sandbox'"),
        ("version", 2, "version 2; this SDK reads version 1"),
        ("version", True, "version True"),
        ("ledger.balance", -1, "coins must be 0 or more"),
        ("ledger.balance", True, "ledger.balance must be a whole number; it is True"),
        ("ledger.entries.0.reason", "theft", "ledger.entries.0.reason must be one of"),
        ("ledger.entries.0.at", "2026-01-01", "a time with an offset"),
        ("clock.ahead", 1e300, "clock must not go beyond"),
        ("clock.ahead", float("nan"), "clock.ahead must be a finite number"),
        ("clock.ahead", 10**400, "clock.ahead must be a finite number"),
        ("running.0.refund", -1, "running.0 is refused: 'refund' must be >= 0"),
        ("clock.now", "9999-01-01T00:00:00Z", "clock must not go beyond"),
        ("next_request", 0, "next_request must be 1 or more"),
        ("tasks.0.family", "nothing", "no family 'nothing'"),
        ("tasks.5.task.extra", 1, "tasks.5.task has unknown ['extra']"),
        ("running.0.task_id", "nobody", "'nobody' is to run and is not there"),
        ("prices.nothing", 1, "'nothing' has no price"),
        ("prices.add_speech", -1, "a price must be 0 coins or more"),
        ("settings.latency", -1, "latency must be 0 or more"),
        ("settings.results.expired_status", 200, "expired_status must be one of"),
        ("settings.failure_share.share", 2, "a share must be from 0 to 1"),
        ("settings.running_limit.busy_code", 500, "busy_code must be one of"),
        ("starts.first", {"xyz": None}, "starts.first.xyz must be an object"),
        ("faults.waiting.0.operation", "nothing", "no operation 'nothing'"),
        ("faults.waiting.0.fault.connection", "lost", "one of ['answer', 'drop', 'unreached']"),
        ("faults.waiting.1.fault.body", "?", "base64"),
        ("sections.made_files.0.suffix", ".exe", "there are no files '.exe'"),
        ("sections.uploads", [], "sections.uploads must be an object; it is []"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_changed(path: str, value: Any, said: str) -> None:
    sandbox = loaded()
    before = sandbox.dump()
    with pytest.raises(SavedStateError) as caught:
        sandbox.load(broken(path, value))
    assert said in str(caught.value)
    assert sandbox.dump() == before


def test_two_tasks_of_one_id_and_too_large_uploads_are_refused() -> None:
    document = json.loads(used()[0])
    living = [one for one in document["tasks"] if not one["task"]["is_deleted"]]
    document["tasks"].append(living[0])
    sandbox = loaded(upload_limit=10**6)
    before = sandbox.dump()
    with pytest.raises(SavedStateError, match="there is a record"):
        sandbox.load(document)
    with pytest.raises(SavedStateError, match="must be an object"):
        sandbox.load([])  # type: ignore[arg-type]
    assert sandbox.dump() == before
    with pytest.raises(SavedStateError, match="upload_limit is 1"):
        loaded(upload_limit=1)


@cache
def small() -> tuple[Sandbox, str]:
    original, _ = original_and_copy()
    original.fail_next("x")
    original.reject_next()
    upload_to = Sandbox(clock=ManualClock(), seed_records=False)
    upload_to.load(original.dump())
    return upload_to, json.dumps(upload_to.dump())


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Return where something stands that the document could have otherwise."""
    if path:
        yield path
    # What clients have sent may be any JSON.
    if isinstance(value, dict) and path[-1:] not in (("inputs",), ("overrides",), ("arguments",)):
        for name in value:
            yield from places(value[name], (*path, name))
    elif isinstance(value, list):
        for index in range(len(value)):
            yield from places(value[index], (*path, index))


ODD = st.sampled_from([None, True, -1.5, "odd", [], [1], {}, {"odd": 1}, [[]], "\ud800", 10**400])


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(draw=st.data())
def test_a_broken_document_changes_nothing(draw: st.DataObject) -> None:
    sandbox, text = small()
    document = json.loads(text)
    path = draw.draw(st.sampled_from(sorted(places(document), key=repr)))
    place = document
    for name in path[:-1]:
        place = place[name]
    how = draw.draw(st.sampled_from(["missing", "odd", "unknown"]))
    if how == "missing":
        # A price that the document does not know is the default.
        assume(isinstance(place, dict) and path[0] != "prices")
        del place[path[-1]]
    elif how == "odd":
        place[path[-1]] = draw.draw(ODD)
    else:
        assume(isinstance(place[path[-1]], dict))
        place[path[-1]]["unknown key"] = None
    before = sandbox.dump()
    try:
        sandbox.load(copy.deepcopy(document))
    except SavedStateError as problem:
        assert str(problem).startswith(("the saved state is", "this is no saved state"))
        assert sandbox.dump() == before
    else:
        # Another value of the same type is another state, and as good as any.
        assert sandbox.dump() == document | {"saved_at": sandbox.dump()["saved_at"]} or how == "odd"
        sandbox.load(json.loads(text))


@pytest.mark.parametrize("part", [0.0, 0.01, 0.3, 0.7, 0.9999])
def test_a_truncated_document_is_refused_over_http(part: float) -> None:
    text = used()[0]
    sandbox = Sandbox()
    before = sandbox.dump()
    with serve(sandbox) as server:
        answer = httpx.put(
            f"{server.url}/__sandbox__/dump",
            content=text[: int(len(text) * part)],
            headers={"Content-Type": "application/json"},
            trust_env=False,
            timeout=60,
        )
    assert answer.status_code == 400
    assert answer.json().keys() == {"error"}
    after = sandbox.dump()
    for changing in ("saved_at", "clock"):
        before.pop(changing), after.pop(changing)
    assert after | {"public_url": 0} == before | {"public_url": 0}


def test_a_document_goes_over_http_and_a_longer_one_is_413(monkeypatch: pytest.MonkeyPatch) -> None:
    document = json.loads(used()[0])
    assert len(used()[0]) > MAX_CONTROL_BYTES // 8
    document["sections"]["uploads"]["b/long"] = {
        "content": "AAAA" * 500_000,
        "content_type": "video/mp4",
        "etag": '"x"',
    }
    sandbox = Sandbox()
    with (
        serve(sandbox) as server,
        httpx.Client(base_url=f"{server.url}/__sandbox__", trust_env=False, timeout=60) as client,
    ):
        content = json.dumps(document)
        headers = {"Content-Type": "application/json"}
        answer = client.put("/dump", content=content, headers=headers)
        assert answer.status_code == 200, answer.text
        assert answer.json()["coins"]["balance"] == document["ledger"]["balance"]
        got = client.get("/dump").json()
        assert got["starts"] == document["starts"]
        assert got["public_url"] == server.url
        assert len(got["sections"]["uploads"]["b/long"]["content"]) == 2_000_000
        monkeypatch.setattr(dispatch, "MAX_DUMP_BYTES", 1_000_000)
        assert client.put("/dump", content=content, headers=headers).status_code == 413
        assert client.put("/dump", json={"format": 1}).status_code == 400
    assert most_bytes("GET", "/__sandbox__/dump") == MAX_CONTROL_BYTES
    assert most_bytes("POST", "/__sandbox__/reset") == MAX_CONTROL_BYTES


def test_ten_thousand_tasks_are_loaded_within_seconds() -> None:
    sandbox = Sandbox(clock=ManualClock(), coins=10**9)
    for number in range(2_000):
        send_start(sandbox, f"{number}")
    document = sandbox.dump()
    # Copies of them under other ids, since starting them takes longer than loading.
    made = [one for one in document["tasks"] if one["family"] == "wan_25"]
    for number in range(4):
        for one in made:
            task = one["task"] | {"task_id": f"{number}{one['task']['task_id'][1:]}x"}
            document["tasks"].append({"family": one["family"], "task": task})
    other = Sandbox(clock=ManualClock())
    begun = time.process_time()
    other.load(document)
    assert time.process_time() - begun < 10
    assert len(other.tasks()) == 10_003
