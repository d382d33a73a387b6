"""What goes wrong on purpose, as data on the reply."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from a2e_sdk.sandbox import Connection, Fault
from api_paths import path_of

if TYPE_CHECKING:
    from tests.sandbox.conftest import Api

STATUS = path_of("list_running_face_swap_tasks")


@pytest.fixture
def api(unjudged_api: Api) -> Api:
    return unjudged_api


def test_a_fault_is_met_once_unless_told_otherwise(api: Api) -> None:
    api.sandbox.faults.add(Fault.http(520))
    assert [api.get(STATUS).status for _ in range(2)] == [520, 200]
    api.sandbox.faults.add(Fault.http(520), times=3)
    assert [api.get(STATUS).status for _ in range(4)] == [520, 520, 520, 200]
    api.sandbox.faults.add(Fault.http(520), times=None)
    assert {api.get(STATUS).status for _ in range(50)} == {520}
    api.sandbox.faults.clear()
    assert api.get(STATUS).status == 200


def test_a_fault_can_wait_for_one_operation(api: Api) -> None:
    api.sandbox.faults.add(Fault.http(502), operation="get_face_swap_task")
    assert api.get(STATUS).status == 200
    assert api.get(path_of("get_face_swap_task", "0" * 24)).status == 502


def test_faults_are_met_in_the_order_they_were_added(api: Api) -> None:
    api.sandbox.faults.add(Fault.http(501), operation="list_running_face_swap_tasks")
    api.sandbox.faults.add(Fault.http(502))
    assert len(api.sandbox.faults) == 2
    assert [api.get(STATUS).status for _ in range(3)] == [501, 502, 200]
    assert len(api.sandbox.faults) == 0


def test_a_misspelt_operation_is_refused(api: Api) -> None:
    with pytest.raises(ValueError, match="add_face_swap_task"):
        api.sandbox.faults.add(Fault.http(502), operation="add_faceswap_task")


@pytest.mark.parametrize("times", [0, -1])
def test_a_fault_for_no_request_is_refused(api: Api, times: int) -> None:
    with pytest.raises(ValueError, match="times"):
        api.sandbox.faults.add(Fault.http(502), times=times)


def test_contradictory_faults_are_refused() -> None:
    with pytest.raises(ValueError, match="needs a status"):
        Fault(takes_effect=False)
    with pytest.raises(ValueError, match="cannot take effect"):
        Fault(connection=Connection.UNREACHED, takes_effect=True)


@pytest.mark.parametrize(("retry_after", "expected"), [(None, None), (2, "2"), ("soon", "soon")])
def test_rate_limits_come_with_and_without_retry_after(
    api: Api, retry_after: float | str | None, expected: str | None
) -> None:
    api.sandbox.faults.add(Fault.rate_limited(retry_after))
    answer = api.get(STATUS)
    assert (answer.status, answer.json["code"]) == (429, 429)
    assert answer.reply.headers.get("retry-after") == expected


def test_a_bad_gateway_answers_with_html(api: Api) -> None:
    api.sandbox.faults.add(Fault.http(502))
    reply = api.get(STATUS).reply
    assert reply.status == 502
    assert reply.headers["content-type"].startswith("text/html")
    assert b"<html" in reply.body


def test_a_business_error_comes_under_http_200(api: Api) -> None:
    api.sandbox.faults.add(Fault.code(1001, "hosts are occupied"))
    answer = api.get(STATUS)
    assert answer.status == 200
    assert answer.json == {"code": 1001, "msg": "hosts are occupied", "data": None}


def test_null_data_and_null_rows(api: Api) -> None:
    api.sandbox.faults.add(Fault.null_data())
    api.sandbox.faults.add(Fault.null_rows())
    assert api.page(1, 1) is None
    assert api.page(1, 1)["rows"] is None


def test_truncated_json_is_no_json_though_its_length_is_right(api: Api) -> None:
    api.sandbox.faults.add(Fault.truncated_json())
    reply = api.get(STATUS).reply
    assert reply.status == 200
    assert int(reply.headers["content-length"]) == len(reply.body)
    with pytest.raises(json.JSONDecodeError):
        json.loads(reply.body)


def test_any_answer_can_be_given(api: Api) -> None:
    api.sandbox.faults.add(Fault(status=299, headers={"x-odd": "1"}, body=b"odd"))
    reply = api.get(STATUS).reply
    assert (reply.status, reply.body) == (299, b"odd")
    assert reply.headers.keys() == {"content-length", "x-odd", "date"}
    assert (reply.headers["content-length"], reply.headers["x-odd"]) == ("3", "1")


def test_an_answered_fault_leaves_the_request_undone(api: Api) -> None:
    api.sandbox.faults.add(Fault.http(500), operation="add_face_swap_task")
    assert api.post(path_of("add_face_swap_task"), {}).status == 500
    assert len(api.sandbox.face_swap_tasks()) == 3
    assert api.sandbox.requests.count("add_face_swap_task") == 1


def test_an_answered_fault_can_come_after_the_scenario(api: Api) -> None:
    api.sandbox.faults.add(Fault.http(500, takes_effect=True))
    body = {"name": "x", "face_url": "https://e.com/f", "video_url": "https://e.com/v"}
    assert api.post(path_of("add_face_swap_task"), body).status == 500
    assert len(api.sandbox.face_swap_tasks()) == 4
    assert len(api.sandbox.coins) == 1


def test_a_request_dropped_before_leaves_no_trace(api: Api) -> None:
    api.sandbox.faults.add(Fault.drop_before())
    reply = api.post(path_of("add_face_swap_task"), {"name": "x"}).reply
    assert reply.connection is Connection.UNREACHED
    assert len(api.sandbox.face_swap_tasks()) == 3
    assert len(api.sandbox.coins) == len(api.sandbox.requests) == 0


def test_a_request_dropped_after_it_was_read_takes_effect(api: Api) -> None:
    api.sandbox.faults.add(Fault.drop_after_read())
    body = {"name": "x", "face_url": "https://e.com/f", "video_url": "https://e.com/v"}
    assert api.post(path_of("add_face_swap_task"), body).reply.connection is Connection.DROP
    assert api.sandbox.face_swap_tasks()[0]["name"] == "x"
    assert len(api.sandbox.coins) == api.sandbox.requests.count("add_face_swap_task") == 1


def test_stalls_and_cuts_keep_the_ordinary_answer(api: Api) -> None:
    ordinary = api.get(STATUS).reply
    api.sandbox.faults.add(Fault.stall(30))
    api.sandbox.faults.add(Fault.cut(5))
    stalled, cut = api.get(STATUS).reply, api.get(STATUS).reply
    assert (stalled.body, stalled.delay, stalled.cut_after) == (ordinary.body, 30, None)
    assert (cut.body, cut.delay, cut.cut_after) == (ordinary.body, 0, 5)
