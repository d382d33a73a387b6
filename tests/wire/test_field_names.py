"""The one table of names holds in both directions: what users type goes out as the server spells it."""

from __future__ import annotations

import ast
import keyword
import re
from collections import Counter
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

import a2e_sdk
from a2e_api.operations import OPERATIONS
from a2e_sdk._wire.arguments import arguments_of, prepare
from a2e_sdk._wire.family_table import TASK_FAMILIES
from a2e_sdk._wire.field_names import (
    FIELD_ALIASES,
    NOT_OFFERED,
    SENT_IN_EVERY_SPELLING,
    first_alias,
    python_name,
)
from a2e_sdk._wire.to_model.face_swap import face_swap_task
from a2e_sdk.cli.app import root_command
from schema_values import minimal

FACADE = Path(a2e_sdk.__file__).parent
BODIES = {
    operation.id: operation.input["body"].get("properties", {})
    for operation in OPERATIONS.values()
    if operation.input["body"] is not None
}
WIRE_KEYS = {key: schema for body in BODIES.values() for key, schema in body.items()}
PARAMETERS = {wire for operation in OPERATIONS.values() for wire in operation.parameters}
ROWS = [(friendly, wire) for friendly, keys in FIELD_ALIASES.items() for wire in keys]


def is_file(schema: dict[str, Any]) -> bool:
    return "x-media" in schema or "x-media" in schema.get("items", {})


@pytest.mark.parametrize(("friendly", "wire"), ROWS)
def test_every_key_of_the_table_leads_to_its_word_and_back(friendly: str, wire: str) -> None:
    assert python_name(wire) == friendly
    assert python_name(wire, is_file=True) == friendly, "the table wins over the rule for files"
    assert first_alias({wire: "found"}, friendly) == "found"


@pytest.mark.parametrize(
    ("wire", "friendly"),
    [
        # The misspellings and the two styles that the API's own pages print.
        ("faild_message", "failed_message"),
        ("failed_message", "failed_message"),
        ("failed_code", "error_code"),
        ("error_code", "error_code"),
        ("negative_prmpt", "negative_prompt"),
        ("video_backgroud_color", "background_color"),
        ("video_background_color", "background_color"),
        ("video_backgroud_image", "background_image"),
        ("video_background_image", "background_image"),
        ("_id", "id"),
        ("current_status", "status"),
        ("createdAt", "created_at"),
        ("created_at", "created_at"),
        ("pageNum", "page"),
        ("current", "page"),
        ("pageSize", "page_size"),
        ("speechRate", "speech_rate"),
        ("audioSrc", "audio"),
        ("positive_prompt", "prompt"),
        ("imageUrls", "images"),
        ("seeds", "seed"),
        ("timeout", "server_timeout"),
        ("audio", "sound"),
        ("audio_url", "audio"),
    ],
)
def test_what_the_server_misspells_is_spelt_right_for_users(wire: str, friendly: str) -> None:
    assert python_name(wire) == friendly
    assert wire in FIELD_ALIASES[friendly]


