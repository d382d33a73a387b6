"""Face swap through the facade, on the sandbox, in both modes."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest

from a2e_sdk import FaceSwapTask, Page, TaskStatus, errors
from a2e_sdk.sandbox import Fault, ManualClock, Sandbox
from driver import Driver

FACE = "https://example.com/face.png"
VIDEO = "https://example.com/clip.mp4"
FIRST = "6674f1765699df7e9d25311a"


def test_the_three_records_of_the_reference_page(driver: Driver, a2e: Any) -> None:
    tasks = driver.items(a2e.face_swap.tasks.list())
    assert [task.id for task in tasks] == [
        "6674f1765699df7e9d25311a",
        "6662e9c62246edced67000f7",
        "66627c58577166cec1929f84",
    ]
    newest = tasks[0]
    assert isinstance(newest, FaceSwapTask)
    assert newest.name == "xxxx"
    assert newest.status is TaskStatus.SUCCEEDED
    assert newest.raw_status == "completed"
    assert newest.duration == 6
    assert newest.failed_message is None
    assert newest.error_code is None
    assert newest.created_at == datetime(2024, 6, 21, 3, 20, 22, 436000, UTC)
    assert newest.updated_at == datetime(2024, 6, 21, 3, 21, 0, 795000, UTC)
    assert newest.initialized_at == datetime(2024, 6, 21, 3, 20, 22, 940000, UTC)
    assert newest.processing_at == datetime(2024, 6, 21, 3, 20, 23, 358000, UTC)
    assert newest.completed_at == datetime(2024, 6, 21, 3, 20, 58, 625000, UTC)
    assert newest.result_url is not None
    assert newest.result_urls == (newest.result_url,)
    assert newest.raw["faild_message"] is None
    assert newest.raw["_id"] == newest.id
    assert len(newest.raw) == 14


def test_a_page_and_the_page_behind_the_last(driver: Driver, a2e: Any) -> None:
    page = driver.run(a2e.face_swap.tasks.page(2, page_size=2))
    assert isinstance(page, Page)
    assert (page.number, page.size, page.total, len(page.items)) == (2, 2, 3, 1)
    beyond = driver.run(a2e.face_swap.tasks.page(9, page_size=2))
    assert beyond.items == ()
    assert beyond.total == 3


def test_pages_to_list_and_total(driver: Driver, a2e: Any, sandbox: Sandbox) -> None:
    listing = a2e.face_swap.tasks.list(page_size=2)
    assert driver.run(listing.total) == 3
    pages = driver.items(listing.pages())
    assert [(page.number, len(page)) for page in pages] == [(1, 2), (2, 1)]
    assert [page.total for page in pages] == [3, 3]
    assert len(driver.run(listing.to_list())) == 3
    sandbox.add_face_swap_task(name="new")
    assert len(driver.run(listing.to_list())) == 4, "each iteration asks anew"


def test_an_empty_listing_has_one_empty_page(driver: Driver) -> None:
    from a2e_sdk.sandbox.transport import SandboxTransport

    empty = Sandbox(seed_records=False)
    a2e = driver.client(region="sandbox", http_client=SandboxTransport(empty))
    listing = a2e.face_swap.tasks.list()
    assert driver.run(listing.to_list()) == []
    assert driver.run(listing.total) == 0
    assert [len(page) for page in driver.items(listing.pages())] == [0]


@pytest.mark.parametrize(
    "call",
    [
        lambda tasks: tasks.page(0),
        lambda tasks: tasks.page(-1),
        lambda tasks: tasks.page(1, page_size=0),
        lambda tasks: tasks.page(1, page_size=101),
        lambda tasks: tasks.list(page_size=0),
        lambda tasks: tasks.list(page_size=101),
        lambda tasks: tasks.list(limit=0),
        lambda tasks: tasks.get("short"),
        lambda tasks: tasks.get("../../user/remainingCoins"),
        lambda tasks: tasks.get(FIRST + "\n"),
        lambda tasks: tasks.get_many([FIRST, "?"]),
        lambda tasks: tasks.delete(""),
        lambda tasks: tasks.create(face="ftp://x.example/a", video=VIDEO),
        lambda tasks: tasks.create(face="https://x.example/a b.png", video=VIDEO),
        lambda tasks: tasks.create(face=b"", video=VIDEO),
        lambda tasks: tasks.create(face=b"no picture", video=VIDEO),
        lambda tasks: tasks.create(face=b"\x89PNG\r\n\x1a\n", video="https://127.0.0.1:x/"),
        lambda tasks: tasks.create(face=FACE, video=VIDEO, name=""),
        lambda tasks: tasks.create(face=FACE, video=VIDEO, model_version="v3"),
        lambda tasks: tasks.create(face=FACE, video=VIDEO, webhook_url="http://x.example/"),
        lambda tasks: tasks.create(face=FACE, video=VIDEO, webhook_token="x" * 257),
    ],
)
def test_wrong_values_are_refused_before_any_request(
    driver: Driver, a2e: Any, sandbox: Sandbox, call: Any
) -> None:
    with pytest.raises(ValueError, match=r"must|not|unknown|empty"):
        driver.run(call(a2e.face_swap.tasks))
    assert len(sandbox.requests) == 0


def test_a_missing_file_is_refused_before_any_request(
    driver: Driver, a2e: Any, sandbox: Sandbox
) -> None:
    picture = b"\x89PNG\r\n\x1a\n"
    with pytest.raises(FileNotFoundError, match="video: there is no file"):
        driver.run(a2e.face_swap.tasks.create(face=picture, video="missing.mp4"))
    assert len(sandbox.requests) == 0, "the picture was not uploaded either"


def test_local_files_are_uploaded_and_used(
    driver: Driver, a2e: Any, sandbox: Sandbox, tmp_path: Path
) -> None:
    face = tmp_path / "me.png"
    face.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(1000))
    clip = b"\x00\x00\x00\x18ftypisom" + bytes(5000)
    progress: list[tuple[int, int]] = []
    task = driver.run(
        a2e.face_swap.tasks.create(
            face=face, video=clip, on_upload=lambda sent, total: progress.append((sent, total))
        )
    )
    assert sandbox.uploads[task.face_url].content == face.read_bytes()
    assert sandbox.uploads[task.video_url].content == clip
    assert sandbox.uploads[task.video_url].content_type == "video/mp4"
    total = face.stat().st_size + len(clip)
    assert progress[-1] == (total, total)
    image = driver.run(a2e.face_swap.images.add(str(face)))
    assert image.face_url in sandbox.uploads
    preview = driver.run(a2e.face_swap.previews.create(face=str(face), video=clip))
    assert preview.face_url in sandbox.uploads


@pytest.mark.parametrize(
    "call",
    [
        lambda tasks: tasks.page("1"),
        lambda tasks: tasks.page(True),
        lambda tasks: tasks.list(page_size=10.0),
        lambda tasks: tasks.get(7),
        lambda tasks: tasks.get(None),
        lambda tasks: tasks.create(face=None, video=VIDEO),
    ],
)
def test_wrong_types_are_refused_before_any_request(
    driver: Driver, a2e: Any, sandbox: Sandbox, call: Any
) -> None:
    with pytest.raises(TypeError, match=r"must be|is missing"):
        driver.run(call(a2e.face_swap.tasks))
    assert len(sandbox.requests) == 0


def test_a_started_task_goes_its_way(
    driver: Driver, a2e: Any, sandbox: Sandbox, clock: ManualClock
) -> None:
    tasks = a2e.face_swap.tasks
    task = driver.run(tasks.create(face=FACE, video=VIDEO, name="mine"))
    assert (task.name, task.status, task.result_url) == ("mine", TaskStatus.QUEUED, None)
    assert (task.face_url, task.video_url) == (FACE, VIDEO)
    assert [running.id for running in driver.run(tasks.running())] == [task.id]
    clock.advance(1.5)
    assert driver.run(tasks.get(task)).status is TaskStatus.RUNNING
    clock.advance(10)
    done = driver.run(tasks.get(task.id))
    assert done.status is TaskStatus.SUCCEEDED
    assert done.result_urls == (done.result_url,)
    assert driver.run(tasks.running()) == []
    driver.run(tasks.delete(done))
    with pytest.raises(errors.NotFoundError, match=task.id):
        driver.run(tasks.get(task.id))


def test_a_failed_task_has_its_message_under_the_right_name(
    driver: Driver, a2e: Any, sandbox: Sandbox, clock: ManualClock
) -> None:
    sandbox.fail_next("no face found")
    task = driver.run(a2e.face_swap.tasks.create(face=FACE, video=VIDEO))
    clock.advance(10)
    failed = driver.run(a2e.face_swap.tasks.get(task))
    assert failed.status is TaskStatus.FAILED
    assert failed.failed_message == failed.raw["faild_message"] == "no face found"
    assert failed.error_code == "-1"


@pytest.mark.parametrize("wire_name", ["faild_message", "failed_message"])
def test_both_spellings_are_read(
    driver: Driver, a2e: Any, sandbox: Sandbox, wire_name: str
) -> None:
    fields = {"faild_message": None, wire_name: "why", "current_status": "failed"}
    task_id = sandbox.add_face_swap_task(**fields)
    assert driver.run(a2e.face_swap.tasks.get(task_id)).failed_message == "why"


def test_an_unknown_status_word_counts_as_running_and_is_kept(
    driver: Driver, a2e: Any, sandbox: Sandbox
) -> None:
    task_id = sandbox.add_face_swap_task(current_status="warming_up")
    task = driver.run(a2e.face_swap.tasks.get(task_id))
    assert task.status is TaskStatus.UNKNOWN
    assert not task.status.is_final
    assert task.raw_status == "warming_up"
    assert len(driver.items(a2e.face_swap.tasks.list())) == 4, "the page is not lost for it"


def test_names_are_made_unique_when_none_is_given(driver: Driver, a2e: Any) -> None:
    tasks = [driver.run(a2e.face_swap.tasks.create(face=FACE, video=VIDEO)) for _ in range(2)]
    assert tasks[0].name
    assert tasks[0].name != tasks[1].name


def test_everything_a_start_can_say_reaches_the_server(
    driver: Driver, a2e: Any, sandbox: Sandbox
) -> None:
    driver.run(
        a2e.face_swap.tasks.create(
            face=FACE,
            video=VIDEO,
            name="n",
            cover="https://example.com/cover.png",
            model_version="v2",
            webhook_url="https://example.com/hook",
            webhook_token="secret",
        )
    )
    assert sandbox.requests.count("add_face_swap_task") == 1


def test_many_tasks_are_read_in_the_order_asked_for(
    driver: Driver, a2e: Any, sandbox: Sandbox
) -> None:
    ids = [sandbox.add_face_swap_task(name=str(number)) for number in range(250)]
    wanted = [*ids[::-1], "0" * 24, ids[0]]
    found = driver.run(a2e.face_swap.tasks.get_many(wanted))
    assert [task.id for task in found] == ids[::-1]
    assert sandbox.requests.count("get_many_face_swap_tasks") == 3, "100 ids a request"
    assert driver.run(a2e.face_swap.tasks.get_many([])) == []


def test_a_task_in_work_can_not_be_deleted(driver: Driver, a2e: Any, clock: ManualClock) -> None:
    task = driver.run(a2e.face_swap.tasks.create(face=FACE, video=VIDEO))
    clock.advance(1.5)
    with pytest.raises(errors.BadRequestError):
        driver.run(a2e.face_swap.tasks.delete(task))


def test_a_deletion_whose_answer_was_lost_counts_as_done(
    driver: Driver, a2e: Any, sandbox: Sandbox, pauses: list[float]
) -> None:
    task = driver.run(a2e.face_swap.tasks.create(face=FACE, video=VIDEO))
    sandbox.faults.add(Fault.drop_after_read(), operation="delete_face_swap_task")
    driver.run(a2e.face_swap.tasks.delete(task))
    assert sandbox.requests.count("delete_face_swap_task") == 2
    with pytest.raises(errors.APIStatusError):
        driver.run(a2e.face_swap.tasks.delete(task))


def test_faces_are_kept_listed_and_deleted(driver: Driver, a2e: Any) -> None:
    images = a2e.face_swap.images
    other = driver.run(images.add("https://example.com/other.png"))
    image = driver.run(images.add(FACE))
    assert image.face_url == FACE, "the server answers with the whole collection"
    assert image.created_at is not None
    listing = images.list()
    assert {kept.id for kept in driver.items(listing)} == {image.id, other.id}
    assert driver.run(listing.total) == 2
    driver.run(images.delete(image))
    assert [kept.id for kept in driver.run(images.list().to_list())] == [other.id]


def test_a_preview_goes_its_way(driver: Driver, a2e: Any, clock: ManualClock) -> None:
    previews = a2e.face_swap.previews
    preview = driver.run(previews.create(face=FACE, video=VIDEO))
    assert preview.status is TaskStatus.QUEUED
    clock.advance(10)
    done = driver.run(previews.get(preview))
    assert (done.id, done.status) == (preview.id, TaskStatus.SUCCEEDED)
    assert done.result_url is not None
    with pytest.raises(errors.NotFoundError):
        driver.run(previews.get("0" * 24))


def test_models_are_values(driver: Driver, a2e: Any) -> None:
    task = driver.run(a2e.face_swap.tasks.get(FIRST))
    again = driver.run(a2e.face_swap.tasks.get(FIRST))
    assert task == again
    assert hash(task) == hash(again)
    assert pickle.loads(pickle.dumps(task)) == task
    assert pickle.loads(pickle.dumps(task)).raw == task.raw
    with pytest.raises(AttributeError):
        task.name = "changed"


def test_a_decoded_task_equals_a_constructed_one(driver: Driver, a2e: Any) -> None:
    task = driver.run(a2e.face_swap.tasks.get(FIRST))
    fields = {field.name: getattr(task, field.name) for field in attrs.fields(FaceSwapTask)}
    assert set(vars(task)) == set(fields), "no field is missing and none is made up"
    assert FaceSwapTask(**fields) == task
    assert repr(FaceSwapTask(**fields)) == repr(task)


def test_null_data_and_null_rows_are_an_empty_page(
    driver: Driver, a2e: Any, sandbox: Sandbox
) -> None:
    for fault in (Fault.null_data(), Fault.null_rows()):
        sandbox.faults.add(fault)
        page = driver.run(a2e.face_swap.tasks.page(1))
        assert page.items == ()


@pytest.mark.parametrize(
    "data",
    ["words", 7, [1], [{"_id": FIRST}], {"rows": {"_id": FIRST}, "count": 1}, {"rows": "x"}],
)
def test_rows_in_an_unpromised_shape_are_refused_not_dropped(
    driver: Driver, a2e: Any, sandbox: Sandbox, data: Any
) -> None:
    sandbox.faults.add(Fault.json({"code": 0, "data": data}))
    with pytest.raises(errors.UnexpectedResponseError, match="shape"):
        driver.run(a2e.face_swap.tasks.page(1))
