"""Vendor documents that change what a request takes."""

from __future__ import annotations

import copy

from vendor_case import WHOLE_API, Document, case, field, operation, schema

GROK = "StartGrokTaskRequest"


# --- fields ----------------------------------------------------------------------------------


@case("optional-media-field", new="startGrokTask")
def optional_media_field(document: Document) -> None:
    """Added an optional field that takes the URL of a video."""
    schema(document, GROK)["properties"]["video_url"] = {
        "type": "string",
        "format": "uri",
        "description": "URL of a video to go by.",
    }


@case("required-field-added", breaks="startGrokTask")
def required_field_added(document: Document) -> None:
    """Added a required field."""
    schema(document, GROK)["properties"]["region"] = {"type": "string"}
    schema(document, GROK)["required"] = ["region"]


@case("optional-field-required", breaks="startGrokTask")
def optional_field_required(document: Document) -> None:
    """Made a field required that was optional."""
    schema(document, GROK)["required"] = ["prompt"]


@case("required-field-with-default", look="startGrokTask", sure="unsure")
def required_field_with_default(document: Document) -> None:
    """Made a field required that has a default, as sloppy references do."""
    schema(document, GROK)["required"] = ["mode"]


@case("required-dropped", new="startUpscaleTask", sure="fairly sure")
def required_dropped(document: Document) -> None:
    """Made a required field optional."""
    schema(document, "StartUpscaleTaskRequest")["required"] = []


@case("field-removed", breaks="startSoundTask")
def field_removed(document: Document) -> None:
    """Takes a field no more that it took."""
    del schema(document, "StartSoundTaskRequest")["properties"]["cot_description"]


@case("field-renamed", breaks="startGrokTask")
def field_renamed(document: Document) -> None:
    """Renamed a field of a request."""
    properties = schema(document, GROK)["properties"]
    properties["images"] = properties.pop("image_urls")


# --- enums -----------------------------------------------------------------------------------


@case("enum-word-added", new="startGrokTask")
def enum_word_added(document: Document) -> None:
    """Takes another mode."""
    field(document, GROK, "mode")["enum"].append("cinematic")


@case("enum-word-removed", breaks="startGrokTask")
def enum_word_removed(document: Document) -> None:
    """Takes a mode no more."""
    field(document, GROK, "mode")["enum"].remove("spicy")


@case("enum-word-renamed", breaks="startGrokTask")
def enum_word_renamed(document: Document) -> None:
    """Renamed a mode."""
    field(document, GROK, "mode")["enum"] = ["fun", "normal", "wild"]


@case("enum-of-integers", breaks="startGrokTask")
def enum_of_integers(document: Document) -> None:
    """Takes the same lengths as integers in place of text."""
    field(document, GROK, "duration").update(type="integer", enum=[6, 10, 15], default=6)


@case("enum-in-another-order")
def enum_in_another_order(document: Document) -> None:
    """Wrote the words of an enum in another order."""
    field(document, GROK, "aspect_ratio")["enum"].reverse()


@case("enum-closed", breaks="startHailuoTask")
def enum_closed(document: Document) -> None:
    """Takes only two words where any text was taken."""
    field(document, "StartHailuoTaskRequest", "resolution")["enum"] = ["768P", "1080P"]


@case("enum-opened", new="startGrokTask")
def enum_opened(document: Document) -> None:
    """Takes any text where only some words were taken."""
    del field(document, GROK, "aspect_ratio")["enum"]


# --- types and limits ------------------------------------------------------------------------


@case("type-widened", new="startGrokTask")
def type_widened(document: Document) -> None:
    """Takes the length as a number too."""
    duration = field(document, GROK, "duration")
    duration["type"] = ["string", "integer"]
    duration["enum"] += [6, 10, 15]


@case("type-narrowed", breaks="startSoundTask")
def type_narrowed(document: Document) -> None:
    """Takes an integer where any number was taken."""
    field(document, "StartSoundTaskRequest", "seed")["type"] = "integer"


@case("nullable-without-type", sure="fairly sure")
def nullable_without_type(document: Document) -> None:
    """Wrote `nullable: true` without a type, which says nothing in either version of OpenAPI."""
    field(document, GROK, "image_url")["nullable"] = True
    del field(document, GROK, "image_url")["type"]


@case("limit-lowered", breaks="startGrokTask")
def limit_lowered(document: Document) -> None:
    """Takes shorter tokens only."""
    field(document, GROK, "webhook_token")["maxLength"] = 64


@case("limit-raised", new="startGrokTask")
def limit_raised(document: Document) -> None:
    """Takes longer tokens."""
    field(document, GROK, "webhook_token")["maxLength"] = 1024


@case("limit-added", breaks="startGrokTask")
def limit_added(document: Document) -> None:
    """Set a limit where none was."""
    field(document, GROK, "prompt")["maxLength"] = 2000


@case("limit-removed", new="startVeoTask")
def limit_removed(document: Document) -> None:
    """Took a limit away."""
    del field(document, "StartVeoTaskRequest", "seeds")["minimum"]


