"""What clients of the real server send and read, beyond its reference.

Every answer is held to the spec by the ``api`` fixture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from a2e_sdk.sandbox import ManualClock
from api_paths import path_of

if TYPE_CHECKING:
    from tests.sandbox.conftest import Api

FILE = "https://example.com/f.jpg"
#: Their paths are the same to a server that ignores the case of a path.
TEXT_TO_IMAGE = pytest.mark.parametrize(
    "start", ["start_text_to_image_task", "start_text_to_image_task_2025"]
)


def test_the_status_of_an_id_shows_a_finished_task_too(api: Api, clock: ManualClock) -> None:
    first, second = api.start(), api.start()
    clock.advance(60)
    assert api.get(path_of("list_running_face_swap_tasks")).data == []
    (row,) = api.get(f"{path_of('list_running_face_swap_tasks')}?_id={first}").data
    assert (row["_id"], row["current_status"]) == (first, "completed")
    assert row["result_url"]
    assert api.get(f"{path_of('list_running_face_swap_tasks')}?_id={'0' * 24}").data == []
    assert api.get(f"{path_of('get_face_swap_task_2025')}?_id={second}").data["_id"] == second


def test_previews_are_shown_without_an_id(api: Api, clock: ManualClock) -> None:
    body = {"face_url": FILE, "video_url": FILE}
    made = [api.post(path_of("add_face_swap_preview"), body).data["_id"] for _ in range(2)]
    status = path_of("get_face_swap_preview_status")
    assert [row["_id"] for row in api.get(status).data] == made[::-1]
    assert api.get(f"{status}?_id={made[0]}").data["_id"] == made[0]


@TEXT_TO_IMAGE
def test_with_a_model_of_2025_the_images_come_at_once(api: Api, start: str) -> None:
    body = {"prompt": "a door", "req_key": "high_aes", "aspect_ratio": "1:1"}
    (task,) = api.post(path_of(start), body).data
    assert (task["current_status"], len(task["image_urls"])) == ("completed", 1)
    assert [entry.amount for entry in api.sandbox.coins] == [-10]
    assert api.get(path_of("get_text_to_image_task", task["_id"])).data["image_urls"]


@TEXT_TO_IMAGE
@pytest.mark.parametrize("extra", [{}, {"req_key": None}])
def test_without_one_they_take_their_time(api: Api, start: str, extra: dict[str, Any]) -> None:
    (task,) = api.post(path_of(start), {"prompt": "a door", **extra}).data
    assert (task["current_status"], task["image_urls"]) == ("initialized", [])


def test_the_list_of_videos_has_both_kinds_newest_first_and_each_once(
    api: Api, clock: ManualClock
) -> None:
    video = {"anchor_id": "a" * 24, "anchor_type": 0, "audioSrc": FILE}
    made = []
    for number in range(6):
        start, body = (
            ("start_avatar_video", video)
            if number % 2
            else ("start_image_to_video_task", {"image_url": FILE})
        )
        made.append(api.post(path_of(start), body).data["_id"])
        clock.advance(0.5)
    pages = [
        api.get(f"{path_of('list_avatar_videos')}?current={n}&pageSize=4").data for n in (1, 2, 3)
    ]
    assert [row["_id"] for page in pages for row in page["data"]] == made[::-1]
    assert {page["total"] for page in pages} == {6}
    assert {row["status"] for row in pages[0]["data"]} <= {
        "init",
        "start",
        "pending",
        "process",
        "copy",
    }
    clock.advance(60)
    done = api.get(f"{path_of('list_avatar_videos')}?current=1&pageSize=10").data["data"]
    assert {(row["status"], row["process"]) for row in done} == {("success", 100)}
    assert all(row["result"].startswith("https://") for row in done)


@pytest.mark.parametrize("domain", [None, "cdn.example.com"])
def test_the_older_presign_answers_with_and_without_a_public_address(
    api: Api, domain: str | None
) -> None:
    body = {"key": "a.png", "cdnDomain": domain}
    signed = api.post(path_of("add_legacy_upload_url"), body).data
    assert ("cdnUrl" in signed) == (domain is not None)
    assert signed["uploadUrl"]
    assert signed["bucket"]


@pytest.mark.parametrize("start", ["start_nano_banana_task", "start_gpt_image_task"])
def test_images_are_started_without_a_name(api: Api, start: str) -> None:
    assert api.post(path_of(start), {"prompt": "a door"}).data["name"] == ""


def test_keys_that_an_open_body_does_not_name_are_kept(api: Api) -> None:
    body = {"prompt": "waves", "image_urls": [FILE], "camera": "still", "seed": None}
    task = api.post(path_of("start_hailuo_task"), body).data
    assert task["camera"] == "still"


def test_the_current_user_has_the_keys_that_clients_read(api: Api) -> None:
    user = api.send("POST", path_of("get_current_user")).data
    assert {"name", "nick_name", "checkInTime", "nextCheckInTime", "checkInCoins"} <= user.keys()
