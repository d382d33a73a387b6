"""A server that differs from the spec: each difference is named, with its place and no value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest
from verify_runs import Change, changed_json, results_of

from a2e_sdk._http.messages import HttpResponse
from a2e_sdk._verify.results import Outcome
from a2e_sdk.sandbox.testing import SandboxForTests

ROW = "$.data.rows[*]"


def on_row(change: Callable[[dict[str, Any]], Any]) -> Change:
    """A change of the first row of a page."""
    return changed_json(lambda body: (change(body["data"]["rows"][0]), None)[1])


def renamed(row: dict[str, Any]) -> None:
    row["faceUrl"] = row.pop("face_url")


def html(response: HttpResponse) -> HttpResponse:
    page = b"<html><body>Bad gateway, dear Alice</body></html>"
    return attrs.evolve(response, body=page, headers={"content-type": "text/html"})


def status(code: int) -> Change:
    return lambda response: attrs.evolve(response, status=code)


def without(key: str) -> Change:
    return on_row(lambda row: row.pop(key))


def with_value(key: str, value: Any) -> Change:
    return on_row(lambda row: row.update({key: value}))


#: The change, and the differences (kind, path, expected, seen) that it makes: those and no others.
CASES: dict[str, tuple[Change, set[tuple[str, str, tuple[str, ...], str]]]] = {
    "a key is renamed": (
        on_row(renamed),
        {
            ("missing", f"{ROW}.face_url", ("string",), "nothing"),
            ("unknown", f"{ROW}.faceUrl", (), "string"),
        },
    ),
    "a number is a text": (
        with_value("duration", "6"),
        {("type", f"{ROW}.duration", ("number",), "string")},
    ),
    "a text is a number": (
        with_value("name", 7),
        {("type", f"{ROW}.name", ("string",), "integer")},
    ),
    "a text is null": (with_value("name", None), {("null", f"{ROW}.name", ("string",), "null")}),
    "a text is true": (
        with_value("result_url", True),
        {("type", f"{ROW}.result_url", ("string",), "boolean")},
    ),
    "a word is new": (
        with_value("current_status", "paused"),
        {
            (
                "word",
                f"{ROW}.current_status",
                ("initialized", "sent", "pending", "processing", "completed", "failed"),
                "paused",
            )
        },
    ),
    "a word is somebody's address": (
        with_value("current_status", "alice@example.com"),
        {
            (
                "word",
                f"{ROW}.current_status",
                ("initialized", "sent", "pending", "processing", "completed", "failed"),
                "(not a name)",
            )
        },
    ),
    "a key is new": (with_value("quality", 3), {("unknown", f"{ROW}.quality", (), "integer")}),
    "a key is data": (
        with_value("6674f1765699df7e9d25311a", {}),
        {("unknown", f'{ROW}["(not a name)"]', (), "object")},
    ),
    "a key is a name that stands elsewhere": (
        on_row(lambda row: row.update(alice={"of": "alice"})),
        {("unknown", f'{ROW}["(not a name)"]', (), "object")},
    ),
    "an array is an object": (
        changed_json(lambda body: body["data"].update(rows={"0": body["data"]["rows"][0]})),
        {("type", "$.data.rows", ("array",), "object")},
    ),
    "the data is an array": (
        changed_json(lambda body: body.update(data=body["data"]["rows"])),
        {("type", "$.data", ("object",), "array")},
    ),
    "the data is null": (
        changed_json(lambda body: body.update(data=None)),
        {("null", "$.data", ("object",), "null")},
    ),
    "the data is missing": (
        changed_json(lambda body: {"code": body["code"]}),
        {("missing", "$.data", ("object",), "nothing")},
    ),
    "a status of HTTP is another success": (
        status(201),
        {("status", "HTTP status", ("200",), "201")},
    ),
    "the body is a page": (html, {("body", "$", ("object",), "an HTML page")}),
    "the body is empty": (
        lambda response: attrs.evolve(response, body=b""),
        {("body", "$", ("object",), "nothing")},
    ),
    "the body is cut": (
        lambda response: attrs.evolve(response, body=response.body[:-9]),
        {("body", "$", ("object",), "no JSON")},
    ),
    "there is no envelope": (
        changed_json(lambda body: {"status": "ok", "result": body["data"]}),
        {
            ("missing", "$.code", ("integer",), "nothing"),
            ("missing", "$.data", ("object",), "nothing"),
            ("unknown", "$.status", (), "string"),
            ("unknown", "$.result", (), "object"),
        },
    ),
    "the code is a text": (
        changed_json(lambda body: body.update(code="0")),
        {("type", "$.code", ("integer",), "string")},
    ),
    "the code is another success": (
        changed_json(lambda body: body.update(code=200)),
        {("range", "$.code", ("0 to 0",), "integer")},
    ),
    "a field is missing": (
        without("createdAt"),
        {("missing", f"{ROW}.createdAt", ("string",), "nothing")},
    ),
    "a time has no zone": (
        with_value("createdAt", "2026-01-01 10:00:00"),
        {("format", f"{ROW}.createdAt", ("date-time",), "string")},
    ),
    "a time is a number": (
        with_value("createdAt", 1767225600),
        {("type", f"{ROW}.createdAt", ("string",), "integer")},
    ),
    "an id has another form": (
        with_value("_id", "task-1"),
        {("pattern", f"{ROW}._id", ("^[0-9a-fA-F]{24}$",), "string")},
    ),
    "the total is missing": (
        changed_json(lambda body: (body["data"].pop("count"), None)[1]),
        {("missing", "$.data.count", ("integer",), "nothing")},
    ),
    "the listing is gone": (
        status(404),
        {("refused", "HTTP status", ("200",), "HTTP 404, code 0")},
    ),
    "it redirects": (
        lambda response: attrs.evolve(
            response, status=302, headers={"location": "https://x/alice"}
        ),
        {
            ("status", "HTTP status", ("200",), "302"),
            ("body", "$", ("object",), "a redirect"),
        },
    ),
}


def test_there_are_twenty_cases() -> None:
    assert len(CASES) >= 20


@pytest.mark.parametrize("case", CASES)
def test_each_difference_is_named(case: str) -> None:
    change, expected = CASES[case]
    results = results_of(
        SandboxForTests(), "list_face_swap_tasks", changes={"list_face_swap_tasks": change}
    )
    result = results["list_face_swap_tasks"]
    found = {(one.kind, one.path, one.expected, one.seen) for one in result.differences}
    assert found == expected
    assert result.outcome is Outcome.DIFFERS
    assert not result.proves


def test_the_same_server_without_changes_agrees() -> None:
    result = results_of(SandboxForTests(), "list_face_swap_tasks")["list_face_swap_tasks"]
    assert result.outcome is Outcome.AGREES
    assert result.differences == {}
    assert result.records == 3
    assert result.proves


def test_a_place_in_the_spec_comes_with_a_difference() -> None:
    changes = {"list_face_swap_tasks": with_value("duration", "6")}
    result = results_of(SandboxForTests(), "list_face_swap_tasks", changes=changes)
    (one,) = result["list_face_swap_tasks"].differences
    assert one.place == "$.components.schemas.FaceSwapTask.properties['duration']"


def test_a_record_may_repeat_the_input_of_its_start_and_no_more() -> None:
    sandbox = SandboxForTests()
    results_of(sandbox, "start_wan_25_task", spend=1000)

    def add(body: Any) -> None:
        body["data"]["rows"][0]["multi_shots"] = body["data"]["rows"][0]["moon_phase"] = "single"

    result = results_of(
        sandbox, "list_wan_25_tasks", changes={"list_wan_25_tasks": changed_json(add)}
    )["list_wan_25_tasks"]
    assert [one.path for one in result.differences] == ["$.data.rows[*].moon_phase"]
