"""What JSON in UTF-8 can't express is refused by its argument's name, before anything is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from a2e_api.api.tokens import add_api_token
from a2e_api.models import AddApiTokenRequest
from a2e_api.operations import OPERATIONS
from a2e_sdk import Captions
from a2e_sdk._checks.validation import require_sendable
from a2e_sdk._wire.arguments import arguments_of, prepare
from driver import Driver
from schema_values import minimal
from scripted_transport import ScriptedTransport

WITH_A_BODY = [
    operation.id for operation in OPERATIONS.values() if operation.input["body"] is not None
]
ID = "6674f1765699df7e9d25311a"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(100)
FILM = b"\x00\x00\x00\x18ftypmp42" + bytes(100)
SOUND = b"ID3" + bytes(100)


def with_other_texts(value: Any, text: str) -> list[Any]:
    """The value once for each text in it, with another text in its place, at any depth."""
    if isinstance(value, str):
        return [text]
    if isinstance(value, list):
        items = list(enumerate(value))
        return [
            [*value[:at], other, *value[at + 1 :]]
            for at, item in items
            for other in with_other_texts(item, text)
        ]
    if isinstance(value, dict):
        members = [
            {**value, key: other}
            for key, item in value.items()
            for other in with_other_texts(item, text)
        ]
        return [*members, {**value, "more": [{"deep": text}]}, {**value, text: 1}]
    return []


@pytest.mark.parametrize("text", ["\udcff", "a\ud83d b"])
@pytest.mark.parametrize("operation", WITH_A_BODY)
def test_a_text_at_any_depth_of_any_argument_is_refused(operation: str, text: str) -> None:
    arguments = arguments_of(operation)
    least: Mapping[str, Any] = {
        argument.name: minimal(argument.schema)
        for argument in arguments.values()
        if argument.required
    }
    for argument in arguments.values():
        if not argument.media:
            for choice in with_other_texts(minimal(argument.schema), text):
                with pytest.raises(ValueError, match="no Unicode text") as caught:
                    prepare(operation, {**least, argument.name: choice})
                assert argument.name in str(caught.value)


def test_every_kind_of_argument_is_among_those() -> None:
    values = [
        minimal(argument.schema)
        for operation in WITH_A_BODY
        for argument in arguments_of(operation).values()
        if not argument.media
    ]
    assert {type(value) for value in values} >= {str, dict, list}


@pytest.mark.parametrize("number", [2**64, -(10**400), 10**5000], ids=["64 bits", "400", "5000"])
def test_a_number_that_json_has_no_room_for_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=r"style\['x'\] must not have more than 64 bits"):
        require_sendable({"x": number}, "style")


def test_a_value_of_any_depth_is_checked() -> None:
    value: Any = "fine"
    for _ in range(100_000):
        value = [value]
    require_sendable(value, "style")


def _video(client: Any, method: str, *text: str, **options: Any) -> Any:
    return getattr(client.avatar_videos, method)(*text, avatar=ID, custom=True, **options)


def _create(client: Any, **options: Any) -> Any:
    return _video(client, "create", audio="https://example.com/a.mp3", **options)


def _speak(client: Any, **options: Any) -> Any:
    return _video(client, "speak", "hello", **options)


HOOK = "https://example.com/hook"
ASKED: Mapping[str, Callable[[Any, str], Any]] = {
    "title": lambda a2e, bad: _create(a2e, title=bad),
    "captions": lambda a2e, bad: _create(a2e, captions=bad),
    "font": lambda a2e, bad: _create(a2e, captions=Captions(text="hi", font=bad)),
    "speak title": lambda a2e, bad: _speak(a2e, title=bad),
    "speak text": lambda a2e, bad: _video(a2e, "speak", bad),
    "speak webhook": lambda a2e, bad: _speak(a2e, webhook_url=HOOK + bad),
    "speak token": lambda a2e, bad: _speak(a2e, webhook_url=HOOK, webhook_token=bad),
    "speak captions": lambda a2e, bad: _speak(a2e, captions=Captions(language=bad)),
    "detect_language": lambda a2e, bad: a2e.avatar_videos.detect_language(bad),
    "face swap": lambda a2e, bad: a2e.face_swap.tasks.create(face=PICTURE, video=FILM, name=bad),
    "face swap run": lambda a2e, bad: a2e.face_swap.tasks.run(face=PICTURE, video=FILM, name=bad),
    "image_to_video": lambda a2e, bad: a2e.image_to_video.create(image=PICTURE, prompt=bad, name="a"),
    "background": lambda a2e, bad: a2e.backgrounds.add(PICTURE, name=bad),
    "clone": lambda a2e, bad: a2e.voices.clones.create(samples=[SOUND], name=bad),
    "rename": lambda a2e, bad: a2e.voices.clones.rename(ID, bad),
    "voices": lambda a2e, bad: a2e.voices.list(country=bad, region="US"),
    "training": lambda a2e, bad: a2e.avatars.trainings.create(image=PICTURE, name=bad),
    "speech": lambda a2e, bad: a2e.speech.create(bad),
    "speech clone": lambda a2e, bad: a2e.speech.create("hello", clone=bad),
    "watermark": lambda a2e, bad: a2e.storage.watermark(PICTURE, text=bad),
    "transfer": lambda a2e, bad: a2e.storage.transfer("https://example.com/" + bad),
    "token": lambda a2e, bad: a2e.tokens.create(bad),
    "language": lambda a2e, bad: a2e.account.languages(named_in=bad),
    "quote": lambda a2e, bad: a2e.account.quote("wan_25", prompt=bad),
    "session": lambda a2e, bad: a2e.streaming_avatar.session(bad, expires_in=60),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:A2E has deprecated:DeprecationWarning")
@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_it_is_refused_before_anything_is_sent(
    driver: Driver, ask: Callable[[Any, str], Any]
) -> None:
    transport = ScriptedTransport()
    client = driver.client(api_key="sk_key", http_client=transport)
    with pytest.raises(ValueError, match=r"no Unicode text|must not contain spaces"):
        driver.run(ask(client, "a\udcff"))
    assert transport.requests == []


def test_what_the_low_level_client_is_given_goes_out_as_an_escape(driver: Driver) -> None:
    # The server may have sent such a text itself, as the name of a channel that has to be left.
    transport = ScriptedTransport()
    client = driver.client(api_key="sk_key", http_client=transport)
    request = add_api_token.build_request(body=AddApiTokenRequest(alias="\udcff"))
    call = client.api.call if driver.mode == "sync" else client.api.call_async
    driver.run(call(request, add_api_token.parse))
    (sent,) = transport.requests
    assert b'"\\udcff"' in (sent.body or b"")
