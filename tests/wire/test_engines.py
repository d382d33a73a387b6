"""The engines' classes are what the spec and the table of families say, and read any answer right."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import reduce
from typing import Any, Literal, Required, get_args, get_origin, get_type_hints

import attrs
import pytest

import a2e_sdk.models
from a2e_api.operations import OPERATIONS
from a2e_sdk import A2E, AsyncA2E, TaskStatus, errors
from a2e_sdk._async.tasks.resource import AsyncTaskResource
from a2e_sdk._checks.json_schema import types_of
from a2e_sdk._http.messages import HttpRequest, HttpResponse
from a2e_sdk._wire.arguments import LOCAL_ARGUMENTS, SAFE_DEFAULTS, Argument, arguments_of
from a2e_sdk._wire.families import TaskFamily
from a2e_sdk._wire.family_table import ENGINES, TASK_FAMILIES
from a2e_sdk._wire.field_names import FIELD_ALIASES, NOT_OFFERED
from a2e_sdk._wire.records import page_of
from a2e_sdk.models.generation import GenerationTask
from driver import Driver
from schema_values import minimal
from scripted_transport import ScriptedTransport

COLUMNS = ("start", "get", "get_many", "list", "running", "delete", "rename")
EVERY_ENGINE = pytest.mark.parametrize("family", ENGINES, ids=lambda family: family.name)
EVERY_FAMILY = pytest.mark.parametrize(
    "family", TASK_FAMILIES.values(), ids=lambda family: family.name
)

#: What is left to `a2e.api`: the operations of engines that no column uses, and no method wraps.
LOW_LEVEL = {
    *("mark_image_to_video_shared", "mark_image_to_video_downloaded", "mark_image_to_video_copied"),
    *("add_image_to_video_prompt", "add_first_last_frame_prompt"),
    *("get_image_to_video_processing_time", "get_image_to_video_queue_level"),
    *("retry_caption_removal_task", "get_veo_task_in_full_hd"),
    *("start_text_to_image_task_2025", "add_avatar_from_text_to_image", "get_dubbing_task_2025"),
}

ONE, OTHER = "a" * 24, "b" * 24


def resource_of(client: Any, family: TaskFamily) -> Any:
    return reduce(getattr, family.attribute.split("."), client)


def answering(data: Any, calls: list[HttpRequest] | None = None) -> ScriptedTransport:
    """A transport that answers starts with some data, and finds no tasks in lists."""

    def respond(request: HttpRequest) -> HttpResponse:
        starts = request.url.endswith("/start")
        if calls is not None and starts:
            calls.append(request)
        answer = data if starts else {"rows": [], "count": 0}
        return HttpResponse(200, {}, json.dumps({"code": 0, "data": answer}).encode())

    return ScriptedTransport(respond)


# The table.


@EVERY_FAMILY
def test_every_operation_of_a_row_exists_in_its_section(family: TaskFamily) -> None:
    for column in COLUMNS:
        identifier = getattr(family, column)
        if identifier is None:
            with pytest.raises(NotImplementedError, match="no operation"):
                family.operation(column)
            continue
        assert identifier in OPERATIONS, column
        assert OPERATIONS[identifier].tag == family.section
        assert family.operation(column) is OPERATIONS[identifier]
    assert not any(
        OPERATIONS[str(getattr(family, column))].deprecated
        for column in COLUMNS
        if getattr(family, column) is not None
    )


@EVERY_FAMILY
def test_no_result_is_ever_read_from_a_key_that_a_start_fills(family: TaskFamily) -> None:
    assert family.results or family.record is not None
    if family.start is not None:
        assert not set(family.results) & set(OPERATIONS[family.start].input["body"]["properties"])


@EVERY_FAMILY
def test_a_list_is_paged_by_the_names_that_its_operation_has(family: TaskFamily) -> None:
    if family.list is None:
        return
    operation = OPERATIONS[family.list]
    names = set(operation.parameters.values())
    if family.page_argument is None:
        assert not names, "a list that can be paged is asked for page by page"
        return
    assert {family.page_argument, family.page_size_argument} <= names
    # What else it could be asked for does not have to be given.
    by_name = {name: wire for wire, name in operation.parameters.items()}
    rest = names - {family.page_argument, family.page_size_argument}
    assert not any(operation.input["query"][by_name[name]]["required"] for name in rest)


@EVERY_FAMILY
def test_rows_and_totals_are_keys_of_the_pages_model(family: TaskFamily) -> None:
    if family.list is None or family.page_argument is None:
        return
    operation = family.operation("list")
    assert set(operation.row_keys) <= set(FIELD_ALIASES["items"])
    for rows in operation.row_keys:
        payload = {"code": 0, "data": {rows: [{"_id": ONE}]}}
        model = type(operation.module.parse(payload).data)
        wires = set(model._wire_names.values())
        assert rows in wires
        assert wires & set(FIELD_ALIASES["total"])
        for total in FIELD_ALIASES["total"]:
            data = {rows: [{"_id": ONE}], total: "7"}
            page = page_of({"data": data}, operation, family.to_model, 1, 10)
            assert ([task.id for task in page.items()], page.total) == ([ONE], 7)


def test_every_operation_of_an_engine_is_used_or_left_to_the_low_level_client() -> None:
    sections = {family.section for family in ENGINES}
    used = {getattr(family, column) for family in ENGINES for column in COLUMNS}
    rest = {o.id for o in OPERATIONS.values() if o.tag in sections} - used
    assert rest == LOW_LEVEL


def test_families_differ_in_their_name_their_place_and_their_class() -> None:
    for column in ("name", "attribute", "model", "title", "start"):
        taken = [getattr(family, column) for family in TASK_FAMILIES.values()]
        assert len(set(taken)) == len(taken), column
    for family in ENGINES:
        model = getattr(a2e_sdk.models, family.model)
        assert issubclass(model, GenerationTask)
        assert model.family == family.name
        assert inspect.getdoc(model)


# The classes.


@EVERY_ENGINE
@pytest.mark.parametrize("client_class", [A2E, AsyncA2E])
def test_an_engine_hangs_on_the_client_with_the_methods_that_its_row_names(
    family: TaskFamily, client_class: Any
) -> None:
    client = client_class("sk_x", http_client=ScriptedTransport())
    room = resource_of(client, family)
    assert room._family is family
    assert room is resource_of(client, family), "made once"
    offered = {name for name in dir(room) if not name.startswith("_")}
    verbs = {"get_many", "running", "delete", "rename"}
    assert offered & verbs == {verb for verb in verbs if getattr(family, verb) is not None}
    read = {"get", "wait", "wait_many", "run"}
    assert offered & read == (read if family.is_readable else set())
    listed = {"list", "page", "find_started"}
    assert offered & listed == (listed if family.list is not None else set())
    assert ("create_all" in offered) == (family.many is not None)


def start_methods(family: TaskFamily) -> Iterator[tuple[Any, set[str]]]:
    for client_class in (A2E, AsyncA2E):
        room = type(resource_of(client_class("sk_x", http_client=ScriptedTransport()), family))
        yield room.create, {str(family.many)}
        if family.many is not None:
            yield room.create_all, set()


@EVERY_ENGINE
def test_a_start_takes_the_arguments_of_the_spec_with_their_types(family: TaskFamily) -> None:
    arguments = arguments_of(str(family.start))
    body = OPERATIONS[str(family.start)].input["body"]
    for method, left_out in start_methods(family):
        parameters = dict(inspect.signature(method).parameters)
        del parameters["self"]
        assert all(p.kind is inspect.Parameter.KEYWORD_ONLY for p in parameters.values())
        assert set(parameters) == (arguments.keys() - left_out) | set(LOCAL_ARGUMENTS)
        assert not {arguments[name].wire for name in arguments} & set(NOT_OFFERED)
        hints = get_type_hints(method, vars(inspect.getmodule(method)))
        for name, parameter in parameters.items():
            if name in LOCAL_ARGUMENTS:
                continue
            argument = arguments[name]
            asked_for = argument.wire in body.get("required", ()) and argument.wire != family.label
            is_many = name == family.many
            assert (parameter.default is inspect.Parameter.empty) == (asked_for or is_many), name
            if not asked_for and not is_many:
                assert parameter.default == SAFE_DEFAULTS.get(name), name
            assert_typed(argument, hints[name])


def assert_typed(argument: Argument, hint: Any) -> None:
    """Hold a type to the schema: the words of an enum, a list, a number."""
    choices = [choice for choice in get_args(hint) if choice is not type(None)]
    plain = choices[0] if type(None) in get_args(hint) and len(choices) == 1 else hint
    words = argument.schema.get("enum")
    if argument.media:
        text = str(hint)
        assert "PathLike" in text, argument.name
        assert ("Sequence" in text) == argument.is_list, argument.name
    elif words and all(isinstance(word, str) and word.isdigit() for word in words):
        assert plain is int, argument.name
    elif words:
        assert get_origin(plain) is Literal, argument.name
        # Python keeps one of those that have the same words, whatever their order.
        assert set(get_args(plain)) == set(words), argument.name
    else:
        kinds = {"boolean": bool, "integer": int, "number": float}
        kind = kinds.get(types_of(argument.schema)[0])
        assert kind is None or plain is kind, (argument.name, hint)


@EVERY_ENGINE
def test_a_start_is_described_with_every_argument_and_its_operation(family: TaskFamily) -> None:
    for method, _ in start_methods(family):
        text = inspect.getdoc(method) or ""
        for name in inspect.signature(method).parameters:
            if name != "self":
                assert re.search(rf"\n    {name}: \w", text), f"{name} is not described"
        plain = str(family.start).replace("_", "")
        found = [part for part in text.split("``") if part.lower() == plain]
        assert len(found) == 1, "its operation's id stands in the text"
        assert "costs coins" in text or method.__name__ == "create_all"


@EVERY_ENGINE
def test_run_takes_what_create_takes(family: TaskFamily) -> None:
    if family.list is None:
        return
    room = type(resource_of(AsyncA2E("sk_x", http_client=ScriptedTransport()), family))
    module = inspect.getmodule(room)
    start = getattr(module, f"{family.model.removesuffix('Task')}Start")
    hints = get_type_hints(start, vars(module), include_extras=True)
    create = dict(inspect.signature(room.create).parameters)
    del create["self"]
    assert set(hints) == set(create)
    required = {name for name, p in create.items() if p.default is inspect.Parameter.empty}
    assert {name for name, hint in hints.items() if get_origin(hint) is Required} == required


# Starts.


@pytest.mark.trio_nightly
@EVERY_ENGINE
def test_the_smallest_start_of_every_engine_goes_out_and_comes_back(
    driver: Driver, family: TaskFamily
) -> None:
    calls: list[HttpRequest] = []
    operation = OPERATIONS[str(family.start)]

    def respond(request: HttpRequest) -> HttpResponse:
        calls.append(request)
        record = {"_id": ONE, **json.loads(request.body or b"")}
        return HttpResponse(200, {}, json.dumps({"code": 0, "data": record}).encode())

    client = driver.client(api_key="sk_x", http_client=ScriptedTransport(respond))
    given = {
        argument.name: minimal(argument.schema)
        for argument in arguments_of(operation.id).values()
        if argument.required and argument.wire != family.label
    }
    task = driver.run(resource_of(client, family).create(**given))
    (request,) = calls
    assert (request.method, request.url) == ("POST", f"https://video.a2e.ai{operation.path}")
    body = json.loads(request.body or b"")
    properties = operation.input["body"]["properties"]
    assert set(operation.input["body"].get("required", ())) <= set(body) <= set(properties)
    safe = set(SAFE_DEFAULTS) & set(properties)
    assert {key: body[key] for key in safe} == {key: SAFE_DEFAULTS[key] for key in safe}
    label = {str(family.label)} if family.label else set()
    assert set(body) == set(operation.input["body"].get("required", ())) | safe | label
    assert type(task) is getattr(a2e_sdk.models, family.model)
    assert task.id == ONE
    assert task.name == (body[family.label] if family.label else None)
    assert (task.result_url, task.result_urls) == (None, ()), "an input is never a result"


def test_the_name_that_is_made_is_different_each_time(driver: Driver) -> None:
    calls: list[HttpRequest] = []
    client = driver.client(api_key="sk_x", http_client=answering({"_id": ONE}, calls))
    for _ in range(2):
        driver.run(client.wan_25.create(prompt="p"))
    names = {json.loads(call.body or b"")["name"] for call in calls}
    assert len(names) == 2
    assert all(name.startswith("Wan 2.5 to 2.7 video ") for name in names)


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        ({"_id": ONE}, [ONE]),
        ([{"_id": ONE}], [ONE]),
        ([{"_id": ONE}, {"_id": OTHER}], [ONE, OTHER]),
        ({"0": {"_id": ONE}}, [ONE]),
        ({"0": {"_id": ONE}, "1": {"_id": OTHER}}, [ONE, OTHER]),
        ({"id": ONE}, [ONE]),
        ([{"_id": ONE}, None, "x", {}], [ONE]),
    ],
)
def test_a_start_is_read_from_every_shape_that_was_seen(
    driver: Driver, pauses: list[float], data: Any, ids: list[str]
) -> None:
    calls: list[HttpRequest] = []
    client = driver.client(api_key="sk_x", http_client=answering(data, calls))
    tasks = driver.run(client.text_to_image.create_all(prompt="p", max_images=2))
    assert [task.id for task in tasks] == ids, "a task that is paid for is never lost"
    assert pauses == [], "what the answer names is not searched for"
    assert json.loads(calls[0].body or b"")["max_images"] == 2
    assert driver.run(client.text_to_image.create(prompt="p")).id == ids[0]
    assert "max_images" not in json.loads(calls[1].body or b"")


@pytest.mark.parametrize("data", [None, [], {}, "words", 7, [None], {"rows": []}, {"task": 1}])
def test_a_start_whose_answer_names_no_task_is_unknown_and_never_sent_again(
    driver: Driver, pauses: list[float], data: Any
) -> None:
    calls: list[HttpRequest] = []
    client = driver.client(api_key="sk_x", http_client=answering(data, calls))
    with pytest.raises(errors.SubmissionUnknownError) as caught:
        driver.run(client.text_to_image.create(prompt="p", name="mine"))
    assert len(calls) == 1
    assert sum(pauses) >= 30
    submission = caught.value.submission
    assert (submission.family, submission.label, submission.name) == (
        "text_to_image",
        "name",
        "mine",
    )
    assert submission.inputs == {"prompt": "p"}


def test_a_start_that_can_not_be_looked_for_is_unknown_at_once(
    driver: Driver, pauses: list[float]
) -> None:
    calls: list[HttpRequest] = []
    client = driver.client(api_key="sk_x", http_client=answering(None, calls))
    with pytest.raises(errors.SubmissionUnknownError, match="the API lists no such tasks"):
        driver.run(client.wan_27_image.create(prompt="p", resend_if_unknown=True))
    assert len(calls) == 1, "nobody can have looked, so nothing is sent again either"
    assert pauses == []


def test_secrets_of_a_start_are_not_among_what_it_is_found_by(
    driver: Driver, pauses: list[float]
) -> None:
    client = driver.client(api_key="sk_x", http_client=answering(None))
    with pytest.raises(errors.SubmissionUnknownError) as caught:
        driver.run(
            client.wan_25.create(
                prompt="p", webhook_url="https://x.example/", webhook_token="hidden"
            )
        )
    assert "hidden" not in repr(caught.value.submission)
    assert set(caught.value.submission.inputs) == {"prompt"}


@pytest.mark.parametrize("total_key", ["count", "total"])
@pytest.mark.parametrize("rows_key", ["rows", "list", "data"])
def test_pages_are_read_from_every_shape_that_was_seen(
    driver: Driver, rows_key: str, total_key: str
) -> None:
    data = {rows_key: [{"_id": ONE, "name": "n"}, {"_id": OTHER}], total_key: 2}
    reply = HttpResponse(200, {}, json.dumps({"code": 0, "data": data}).encode())
    client = driver.client(api_key="sk_x", http_client=ScriptedTransport(lambda _: reply))
    page = driver.run(client.nano_banana.page(1))
    assert [task.id for task in page.items] == [ONE, OTHER]
    assert page.total == 2


def test_a_list_in_one_piece_is_asked_for_once_and_cut_into_pages_here(driver: Driver) -> None:
    records = [{"_id": f"{number:024x}"} for number in range(25)]
    reply = HttpResponse(200, {}, json.dumps({"code": 0, "data": records}).encode())
    transport = ScriptedTransport(lambda _: reply)
    client = driver.client(api_key="sk_x", http_client=transport)
    assert len(driver.items(client.qwen_image.list(page_size=10))) == 25
    assert [request.url for request in transport.requests] == [
        "https://video.a2e.ai/api/v1/userQwen2Image/list"
    ]
    page = driver.run(client.qwen_image.page(3, page_size=10))
    assert [task.id for task in page.items] == [record["_id"] for record in records[20:]]


# Records.

FULL = {
    "_id": ONE,
    "name": "mine",
    "current_status": "completed",
    "result_url": "https://x.example/r.mp4",
    "failed_message": "",
    "failed_code": "",
    "prompt": "p",
    "negative_prompt": "n",
    "duration": 5,
    "coins": 100,
    "createdAt": "2026-06-21T03:20:22.436Z",
    "updatedAt": "2026-06-21T03:21:00.795Z",
    "initialized_time": "2026-06-21T03:20:22.940Z",
    "processing_time": "2026-06-21T03:20:23.358Z",
    "completed_time": "2026-06-21T03:20:58.625Z",
}


def friendly(record: dict[str, Any], name: str = "wan_25") -> Any:
    return TASK_FAMILIES[name].to_model(record)


@EVERY_ENGINE
def test_a_task_is_field_by_field_what_its_constructor_would_make(family: TaskFamily) -> None:
    for record in (FULL, {}, {"_id": ONE, "current_status": "failed", "failed_message": "no"}):
        task = friendly(record, family.name)
        fields = {field.name: getattr(task, field.name) for field in attrs.fields(type(task))}
        assert set(vars(task)) == set(fields), "no field is missing and none is made up"
        assert type(task)(**fields) == task
        assert task.raw == record


def test_every_field_of_a_record_has_its_place() -> None:
    task = friendly(FULL)

    def moment(*parts: int) -> datetime:
        return datetime(2026, 6, 21, *parts, tzinfo=UTC)

    assert (task.id, task.name, task.prompt, task.negative_prompt) == (ONE, "mine", "p", "n")
    assert (task.status, task.raw_status) == (TaskStatus.SUCCEEDED, "completed")
    assert (task.result_url, task.result_urls) == (FULL["result_url"], (FULL["result_url"],))
    assert (task.failed_message, task.error_code) == (None, None)
    assert (task.duration, task.coins) == (5.0, 100.0)
    assert task.created_at == moment(3, 20, 22, 436000)
    assert task.updated_at == moment(3, 21, 0, 795000)
    assert task.initialized_at == moment(3, 20, 22, 940000)
    assert task.processing_at == moment(3, 20, 23, 358000)
    assert task.completed_at == moment(3, 20, 58, 625000)


@pytest.mark.parametrize(
    ("record", "status"),
    [
        ({"current_status": "pendding"}, TaskStatus.QUEUED),
        ({"status": "process"}, TaskStatus.RUNNING),
        ({"status": "success"}, TaskStatus.SUCCEEDED),
        ({"current_status": "", "status": "fail"}, TaskStatus.FAILED),
        ({"current_status": "completed", "status": "fail"}, TaskStatus.SUCCEEDED),
        ({"current_status": "warming_up", "result_url": "u"}, TaskStatus.UNKNOWN),
        # Without a word: by what there is.
        ({"result_url": "https://x.example/r"}, TaskStatus.SUCCEEDED),
        ({"result_url": "", "failed_message": "no"}, TaskStatus.FAILED),
        ({"result_url": "https://x.example/r", "failed_message": "no"}, TaskStatus.SUCCEEDED),
        ({"result_url": "", "failed_message": ""}, TaskStatus.UNKNOWN),
        ({}, TaskStatus.UNKNOWN),
        ({"current_status": None, "status": None}, TaskStatus.UNKNOWN),
    ],
)
def test_a_status_is_read_from_what_there_is(record: dict[str, Any], status: TaskStatus) -> None:
    assert friendly(record).status is status


@pytest.mark.parametrize(
    ("record", "urls"),
    [
        ({"result_url": "a"}, ("a",)),
        ({"result_urls": ["a", "b"]}, ("a", "b")),
        ({"result_urls": ["a", None, "", 5, "b"]}, ("a", "b")),
        ({"result_url": "", "result_urls": [], "video_url": "v"}, ("v",)),
        ({"result_url": None, "result_video_url": "v"}, ("v",)),
        ({"result_url": "a", "result_urls": ["b"]}, ("a",)),
        ({"result_url": 5, "result_urls": None, "result_image_url": {"x": 1}}, ()),
        ({"image_url": "input", "cover_url": "cover"}, ()),
    ],
)
def test_results_are_the_first_key_that_has_any(
    record: dict[str, Any], urls: tuple[str, ...]
) -> None:
    task = friendly(record)
    assert task.result_urls == urls
    assert task.result_url == (urls[0] if urls else None)


def test_images_are_results_only_of_families_that_make_them() -> None:
    record = {"_id": ONE, "image_urls": ["i"]}
    assert friendly(record, "nano_banana").result_urls == ("i",)
    assert friendly(record, "grok").result_urls == (), "these are its inputs"


def test_values_of_odd_types_cost_no_task() -> None:
    odd = {
        "_id": 5,
        "name": 7,
        "current_status": 3,
        "result_url": ["https://x.example/r"],
        "failed_message": {"why": 1},
        "failed_code": 30005,
        "prompt": 12,
        "duration": "5.5",
        "coins": None,
        "createdAt": "yesterday",
        "completed_time": 5,
        "unheard_of": [1, {"deep": None}],
    }
    task = friendly(odd)
    assert (task.id, task.name, task.raw_status, task.prompt) == ("5", "7", "3", "12")
    assert task.status is TaskStatus.UNKNOWN
    assert task.result_urls == ("https://x.example/r",)
    assert task.failed_message == "{'why': 1}"
    assert (task.error_code, task.coins, task.created_at) == ("30005", None, None)
    assert task.duration == 5.5
    assert task.completed_at is None or isinstance(task.completed_at, datetime)
    assert task.raw == odd, "nothing of the record is lost"
    assert {field.name for field in attrs.fields(type(task))} == set(vars(task))


@pytest.mark.parametrize("number", [True, False, "x", [], {}])
def test_what_is_no_number_is_no_length_and_no_price(number: Any) -> None:
    task = friendly({"_id": ONE, "duration": number, "coins": number})
    assert not isinstance(task.duration, bool)
    assert not isinstance(task.coins, bool)


def test_the_rooms_of_the_table_are_what_the_engine_reads() -> None:
    made: Callable[..., Any] = AsyncTaskResource
    family = TASK_FAMILIES["wan_25"]
    client = AsyncA2E("sk_x", http_client=ScriptedTransport())
    task = made(client.api, family)._reader.to_model(FULL)
    assert type(task).__name__ == family.model
