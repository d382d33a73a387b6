"""What is particular to families of tasks on the wire: words, results, lists, deletion, names.

Every answer is held to the spec by the ``api`` fixture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from a2e_api.operations import OPERATIONS
from a2e_sdk.sandbox import ManualClock
from a2e_sdk.sandbox.tasks.engines import ENGINES
from a2e_sdk.sandbox.tasks.family import Action, SandboxFamily
from api_paths import path_of
from sandbox.spec_requests import good_request

pytestmark = pytest.mark.once

if TYPE_CHECKING:
    from tests.sandbox.conftest import Api

EVERY_ENGINE = pytest.mark.parametrize("family", ENGINES, ids=lambda family: family.name)
GENERIC_WORDS = ["initialized"] * 2 + ["sent", "sent", "pending", "processing"] + ["completed"]
AVATAR_VIDEO = {"anchor_id": "5" * 24, "anchor_type": 0, "audioSrc": "https://example.com/a.mp3"}
CLONE = {"name": "mine", "voice_urls": ["https://example.com/voice.mp3"]}


def path_for(family: SandboxFamily, action: Action) -> str:
    names = [name for name, what in family.operations.items() if what is action]
    return OPERATIONS[names[0]].path if names else ""


def start(api: Api, family: SandboxFamily, **fields: Any) -> Any:
    name = next(iter(family.operations))
    request = good_request(name, {})
    data = api.post(request.target, request.body | fields).data
    return data[0] if isinstance(data, list) else data


def rows(page: Any) -> list[Any]:
    if isinstance(page, list):
        return page
    return next(page[key] for key in ("rows", "list", "data") if key in page)


def detail(api: Api, family: SandboxFamily, task_id: str) -> Any:
    path = path_for(family, Action.DETAIL).replace("{_id}", task_id).replace("{id}", task_id)
    if path:
        return api.get(path).data
    page = api.get(path_for(family, Action.PAGE)).data
    return next(row for row in rows(page) if row["_id"] == task_id)


@EVERY_ENGINE
def test_a_task_moves_on_and_its_results_are_files(
    api: Api, clock: ManualClock, family: SandboxFamily
) -> None:
    task = start(api, family)
    if not path_for(family, Action.PAGE):
        assert task["current_status"] == "initialized"
        return
    words = []
    for _ in range(7):
        words.append(detail(api, family, task["_id"])["current_status"])
        clock.advance(0.5)
    waited = ["sent"] * 2 + ["pending"] * 4 + ["completed"]
    assert words == (waited if family.name == "image_to_video" else GENERIC_WORDS)
    done = detail(api, family, task["_id"])
    urls = done[family.row.result]
    for url in urls if isinstance(urls, list) else [urls]:
        name = url.removeprefix(api.sandbox.public_url)
        reply = Unjudged(api).get(name).reply
        assert (reply.status, len(reply.body)) == (200, 65_536)


class Unjudged:
    """Downloads are no answers of the API."""

    def __init__(self, api: Api) -> None:
        self._api, self._judge = api, api.judge

    def get(self, target: str) -> Any:
        self._api.judge = None
        try:
            return self._api.get(target)
        finally:
            self._api.judge = self._judge


@EVERY_ENGINE
def test_a_task_fails_when_told_to_and_has_no_result(
    api: Api, clock: ManualClock, family: SandboxFamily
) -> None:
    if not path_for(family, Action.PAGE):
        return
    api.sandbox.fail_next("too dark", code="7")
    task = start(api, family)
    clock.advance(60)
    failed = detail(api, family, task["_id"])
    assert failed["current_status"] == "failed"
    assert (failed["failed_message"], failed["failed_code"]) == ("too dark", "7")
    assert not failed[family.row.result]


@EVERY_ENGINE
def test_what_was_sent_comes_back_without_secrets(api: Api, family: SandboxFamily) -> None:
    name = next(iter(family.operations))
    request = good_request(name, {}, is_full=True)
    data = api.post(request.target, request.body).data
    row = data[0] if isinstance(data, list) else data
    assert "webhook_token" not in row
    assert row["coins"] == family.price_of(request.body)
    for key in ("prompt", "image_url", "source_url"):
        assert row.get(key) == request.body.get(key)


def test_one_start_makes_as_many_images_as_it_is_asked_for(api: Api) -> None:
    body = {"prompt": "doors", "max_images": 4}
    tasks = api.post(path_of("start_text_to_image_task"), body).data
    assert len({task["_id"] for task in tasks}) == 4
    assert [entry.amount for entry in api.sandbox.coins] == [-10] * 4
    (old,) = api.post(
        path_of("start_text_to_image_task_2025"), {"name": "x", "prompt": "door"}
    ).data
    listed = api.get(path_of("list_text_to_image_tasks")).data
    assert listed["rows"][0]["_id"] == old["_id"]
    assert listed["count"] == 5


def test_a_start_that_is_too_dear_as_a_whole_makes_nothing(api: Api) -> None:
    api.sandbox.coins.charge("gone", api.sandbox.coins.balance - 39, api.sandbox.clock.now())
    answer = api.post(path_of("start_text_to_image_task"), {"prompt": "doors", "max_images": 4})
    assert (answer.status, answer.json["code"]) == (200, 400)
    assert api.sandbox.coins.balance == 39


def test_too_few_coins_have_the_status_that_the_spec_lists(api: Api) -> None:
    api.sandbox.coins.charge("gone", api.sandbox.coins.balance, api.sandbox.clock.now())
    refused = api.post(path_of("start_flux_2_task"), {"name": "x", "prompt": "door"})
    assert (refused.status, refused.json["code"]) == (402, 402)
    body = dict.fromkeys(("image_url", "target_image_url"), "https://example.com/f.jpg")
    refused = api.post(path_of("start_head_swap_task"), body)
    assert (refused.status, refused.json["msg"]) == (400, "insufficient coins")


def test_a_start_is_rejected_once_and_costs_nothing(api: Api) -> None:
    body = dict.fromkeys(("image_url", "target_image_url"), "https://example.com/f.jpg")
    api.sandbox.reject_next(1004, message="a minor is suspected")
    api.sandbox.reject_next()
    refused = api.post(path_of("start_head_swap_task"), body)
    assert (refused.status, refused.json["code"]) == (403, 1004)
    assert refused.json["msg"] == "a minor is suspected"
    refused = api.post(path_of("start_grok_task"), {})
    assert (refused.status, refused.json["code"]) == (200, 1003)
    assert len(api.sandbox.coins) == 0
    assert api.post(path_of("start_head_swap_task"), body).data["_id"]
    with pytest.raises(ValueError, match="code"):
        api.sandbox.reject_next(0)


@pytest.mark.parametrize(
    ("path", "size", "number", "keys"),
    [
        (path_of("list_nano_banana_tasks"), "pageSize", "pageNum", {"list", "total"}),
        (path_of("list_flux_2_tasks"), "page_size", "page", {"list", "total"}),
        (path_of("list_image_to_video_tasks"), "pageSize", "pageNum", {"rows", "count"}),
    ],
)
def test_lists_have_the_names_of_their_family(
    api: Api, clock: ManualClock, path: str, size: str, number: str, keys: set[str]
) -> None:
    family = next(row for row in ENGINES if path_for(row, Action.PAGE) == path)
    started = [start(api, family)["_id"] for _ in range(3)]
    first = api.get(f"{path}?{size}=2&{number}=1").data
    second = api.get(f"{path}?{size}=2&{number}=2").data
    assert first.keys() == keys
    assert [row["_id"] for row in (*rows(first), *rows(second))] == started[::-1]


def test_a_list_is_narrowed_to_a_status(api: Api, clock: ManualClock) -> None:
    family = next(row for row in ENGINES if row.name == "nano_banana")
    done = start(api, family)["_id"]
    clock.advance(60)
    api.sandbox.fail_next("x")
    failed = start(api, family)["_id"]
    clock.advance(60)
    running = start(api, family)["_id"]
    clock.advance(1.5)
    waiting = start(api, family)["_id"]
    path = f"{path_of('list_nano_banana_tasks')}?pageNum=1&pageSize=10&status="
    for word, expected in (
        *(("completed", done), ("failed", failed)),
        *(("processing", running), ("initialized", waiting)),
    ):
        assert [row["_id"] for row in api.get(path + word).data["list"]] == [expected]
    assert api.get(path + "completed").data["total"] == 1


def test_a_head_swap_gives_a_file_like_its_target(api: Api, clock: ManualClock) -> None:
    targets = ("https://example.com/b.png?x=.mp4", "https://example.com/b.mov")
    body = {"image_url": "https://example.com/head.jpg"}
    ids = [
        api.post(path_of("start_head_swap_task"), body | {"target_image_url": target}).data["_id"]
        for target in targets
    ]
    clock.advance(60)
    ends = [
        api.get(path_of("get_head_swap_task", task_id)).data["result_url"].partition("?")[0][-4:]
        for task_id in ids
    ]
    assert ends == [".jpg", ".mp4"]


def test_renaming_changes_the_record(api: Api) -> None:
    family = next(row for row in ENGINES if row.name == "kling_video")
    task_id = start(api, family)["_id"]
    path = path_of("get_kling_video_task", task_id)
    api.send("PUT", path, b'{"name": "other"}')
    assert api.get(path).data["name"] == "other"


def test_a_failed_caption_removal_is_tried_again(api: Api, clock: ManualClock) -> None:
    family = next(row for row in ENGINES if row.name == "caption_removal")
    api.sandbox.fail_next("x")
    task_id = start(api, family)["_id"]
    clock.advance(60)
    assert detail(api, family, task_id)["current_status"] == "failed"
    api.post(path_of("retry_caption_removal_task"), {"_id": task_id})
    assert detail(api, family, task_id)["current_status"] == "initialized"
    clock.advance(60)
    assert detail(api, family, task_id)["current_status"] == "completed"
    assert len(api.sandbox.coins) == 1


def test_a_run_that_cost_nothing_is_refunded_nothing(api: Api, clock: ManualClock) -> None:
    family = next(row for row in ENGINES if row.name == "caption_removal")
    task_id = start(api, family)["_id"]
    clock.advance(60)
    api.post(path_of("retry_caption_removal_task"), {"_id": task_id})
    api.delete(path_of("delete_caption_removal_task", task_id))
    assert [entry.amount for entry in api.sandbox.coins] == [-family.price]


def test_veo_has_its_full_size_later(api: Api, clock: ManualClock) -> None:
    task_id = api.post(path_of("start_veo_task"), {"prompt": "rain"}).data["_id"]
    path = path_of("get_veo_task_in_full_hd", task_id)
    assert api.get(path).status == 202
    clock.advance(3)
    assert api.get(path).status == 202
    clock.advance(5)
    assert api.get(path).data["result_url"]
    upright = api.post(path_of("start_veo_task"), {"prompt": "rain", "aspectRatio": "9:16"})
    assert api.get(path_of("get_veo_task_in_full_hd", upright.data["_id"])).json["code"] == 400


def test_an_avatar_video_goes_through_words_of_its_own(api: Api, clock: ManualClock) -> None:
    started = api.post(path_of("start_avatar_video"), AVATAR_VIDEO | {"title": "hello"}).data
    assert started.keys() == {"_id"}
    seen = []
    for _ in range(10):
        (row,) = api.post(path_of("get_avatar_video"), started).data
        seen.append((row["status"], row["process"]))
        clock.advance(0.35)
    assert [word for word, _ in seen] == [
        *("init", "start", "pending"),
        *("process", "process", "process", "copy", "copy", "copy"),
        "success",
    ]
    percents = [percent for _, percent in seen]
    assert percents == sorted(percents)
    assert (percents[0], percents[-1]) == (0, 100)
    assert row["result"]
    assert (row["anchor_type"], row["title"]) == ("0", "hello")
    assert row["diff_s"] == 3
    listed = api.get(f"{path_of('list_avatar_videos')}?current=1&pageSize=5").data
    assert (listed["current"], listed["total"], listed["success"]) == (1, 1, True)
    assert (
        listed["data"]
        == api.post(path_of("list_avatar_videos_2025"), {"current": "1"}).data["data"]
    )
    assert (
        api.get(f"{path_of('get_avatar_video_detail')}?video_id={started['_id']}").data["_id"]
        == started["_id"]
    )


def test_a_failed_avatar_video_says_fail(api: Api, clock: ManualClock) -> None:
    api.sandbox.fail_next("no face")
    started = api.post(path_of("start_avatar_video"), AVATAR_VIDEO).data
    clock.advance(60)
    (row,) = api.post(path_of("get_avatar_video"), started).data
    assert (row["status"], row["fail_reason"], row["result"]) == ("fail", "no face", "")


def test_an_unknown_avatar_video_is_an_empty_array(api: Api) -> None:
    assert api.post(path_of("get_avatar_video"), {"_id": "0" * 24}).data == []
    assert api.post(path_of("get_avatar_video"), {"_id": "nonsense"}).data == []


@pytest.mark.parametrize("query", ["current=0", "current=-1", "current=1&pageSize=0"])
def test_a_page_is_counted_from_one(api: Api, query: str) -> None:
    assert api.get(f"{path_of('list_avatar_videos')}?{query}").json["code"] == 400


def test_an_avatar_video_has_one_background_and_a_voice(api: Api) -> None:
    both = AVATAR_VIDEO | {"back_id": "1" * 24, "custom_back_id": "2" * 24}
    assert api.post(path_of("start_avatar_video"), both).json["code"] == 30005
    silent = {key: value for key, value in AVATAR_VIDEO.items() if key != "audioSrc"}
    assert api.post(path_of("start_avatar_video"), silent).json["errors"][0]["param"] == "audioSrc"
    spoken = silent | {"custom_voice": "https://example.com/v.mp3"}
    assert api.post(path_of("start_avatar_video"), spoken).data["_id"]
    assert len(api.sandbox.coins) == 1


def test_clones_are_listed_when_done_and_otherwise_in_training(
    api: Api, clock: ManualClock
) -> None:
    old = api.post(path_of("start_voice_clone"), CLONE).data
    assert old["current_status"] == "sent"
    clock.advance(1)
    assert api.get(path_of("get_voice_clone", old["_id"])).data["current_status"] == "pendding"
    clock.advance(60)
    new = api.post(path_of("start_voice_clone"), CLONE).data
    assert [row["_id"] for row in api.get(path_of("list_voice_clones")).data] == [old["_id"]]
    training = api.get(path_of("list_running_voice_clones")).data
    assert [row["_id"] for row in training] == [new["_id"], old["_id"]]
    api.send("PUT", path_of("rename_voice_clone", old["_id"]), b'{"name": "other"}')
    assert api.get(path_of("get_voice_clone", old["_id"])).data["name"] == "other"
    api.delete(path_of("delete_voice_clone", old["_id"]))
    assert api.get(path_of("list_voice_clones")).data == []


def test_a_training_becomes_an_avatar_with_an_id_of_its_own(api: Api, clock: ManualClock) -> None:
    body = {"name": "me", "gender": "male", "video_url": "https://example.com/me.mp4"}
    twin = api.post(path_of("start_avatar_training"), body).data
    asked = f"{path_of('list_avatars')}?user_video_twin_id={twin['_id']}"
    assert (twin["anchor_id"], api.get(asked).data) == (None, [])
    assert len(api.sandbox.coins) == 0
    clock.advance(60)
    done = api.get(path_of("get_avatar_training", twin["_id"])).data
    (avatar,) = api.get(asked).data
    assert avatar["_id"] == done["anchor_id"] != twin["_id"]
    assert (avatar["name"], avatar["type"]) == ("me", "custom")
    for kind, names in (("custom", {"me"}), ("default", {"Hedy", "Edsger"})):
        found = api.get(f"{path_of('list_avatars')}?type={kind}").data
        assert {row["name"] for row in found} == names
        assert found == api.post(path_of("list_avatars_2025"), {"type": kind}).data
    assert len(api.get(path_of("list_avatars")).data) == 3
    api.post(path_of("delete_avatar_training"), {"_id": twin["_id"]})
    assert api.get(asked).data == []


def test_training_goes_on_while_the_avatar_stays_usable(api: Api, clock: ManualClock) -> None:
    body = {"image_url": "https://example.com/me.jpg"}
    twin = {"_id": api.post(path_of("start_avatar_training"), body).data["_id"]}
    assert [entry.amount for entry in api.sandbox.coins] == [-30]
    assert api.post(path_of("start_continued_training"), twin).json["code"] == 400
    clock.advance(60)
    for start in ("start_continued_training", "start_continued_training_2025"):
        row = api.post(path_of(start), twin).data
        assert row["current_status"] == "initialized"
        assert row["anchor_id"] == api.get(path_of("list_avatars")).data[0]["_id"]
        assert [row["_id"] for row in api.get(path_of("list_running_avatar_trainings")).data] == [
            twin["_id"]
        ]
        clock.advance(60)
        assert api.get(path_of("list_running_avatar_trainings")).data == []
    assert [entry.amount for entry in api.sandbox.coins] == [-30] * 3


def test_a_training_needs_a_video_or_an_image(api: Api) -> None:
    assert api.post(path_of("start_avatar_training"), {"name": "me"}).json["code"] == 400


def test_a_clone_is_made_of_a_training(api: Api, clock: ManualClock) -> None:
    body = {"name": "me", "video_url": "https://example.com/me.mp4"}
    twin = api.post(path_of("start_avatar_training"), body).data
    clone = api.post(path_of("start_voice_clone_from_video"), {"_id": twin["_id"]}).data
    assert api.get(path_of("get_voice_clone", clone["_id"])).data["name"] == "me"
    assert api.post(path_of("start_voice_clone_from_video"), {"_id": "0" * 24}).json["code"] == 400


def test_an_avatar_is_made_of_a_generated_image(api: Api, clock: ManualClock) -> None:
    (image,) = api.post(path_of("start_text_to_image_task"), {"prompt": "x", "name": "ann"}).data
    wanted = {"_id": image["_id"], "gender": "female"}
    assert api.post(path_of("add_avatar_from_text_to_image"), wanted).json["code"] == 400
    clock.advance(60)
    assert api.post(path_of("add_avatar_from_text_to_image"), wanted).data == {}
    clock.advance(60)
    (avatar,) = api.get(f"{path_of('list_avatars')}?type=custom").data
    assert (avatar["name"], avatar["gender"]) == ("ann", "female")
