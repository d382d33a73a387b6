"""Every operation of the spec: served, answered as the spec says, refused as the spec says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from a2e_api.operations import OPERATIONS
from a2e_sdk.sandbox import ManualClock, Sandbox
from sandbox.spec_requests import (
    UNKNOWN_ID,
    SpecRequest,
    broken_requests,
    good_request,
    made_before,
    with_nulls,
)

pytestmark = pytest.mark.once

if TYPE_CHECKING:
    from tests.sandbox.conftest import Answer, Api

FILE_OPERATIONS = {
    *("download_file", "head_file"),
    *("put_upload", "download_upload", "head_upload"),
}


def send(api: Api, request: SpecRequest) -> Answer:
    return api.send(request.operation.method, request.target, request.content)


def prepare(api: Api, clock: ManualClock, name: str) -> dict[str, Any]:
    """Make what an operation works on; return how it is called."""
    return made_before(name, lambda request: send(api, request).data, clock.advance)


def test_the_sandbox_offers_exactly_the_operations_of_the_spec_and_its_files(
    sandbox: Sandbox,
) -> None:
    assert sandbox.operations == {*OPERATIONS, *FILE_OPERATIONS}


def test_the_operations_of_the_generated_client_are_those_of_the_spec(spec: dict[str, Any]) -> None:
    assert {(known.method, known.path) for known in OPERATIONS.values()} == {
        (method.upper(), path)
        for path, item in spec["paths"].items()
        for method in item
        if method in ("get", "post", "put", "delete")
    }


def test_the_error_statuses_of_the_index_are_those_of_the_spec(spec: dict[str, Any]) -> None:
    names = {(known.method, known.path): name for name, known in OPERATIONS.items()}
    listed = {
        names[method.upper(), path]: {
            int(status) for status in operation["responses"] if int(status) >= 400
        }
        for path, item in spec["paths"].items()
        for method, operation in item.items()
        if method in ("get", "post", "put", "delete")
    }
    assert {name: set(known.error_statuses) for name, known in OPERATIONS.items()} == listed
    assert any(404 in statuses for statuses in listed.values())


@pytest.mark.parametrize("is_full", [False, True], ids=["least", "most"])
@pytest.mark.parametrize("name", OPERATIONS)
def test_a_good_request_is_answered_as_the_spec_says(
    api: Api, clock: ManualClock, name: str, is_full: bool
) -> None:
    references = prepare(api, clock, name)
    request = good_request(name, references, is_full=is_full)
    assert send(api, request).json["code"] == 0, request
    assert api.sandbox.requests.count(name) >= 1


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_broken_request_is_refused_and_changes_nothing(
    api: Api, clock: ManualClock, name: str
) -> None:
    references = prepare(api, clock, name)
    status = 400 if 400 in OPERATIONS[name].error_statuses else 200
    coins = list(api.sandbox.coins)
    for request in broken_requests(good_request(name, references, is_full=True)):
        answer = send(api, request)
        assert (answer.status, answer.json["code"]) == (status, 400), request
        if request.at_fault:
            assert request.at_fault in [error["param"] for error in answer.json["errors"]], request
    assert list(api.sandbox.coins) == coins


@pytest.mark.parametrize("name", OPERATIONS)
def test_null_for_what_is_optional_is_as_good_as_nothing(
    api: Api, clock: ManualClock, name: str
) -> None:
    references = prepare(api, clock, name)
    request = with_nulls(good_request(name, references))
    assert send(api, request).json["code"] == 0, request


def test_broken_requests_are_made_of_every_kind() -> None:
    reasons = {
        request.reason
        for name in OPERATIONS
        for request in broken_requests(good_request(name, {}, is_full=True))
    }
    for kind in (
        "missing",
        "another type",
        "enum",
        "minimum",
        "maximum",
        "too long",
        "too many",
        "blank",
    ):
        assert any(kind in reason for reason in reasons), kind


@pytest.mark.parametrize(
    "name", [name for name, known in OPERATIONS.items() if known.input["body_required"]]
)
def test_what_is_no_json_object_is_refused(api: Api, name: str) -> None:
    request = good_request(name, {})
    for content in (b"{", b"\xff", b"[]", b"null"):
        answer = api.send(request.operation.method, request.target, content)
        assert answer.json["code"] == 400, content


@pytest.mark.parametrize(
    "name", [name for name, known in OPERATIONS.items() if known.input["path"]]
)
def test_an_unknown_id_is_not_found(api: Api, name: str) -> None:
    request = good_request(name, {}, is_full=True)
    assert UNKNOWN_ID in request.target
    answer = send(api, request)
    if 404 in OPERATIONS[name].error_statuses:
        assert (answer.status, answer.json["code"]) == (404, 404)
    elif name.startswith("get_") and name != "get_veo_task_in_full_hd":
        assert (answer.status, answer.json["code"], answer.json["data"]) == (200, 0, None)
    else:
        status = 400 if 400 in OPERATIONS[name].error_statuses else 200
        assert (answer.status, answer.json["code"]) == (status, 400)


@pytest.mark.parametrize("token", ["", " ", "sk_invalid"])
def test_every_operation_that_wants_a_token_refuses_a_bad_one_with_401(
    api: Api, token: str
) -> None:
    api.token = token
    for name in OPERATIONS:
        answer = send(api, good_request(name, {}))
        if name == "get_random_background":
            assert answer.json["code"] == 0
            continue
        assert (answer.status, answer.json["code"]) == (401, 401), name
        assert answer.json["message"]


def test_a_null_in_a_body_is_no_body(api: Api) -> None:
    answer = api.send("POST", OPERATIONS["list_anchors"].path, json.dumps(None).encode())
    assert answer.json["code"] == 400
