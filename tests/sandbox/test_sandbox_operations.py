"""What holds for all operations: the spec, tokens, unknown paths, the log; faces and previews."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from a2e_api.operations import OPERATIONS
from a2e_sdk.sandbox import Fault, ManualClock, Sandbox, SandboxRequest
from api_paths import path_of

if TYPE_CHECKING:
    from tests.sandbox.conftest import Api

    Connect = Callable[[Sandbox], Api]

TASKS = path_of("delete_face_swap_task", "").rstrip("/")
FACE = {"face_url": "https://example.com/face.jpg"}
INPUTS = FACE | {"video_url": "https://example.com/video.mp4"}
UPLOADS = path_of("add_upload_url")
FILE_OPERATIONS = {
    *("download_file", "head_file"),
    *("put_upload", "download_upload", "head_upload"),
}


def test_the_judge_of_these_tests_does_refuse(unjudged_api: Api, judge: Any) -> None:
    unjudged_api.judge = judge
    unjudged_api.sandbox.add_face_swap_task(duration="long")
    with pytest.raises(Exception, match="InvalidData"):
        unjudged_api.page(1, 1)


@pytest.mark.parametrize("value", ["", "Bearer", "Bearer ", "Basic c2s6", "sk_test"])
def test_what_is_no_bearer_token_is_refused(api: Api, value: str) -> None:
    api.headers = {"Authorization": value}
    assert api.get(path_of("list_running_face_swap_tasks")).status == 401


def test_no_authorization_header_at_all_is_refused(sandbox: Sandbox) -> None:
    assert (
        sandbox.handle(SandboxRequest("GET", path_of("list_running_face_swap_tasks"))).status == 401
    )


def test_one_bad_token_is_refused_under_http_200(api: Api) -> None:
    api.token = "sk_invalid_200"
    answer = api.get(path_of("list_running_face_swap_tasks"))
    assert (answer.status, answer.json["code"]) == (200, 401)


def test_any_other_token_is_fine(api: Api) -> None:
    for token in ("sk_test", "sandbox", "x"):
        api.token = token
        assert api.get(path_of("list_running_face_swap_tasks")).data == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"{TASKS}/allRecords/x"),
        ("GET", "/api/v1/<b>"),
        ("PUT", path_of("list_face_swap_tasks")),
        ("GET", f"{TASKS}/"),
        ("GET", f"{TASKS}//records"),
        ("GET", "//x"),
        ("GET", "/"),
        ("GET", "/files/userFaceSwapTask/x"),
        ("GET", "/uploads/bucket/key"),
        ("PUT", "/uploads/bucket/"),
    ],
)
def test_an_unknown_path_is_an_html_page(unjudged_api: Api, method: str, path: str) -> None:
    answer = unjudged_api.send(method, path)
    assert answer.status == 404
    assert answer.reply.headers["content-type"].startswith("text/html")
    assert b"<pre>Cannot " in answer.reply.body
    assert b"<b>" not in answer.reply.body


def test_adding_a_face_answers_with_all_faces_newest_first(api: Api, clock: ManualClock) -> None:
    first = api.post(path_of("add_face_swap_image"), {"face_url": "https://example.com/1.jpg"}).data
    clock.advance(1)
    both = api.post(path_of("add_face_swap_image"), {"face_url": "https://example.com/2.jpg"}).data
    assert [row["face_url"][-5:] for row in both] == ["2.jpg", "1.jpg"]
    assert both[1:] == first
    assert api.get(path_of("list_face_swap_images")).json == {"code": 0, "data": both}
    assert list(both[0]) == ["face_url", "_id", "createdAt", "updatedAt"]


def test_faces_are_deleted_once(api: Api) -> None:
    image_id = api.post(path_of("add_face_swap_image"), FACE).data[0]["_id"]
    assert api.delete(path_of("delete_face_swap_image", image_id)).status == 200
    assert api.delete(path_of("delete_face_swap_image", image_id)).status == 400
    assert api.delete(path_of("delete_face_swap_image", "nonsense")).status == 400
    assert api.get(path_of("list_face_swap_images")).data == []


def test_a_face_needs_its_url(api: Api) -> None:
    answer = api.post(path_of("add_face_swap_image"), {})
    assert answer.status == 400
    assert answer.json["errors"][0]["param"] == "face_url"


def test_a_preview_is_asked_for_by_query_and_gives_an_object(api: Api, clock: ManualClock) -> None:
    started = api.post(path_of("add_face_swap_preview"), INPUTS).data
    assert started["current_status"] == "initialized"
    assert len(started["user_id"]) == 24
    clock.advance(3)
    done = api.get(f"{path_of('get_face_swap_preview_status')}?_id={started['_id']}").data
    assert done["current_status"] == "completed"
    assert done["result_url"].partition("?")[0].endswith(".jpg")
    assert len(api.sandbox.coins) == 0
    assert api.get(f"{path_of('get_face_swap_preview_status')}?_id={'0' * 24}").json == {
        "code": 0,
        "data": None,
    }


def test_a_preview_can_fail(api: Api, clock: ManualClock) -> None:
    api.sandbox.fail_next("no face found")
    preview_id = api.post(path_of("add_face_swap_preview"), INPUTS).data["_id"]
    clock.advance(3)
    failed = api.get(f"{path_of('get_face_swap_preview_status')}?_id={preview_id}").data
    assert (failed["current_status"], failed["faild_message"]) == ("failed", "no face found")


@pytest.mark.parametrize("query", ["?_id=", "?_id=x"])
def test_a_preview_without_a_good_id_is_refused_under_http_200(api: Api, query: str) -> None:
    answer = api.get(path_of("get_face_swap_preview_status") + query)
    assert (answer.status, answer.json["code"]) == (200, 400)


def test_the_log_says_what_arrived_but_never_the_token(api: Api) -> None:
    api.token = "sk_test_secret"
    api.get(f"{path_of('list_face_swap_tasks')}?pageNum=1&pageSize=2")
    received = api.sandbox.requests[-1]
    assert (received.method, received.path) == ("GET", path_of("list_face_swap_tasks"))
    assert received.operation == "list_face_swap_tasks"
    assert received.query == {"pageNum": "1", "pageSize": "2"}
    assert received.header_names == {"authorization", "content-type"}
    assert "sk_test_secret" not in repr(list(api.sandbox.requests))


def test_the_log_is_bounded_and_the_counts_are_not(connect: Connect, clock: ManualClock) -> None:
    sandbox = Sandbox(clock=clock, log_limit=5)
    for _ in range(7):
        connect(sandbox).page(1, 1)
    connect(sandbox).get("/nowhere")
    assert [entry.operation for entry in sandbox.requests] == ["list_face_swap_tasks"] * 4 + [None]
    assert sandbox.requests.count("list_face_swap_tasks") == 7
    assert sandbox.requests.count(None) == 1
    assert sandbox.requests.total == 8
    sandbox.requests.clear()
    assert (len(sandbox.requests), sandbox.requests.total) == (0, 0)


def test_the_same_calls_give_the_same_answers(connect: Connect) -> None:
    def bodies() -> list[bytes]:
        api = connect(Sandbox(clock=ManualClock()))
        task_id = api.start()
        batch = api.post(path_of("get_many_face_swap_tasks"), {"ids": [task_id]})
        return [batch.reply.body, api.get("/nowhere").reply.body]

    assert bodies() == bodies()


def test_every_reply_tells_the_sandboxs_time(unjudged_api: Api, clock: ManualClock) -> None:
    clock.advance(0.9)
    for path in (
        path_of("list_running_face_swap_tasks"),
        path_of("list_face_swap_tasks"),
        "/nowhere",
        "/cdn/bucket/key",
    ):
        reply = unjudged_api.get(path).reply
        assert reply.headers["date"] == "Thu, 01 Jan 2026 00:00:00 GMT"
    clock.advance(59 * 86_400)
    for fault in (Fault.http(502), Fault.stall(1), Fault(status=299)):
        unjudged_api.sandbox.faults.add(fault)
        reply = unjudged_api.get(path_of("list_running_face_swap_tasks")).reply
        assert reply.headers["date"] == "Sun, 01 Mar 2026 00:00:00 GMT"
    unjudged_api.sandbox.faults.add(Fault(headers={"Date": None}))
    assert "date" not in unjudged_api.get(path_of("list_running_face_swap_tasks")).reply.headers


def test_latency_is_asked_for_and_not_taken(connect: Connect, clock: ManualClock) -> None:
    sandbox = Sandbox(clock=clock, latency=3_600)
    assert connect(sandbox).get(path_of("list_running_face_swap_tasks")).reply.delay == 3_600


KNOWN_PATHS = [
    path_of("add_face_swap_task"),
    path_of("list_face_swap_tasks"),
    path_of("list_running_face_swap_tasks"),
    path_of("get_many_face_swap_tasks"),
    path_of("get_face_swap_task", "0" * 24),
    path_of("add_face_swap_image"),
    path_of("get_face_swap_preview_status"),
    f"/files/userFaceSwapTask/{'0' * 24}/result.mp4",
    UPLOADS,
    "/uploads/bucket/key",
    "/cdn/bucket/key",
    *(re.sub(r"{.*}", "0" * 24, operation.path) for operation in OPERATIONS.values()),
]
BODY_FIELDS = [
    *("name", "face_url", "video_url", "ids", "model_version"),
    *("key", "bucket", "urlPrefix", "expiresIn", "contentType", "contentLength"),
    *("prompt", "_id", "image_url", "max_images", "endpoint", "requestBody", "channel", "current"),
]
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(), children),
    max_leaves=5,
)


@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH"]),
    path=st.sampled_from(KNOWN_PATHS) | st.text(),
    query=st.dictionaries(
        st.sampled_from(["pageNum", "pageSize", "_id", "expires", "signature", "current"])
        | st.text(),
        st.text(max_size=5),
    ),
    body=st.binary(max_size=20)
    | st.dictionaries(
        st.sampled_from(BODY_FIELDS),
        JSON_VALUES,
    ).map(lambda content: json.dumps(content).encode()),
    token=st.sampled_from(["Bearer sk_test", "Bearer sk_invalid_200", ""]) | st.text(),
    range_header=st.sampled_from(["bytes=0-0", "bytes=-0", "bytes=9-1", "x"]),
)
def test_no_request_raises_and_every_answer_is_json_html_or_a_file(
    method: str, path: str, query: dict[str, str], body: bytes, token: str, range_header: str
) -> None:
    headers = {"Authorization": token, "Range": range_header}
    reply = Sandbox().handle(SandboxRequest(method, path, query, headers, body))
    if reply.headers["content-type"].startswith("application/json"):
        envelope = json.loads(reply.body)
        assert envelope["code"] in (0, 400, 401, 404)
        assert reply.status in (200, 202, envelope["code"])
    else:
        assert reply.status in (200, 206, 403, 404, 416)


def test_many_threads_lose_nothing(connect: Connect) -> None:
    sandbox = Sandbox(seed_records=False, clock=ManualClock(), coins=1_000)
    per_thread, threads = 20, 8
    ids: list[str] = []
    errors: list[BaseException] = []
    barrier = threading.Barrier(threads)

    def work() -> None:
        try:
            api = connect(sandbox)
            barrier.wait()
            for _ in range(per_thread):
                answer = api.post(path_of("add_face_swap_task"), INPUTS | {"name": "x"})
                if answer.status == 200:
                    ids.append(answer.data["_id"])
                api.page(1, 100)
        except BaseException as error:
            errors.append(error)

    workers = [threading.Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert errors == []
    # 160 starts were tried, 1,000 coins pay for 100.
    assert len(ids) == len(set(ids)) == 100
    assert sandbox.coins.balance == 0
    assert {row["_id"] for row in sandbox.face_swap_tasks()} == set(ids)
    assert sandbox.requests.count("add_face_swap_task") == per_thread * threads


def test_one_request_is_handled_at_a_time(connect: Connect) -> None:
    meeting = threading.Barrier(2)
    met: list[int] = []

    class MeetingPlace(ManualClock):
        def now(self) -> datetime:
            # Two requests that are handled at once would find each other here.
            with contextlib.suppress(threading.BrokenBarrierError):
                met.append(meeting.wait(timeout=0.2))
            return super().now()

    sandbox = Sandbox(seed_records=False, clock=MeetingPlace())
    workers = [threading.Thread(target=lambda: connect(sandbox).page(1, 1)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sandbox.requests.count("list_face_swap_tasks") == 2
    assert met == []


def test_importing_the_sandbox_loads_no_http_library() -> None:
    code = (
        "import sys; from a2e_sdk.sandbox import Fault, ManualClock, Sandbox; Sandbox(); "
        "print([m for m in ('http.server', 'httpx', 'a2e_api.models', 'a2e_api.client', "
        "'socketserver', 'ssl', 'asyncio', 'uuid', 'random', 'html', 'hashlib') "
        "if m in sys.modules], [m for m in sys.modules if m.startswith('a2e_api.schemas.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] []"
