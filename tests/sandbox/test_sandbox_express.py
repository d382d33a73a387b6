"""Paths as Express, which serves A2E, matches them; in process and over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.http_server import serve
from api_paths import path_of

if TYPE_CHECKING:
    from tests.sandbox.conftest import Api

RECORDS = path_of("list_face_swap_tasks")
Get = Callable[[str, str], tuple[int, bytes]]


@pytest.fixture(params=["in process", "over HTTP"])
def ask(request: pytest.FixtureRequest, sandbox: Sandbox, unjudged_api: Api) -> Iterator[Get]:
    """Asks by method and target, and returns status and body."""
    if request.param == "in process":

        def in_process(method: str, target: str) -> tuple[int, bytes]:
            reply = unjudged_api.send(method, target).reply
            return reply.status, reply.body

        yield in_process
        return
    with serve(sandbox) as server, httpx.Client(trust_env=False) as client:

        def over_http(method: str, target: str) -> tuple[int, bytes]:
            headers = {"Authorization": "Bearer any"}
            response = client.request(method, server.url + target, headers=headers)
            return response.status_code, response.content

        yield over_http


@pytest.mark.parametrize(
    "path",
    [
        RECORDS,
        f"{RECORDS}/",
        RECORDS.lower(),
        f"{RECORDS.upper()}/",
        f"{RECORDS[:-1]}{RECORDS[-1].upper()}",
    ],
)
def test_case_and_a_slash_at_the_end_do_not_matter(ask: Get, path: str) -> None:
    status, body = ask("GET", f"{path}?pageNum=1&pageSize=2")
    assert (status, body[:9]) == (200, b'{"code":0')


def test_an_id_keeps_its_case(ask: Get, sandbox: Sandbox) -> None:
    task_id = sandbox.add_face_swap_task(_id="aB" * 12)
    for path, is_found in (
        (path_of("get_face_swap_task", "").upper() + f"{task_id}/", True),
        (path_of("get_face_swap_task", "ab" * 12), False),
    ):
        _, body = ask("GET", path)
        assert (task_id.encode() in body) is is_found


def test_an_id_is_percent_decoded(ask: Get, sandbox: Sandbox) -> None:
    task_id = sandbox.add_face_swap_task(_id="a1" * 12)
    escaped = "".join(f"%{ord(letter):02X}" for letter in task_id)
    assert task_id.encode() in ask("GET", path_of("get_face_swap_task", escaped))[1]


@pytest.mark.parametrize("identifier", ["%zz", "%", "%4", "%FF%FE", "a%C3"])
def test_an_escape_that_cannot_be_decoded_is_400_with_html(ask: Get, identifier: str) -> None:
    status, body = ask("GET", path_of("get_face_swap_task", identifier))
    assert status == 400
    assert b"<!DOCTYPE html>" in body
    assert f"Failed to decode param &#39;{identifier}&#39;".replace("&#39;", "'").encode() in body


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/api/v1/nowhere/",
        f"{RECORDS}//",
        RECORDS.replace("/v1/", "/v1//"),
        RECORDS.replace("/v1/u", "/v1/%75"),
        "/api",
        "/api/",
    ],
)
def test_an_unknown_path_is_404_with_html(ask: Get, path: str) -> None:
    status, body = ask("GET", path)
    assert status == 404
    assert f"Cannot GET {path}".encode() in body


def test_of_two_paths_that_differ_in_case_each_is_found_as_it_is_spelled(api: Api) -> None:
    body = {"name": "x", "prompt": "door"}
    other: Any = api.sandbox.requests
    for path, operation in (
        (path_of("start_text_to_image_task"), "start_text_to_image_task"),
        (path_of("start_text_to_image_task_2025"), "start_text_to_image_task_2025"),
    ):
        assert isinstance(api.post(path, body).data, list), "the server answers both alike"
        assert other[-1].operation == operation
    api.judge = None
    api.post(path_of("start_text_to_image_task").lower(), body)
    assert other[-1].operation == "start_text_to_image_task"
    listed = api.get(path_of("list_text_to_image_tasks").lower()).data
    assert listed["count"] == 3


def test_the_storage_takes_paths_as_they_are(ask: Get, sandbox: Sandbox) -> None:
    sandbox.add_face_swap_task()
    url = sandbox.face_swap_tasks()[0]["result_url"].removeprefix(sandbox.public_url)
    assert ask("GET", url)[0] == 200
    path, _, query = url.partition("?")
    for other in (path.replace("/files/", "/Files/"), path + "/", path.replace("result", "Result")):
        assert ask("GET", f"{other}?{query}")[0] in (403, 404)
