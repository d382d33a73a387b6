"""What a start takes is known without a client, and is what its `create` takes."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from a2e_sdk._wire.argument_texts import value_of_text
from a2e_sdk._wire.arguments import LOCAL_ARGUMENTS, Argument, arguments_of
from a2e_sdk._wire.avatar_video_arguments import Captions, Layout
from a2e_sdk._wire.families import TaskFamily
from a2e_sdk._wire.family_table import AVATAR_TRAININGS, AVATAR_VIDEOS, FACE_SWAP, TASK_FAMILIES
from a2e_sdk._wire.start_arguments import check_start, start_arguments
from a2e_sdk.cli.options.start_options import method_of

AVATAR = "a" * 24
URL = "https://example.com/a.mp3"


@pytest.mark.parametrize("family", TASK_FAMILIES.values(), ids=lambda family: family.name)
def test_the_arguments_of_a_start_are_those_of_its_create(family: TaskFamily) -> None:
    parameters = dict(inspect.signature(method_of(family, "create")).parameters)
    for name in (*LOCAL_ARGUMENTS, "webhook_token"):
        parameters.pop(name, None)
    known = start_arguments(family)
    assert set(known) == set(parameters)
    needed = {name for name, start in known.items() if start.required}
    empty = inspect.Parameter.empty
    assert needed == {name for name, given in parameters.items() if given.default is empty}


def test_a_start_is_checked_as_its_create_checks_it() -> None:
    files = check_start(FACE_SWAP, {"face": URL, "video": "me.mp4", "name": None})
    assert {file.name: file.value for file in files} == {"face": URL, "video": "me.mp4"}
    with pytest.raises(ValueError, match="give exactly one of video and image"):
        check_start(AVATAR_TRAININGS, {"video": URL, "image": URL})
    with pytest.raises(ValueError, match="a background needs a layout"):
        check_start(AVATAR_VIDEOS, {"avatar": AVATAR, "audio": URL, "background": AVATAR})
    with pytest.raises(TypeError, match="audio is missing"):
        check_start(AVATAR_VIDEOS, {"avatar": AVATAR})


def test_the_files_of_an_avatar_video_have_the_names_that_users_know() -> None:
    layout = Layout(width=10, height=10, person_width=5, person_height=5)
    given = {
        "avatar": AVATAR,
        "audio": "a.mp3",
        "captions": Captions(text="hello"),
        "background": "#ffffff",
        "layout": layout,
        "avatar_background_image": "b.png",
    }
    files = check_start(AVATAR_VIDEOS, given)
    assert [file.name for file in files] == ["audio", "avatar_background_image"]


def argument(schema: dict[str, Any]) -> Argument:
    return Argument("it", "it", schema, False, ())


@pytest.mark.parametrize(
    ("schema", "text", "value"),
    [
        ({"type": "integer"}, " 7 ", 7),
        ({"type": "integer"}, "7.0", 7),
        ({"type": "number"}, "0.5", 0.5),
        ({"type": "number"}, "2.0", 2),
        ({"type": "boolean"}, "Yes", True),
        ({"type": "boolean"}, "0", False),
        ({"type": "string"}, " kept ", " kept "),
        ({"type": "string", "enum": ["a", "b"]}, " a ", "a"),
        ({"type": "string", "pattern": "^[0-9]+$"}, "5.0", "5"),
        ({"type": "object"}, '{"a": 1}', {"a": 1}),
        ({"type": "array", "items": {"type": "string"}}, "one", ["one"]),
        ({"type": "array", "items": {"type": "string"}}, '["one", "two"]', ["one", "two"]),
        ({"type": "array", "items": {"type": "integer"}}, "3", [3]),
    ],
)
def test_a_text_means_the_value_that_the_schema_asks_for(
    schema: dict[str, Any], text: str, value: Any
) -> None:
    found = value_of_text(argument(schema), text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("schema", "text", "sentence"),
    [
        ({"type": "integer"}, "7.5", "it must be a whole number; it is '7.5'."),
        ({"type": "integer"}, "٣", "it must be a whole number; it is '٣'."),
        ({"type": "number"}, "0,5", "it must be a number, with a point; it is '0,5'."),
        ({"type": "number"}, "inf", "it must be a number; it is 'inf'."),
        ({"type": "number"}, "1e999", "it must be a number; it is '1e999'."),
        (
            {"type": "boolean"},
            "maybe",
            "it must be true or false (also yes, no, 1, 0); it is 'maybe'.",
        ),
        (
            {"type": "object"},
            "{",
            "it must be JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1).",
        ),
    ],
)
def test_a_text_that_means_no_such_value_is_refused(
    schema: dict[str, Any], text: str, sentence: str
) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the whole text is compared
        value_of_text(argument(schema), text)
    assert str(refused.value) == sentence


def test_a_text_of_json_that_is_nested_too_deeply_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^it must be JSON that is not nested so deeply\.$"):
        value_of_text(argument({"type": "object"}), '{"a":' * 100_000)


def test_every_argument_of_every_start_can_be_written_as_a_text() -> None:
    for family in TASK_FAMILIES.values():
        for start in start_arguments(family).values():
            types = start.argument.schema.get("type", "string")
            assert types in ("string", "integer", "number", "boolean", "array", "object"), family
    assert arguments_of("start_wan_25_task")["duration"].schema["type"] == "string"