@case("limit-written-twice")
def limit_written_twice(document: Document) -> None:
    """Wrote the same limit of a list a second time, in an allOf."""
    images = field(document, "StartHailuoTaskRequest", "image_urls")
    images["allOf"] = [{"minItems": images["minItems"]}]


@case("page-size-lowered", breaks={"listGrokTasks", "listCredits"}, may=WHOLE_API)
def page_size_lowered(document: Document) -> None:
    """Lowered the largest page of all lists that share a parameter."""
    document["components"]["parameters"]["PageSize"]["schema"]["maximum"] = 50


@case("pattern-added", breaks="startUpscaleTask")
def pattern_added(document: Document) -> None:
    """Takes https URLs only."""
    field(document, "StartUpscaleTaskRequest", "source_url")["pattern"] = "^https://"


@case("default-changed", look="startGrokTask", sure="fairly sure")
def default_changed(document: Document) -> None:
    """Changed a default: who leaves the field out gets, and pays, something else."""
    field(document, GROK, "duration")["default"] = "15"


@case("default-written-down", sure="fairly sure")
def default_written_down(document: Document) -> None:
    """Wrote down the default that a field without one always had."""
    field(document, GROK, "prompt")["default"] = ""


@case("format-added", sure="fairly sure")
def format_added(document: Document) -> None:
    """Wrote `format: uri` at a field that is said to be a URL."""
    field(document, "StartUpscaleTaskRequest", "source_url")["format"] = "uri"


# --- the same, written otherwise -------------------------------------------------------------


@case("all-of-split")
def all_of_split(document: Document) -> None:
    """Split the schema of a request into an allOf of two."""
    whole = schema(document, GROK)
    properties = whole.pop("properties")
    hooks = {name: properties.pop(name) for name in list(properties) if "webhook" in name}
    del whole["type"]
    whole["allOf"] = [
        {"type": "object", "properties": properties},
        {"type": "object", "properties": hooks},
    ]


@case("inline-schema")
def inline_schema(document: Document) -> None:
    """Wrote the schema of a request in its place."""
    content = operation(document, "startGrokTask")["requestBody"]["content"]["application/json"]
    content["schema"] = document["components"]["schemas"].pop(GROK)


@case("reference-in-place")
def reference_in_place(document: Document) -> None:
    """Moved a field's schema to the components and refers to it."""
    properties = schema(document, GROK)["properties"]
    document["components"]["schemas"]["WebhookUrl"] = properties["webhook_url"]
    properties["webhook_url"] = {"$ref": "#/components/schemas/WebhookUrl"}


@case("body-in-components")
def body_in_components(document: Document) -> None:
    """Moved a whole request body to the components and refers to it."""
    found = operation(document, "startGrokTask")
    document["components"]["requestBodies"] = {"Grok": found["requestBody"]}
    found["requestBody"] = {"$ref": "#/components/requestBodies/Grok"}


@case("all-of-one")
def all_of_one(document: Document) -> None:
    """Wrapped a reference in an allOf of one to give it a description."""
    properties = schema(document, "AddFaceSwapTaskRequest")["properties"]
    properties["model_version"] = {
        "description": "Version of the model.",
        "allOf": [properties["model_version"]],
    }


@case("enum-as-one-of-const")
def enum_as_one_of_const(document: Document) -> None:
    """Wrote an enum as a oneOf of constants."""
    mode = field(document, GROK, "mode")
    mode["oneOf"] = [{"const": word, "title": word} for word in mode.pop("enum")]


@case("any-of-required", breaks="startGrokTask")
def any_of_required(document: Document) -> None:
    """Wants one of two fields of which neither was required."""
    schema(document, GROK)["anyOf"] = [{"required": ["prompt"]}, {"required": ["image_url"]}]


@case("other-keys-refused", look="startHailuoTask", sure="fairly sure")
def other_keys_refused(document: Document) -> None:
    """Refuses keys that are not listed, where any were taken."""
    schema(document, "StartHailuoTaskRequest")["additionalProperties"] = False


# --- bodies ----------------------------------------------------------------------------------


@case("content-type-changed", breaks="startGrokTask")
def content_type_changed(document: Document) -> None:
    """Takes a form in place of JSON."""
    content = operation(document, "startGrokTask")["requestBody"]["content"]
    content["multipart/form-data"] = content.pop("application/json")


@case("content-type-added", may="startGrokTask")
def content_type_added(document: Document) -> None:
    """Takes a form beside JSON."""
    content = operation(document, "startGrokTask")["requestBody"]["content"]
    content["multipart/form-data"] = copy.deepcopy(content["application/json"])


@case("content-type-with-charset")
def content_type_with_charset(document: Document) -> None:
    """Wrote the content type with its charset."""
    content = operation(document, "startGrokTask")["requestBody"]["content"]
    content["application/json; charset=utf-8"] = content.pop("application/json")
