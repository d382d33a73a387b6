"""Vendor documents that are cut, broken, or something else altogether."""

from __future__ import annotations

from vendor_case import WHOLE_API, Document, case, operation

DOES_NOT_READ = r"(?i)\b(cannot|could not|can't|not|no|un\w+|invalid|malformed|cut|incomplete)\b"
"""A refusal says what it could not do; the case adds the word that tells where to look."""


# --- cut -------------------------------------------------------------------------------------


def _cut_in_paths(text: str, share: float) -> str:
    """Cut at the beginning of a path, a share of the paths before it."""
    lines = text.splitlines(keepends=True)
    starts = [at for at, line in enumerate(lines) if line.startswith("  /api/")]
    return "".join(lines[: starts[int(len(starts) * share)]])


@case("cut-at-80-percent", source="yaml", refused=r"(?i)cut|incomplete|resolve|components")
def cut_at_80_percent(text: str) -> str:
    """The transfer ended at 80 % of the paths; valid YAML, the components are gone."""
    return _cut_in_paths(text, 0.8)


@case("cut-at-95-percent", source="yaml", refused=r"(?i)cut|incomplete|resolve|components")
def cut_at_95_percent(text: str) -> str:
    """The transfer ended at 95 % of the paths; valid YAML, the components are gone."""
    return _cut_in_paths(text, 0.95)