def test_no_key_of_the_server_has_two_words() -> None:
    counts = Counter(wire for _, wire in ROWS)
    assert [wire for wire, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("friendly", FIELD_ALIASES)
def test_spellings_are_read_in_their_order_and_empty_ones_are_passed_over(friendly: str) -> None:
    keys = FIELD_ALIASES[friendly]
    everything = {wire: f"by {wire}" for wire in keys}
    assert first_alias(everything, friendly) == f"by {keys[0]}"
    last_alone = {**dict.fromkeys(keys, ""), keys[-1]: 0}
    assert first_alias(last_alone, friendly) == 0, "0 is a value"
    assert first_alias({**dict.fromkeys(keys), keys[-1]: "last"}, friendly) == "last"
    assert first_alias(dict.fromkeys(keys), friendly) is None
    assert first_alias({}, friendly) is None


def test_every_word_of_a_start_goes_out_as_a_key_that_its_body_has() -> None:
    for operation, properties in BODIES.items():
        arguments = arguments_of(operation)
        for name, argument in arguments.items():
            assert argument.name == name
            assert argument.wire in properties, (operation, name)
            assert argument.schema == properties[argument.wire]
        given = {argument.name: minimal(argument.schema) for argument in arguments.values()}
        prepared = prepare(operation, given)
        files = {wire for keys, _ in prepared.files for wire in keys}
        assert set(prepared.values) | files <= set(properties), operation
        # Nothing that was given is lost, and each key of the body has its word, or none on purpose.
        reached = {argument.wire for argument in arguments.values()}
        lists = {wire for wire in prepared.lists if not given[python_name(wire, is_file=True)]}
        assert set(prepared.values) | files | lists >= reached, operation
        rest = set(properties) - reached - set(NOT_OFFERED)
        assert all(python_name(wire) in SENT_IN_EVERY_SPELLING for wire in rest), operation


def test_where_a_body_has_an_older_spelling_too_the_right_one_goes_out() -> None:
    wire = arguments_of("start_image_to_video_task")["negative_prompt"].wire
    assert wire == "negative_prompt"
    assert "negative_prmpt" in BODIES["start_image_to_video_task"], "or this proves nothing"


@pytest.mark.parametrize("friendly", sorted(SENT_IN_EVERY_SPELLING))
def test_what_the_eras_spell_differently_goes_out_in_both_spellings(friendly: str) -> None:
    address = "https://example.com/back.png"
    prepared = prepare("start_avatar_training", {friendly: address})
    body = prepared.body([address] * len(prepared.files))
    assert body == dict.fromkeys(FIELD_ALIASES[friendly], address)
    assert len(body) == 2
    assert len(prepared.files) <= 1, "a file is uploaded once, whatever the number of keys"


@pytest.mark.parametrize("key", FIELD_ALIASES["failed_message"])
def test_a_reason_is_read_in_every_spelling(key: str) -> None:
    assert face_swap_task({key: "no face"}).failed_message == "no face"


@pytest.mark.parametrize("key", FIELD_ALIASES["error_code"])
def test_an_error_code_is_read_in_every_spelling_and_0_is_none(key: str) -> None:
    assert face_swap_task({key: "7"}).error_code == "7"
    assert face_swap_task({key: 7}).error_code == "7"
    for nothing in ("0", 0, "", None):
        assert face_swap_task({key: nothing}).error_code is None


@pytest.mark.parametrize("key", FIELD_ALIASES["status"])
def test_a_status_is_read_in_every_spelling(key: str) -> None:
    assert face_swap_task({key: "pendding"}).raw_status == "pendding"


@pytest.mark.parametrize(
    ("wire", "friendly"),
    [
        ("skipPreview", "skip_preview"),
        ("isSkipRs", "is_skip_rs"),
        ("captionAlign", "caption_align"),
        ("generationType", "generation_type"),
        ("web_bg_width", "web_bg_width"),
        ("createdAt", "created_at"),
    ],
)
def test_camel_case_becomes_snake_case(wire: str, friendly: str) -> None:
    assert python_name(wire) == friendly


@pytest.mark.parametrize(
    ("wire", "friendly"),
    [
        ("end_image_url", "end_image"),
        ("reference_image_urls", "reference_images"),
        ("image_list", "image_list"),
        ("cdnUrl", "cdn"),
        ("url_count", "url_count"),
    ],
)
def test_a_key_that_takes_files_loses_its_url(wire: str, friendly: str) -> None:
    assert python_name(wire, is_file=True) == friendly
    if friendly != "image_list" and wire.endswith("url"):
        assert python_name(wire) != friendly, "an address that takes no file keeps its name"


def test_every_key_of_the_spec_has_a_word_that_python_takes_as_an_argument() -> None:
    for wire in WIRE_KEYS.keys() | PARAMETERS:
        name = python_name(wire, is_file=is_file(WIRE_KEYS.get(wire, {})))
        assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name), (wire, name)
        assert not keyword.iskeyword(name), wire


@given(st.from_regex(r"[a-z]{1,6}([A-Z][a-z]{1,5}|_[a-z]{1,5}){0,3}", fullmatch=True))
def test_every_camel_or_snake_case_key_becomes_plain_snake_case(wire: str) -> None:
    name = python_name(wire)
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", name)
    if wire not in {key for _, key in ROWS}:
        assert name.replace("_", "") == wire.replace("_", "").lower(), "no letter is lost"


# What is not offered.


def facade_words() -> set[str]:
    """Return the names of all arguments of functions, and of all fields and keys of classes."""
    words: set[str] = set()
    for path in FACADE.rglob("*.py"):
        if path.relative_to(FACADE).parts[0] == "sandbox":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.arg):
                words.add(node.arg)
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                words.add(node.target.id)
    return words


def command_words() -> set[str]:
    words: set[str] = set()
    waiting: list[Any] = [root_command()]
    while waiting:
        command = waiting.pop()
        words |= {str(parameter.name) for parameter in command.params}
        if hasattr(command, "list_commands"):
            # Asked for by name, since some are made when they are called only.
            context = click.Context(command)
            names = command.list_commands(context)
            waiting += [command.get_command(context, name) for name in names]
    return words


def test_what_is_not_offered_is_in_the_spec_but_in_no_signature_and_no_command() -> None:
    assert set(NOT_OFFERED) <= set(WIRE_KEYS), "a key that the server has not needs no mention"
    assert "minor_suspected_skip" in NOT_OFFERED
    offered = facade_words()
    assert {"face", "prompt", "force_generate", "webhook_url"} <= offered, "the search finds words"
    assert not offered & set(NOT_OFFERED)
    commands = command_words()
    assert {"face", "region", "negative_prompt"} <= commands, "engines' commands are among them"
    assert not commands & set(NOT_OFFERED)


@pytest.mark.parametrize("wire", sorted(NOT_OFFERED))
def test_what_is_not_offered_is_refused_as_an_argument_of_every_operation(wire: str) -> None:
    for operation, properties in BODIES.items():
        if wire not in properties:
            continue
        assert wire not in arguments_of(operation)
        assert wire not in {argument.wire for argument in arguments_of(operation).values()}
        with pytest.raises(TypeError, match=f"takes no argument '{wire}'"):
            prepare(operation, {wire: True})


def test_the_switch_off_of_a_safety_check_stands_nowhere_in_the_facade_but_in_the_table() -> None:
    for path in FACADE.rglob("*.py"):
        place = path.relative_to(FACADE)
        if place.parts[0] != "sandbox" and place.name != "field_names.py":
            assert "minor_suspected_skip" not in path.read_text(encoding="utf-8"), place


def test_every_family_has_its_label_in_the_body_of_its_start() -> None:
    for family in TASK_FAMILIES.values():
        if family.label is not None:
            assert family.label in BODIES[str(family.start)], family.name
        elif family.start is not None:
            assert "name" not in BODIES[family.start], family.name
