"""What clients of the real server show: odd answers that are read, and blank texts that are never paid."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import reduce
from typing import Any

import attrs
import pytest

from a2e_api.operations import OPERATIONS
from a2e_sdk import TaskStatus, errors
from a2e_sdk._async.tasks.operations import AsyncListableTasks
from a2e_sdk._checks.json_schema import types_of
from a2e_sdk._http.messages import AsyncFileResponse, FileResponse
from a2e_sdk._sync.tasks.operations import ListableTasks
from a2e_sdk._wire.arguments import arguments_of
from a2e_sdk._wire.families import TaskFamily
from a2e_sdk._wire.family_table import TASK_FAMILIES
from a2e_sdk.sandbox import Sandbox
from clients.test_families import start_arguments
from driver import Driver
from scripted_api import ScriptedApi

BLANKS = ("", " ", "\n\t", "\u3000")
FILE = "https://example.com/input.mp4"


# Blank texts.


def blank_starts() -> Iterator[Any]:
    """Every required text of every start, as the call that gives it blank."""
    for family in TASK_FAMILIES.values():
        good = start_arguments(family)
        for argument in arguments_of(str(family.start)).values():
            is_text = "string" in types_of(argument.schema)
            if argument.name in good and is_text and not argument.media:
                yield pytest.param(family, argument.name, id=f"{family.name}-{argument.name}")


@pytest.mark.once
@pytest.mark.trio_nightly
@pytest.mark.parametrize(("family", "name"), list(blank_starts()))
def test_no_start_pays_for_a_blank_text(
    driver: Driver, a2e: Any, sandbox: Sandbox, family: TaskFamily, name: str
) -> None:
    resource = reduce(getattr, family.attribute.split("."), a2e)
    for blank in BLANKS:
        with pytest.raises(ValueError, match=r"blank|must be one of|hexadecimal"):
            driver.run(resource.create(**{**start_arguments(family), name: blank}))
    assert len(sandbox.requests) == 0


def test_every_family_with_a_prompt_that_is_required_is_among_them() -> None:
    given = {(case.values[0].name, case.values[1]) for case in blank_starts()}
    for family in TASK_FAMILIES.values():
        required = OPERATIONS[str(family.start)].input["body"].get("required", ())
        assert ((family.name, "prompt") in given) == (
            bool({"prompt", "positive_prompt"} & set(required))
        )
    assert len(given) > 15


SECTIONS: dict[str, Callable[[Any, str], Any]] = {
    "wan_30 prompt": lambda a2e, text: a2e.wan_30.create(
        model="wan3.0-video", input={"prompt": text}, parameters={}
    ),
    "speech": lambda a2e, text: a2e.speech.create(text),
    "speech clone": lambda a2e, text: a2e.speech.create("Hello", clone=text),
    "speak": lambda a2e, text: a2e.avatar_videos.speak(text, avatar="a" * 24, custom=False),
    "title": lambda a2e, text: a2e.avatar_videos.create(
        avatar="a" * 24, custom=False, audio=FILE, title=text
    ),
    "watermark": lambda a2e, text: a2e.storage.watermark(FILE, text=text),
    "name": lambda a2e, text: a2e.face_swap.tasks.create(face=FILE, video=FILE, name=text),
    "clone": lambda a2e, text: a2e.voices.clones.create(samples=[FILE], name=text),
    "rename": lambda a2e, text: a2e.kling_video.rename("a" * 24, text),
    "language": lambda a2e, text: a2e.avatar_videos.detect_language(text),
    "token": lambda a2e, text: a2e.tokens.create(text),
}


@pytest.mark.once
@pytest.mark.trio_nightly
@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_no_section_sends_a_blank_text(
    driver: Driver, a2e: Any, sandbox: Sandbox, section: str
) -> None:
    for blank in BLANKS:
        with pytest.raises(ValueError, match=r"blank|characters"):
            driver.run(SECTIONS[section](a2e, blank))
    assert len(sandbox.requests) == 0


# What can't be read can't be waited for.

UNREADABLE = attrs.evolve(TASK_FAMILIES["wan_30"], get=None, list=None, get_many=None, running=None)


@pytest.mark.parametrize("way", ["run", "wait", "wait_many"])
def test_a_family_that_can_not_be_read_is_refused_before_anything_is_paid(
    driver: Driver, a2e: Any, sandbox: Sandbox, way: str
) -> None:
    resource: Any = (ListableTasks if driver.mode == "sync" else AsyncListableTasks)(
        a2e.api, UNREADABLE
    )
    given = {"model": "wan3.0-video", "input": {"prompt": "p"}, "parameters": {}}
    ways: dict[str, Callable[[], Any]] = {
        "run": lambda: driver.run(resource._run(given, 60.0, None, None, False)),
        "wait": lambda: driver.run(resource.wait("a" * 24)),
        "wait_many": lambda: driver.items(resource.wait_many(["a" * 24])),
    }
    with pytest.raises(errors.ConfigurationError, match="wan_30 tasks can't be waited for"):
        ways[way]()
    assert len(sandbox.requests) == 0


def test_the_clients_wait_refuses_such_a_family_too(
    driver: Driver, a2e: Any, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    from a2e_sdk._async import client as async_client
    from a2e_sdk._sync import client as sync_client
    from a2e_sdk._wire import family_table

    families = {**family_table.TASK_FAMILIES, "wan_30": UNREADABLE}
    for module in (async_client, sync_client):
        monkeypatch.setattr(module, "TASK_FAMILIES", families)
    task = driver.run(a2e.wan_30.create(model="wan3.0-video", input={"prompt": "p"}, parameters={}))
    with pytest.raises(errors.ConfigurationError, match="can't be waited for"):
        driver.items(a2e.wait_many([task]))
    assert sandbox.requests.count("start_wan_30_task") == len(sandbox.requests) == 1


# Answers.


def test_an_image_of_the_models_of_2025_is_there_with_the_answer_to_its_start(
    driver: Driver, a2e: Any, sandbox: Sandbox
) -> None:
    task = driver.run(a2e.text_to_image.create(prompt="a door", req_key="high_aes"))
    assert task.status is TaskStatus.SUCCEEDED
    assert task.result_urls == tuple(task.raw["image_urls"]) != ()
    assert driver.run(a2e.text_to_image.wait(task)) is task
    assert [r.operation for r in sandbox.requests] == ["start_text_to_image_task"]


def test_image_urls_alone_are_a_finished_task(driver: Driver) -> None:
    answer = [
        {"_id": "a" * 24, "image_urls": ["https://x.example/1.png", "https://x.example/2.png"]}
    ]
    api = ScriptedApi(start_text_to_image_task=answer)
    task = driver.run(api.client(driver).text_to_image.create(prompt="p", req_key="high_aes"))
    assert task.status is TaskStatus.SUCCEEDED
    assert task.result_urls == ("https://x.example/1.png", "https://x.example/2.png")


def test_the_list_of_avatar_videos_shows_image_to_video_jobs_too(
    driver: Driver, a2e: Any, sandbox: Sandbox, clock: Any
) -> None:
    image = driver.run(a2e.image_to_video.create(image=FILE, name="waves"))
    video = driver.run(a2e.avatar_videos.create(avatar="a" * 24, custom=False, audio=FILE))
    clock.advance(60)
    newest, older = driver.items(a2e.avatar_videos.list())
    assert (newest.id, older.id) == (video.id, image.id)
    assert older.status is TaskStatus.SUCCEEDED
    assert older.raw["process"] == 100
    assert older.result_url == older.raw["result"] != ""


@pytest.mark.parametrize("wrap", [list, lambda rows: {"rows": rows, "count": len(rows)}])
def test_stored_faces_come_as_an_array_or_as_rows(
    driver: Driver, wrap: Callable[[list[Any]], Any]
) -> None:
    rows = [{"_id": "a" * 24, "face_url": "https://x.example/f.jpg"}]
    api = ScriptedApi(list_face_swap_images=wrap(rows))
    (image,) = driver.items(api.client(driver).face_swap.images.list())
    assert (image.id, image.face_url) == ("a" * 24, "https://x.example/f.jpg")


@pytest.mark.parametrize("shape", ["array", "object"])
def test_the_low_level_client_reads_a_preview_with_or_without_an_id(
    driver: Driver, a2e: Any, shape: str
) -> None:
    from a2e_api.api.face_swap import get_face_swap_preview_status

    preview = driver.run(a2e.face_swap.previews.create(face=FILE, video=FILE))
    given = {"id": preview.id} if shape == "object" else {}
    function = "sync" if driver.mode == "sync" else "asyncio"
    call = getattr(get_face_swap_preview_status, function)
    data = driver.run(call(client=a2e.api, **given)).data
    found = data if shape == "object" else data[0]
    assert found.id == preview.id


def test_the_older_paths_and_the_current_user_answer_by_the_low_level_client(
    driver: Driver, a2e: Any
) -> None:
    swap = driver.run(a2e.face_swap.tasks.create(face=FILE, video=FILE))
    dub = driver.run(a2e.dubbing.create(source=FILE, target_lang="de"))
    function = "sync" if driver.mode == "sync" else "asyncio"
    for name, task in (("get_face_swap_task_2025", swap), ("get_dubbing_task_2025", dub)):
        call = getattr(OPERATIONS[name].module, function)
        assert driver.run(call(client=a2e.api, id=task.id)).data.id == task.id
    call = getattr(OPERATIONS["get_current_user"].module, function)
    assert driver.run(call(client=a2e.api)).data.name == "sandbox"


# Uploads whose answer names no public address.

PLACE = {
    "uploadUrl": "https://3days-apac.r2.cloudflarestorage.com/adam2eve/user/1/f.png?signature=x",
    "key": "adam2eve/user/1/f.png",
    "bucket": "3days-apac",
}
FIRST = "https://3days-apac.ai2everyone.com/adam2eve/user/1/f.png"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


class Storage(ScriptedApi):
    """Signs uploads, takes them, and serves files at some addresses; no host of it is real."""

    def __init__(self, place: dict[str, Any], *there: str) -> None:
        super().__init__(add_upload_url=place)
        self.there = there
        self.asked: list[tuple[str, str]] = []

    def _status(self, request: Any) -> int:
        self.asked.append((request.method, request.url))
        assert "authorization" not in request.headers
        if request.method == "PUT":
            return 200
        return 206 if request.url in self.there else 404

    @contextmanager
    def stream(self, request: Any) -> Iterator[FileResponse]:
        if request.content is not None:
            assert b"".join(request.content) == PNG
        yield FileResponse(self._status(request), {}, iter([b"x"]))

    @asynccontextmanager
    async def stream_async(self, request: Any) -> AsyncIterator[AsyncFileResponse]:
        async def one() -> AsyncIterator[bytes]:
            yield b"x"

        if request.content is not None:
            assert b"".join([chunk async for chunk in request.content]) == PNG
        yield AsyncFileResponse(self._status(request), {}, one())


@pytest.mark.parametrize("there", [FIRST, FIRST.replace("ai2everyone", "generativeairesult")])
@pytest.mark.parametrize("left_out", ["cdnUrl", "bucket"])
def test_without_a_cdn_url_a_file_has_the_first_address_at_which_it_is(
    driver: Driver, there: str, left_out: str
) -> None:
    place = {key: value for key, value in PLACE.items() if key != left_out}
    storage = Storage(place, there)
    client = storage.client(driver)
    assert driver.run(client.storage.upload(PNG)) == there
    assert storage.asked[0] == ("PUT", PLACE["uploadUrl"])
    assert [method for method, _ in storage.asked[1:]] == ["GET"] * (1 + (there != FIRST))


def test_a_file_that_is_nowhere_is_an_error_that_says_what_to_do(driver: Driver) -> None:
    storage = Storage({**PLACE, "cdnUrl": None})
    with pytest.raises(errors.UnexpectedResponseError, match="Give a public URL in place"):
        driver.run(storage.client(driver).storage.upload(PNG))
    assert len(storage.asked) == 3


@pytest.mark.parametrize(
    "place",
    [
        {"uploadUrl": PLACE["uploadUrl"]},
        {"uploadUrl": "https://x.example/put", "key": "a"},
        {**PLACE, "bucket": "evil.example/"},
        {**PLACE, "cdnUrl": ""},
    ],
)
def test_where_no_address_follows_nothing_is_uploaded(driver: Driver, place: Any) -> None:
    storage = Storage(place)
    with pytest.raises(errors.UnexpectedResponseError, match="uploadUrl or cdnUrl"):
        driver.run(storage.client(driver).storage.upload(PNG))
    assert storage.asked == []
