"""The check of input decides as a full validator does, and says in words what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openapi_schema_validator import OAS31Validator

from a2e_sdk._checks.json_schema import is_of_type, problem_with
from examples import examples
from schema_values import ANY_JSON, input_schemas, minimal, spoilt, values

SCHEMAS = dict(input_schemas())
VALIDATORS = {place: OAS31Validator(dict(schema)) for place, schema in SCHEMAS.items()}

#: One of each kind, and the neighbours that are easily mistaken for each other.
AWKWARD = [
    *(None, True, False, 0, 1, -1, 5, 1.0, 5.0, 0.5, 101, 10**400, 1e308),
    *(
        "",
        "5",
        "1",
        "0",
        "x",
        "720p",
        "720P",
        "https://x.example/",
        "http://x.example/",
        "x" * 3001,
    ),
    *([], [1], ["x"], [None], [["x"]], {}, {"prompt": 1}),
]


def parts(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield a schema and all within it."""
    yield schema
    for inner in schema.get("properties", {}).values():
        yield from parts(inner)
    if "items" in schema:
        yield from parts(schema["items"])
    for key in ("anyOf", "allOf"):
        for inner in schema.get(key, ()):
            yield from parts(inner)


def agree(place: str, value: Any) -> None:
    problem = problem_with(value, SCHEMAS[place])
    assert (problem is None) == VALIDATORS[place].is_valid(value), (place, value, problem)


