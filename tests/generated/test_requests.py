"""Promises of the request builders: pure, exact, and safe against ids that name another path."""

from __future__ import annotations

import copy
import datetime
import pickle
import re
from collections.abc import Callable
from types import ModuleType
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from package_under_test import Package

from spec_document import load_spec

PACKAGE = Package()
#: The path of each operation as the document has it, by the operation's name in Python.
SPEC_PATHS = {
    re.sub(r"([A-Z]|\d+)", r"_\1", operation["operationId"]).lower(): path
    for path, item in load_spec()["paths"].items()
    for operation in item.values()
    if isinstance(operation, dict) and "operationId" in operation
}
BODY = {
    "name": "my swap",
    "face_url": "https://media.test/face.jpg",
    "video_url": "https://media.test/video.mp4",
}
ID = "6674f1765699df7e9d25311a"


def models() -> ModuleType:
    """The lazy package of models."""
    return PACKAGE.module("models")


@pytest.mark.parametrize(
    ("operation", "arguments", "expected"),
    [
        ("list_face_swap_images", {}, ("GET", SPEC_PATHS["list_face_swap_images"], {})),
        ("delete_face_swap_image", {"id": ID}, ("DELETE", SPEC_PATHS["delete_face_swap_image"].format(_id=ID), {})),
        (
            "get_face_swap_preview_status",
            {"id": ID},
            ("GET", SPEC_PATHS["get_face_swap_preview_status"], {"_id": ID}),
        ),
        ("list_running_face_swap_tasks", {}, ("GET", SPEC_PATHS["list_running_face_swap_tasks"], {})),
        (
            "list_running_face_swap_tasks",
            {"id": ID},
            ("GET", SPEC_PATHS["list_running_face_swap_tasks"], {"_id": ID}),
        ),
        (
            "list_face_swap_tasks",
            {"page_num": 1, "page_size": "10"},
            ("GET", SPEC_PATHS["list_face_swap_tasks"], {"pageNum": 1, "pageSize": "10"}),
        ),
        ("get_face_swap_task", {"id": ID}, ("GET", SPEC_PATHS["get_face_swap_task"].format(_id=ID), {})),
        ("delete_face_swap_task", {"id": ID}, ("DELETE", SPEC_PATHS["delete_face_swap_task"].format(_id=ID), {})),
    ],
)
def test_requests_without_a_body(
    operation: str, arguments: dict[str, Any], expected: tuple[str, str, dict[str, Any]]
) -> None:
    request = PACKAGE.operation(operation).build_request(**arguments)
    assert (request.method, request.path, request.query) == expected
    assert request.operation == operation
    unset = PACKAGE.module("types").UNSET
    assert [request.json, request.files, request.data, request.content] == [unset] * 4
    assert request.headers == {}


@pytest.mark.parametrize(
    ("operation", "model", "body"),
    [
        (
            "add_face_swap_image",
            "AddFaceSwapImageRequest",
            {"face_url": "u"},
        ),
        (
            "add_face_swap_preview",
            "AddFaceSwapPreviewRequest",
            {"face_url": "u", "video_url": "v"},
        ),
        ("add_face_swap_task", "AddFaceSwapTaskRequest", BODY),
        (
            "get_many_face_swap_tasks",
            "GetManyTasksRequest",
            {"ids": [ID]},
        ),
    ],
)
def test_requests_with_a_body(operation: str, model: str, body: dict[str, Any]) -> None:
    request = PACKAGE.operation(operation).build_request(body=getattr(models(), model)(**body))
    assert (request.method, request.path, request.json) == ("POST", SPEC_PATHS[operation], body)


def test_a_body_is_strict_and_leaves_out_what_is_unset() -> None:
    task = models().AddFaceSwapTaskRequest
    full = task(
        **BODY, model_version=models().FaceSwapModelVersion.V2, webhook_url="https://x.test"
    )
    assert full.to_dict() == {**BODY, "model_version": "v2", "webhook_url": "https://x.test"}
    assert task(**BODY, additional_properties={"new": 1}).to_dict() == {**BODY, "new": 1}
    with pytest.raises(TypeError, match="face_url"):
        task(name="a", video_url="v")


def test_a_webhook_token_is_not_printed() -> None:
    body = models().AddFaceSwapTaskRequest(**BODY, webhook_token="hush")
    request = PACKAGE.operation("add_face_swap_task").build_request(body=body)
    assert body.to_dict()["webhook_token"] == "hush"
    assert request.json["webhook_token"] == "hush"
    assert "hush" not in repr(body) + repr(request)


@pytest.mark.parametrize("segment", ["", ".", ".."])
def test_an_id_that_names_another_path_is_refused(segment: str) -> None:
    with pytest.raises(ValueError, match="path"):
        PACKAGE.operation("delete_face_swap_task").build_request(id=segment)


@given(st.text(min_size=1).filter(lambda text: text not in {".", ".."}))
def test_any_other_id_stays_one_segment(segment: str) -> None:
    path = PACKAGE.operation("get_face_swap_task").build_request(id=segment).path
    prefix, _, last = path.rpartition("/")
    assert prefix == SPEC_PATHS["get_face_swap_task"].removesuffix("/{_id}")
    assert unquote(last) == segment
    assert not set(last) & set("?#\\ ")


def test_unset_is_one_false_value_also_after_a_copy_or_a_pickle() -> None:
    types = PACKAGE.module("types")
    assert not types.UNSET
    assert repr(types.UNSET) == "UNSET"
    for other in (
        types.Unset(),
        copy.copy(types.UNSET),
        copy.deepcopy([types.UNSET])[0],
        pickle.loads(pickle.dumps(types.UNSET)),
    ):
        assert other is types.UNSET


@pytest.mark.generator
def test_parameters_of_other_kinds(other_kinds_module: Callable[[str], ModuleType]) -> None:
    build_request = other_kinds_module("api.other.get_thing").build_request
    since = datetime.datetime(2024, 6, 21, 5, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
    kind = other_kinds_module("models.kind").Kind
    request = build_request(kind=kind.BIG, since=since, x_lang="en-US")
    assert request.path == "/things/big"
    assert request.query == {"since": "2024-06-21T03:00:00.000Z"}
    assert request.headers == {"x-lang": "en-US"}
    bare = build_request(kind=kind("huge/er"))
    assert (bare.path, bare.query, bare.headers) == ("/things/huge%2Fer", {}, {})


@pytest.mark.generator
def test_the_parts_of_a_multipart_body(other_kinds_module: Callable[[str], ModuleType]) -> None:
    types = other_kinds_module("types")
    upload = other_kinds_module("models.upload").Upload(
        file=types.File(b"\x00\x01"),
        note="hello",
        size=7,
        tags=["a", "b"],
        additional_properties={"options": {"x": [1]}},
    )
    request = other_kinds_module("api.other.add_file").build_request(body=upload)
    assert request.files == [
        ("file", (None, b"\x00\x01", None)),
        ("note", (None, b"hello", "text/plain")),
        ("size", (None, b"7", "text/plain")),
        ("tags", (None, b"a", "text/plain")),
        ("tags", (None, b"b", "text/plain")),
        ("options", (None, b'{"x": [1]}', "application/json")),
    ]
