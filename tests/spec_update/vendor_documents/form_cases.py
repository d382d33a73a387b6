"""Vendor documents that say the same in another form."""

from __future__ import annotations

import json
from typing import Any

from vendor_case import Document, case, operation, rewrite, schema

# --- the same, written otherwise -------------------------------------------------------------


@case("unchanged")
def unchanged(document: Document) -> None:
    """Changed nothing."""


@case("version-only")
def version_only(document: Document) -> None:
    """Raised the version of the document, nothing else."""
    document["info"]["version"] = "2026.12"


@case("version-as-number", source="yaml")
def version_as_number(text: str) -> str:
    """Wrote the version as a number."""
    return text.replace('version: "2026.11"', "version: 2026.11")


@case("descriptions-only")
def descriptions_only(document: Document) -> None:
    """Wrote every description anew."""

    def change(node: dict[str, Any]) -> None:
        if isinstance(node.get("description"), str):
            node["description"] = "In other words: " + node["description"]

    rewrite(document, change)


@case("tags-only")
def tags_only(document: Document) -> None:
    """Put the operations under other tags."""
    document["tags"] = [{"name": "all"}]
    for item in document["paths"].values():
        for found in item.values():
            found["tags"] = ["all"]


@case("examples-only")
def examples_only(document: Document) -> None:
    """Took every example away."""

    def change(node: dict[str, Any]) -> None:
        if "schema" in node:
            node.pop("example", None)
            node.pop("examples", None)

    rewrite(document, change)


@case("order-of-keys")
def order_of_keys(document: Document) -> None:
    """Wrote all keys in the order of the alphabet."""

    def change(node: dict[str, Any]) -> None:
        for key in sorted(node, key=str):
            node[key] = node.pop(key)

    rewrite(document, change)


@case("extensions-left-out")
def extensions_left_out(document: Document) -> None:
    """Knows none of our extensions, as no vendor does."""

    def change(node: dict[str, Any]) -> None:
        for key in [key for key in node if isinstance(key, str) and key.startswith("x-")]:
            del node[key]

    rewrite(document, change)


@case("openapi-3-0")
def openapi_3_0(document: Document) -> None:
    """Wrote the same in OpenAPI 3.0: `nullable` in place of null in an array of types."""
    document["openapi"] = "3.0.3"
    rewrite(document, _to_3_0)


def _to_3_0(node: dict[str, Any]) -> None:
    types = node.get("type")
    if isinstance(types, list):
        del node["type"]
        named = [name for name in types if name != "null"]
        if len(named) == 1:
            node["type"] = named[0]
        else:
            node["anyOf"] = [{"type": name} for name in named]
        if "null" in types:
            node["nullable"] = True
    parts = node.get("anyOf")
    if isinstance(parts, list) and {"type": "null"} in parts:
        node["anyOf"] = [part for part in parts if part != {"type": "null"}]
        node["nullable"] = True


@case("tilde-in-reference")
def tilde_in_reference(document: Document) -> None:
    """Gave a schema a name with a slash and a tilde, escaped in the reference."""
    schemas = document["components"]["schemas"]
    schemas["Grok/Start~Task"] = schemas.pop("StartGrokTaskRequest")
    content = operation(document, "startGrokTask")["requestBody"]["content"]
    content["application/json"]["schema"] = {"$ref": "#/components/schemas/Grok~1Start~0Task"}


@case("percent-in-reference")
def percent_in_reference(document: Document) -> None:
    """Gave a schema a name with a space and an umlaut, percent-encoded in the reference."""
    schemas = document["components"]["schemas"]
    schemas["Grok Bücher"] = schemas.pop("StartGrokTaskRequest")
    content = operation(document, "startGrokTask")["requestBody"]["content"]
    content["application/json"]["schema"] = {"$ref": "#/components/schemas/Grok%20B%C3%BCcher"}


@case("reference-into-paths")
def reference_into_paths(document: Document) -> None:
    """Refers to a response of another operation, tildes and percent signs in the reference."""
    operation(document, "getGrokTask")["responses"]["200"] = {
        "$ref": "#/paths/~1api~1v1~1veoVideo~1%7B_id%7D/get/responses/200"
    }


@case("merge-keys", source="yaml")
def merge_keys(text: str) -> str:
    """Wrote the responses of two operations with an anchor and a merge key."""
    start = text.index("      operationId: getGrokTask\n")
    at = text.index('        "401": {$ref:', start)
    line = text[at : text.index("\n", at) + 1]
    merged = "        <<: *unauthorized\n"
    text = text[:at] + merged + text[at + len(line) :]
    anchor = "x-unauthorized: &unauthorized\n" + line.replace("        ", "  ", 1)
    return text.replace("\npaths:\n", f"\n{anchor}\npaths:\n", 1)


@case("statuses-as-numbers", source="yaml")
def statuses_as_numbers(text: str) -> str:
    """Wrote statuses without quotes, so that YAML reads numbers."""
    return text.replace('"200":', "200:").replace('"401":', "401:").replace('"400":', "400:")


@case("timestamps-without-quotes", source="yaml")
def timestamps_without_quotes(text: str) -> str:
    """Wrote times in examples without quotes, so that YAML reads timestamps."""
    return text.replace('"2026-01-01T00:00:00.000Z"', "2026-01-01T00:00:00.000Z")


@case("enum-words-as-booleans", look="startGrokTask", refusal_allowed=True, sure="fairly sure")
def enum_words_as_booleans(document: Document) -> None:
    """Wrote `[on, off]` without quotes for the modes, of which YAML makes true and false."""
    schema(document, "StartGrokTaskRequest")["properties"]["mode"]["enum"] = [True, False]


@case("json", source="json")
def as_json(text: str) -> str:
    """Wrote the document as JSON."""
    return text


@case("json-with-tabs", source="json")
def json_with_tabs(text: str) -> str:
    """Wrote the document as JSON, indented by tabs."""
    return json.dumps(json.loads(text), indent="\t")


@case("byte-order-mark", source="yaml")
def byte_order_mark(text: str) -> bytes:
    """Wrote a byte order mark before YAML."""
    return text.encode("utf-8-sig")


@case("byte-order-mark-json", source="json")
def byte_order_mark_json(text: str) -> bytes:
    """Wrote a byte order mark before JSON."""
    return text.encode("utf-8-sig")


@case("utf-16", source="yaml", refusal_allowed=True)
def utf_16(text: str) -> bytes:
    """Wrote YAML in UTF-16, which YAML allows; a refusal has to be one, not a stack trace."""
    return text.encode("utf-16")


@case("crlf", source="yaml")
def crlf(text: str) -> bytes:
    """Ended the lines as Windows does."""
    return text.replace("\n", "\r\n").encode()


@case("long-description")
def long_description(document: Document) -> None:
    """Wrote a description of two megabytes."""
    document["info"]["description"] = "All about it. " * 150_000
