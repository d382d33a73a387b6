"""Promises of the OpenAPI document: valid, true to its sources, with evidence for every operation."""

# The URLs of the reference page are long.

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

SPEC_PATH = Path(__file__).parents[2] / "spec" / "openapi.yaml"
SPEC: dict[str, Any] = yaml.safe_load(SPEC_PATH.read_text("utf-8"))
OPERATIONS: dict[str, dict[str, Any]] = {
    f"{method.upper()} {path}": operation
    for path, methods in SPEC["paths"].items()
    for method, operation in methods.items()
}
SCHEMAS: dict[str, dict[str, Any]] = SPEC["components"]["schemas"]
EVERY_OPERATION = pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)

#: The three records as the reference page prints them, copied from there and not from the document.
REFERENCE_ROWS = [
    {
        "name": "xxxx",
        "video_url": "https://dh24as48lv9ce.cloudfront.net/pbs_lite/stable/customer/645888fc89897e30c57e31f0/clipVideo/665d718eb8f6a5ee678aa392/1717400057881.mp4",
        "duration": 6,
        "face_url": "https://dh24as48lv9ce.cloudfront.net/adam2eve/beta/face_swap/ab2fca41-90e5-41a6-aa66-08a960b035e4.jpg",
        "current_status": "completed",
        "result_url": "https://dh24as48lv9ce.cloudfront.net/adam2eve/stable/user/637498294abbb165572d5dbe/userFaceSwapTask/6674f1765699df7e9d25311a/1717400057881_ab2fca41-90e5-41a6-aa66-08a960b035e4_1718940028723.mp4",
        "error_code": "0",
        "faild_message": None,
        "_id": "6674f1765699df7e9d25311a",
        "createdAt": "2024-06-21T03:20:22.436Z",
        "updatedAt": "2024-06-21T03:21:00.795Z",
        "initialized_time": "2024-06-21T03:20:22.940Z",
        "processing_time": "2024-06-21T03:20:23.358Z",
        "completed_time": "2024-06-21T03:20:58.625Z",
    },
    {
        "name": "2024-06-07 19:06:26",
        "video_url": "https://dh24as48lv9ce.cloudfront.net/adam2eve/stable/faceSwap/2024067/1717758398720.mp4",
        "duration": 0,
        "face_url": "https://dh24as48lv9ce.cloudfront.net/adam2eve/stable/faceSwap/2024067/1717730089329.png",
        "current_status": "completed",
        "result_url": "https://dh24as48lv9ce.cloudfront.net/adam2eve/stable/user/637498294abbb165572d5dbe/userFaceSwapTask/6662e9c62246edced67000f7/1717758398720_1717730089329_1717758409522.mp4",
        "error_code": "0",
        "faild_message": None,
        "_id": "6662e9c62246edced67000f7",
        "createdAt": "2024-06-07T11:06:46.273Z",
        "updatedAt": "2024-06-07T11:07:35.812Z",
        "initialized_time": "2024-06-07T11:06:46.785Z",
        "processing_time": "2024-06-07T11:06:47.162Z",
        "completed_time": "2024-06-07T11:07:34.667Z",
    },
    {
        "name": "2024-06-07 11:14:35",
        "video_url": "https://dh24as48lv9ce.cloudfront.net/adam2eve/stable/faceSwap/2024067/1717730378328.mp4",
        "duration": 0,
        "face_url": "https://dh24as48lv9ce.cloudfront.net/adam2eve/stable/faceSwap/2024067/1717730089329.png",
        "current_status": "completed",
        "result_url": "https://dh24as48lv9ce.cloudfront.net/adam2eve/stable/user/637498294abbb165572d5dbe/userFaceSwapTask/66627c58577166cec1929f84/1717730378328_1717730089329_1717758893515.mp4",
        "error_code": "0",
        "faild_message": None,
        "_id": "66627c58577166cec1929f84",
        "createdAt": "2024-06-07T03:19:52.183Z",
        "updatedAt": "2024-06-07T11:15:56.687Z",
        "initialized_time": "2024-06-07T11:14:51.208Z",
        "processing_time": "2024-06-07T11:14:51.554Z",
        "completed_time": "2024-06-07T11:15:55.554Z",
    },
]


def schema_of(response: dict[str, Any]) -> dict[str, Any]:
    """The schema of a response, with all components, so that references resolve."""
    return {
        **response["content"]["application/json"]["schema"],
        "components": SPEC["components"],
    }


def test_the_document_is_valid_openapi() -> None:
    validate(SPEC)


def test_both_servers_are_named() -> None:
    urls = [server["url"] for server in SPEC["servers"]]
    assert urls == ["https://video.a2e.ai", "https://video.a2e.com.cn"]


def test_the_operations_are_complete() -> None:
    tags = {operation["operationId"]: operation["tags"] for operation in OPERATIONS.values()}
    face_swap = {
        *("addFaceSwapImage", "listFaceSwapImages", "deleteFaceSwapImage"),
        *("addFaceSwapPreview", "getFaceSwapPreviewStatus"),
        *("addFaceSwapTask", "listRunningFaceSwapTasks", "listFaceSwapTasks", "getFaceSwapTask"),
        *("deleteFaceSwapTask", "getManyFaceSwapTasks"),
    }
    assert tags == {name: ["face_swap"] for name in face_swap} | {"addUploadUrl": ["storage"]}
    assert len(OPERATIONS) == len(tags)