def test_the_schemas_of_the_spec_use_only_keywords_that_are_checked() -> None:
    checked = {
        *("type", "enum", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"),
        *("pattern", "required", "properties", "items", "anyOf", "allOf"),
    }
    silent = {"default", "x-media"}
    # Other keys are let through anyway, so the keyword may say that, and nothing else.
    for schema in SCHEMAS.values():
        assert all(part.get("additionalProperties", True) is True for part in parts(schema))
    silent.add("additionalProperties")
    used = {key for schema in SCHEMAS.values() for part in parts(schema) for key in part}
    assert used <= checked | silent


def test_the_smallest_value_of_every_schema_is_valid() -> None:
    for place, schema in SCHEMAS.items():
        value = minimal(schema)
        assert problem_with(value, schema) is None, place
        assert VALIDATORS[place].is_valid(value), place


def test_every_key_of_every_body_is_judged_as_a_full_validator_does() -> None:
    refused = 0
    for place, schema in SCHEMAS.items():
        for key, inner in schema.get("properties", {}).items():
            validator = OAS31Validator(dict(inner))
            bounds = [inner[word] for word in ("minimum", "maximum") if word in inner]
            beyond = [bound + step for bound in bounds for step in (-1, -0.5, 0, 0.5, 1)]
            lengths = [inner.get("minLength", 1) - 1, inner.get("maxLength", 9)]
            texts = ["é" * (length + step) for length in lengths for step in (0, 1)]
            for value in (*AWKWARD, *beyond, *texts, *inner.get("enum", ())):
                problem = problem_with(value, inner)
                assert (problem is None) == validator.is_valid(value), (place, key, value, problem)
                refused += problem is not None
    assert refused > 1000, "most of these values fit nowhere"


def test_a_body_without_one_of_its_required_keys_is_refused() -> None:
    for place, schema in SCHEMAS.items():
        for key in schema.get("required", ()):
            value = {name: inner for name, inner in minimal(schema).items() if name != key}
            assert problem_with(value, schema) == f"must have {key!r}", place
            assert not VALIDATORS[place].is_valid(value)


@pytest.mark.once
@examples(400)
@given(st.data())
def test_random_values_are_judged_as_a_full_validator_does(data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(sorted(SCHEMAS)))
    schema = SCHEMAS[place]
    agree(place, data.draw(values(schema) | spoilt(schema)))


@pytest.mark.once
@examples(100)
@given(st.sampled_from(sorted(SCHEMAS)), ANY_JSON)
def test_any_json_at_all_is_judged_as_a_full_validator_does(place: str, value: Any) -> None:
    agree(place, value)


@pytest.mark.parametrize(
    ("schema", "value", "text"),
    [
        ({"type": "string"}, 5, "must be a text, not int"),
        ({"type": "integer"}, "5", "must be a whole number, not str"),
        ({"type": "integer"}, 5.5, "must be a whole number, not float"),
        ({"type": "integer"}, True, "must be a whole number, not bool"),
        ({"type": "number"}, float("nan"), "must be a number, not float"),
        ({"type": "boolean"}, 1, "must be true or false, not int"),
        ({"type": ["string", "number"]}, None, "must be a text or a number, not NoneType"),
        ({"enum": ["v1", "v2"]}, "v3", "must be one of 'v1', 'v2'; it is 'v3'"),
        ({"enum": ["v1"]}, [1], "must be one of 'v1'; it is list"),
        ({"enum": [1]}, True, "must be one of 1; it is True"),
        ({"minimum": 1, "maximum": 20}, 30, "must be from 1 to 20; it is 30"),
        ({"minimum": 60}, 59, "must be at least 60; it is 59"),
        ({"maximum": 4}, 4.5, "must be at most 4; it is 4.5"),
        ({"maximum": 4}, 10**5000, "must be at most 4; it is a number of many digits"),
        ({"enum": [1]}, 10**5000, "must be one of 1; it is a number of many digits"),
        ({"minLength": 1, "maxLength": 3}, "", "must have from 1 to 3 characters; it has 0"),
        ({"maxLength": 3}, "four", "must have at most 3 characters; it has 4"),
        ({"minItems": 2, "maxItems": 2}, ["a"], "must have exactly 2 items; it has 1"),
        ({"minItems": 2}, [], "must have at least 2 items; it has 0"),
        ({"pattern": "^https://"}, "http://x.example/", "must start with https://"),
        ({"pattern": "^[1-9]$"}, "0", "must match ^[1-9]$"),
        ({"items": {"type": "string"}}, ["a", 1], "item 2 must be a text, not int"),
        ({"required": ["x"]}, {}, "must have 'x'"),
        (
            {"properties": {"x": {"type": "number"}}},
            {"x": "1"},
            "has a 'x' that must be a number, not str",
        ),
        ({"anyOf": [{"type": "integer"}, {"enum": ["a"]}]}, "b", "must be a whole number, not str"),
        ({"allOf": [{"type": "string"}, {"enum": ["a"]}]}, "b", "must be one of 'a'; it is 'b'"),
    ],
    ids=lambda value: value if isinstance(value, str) and "must" in value else "",
)
def test_what_is_wrong_is_said_in_words(schema: dict[str, Any], value: Any, text: str) -> None:
    assert problem_with(value, schema) == text


def test_a_pattern_may_fit_anywhere_as_json_schema_has_it() -> None:
    assert problem_with("a5b", {"pattern": "[0-9]"}) is None
    assert problem_with("ab", {"pattern": "[0-9]"}) == "must match [0-9]"


def test_a_message_never_repeats_a_long_value() -> None:
    problem = problem_with("secret " * 1000, {"enum": ["a"]})
    assert problem is not None
    assert len(problem) < 120


@pytest.mark.parametrize(
    ("value", "kinds"),
    [
        (6, {"integer", "number"}),
        (6.0, {"integer", "number"}),
        (6.5, {"number"}),
        (10**400, {"integer", "number"}),
        (float("inf"), set()),
        (True, {"boolean"}),
        ("6", {"string"}),
        (None, {"null"}),
        ((1,), {"array"}),
        ({}, {"object"}),
    ],
    ids=lambda value: None if isinstance(value, set) else repr(value)[:20],
)
def test_types_are_those_of_json(value: Any, kinds: set[str]) -> None:
    every = ("integer", "number", "boolean", "string", "null", "array", "object")
    assert {name for name in every if is_of_type(value, name)} == kinds


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "string"}, 1),
        ({"enum": [1]}, 2),
        ({"minimum": 1}, 0),
        ({"maximum": 1}, 2),
        ({"minLength": 2}, "a"),
        ({"maxLength": 1}, "ab"),
        ({"pattern": "^a"}, "b"),
        ({"minItems": 1}, []),
        ({"maxItems": 1}, [1, 2]),
        ({"items": {"type": "string"}}, [1]),
        ({"required": ["a"]}, {}),
        ({"properties": {"a": {"type": "string"}}}, {"a": 1}),
        ({"allOf": [{"type": "string"}]}, 1),
        ({"anyOf": [{"type": "string"}]}, 1),
    ],
    ids=lambda case: next(iter(case)) if isinstance(case, dict) and case else "value",
)
def test_each_keyword_is_checked_where_it_stands_alone(schema: dict[str, Any], value: Any) -> None:
    assert problem_with(value, schema) is not None
    assert problem_with(value, {}) is None
