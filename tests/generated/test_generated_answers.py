"""Promises of the response models: no answer is too odd to decode, and nothing of it is lost."""

from __future__ import annotations

import copy
import datetime
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from examples import examples
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openapi_schema_validator import OAS31Validator
from package_under_test import Package, task
from spec_document import load_spec
from valid_answers import VALID_ANSWERS

pytestmark = pytest.mark.once

SPEC = load_spec()
PACKAGE = Package()

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.sampled_from(
        ["", "6", "6.0", "1e999", "nan", "true", "weird", "0001-01-01T00:00:00+23:59"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


#: Keys that answers of this server have.
KEYS = ["_id", "id", "name", "status", "current_status", "result", "image_urls", "createdAt", "coins"]


def same(one: Any, other: Any) -> bool:
    """Equal with the types: in Python 1, 1.0 and True are equal."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def operations() -> list[str]:
    directory = PACKAGE.directory() / "api"
    return sorted({path.stem for path in directory.glob("*/*.py")} - {"__init__"})


def test_every_operation_on_face_swaps_has_a_valid_answer() -> None:
    directory = PACKAGE.directory() / "api" / "face_swap"
    face_swap = {path.stem for path in directory.glob("*.py")} - {"__init__"}
    assert {operation for operation, _ in VALID_ANSWERS} == face_swap | {"add_upload_url"}
    assert len(operations()) >= 257


@examples(400)
@given(st.data())
def test_whatever_any_operation_answers_is_decoded_and_given_back(data: st.DataObject) -> None:
    """Also where no reference describes the answer: a row, or rows under any key."""
    operation = data.draw(st.sampled_from(operations()))
    row = st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=5), JSON, max_size=6)
    rows = st.lists(row | JSON, max_size=3)
    page = st.dictionaries(st.sampled_from(["rows", "list", "data", "count"]), rows | JSON)
    answer = {"code": 0, "data": data.draw(JSON | row | rows | page)}
    before = copy.deepcopy(answer)
    decoded = PACKAGE.operation(operation).parse(answer)
    assert same(decoded.to_dict(), before), operation


@pytest.mark.parametrize(("operation", "answer"), VALID_ANSWERS)
def test_the_valid_answers_are_valid(operation: str, answer: dict[str, Any]) -> None:
    first, *rest = operation.split("_")
    wanted = first + "".join(word.capitalize() for word in rest)
    (found,) = [
        described
        for path in SPEC["paths"].values()
        for described in path.values()
        if described["operationId"] == wanted
    ]
    schema = found["responses"]["200"]["content"]["application/json"]["schema"]
    OAS31Validator({**schema, "components": SPEC["components"]}).validate(answer)


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """An operation, and a valid answer of it in which a few places were changed."""
    operation, answer = draw(st.sampled_from(VALID_ANSWERS))
    answer = copy.deepcopy(answer)
    for _ in range(draw(st.integers(1, 4))):
        box: Any = answer
        while True:
            places = list(box) if isinstance(box, dict) else list(range(len(box)))
            change = draw(st.sampled_from(["replace", "remove", "add"])) if places else "add"
            if change == "add":
                if isinstance(box, dict):
                    box[draw(st.text())] = draw(JSON)
                else:
                    box.insert(draw(st.integers(0, len(box))), draw(JSON))
                break
            place = draw(st.sampled_from(places))
            inner = box[place]
            if isinstance(inner, dict | list) and draw(st.booleans()):
                box = inner
                continue
            if change == "remove":
                del box[place]
            else:
                box[place] = draw(JSON)
            break
    return operation, answer


@examples(400)
@given(mutated())
def test_whatever_the_server_sends_is_decoded_and_given_back(
    case: tuple[str, dict[str, Any]],
) -> None:
    operation, answer = case
    before = copy.deepcopy(answer)
    decoded = PACKAGE.operation(operation).parse(answer)
    assert same(decoded.to_dict(), before)
    assert same(answer, before), "decoding changed the source"
    assert same(pickle.loads(pickle.dumps(decoded)).to_dict(), before)


@examples(200)
@given(st.dictionaries(st.sampled_from(list(task("1"))), JSON))
def test_every_attribute_has_its_promised_type_or_is_none(source: dict[str, Any]) -> None:
    decoded = PACKAGE.module("models").FaceSwapTask.from_dict(source)
    status = PACKAGE.module("models").FaceSwapTaskStatus
    response_data: dict[type | tuple[type, ...], list[str]] = {
        str: ["name", "video_url", "face_url", "result_url", "id", "faild_message"],
        (int, float): ["duration"],
        (str, int): ["error_code"],
        status: ["current_status"],
        datetime.datetime: ["created_at", "updated_at", "initialized_time", "completed_time"],
    }
    for types, names in response_data.items():
        for name in names:
            value = getattr(decoded, name)
            assert value is None or (isinstance(value, types) and not isinstance(value, bool)), name
            if isinstance(value, datetime.datetime):
                assert value.tzinfo is datetime.UTC


@pytest.mark.parametrize("payload", [None, [], [{"code": 0}], "text", 3, True])
def test_an_answer_that_is_no_object_is_an_unexpected_body(payload: Any) -> None:
    with pytest.raises(PACKAGE.error("UnexpectedBody")):
        PACKAGE.operation("list_face_swap_tasks").parse(payload)


def test_an_answer_nested_deeper_than_the_stack_is_given_back() -> None:
    deep: dict[str, Any] = {}
    box = deep
    for _ in range(5_000):
        box["x"] = {}
        box = box["x"]
    model = PACKAGE.module("models").FaceSwapTask.from_dict({"name": "a", "odd": deep})
    box = model.to_dict()["odd"]
    depth = 0
    while box:
        box, depth = box["x"], depth + 1
    assert depth == 5_000


def test_changed_attributes_win_and_the_rest_stays_as_it_was(records: dict[str, Any]) -> None:
    records["data"]["rows"][0]["duration"] = "6"
    records["data"]["rows"][0]["odd"] = {"kept": [1]}
    records["data"]["rows"].insert(1, None)
    expected = copy.deepcopy(records)
    answer = PACKAGE.parse("list_face_swap_tasks", records)
    first, second = answer.data.rows
    first.name = "renamed"
    second.completed_time = datetime.datetime(2024, 6, 21, 5, 0, tzinfo=datetime.UTC)
    second.result_url = None
    second.current_status = type(second.current_status).FAILED
    second.failed_message = "new"
    answer.data.count = 3

    expected["data"]["rows"][0]["name"] = "renamed"
    expected["data"]["rows"][2] |= {
        "completed_time": "2024-06-21T05:00:00.000Z",
        "result_url": None,
        "current_status": "failed",
        "failed_message": "new",
    }
    expected["data"]["count"] = 3
    assert same(answer.to_dict(), expected)


def test_added_removed_and_replaced_rows_are_written(records: dict[str, Any]) -> None:
    page = PACKAGE.parse("list_face_swap_tasks", records).data
    page.rows.append(PACKAGE.module("models").FaceSwapTask(id="new", name="by hand"))
    assert page.to_dict()["rows"] == [*records["data"]["rows"], {"_id": "new", "name": "by hand"}]
    del page.rows[0]
    del page.rows[0]
    assert page.to_dict()["rows"] == [{"_id": "new", "name": "by hand"}]
    page.rows = None
    assert page.to_dict()["rows"] is None


def test_the_given_dict_is_a_copy(records: dict[str, Any]) -> None:
    answer = PACKAGE.parse("list_face_swap_tasks", records)
    answer.to_dict()["data"]["rows"][0]["name"] = "elsewhere"
    assert answer.to_dict()["data"]["rows"][0]["name"] == "my swap"


def test_equality_is_about_the_attributes_and_repr_shows_them(records: dict[str, Any]) -> None:
    row = records["data"]["rows"][0]
    model = PACKAGE.module("models").FaceSwapTask
    assert model.from_dict(row) == model.from_dict({**row, "odd": 1})
    assert model.from_dict(row) != model.from_dict({**row, "name": "other"})
    assert "my swap" in repr(model.from_dict(row))
    assert "_source" not in repr(model.from_dict(row))


@pytest.mark.parametrize(("operation", "answer"), VALID_ANSWERS)
def test_an_object_and_an_array_of_objects_are_both_decoded(
    operation: str, answer: dict[str, Any]
) -> None:
    data = PACKAGE.operation(operation).parse(answer).data
    sent = answer["data"]
    if operation.startswith("delete"):
        assert data == sent
    elif isinstance(sent, list):
        assert [item.to_dict() for item in data] == sent
    else:
        assert (data and data.to_dict()) == sent


def test_an_unknown_word_behaves_like_a_string() -> None:
    status = PACKAGE.module("models").FaceSwapTaskStatus
    word = status("reticulating")
    assert word == "reticulating"
    assert {word: 1}["reticulating"] == 1
    assert (str(word), f"{word}", word.value, word.name) == ("reticulating",) * 4
    assert isinstance(word, status)
    assert word not in list(status)
    for copied in (pickle.loads(pickle.dumps(word)), copy.copy(word), copy.deepcopy(word)):
        assert (copied, type(copied)) == (word, status)
    assert pickle.loads(pickle.dumps(status.SENT)) is status.SENT
    with pytest.raises(ValueError, match="3"):
        status(3)


@pytest.mark.parametrize(
    ("convert", "cases"),
    [
        (
            "as_string",
            [
                ("a", "a"),
                (6, "6"),
                (0.5, "0.5"),
                (True, "true"),
                (10**5000, None),
                ([], None),
                ({}, None),
            ],
        ),
        (
            "as_integer",
            [
                (6, 6),
                ("6", 6),
                (6.0, 6),
                ("6.0", 6),
                (6.5, None),
                (True, None),
                ("1_0", None),
                ("x", None),
            ],
        ),
        ("as_integer", [(float("inf"), None), ("nan", None), ({}, None), ("9" * 5000, None)]),
        (
            "as_number",
            [
                (6, 6),
                (0.5, 0.5),
                ("0.5", 0.5),
                ("6", 6),
                ("nan", None),
                ("inf", None),
                (True, None),
            ],
        ),
        (
            "as_boolean",
            [(True, True), ("False", False), (1, True), ("0", False), (2, None), ([], None)],
        ),
        (
            "as_date",
            [("2024-06-21", datetime.date(2024, 6, 21)), ("x", None), (7, None), (None, None)],
        ),
    ],
)
def test_conversions_lose_nothing_or_give_none(convert: str, cases: list[tuple[Any, Any]]) -> None:
    function = getattr(PACKAGE.module("types"), convert)
    for value, expected in cases:
        result = function(value)
        assert result == expected
        assert type(result) is type(expected)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2024-06-21T03:20:22.436Z", 3),
        ("2024-06-21T03:20:22", 3),
        ("2024-06-21T03:20:22+02:00", 1),
        ("2024-06-21 03:20:22+00:00", 3),
    ],
)
def test_times_become_aware_utc(text: str, hour: int) -> None:
    moment = PACKAGE.module("types").as_datetime(text)
    assert moment.tzinfo is datetime.UTC
    assert (moment.day, moment.hour, moment.minute) == (21, hour, 20)


@pytest.mark.generator
def test_other_kinds_are_decoded_leniently(
    other_kinds_module: Callable[[str], ModuleType],
) -> None:
    thing = other_kinds_module("models.thing").Thing
    source = {
        "flag": "true",
        "day": "2024-06-21",
        "words": ["a", None, 3, {}],
        "kinds": ["big", "huge", 5, []],
        "parent": {"flag": 0, "parent": None},
        "children": [{"flag": 1}, 7, {"price": "0.5"}],
        "anything": {"x": [1]},
        "price": "free",
    }
    decoded = thing.from_dict(copy.deepcopy(source))
    assert decoded.flag is True
    assert decoded.day == datetime.date(2024, 6, 21)
    assert decoded.words == ["a", "3"]
    assert decoded.kinds == ["big", "huge", "5"]
    assert decoded.parent.flag is False
    assert [child.price for child in decoded.children] == [None, 0.5]
    assert decoded.anything == {"x": [1]}
    assert decoded.price is None
    assert same(decoded.to_dict(), source)
    decoded.day = datetime.date(2025, 1, 1)
    decoded.words = ["b"]
    assert same(decoded.to_dict(), {**source, "day": "2025-01-01", "words": ["b"]})
    assert thing.from_dict(dict.fromkeys(source, 3)).children is None