@EVERY_OPERATION
def test_every_operation_says_how_we_know_it(operation: dict[str, Any]) -> None:
    assert operation["x-evidence"] in {"documented", "reference", "observed"}
    assert len(operation["x-evidence-source"]) > 20
    assert operation["summary"].endswith(".")


@EVERY_OPERATION
def test_the_effect_agrees_with_the_name(operation: dict[str, Any]) -> None:
    verb = re.match(r"[a-z]+", operation["operationId"])
    assert verb is not None
    allowed = {"get": {"read"}, "list": {"read"}, "delete": {"delete"}, "add": {"write", "start"}}
    assert operation["x-effect"] in allowed[verb.group()]


def test_get_and_delete_methods_do_what_they_say() -> None:
    for place, operation in OPERATIONS.items():
        method = place.split()[0]
        if method == "GET":
            assert operation["x-effect"] == "read", place
        assert (method == "DELETE") == (operation["x-effect"] == "delete"), place


@EVERY_OPERATION
def test_a_success_and_a_missing_token_are_described(operation: dict[str, Any]) -> None:
    assert {"200", "401"} <= set(operation["responses"]) <= {"200", "400", "401"}
    for status in set(operation["responses"]) - {"200"}:
        assert operation["responses"][status]["$ref"].startswith("#/components/responses/")


def test_errors_have_a_schema_that_takes_both_spellings_of_the_text() -> None:
    for response in SPEC["components"]["responses"].values():
        for text in ("msg", "message"):
            answer = {"code": 401, text: "no", "trace_id": "t", "errors": [{"x": 1}], "data": None}
            OAS31Validator(schema_of(response)).validate(answer)


def test_the_example_is_the_reference_page_word_for_word() -> None:
    operation = OPERATIONS["GET /api/v1/userFaceSwapTask/records"]
    examples = operation["responses"]["200"]["content"]["application/json"]["examples"]
    expected = {"code": 0, "data": {"rows": REFERENCE_ROWS, "count": 3}}
    assert examples["records"]["value"] == expected


@EVERY_OPERATION
def test_every_example_fits_its_schema(operation: dict[str, Any]) -> None:
    response = operation["responses"]["200"]
    for example in response["content"]["application/json"].get("examples", {}).values():
        OAS31Validator(schema_of(response)).validate(example["value"])


@pytest.mark.parametrize(
    ("name", "valid", "invalid"),
    [
        ("pageNum", [1, "1", 250, "250"], [0, -1, "0", "", "x", 1.5]),
        ("pageSize", [1, 100, "1", "10", "99", "100"], [0, 101, "0", "101", "1000", "x"]),
    ],
)
def test_paging_takes_numbers_and_their_words(
    name: str, valid: list[Any], invalid: list[Any]
) -> None:
    parameters = OPERATIONS["GET /api/v1/userFaceSwapTask/records"]["parameters"]
    (parameter,) = [parameter for parameter in parameters if parameter["name"] == name]
    assert parameter["required"] is True
    validator = OAS31Validator(parameter["schema"])
    assert [value for value in valid if not validator.is_valid(value)] == []
    assert [value for value in invalid if validator.is_valid(value)] == []


def test_the_task_body_has_its_limits() -> None:
    body = SCHEMAS["AddFaceSwapTaskRequest"]
    assert body["required"] == ["name", "face_url", "video_url"]
    assert set(body["properties"]) - set(body["required"]) == {
        *("cover_url", "model_version", "webhook_url", "webhook_token")
    }
    assert body["properties"]["webhook_url"]["maxLength"] == 2048
    assert body["properties"]["webhook_token"]["maxLength"] == 256
    assert SCHEMAS["FaceSwapModelVersion"]["enum"] == ["v1", "v2"]


def test_the_upload_body_has_its_limits() -> None:
    body = SCHEMAS["AddUploadUrlRequest"]
    assert body["required"] == ["key"]
    optional = ("bucket", "urlPrefix", "cdnDomain", "contentType", "fileSize", "contentLength")
    assert set(body["properties"]) == {"key", "expiresIn", *optional}
    seconds = OAS31Validator(body["properties"]["expiresIn"])
    assert [seconds.is_valid(value) for value in (60, 59, "60")] == [True, False, False]


def test_both_spellings_of_the_failure_text_are_known() -> None:
    for name in ("FaceSwapTask", "FaceSwapPreview", "FaceSwapProgress"):
        assert {"faild_message", "failed_message"} <= set(SCHEMAS[name]["properties"])


def test_request_bodies_and_only_they_are_called_request() -> None:
    bodies = {
        operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].split("/")[-1]
        for operation in OPERATIONS.values()
        if "requestBody" in operation
    }
    assert bodies == {name for name in SCHEMAS if name.endswith("Request")}


def _described(schema: Any, place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(schema, dict):
        for name, inner in schema.get("properties", {}).items():
            yield f"{place}.{name}", inner
            yield from _described(inner, f"{place}.{name}")
        for inner in schema.get("allOf", []):
            yield from _described(inner, place)


def test_everything_is_described() -> None:
    undescribed = [name for name, schema in SCHEMAS.items() if "description" not in schema]
    for name, schema in SCHEMAS.items():
        for place, inner in _described(schema, name):
            if "$ref" not in inner and "description" not in inner:
                undescribed.append(place)
    assert undescribed == []
