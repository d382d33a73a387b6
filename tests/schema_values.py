"""Values for the JSON Schemas of the spec: the smallest valid one, and random ones near the bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import strategies as st

from a2e_api.operations import OPERATIONS
from a2e_sdk._checks.json_schema import types_of

#: Any JSON; no NaN, which JSON has not.
ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([0, 1, 2, 5, 10, 1.0, 5.5, 10**400, -(10**400), 1e308])
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(["", "5", "720p", "https://x.example/", "http://x.example/", "a b", "\n"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(max_size=8) | st.sampled_from(["prompt", "name"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)


def input_schemas() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the schema of every body and every parameter of the spec, with its place."""
    for operation in OPERATIONS.values():
        described = operation.input
        if described["body"] is not None:
            yield f"{operation.id} body", described["body"]
        for place in ("path", "query"):
            for name, parameter in described[place].items():
                yield f"{operation.id} {place} {name}", parameter["schema"]


def minimal(schema: Mapping[str, Any]) -> Any:
    """Return a valid value with no more in it than has to be."""
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return minimal(schema["anyOf"][0])
    kind = (*types_of(schema), "object")[0]
    if kind == "object":
        members = schema.get("properties", {})
        return {name: minimal(members.get(name, {})) for name in schema.get("required", ())}
    if kind == "array":
        return [minimal(schema.get("items", {})) for _ in range(schema.get("minItems", 0))]
    if kind == "string":
        return text_of(schema)
    if kind in ("integer", "number"):
        return schema.get("minimum", schema.get("maximum", 1))
    return {"boolean": True, "null": None}[kind]


def text_of(schema: Mapping[str, Any]) -> str:
    """Return a text that fits a schema, whose patterns are the few that the spec has."""
    if "x-media" in schema:
        return f"https://example.com/a.{schema['x-media'][0]}"
    pattern: str = schema.get("pattern", "")
    if pattern:
        samples = ("https://example.com/hook", "5", "0" * 24)
        return next(text for text in samples if re.search(pattern, text))
    return "x" * max(schema.get("minLength", 1), 1)


def values(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Return a strategy of values that mostly fit a schema, many of them at its bounds."""
    if "enum" in schema:
        return st.sampled_from(list(schema["enum"]))
    if "anyOf" in schema:
        return st.one_of([values(choice) for choice in schema["anyOf"]])
    return st.one_of([_of_kind(kind, schema) for kind in types_of(schema)] or [ANY_JSON])


def _of_kind(kind: str, schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    if kind == "object":
        members = {key: values(inner) for key, inner in schema.get("properties", {}).items()}
        required = set(schema.get("required", ()))
        return st.fixed_dictionaries(
            {key: member for key, member in members.items() if key in required},
            optional={key: member for key, member in members.items() if key not in required},
        )
    if kind == "array":
        low, high = schema.get("minItems", 0), schema.get("maxItems", 3)
        item = values(schema.get("items", {}))
        # All alike, so that a list at its bound is no large draw.
        return st.builds(lambda one, size: [one] * size, item, around(low, high))
    if kind == "string":
        low, high = schema.get("minLength", 0), schema.get("maxLength", 12)
        sized = around(low, high).map(lambda size: "é" * size)
        return sized | st.just(text_of(schema)) | st.sampled_from(["1", "10", "15", "16", "100"])
    if kind in ("integer", "number"):
        near = around(schema.get("minimum", -3), schema.get("maximum", 2**31))
        return near | near.map(float) | (near.map(lambda number: number + 0.5))
    return {"boolean": st.booleans(), "null": st.none()}[kind]


def around(low: float, high: float) -> st.SearchStrategy[int]:
    """Return whole numbers at two bounds, one step beyond them, and between."""
    bounds = [int(low) - 1, int(low), int(low) + 1, int(high) - 1, int(high), int(high) + 1]
    return st.sampled_from(bounds)


@st.composite
def spoilt(draw: st.DrawFn, schema: Mapping[str, Any]) -> Any:
    """Draw a value of a schema in which one thing was replaced or left out."""
    value = draw(values(schema))
    if isinstance(value, dict) and value and draw(st.booleans()):
        key = draw(st.sampled_from(sorted(value)))
        if draw(st.booleans()):
            return {**value, key: draw(ANY_JSON)}
        return {name: inner for name, inner in value.items() if name != key}
    if isinstance(value, list) and value and draw(st.booleans()):
        return [draw(ANY_JSON), *value[1:]]
    return draw(ANY_JSON)
