"""Requests that the spec forbids, with one thing wrong in each, and others that it allows all the same."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import evolve
from openapi_schema_validator import OAS31Validator

sys.path.append(str(Path(__file__).parents[2] / "spec" / "generate"))
from operation_requests import (
    UNKNOWN_ID,
    SpecRequest,
    good_request,
    made_before,
    sample,
)

__all__ = [
    "UNKNOWN_ID",
    "SpecRequest",
    "broken_requests",
    "good_request",
    "made_before",
    "with_nulls",
]

NO_ID = "nonsense"


def with_nulls(request: SpecRequest) -> SpecRequest:
    """Return a request whose body has null for all that is optional and was left out."""
    if request.body is None:
        return request
    named = request.operation.input["body"].get("properties", {})
    return evolve(request, body=dict.fromkeys(named) | request.body)


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