@case("cut-within-a-line", source="yaml", refused=r"(?i)yaml|cut|line|parse|read")
def cut_within_a_line(text: str) -> str:
    """The transfer ended in the middle of a flow mapping."""
    return text[: text.index("{$ref", len(text) // 3) + 3]


@case("cut-in-components", source="yaml", refused=r"(?i)cut|incomplete|resolve|schemas")
def cut_in_components(text: str) -> str:
    """The transfer ended between two schemas of the components."""
    return text[: text.index("\n    StartVeoTaskRequest:") + 1]


@case(
    "cut-behind-what-is-used", source="yaml", look="startMotionTransferTask", refusal_allowed=True
)
def cut_behind_what_is_used(text: str) -> str:
    """The transfer ended within the last schema: it reads, the last fields are gone."""
    start = text.index("\n    StartMotionTransferTaskRequest:")
    lines = text[start:].splitlines(keepends=True)
    properties = next(at for at, line in enumerate(lines) if line.strip() == "properties:")
    return text[:start] + "".join(lines[: properties + 2])


@case("cut-json", source="json", refused=r"(?i)json|cut|line|parse|read")
def cut_json(text: str) -> str:
    """The transfer of JSON ended at 90 %."""
    return text[: int(len(text) * 0.9)]


@case("fifth-of-paths-gone", look="startMotionTransferTask", may=WHOLE_API, refusal_allowed=True)
def fifth_of_paths_gone(document: Document) -> None:
    """Shows only the first 80 % of its operations, everything else whole."""
    paths = list(document["paths"])
    for path in paths[int(len(paths) * 0.8) :]:
        del document["paths"][path]


# --- broken ----------------------------------------------------------------------------------


@case("duplicate-key", source="yaml", refused=r"(?i)(twice|duplicate|more than once)")
def duplicate_key(text: str) -> str:
    """Wrote one path twice in YAML: a parser would take one of the two and say nothing."""
    again = "  /api/v1/user/remainingCoins:\n    get: {responses: {}}\n"
    return text.replace("\ncomponents:\n", f"\n{again}\ncomponents:\n", 1)


@case("duplicate-key-json", source="json", refused=r"(?i)(twice|duplicate|more than once)")
def duplicate_key_json(text: str) -> str:
    """Wrote one path twice in JSON."""
    again = '"/api/v1/user/remainingCoins": {"get": {"responses": {}}}, '
    return text.replace('"paths": {', '"paths": {' + again, 1)


@case("reference-undefined", refused=r"GrokNowhere")
def reference_undefined(document: Document) -> None:
    """Refers to a schema that is not there."""
    content = operation(document, "startGrokTask")["requestBody"]["content"]
    content["application/json"]["schema"] = {"$ref": "#/components/schemas/GrokNowhere"}


@case("reference-to-another-file", refused=r"schemas/grok\.yaml")
def reference_to_another_file(document: Document) -> None:
    """Refers to a file beside the document, which nobody has."""
    content = operation(document, "startGrokTask")["requestBody"]["content"]
    content["application/json"]["schema"] = {"$ref": "./schemas/grok.yaml#/Start"}


@case("reference-in-a-circle", refused=r"(?i)circ|cycl|loop|itself|endless")
def reference_in_a_circle(document: Document) -> None:
    """Refers from one schema to another and back, with nothing between."""
    schemas = document["components"]["schemas"]
    schemas["StartGrokTaskRequest"] = {"$ref": "#/components/schemas/Other"}
    schemas["Other"] = {"$ref": "#/components/schemas/StartGrokTaskRequest"}


@case("tabs", source="yaml", refused=r"(?i)yaml|tab|line")
def tabs(text: str) -> str:
    """Indented YAML by tabs."""
    return text.replace("\n  ", "\n\t")


@case("deep-flow", source="yaml", refused=r"(?i)deep|nest")
def deep_flow(text: str) -> str:
    """Nested a flow sequence a hundred thousand deep."""
    return text + "x-deep: " + "[" * 100_000 + "]" * 100_000 + "\n"


@case("deep-json", source="json", refused=r"(?i)deep|nest")
def deep_json(text: str) -> str:
    """Nested an array of JSON a hundred thousand deep."""
    return text.rstrip()[:-1] + ', "x-deep": ' + "[" * 100_000 + "]" * 100_000 + "}"


@case("aliases-without-end", source="yaml", refused=r"(?i)alias|large|big|expand|values")
def aliases_without_end(text: str) -> str:
    """Used aliases of aliases, which stand for a thousand million entries."""
    bomb = "x-a0: &a0 {description: lol}\n"
    for at in range(1, 10):
        bomb += f"x-a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 10)}]\n"
    ours = "    StartGrokTaskRequest:\n"
    return bomb + text.replace(ours, f"    Bomb: {{enum: *a9}}\n{ours}", 1).replace(
        "#/components/schemas/StartGrokTaskRequest", "#/components/schemas/Bomb"
    )


@case("two-documents", source="yaml", refused=r"(?i)document|one|yaml")
def two_documents(text: str) -> str:
    """Wrote two YAML documents into one file."""
    return text + "---\n" + "openapi: 3.1.0\n"


# --- something else --------------------------------------------------------------------------


@case("no-paths", refused=r"(?i)paths|operation")
def no_paths(document: Document) -> None:
    """Wrote an empty `paths`."""
    document["paths"] = {}


@case("swagger-2", refused=r"2\.0")
def swagger_2(document: Document) -> None:
    """Wrote Swagger 2.0."""
    del document["openapi"]
    document["swagger"] = "2.0"


@case("openapi-4", refused=r"4\.0")
def openapi_4(document: Document) -> None:
    """Wrote a version of OpenAPI that is not there yet."""
    document["openapi"] = "4.0.0"


@case("html", source="yaml", refused=r"(?i)html|web page|openapi")
def html(text: str) -> str:
    """Served a web page, as behind a login."""
    return "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>a: b</body></html>\n"


@case("binary", source="yaml", refused=DOES_NOT_READ)
def binary(text: str) -> bytes:
    """Served a compressed file."""
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + bytes(range(256)) * 20


@case("empty", source="yaml", refused=r"(?i)empty|openapi|mapping|object")
def empty(text: str) -> str:
    """Served nothing."""
    return ""


@case("list", source="json", refused=r"(?i)list|array|mapping|object|openapi")
def a_list(text: str) -> str:
    """Served a list of documents."""
    return f"[{text}]"


@case("error-envelope", source="json", refused=r"(?i)openapi")
def error_envelope(text: str) -> str:
    """Served the envelope of an error in place of the document."""
    return '{"code": 404, "msg": "not found", "data": null}'
