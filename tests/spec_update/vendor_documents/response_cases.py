"""Vendor documents that change what a response holds."""

from __future__ import annotations

import copy

from vendor_case import WHOLE_API, Document, case, field, operation, schema

FACE_SWAP = frozenset(
    {"getFaceSwapTask", "getFaceSwapTask2025", "listFaceSwapTasks", "getManyFaceSwapTasks"}
)
FACE_SWAP_ALL = FACE_SWAP | {"addFaceSwapTask", "listRunningFaceSwapTasks"}


def _json(document: Document, operation_id: str, status: str = "200") -> Document:
    found: Document = operation(document, operation_id)["responses"][status]["content"]
    return found


# --- fields ----------------------------------------------------------------------------------


@case("response-field-added", new="getCoins")
def response_field_added(document: Document) -> None:
    """Added a field to a response."""
    schema(document, "Coins")["properties"]["frozen_coins"] = {"type": "number"}


@case("response-field-removed", breaks="addUploadUrl")
def response_field_removed(document: Document) -> None:
    """Removed a field of a response that was always there."""
    schema(document, "UploadUrl")["required"].remove("key")
    del schema(document, "UploadUrl")["properties"]["key"]


@case("optional-response-field-removed", look="getCoins", sure="fairly sure")
def optional_response_field_removed(document: Document) -> None:
    """Removed a field of a response that was there at times."""
    del schema(document, "Coins")["properties"]["diamonds"]


@case("response-field-nested", breaks="addUploadUrl")
def response_field_nested(document: Document) -> None:
    """Moved a field of a response into an object of its own."""
    upload = schema(document, "UploadUrl")
    upload["required"] = ["uploadUrl", "file"]
    key = upload["properties"].pop("key")
    upload["properties"]["file"] = {
        "type": "object",
        "required": ["key"],
        "properties": {"key": key},
    }


@case("response-field-renamed", breaks=FACE_SWAP, may=FACE_SWAP_ALL)
def response_field_renamed(document: Document) -> None:
    """Renamed the field with the URL of the result."""
    task = schema(document, "FaceSwapTask")
    task["properties"]["output_url"] = task["properties"].pop("result_url")
    task["required"].remove("result_url")
    task["required"].append("output_url")


@case("misspelling-corrected", look=FACE_SWAP, may=FACE_SWAP_ALL, sure="fairly sure")
def misspelling_corrected(document: Document) -> None:
    """Corrected `faild_message`; `failed_message` was in the document before."""
    del field_owner(document)["faild_message"]


def field_owner(document: Document) -> Document:
    """Give the fields of a face swap task."""
    found: Document = schema(document, "FaceSwapTask")["properties"]
    return found


@case("response-field-optional", breaks=FACE_SWAP, may=FACE_SWAP_ALL)
def response_field_optional(document: Document) -> None:
    """Leaves out at times a field that was always there."""
    schema(document, "FaceSwapTask")["required"].remove("result_url")


@case("response-field-required")
def response_field_required(document: Document) -> None:
    """Promises a field that was there at times."""
    schema(document, "Coins")["required"] = ["coins"]


@case("response-field-nullable", breaks=FACE_SWAP, may=FACE_SWAP_ALL)
def response_field_nullable(document: Document) -> None:
    """Sends null at times in a field that always held text."""
    field_owner(document)["result_url"]["type"] = ["string", "null"]


@case("response-type-widened", breaks="getCoins")
def response_type_widened(document: Document) -> None:
    """Writes coins as text at times."""
    field(document, "Coins", "coins")["type"] = ["number", "string"]


@case("response-type-narrowed")
def response_type_narrowed(document: Document) -> None:
    """Writes coins as integers, which are numbers."""
    field(document, "Coins", "coins")["type"] = "integer"


@case("response-enum-word-added", look=WHOLE_API, sure="fairly sure")
def response_enum_word_added(document: Document) -> None:
    """Tells of a new state of tasks, `cancelled`: a loop that waits for an end would not see it."""
    schema(document, "TaskStatus")["enum"].append("cancelled")


@case("response-enum-word-removed", may=WHOLE_API, sure="fairly sure")
def response_enum_word_removed(document: Document) -> None:
    """Sends a state of avatar videos no more; a program that compares with it still runs."""
    schema(document, "AvatarVideoStatus")["enum"].remove("copy")


@case("response-format-added")
def response_format_added(document: Document) -> None:
    """Wrote `format: uri` at a URL of a response."""
    field(document, "UploadUrl", "cdnUrl")["format"] = "uri"


@case("response-limit-added")
def response_limit_added(document: Document) -> None:
    """Promises at most 200 characters in a text of a response."""
    field(document, "UploadUrl", "key")["maxLength"] = 200


@case("recursive-schema", new={"getCoins"})
def recursive_schema(document: Document) -> None:
    """Added a field whose schema holds itself."""
    schema(document, "Coins")["properties"]["accounts"] = {
        "type": "array",
        "items": {"$ref": "#/components/schemas/Coins"},
    }


# --- envelopes -------------------------------------------------------------------------------


