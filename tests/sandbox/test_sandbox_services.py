"""What is no task: speech, voices, backgrounds, streaming, the account, files made at once.

Every answer is held to the spec by the ``api`` fixture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from a2e_sdk.sandbox import ManualClock
from a2e_sdk.sandbox.state.catalogue import VOICES

if TYPE_CHECKING:
    from tests.sandbox.conftest import Api

SPEECH, PREVIEWS = "/api/v1/video/send_tts", "/api/v1/tts/preview"
STREAM, HISTORY = "/api/v1/streaming-avatar", "/api/v1/transactionRecord/creditsHistory"
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
    (preview,) = api.get(f"{PREVIEWS}/list").data["data"]
    assert (preview["msg"], preview["audio_url"]) == ("Hello", url)
    clock.advance(86_400)
    assert api.get(f"{PREVIEWS}/list").data["data"] == []


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
    (preview,) = api.get(f"{PREVIEWS}/list").data["data"]
    names = {identifier: name for identifier, name, _, _ in VOICES}
    assert names[preview["voice_id"]] == voice


@pytest.mark.parametrize(("length", "status"), [(1, 200), (1_000, 200), (1_001, 400), (0, 400)])
def test_speech_has_a_thousand_characters_at_most(api: Api, length: int, status: int) -> None:
    assert api.post(SPEECH, VOICE | {"msg": "x" * length}).status == status


def test_a_preview_is_deleted_once(api: Api) -> None:
    api.post(SPEECH, VOICE | {"msg": "Hello"})
    (preview,) = api.get(f"{PREVIEWS}/list").data["data"]
    assert api.delete(f"{PREVIEWS}/{preview['_id']}").status == 200
    assert api.delete(f"{PREVIEWS}/{preview['_id']}").status == 404


def test_voices_are_grouped_by_gender_and_found_by_language(api: Api) -> None:
    path = "/api/v1/anchor/voice_list"
    groups = api.get(path).data
    assert [group["value"] for group in groups] == ["female", "male"]
    assert {voice["language"] for group in groups for voice in group["children"]} == {"en-US"}
    german = api.get(f"{path}?country=de&region=DE").data
    assert german == api.get(f"{path}?voice_map_type=de-DE").data
    assert german == api.post(path, {"voice_map_type": "de-DE"}).data
    assert [voice["label"] for group in german for voice in group["children"]] == ["Emmy", "Konrad"]
    assert api.get(f"{path}?country=xx").data == []
    everything = api.post("/api/v1/anchor/tts_list", {}).data
    assert sum(len(group["children"]) for group in everything) == 9


def test_languages_are_listed_flat_and_by_country(api: Api) -> None:
    flat = api.get("/api/v1/anchor/language_list?lang=en").data
    assert {"value": "en-GB", "label": "English (United Kingdom)"} in flat
    nested = api.post("/api/v1/anchor/language_list", {}).data
    english = next(group for group in nested if group["value"] == "en")
    assert [region["value"] for region in english["children"]] == ["US", "GB"]


@pytest.mark.parametrize(
    ("text", "code"), [("Hello", "en-US"), ("こんにちは世界", "ja-JP"), ("你好", "zh-CN")]
)
def test_a_language_is_guessed(api: Api, text: str, code: str) -> None:
    assert api.post("/api/v1/video/lang_classify", {"msg": text}).data == code


def test_own_backgrounds_come_before_those_of_everybody(api: Api) -> None:
    path = "/api/v1/custom_back"
    everybodys = api.send("POST", f"{path}/allBackground").data
    assert {row["type"] for row in everybodys} == {"default"}
    added = api.post(f"{path}/add", {"img_url": "https://example.com/b.jpg", "name": "b"}).data
    assert api.send("POST", f"{path}/allBackground").data[1:] == everybodys
    assert [row["_id"] for row in api.post(f"{path}/list", {}).data] == [added["_id"]]
    assert api.post(f"{path}/del", {"_id": added["_id"]}).data == {}
    assert api.post(f"{path}/del", {"_id": added["_id"]}).json["code"] == 400
    assert api.post(f"{path}/list", {}).data == []


def test_custom_avatars_keep_what_they_are_given(api: Api) -> None:
    path = "/api/v1/custom_avatar"
    added = api.post(f"{path}/add", {"name": "x"}).data
    changed = api.send("PUT", f"{path}/{added['_id']}", b'{"name": "y", "_id": "no"}').data
    assert changed == added | {"name": "y"}
    assert api.post(f"{path}/list", {}).data == [changed]
    api.post(f"{path}/del", {"_id": added["_id"]})
    assert api.post(f"{path}/list", {}).data == []


def test_a_session_is_paid_ahead_and_refunded_for_what_is_left(
    api: Api, clock: ManualClock
) -> None:
    body = {"avatar_id": "5a4d0b0c50f0000000000301", "expire_seconds": 60}
    session = api.post(f"{STREAM}/agora-token", body).data
    channel = {"channel": session["channel"]}
    assert [entry.amount for entry in api.sandbox.coins] == [-6]
    clock.advance(11)
    for verb in ("ask", "speak", "set-qa-context"):
        assert api.post(f"{STREAM}/{verb}", channel | {"text": "Hello"}).data == {}
    assert api.post(f"{STREAM}/leave", channel).data == {}
    assert [entry.amount for entry in api.sandbox.coins] == [-6, 4]
    for verb in ("ask", "speak", "set-qa-context", "leave"):
        assert api.post(f"{STREAM}/{verb}", channel | {"text": "Hello"}).status == 400


def test_a_session_that_nobody_leaves_ends_unrefunded(api: Api, clock: ManualClock) -> None:
    body = {"avatar_id": "5a4d0b0c50f0000000000301", "expire_seconds": 30}
    channel = {"channel": api.post(f"{STREAM}/agora-token", body).data["channel"]}
    clock.advance(30)
    assert api.post(f"{STREAM}/leave", channel).status == 400
    assert [entry.amount for entry in api.sandbox.coins] == [-3]


def test_occupied_hosts_refuse_sessions(api: Api) -> None:
    body = {"avatar_id": "5a4d0b0c50f0000000000301"}
    api.sandbox.occupy_streaming_hosts()
    refused = api.post(f"{STREAM}/agora-token", body)
    assert refused.json["code"] == 1001
    assert "hosts are occupied" in refused.json["msg"]
    assert len(api.sandbox.coins) == 0
    api.sandbox.occupy_streaming_hosts(False)
    assert api.post(f"{STREAM}/agora-token", body).data["channel"]


def test_coins_and_their_history_are_those_of_the_ledger(api: Api, clock: ManualClock) -> None:
    api.post("/api/v1/userWan25/start", {"prompt": "rain"})
    clock.advance(1)
    task_id = api.start()
    clock.advance(0.5)
    api.delete(f"/api/v1/userFaceSwapTask/{task_id}")
    assert api.get("/api/v1/user/remainingCoins").data == {"coins": 999_950, "diamonds": 0}
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
    api.post("/api/v1/userWan25/start", {"prompt": "rain"})
    clock.advance(86_400)
    api.post(SPEECH, VOICE | {"msg": "Hello"})
    assert [row["amount"] for row in api.get(f"{HISTORY}?{bounds}").data["rows"]] == amounts


@pytest.mark.parametrize("word", ["yesterday", "", "2026-13-01", "0001-01-01T00:00:00%2B14:00"])
def test_a_bound_that_is_no_date_is_refused(api: Api, word: str) -> None:
    answer = api.get(f"{HISTORY}?startDate={word}")
    assert (answer.status, answer.json["errors"][0]["param"]) == (400, "startDate")


def test_a_quote_is_the_price_of_the_start_and_free(api: Api) -> None:
    path = "/api/v1/generation/quote"

    def quote(endpoint: str, **body: object) -> object:
        return api.post(path, {"endpoint": endpoint, "requestBody": body}).data

    assert quote("/api/v1/userWan25/start") == {"coins": 50, "generationRequestValidated": False}
    many = quote("/api/v1/userText2Image/start", max_images=3)
    assert many == {"coins": 30, "generationRequestValidated": False}
    odd = quote("/api/v1/userText2Image/start", max_images="many")
    assert odd == {"coins": 10, "generationRequestValidated": False}
    free = quote("/api/v1/userVideoTwin/startTraining", video_url="https://example.com/v.mp4")
    assert free == {"coins": 0, "generationRequestValidated": False}
    assert api.post(path, {"endpoint": "/api/v1/nowhere", "requestBody": {}}).status == 400
    assert len(api.sandbox.coins) == 0
    assert api.get("/api/v1/userWan25/allRecords").data["count"] == 0


def test_a_copy_and_a_watermark_are_there_at_once(api: Api) -> None:
    source = {"url": "https://example.com/face.png"}
    copy = api.post("/api/v1/tos/transferToStorage", source).data["url"]
    assert download(api, copy).startswith(b"\xff\xd8")
    body = {"media_url": "https://example.com/v.mp4", "watermark_type": "text", "text": "x"}
    marked = api.post("/api/v1/watermark/start", body).data["result_url"]
    assert b"ftyp" in download(api, marked)[:16]
    assert [entry.amount for entry in api.sandbox.coins] == [-1]
    refused = api.post("/api/v1/tos/transferToStorage", {"url": "face.png"})
    assert refused.json["errors"][0]["param"] == "url"


def test_the_older_upload_is_free_and_does_not_say_where_the_file_will_be(api: Api) -> None:
    signed = api.post("/api/v1/r2/get_upload_presigned_url", {"key": "face.jpg"}).data
    assert "cdnUrl" not in signed
    assert signed["uploadUrl"]
    assert len(api.sandbox.coins) == 0


def test_a_token_is_made(api: Api) -> None:
    token = api.post("/api/v1/token/generate", {"alias": "mine"}).data["token"]
    assert token.startswith("sk_")


def test_the_files_that_a_start_names_have_to_be_on_the_web(api: Api) -> None:
    for address in ("face.jpg", "https://example.com/a b.jpg", "data:image/png;base64,AA=="):
        answer = api.post("/api/v1/userImage2Video/start", {"image_url": address})
        assert answer.json["errors"][0]["param"] == "image_url"
    body = {"edit_type": "product", "image_urls": ["https://example.com/a.jpg", "b.jpg"]}
    answer = api.post("/api/v1/userImageEdit/start", body)
    assert answer.json["errors"][0]["param"] == "image_urls"


def test_what_a_body_has_beyond_the_spec_is_ignored(api: Api) -> None:
    body = {"prompt": "rain", "cover_url": {"odd": 1}, "current_status": "completed"}
    started = api.post("/api/v1/grokVideo/start", body).data
    assert started["current_status"] == "initialized"
    assert "cover_url" not in started
