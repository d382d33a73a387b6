"""Promises of the OpenAPI document: valid, true to its sources, with evidence for every operation."""

# The URLs of the reference page are long.

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from a2e_api.operations import OPERATIONS as INDEX
from a2e_sdk._files.media_types import MediaKind
from a2e_sdk._wire.family_table import ENGINES, TASK_FAMILIES
from a2e_sdk._wire.field_names import (
    FIELD_ALIASES,
    NOT_OFFERED,
    SENT_IN_EVERY_SPELLING,
    python_name,
)
from spec_document import load_spec

pytestmark = pytest.mark.once

SPEC = load_spec()
OPERATIONS: dict[str, dict[str, Any]] = {
    f"{method.upper()} {path}": operation
    for path, methods in SPEC["paths"].items()
    for method, operation in methods.items()
}
SCHEMAS: dict[str, dict[str, Any]] = SPEC["components"]["schemas"]

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


#: The operation whose page of the reference is recorded above.
LISTING = next(
    operation
    for operation in OPERATIONS.values()
    if operation["operationId"] == "listFaceSwapTasks"
)


def test_the_document_is_valid_openapi() -> None:
    validate(SPEC)


def test_both_servers_are_named() -> None:
    urls = [server["url"] for server in SPEC["servers"]]
    assert urls == ["https://video.a2e.ai", "https://video.a2e.com.cn"]


