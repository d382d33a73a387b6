"""Keyword arguments are checked before anything is sent, and go out as the server wants them."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from a2e_api.operations import OPERATIONS
from a2e_sdk._checks.json_schema import problem_with
from a2e_sdk._files.media_types import MediaKind
from a2e_sdk._wire.arguments import (
    SAFE_DEFAULTS,
    arguments_of,
    converted,
    is_number_in_words,
    prepare,
)
from a2e_sdk._wire.family_table import ENGINES
from driver import Driver
from examples import examples
from schema_values import minimal
from scripted_transport import ScriptedTransport

IMAGE = "https://example.com/a.png"
WITH_A_BODY = [
    operation.id for operation in OPERATIONS.values() if operation.input["body"] is not None
]
STARTS = [str(family.start) for family in ENGINES]


def required(operation: str) -> dict[str, Any]:
    """The smallest arguments that an operation takes."""
    return {
        argument.name: minimal(argument.schema)
        for argument in arguments_of(operation).values()
        if argument.required
    }


def body_of(operation: str, **values: Any) -> dict[str, Any]:
    """The body for some values beside the required ones, with the addresses that were given."""
    prepared = prepare(operation, {**required(operation), **values})
    return prepared.body([str(file.value) for _, file in prepared.files])


# What is refused.


@pytest.mark.parametrize("operation", WITH_A_BODY)
def test_what_is_required_is_asked_for_by_the_users_name(operation: str) -> None:
    smallest = required(operation)
    for name in smallest:
        without = {key: value for key, value in smallest.items() if key != name}
        for values in (without, {**without, name: None}):
            with pytest.raises(TypeError, match=f"^{name} is missing"):
                prepare(operation, values)


@pytest.mark.parametrize("operation", WITH_A_BODY)
def test_an_unknown_argument_is_refused_and_named(operation: str) -> None:
    for name in ("nothing_like_that", "Prompt", ""):
        with pytest.raises(TypeError, match=f"{operation} takes no argument {name!r}"):
            prepare(operation, {**required(operation), name: None})


@pytest.mark.parametrize(
    ("operation", "values", "text"),
    [
        ("start_wan_25_task", {"prompt": 5}, "prompt must be a text, not int"),
        ("start_wan_25_task", {"prompt": b"x"}, "prompt must be a text, not bytes"),
        ("start_wan_25_task", {"sound": "yes"}, "sound must be true or false, not str"),
        ("start_wan_25_task", {"sound": 1}, "sound must be true or false, not int"),
        ("start_wan_25_task", {"duration": True}, "duration must be a text, not bool"),
        ("start_wan_25_task", {"duration": 5.0}, "duration must be a text, not float"),
        ("start_wan_25_task", {"name": 5}, "name must be a str"),
        ("start_wan_25_task", {"webhook_url": 5}, "webhook_url must be a str"),
        ("start_wan_25_task", {"webhook_token": 5}, "webhook_token must be a text"),
        ("start_seedance_2_task", {"duration": "5"}, "duration must be a whole number, not str"),
        ("start_seedance_2_task", {"duration": 5.5}, "duration must be a whole number, not float"),
        ("start_kling_omni_task", {"multi_prompt": "x"}, "multi_prompt must be a list, not str"),
        ("start_kling_omni_task", {"multi_prompt": [5]}, "item 1 must be an object, not int"),
        (
            "start_kling_omni_task",
            {"multi_prompt": [{"prompt": 5}]},
            "item 1 has a 'prompt' that must be a text",
        ),
        (
            "start_product_avatar_task",
            {"images": [IMAGE, IMAGE], "product_rect": {"x": "1"}},
            "product_rect has a 'x' that must be a number",
        ),
    ],
)
def test_a_wrong_type_is_a_type_error(operation: str, values: dict[str, Any], text: str) -> None:
    with pytest.raises(TypeError, match=text):
        prepare(operation, {**required(operation), **values})


@pytest.mark.parametrize(
    ("operation", "values", "text"),
    [
        ("start_wan_25_task", {"duration": 16}, "duration must be one of 2, .*; it is 16"),
        ("start_wan_25_task", {"ratio": "2:1"}, "ratio must be one of '16:9'"),
        ("start_wan_25_task", {"name": ""}, "name must have 1 to 200 characters; it has 0"),
        ("start_wan_25_task", {"name": "x" * 201}, "name must have 1 to 200 characters"),
        ("start_wan_25_task", {"webhook_url": "http://x.example/"}, "must be an https URL"),
        ("start_wan_25_task", {"webhook_url": "https://"}, "must be an http.s. URL"),
        ("start_wan_25_task", {"webhook_token": "x" * 257}, "at most 256 characters; it has 257"),
        ("start_wan_25_task", {"seed": -1}, "seed must be from 0 to 2147483647; it is -1"),
        ("start_kling_omni_task", {"duration": 16}, "duration must match"),
        ("start_kling_image_task", {"n": 10}, "n must be from 1 to 9; it is 10"),
        ("start_gpt_image_task", {"prompt": "x" * 3001}, "prompt must have .*3000 characters"),
        ("start_product_avatar_task", {"images": [IMAGE]}, "images must have exactly 2 items"),
        ("start_kling_omni_task", {"image_list": [IMAGE] * 8}, "at most 7 items; it has 8"),
    ],
)
def test_what_is_beyond_a_limit_is_a_value_error(
    operation: str, values: dict[str, Any], text: str
) -> None:
    with pytest.raises(ValueError, match=text):
        prepare(operation, {**required(operation), **values})


@pytest.mark.parametrize(
    "values",
    [
        {"prompt": 5},
        {"duration": 99},
        {"image": IMAGE, "reference_images": IMAGE},
        {"webhook_url": "http://x.example/"},
        {"image": "no-such-file.png"},
        {"image": b"no picture"},
        {"image": ""},
        {"image": 5},
    ],
)
def test_nothing_is_sent_where_an_argument_is_wrong(driver: Driver, values: Any) -> None:
    transport = ScriptedTransport()
    client = driver.client(api_key="sk_x", http_client=transport)
    with pytest.raises((TypeError, ValueError, OSError)):
        driver.run(client.wan_25.create(**{"prompt": "p", **values}))
    assert transport.requests == []


# What goes out.


@pytest.mark.parametrize("operation", WITH_A_BODY)
def test_nothing_but_what_was_given_goes_out_beside_the_safe_defaults(operation: str) -> None:
    given = required(operation)
    argued = arguments_of(operation)
    expected = {argued[name].wire for name in given} | (SAFE_DEFAULTS.keys() & argued.keys())
    body = body_of(operation)
    assert set(body) == expected
    assert problem_with(body, OPERATIONS[operation].input["body"]) is None
    # Explicit Nones are as good as nothing.
    assert body_of(operation, **dict.fromkeys(argued.keys() - given.keys())) == body


@pytest.mark.parametrize(
    "operation",
    [name for name in WITH_A_BODY if "force_generate" in arguments_of(name)],
)
def test_moderation_is_on_unless_the_caller_says_otherwise(operation: str) -> None:
    assert body_of(operation)["force_generate"] is False
    assert body_of(operation, force_generate=None)["force_generate"] is False
    assert body_of(operation, force_generate=False)["force_generate"] is False
    assert body_of(operation, force_generate=True)["force_generate"] is True


def test_the_engines_that_loosen_their_moderation_by_default_are_among_them() -> None:
    assert dict(SAFE_DEFAULTS) == {"force_generate": False}
    loosened = {
        name
        for name in WITH_A_BODY
        if "force_generate" in (argued := arguments_of(name))
        and argued["force_generate"].schema.get("default") is True
    }
    assert loosened == {"start_flux_2_task", "start_nano_banana_task"}


@pytest.mark.parametrize(
    ("operation", "values", "sent"),
    [
        ("start_wan_25_task", {"duration": 5}, {"duration": "5"}),
        ("start_wan_25_task", {"duration": "5"}, {"duration": "5"}),
        ("start_wan_25_task", {"resolution": "720P"}, {"resolution": "720p"}),
        ("start_happy_horse_task", {"resolution": "1080p"}, {"resolution": "1080P"}),
        ("start_kling_omni_task", {"duration": 7}, {"duration": "7"}),
        ("start_veo_task", {"seed": 10000}, {"seeds": 10000}),
        ("start_veo_task", {"aspect_ratio": "auto"}, {"aspectRatio": "Auto"}),
        ("start_veo_task", {"images": (IMAGE,)}, {"imageUrls": [IMAGE]}),
        (
            "start_kling_omni_task",
            {"multi_prompt": ({"prompt": "a", "duration": 3},)},
            {"multi_prompt": [{"prompt": "a", "duration": 3}]},
        ),
        ("start_image_edit_task", {"server_timeout": 60}, {"timeout": 60}),
        ("start_wan_25_task", {"sound": False}, {"audio": False}),
        ("start_wan_25_task", {"audio": IMAGE}, {"audio_url": IMAGE}),
        ("start_wan_25_task", {"sound": True, "audio": IMAGE}, {"audio": True, "audio_url": IMAGE}),
        ("start_motion_transfer_task", {"prompt": "p"}, {"positive_prompt": "p"}),
    ],
)
def test_values_are_put_as_the_server_wants_them(
    operation: str, values: dict[str, Any], sent: dict[str, Any]
) -> None:
    body = body_of(operation, **values)
    assert {key: body[key] for key in sent} == sent


@pytest.mark.parametrize(
    ("value", "schema", "same"),
    [
        (5, {"type": "string"}, 5),
        (5, {"type": "string", "default": "a"}, 5),
        (True, {"type": "string", "enum": ["1"]}, True),
        ("A", {"type": "string", "enum": ["a", "A"]}, "A"),
        ("Aa", {"type": "string", "enum": ["aA", "AA"]}, "Aa"),
        ("x", {"type": "string", "enum": ["a"]}, "x"),
        ("5", {"type": "integer"}, "5"),
        (5, {"type": ["string", "number"]}, 5),
    ],
)
def test_where_there_is_a_doubt_a_value_stays_as_it_is(
    value: Any, schema: Mapping[str, Any], same: Any
) -> None:
    assert converted(value, schema) == same
    assert type(converted(value, schema)) is type(same)


@examples(150)
@given(st.data())
def test_what_is_valid_is_never_changed(data: st.DataObject) -> None:
    operation = data.draw(st.sampled_from(WITH_A_BODY))
    for argument in arguments_of(operation).values():
        words = argument.schema.get("enum")
        value = data.draw(st.sampled_from(words)) if words else minimal(argument.schema)
        assert converted(value, argument.schema) == value, (operation, argument.name)


def test_numbers_in_words_are_known_by_their_enum_or_their_default() -> None:
    assert is_number_in_words({"type": "string", "enum": ["5", "10"]})
    assert is_number_in_words({"type": "string", "default": "5"})
    assert not is_number_in_words({"type": "string", "enum": ["5", "x"]})
    assert not is_number_in_words({"type": "string"})
    assert not is_number_in_words({"type": "integer", "enum": [5]})


def test_the_callers_values_are_left_as_they_are() -> None:
    scene = {"prompt": "a", "duration": 3}
    values = {"multi_prompt": [scene], "image_list": [IMAGE]}
    prepare("start_kling_omni_task", values)
    assert values == {"multi_prompt": [scene], "image_list": [IMAGE]}
    assert scene == {"prompt": "a", "duration": 3}


# Files.


@pytest.mark.parametrize("value", ["one.png", IMAGE, b"png", bytearray(b"png"), memoryview(b"p")])
def test_one_file_alone_is_refused_where_a_list_is_due(value: Any) -> None:
    text = f"image_list must be a list of files, not {type(value).__name__}"
    with pytest.raises(TypeError, match=text):
        prepare("start_kling_omni_task", {"image_list": value})


@pytest.mark.parametrize("value", [5, {"a": 1}, {IMAGE}, io.BytesIO(b"x"), iter([IMAGE])])
def test_what_is_no_sequence_is_refused_where_a_list_of_files_is_due(value: Any) -> None:
    with pytest.raises(TypeError, match="image_list must be a list of files"):
        prepare("start_kling_omni_task", {"image_list": value})


def test_an_empty_list_of_files_sends_nothing() -> None:
    assert body_of("start_kling_omni_task", image_list=[]) == {}


@pytest.mark.parametrize(
    ("operation", "name"),
    [
        (operation, argument.name)
        for operation in WITH_A_BODY
        for argument in arguments_of(operation).values()
        if argument.required and argument.media and argument.is_list
    ],
)
def test_an_empty_list_of_files_is_refused_where_there_has_to_be_one(
    operation: str, name: str
) -> None:
    with pytest.raises(ValueError, match=f"{name} must have"):
        prepare(operation, {**required(operation), name: []})


def test_addresses_go_to_the_keys_of_their_files_in_their_order() -> None:
    prepared = prepare(
        "start_wan_25_task",
        {"prompt": "p", "image": b"a", "reference_images": (b"b", b"c"), "audio": b"d"},
    )
    names = [(file.name, set(file.accepts)) for _, file in prepared.files]
    assert sorted(names, key=lambda each: each[0]) == [
        ("audio", {MediaKind.AUDIO}),
        ("image", {MediaKind.IMAGE}),
        ("reference_images[0]", {MediaKind.IMAGE}),
        ("reference_images[1]", {MediaKind.IMAGE}),
    ]
    addresses = [f"https://up.example/{bytes(file.value).decode()}" for _, file in prepared.files]
    assert prepared.body(addresses) == {
        "prompt": "p",
        "image_url": "https://up.example/a",
        "reference_image_urls": ["https://up.example/b", "https://up.example/c"],
        "audio_url": "https://up.example/d",
    }
    # The values are not spoilt by it, so that a body can be made again.
    assert prepared.body(addresses) == prepared.body(addresses)
    with pytest.raises(ValueError, match="zip"):
        prepared.body(addresses[1:])


@pytest.mark.parametrize("operation", STARTS)
def test_every_file_of_every_engine_can_be_given_as_bytes(operation: str) -> None:
    argued = arguments_of(operation)
    values = required(operation)
    expected: dict[str, Any] = {}
    for name, argument in argued.items():
        if argument.media:
            count = max(argument.schema.get("minItems", 1), 1)
            values[name] = [b"x"] * count if argument.is_list else b"x"
            expected[argument.wire] = ["u"] * count if argument.is_list else "u"
    prepared = prepare(operation, values)
    body = prepared.body(["u"] * len(prepared.files))
    assert {wire: body[wire] for wire in expected} == expected
