"""Face swap tasks: how they start, move on, are found, and go."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from a2e_sdk.sandbox import ManualClock, Sandbox
from api_paths import path_of

if TYPE_CHECKING:
    from tests.sandbox.conftest import Api

    Connect = Callable[[Sandbox], Api]

BODY = {
    "name": "my swap",
    "face_url": "https://example.com/face.jpg",
    "video_url": "https://example.com/video.mp4",
}
UNKNOWN_ID = "0" * 24
WIRE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def test_a_fresh_sandbox_lists_the_records_of_the_reference_page_as_the_spec_prints_them(
    api: Api, spec: dict[str, Any]
) -> None:
    answer = api.get(f"{path_of('list_face_swap_tasks')}?pageNum=1&pageSize=10")
    operation = spec["paths"][path_of("list_face_swap_tasks")]["get"]
    media = operation["responses"]["200"]["content"]["application/json"]
    assert answer.json == media["examples"]["records"]["value"]
    assert list(answer.data["rows"][0]) == list(
        media["examples"]["records"]["value"]["data"]["rows"][0]
    )


def test_seed_records_can_be_left_out() -> None:
    assert Sandbox(seed_records=False).face_swap_tasks() == []


def test_a_started_task_answers_without_phase_times_and_without_a_result(api: Api) -> None:
    row = api.post(path_of("add_face_swap_task"), BODY).data
    assert row == BODY | {
        "duration": 0,
        "current_status": "initialized",
        "result_url": "",
        "error_code": "0",
        "faild_message": None,
        "_id": row["_id"],
        "createdAt": "2026-01-01T00:00:00.000Z",
        "updatedAt": "2026-01-01T00:00:00.000Z",
    }


def test_a_task_moves_on_by_the_clock_alone(api: Api, clock: ManualClock) -> None:
    task_id = api.start()
    seen = []
    for _ in range(8):
        seen.append(api.task(task_id)["current_status"])
        clock.advance(0.5)
    assert seen == ["initialized"] * 2 + ["processing"] * 4 + ["completed"] * 2


def test_phase_times_come_one_by_one(api: Api, clock: ManualClock) -> None:
    task_id = api.start()
    clock.advance(2)
    running = api.task(task_id)
    assert running["initialized_time"] == "2026-01-01T00:00:00.000Z"
    assert running["processing_time"] == running["updatedAt"] == "2026-01-01T00:00:01.000Z"
    assert running["completed_time"] is None
    clock.advance(60)
    done = api.task(task_id)
    assert done["completed_time"] == done["updatedAt"] == "2026-01-01T00:00:03.000Z"
    assert done["duration"] == 6
    assert len(done) == 14


@pytest.mark.parametrize("seconds", [0, 1.5, 1_000])
def test_every_time_has_milliseconds_and_a_z(api: Api, clock: ManualClock, seconds: float) -> None:
    task_id = api.start()
    clock.advance(seconds)
    row = api.task(task_id)
    times = [row[key] for key in row if key.endswith(("_time", "At")) and row[key] is not None]
    assert len(times) >= 3
    assert all(WIRE_TIME.fullmatch(time) for time in times)


def test_pace_is_configurable(connect: Connect, clock: ManualClock) -> None:
    api = connect(Sandbox(clock=clock, processing_after=10, completed_after=20))
    task_id = api.start()
    clock.advance(9.9)
    assert api.task(task_id)["current_status"] == "initialized"
    clock.advance(10)
    assert api.task(task_id)["current_status"] == "processing"
    clock.advance(0.1)
    assert api.task(task_id)["current_status"] == "completed"


def test_the_next_task_fails_when_told_to_and_only_that_one(api: Api, clock: ManualClock) -> None:
    api.sandbox.fail_next("no face found", code="1002")
    failing, fine = api.start(), api.start()
    clock.advance(2)
    assert api.task(failing)["current_status"] == "processing"
    assert api.task(failing)["faild_message"] is None
    clock.advance(2)
    failed = api.task(failing)
    assert failed["current_status"] == "failed"
    assert failed["faild_message"] == "no face found"
    assert failed["error_code"] == "1002"
    assert failed["result_url"] == ""
    assert failed["completed_time"] is None
    assert api.task(fine)["current_status"] == "completed"
    assert api.task(fine)["error_code"] == "0"


def test_an_odd_status_word_shows_while_the_task_runs(
    unjudged_api: Api, clock: ManualClock
) -> None:
    api = unjudged_api
    api.sandbox.status_word_next("warming_up")
    odd, ordinary = api.start(), api.start()
    clock.advance(1)
    assert api.task(odd)["current_status"] == "warming_up"
    assert api.task(ordinary)["current_status"] == "processing"
    assert (
        api.get(path_of("list_running_face_swap_tasks")).data[1]["current_status"] == "warming_up"
    )
    assert api.delete(path_of("delete_face_swap_task", odd)).status == 400
    clock.advance(2)
    assert api.task(odd)["current_status"] == "completed"


def test_the_running_list_is_an_array_of_running_tasks_with_five_fields(
    api: Api, clock: ManualClock
) -> None:
    older = api.start()
    clock.advance(1)
    newer = api.start()
    assert api.get(path_of("list_running_face_swap_tasks")).data == [
        {
            "current_status": word,
            "result_url": "",
            "error_code": None,
            "faild_message": None,
            "_id": task_id,
        }
        for task_id, word in ((newer, "initialized"), (older, "processing"))
    ]
    clock.advance(60)
    assert api.get(path_of("list_running_face_swap_tasks")).data == []


def test_ids_are_24_hexadecimal_digits_and_grow_with_time(api: Api, clock: ManualClock) -> None:
    ids = []
    for _ in range(300):
        ids.append(api.start())
        clock.advance(0.1)
    assert all(re.fullmatch(r"[0-9a-f]{24}", task_id) for task_id in ids)
    assert ids == sorted(set(ids))


def test_an_unknown_id_is_null_under_success(api: Api) -> None:
    answer = api.get(path_of("get_face_swap_task", UNKNOWN_ID))
    assert (answer.status, answer.json) == (200, {"code": 0, "data": None})


@pytest.mark.parametrize("bad_id", ["details", "123", "g" * 24, "0" * 25, "%2e%2e"])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_malformed_id_is_a_bad_request(api: Api, method: str, bad_id: str) -> None:
    answer = api.send(method, path_of("get_face_swap_task", bad_id))
    assert (answer.status, answer.json["code"]) == (400, 400)


def test_deleting_a_waiting_task_refunds_it(api: Api) -> None:
    before = api.sandbox.coins.balance
    task_id = api.start()
    assert api.sandbox.coins.balance == before - 10
    assert api.delete(path_of("delete_face_swap_task", task_id)).status == 200
    assert api.sandbox.coins.balance == before
    assert [(entry.task_id, entry.amount, entry.reason) for entry in api.sandbox.coins] == [
        (task_id, -10, "start"),
        (task_id, 10, "refund"),
    ]
    assert api.task(task_id) is None


def test_a_running_task_cannot_be_deleted(api: Api, clock: ManualClock) -> None:
    task_id = api.start()
    clock.advance(1)
    assert api.delete(path_of("delete_face_swap_task", task_id)).status == 400
    assert api.task(task_id)["current_status"] == "processing"


@pytest.mark.parametrize("word", ["sent", "pending", "processing"])
def test_every_word_for_running_forbids_deletion(api: Api, word: str) -> None:
    task_id = api.sandbox.add_face_swap_task(current_status=word)
    assert api.delete(path_of("delete_face_swap_task", task_id)).status == 400
    assert api.task(task_id)["_id"] == task_id


@pytest.mark.parametrize("fails", [False, True])
def test_an_ended_task_can_be_deleted_without_a_refund(
    api: Api, clock: ManualClock, fails: bool
) -> None:
    if fails:
        api.sandbox.fail_next("no face found")
    task_id = api.start()
    clock.advance(3)
    assert api.delete(path_of("delete_face_swap_task", task_id)).status == 200
    assert [entry.amount for entry in api.sandbox.coins] == [-10]
    assert api.task(task_id) is None
    assert api.delete(path_of("delete_face_swap_task", task_id)).status == 400


def test_a_start_that_is_not_covered_leaves_nothing_behind(
    connect: Connect, clock: ManualClock
) -> None:
    sandbox = Sandbox(seed_records=False, clock=clock, coins=15)
    api = connect(sandbox)
    api.start()
    refused = api.post(path_of("add_face_swap_task"), BODY)
    assert refused.status == 400
    assert refused.json["msg"] == "insufficient coins"
    assert sandbox.coins.balance == 5
    assert len(sandbox.coins) == len(sandbox.face_swap_tasks()) == 1


def test_batch_detail_finds_what_there_is_in_another_order(api: Api) -> None:
    ids = [api.start() for _ in range(4)]
    answer = api.post(
        path_of("get_many_face_swap_tasks"), {"ids": [*ids, UNKNOWN_ID, ids[0], "odd"]}
    )
    found = [row["_id"] for row in answer.data]
    assert found != ids
    assert sorted(found) == ids
    assert [api.task(task_id) for task_id in found] == answer.data


def test_newer_operations_carry_a_trace_id_of_their_own(api: Api) -> None:
    first, second = (
        api.post(path_of("get_many_face_swap_tasks"), {"ids": []}).json for _ in range(2)
    )
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", first["trace_id"])
    assert first["trace_id"] != second["trace_id"]
    assert "trace_id" not in api.get(f"{path_of('list_face_swap_tasks')}?pageNum=1&pageSize=1").json


@pytest.mark.parametrize("ids", [None, "abc", [1], {"a": 1}, ["0"] * 201])
def test_a_wrong_id_list_is_refused_under_http_200(api: Api, ids: object) -> None:
    answer = api.post(path_of("get_many_face_swap_tasks"), {"ids": ids})
    assert (answer.status, answer.json["code"]) == (200, 400)
    assert answer.json["errors"][0]["param"] == "ids"


@pytest.mark.parametrize("missing", sorted(BODY))
def test_a_missing_body_field_is_named(api: Api, missing: str) -> None:
    body = {name: value for name, value in BODY.items() if name != missing}
    answer = api.post(path_of("add_face_swap_task"), body)
    assert (answer.status, answer.json["code"]) == (400, 400)
    assert [error["param"] for error in answer.json["errors"]] == [missing]
    assert len(api.sandbox.coins) == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("face_url", "ftp://example.com/face.jpg"),
        ("video_url", "https://example.com/my video.mp4"),
        ("name", 5),
        ("cover_url", 5),
        ("model_version", "v3"),
        ("model_version", []),
        ("webhook_url", "http://example.com/hook"),
        ("webhook_url", "https://example.com/" + "x" * 2048),
        ("webhook_token", "x" * 257),
    ],
)
def test_a_wrong_body_field_is_named(api: Api, name: str, value: object) -> None:
    answer = api.post(path_of("add_face_swap_task"), BODY | {name: value})
    assert answer.status == 400
    assert [error["param"] for error in answer.json["errors"]] == [name]


def test_optional_and_unknown_body_fields_are_accepted(api: Api) -> None:
    task_id = api.start(
        model_version="v2",
        cover_url=None,
        webhook_url="https://example.com/hook",
        webhook_token="",
        brand_new="?",
    )
    assert len(api.task(task_id)) == 14


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_json_object_is_a_bad_request(api: Api, body: bytes) -> None:
    assert api.send("POST", path_of("add_face_swap_task"), body).status == 400


def test_any_text_survives_the_trip(api: Api) -> None:
    for name in ("Zoë 顔 🙂", "\ud800", '"\\\n\x00', "</script>"):
        assert api.task(api.start(name=name))["name"] == name


def test_a_row_can_be_put_in_with_any_fields(unjudged_api: Api) -> None:
    api = unjudged_api
    fields: dict[str, Any] = {
        "_id": "a" * 24,
        "duration": "6",
        "result_url": None,
        "brand_new": [1],
    }
    assert api.sandbox.add_face_swap_task(**fields) == "a" * 24
    row = api.task("a" * 24)
    assert row["current_status"] == "completed"
    assert {key: row[key] for key in fields} == fields
    assert len(api.sandbox.coins) == 0


def test_a_row_that_is_put_in_stays_as_it_is(unjudged_api: Api, clock: ManualClock) -> None:
    api = unjudged_api
    words = ["initialized", "processing", "failed", "completed", "warming_up"]
    ids = [api.sandbox.add_face_swap_task(current_status=word) for word in words]
    clock.advance(1_000_000)
    rows = [api.task(task_id) for task_id in ids]
    assert [row["current_status"] for row in rows] == words
    assert [bool(row["result_url"]) for row in rows] == [word == "completed" for word in words]
    assert [bool(row["completed_time"]) for row in rows] == [word == "completed" for word in words]
    running = {row["_id"] for row in api.get(path_of("list_running_face_swap_tasks")).data}
    assert running == {ids[0], ids[1], ids[4]}


def test_an_id_is_not_used_twice(sandbox: Sandbox) -> None:
    sandbox.add_face_swap_task(_id="a" * 24)
    with pytest.raises(ValueError, match="already"):
        sandbox.add_face_swap_task(_id="a" * 24)


def test_a_row_that_is_taken_out_is_gone(sandbox: Sandbox) -> None:
    task_id = sandbox.add_face_swap_task(current_status="processing")
    assert sandbox.delete_face_swap_task(task_id)
    assert not sandbox.delete_face_swap_task(task_id)
    assert task_id not in json.dumps(sandbox.face_swap_tasks())


@given(rows=st.integers(0, 40), size=st.integers(1, 12))
def test_pages_hold_every_row_once_newest_first(connect: Connect, rows: int, size: int) -> None:
    api = connect(Sandbox(seed_records=False, clock=ManualClock()))
    ids = [api.sandbox.add_face_swap_task() for _ in range(rows)]
    listed: list[str] = []
    for number in range(1, rows // size + 2):
        page = api.page(number, size)
        assert page["count"] == rows
        assert len(page["rows"]) <= size
        listed += [row["_id"] for row in page["rows"]]
    assert listed == ids[::-1]


def test_a_new_row_shifts_the_pages_and_a_deleted_one_closes_the_gap(api: Api) -> None:
    first = api.page(1, 2)["rows"]
    api.sandbox.add_face_swap_task()
    second = api.page(2, 2)
    assert second["rows"][0] == first[1]
    assert second["count"] == 4
    api.sandbox.delete_face_swap_task(first[0]["_id"])
    assert api.page(2, 2)["rows"] == second["rows"][1:]
    assert api.page(2, 2)["count"] == 3


def test_a_page_beyond_the_last_is_empty(api: Api) -> None:
    assert api.page(99, 100) == {"rows": [], "count": 3}


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("", ["pageNum", "pageSize"]),
        ("pageNum=1", ["pageSize"]),
        ("pageSize=1", ["pageNum"]),
        ("pageNum=0&pageSize=1", ["pageNum"]),
        ("pageNum=1&pageSize=101", ["pageSize"]),
        ("pageNum=1&pageSize=0", ["pageSize"]),
        ("pageNum=-1&pageSize=1.5", ["pageNum", "pageSize"]),
        ("pageNum=one&pageSize=", ["pageNum", "pageSize"]),
        ("pageNum=%D9%A1&pageSize=%C2%B2", ["pageNum", "pageSize"]),
        ("pageNum=" + "9" * 5000 + "&pageSize=1", ["pageNum"]),
    ],
)
def test_wrong_paging_is_a_bad_request(api: Api, query: str, wrong: list[str]) -> None:
    answer = api.get(f"{path_of('list_face_swap_tasks')}?{query}")
    assert (answer.status, answer.json["code"]) == (400, 400)
    assert [error["param"] for error in answer.json["errors"]] == wrong


@pytest.mark.parametrize(("processing", "completed"), [(-1, 3), (4, 3)])
def test_an_impossible_pace_is_refused(processing: float, completed: float) -> None:
    with pytest.raises(ValueError, match="processing_after"):
        Sandbox(processing_after=processing, completed_after=completed)
