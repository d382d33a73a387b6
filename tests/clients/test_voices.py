"""Voices: public ones out of their nested groups, and clones from their start to their end."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from a2e_sdk import TaskStatus, Voice, VoiceClone, VoiceLanguage, VoiceRegion, errors
from a2e_sdk._http.failures import Delivery, TransportFailure
from a2e_sdk._wire.to_model.voices import voices_of
from driver import Driver
from scripted_api import ScriptedApi, Turns, refusal

VOICE, OTHER = "6625ebd4613f49985c349f95", "66dc61ec5148817d26f5b79e"
CLONE = "5b79e66dc61ec5148817d26f"
SAMPLE = "https://example.com/sample.mp3"
GROUPS = [
    {
        "label": "Female",
        "value": "female",
        "children": [{"label": "Jenny", "value": VOICE, "language": "en-US", "ttsRate": 1}],
    },
    {"label": "Male", "value": "male", "children": [{"label": "Guy", "value": OTHER}]},
]


def record(status: str | None = "sent", **fields: Any) -> dict[str, Any]:
    given = {"_id": CLONE, "name": "me", "voice_urls": [SAMPLE], "current_status": status}
    return {**given, **fields}


def test_public_voices_come_out_of_their_groups(driver: Driver) -> None:
    api = ScriptedApi(list_public_voices=GROUPS)
    listing = api.client(driver).voices.list()
    jenny, guy = driver.run(listing.to_list())
    assert jenny == Voice(id=VOICE, name="Jenny", gender="female", language="en-US", group="Female")
    assert (guy.id, guy.gender, guy.language, guy.group) == (OTHER, "male", None, "Male")
    assert jenny.raw == GROUPS[0]["children"][0], "nothing of it is lost"
    assert driver.run(listing.total) == 2
    assert pickle.loads(pickle.dumps(jenny)) == jenny


def test_only_what_was_asked_for_is_sent(driver: Driver) -> None:
    api = ScriptedApi(list_public_voices=GROUPS)
    a2e = api.client(driver)
    driver.run(a2e.voices.list().to_list())
    driver.run(a2e.voices.list(country="zh", region="CN", language="zh-CN").to_list())
    assert api.inputs("list_public_voices") == [
        {"country": "en", "region": "US"},
        {"country": "zh", "region": "CN", "voice_map_type": "zh-CN"},
    ]


@pytest.mark.parametrize("wrong", [{"country": ""}, {"region": "x" * 41}, {"language": ""}])
def test_codes_are_checked_before_anything_is_sent(driver: Driver, wrong: Any) -> None:
    api = ScriptedApi()
    with pytest.raises(ValueError, match=f"{next(iter(wrong))} must have 1 to 40 characters"):
        api.client(driver).voices.list(**wrong)
    assert api.sent == []


@pytest.mark.parametrize(("data", "ids"), [(None, []), ([], []), ([None, 7, "x"], [])])
def test_an_empty_answer_has_no_voices(driver: Driver, data: Any, ids: list[str]) -> None:
    api = ScriptedApi(list_public_voices=data)
    assert driver.run(api.client(driver).voices.list().to_list()) == ids


@pytest.mark.parametrize("data", [{"voice_list": GROUPS}, "none", 7])
def test_an_answer_of_another_shape_is_an_error_and_not_an_empty_list(
    driver: Driver, data: Any
) -> None:
    api = ScriptedApi(list_public_voices=data)
    with pytest.raises(errors.UnexpectedResponseError):
        driver.run(api.client(driver, max_retries=0).voices.list().to_list())


trees = st.recursive(
    st.fixed_dictionaries({"label": st.text(), "value": st.text(min_size=1)}),
    lambda inner: st.fixed_dictionaries(
        {"label": st.text(), "value": st.sampled_from(["female", "male", "en"])},
        optional={"children": st.lists(inner, max_size=4)},
    ),
    max_leaves=30,
)


def leaves(node: dict[str, Any]) -> list[dict[str, Any]]:
    if "children" not in node:
        return [node]
    return [leaf for child in node["children"] for leaf in leaves(child)]


@given(st.lists(trees))
def test_every_voice_comes_once_in_order_however_deep_it_is(groups: list[Any]) -> None:
    before = copy.deepcopy(groups)
    expected = [leaf for group in groups for leaf in leaves(group)]
    assert [voice.raw for voice in voices_of(groups)] == expected
    assert groups == before


def test_groups_may_be_nested_deeper_than_python_recurses() -> None:
    node: dict[str, Any] = {"label": "Jenny", "value": VOICE}
    for _ in range(50_000):
        node = {"label": "", "value": "en", "children": [node]}
    node = {"label": "Female", "value": "Female", "children": [node]}
    (voice,) = voices_of([node])
    assert (voice.id, voice.gender, voice.group) == (VOICE, "female", "Female")
    while "children" in node:  # Freed from the outside, for the same reason.
        node = node["children"][0]


def test_languages_have_their_regions(driver: Driver) -> None:
    regions = [{"label": "United States", "value": "US"}, {"label": "India", "value": "IN"}]
    api = ScriptedApi(
        list_voice_languages=[{"label": "English", "value": "en", "children": regions}]
    )
    languages = driver.run(api.client(driver).voices.languages(language="en-US"))
    inner = (VoiceRegion(code="US", name="United States"), VoiceRegion(code="IN", name="India"))
    assert languages == [VoiceLanguage(code="en", name="English", regions=inner)]
    assert api.inputs("list_voice_languages") == [{"voice_map_type": "en-US"}]


def test_a_clone_is_started_once_and_waited_for(driver: Driver, pauses: list[float]) -> None:
    del pauses
    api = ScriptedApi(
        start_voice_clone=record("sent"),
        list_voice_clones=[],
        get_voice_clone=Turns(
            record("pendding"), record("processing"), record("completed", speaker_id="S_1")
        ),
    )
    seen: list[str | None] = []
    clone = driver.run(
        api.client(driver).voices.clones.run(
            samples=[SAMPLE],
            name="me",
            gender="female",
            model="a2e",
            denoise=True,
            on_update=lambda clone: seen.append(clone.raw_status),
        )
    )
    assert isinstance(clone, VoiceClone)
    assert seen == ["sent", "pendding", "processing", "completed"]
    assert api.inputs("start_voice_clone") == [
        {"name": "me", "voice_urls": [SAMPLE], "gender": "female", "model": "a2e", "denoise": True}
    ]
    assert (clone.status, clone.sample_urls) == (TaskStatus.SUCCEEDED, (SAMPLE,))
    assert clone.family == "voice_clones"


def test_a_clone_that_failed_ends_the_wait_although_no_list_shows_it(
    driver: Driver, pauses: list[float]
) -> None:
    del pauses
    failed = record("failed", failed_message="too much noise")
    api = ScriptedApi(list_voice_clones=[], get_voice_clone=Turns(record("sent"), failed))
    with pytest.raises(errors.TaskFailedError, match="too much noise") as caught:
        driver.run(api.client(driver).voices.clones.wait(CLONE))
    assert isinstance(caught.value.task, VoiceClone)


@pytest.mark.parametrize("named", [None, "me"])
def test_a_start_whose_answer_was_lost_is_found_among_those_in_training(
    driver: Driver, pauses: list[float], named: str | None
) -> None:
    del pauses
    api = ScriptedApi(
        start_voice_clone=TransportFailure("cut", Delivery.UNKNOWN),
        list_running_voice_clones=lambda _: [
            record(name=api.inputs("start_voice_clone")[0]["name"], gender="male")
        ],
    )
    start = api.client(driver).voices.clones.create(samples=[SAMPLE], name=named, gender="male")
    assert driver.run(start).id == CLONE
    assert len(api.inputs("start_voice_clone")) == 1


@pytest.mark.parametrize(
    ("fields", "voice_id"),
    [({"speaker_id": "S_1"}, "S_1"), ({"speaker_id": ""}, CLONE), ({}, CLONE)],
)
def test_the_voice_id_is_the_speaker_id_where_there_is_one(
    driver: Driver, fields: Any, voice_id: str
) -> None:
    api = ScriptedApi(get_voice_clone=record("completed", **fields))
    clone = driver.run(api.client(driver).voices.clones.get(CLONE))
    assert clone.voice_id == voice_id
    assert pickle.loads(pickle.dumps(clone)).voice_id == voice_id


def test_running_rename_and_delete(driver: Driver) -> None:
    api = ScriptedApi(
        list_running_voice_clones=[record("pendding"), record("completed"), record("failed")],
        rename_voice_clone={},
        delete_voice_clone={},
    )
    clones = api.client(driver).voices.clones
    assert [clone.raw_status for clone in driver.run(clones.running())] == ["pendding"]
    driver.run(clones.rename(CLONE, "myself"))
    driver.run(clones.delete(CLONE))
    assert api.sent[1:] == [("rename_voice_clone", {"name": "myself"}), ("delete_voice_clone", {})]


def test_an_account_with_more_clones_than_a_page_lists_them_all(driver: Driver) -> None:
    ids = [f"{number:024x}" for number in range(250)]
    api = ScriptedApi(list_voice_clones=[record("completed", _id=each) for each in ids])
    clones = api.client(driver).voices.clones
    assert [clone.id for clone in driver.run(clones.list().to_list())] == ids
    third = driver.run(clones.page(3, page_size=100))
    assert ([clone.id for clone in third], third.total) == (ids[200:], 250)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"samples": []}, ValueError),
        ({"samples": SAMPLE}, TypeError),
        ({"samples": ["https://localhost/x.mp3"]}, ValueError),
        ({"samples": [SAMPLE], "gender": "other"}, ValueError),
        ({"samples": [SAMPLE], "model": "gpt"}, ValueError),
        ({"samples": [SAMPLE], "denoise": "yes"}, TypeError),
        ({"samples": [SAMPLE], "name": ""}, ValueError),
        ({"samples": [SAMPLE], "webhook_url": "http://example.com"}, ValueError),
    ],
)
def test_wrong_arguments_are_refused_before_anything_is_sent(
    driver: Driver, wrong: Any, error: type[Exception]
) -> None:
    api = ScriptedApi()
    with pytest.raises(error):
        driver.run(api.client(driver).voices.clones.create(**wrong))
    assert api.sent == []


def test_too_many_clones_are_a_denied_permission(driver: Driver) -> None:
    api = ScriptedApi(start_voice_clone=refusal(403, "limit of clones exceeded", status=403))
    with pytest.raises(errors.PermissionDeniedError, match="limit"):
        driver.run(api.client(driver).voices.clones.create(samples=[SAMPLE]))
    assert len(api.sent) == 1
