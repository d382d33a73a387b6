"""Avatars and their trainings; nobody joins two lists to get from one to the other."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from a2e_sdk import Avatar, AvatarTraining, TaskStatus, errors
from driver import Driver
from scripted_api import LOST, ScriptedApi, refusal

TRAINING, ANCHOR, OTHER = "1" * 24, "2" * 24, "3" * 24
RECORD = {"_id": TRAINING, "name": "Ann", "gender": "female", "current_status": "training"}
OWN = {
    "_id": ANCHOR,
    "type": "custom",
    "name": None,
    "lang": ["en", "de"],
    "video_cover": "https://x.example/c.png",
    "base_video": "https://x.example/b.mp4",
    "people_img": "https://x.example/p.png",
    "user_video_twin_id": TRAINING,
    "createdAt": "2025-01-02T03:04:05.000Z",
    "extra": [1],
}
SYSTEM = {"_id": OTHER, "type": "default", "name": "Bo", "gender": "male"}
VIDEO = "https://x.example/me.mp4"


def client(driver: Driver, **answers: list[Any]) -> tuple[Any, ScriptedApi]:
    server = ScriptedApi.in_turn(**answers)
    return driver.client(api_key="sk_x", http_client=server), server


def by_kind(sent: dict[str, Any]) -> Any:
    rows = [row for row in (OWN, SYSTEM) if sent.get("type") in (None, row["type"])]
    twin = sent.get("user_video_twin_id")
    return [row for row in rows if twin in (None, row.get("user_video_twin_id"))]


def test_avatars_are_listed_in_friendly_words(driver: Driver) -> None:
    a2e, server = client(driver, list_avatars=[by_kind])
    own, system = driver.items(a2e.avatars.list())
    assert (own.id, own.kind, own.languages, own.training_id) == (
        *(ANCHOR, "custom", ("en", "de")),
        TRAINING,
    )
    assert (own.cover_url, own.video_url, own.image_url) == (
        *("https://x.example/c.png", "https://x.example/b.mp4"),
        "https://x.example/p.png",
    )
    assert own.created_at.isoformat() == "2025-01-02T03:04:05+00:00"
    assert own.raw == OWN
    assert (system.name, system.gender, system.is_custom) == ("Bo", "male", False)
    assert pickle.loads(pickle.dumps(own)) == own
    assert driver.items(a2e.avatars.list(kind="default")) == [system]
    assert server.inputs("list_avatars") == [{}, {"type": "default"}]
    with pytest.raises(ValueError, match="kind"):
        a2e.avatars.list(kind="public")


def test_an_avatar_is_found_by_its_id(driver: Driver) -> None:
    a2e, server = client(driver, list_avatars=[by_kind])
    assert driver.run(a2e.avatars.get(ANCHOR)).is_custom
    assert len(server.sent) == 1
    assert driver.run(a2e.avatars.get(OTHER)).is_custom is False
    with pytest.raises(errors.NotFoundError, match="there is no avatar"):
        driver.run(a2e.avatars.get(TRAINING))


def test_an_avatar_without_a_kind_tells_it_by_its_training() -> None:
    assert Avatar(id=ANCHOR).is_custom is None
    assert Avatar(id=ANCHOR, training_id=TRAINING).is_custom


def test_a_training_starts_from_a_video(driver: Driver) -> None:
    a2e, server = client(driver, start_avatar_training=[[RECORD]])
    training = driver.run(
        a2e.avatars.trainings.create(
            video=VIDEO,
            name="Ann",
            gender="female",
            background_color="rgba(255,255,255,1)",
            skip_preview=True,
        )
    )
    assert server.inputs("start_avatar_training") == [
        {
            "name": "Ann",
            "gender": "female",
            "video_url": VIDEO,
            "video_background_color": "rgba(255,255,255,1)",
            "video_backgroud_color": "rgba(255,255,255,1)",
            "skipPreview": True,
        }
    ]
    assert (training.id, training.name, training.status) == (TRAINING, "Ann", TaskStatus.RUNNING)


@pytest.mark.parametrize("given", [{}, {"video": VIDEO, "image": "https://x.example/me.png"}])
def test_a_training_takes_exactly_one_of_video_and_image(
    driver: Driver, given: dict[str, str]
) -> None:
    a2e, server = client(driver)
    for verb in (a2e.avatars.trainings.create, a2e.avatars.trainings.run):
        with pytest.raises(ValueError, match="exactly one of video and image"):
            driver.run(verb(**given))
    with pytest.raises(ValueError, match="gender"):
        driver.run(a2e.avatars.trainings.create(video=VIDEO, gender="other"))
    assert server.sent == []


def test_a_lost_start_of_a_training_is_found_by_its_name(
    driver: Driver, pauses: list[float]
) -> None:
    def listed(_: Any) -> Any:
        name = server.inputs("start_avatar_training")[0]["name"]
        return {"rows": [{**RECORD, "name": name}], "count": 1}

    a2e, server = client(driver, start_avatar_training=[LOST], list_avatar_trainings=[listed])
    assert driver.run(a2e.avatars.trainings.create(video=VIDEO)).id == TRAINING
    assert server.operations.count("start_avatar_training") == 1


@pytest.mark.parametrize(
    "ended", [{"current_status": "completed"}, {"anchor_id": ANCHOR}, {"anchor_id": ANCHOR, "current_status": "generating"}]
)  # fmt: skip
def test_a_training_ends_by_its_word_or_by_its_avatar(
    driver: Driver, pauses: list[float], ended: dict[str, str]
) -> None:
    begun = {**RECORD, "current_status": "generating"}
    a2e, server = client(
        driver,
        start_avatar_training=[begun],
        get_avatar_training=[begun, begun, {**RECORD, **ended}],
        list_avatar_trainings=[{"rows": [], "count": 0}],
    )
    seen: list[Any] = []
    training = driver.run(
        a2e.avatars.trainings.run(video=VIDEO, gender="male", on_update=seen.append)
    )
    assert training.status is TaskStatus.SUCCEEDED
    assert seen[0].raw_status == "generating"
    assert server.operations.count("start_avatar_training") == 1


def test_a_failed_training_with_an_avatar_stays_failed(driver: Driver) -> None:
    failed = {**RECORD, "current_status": "failed", "anchor_id": ANCHOR, "faild_message": "dark"}
    a2e, _ = client(
        driver, get_avatar_training=[failed], list_avatar_trainings=[{"rows": [], "count": 0}]
    )
    with pytest.raises(errors.TaskFailedError, match="dark"):
        driver.run(a2e.avatars.trainings.wait(TRAINING))


def test_the_avatar_that_a_record_names_takes_no_look_at_the_list(driver: Driver) -> None:
    record = {**RECORD, "anchor_id": ANCHOR}
    a2e, server = client(driver, get_avatar_training=[record])
    trainings = a2e.avatars.trainings
    avatar = driver.run(trainings.avatar_of(TRAINING))
    assert avatar == Avatar(
        id=ANCHOR, kind="custom", name="Ann", gender="female", training_id=TRAINING
    )
    training = driver.run(trainings.get(TRAINING))
    calls = len(server.sent)
    assert driver.run(trainings.avatar_of(training)) == avatar
    assert len(server.sent) == calls


def test_the_avatar_of_a_training_is_found_in_the_list(driver: Driver) -> None:
    a2e, server = client(
        driver,
        get_avatar_training=[{**RECORD, "current_status": "completed"}],
        list_avatars=[by_kind],
    )
    stale = AvatarTraining(id=TRAINING)
    avatar = driver.run(a2e.avatars.trainings.avatar_of(stale))
    assert (avatar.id, avatar.is_custom, avatar.languages) == (ANCHOR, True, ("en", "de"))
    assert server.inputs("list_avatars") == [{"type": "custom", "user_video_twin_id": TRAINING}]


def test_an_avatar_of_another_training_is_not_taken(driver: Driver) -> None:
    a2e, _ = client(
        driver,
        get_avatar_training=[RECORD],
        list_avatars=[[{**OWN, "user_video_twin_id": "9" * 24}, SYSTEM]],
    )
    with pytest.raises(errors.NotFoundError, match="no avatar yet: it is training"):
        driver.run(a2e.avatars.trainings.avatar_of(TRAINING))


@pytest.mark.parametrize(
    ("verb", "operation"),
    [
        ("continue_training", "start_continued_training"),
        ("clone_voice", "start_voice_clone_from_video"),
    ],
)
def test_further_work_on_a_training_is_sent_once(driver: Driver, verb: str, operation: str) -> None:
    answers = [{"_id": TRAINING, "new": 1}, None, LOST]
    a2e, server = client(driver, **{operation: answers})
    work = getattr(a2e.avatars.trainings, verb)
    assert driver.run(work(AvatarTraining(id=TRAINING))) == {"_id": TRAINING, "new": 1}
    assert driver.run(work(TRAINING)) == {}
    with pytest.raises(errors.APIConnectionError) as caught:
        driver.run(work(TRAINING))
    assert caught.value.sent
    assert server.sent == [(operation, {"_id": TRAINING})] * 3
    with pytest.raises(ValueError, match="hexadecimal"):
        driver.run(work("x"))


def test_trainings_are_listed_read_and_removed(driver: Driver) -> None:
    a2e, server = client(
        driver,
        list_avatar_trainings=[{"rows": [RECORD], "count": 1}],
        list_running_avatar_trainings=[[RECORD, {**RECORD, "current_status": "completed"}]],
        get_many_avatar_trainings=[[RECORD]],
        delete_avatar_training=[LOST, refusal(400, "unknown", status=400)],
        get_avatar_training=[None],
    )
    trainings = a2e.avatars.trainings
    (training,) = driver.items(trainings.list())
    assert (training.gender, training.twin_id) == ("female", TRAINING)
    assert driver.run(trainings.running()) == [training]
    assert driver.run(trainings.get_many([TRAINING])) == [training]
    driver.run(trainings.delete(training))
    assert server.inputs("delete_avatar_training") == [{"_id": TRAINING}] * 2
