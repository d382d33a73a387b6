"""What is no task: speech, voices, backgrounds, streaming, the account, files made at once.

Every answer is held to the spec by the ``api`` fixture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from a2e_sdk.sandbox import ManualClock
from a2e_sdk.sandbox.state.catalogue import VOICES
from api_paths import path_of

if TYPE_CHECKING:
    from tests.sandbox.conftest import Api

SPEECH, HISTORY = path_of("add_speech"), path_of("list_credits")
STREAM = ("add_streaming_question", "add_streaming_speech", "update_streaming_context")
VOICE = {"tts_id": "5a4d0b0c50f0000000000101"}


def download(api: Api, url: str) -> bytes:
    judge, api.judge = api.judge, None
    reply = api.get(url.removeprefix(api.sandbox.public_url)).reply
    api.judge = judge
    assert reply.status == 200
    return reply.body


def test_speech_is_the_address_of_an_audio_file(api: Api, clock: ManualClock) -> None:
    url = api.post(SPEECH, VOICE | {"msg": "Hello"}).data
    assert download(api, url).startswith(b"ID3")
    assert [(entry.amount, entry.reason) for entry in api.sandbox.coins] == [(-1, "speech")]
    (preview,) = api.get(path_of("list_speech_previews")).data["data"]
    assert (preview["msg"], preview["audio_url"]) == ("Hello", url)
    clock.advance(86_400)
    assert api.get(path_of("list_speech_previews")).data["data"] == []


def test_speech_takes_one_voice_at_the_most(api: Api) -> None:
    both = VOICE | {"user_voice_id": "1" * 24, "msg": "Hello"}
    assert api.post(SPEECH, both).status == 400
    assert len(api.sandbox.coins) == 0


@pytest.mark.parametrize(
    ("language", "voice"),
    [
        ({}, "Ada"),
        ({"tts_id": None}, "Ada"),
        ({"country": "de", "region": "DE"}, "Emmy"),
        ({"country": "xx", "region": "XX"}, "Ada"),
    ],
)
def test_without_a_voice_the_server_takes_one_of_the_language(
    api: Api, language: dict[str, Any], voice: str
) -> None:
    assert api.post(SPEECH, language | {"msg": "Hello"}).status == 200
    (preview,) = api.get(path_of("list_speech_previews")).data["data"]
    names = {identifier: name for identifier, name, _, _ in VOICES}
    assert names[preview["voice_id"]] == voice


@pytest.mark.parametrize(("length", "status"), [(1, 200), (1_000, 200), (1_001, 400), (0, 400)])
def test_speech_has_a_thousand_characters_at_most(api: Api, length: int, status: int) -> None:
    assert api.post(SPEECH, VOICE | {"msg": "x" * length}).status == status


def test_a_preview_is_deleted_once(api: Api) -> None:
    api.post(SPEECH, VOICE | {"msg": "Hello"})
    (preview,) = api.get(path_of("list_speech_previews")).data["data"]
    assert api.delete(path_of("delete_speech_preview", preview["_id"])).status == 200
    assert api.delete(path_of("delete_speech_preview", preview["_id"])).status == 404


def test_voices_are_grouped_by_gender_and_found_by_language(api: Api) -> None:
    path = path_of("list_public_voices")
    groups = api.get(path).data
    assert [group["value"] for group in groups] == ["female", "male"]
    assert {voice["language"] for group in groups for voice in group["children"]} == {"en-US"}
    german = api.get(f"{path}?country=de&region=DE").data
    assert german == api.get(f"{path}?voice_map_type=de-DE").data
    assert german == api.post(path, {"voice_map_type": "de-DE"}).data
    assert [voice["label"] for group in german for voice in group["children"]] == ["Emmy", "Konrad"]
    assert api.get(f"{path}?country=xx").data == []
    everything = api.post(path_of("list_system_voices"), {}).data
    assert sum(len(group["children"]) for group in everything) == 9


def test_languages_are_listed_flat_and_by_country(api: Api) -> None:
    flat = api.get(f"{path_of('list_languages')}?lang=en").data
    assert {"value": "en-GB", "label": "English (United Kingdom)"} in flat
    nested = api.post(path_of("list_voice_languages"), {}).data
    english = next(group for group in nested if group["value"] == "en")
    assert [region["value"] for region in english["children"]] == ["US", "GB"]


@pytest.mark.parametrize(
    ("text", "code"), [("Hello", "en-US"), ("こんにちは世界", "ja-JP"), ("你好", "zh-CN")]
)
def test_a_language_is_guessed(api: Api, text: str, code: str) -> None:
    assert api.post(path_of("get_text_language"), {"msg": text}).data == code


def test_own_backgrounds_come_before_those_of_everybody(api: Api) -> None:
    everybodys = api.send("POST", path_of("list_backgrounds")).data
    assert {row["type"] for row in everybodys} == {"default"}
    added = api.post(
        path_of("add_background"), {"img_url": "https://example.com/b.jpg", "name": "b"}
    ).data
    assert api.send("POST", path_of("list_backgrounds")).data[1:] == everybodys
    assert [row["_id"] for row in api.post(path_of("list_custom_backgrounds"), {}).data] == [
        added["_id"]
    ]
    assert api.post(path_of("delete_background"), {"_id": added["_id"]}).data == {}
    assert api.post(path_of("delete_background"), {"_id": added["_id"]}).json["code"] == 400
    assert api.post(path_of("list_custom_backgrounds"), {}).data == []


def test_custom_avatars_keep_what_they_are_given(api: Api) -> None:
    added = api.post(path_of("add_custom_avatar"), {"name": "x"}).data
    changed = api.send(
        "PUT", path_of("update_custom_avatar", added["_id"]), b'{"name": "y", "_id": "no"}'
    ).data
    assert changed == added | {"name": "y"}
    assert api.post(path_of("list_custom_avatars"), {}).data == [changed]
    api.post(path_of("delete_custom_avatar"), {"_id": added["_id"]})
    assert api.post(path_of("list_custom_avatars"), {}).data == []


def test_a_session_is_paid_ahead_and_refunded_for_what_is_left(
    api: Api, clock: ManualClock
) -> None:
    body = {"avatar_id": "5a4d0b0c50f0000000000301", "expire_seconds": 60}
    session = api.post(path_of("start_streaming_session"), body).data
    channel = {"channel": session["channel"]}
    assert [entry.amount for entry in api.sandbox.coins] == [-6]
    clock.advance(11)
    for operation in STREAM:
        assert api.post(path_of(operation), channel | {"text": "Hello"}).data == {}
    assert api.post(path_of("leave_streaming_session"), channel).data == {}
    assert [entry.amount for entry in api.sandbox.coins] == [-6, 4]
    for operation in (*STREAM, "leave_streaming_session"):
        assert api.post(path_of(operation), channel | {"text": "Hello"}).status == 400


def test_a_session_that_nobody_leaves_ends_unrefunded(api: Api, clock: ManualClock) -> None:
    body = {"avatar_id": "5a4d0b0c50f0000000000301", "expire_seconds": 30}
    channel = {"channel": api.post(path_of("start_streaming_session"), body).data["channel"]}
    clock.advance(30)
    assert api.post(path_of("leave_streaming_session"), channel).status == 400
    assert [entry.amount for entry in api.sandbox.coins] == [-3]


def test_occupied_hosts_refuse_sessions(api: Api) -> None:
    body = {"avatar_id": "5a4d0b0c50f0000000000301"}
    api.sandbox.occupy_streaming_hosts()
    refused = api.post(path_of("start_streaming_session"), body)
    assert refused.json["code"] == 1001
    assert "hosts are occupied" in refused.json["msg"]
    assert len(api.sandbox.coins) == 0
    api.sandbox.occupy_streaming_hosts(False)
    assert api.post(path_of("start_streaming_session"), body).data["channel"]


def test_coins_and_their_history_are_those_of_the_ledger(api: Api, clock: ManualClock) -> None:
    api.post(path_of("start_wan_25_task"), {"prompt": "rain"})
    clock.advance(1)
    task_id = api.start()
    clock.advance(0.5)
    api.delete(path_of("delete_face_swap_task", task_id))
    assert api.get(path_of("get_coins")).data == {"coins": 999_950, "diamonds": 0}
    history = api.get(HISTORY).data
    assert [row["amount"] for row in history["rows"]] == [10, -10, -50]
    assert history["count"] == 3
    assert len({row["_id"] for row in history["rows"]}) == 3
    assert [row["amount"] for row in api.get(f"{HISTORY}?pageNum=2&pageSize=2").data["rows"]] == [
        -50
    ]
    for word, amounts in (("true", [-10, -50]), ("false", [10])):
        rows = api.get(f"{HISTORY}?is_consumption={word}").data["rows"]
        assert [row["amount"] for row in rows] == amounts


@pytest.mark.parametrize(
    ("bounds", "amounts"),
    [
        ("startDate=2026-01-01", [-1, -50]),
        ("startDate=2026-01-02", [-1]),
        ("endDate=2026-01-01", [-50]),
        ("startDate=2026-01-01T00:00:00.000Z&endDate=2026-01-01T00:00:00.000Z", [-50]),
        ("startDate=2026-01-01T00:00:00.001Z&endDate=2026-01-02T00:00:00Z", [-1]),
        ("endDate=2025-12-31", []),
    ],
)
def test_the_bounds_of_the_history_are_part_of_it(
    api: Api, clock: ManualClock, bounds: str, amounts: list[int]
) -> None:
    api.post(path_of("start_wan_25_task"), {"prompt": "rain"})
    clock.advance(86_400)
    api.post(SPEECH, VOICE | {"msg": "Hello"})
    assert [row["amount"] for row in api.get(f"{HISTORY}?{bounds}").data["rows"]] == amounts


@pytest.mark.parametrize("word", ["yesterday", "", "2026-13-01", "0001-01-01T00:00:00%2B14:00"])
def test_a_bound_that_is_no_date_is_refused(api: Api, word: str) -> None:
    answer = api.get(f"{HISTORY}?startDate={word}")
    assert (answer.status, answer.json["errors"][0]["param"]) == (400, "startDate")


def test_a_quote_is_the_price_of_the_start_and_free(api: Api) -> None:
    path = path_of("get_quote")

    def quote(endpoint: str, **body: object) -> object:
        return api.post(path, {"endpoint": endpoint, "requestBody": body}).data

    assert quote(path_of("start_wan_25_task")) == {"coins": 50, "generationRequestValidated": False}
    many = quote(path_of("start_text_to_image_task"), max_images=3)
    assert many == {"coins": 30, "generationRequestValidated": False}
    odd = quote(path_of("start_text_to_image_task"), max_images="many")
    assert odd == {"coins": 10, "generationRequestValidated": False}
    free = quote(path_of("start_avatar_training"), video_url="https://example.com/v.mp4")
    assert free == {"coins": 0, "generationRequestValidated": False}
    assert api.post(path, {"endpoint": "/api/v1/nowhere", "requestBody": {}}).status == 400
    assert len(api.sandbox.coins) == 0
    assert api.get(path_of("list_wan_25_tasks")).data["count"] == 0


def test_a_copy_and_a_watermark_are_there_at_once(api: Api) -> None:
    source = {"url": "https://example.com/face.png"}
    copy = api.post(path_of("add_transferred_file"), source).data["url"]
    assert download(api, copy).startswith(b"\xff\xd8")
    body = {"media_url": "https://example.com/v.mp4", "watermark_type": "text", "text": "x"}
    marked = api.post(path_of("start_watermark"), body).data["result_url"]
    assert b"ftyp" in download(api, marked)[:16]
    assert [entry.amount for entry in api.sandbox.coins] == [-1]
    refused = api.post(path_of("add_transferred_file"), {"url": "face.png"})
    assert refused.json["errors"][0]["param"] == "url"


def test_the_older_upload_is_free_and_does_not_say_where_the_file_will_be(api: Api) -> None:
    signed = api.post(path_of("add_legacy_upload_url"), {"key": "face.jpg"}).data
    assert "cdnUrl" not in signed
    assert signed["uploadUrl"]
    assert len(api.sandbox.coins) == 0


def test_a_token_is_made(api: Api) -> None:
    token = api.post(path_of("add_api_token"), {"alias": "mine"}).data["token"]
    assert token.startswith("sk_")


def test_the_files_that_a_start_names_have_to_be_on_the_web(api: Api) -> None:
    for address in ("face.jpg", "https://example.com/a b.jpg", "data:image/png;base64,AA=="):
        answer = api.post(path_of("start_image_to_video_task"), {"image_url": address})
        assert answer.json["errors"][0]["param"] == "image_url"
    body = {"edit_type": "product", "image_urls": ["https://example.com/a.jpg", "b.jpg"]}
    answer = api.post(path_of("start_image_edit_task"), body)
    assert answer.json["errors"][0]["param"] == "image_urls"


def test_what_a_body_has_beyond_the_spec_is_ignored(api: Api) -> None:
    body = {"prompt": "rain", "cover_url": {"odd": 1}, "current_status": "completed"}
    started = api.post(path_of("start_grok_task"), body).data
    assert started["current_status"] == "initialized"
    assert "cover_url" not in started
