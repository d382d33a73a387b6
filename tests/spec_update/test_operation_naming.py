"""Promises of the names: by our convention, and plain whatever the vendor writes."""

from __future__ import annotations

import keyword
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from update_cases import ROOT

from operation_naming import (
    UnsafeName,
    family_of,
    name_operation,
    plain_sentence,
    python_name,
    safe_parameter,
    safe_path,
    safe_property,
    safe_word,
)
from plain_data import parse

OURS = parse((ROOT / "spec" / "openapi.yaml").read_bytes())
#: What the first word of an operation id says.
FIRST_WORDS = {
    "read": {"get", "list"},
    "delete": {"delete"},
    "start": {"start", "add"},
    "write": {"add", "leave", "mark", "rename", "retry", "update"},
}
HOSTILE = st.text(max_size=30) | st.sampled_from(
    ["class", "import", "None", "__init__", 'x"; import os', "{{ 1 }}", "a\nb", "../..", "to_dict"]
)


@pytest.mark.parametrize(
    ("method", "path", "expected", "effect"),
    [
        ("post", "/api/v1/userWan31/start", "startWan31Task", "start"),
        ("get", "/api/v1/userWan31/allRecords", "listWan31Tasks", "read"),
        ("get", "/api/v1/userWan31/allProcessing", "listRunningWan31Tasks", "read"),
        ("post", "/api/v1/userWan31/batchDetail", "getManyWan31Tasks", "read"),
        ("get", "/api/v1/userWan31/{_id}", "getWan31Task", "read"),
        ("get", "/api/v1/userWan31/detail/{id}", "getWan31Task", "read"),
        ("delete", "/api/v1/userWan31/{_id}", "deleteWan31Task", "delete"),
        ("put", "/api/v1/userWan31/{_id}", "renameWan31Task", "write"),
        ("post", "/api/v1/anchor/mood_list", "listAnchorMood", "read"),
        ("get", "/api/v1/anchor/getMoods", "getAnchorMoods", "read"),
        ("post", "/api/v1/anchor/remove", "deleteAnchor", "delete"),
        ("post", "/api/v1/anchor/updateMood", "updateAnchorMood", "write"),
        ("post", "/api/v1/anchor/paint", "addAnchorPaint", "start"),
        ("post", "/api/v1/anchor/generate", "startAnchor", "start"),
    ],
)
def test_an_operation_is_called_by_the_convention(
    method: str, path: str, expected: str, effect: str
) -> None:
    name = name_operation(method, path, family_of(path, {}))
    assert (name.operation_id, name.effect) == (expected, effect)
    assert name.summary.endswith(".")


def test_a_path_of_a_family_that_we_have_gets_its_tag() -> None:
    known = {"userImage2Video": "image_to_video"}
    assert family_of("/api/v1/userImage2Video/extend", known) == "image_to_video"


def test_no_operation_that_starts_paid_work_would_be_named_as_harmless() -> None:
    for path, item in OURS["paths"].items():
        for method, operation in item.items():
            if operation["x-effect"] != "start":
                continue
            name = name_operation(method, path, operation["tags"][0])
            assert name.effect == "start", path


@pytest.mark.parametrize("method", ["patch", "trace", "options"])
def test_a_method_without_a_convention_is_left(method: str) -> None:
    with pytest.raises(UnsafeName, match="convention"):
        name_operation(method, "/api/v1/anchor/x", "anchor")


@given(st.sampled_from(["get", "post", "put", "delete", "patch"]), st.lists(HOSTILE, max_size=4))
def test_whatever_the_path_the_name_is_a_plain_identifier(method: str, parts: list[str]) -> None:
    try:
        path = safe_path("/" + "/".join(parts))
        name = name_operation(method, path, family_of(path, {}))
    except UnsafeName:
        return
    assert re.fullmatch(r"[a-z][A-Za-z0-9]+", name.operation_id)
    assert not keyword.iskeyword(python_name(name.operation_id))
    first = re.match(r"[a-z]+", name.operation_id)
    assert first is not None
    assert first.group() in FIRST_WORDS[name.effect]


@given(HOSTILE)
def test_a_name_that_is_let_through_has_nothing_to_escape(text: str) -> None:
    for check in (safe_property, safe_parameter, safe_word):
        try:
            assert check(text) == text
        except UnsafeName:
            continue
        assert not set(text) & set("\"'\\`{}\n\r\t;$")
        assert text.isprintable()


@pytest.mark.parametrize("name", ["to_dict", "toDict", "from_dict", "__class__", "self", ""])
def test_a_name_that_would_hide_a_part_of_a_model_is_not_let_through(name: str) -> None:
    with pytest.raises(UnsafeName):
        safe_property(name)


@given(st.text(max_size=400))
def test_a_text_becomes_one_harmless_sentence(text: str) -> None:
    sentence = plain_sentence(text, "Nothing")
    assert sentence.endswith(".")
    assert len(sentence) <= 161
    assert not set(sentence) & set('"\\`{}\n\r\t\x1b')
