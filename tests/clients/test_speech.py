"""Speech: one voice at the most, limits checked first, sent once; previews of the last day."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from a2e_sdk import Speech, SpeechPreview, TaskStatus, Voice, VoiceClone, errors
from a2e_sdk._http.failures import Delivery, TransportFailure
from driver import Driver
from scripted_api import ScriptedApi, paged, refusal

VOICE = "6625ebd4613f49985c349f95"
AUDIO = "https://cdn.example.com/audio.mp3"
CLONE = VoiceClone(id=VOICE, speaker_id="S_1", status=TaskStatus.SUCCEEDED)


def test_a_public_voice_speaks(driver: Driver) -> None:
    api = ScriptedApi(add_speech=AUDIO)
    speech = driver.run(api.client(driver).speech.create("Hello", voice=VOICE, speech_rate=1.5))
    assert speech == Speech(url=AUDIO, text="Hello", voice_id=VOICE)
    assert speech.raw == {"code": 0, "data": AUDIO}
    assert api.inputs("add_speech") == [{"msg": "Hello", "tts_id": VOICE, "speechRate": 1.5}]
    assert pickle.loads(pickle.dumps(speech)) == speech


def test_the_whole_way_on_the_sandbox(
    driver: Driver, a2e: Any, pauses: list[float], tmp_path: Path
) -> None:
    del pauses
    voice = driver.items(a2e.voices.list(), lambda taken: True)[0]
    speech = driver.run(a2e.speech.create("Hello", voice=voice))
    (path,) = driver.run(a2e.download(speech.url, tmp_path / "hello.mp3"))
    assert path.stat().st_size > 0
    clone = driver.run(a2e.voices.clones.run(samples=["https://example.com/me.mp3"]))
    assert driver.run(a2e.voices.clones.list().to_list()) == [clone]
    driver.run(a2e.speech.create("Hello again", clone=clone))
    previews = driver.run(a2e.speech.previews.list().to_list())
    assert sorted(str(preview.text) for preview in previews) == ["Hello", "Hello again"]
    driver.run(a2e.speech.previews.delete(previews[0]))
    assert len(driver.run(a2e.speech.previews.list().to_list())) == 1
    entries = driver.run(a2e.account.credits(is_consumption=True).to_list())
    assert len(entries) == 3
    assert all(entry.amount is not None and entry.amount < 0 for entry in entries)


def test_a_voice_of_a_listing_speaks_with_its_language(driver: Driver) -> None:
    api = ScriptedApi(add_speech=AUDIO)
    voice = Voice(id=VOICE, name="Jenny")
    driver.run(api.client(driver).speech.create("Hi", voice=voice, country="en", region="IN"))
    assert api.inputs("add_speech") == [
        {"msg": "Hi", "tts_id": VOICE, "country": "en", "region": "IN"}
    ]


@pytest.mark.parametrize("clone", [CLONE, "S_1"])
def test_a_clone_speaks_by_its_voice_id_and_with_a_language(driver: Driver, clone: Any) -> None:
    api = ScriptedApi(add_speech=AUDIO)
    assert driver.run(api.client(driver).speech.create("Hi", clone=clone)).voice_id == "S_1"
    assert api.inputs("add_speech") == [
        {"msg": "Hi", "user_voice_id": "S_1", "country": "en", "region": "US"}
    ]


voices = st.sampled_from([None, VOICE, Voice(id=VOICE)])
clones = st.sampled_from([None, "S_1", CLONE])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(voice=voices, clone=clones)
def test_a_speech_is_sent_with_one_voice_at_the_most(
    driver: Driver, voice: Any, clone: Any
) -> None:
    api = ScriptedApi(add_speech=AUDIO)
    speech = api.client(driver).speech
    if voice is None or clone is None:
        spoken = driver.run(speech.create("Hello", voice=voice, clone=clone))
        sent = {"tts_id", "user_voice_id"} & api.sent[0][1].keys()
        assert len(sent) == (voice is not None) + (clone is not None)
        assert bool(spoken.voice_id) == bool(sent)
    else:
        with pytest.raises(ValueError, match="one of voice and clone, not both"):
            driver.run(speech.create("Hello", voice=voice, clone=clone))
        assert api.sent == []


def refused(driver: Driver, error: type[Exception], match: str, **arguments: Any) -> None:
    api = ScriptedApi()
    with pytest.raises(error, match=match):
        driver.run(api.client(driver).speech.create(**arguments))
    assert api.sent == []


@pytest.mark.parametrize(
    ("arguments", "error", "match"),
    [
        ({"text": ""}, ValueError, "1 to 1000 characters; it has 0"),
        ({"text": "x" * 1001}, ValueError, "1 to 1000 characters; it has 1001"),
        ({"text": 7}, TypeError, "text must be a str"),
        ({"speech_rate": 0.49}, ValueError, "from 0.5 to 2"),
        ({"speech_rate": 2.01}, ValueError, "from 0.5 to 2"),
        ({"speech_rate": "fast"}, TypeError, "must be a number"),
        ({"country": "en"}, ValueError, "country and region together"),
        ({"region": "US"}, ValueError, "country and region together"),
        ({"voice": "Jenny"}, ValueError, "voice must be 24 hexadecimal digits"),
        ({"voice": Voice(id="")}, ValueError, "has no id"),
        ({"voice": CLONE}, TypeError, "voice must be a Voice"),
        ({"voice": None, "clone": Voice(id=VOICE)}, TypeError, "clone must be a VoiceClone"),
        ({"voice": None, "clone": ""}, ValueError, "clone must have"),
    ],
)
def test_limits_are_checked_before_anything_is_sent(
    driver: Driver, arguments: Any, error: type[Exception], match: str
) -> None:
    refused(driver, error, match, **{"text": "Hello", "voice": VOICE, **arguments})


@pytest.mark.parametrize("status", [TaskStatus.QUEUED, TaskStatus.RUNNING, TaskStatus.FAILED])
def test_a_clone_that_can_not_speak_is_refused(driver: Driver, status: TaskStatus) -> None:
    clone = VoiceClone(id=VOICE, name="me", status=status)
    refused(driver, ValueError, f"'me' is {status}.*clones.wait", text="Hello", clone=clone)


def test_the_longest_text_and_the_limits_of_the_rate_are_allowed(driver: Driver) -> None:
    api = ScriptedApi(add_speech=AUDIO)
    a2e = api.client(driver)
    for rate in (0.5, 1, 2):
        driver.run(a2e.speech.create("é" * 1000, voice=VOICE, speech_rate=rate))
    assert [sent["speechRate"] for sent in api.inputs("add_speech")] == [0.5, 1, 2]


@pytest.mark.parametrize("data", [None, "", "done", {"url": AUDIO}, [AUDIO], 7])
def test_an_answer_without_a_url_is_an_error(driver: Driver, data: Any) -> None:
    api = ScriptedApi(add_speech=data)
    with pytest.raises(errors.UnexpectedResponseError):
        driver.run(api.client(driver).speech.create("Hello", voice=VOICE))
    assert len(api.sent) == 1


@pytest.mark.parametrize(
    "answer", [TransportFailure("cut", Delivery.UNKNOWN), refusal(500, "busy", status=500)]
)
def test_a_speech_is_never_sent_twice(driver: Driver, pauses: list[float], answer: Any) -> None:
    api = ScriptedApi(add_speech=answer)
    with pytest.raises(errors.APIError):
        driver.run(api.client(driver, max_retries=5).speech.create("Hello", voice=VOICE))
    assert (len(api.sent), pauses) == (1, [])


ROWS = [
    {"_id": f"{number:024x}", "msg": f"text {number}", "url": AUDIO, "createdAt": "2026-01-02"}
    for number in range(7)
]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda rows, total: {"data": rows, "total": total},
        lambda rows, total: {"rows": rows, "count": total},
        lambda rows, total: {"list": rows},
        lambda rows, total: {"previews": rows, "total": str(total)},
        lambda rows, total: rows,
    ],
)
def test_previews_are_listed_from_whichever_key_has_them(driver: Driver, wrap: Any) -> None:
    api = ScriptedApi(list_speech_previews=paged(ROWS, wrap))
    listing = api.client(driver).speech.previews.list(page_size=3)
    previews = driver.run(listing.to_list())
    assert [preview.raw for preview in previews] == ROWS
    first = previews[0]
    assert isinstance(first, SpeechPreview)
    assert (first.id, first.text, first.url) == (ROWS[0]["_id"], "text 0", AUDIO)
    assert first.created_at is not None


def test_a_bare_array_that_ignores_the_page_is_listed_once(driver: Driver) -> None:
    api = ScriptedApi(list_speech_previews=ROWS)
    listing = api.client(driver).speech.previews.list(page_size=3)
    assert [preview.raw for preview in driver.run(listing.to_list())] == ROWS


def test_rows_that_nobody_knows_the_keys_of_are_kept_whole(driver: Driver) -> None:
    odd = [{"a": 1}, {"a": 2}, {"a": 2, "b": [3]}]
    api = ScriptedApi(list_speech_previews={"data": odd, "total": 3})
    previews = driver.run(api.client(driver).speech.previews.list().to_list())
    assert [preview.raw for preview in previews] == odd
    assert {(preview.id, preview.url, preview.created_at) for preview in previews} == {
        ("", None, None)
    }


@pytest.mark.parametrize("data", [{"data": "x"}, {"a": [], "b": []}, "x", 3])
def test_a_page_whose_rows_can_not_be_told_is_an_error(driver: Driver, data: Any) -> None:
    api = ScriptedApi(list_speech_previews=data)
    with pytest.raises(errors.UnexpectedResponseError):
        driver.run(api.client(driver, max_retries=0).speech.previews.list().to_list())


@pytest.mark.parametrize("data", [None, {}, [], {"data": None, "total": 0}, {"total": 0}])
def test_no_previews_are_an_empty_list(driver: Driver, data: Any) -> None:
    api = ScriptedApi(list_speech_previews=data)
    assert driver.run(api.client(driver).speech.previews.list().to_list()) == []


def test_a_preview_is_deleted_by_its_id(driver: Driver) -> None:
    api = ScriptedApi(delete_speech_preview={})
    previews = api.client(driver).speech.previews
    driver.run(previews.delete(SpeechPreview(id=VOICE)))
    driver.run(previews.delete(VOICE))
    assert [request.url.rpartition("/")[2] for request in api.requests] == [VOICE, VOICE]
    with pytest.raises(ValueError, match="24 hexadecimal digits"):
        driver.run(previews.delete("../x"))
    with pytest.raises(ValueError, match="limit"):
        previews.list(limit=0)
    with pytest.raises(ValueError, match="page_size"):
        previews.list(page_size=101)
    assert len(api.sent) == 2
