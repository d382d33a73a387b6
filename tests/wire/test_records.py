"""Records are read straight from the JSON as the generated models would decode it, and all of them."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from a2e_api import models as wire_models
from a2e_api.operations import OPERATIONS, Operation
from a2e_sdk import errors
from a2e_sdk._wire.family_table import FACE_SWAP, TASK_FAMILIES
from a2e_sdk._wire.records import data_of, page_of, records_of, whole_list_of
from a2e_sdk._wire.to_model.face_swap import face_swap_task
from schema_values import minimal

ID = "a" * 24
LIST = OPERATIONS["list_face_swap_tasks"]
RECORD_OPERATIONS = [
    operation
    for operation in OPERATIONS.values()
    if operation.data_types and set(operation.data_types) <= {"object", "array"}
]

ABSENT = object()
TIMES = st.sampled_from(
    [
        *("2025-02-21T10:14:30.254Z", "2025-02-21T12:14:30+02:00", "2025-02-21 10:14:30"),
        *("2025-02-21", "yesterday", "", None, 5, True, ["2025-02-21"], ABSENT),
    ]
)
TEXTS = st.sampled_from(["a text", "", "6", 6, 6.5, None, ABSENT])
NUMBERS = st.sampled_from([6, 6.5, "6", "6.5", "six", "", None, True, [], {}, "nan", ABSENT])
RECORDS = st.fixed_dictionaries(
    {
        "_id": TEXTS,
        "name": TEXTS,
        "face_url": TEXTS,
        "video_url": TEXTS,
        "current_status": st.sampled_from(["completed", "sent", "odd word", "", 3, None, ABSENT]),
        "faild_message": TEXTS,
        "error_code": st.sampled_from(["0", "7", 7, None, ABSENT]),
        "duration": NUMBERS,
        "createdAt": TIMES,
        "updatedAt": TIMES,
        "initialized_time": TIMES,
        "processing_time": TIMES,
        "completed_time": TIMES,
        "unheard_of": st.just({"deep": [None]}),
    }
).map(lambda record: {key: value for key, value in record.items() if value is not ABSENT})


@given(RECORDS)
def test_a_face_swap_is_what_the_generated_model_decodes(record: dict[str, Any]) -> None:
    before = copy.deepcopy(record)
    task, wire = face_swap_task(record), wire_models.FaceSwapTask.from_dict(record)
    assert (task.created_at, task.updated_at) == (wire.created_at, wire.updated_at)
    assert task.initialized_at == wire.initialized_time
    assert task.processing_at == wire.processing_time
    assert task.completed_at == wire.completed_time
    assert (task.face_url, task.video_url) == (wire.face_url, wire.video_url)
    assert (task.duration, type(task.duration)) == (wire.duration, type(wire.duration))
    assert task.id == (wire.id or "")
    assert task.name == (wire.name or None)
    assert task.raw_status == (wire.current_status or None)
    if record.get("faild_message") != 0:
        assert task.failed_message == (wire.faild_message or None)
    code = None if wire.error_code is None else str(wire.error_code)
    assert task.error_code == (None if code == "0" else code)
    assert task.raw is record
    assert record == before, "the server's own object stays as it is"
    # What was filled in by hand is what the constructor makes, in every way that a user sees.
    fields = {field.name: getattr(task, field.name) for field in attrs.fields(type(task))}
    made = type(task)(**fields)
    assert set(vars(task)) == set(vars(made))
    assert (task, repr(task), hash(type(task))) == (made, repr(made), hash(type(made)))
    assert pickle.loads(pickle.dumps(task)) == task


@pytest.mark.once
@pytest.mark.parametrize("name", TASK_FAMILIES)
@given(record=RECORDS)
def test_no_odd_record_is_refused_by_a_family(name: str, record: dict[str, Any]) -> None:
    task = TASK_FAMILIES[name].to_model(record)
    assert task.raw is record
    assert isinstance(task.id, str)


@pytest.mark.once
@pytest.mark.parametrize("operation", RECORD_OPERATIONS, ids=lambda operation: operation.id)
def test_a_wrong_shape_is_refused_where_the_generated_client_can_not_decode_it(
    operation: Operation,
) -> None:
    data: Any
    for data in (None, {}, [], "words", 5, True, {"_id": ID}, [{"_id": ID}, None]):
        payload = {"code": 0, "data": data}
        decoded = operation.module.parse(payload).data
        if data is not None and decoded is None:
            with pytest.raises(errors.UnexpectedResponseError, match="another shape") as caught:
                data_of(payload, operation)
            assert caught.value.operation == operation.id, data
        else:
            assert data_of(payload, operation) is data


@pytest.mark.parametrize("operation", RECORD_OPERATIONS, ids=lambda operation: operation.id)
def test_the_keys_of_rows_are_those_of_the_generated_model(operation: Operation) -> None:
    for key in operation.row_keys:
        payload = {"code": 0, "data": {key: [{"_id": ID}, None, "x"]}}
        assert len(operation.module.parse(payload).data.to_dict()[key]) == 3
        assert records_of(payload, operation) == [{"_id": ID}]
        with pytest.raises(errors.UnexpectedResponseError, match=key):
            records_of({"code": 0, "data": {key: "no array"}}, operation)
        assert records_of({"code": 0, "data": {key: None}}, operation) == []


def test_what_is_no_record_keeps_its_place_in_a_page() -> None:
    payload = {"data": {"rows": [{"_id": ID}, None, 5, {"name": "x"}], "count": "4"}}
    page = page_of(payload, LIST, FACE_SWAP.to_model, 1, 10)
    assert (len(page), page.total) == (4, 4)
    assert len(set(page.keys)) == 4
    assert [task.id for task in page.items()] == [ID, ""]
    assert [task.id for task in page.items([2, 0])] == [ID]


def test_a_bare_array_that_is_longer_than_a_page_is_cut_to_it() -> None:
    operation = OPERATIONS["list_wan_25_tasks"]
    payload = {"data": [{"_id": f"{number:024x}"} for number in range(7)]}
    page = page_of(payload, operation, lambda record: record["_id"], 2, 3)
    assert list(page.items()) == [f"{number:024x}" for number in (3, 4, 5)]
    assert page.total == 7
    whole = whole_list_of(payload, operation, lambda record: record["_id"])
    assert (len(whole), whole.total, whole.missing) == (7, 7, 0)


def test_a_record_nested_too_deep_to_be_written_is_told_from_others() -> None:
    def nested(word: str) -> dict[str, Any]:
        value: Any = word
        for _ in range(100_000):
            value = [value]
        return {"data": {"rows": [{"deep": value}, {"deep": value}]}}

    page = page_of(nested("one"), LIST, FACE_SWAP.to_model, 1, 10)
    (key, same), (other, _) = page.keys, page_of(nested("two"), LIST, str, 1, 10).keys
    assert key == same
    assert key != other
    assert [task.id for task in page.items()] == ["", ""]


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=lambda operation: operation.id)
def test_the_index_builds_the_request_that_the_operations_module_builds(
    operation: Operation,
) -> None:
    schemas = operation.input
    values = dict(minimal(schemas["body"])) if operation.body else {}
    arguments: dict[str, Any] = {}
    if operation.body:
        model = getattr(wire_models, operation.body)
        names = {wire: name for name, wire in model._wire_names.items()}
        arguments["body"] = model(**{names.get(key, key): value for key, value in values.items()})
        values = {names.get(key, key): value for key, value in values.items()}
        values = {key: json.loads(json.dumps(value)) for key, value in values.items()}
    for wire, name in operation.parameters.items():
        given = schemas["query"].get(wire)
        if given is None or given["required"]:
            arguments[name] = ID if given is None else minimal(given["schema"])
            values[name] = arguments[name]
    assert operation.request(values) == operation.module.build_request(**arguments)


def test_a_value_without_a_place_and_a_path_without_its_value_are_refused() -> None:
    with pytest.raises(TypeError, match="takes no 'colour'"):
        LIST.request({"page_num": 1, "page_size": 2, "colour": "red"})
    with pytest.raises(TypeError, match="needs 'id'"):
        OPERATIONS["get_face_swap_task"].request({})
    with pytest.raises(ValueError, match=r"\.\."):
        OPERATIONS["get_face_swap_task"].request({"id": ".."})


def test_errors_take_what_they_carry_from_their_constructor() -> None:
    carried: list[errors.A2EError] = [
        errors.APIConnectionError("text", operation="x", sent=False, advice="Wait."),
        errors.APITimeoutError("text"),
        errors.RateLimitError("text", http_status=429, retry_after=2.5),
        errors.ServiceBusyError("text", http_status=503),
        errors.WaitTimeoutError("text", task_ids=(ID,), task_id=ID),
        errors.SubmissionUnknownError("text", error=errors.APIError("lost"), looked=True),
    ]
    for error in carried:
        again = pickle.loads(pickle.dumps(error))
        assert vars(again).keys() == vars(error).keys()
        assert str(again) == str(error)
    connection, late, limit, busy, wait, unknown = carried
    assert vars(connection)["sent"] is False
    assert str(connection) == "x: text. Wait."
    assert vars(late)["sent"] is True
    assert vars(limit)["retry_after"] == 2.5
    assert vars(busy)["retry_after"] is None
    assert (vars(wait)["task_ids"], vars(wait)["tasks"]) == ((ID,), ())
    assert vars(unknown)["looked"] is True
