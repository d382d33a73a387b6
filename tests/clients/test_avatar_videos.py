"""Avatar videos: what goes out, what is refused before it is paid for, and a text that is spoken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from a2e_sdk import Avatar, AvatarVideo, Background, Captions, Layout, TaskStatus, errors
from a2e_sdk.sandbox import Fault, Sandbox
from driver import Driver
from scripted_api import LOST, ScriptedApi, refusal

ANCHOR, OWN, VIDEO = "1" * 24, "2" * 24, "3" * 24
VOICE, BACK, OWN_BACK = "4" * 24, "5" * 24, "6" * 24
AUDIO = "https://x.example/speech.mp3"
LAYOUT = Layout(width=853, height=480, person_width=270, person_height=480, person_x=292)
PLACED = {
    **{"web_bg_width": 853, "web_bg_height": 480, "web_people_width": 270},
    **{"web_people_height": 480, "web_people_x": 292, "web_people_y": 0},
}
UNPLACED = dict.fromkeys(PLACED, 0)
START, STATUS, SPEECH = "start_avatar_video", "get_avatar_video", "add_speech"
EMPTY = {"current": 1, "total": 0, "success": True, "data": []}


def avatars(sent: dict[str, Any]) -> Any:
    return [{"_id": OWN if sent["type"] == "custom" else ANCHOR, "type": sent["type"]}]


def record(status: str, **more: Any) -> list[dict[str, Any]]:
    return [{"_id": VIDEO, "status": status, "result": "", **more}]


DONE = record("success", result="https://x.example/video.mp4", process=100)


def client(driver: Driver, **answers: list[Any]) -> tuple[Any, ScriptedApi]:
    defaults: dict[str, list[Any]] = {
        START: [{"_id": VIDEO}],
        STATUS: [DONE],
        SPEECH: [AUDIO],
        "list_avatars": [avatars],
        "list_avatar_videos": [EMPTY],
        "list_backgrounds": [
            [{"_id": BACK, "type": "default"}, {"_id": OWN_BACK, "type": "custom"}]
        ],
    }
    server = ScriptedApi.in_turn(**{**defaults, **answers})
    return driver.client(api_key="sk_x", http_client=server), server


def start(driver: Driver, **options: Any) -> tuple[AvatarVideo, ScriptedApi]:
    a2e, server = client(driver)
    return driver.run(a2e.avatar_videos.create(**{"audio": AUDIO, **options})), server


def body_of(server: ScriptedApi) -> dict[str, Any]:
    (body,) = server.inputs(START)
    return body


@pytest.mark.parametrize(
    ("avatar", "anchor_type"),
    [
        (Avatar(id=ANCHOR, kind="default"), 0),
        (Avatar(id=ANCHOR, kind="public"), 0),
        (Avatar(id=OWN, kind="custom"), 1),
        (Avatar(id=OWN, training_id=VIDEO), 1),
    ],
)
def test_a_video_starts_with_what_both_eras_of_the_reference_ask_for(
    driver: Driver, avatar: Avatar, anchor_type: int
) -> None:
    video, server = start(driver, avatar=avatar, title="Hello")
    assert server.sent == [
        (
            START,
            {
                **{"title": "Hello", "anchor_id": avatar.id, "anchor_type": anchor_type},
                **{"audioSrc": AUDIO, "resolution": 1080},
                **UNPLACED,
            },
        )
    ]
    assert (video.id, video.status) == (VIDEO, TaskStatus.UNKNOWN)


def test_a_title_is_made_that_fits(driver: Driver) -> None:
    titles = [body_of(start(driver, avatar=ANCHOR, custom=False)[1])["title"] for _ in "12"]
    assert titles[0] != titles[1]
    assert all(1 <= len(title) <= 40 for title in titles)


@pytest.mark.parametrize(("avatar", "anchor_type"), [(ANCHOR, 0), (OWN, 1)])
def test_the_kind_of_a_bare_id_is_looked_up_unless_it_is_said(
    driver: Driver, avatar: str, anchor_type: int
) -> None:
    _, server = start(driver, avatar=avatar)
    assert body_of(server)["anchor_type"] == anchor_type
    assert server.operations[0] == "list_avatars"
    _, server = start(driver, avatar=avatar, custom=bool(anchor_type))
    assert body_of(server)["anchor_type"] == anchor_type
    assert server.operations == [START]


def test_an_unknown_avatar_starts_nothing(driver: Driver) -> None:
    a2e, server = client(driver)
    with pytest.raises(errors.NotFoundError, match="no avatar"):
        driver.run(a2e.avatar_videos.create(avatar=VIDEO, audio=AUDIO))
    assert START not in server.operations


@pytest.mark.parametrize(
    ("background", "sent"),
    [
        (Background(id=BACK, kind="default"), {"back_id": BACK}),
        (Background(id=OWN_BACK, kind="custom"), {"custom_back_id": OWN_BACK}),
        (Background(id=OWN_BACK), {"custom_back_id": OWN_BACK}),
        (BACK, {"back_id": BACK}),
        (OWN_BACK, {"custom_back_id": OWN_BACK}),
        ("rgb(133,137,132)", {"color": "rgb(133,137,132)"}),
        ("rgba(0, 0, 0, 0.5)", {"color": "rgba(0, 0, 0, 0.5)"}),
        ("#858984", {"color": "rgb(133,137,132)"}),
    ],
)
def test_a_background_goes_out_under_one_key_with_its_layout(
    driver: Driver, background: Any, sent: dict[str, str]
) -> None:
    _, server = start(driver, avatar=ANCHOR, custom=False, background=background, layout=LAYOUT)
    body = body_of(server)
    keys = ("back_id", "custom_back_id", "color")
    assert {key: body[key] for key in keys if key in body} == sent
    assert {key: body[key] for key in PLACED} == PLACED


def test_captions_carry_the_script_and_a_look(driver: Driver) -> None:
    _, server = start(driver, avatar=ANCHOR, custom=False, captions="Hello there")
    body = body_of(server)
    assert (body["isCaptionEnabled"], body["msg"]) == (True, "Hello there")
    assert "captionAlign" not in body
    captions = Captions(text="Hi", language="en-US", color="#ffffff", size=42, position=0.85)
    _, server = start(driver, avatar=ANCHOR, custom=False, captions=captions)
    assert body_of(server)["captionAlign"] == {
        **{"language": "en-US", "PrimaryColour": "rgb(255,255,255)", "Fontsize": 42},
        "subtitle_position": 0.85,
    }


def test_the_other_switches_go_out_under_the_servers_names(driver: Driver) -> None:
    _, server = start(
        driver,
        avatar=ANCHOR,
        custom=False,
        resolution=720,
        background=BACK,
        layout=LAYOUT,
        avatar_background_color="#000000",
        smart_motion=True,
        use_public_pool=False,
        webhook_url="https://me.example/hook",
        webhook_token="secret",
    )
    body = body_of(server)
    assert body["resolution"] == 720
    assert body["isSkipRs"] is False, "smart motion is on when it is not skipped"
    assert body["isToPublicPool"] is False
    assert body["anchor_background_color"] == "rgb(0,0,0)"
    assert (body["webhook_url"], body["webhook_token"]) == ("https://me.example/hook", "secret")


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"avatar": "no id"}, "avatar must be 24"),
    ({"avatar": Avatar(id=OWN, kind="custom"), "custom": False}, "custom is False"),
    ({"custom": 1}, "custom must be True or False"),
    ({"title": "x" * 41}, "title must have 1 to 40"),
    ({"title": ""}, "title must have 1 to 40"),
    ({"resolution": "HD"}, "resolution must be"),
    ({"background": BACK}, "needs a layout"),
    ({"layout": LAYOUT}, "layout is for a video with a background"),
    ({"avatar_background_color": "#000000"}, "avatar_background_color is for"),
    ({"background": BACK, "layout": (1, 2)}, "layout must be a Layout"),
    ({"background": "red", "layout": LAYOUT}, "background must be 24"),
    ({"background": "rgb(red)", "layout": LAYOUT}, "background must be rgb"),
    (
        {
            **{"background": BACK, "layout": LAYOUT, "avatar_background_color": "#000000"},
            "avatar_background_image": "https://x.example/a.png",
        },
        "not both",
    ),
    (
        {
            "background": BACK,
            "layout": Layout(width=0, height=480, person_width=1, person_height=1),
        },
        "layout.width",
    ),
    ({"smart_motion": "yes"}, "smart_motion must be True or False"),
    ({"webhook_url": "http://me.example"}, "https"),
]


@pytest.mark.parametrize(("wrong", "message"), WRONG, ids=[message for _, message in WRONG])
def test_what_is_wrong_is_refused_before_anything_is_sent(
    driver: Driver, wrong: dict[str, Any], message: str
) -> None:
    a2e, server = client(driver)
    options = {"avatar": ANCHOR, **wrong}
    videos = a2e.avatar_videos
    audio = {"audio": AUDIO}
    for verb, text, more in (
        (videos.create, (), audio),
        (videos.run, (), audio),
        (videos.speak, ("Hello",), {"voice": VOICE}),
    ):
        with pytest.raises((ValueError, TypeError), match=message):
            driver.run(verb(*text, **more, **options))
    assert server.sent == []


@pytest.mark.parametrize("captions", [Captions(), 5, Captions(text="x", color="white")])
def test_captions_are_checked(driver: Driver, captions: Any) -> None:
    a2e, server = client(driver)
    with pytest.raises((ValueError, TypeError), match="captions"):
        driver.run(a2e.avatar_videos.create(avatar=ANCHOR, audio=AUDIO, captions=captions))
    assert server.sent == []


def test_a_run_tolerates_an_empty_answer_right_after_the_start(
    driver: Driver, pauses: list[float]
) -> None:
    a2e, server = client(
        driver, **{STATUS: [[], [], record("process", process=40, msg="Hello"), DONE]}
    )
    seen: list[AvatarVideo] = []
    video = driver.run(
        a2e.avatar_videos.run(avatar=ANCHOR, custom=False, audio=AUDIO, on_update=seen.append)
    )
    assert video.status is TaskStatus.SUCCEEDED
    assert video.result_urls == ("https://x.example/video.mp4",)
    assert [one.raw_status for one in seen] == [None, "process", "success"]
    assert (seen[1].progress, seen[1].text) == (40, "Hello")
    assert server.inputs(STATUS) == [{"_id": VIDEO}] * 4


def test_an_id_that_never_appears_is_not_waited_for_for_ever(
    driver: Driver, pauses: list[float]
) -> None:
    a2e, _ = client(driver, **{STATUS: [[]]})
    with pytest.raises(errors.NotFoundError):
        driver.run(a2e.avatar_videos.wait(VIDEO))
    assert 30 <= sum(pauses) < 60


def test_a_failed_video_says_why_in_any_spelling(driver: Driver, pauses: list[float]) -> None:
    for key in ("error", "fail_reason"):
        a2e, _ = client(driver, **{STATUS: [record("fail", **{key: "no face"})]})
        with pytest.raises(errors.TaskFailedError, match="no face"):
            driver.run(a2e.avatar_videos.wait(VIDEO))


def test_a_record_is_read_in_friendly_words(driver: Driver) -> None:
    raw = {
        **{"_id": VIDEO, "status": "success", "result": "https://x.example/v.mp4"},
        **{"anchor_id": ANCHOR, "anchor_type": "0", "result_people_url": "https://x.example/p"},
        **{"createdAt": "2025-01-02T03:04:05.000Z", "end_success_date": "whenever", "diff_s": 3},
    }
    listed = {"current": 1, "total": 1, "success": True, "data": [raw]}
    a2e, server = client(driver, get_avatar_video=[[raw]], list_avatar_videos=[listed])
    video = driver.run(a2e.avatar_videos.get(VIDEO))
    assert (video.avatar_id, video.person_url) == (ANCHOR, "https://x.example/p")
    assert video.created_at is not None
    assert video.created_at.isoformat() == "2025-01-02T03:04:05+00:00"
    assert video.completed_at is None
    assert video.raw == raw
    assert driver.items(a2e.avatar_videos.list(page_size=20)) == [video]
    page = driver.run(a2e.avatar_videos.page(1, page_size=5))
    assert (page.items, page.total) == ((video,), 1)
    assert server.inputs("list_avatar_videos")[-1] == {"current": "1", "pageSize": "5"}
    with pytest.raises(AttributeError):
        a2e.avatar_videos.delete(video)


def listed_with_its_title(server: ScriptedApi) -> Any:
    return {**EMPTY, "total": 1, "data": [{**DONE[0], **server.inputs(START)[0]}]}


def test_a_text_becomes_a_video_with_each_paid_step_once(
    driver: Driver, pauses: list[float]
) -> None:
    a2e, server = client(driver, **{STATUS: [[], DONE]})
    seen: list[AvatarVideo] = []
    video = driver.run(
        a2e.avatar_videos.speak(
            *("Hello there",),
            avatar=OWN,
            voice=VOICE,
            speech_rate=1.2,
            captions=Captions(size=42),
            title="Hi",
            on_update=seen.append,
        )
    )
    assert video.status is TaskStatus.SUCCEEDED
    assert server.inputs(SPEECH) == [{"msg": "Hello there", "tts_id": VOICE, "speechRate": 1.2}]
    body = body_of(server)
    assert (body["audioSrc"], body["anchor_type"], body["title"]) == (AUDIO, 1, "Hi")
    assert (body["msg"], body["captionAlign"]) == ("Hello there", {"Fontsize": 42})
    paid = [operation for operation in server.operations if operation in (SPEECH, START)]
    assert paid == [SPEECH, START]
    assert server.operations.index("list_avatars") < server.operations.index(SPEECH)
    assert [one.raw_status for one in seen] == [None, "success"]


def test_a_clone_can_speak_too(driver: Driver, pauses: list[float]) -> None:
    a2e, server = client(driver)
    driver.run(a2e.avatar_videos.speak("Hi", avatar=ANCHOR, custom=False, clone="me-1"))
    assert server.inputs(SPEECH)[0]["user_voice_id"] == "me-1"
    assert "isCaptionEnabled" not in body_of(server)


@pytest.mark.parametrize(
    "wrong",
    [
        {"voice": " "},
        {"clone": "x"},
        {"speech_rate": 3},
        {"country": "en"},
        {"timeout": 0},
        {"poll": -1},
        {"captions": "yes"},
        {"text": ""},
        {"text": "x" * 1001},
        {"avatar": VIDEO},
        {"background": VIDEO, "layout": LAYOUT},
        {
            **{"background": BACK, "layout": LAYOUT},
            "avatar_background_image": "/no/such/file.png",
        },
    ],
    ids=str,
)
def test_nothing_is_paid_for_where_any_argument_of_the_recipe_is_wrong(
    driver: Driver, wrong: dict[str, Any]
) -> None:
    a2e, server = client(driver)
    arguments = {"text": "Hi", "avatar": ANCHOR, "voice": VOICE, **wrong}
    with pytest.raises((ValueError, TypeError, OSError, errors.NotFoundError)):
        driver.run(a2e.avatar_videos.speak(arguments.pop("text"), **arguments))
    assert not {SPEECH, START, "add_upload_url"} & set(server.operations)


def test_a_failed_speech_starts_no_video(driver: Driver) -> None:
    a2e, server = client(driver, **{SPEECH: [LOST]})
    with pytest.raises(errors.APIConnectionError) as caught:
        driver.run(a2e.avatar_videos.speak("Hi", avatar=ANCHOR, voice=VOICE))
    assert caught.value.operation == SPEECH
    assert server.operations.count(SPEECH) == 1
    assert START not in server.operations


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ({START: [refusal(400, "insufficient coins", status=400)]}, errors.APIStatusError),
        ({START: [LOST]}, errors.SubmissionUnknownError),
        ({STATUS: [record("fail")]}, errors.TaskFailedError),
        ({STATUS: [record("process")]}, errors.WaitTimeoutError),
    ],
)
def test_a_paid_speech_is_not_lost_with_the_video(
    driver: Driver, pauses: list[float], answers: dict[str, list[Any]], kind: type[Exception]
) -> None:
    a2e, server = client(driver, **answers)
    with pytest.raises(kind) as caught:
        driver.run(a2e.avatar_videos.speak("Hi", avatar=ANCHOR, voice=VOICE, timeout=50))
    assert any(AUDIO in note for note in caught.value.__notes__)
    assert (server.operations.count(SPEECH), server.operations.count(START)) == (1, 1)


def test_a_lost_start_is_found_by_its_title_and_waited_for(
    driver: Driver, pauses: list[float]
) -> None:
    def listed(_: Any) -> Any:
        return listed_with_its_title(server)

    a2e, server = client(driver, start_avatar_video=[LOST], list_avatar_videos=[listed])
    video = driver.run(a2e.avatar_videos.speak("Hi", avatar=ANCHOR, voice=VOICE))
    assert (video.id, video.status) == (VIDEO, TaskStatus.SUCCEEDED)
    assert (server.operations.count(SPEECH), server.operations.count(START)) == (1, 1)


def test_a_local_audio_is_checked_before_the_start(driver: Driver, tmp_path: Path) -> None:
    a2e, server = client(driver)
    with pytest.raises(FileNotFoundError):
        driver.run(
            a2e.avatar_videos.create(avatar=ANCHOR, custom=False, audio=tmp_path / "none.mp3")
        )
    assert server.sent == []


def test_the_language_of_a_text(driver: Driver) -> None:
    a2e, server = client(driver, get_text_language=["de-DE", None])
    assert driver.run(a2e.avatar_videos.detect_language("Guten Tag")) == "de-DE"
    assert server.sent == [("get_text_language", {"msg": "Guten Tag"})]
    with pytest.raises(errors.UnexpectedResponseError):
        driver.run(a2e.avatar_videos.detect_language("?"))
    with pytest.raises(ValueError, match="text"):
        driver.run(a2e.avatar_videos.detect_language(""))


def test_the_public_pool_is_a_setting(driver: Driver) -> None:
    a2e, server = client(driver, update_public_pool=[{"isAutoToPublicPool": True}, None])
    assert driver.run(a2e.avatar_videos.public_pool(True)) is True
    assert driver.run(a2e.avatar_videos.public_pool(False)) is False
    assert server.inputs("update_public_pool") == [
        {"isAutoToPublicPool": True},
        {"isAutoToPublicPool": False},
    ]
    with pytest.raises(TypeError, match="enabled"):
        driver.run(a2e.avatar_videos.public_pool("on"))


@pytest.mark.parametrize("fault", [None, Fault.drop_after_read()])
def test_the_recipe_works_on_the_sandbox_and_pays_once(
    driver: Driver, a2e: Any, sandbox: Sandbox, pauses: list[float], fault: Fault | None
) -> None:
    avatar = driver.items(a2e.avatars.list(kind="default"))[0]
    voices = a2e.voices.list()
    voice = (driver.items(voices) if hasattr(voices, "pages") else driver.run(voices))[0]
    if fault is not None:
        sandbox.faults.add(fault, operation=START)
    before = len(sandbox.coins)
    video = driver.run(a2e.avatar_videos.speak("Hello", avatar=avatar.id, voice=voice))
    assert video.status is TaskStatus.SUCCEEDED
    assert video.result_url is not None
    assert (sandbox.requests.count(SPEECH), sandbox.requests.count(START)) == (1, 1)
    assert len(sandbox.coins) - before == 2, "the speech and the video, once each"
