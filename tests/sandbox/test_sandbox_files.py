"""Results as real bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from a2e_sdk.sandbox import DEFAULT_PUBLIC_URL, ManualClock, Sandbox, SandboxReply, SandboxRequest
from a2e_sdk.sandbox.files.links import expiry_after, signed_link
from api_paths import path_of

if TYPE_CHECKING:
    from tests.sandbox.conftest import Api

SIZE = 65_536


def get(sandbox: Sandbox, url: str, method: str = "GET", **headers: str) -> SandboxReply:
    """Ask for a file without any token."""
    return sandbox.handle(SandboxRequest.from_target(method, url, headers))


@pytest.fixture
def result_url(api: Api, clock: ManualClock) -> str:
    task_id = api.start()
    clock.advance(3)
    url: str = api.task(task_id)["result_url"]
    return url


def test_a_result_is_served_whole_and_without_a_token(sandbox: Sandbox, result_url: str) -> None:
    assert result_url.startswith(f"{DEFAULT_PUBLIC_URL}/files/userFaceSwapTask/")
    reply = get(sandbox, result_url)
    assert reply.status == 200
    assert reply.body[4:8] == b"ftyp"
    assert len(reply.body) == SIZE
    assert reply.headers["content-length"] == str(SIZE)
    assert reply.headers["content-type"] == "video/mp4"
    assert reply.headers["accept-ranges"] == "bytes"
    assert sandbox.requests[-1].operation == "download_file"
    assert get(sandbox, result_url).body == reply.body


def test_results_of_two_tasks_differ(api: Api, clock: ManualClock, result_url: str) -> None:
    other = api.start()
    clock.advance(3)
    first = get(api.sandbox, result_url)
    second = get(api.sandbox, api.task(other)["result_url"])
    assert first.body != second.body
    assert first.headers["etag"] != second.headers["etag"]


def test_head_gives_the_same_head_without_a_body(sandbox: Sandbox, result_url: str) -> None:
    reply = get(sandbox, result_url, "HEAD")
    assert (reply.status, reply.body) == (200, b"")
    assert reply.headers == get(sandbox, result_url).headers


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.integers(0, SIZE - 1), length=st.integers(1, SIZE * 2))
def test_a_range_gives_exactly_those_bytes(
    sandbox: Sandbox, result_url: str, first: int, length: int
) -> None:
    whole = get(sandbox, result_url).body
    last = first + length - 1
    reply = get(sandbox, result_url, range=f"bytes={first}-{last}")
    assert reply.status == 206
    assert reply.body == whole[first : last + 1]
    assert reply.headers["content-length"] == str(len(reply.body))
    assert reply.headers["content-range"] == f"bytes {first}-{min(last, SIZE - 1)}/{SIZE}"


def test_open_and_suffix_ranges(sandbox: Sandbox, result_url: str) -> None:
    whole = get(sandbox, result_url).body
    assert get(sandbox, result_url, range="bytes=65530-").body == whole[65530:]
    assert get(sandbox, result_url, range="bytes=-6").body == whole[-6:]
    more_than_all = get(sandbox, result_url, range=f"bytes=-{SIZE * 2}")
    assert more_than_all.body == whole
    assert more_than_all.headers["content-range"] == f"bytes 0-{SIZE - 1}/{SIZE}"


@pytest.mark.parametrize("wanted", [f"bytes={SIZE}-", f"bytes={SIZE}-{SIZE + 5}", "bytes=-0"])
def test_a_range_outside_the_file_is_416(sandbox: Sandbox, result_url: str, wanted: str) -> None:
    reply = get(sandbox, result_url, range=wanted)
    assert (reply.status, reply.body) == (416, b"")
    assert reply.headers["content-range"] == f"bytes */{SIZE}"


@pytest.mark.parametrize("wanted", ["bytes=0-1,3-4", "bytes=5-2", "bytes=-", "items=0-1", "x"])
def test_what_is_not_one_plain_range_is_ignored(
    sandbox: Sandbox, result_url: str, wanted: str
) -> None:
    assert get(sandbox, result_url, range=wanted).status == 200


def test_if_range_guards_against_another_version(sandbox: Sandbox, result_url: str) -> None:
    etag = get(sandbox, result_url).headers["etag"]
    same = get(sandbox, result_url, **{"range": "bytes=0-3", "if-range": etag})
    other = get(sandbox, result_url, **{"range": "bytes=0-3", "if-range": '"other"'})
    assert (same.status, len(same.body)) == (206, 4)
    assert (other.status, len(other.body)) == (200, SIZE)


def test_there_is_no_file_before_the_end_after_a_failure_or_elsewhere(
    api: Api, clock: ManualClock
) -> None:
    api.sandbox.fail_next("no face found")
    failing, running = api.start(), api.start()
    folder, later = "/files/userFaceSwapTask", expiry_after(clock.now(), 60)
    ahead_of_time = {
        name: signed_link(f"{folder}/{name}", later)
        for name in (
            *(f"{failing}/result.mp4", f"{running}/result.mp4"),
            *(f"{running}/other.mp4", f"{'0' * 24}/result.mp4", f"../userNothing/{running}/x"),
        )
    }
    for url in ahead_of_time.values():
        assert get(api.sandbox, url).status == 404
    clock.advance(3)
    served = [name for name, url in ahead_of_time.items() if get(api.sandbox, url).status == 200]
    assert served == [f"{running}/result.mp4"]


def test_a_deleted_task_takes_its_file_along(api: Api, clock: ManualClock, result_url: str) -> None:
    api.delete(path_of("delete_face_swap_task", api.page(1, 1)["rows"][0]["_id"]))
    assert get(api.sandbox, result_url).status == 404


@pytest.mark.parametrize("size", [0, 1, 100])
def test_size_and_address_can_be_chosen(clock: ManualClock, size: int) -> None:
    sandbox = Sandbox(clock=clock, result_size=size, public_url="http://files.test/")
    sandbox.add_face_swap_task()
    url = sandbox.face_swap_tasks()[0]["result_url"]
    assert url.startswith("http://files.test/files/")
    assert len(get(sandbox, url).body) == size