@case("envelope-key-renamed", breaks="getCoins")
def envelope_key_renamed(document: Document) -> None:
    """Sends what was under `data` under `result`."""
    part = schema(document, "GetCoinsResponse")["allOf"][1]
    part["properties"]["result"] = part["properties"].pop("data")
    part["required"] = ["result"]


@case("envelope-dropped", breaks="getCoins")
def envelope_dropped(document: Document) -> None:
    """Sends the data of a response without the envelope."""
    _json(document, "getCoins")["application/json"]["schema"] = {
        "$ref": "#/components/schemas/Coins"
    }


@case("envelope-code-changed", breaks=WHOLE_API)
def envelope_code_changed(document: Document) -> None:
    """Sends the code 200 for success in place of 0."""
    schema(document, "Envelope")["properties"]["code"].update(minimum=200, maximum=200)


@case("envelope-key-added", may=WHOLE_API, sure="fairly sure")
def envelope_key_added(document: Document) -> None:
    """Added a number of the request to the envelope; unknown keys of it are kept anyway."""
    schema(document, "Envelope")["properties"]["request_id"] = {"type": "string"}


@case("data-in-an-array", breaks="getCoins")
def data_in_an_array(document: Document) -> None:
    """Sends an array where one object was."""
    data = schema(document, "GetCoinsResponse")["allOf"][1]["properties"]
    data["data"] = {"type": "array", "items": data["data"]}


# --- statuses and content types --------------------------------------------------------------


@case("responses-left-out")
def responses_left_out(document: Document) -> None:
    """Left the responses of an operation out, which OpenAPI 3.1 allows: nothing is said."""
    del operation(document, "startGrokTask")["responses"]


@case("responses-default-only")
def responses_default_only(document: Document) -> None:
    """Wrote the successful response as `default`."""
    found = operation(document, "getCoins")
    found["responses"] = {"default": found["responses"]["200"]}


@case("responses-in-a-range")
def responses_in_a_range(document: Document) -> None:
    """Wrote the responses as 2XX and 4XX."""
    found = operation(document, "getCoins")["responses"]
    found["2XX"] = found.pop("200")
    found["4XX"] = found.pop("401")


@case("status-created", sure="fairly sure")
def status_created(document: Document) -> None:
    """Sends 201 in place of 200 for a start: another successful status, the body as before."""
    found = operation(document, "startGrokTask")["responses"]
    found["201"] = found.pop("200")


@case("status-accepted-beside", look="getGrokTask", sure="fairly sure")
def status_accepted_beside(document: Document) -> None:
    """Sends 202 without data at times beside 200."""
    operation(document, "getGrokTask")["responses"]["202"] = {"description": "Not yet."}


@case("error-status-added")
def error_status_added(document: Document) -> None:
    """Wrote down that an operation fails with 429 at times, as any may."""
    operation(document, "getCoins")["responses"]["429"] = {
        "$ref": "#/components/responses/BadRequest"
    }


@case("response-content-type-changed", breaks="getCoins")
def response_content_type_changed(document: Document) -> None:
    """Sends XML in place of JSON."""
    content = _json(document, "getCoins")
    content["application/xml"] = content.pop("application/json")


@case("response-content-type-added", sure="fairly sure")
def response_content_type_added(document: Document) -> None:
    """Sends CSV beside JSON, to who asks for it."""
    _json(document, "getCoins")["text/csv"] = {"schema": {"type": "string"}}


@case("response-any-content-type")
def response_any_content_type(document: Document) -> None:
    """Wrote `*/*` in place of application/json, as some generators do."""
    content = _json(document, "getCoins")
    content["*/*"] = content.pop("application/json")


# --- the same, written otherwise -------------------------------------------------------------


@case("type-array-as-any-of")
def type_array_as_any_of(document: Document) -> None:
    """Wrote `type: [number, null]` as an anyOf."""
    diamonds = field(document, "Coins", "diamonds")
    del diamonds["type"]
    diamonds["anyOf"] = [{"type": "number"}, {"type": "null"}]


@case("any-of-as-one-of")
def any_of_as_one_of(document: Document) -> None:
    """Wrote an anyOf of an object and null as a oneOf."""
    data = schema(document, "GetFaceSwapTaskResponse")["allOf"][1]["properties"]["data"]
    data["oneOf"] = data.pop("anyOf")


@case("all-of-merged")
def all_of_merged(document: Document) -> None:
    """Wrote an allOf of two objects as one object."""
    whole = schema(document, "GetCoinsResponse")
    del whole["allOf"]
    whole["type"] = "object"
    whole["required"] = ["code", "data"]
    whole["properties"] = {
        **copy.deepcopy(schema(document, "Envelope")["properties"]),
        "data": {"$ref": "#/components/schemas/Coins"},
    }


@case("response-in-components")
def response_in_components(document: Document) -> None:
    """Moved a response to the components and refers to it."""
    found = operation(document, "getCoins")["responses"]
    document["components"]["responses"]["Coins"] = found["200"]
    found["200"] = {"$ref": "#/components/responses/Coins"}


@case("dynamic-type-left-out", sure="fairly sure")
def dynamic_type_left_out(document: Document) -> None:
    """Left out `type: object` beside properties, as sloppy references do."""
    del schema(document, "Coins")["type"]