#: The sections at the head of the reference page, and the tags that hold their operations.
REFERENCE_SECTIONS = {
    "Get Tokens": {"tokens"},
    "TTS and Voice Clone": {"voices", "speech"},
    "Generate Avatar Videos": {"avatar_videos"},
    "Create Avatars and Train Lip-sync Models": {"avatars"},
    "Background Matting and Replacement": {"backgrounds"},
    "Face Swap": {"face_swap"},
    "AI Dubbing": {"dubbing"},
    "Image to Video": {"image_to_video"},
    "Caption Removal": {"caption_removal"},
    "Streaming Avatar": {"streaming_avatar"},
    "Miscellaneous": {"account", "storage", "watermarks"},
}
#: The three parts of the section Face Swap, each by an operation of it.
FACE_SWAP_PARTS = {
    "Manage Face Swap Resource": "listFaceSwapImages",
    "Quickly Preview Face Swap": "getFaceSwapPreviewStatus",
    "Face Swap Tasks": "listFaceSwapTasks",
}
#: What the first word of an operation's name promises.
EFFECTS = {
    "get": {"read"},
    "list": {"read"},
    "delete": {"delete"},
    "start": {"start"},
    "add": {"write", "start"},
    **{word: {"write"} for word in ("rename", "update", "mark", "retry", "leave")},
}
METHODS = {
    "read": {"GET", "POST"},
    "delete": {"DELETE", "POST"},
    "start": {"POST"},
    "write": {"POST", "PUT"},
}
#: The statuses that the sources name for some operation, beside 200, 400, 401 and 404.
RARE_STATUSES = {
    "startVoiceClone": {"403"},
    "startHeadSwapTask": {"403"},
    "startFlux2Task": {"402", "500"},
    "startWan30Task": {"503"},
    "getVeoTaskInFullHd": {"202"},
}
#: What the description of a start says that has no webhook, so that none is left out by mistake.
WITHOUT_WEBHOOK = "Takes no `webhook_url`"
#: Where a file is named so deep in a body that only its address can be given.
NESTED_FILES = {"Wan30Media"}
KEYWORDS = {
    *("type", "description", "enum", "default", "required", "properties", "items", "x-media"),
    *("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "pattern"),
    *("anyOf", "deprecated", "examples", "example", "additionalProperties", "$ref", "title"),
}


def body_of(operation: dict[str, Any]) -> dict[str, Any] | None:
    """The schema of an operation's body; None without one."""
    if "requestBody" not in operation:
        return None
    content = operation["requestBody"]["content"]
    assert set(content) == {"application/json"}
    schema = content["application/json"]["schema"]
    assert set(schema) == {"$ref"}, "bodies are components, so that they get a class"
    return SCHEMAS[schema["$ref"].rsplit("/", 1)[-1]]


def subschemas(schema: dict[str, Any], place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """All schemas within a schema, itself first, references not followed."""
    yield place, schema
    for name, inner in schema.get("properties", {}).items():
        yield from subschemas(inner, f"{place}.{name}")
    if isinstance(schema.get("items"), dict):
        yield from subschemas(schema["items"], f"{place}[]")
    for key in ("anyOf", "allOf", "oneOf"):
        for inner in schema.get(key, ()):
            yield from subschemas(inner, f"{place}|{key}")


def test_the_sections_are_those_of_the_reference() -> None:
    tags = {tag["name"] for tag in SPEC["tags"]}
    engines = {INDEX[engine.start].tag for engine in ENGINES if engine.start}
    assert tags == set().union(*REFERENCE_SECTIONS.values()) | engines
    assert len(SPEC["tags"]) == len(tags)
    assert all(tag["description"].endswith(".") for tag in SPEC["tags"])
    used = [operation["tags"] for operation in OPERATIONS.values()]
    assert all(len(each) == 1 for each in used)
    assert {each[0] for each in used} == tags, "a section without operations, or the reverse"
    identifiers = {operation["operationId"] for operation in OPERATIONS.values()}
    assert set(FACE_SWAP_PARTS.values()) <= identifiers
    assert len(OPERATIONS) == len(identifiers), "no two operations have the same id"


def test_nothing_that_the_sdk_relies_on_has_left_the_document() -> None:
    assert len(OPERATIONS) >= 257


EVIDENCE = {"verified", "documented", "reference", "observed"}


def test_every_operation_says_how_we_know_it() -> None:
    for place, operation in OPERATIONS.items():
        assert operation["x-evidence"] in EVIDENCE, place
        assert len(operation["x-evidence-source"]) > 20, place
        assert operation["summary"].endswith("."), place
        assert 10 < len(operation["summary"]) <= 90, (place, operation["summary"])


def test_the_effect_agrees_with_the_name_and_the_method() -> None:
    for place, operation in OPERATIONS.items():
        verb = re.match(r"[a-z]+", operation["operationId"])
        assert verb is not None, place
        effect = operation["x-effect"]
        assert effect in EFFECTS[verb.group()], place
        method = place.split()[0]
        assert method in METHODS[effect], place
        # Nothing but a read comes by GET, and nothing but a deletion by DELETE.
        if method in ("GET", "DELETE"):
            assert effect == {"GET": "read", "DELETE": "delete"}[method], place


def test_a_start_that_costs_coins_is_never_called_a_write() -> None:
    for place, operation in OPERATIONS.items():
        if place.endswith("/start"):
            assert operation["x-effect"] == "start", place


def test_a_success_and_a_missing_token_are_described() -> None:
    for place, operation in OPERATIONS.items():
        statuses = set(operation["responses"])
        assert "200" in statuses, place
        rare = RARE_STATUSES.get(operation["operationId"], set())
        assert statuses - {"200", "400", "401", "404"} == rare, place
        # The one operation that is documented as needing no key.
        is_open = operation["operationId"] == "getRandomBackground"
        assert ("401" not in statuses) == is_open, place
        assert (operation.get("security") == []) == is_open, place
        for status in statuses - {"200", "202"}:
            assert operation["responses"][status]["$ref"].startswith("#/components/responses/")


def test_every_success_is_an_envelope() -> None:
    for place, operation in OPERATIONS.items():
        success = operation["responses"]["200"]
        schema = success["content"]["application/json"]["schema"]
        answer = SCHEMAS[schema["$ref"].rsplit("/", 1)[-1]]
        parts = [answer, *answer.get("allOf", ())]
        parts = [SCHEMAS[part["$ref"].split("/")[-1]] if "$ref" in part else part for part in parts]
        keys = set().union(*(part.get("properties", {}) for part in parts))
        assert {"code", "data"} <= keys, place


def test_every_outdated_operation_names_what_took_its_place_or_says_that_it_goes() -> None:
    current = {o["operationId"] for o in OPERATIONS.values() if not o.get("deprecated")}
    for operation in OPERATIONS.values():
        if not operation.get("deprecated"):
            continue
        sibling = operation["operationId"].removesuffix("2025")
        told = operation["operationId"] == "addApiToken" and "web site" in operation["description"]
        assert sibling in current or told, operation["operationId"]


def test_every_start_of_a_task_takes_a_webhook_or_says_that_it_does_not() -> None:
    of_families = {family.start for family in TASK_FAMILIES.values()}
    for place, operation in OPERATIONS.items():
        starts_task = snake(operation["operationId"]) in of_families or place.endswith("/start")
        denied = WITHOUT_WEBHOOK in operation.get("description", "")
        assert starts_task or not denied, place
        expected = starts_task and not denied
        properties = (body_of(operation) or {}).get("properties", {})
        for key, longest in (("webhook_url", 2048), ("webhook_token", 256)):
            assert (key in properties) == expected, (
                f"{place}: {key}. A start without it says {WITHOUT_WEBHOOK!r} in its description."
            )
            if expected:
                assert properties[key]["maxLength"] == longest, place
        if expected:
            assert re.match(properties["webhook_url"]["pattern"], "https://x.example/"), place
            assert not re.match(properties["webhook_url"]["pattern"], "http://x.example/"), place


def test_parameters_are_described_and_those_of_the_path_are_in_it() -> None:
    for place, operation in OPERATIONS.items():
        named = set(re.findall(r"{(\w+)}", place))
        found = set()
        for parameter in operation.get("parameters", ()):
            if "$ref" in parameter:
                parameter = SPEC["components"]["parameters"][parameter["$ref"].split("/")[-1]]
            assert parameter["in"] in ("path", "query"), place
            schema = parameter["schema"]
            schema = SCHEMAS[schema["$ref"].split("/")[-1]] if "$ref" in schema else schema
            described = parameter.get("description") or schema.get("description")
            assert described, (place, parameter["name"])
            if parameter["in"] == "path":
                assert parameter["required"] is True, place
                found.add(parameter["name"])
        assert found == named, place


def test_bodies_use_only_keywords_that_the_facade_checks() -> None:
    for name, schema in SCHEMAS.items():
        if name.endswith("Request"):
            for place, inner in subschemas(schema, name):
                assert set(inner) <= KEYWORDS, (place, set(inner) - KEYWORDS)


def test_files_are_marked_where_they_can_be_given_and_nowhere_else() -> None:
    kinds = {kind.value for kind in MediaKind}
    marked = 0
    for operation in OPERATIONS.values():
        body = body_of(operation)
        for place, schema in subschemas(body or {}, operation["operationId"]):
            media = schema.get("x-media")
            if media is None:
                continue
            marked += 1
            assert schema["type"] == "string", place
            assert media, place
            assert set(media) <= kinds, place
            assert place.count(".") == 1, f"{place}: the facade would never find it"
    assert marked > 60
    for name, schema in SCHEMAS.items():
        if not name.endswith("Request") and name not in NESTED_FILES:
            assert all("x-media" not in inner for _, inner in subschemas(schema, name)), name


def test_no_two_keys_of_a_body_have_the_same_friendly_name() -> None:
    for operation in OPERATIONS.values():
        taken: dict[str, str] = {}
        for wire, schema in (body_of(operation) or {}).get("properties", {}).items():
            if wire in NOT_OFFERED:
                continue
            # Two spellings of one thing, of which each goes out, are one argument.
            if python_name(wire) in SENT_IN_EVERY_SPELLING:
                assert wire in FIELD_ALIASES[python_name(wire)]
                continue
            is_file = "x-media" in schema or "x-media" in schema.get("items", {})
            name = python_name(wire, is_file=is_file)
            assert name not in taken, (operation["operationId"], wire, taken.get(name))
            taken[name] = wire


def test_the_index_of_the_generated_client_agrees_with_the_document() -> None:
    identifiers = {snake(operation["operationId"]) for operation in OPERATIONS.values()}
    assert set(INDEX) == identifiers
    for place, operation in OPERATIONS.items():
        entry = INDEX[snake(operation["operationId"])]
        method, path = place.split()
        assert (entry.method, entry.path) == (method, path)
        assert entry.tag == operation["tags"][0], place
        assert entry.effect == operation["x-effect"], place
        assert entry.evidence == operation["x-evidence"], place
        assert entry.deprecated == operation.get("deprecated", False), place
        assert entry.summary == operation["summary"], place
        answer = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
        assert entry.answer.lower() == answer.split("/")[-1].lower(), place
        body = operation.get("requestBody", {}).get("content", {}).get("application/json")
        named = body["schema"]["$ref"].split("/")[-1] if body else ""
        assert entry.body.lower() == named.lower(), place
        assert entry.input["body_required"] == operation.get("requestBody", {}).get(
            "required", False
        ), place


def test_every_entry_of_the_index_can_be_imported_and_takes_what_it_says() -> None:
    from a2e_api import models

    for entry in INDEX.values():
        arguments = inspect.signature(entry.module.build_request).parameters
        wanted = set(entry.parameters.values()) | ({"body"} if entry.body else set())
        assert set(arguments) == wanted, entry.id
        assert hasattr(models, entry.answer), entry.id
        declared = {**entry.input["path"], **entry.input["query"]}
        assert set(declared) == set(entry.parameters), entry.id
        for wire, described in declared.items():
            default = arguments[entry.parameters[wire]].default
            assert (default is inspect.Parameter.empty) == described["required"], (entry.id, wire)
        if not entry.body:
            assert entry.input["body"] is None, entry.id
            continue
        body = getattr(models, entry.body)
        assert set(entry.input["body"].get("properties", {})) == set(body._wire_names.values())
        needed = {
            wire
            for name, wire in body._wire_names.items()
            if inspect.signature(body).parameters[name].default is inspect.Parameter.empty
        }
        assert needed == set(entry.input["body"].get("required", ())), entry.id


def snake(identifier: str) -> str:
    """The name of an operation in Python, by the rule that the names in the SDK rely on."""
    words = re.sub(r"([A-Z]|\d+)", r"_\1", identifier).lower()
    return words.strip("_")


def test_errors_have_a_schema_that_takes_both_spellings_of_the_text() -> None:
    for response in SPEC["components"]["responses"].values():
        for text in ("msg", "message"):
            answer = {"code": 401, text: "no", "trace_id": "t", "errors": [{"x": 1}], "data": None}
            OAS31Validator(schema_of(response)).validate(answer)


def test_the_example_is_the_reference_page_word_for_word() -> None:
    operation = LISTING
    examples = operation["responses"]["200"]["content"]["application/json"]["examples"]
    expected = {"code": 0, "data": {"rows": REFERENCE_ROWS, "count": 3}}
    assert examples["records"]["value"] == expected


def test_every_example_fits_its_schema() -> None:
    for place, operation in OPERATIONS.items():
        response = operation["responses"]["200"]
        for example in response["content"]["application/json"].get("examples", {}).values():
            errors = list(OAS31Validator(schema_of(response)).iter_errors(example["value"]))
            assert errors == [], place


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
    parameters = LISTING["parameters"]
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
