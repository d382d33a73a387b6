"""Requests made from the schemas of an operation: good ones, and broken ones with a reason each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from attrs import evolve, field, frozen
from openapi_schema_validator import OAS31Validator

from a2e_api.operations import OPERATIONS, Operation

URL = "https://example.com/file.jpg"
NO_ID = "nonsense"
UNKNOWN_ID = "0" * 24

#: Fields that the schema allows, but not together with the others.
_ALTERNATIVES = {
    "add_speech": ("user_voice_id",),
    "start_avatar_video": ("custom_back_id",),
}
#: What the server needs beyond what its reference marks as required.
_NEEDED = {
    "add_speech": ("tts_id",),
    "start_avatar_video": ("audioSrc",),
    "start_avatar_training": ("image_url",),
}
#: What the server needs, though its reference does not describe the body at all.
_UNSAID = {"delete_custom_avatar": ("_id",)}
#: Values that mean something.
_SAMPLES: dict[str, Any] = {
    "startDate": "2026-01-01",
    "endDate": "2026-12-31T00:00:00.000Z",
    "endpoint": "/api/v1/userWan25/start",
    "url": URL,
    "duration": "5",
}
#: Fields that are none of a body's own, but lead to what another operation has made.
_REFERENCES = ("_id", "id", "video_id", "channel", "ids")


@frozen
class SpecRequest:
    """A request of an operation, before it is written down.

    Attributes:
        operation: The operation.
        path: Values of the path's parameters.
        query: Values of the query, as JSON.
        body: The body, as JSON; None without one.
        reason: What is wrong with it; an empty text for a good one.
        at_fault: The field that is wrong; an empty text where it is no single field.
    """

    operation: Operation
    path: dict[str, str] = field(factory=dict)
    query: dict[str, Any] = field(factory=dict)
    body: Any = None
    reason: str = ""
    at_fault: str = ""

    @property
    def target(self) -> str:
        path = self.operation.path
        for name, value in self.path.items():
            path = path.replace(f"{{{name}}}", quote(value, safe=""))
        query = {name: _word(value) for name, value in self.query.items()}
        return f"{path}?{urlencode(query)}" if query else path

    @property
    def content(self) -> bytes:
        return b"" if self.body is None else json.dumps(self.body).encode()


def good_request(
    identifier: str, references: dict[str, Any], *, is_full: bool = False
) -> SpecRequest:
    """Make a request that the spec allows.

    Args:
        identifier: The operation's id.
        references: Ids and the like that an earlier request has given, by their names.
        is_full: Whether to give all that can be given, rather than what must be.
    """
    operation = OPERATIONS[identifier]
    schemas = operation.input
    path = {name: str(references.get(name, UNKNOWN_ID)) for name in schemas["path"]}
    query = {
        name: references.get(name, _sample_of(name, parameter["schema"]))
        for name, parameter in schemas["query"].items()
        if parameter["required"] or (is_full and name not in ("status", "type"))
    }
    body = None
    schema = schemas["body"]
    if schema is not None:
        fields = schema.get("properties", {})
        names = {*schema.get("required", ()), *_NEEDED.get(identifier, ())}
        if is_full:
            names |= fields.keys() - {*_ALTERNATIVES.get(identifier, ())}
        else:
            names |= fields.keys() & set(_REFERENCES)
        body = {
            name: references.get(name, _sample_of(name, fields[name]))
            for name in fields
            if name in names
        }
        body |= {name: references[name] for name in _UNSAID.get(identifier, ()) if references}
    return SpecRequest(operation, path, query, body)


def with_nulls(request: SpecRequest) -> SpecRequest:
    """Return a request whose body has null for all that is optional and was left out."""
    if request.body is None:
        return request
    named = request.operation.input["body"].get("properties", {})
    return evolve(request, body=dict.fromkeys(named) | request.body)


def _sample_of(name: str, schema: Any) -> Any:
    value = _SAMPLES.get(name)
    return value if OAS31Validator(schema).is_valid(value) else sample(schema)


def sample(schema: Any) -> Any:
    """Return a value that a schema allows."""
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return sample(schema["anyOf"][0])
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind in ("integer", "number"):
        return schema.get("minimum", schema.get("default", 1))
    if kind == "boolean":
        return True
    if kind == "array":
        items = schema.get("items", {})
        return [sample(items)] * max(1, schema.get("minItems", 1))
    if kind == "object":
        return {name: sample(inner) for name, inner in schema.get("properties", {}).items()}
    is_address = "x-media" in schema or schema.get("pattern") == "^https://"
    return URL if is_address else "sample"


def broken_requests(good: SpecRequest) -> Iterator[SpecRequest]:
    """Make requests that the spec forbids, each with one thing wrong.

    Args:
        good: A request that it allows, with all that can be given.
    """
    schemas = good.operation.input
    for name in good.path:
        yield evolve(good, path=good.path | {name: NO_ID}, reason="no id", at_fault=name)
    for name, parameter in schemas["query"].items():
        rest = {key: value for key, value in good.query.items() if key != name}
        if parameter["required"]:
            yield evolve(good, query=rest, reason="is missing", at_fault=name)
        for value, reason in _broken_values(parameter["schema"], as_text=True):
            query = rest | {name: value}
            yield evolve(good, query=query, reason=reason, at_fault=name)
    schema = schemas["body"]
    if schema is None:
        return
    for value in ([], "text", 5):
        yield evolve(good, body=value, reason=f"the body is {value!r}")
    for name, inner in schema.get("properties", {}).items():
        rest = {key: value for key, value in good.body.items() if key != name}
        is_required = name in schema.get("required", ())
        if is_required:
            yield evolve(good, body=rest, reason="is missing", at_fault=name)
            if "string" in str(inner.get("type")):
                yield evolve(good, body=rest | {name: " \n"}, reason="is blank", at_fault=name)
        for value, reason in _broken_values(inner):
            if value is None and not is_required:
                continue  # That is as good as nothing.
            body = rest | {name: value}
            yield evolve(good, body=body, reason=reason, at_fault=name)


def _broken_values(schema: Any, *, as_text: bool = False) -> Iterator[tuple[Any, str]]:
    """Make values that a schema forbids, each with its reason."""
    candidates = _candidates(schema)
    validator = OAS31Validator(schema)
    for value, reason in candidates:
        if as_text and (not isinstance(value, str | int | float) or isinstance(value, bool)):
            continue
        # A number in a query is text as well.
        if as_text and not isinstance(value, str) and "string" in str(schema.get("type")):
            continue
        if not validator.is_valid(value):
            yield value, reason


def _candidates(schema: Any) -> Iterator[tuple[Any, str]]:
    for inner in (schema, *schema.get("anyOf", ())):
        for value in (None, 5, 1.5, True, "sample", [], [5], {}, [{}]):
            yield value, f"{value!r} is of another type"
        if "enum" in inner:
            yield "not a word of theirs", "a word that is not in the enum"
            yield 987_654_321, "a number that is not in the enum"
        for limit, step in (("minimum", -1), ("maximum", 1)):
            if limit in inner:
                yield inner[limit] + step, f"beyond its {limit}"
        if "minLength" in inner:
            yield "x" * (inner["minLength"] - 1), "too short"
        if "maxLength" in inner:
            yield "https://" + "x" * inner["maxLength"], "too long"
        if "pattern" in inner:
            yield "http://example.com", "against its pattern"
        if inner.get("minItems"):
            yield [], "too few items"
            yield [sample(inner["items"])] * (inner["minItems"] - 1), "too few items"
        if "maxItems" in inner:
            yield [sample(inner["items"])] * (inner["maxItems"] + 1), "too many items"
        for name, member in inner.get("properties", {}).items():
            for value, reason in _broken_values(member):
                if value is None and name not in inner.get("required", ()):
                    continue
                yield sample(inner) | {name: value}, f"{name}: {reason}"


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
