"""Promises of the comparison over a space of documents: symmetric where it must be, never at a loss."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from update_cases import DOCUMENTS

from changes import Change, Kind, Side
from comparison import compare
from plain_data import parse
from release_version import Release, next_version
from verdict import Effect, effect_of, judge

OURS = parse((DOCUMENTS / "ours.yaml").read_bytes())
SCALARS = st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["object", "string", ""])
TYPES = ["string", "integer", "number", "boolean", "array", "object", "null"]
SCHEMAS: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from(TYPES).map(lambda name: {"type": name})
    | st.lists(st.sampled_from(["a", "b", 1]), max_size=3).map(lambda words: {"enum": words})
    | st.fixed_dictionaries({}, optional={"minimum": SCALARS, "maximum": SCALARS, "type": SCALARS})
    | st.just({"$ref": "#/components/schemas/Loop"}),
    lambda inner: st.fixed_dictionaries(
        {"type": st.sampled_from(TYPES)},
        optional={
            "properties": st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
            "required": st.lists(st.sampled_from("abc"), max_size=2) | SCALARS,
            "items": inner,
            "allOf": st.lists(inner, max_size=2) | SCALARS,
            "anyOf": st.lists(inner, max_size=2),
            "oneOf": st.lists(inner, max_size=2),
        },
    ),
    max_leaves=8,
)


def document(request: Any, response: Any) -> dict[str, Any]:
    return {
        "paths": {
            "/x": {
                "post": {
                    "requestBody": {"content": {"application/json": {"schema": request}}},
                    "responses": {"200": {"content": {"application/json": {"schema": response}}}},
                }
            }
        },
        "components": {"schemas": {"Loop": {"allOf": [{"$ref": "#/components/schemas/Loop"}, response]}}},
    }  # fmt: skip


@given(SCHEMAS, SCHEMAS)
def test_a_document_does_not_differ_from_its_copy(request: Any, response: Any) -> None:
    one = document(request, response)
    assert compare(one, copy.deepcopy(one)) == []


@given(SCHEMAS, SCHEMAS, SCHEMAS, SCHEMAS)
def test_any_two_documents_have_a_verdict(one: Any, two: Any, three: Any, four: Any) -> None:
    changes = compare(document(one, two), document(three, four))
    verdict = judge(changes)
    groups = (verdict.breaks, verdict.new, verdict.no_effect, verdict.only_ours)
    assert sorted(map(repr, changes)) == sorted(
        repr(change) for group in groups for change in group
    )


def test_our_document_does_not_differ_from_itself() -> None:
    assert compare(OURS, copy.deepcopy(OURS)) == []


def test_what_one_direction_adds_the_other_lacks() -> None:
    more = copy.deepcopy(OURS)
    request = more["components"]["schemas"]["ListVoicesRequest"]
    request["properties"]["tone"] = {"type": "string"}
    (there,), (back,) = compare(OURS, more), compare(more, OURS)
    assert (there.kind, back.kind) == (Kind.FIELD_ADDED, Kind.FIELD_GONE)
    assert there.place == back.place == "body.tone"


def test_a_family_of_another_version_has_not_moved() -> None:
    theirs = copy.deepcopy(OURS)
    theirs["paths"] = {
        path.replace("Text2image", "Text3image"): item for path, item in OURS["paths"].items()
    }
    kinds = {change.kind for change in compare(OURS, theirs)}
    assert kinds == {Kind.OPERATION_GONE, Kind.OPERATION_ADDED}


def test_nobody_guesses_where_two_could_be_meant() -> None:
    theirs = copy.deepcopy(OURS)
    item = theirs["paths"].pop("/api/v1/userVideoTwin/continueTranining")
    for spelling in ("continueTraining", "continueTrainings"):
        theirs["paths"][f"/api/v1/userVideoTwin/{spelling}"] = item
    kinds = [change.kind for change in compare(OURS, theirs)]
    assert kinds == [Kind.OPERATION_GONE, Kind.OPERATION_ADDED, Kind.OPERATION_ADDED]


def test_the_path_of_a_server_belongs_to_its_operations() -> None:
    theirs = copy.deepcopy(OURS)
    for server in theirs["servers"]:
        server["url"] += "/api/v1/"
    theirs["paths"] = {path.removeprefix("/api/v1"): item for path, item in OURS["paths"].items()}
    assert compare(OURS, theirs) == []


WORDS = {"type": "string", "enum": ["5", "10"]}
NUMBERS = {"type": "integer", "enum": [5, 10]}
NULLABLE_PART = {"allOf": [{"type": "string"}], "nullable": True}
ONE_OF = {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}
FIELDS = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}


@pytest.mark.parametrize(
    ("before", "after", "request_kinds", "response_kinds"),
    [
        (WORDS, NUMBERS, [Kind.TYPE_CHANGED], [Kind.TYPE_CHANGED]),
        (NUMBERS, {**WORDS, "enum": ["5", "20"]}, [Kind.TYPE_CHANGED, Kind.WORDS_GONE, Kind.WORDS_ADDED], [Kind.TYPE_CHANGED, Kind.WORDS_GONE, Kind.WORDS_ADDED]),
        ({"type": ["string", "null"]}, NULLABLE_PART, [], []),
        ({"type": "string"}, NULLABLE_PART, [Kind.TYPE_WIDENED], []),
        ({"type": "string"}, {"nullable": True}, [], []),
        ({"type": "integer", "minimum": 0, "maximum": 0}, {"const": 0}, [], []),
        ({"const": 0}, {"const": 200}, [Kind.WORDS_GONE, Kind.WORDS_ADDED], [Kind.WORDS_REPLACED]),
        (FIELDS, {**FIELDS, **ONE_OF}, [Kind.NOW_REQUIRED], []),
        ({**FIELDS, **ONE_OF}, FIELDS, [Kind.NOW_OPTIONAL], []),
        ({**FIELDS, "required": ["a"]}, {**FIELDS, "required": ["a"], **ONE_OF}, [], []),
        ({**FIELDS, "additionalProperties": True}, {**FIELDS, "additionalProperties": False}, [Kind.CLOSED], []),
        (FIELDS, {**FIELDS, "additionalProperties": False}, [], []),
    ],
)  # fmt: skip
def test_one_difference_is_the_right_lines(
    before: Any, after: Any, request_kinds: list[Kind], response_kinds: list[Kind]
) -> None:
    anything: dict[str, Any] = {}
    requests = compare(document(before, anything), document(after, anything))
    responses = compare(document(anything, before), document(anything, after))
    assert [change.kind for change in requests] == request_kinds
    assert [change.kind for change in responses] == response_kinds


@pytest.mark.parametrize(
    ("ours", "theirs", "kind"),
    [
        ([["bearer"]], [["bearer"], ["key"]], Kind.SECURITY_LOOSENED),
        ([["bearer"]], [["bearer"], []], Kind.SECURITY_LOOSENED),
        ([["bearer"]], None, Kind.SECURITY_LOOSENED),
        ([["bearer"]], [["key"]], Kind.SECURITY_CHANGED),
        ([["bearer"]], [["bearer", "key"]], Kind.SECURITY_CHANGED),
        ([["bearer", "key"]], [["bearer"]], Kind.SECURITY_LOOSENED),
        (None, [["bearer"]], Kind.SECURITY_CHANGED),
    ],
)
def test_security_breaks_only_if_what_is_sent_is_no_longer_enough(
    ours: list[list[str]] | None, theirs: list[list[str]] | None, kind: Kind
) -> None:
    def protected(ways: list[list[str]] | None) -> dict[str, Any]:
        made = document({}, {})
        made["components"]["securitySchemes"] = {
            "bearer": {"type": "http", "scheme": "bearer"},
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
        }
        # None is a public operation.
        made["paths"]["/x"]["post"]["security"] = [{name: [] for name in way} for way in ways or ()]
        return made

    (change,) = compare(protected(ours), protected(theirs))
    assert change.kind is kind


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("kind", Kind)
def test_every_change_that_can_be_has_an_effect(kind: Kind, side: Side) -> None:
    about_the_api = kind.startswith(("server", "security", "operation"))
    answers_have_none = {Kind.REQUIRED_FIELD_ADDED, Kind.NOW_REQUIRED, Kind.NOW_OPTIONAL}
    if about_the_api != (side is Side.API) or (side is Side.RESPONSE and kind in answers_have_none):
        return
    assert effect_of(Change(kind, side)) in Effect


@pytest.mark.parametrize(
    ("version", "release", "expected"),
    [
        ("1.2.3", Release.MAJOR, "2.0.0"),
        ("1.2.3", Release.MINOR, "1.3.0"),
        ("1.2.3", Release.PATCH, "1.2.4"),
        ("0.2.3", Release.MAJOR, "0.3.0"),
        ("0.2.3", Release.MINOR, "0.2.4"),
        ("0.2.3", Release.PATCH, "0.2.4"),
    ],
)
def test_the_next_version(version: str, release: Release, expected: str) -> None:
    assert next_version(version, release) == expected


def test_a_version_of_another_form_is_not_counted_on() -> None:
    with pytest.raises(ValueError, match="not major"):
        next_version("1.2", Release.MINOR)
