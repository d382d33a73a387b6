"""Promises of the plain client: what it sends, what it refuses, when it opens connections."""

from __future__ import annotations

import asyncio
import copy
import json
import pickle
from typing import Any

import httpx
import pytest
from package_under_test import TOKEN, Package

PACKAGE = Package()
LIST = {"page_num": 1, "page_size": 10}


def test_a_call_sends_the_request_and_returns_the_whole_answer(records: dict[str, Any]) -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json=records, headers={"x-seen": "1"})

    client = PACKAGE.client(handler, headers={"x-lang": "en-US"})
    answer = PACKAGE.operation("list_face_swap_tasks").sync_detailed(client=client, **LIST)
    assert str(seen[0].url) == (
        "https://api.test/api/v1/userFaceSwapTask/records?pageNum=1&pageSize=10"
    )
    assert seen[0].headers["Authorization"] == f"Bearer {TOKEN}"
    assert seen[0].headers["x-lang"] == "en-US"
    assert (answer.status_code, answer.headers["x-seen"]) == (200, "1")
    assert answer.parsed.to_dict() == records
    assert httpx.Response(200, content=answer.content).json() == records


def test_with_asyncio_the_same_happens(records: dict[str, Any]) -> None:
    async def main() -> tuple[Any, Any]:
        client = PACKAGE.client(lambda _: httpx.Response(200, json=records))
        async with client:
            module = PACKAGE.operation("list_face_swap_tasks")
            parsed = await module.asyncio(client=client, **LIST)
            return parsed, await module.asyncio_detailed(client=client, **LIST)

    parsed, detailed = asyncio.run(main())
    assert parsed.to_dict() == records
    assert detailed.parsed == parsed


def test_with_asyncio_a_failure_raises_too() -> None:
    async def main() -> None:
        async with PACKAGE.client(lambda _: httpx.Response(520)) as client:
            await PACKAGE.operation("list_face_swap_images").asyncio(client=client)

    with pytest.raises(PACKAGE.error("UnexpectedStatus")):
        asyncio.run(main())


def test_a_json_body_is_sent_as_json() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"code": 0, "data": []})

    body = PACKAGE.module("models").GetManyTasksRequest(ids=["a"])
    answer = PACKAGE.operation("get_many_face_swap_tasks").sync(
        client=PACKAGE.client(handler), body=body
    )
    assert answer.data == []
    assert seen[0].headers["Content-Type"] == "application/json"
    assert json.loads(seen[0].content) == {"ids": ["a"]}


def test_a_redirect_is_not_followed() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(302, headers={"Location": "https://elsewhere.test/"})

    with pytest.raises(PACKAGE.error("UnexpectedStatus")):
        PACKAGE.operation("list_face_swap_images").sync(client=PACKAGE.client(handler))
    assert len(seen) == 1


@pytest.mark.parametrize("content", [b"", b"<html>", b"\xff\xfe\xfa", b"[" * 200_000, b"1" * 5_000])
def test_a_body_that_is_no_json_raises(content: bytes) -> None:
    with pytest.raises(PACKAGE.error("UnexpectedBody")) as caught:
        PACKAGE.answer(content=content)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("code", [0, "0", 0.0, None])
def test_these_codes_are_success(code: Any) -> None:
    assert PACKAGE.answer(json={"code": code, "data": None}).parsed.data is None


def test_an_answer_without_a_code_is_success() -> None:
    assert PACKAGE.answer(json={"data": {"rows": [], "count": 0}}).parsed.data.rows == []


@pytest.mark.parametrize("code", ["E1", [], {"x": 1}, False])
def test_a_code_that_is_no_number_is_a_failure_too(code: Any) -> None:
    with pytest.raises(PACKAGE.error("UnexpectedCode")) as caught:
        PACKAGE.answer(json={"code": code, "message": "second choice"})
    assert caught.value.code == str(code)
    assert caught.value.message == "second choice"


def test_errors_survive_a_pickle_and_print_an_excerpt_only() -> None:
    errors = PACKAGE.module("errors")
    for error in (
        errors.UnexpectedStatus(520, b"x" * 100_000),
        errors.UnexpectedBody(200, "\u00e9" * 100_000),
        errors.UnexpectedCode(1001, "m" * 100_000, "t-1", 200),
        errors.UnexpectedCode(1001, None, None, 200),
    ):
        again = pickle.loads(pickle.dumps(error))
        assert (str(again), vars(again)) == (str(error), vars(error))
        assert len(str(error)) < 300
        assert isinstance(error, errors.UnexpectedAnswer)


def test_a_closed_client_opens_new_connections_for_the_next_call() -> None:
    with PACKAGE.client(lambda _: httpx.Response(200, json={})) as client:
        first = client.get_httpx_client()
        assert client.get_httpx_client() is first
    assert first.is_closed
    assert PACKAGE.operation("list_face_swap_images").sync(client=client).data is None
    assert client.get_httpx_client() is not first
    client.close()
    client.close()


def test_a_given_timeout_is_used() -> None:
    assert PACKAGE.client(timeout=3).get_httpx_client().timeout == httpx.Timeout(3)
    assert PACKAGE.client(timeout=3).get_async_httpx_client().timeout == httpx.Timeout(3)


def test_a_client_without_a_token_sends_none() -> None:
    client = PACKAGE.module("client").Client("https://api.test")
    assert "Authorization" not in client.get_httpx_client().headers
    assert repr(client) == "Client('https://api.test')"


@pytest.mark.parametrize("attempt", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_client_refuses_to_be_pickled_or_copied(attempt: Any) -> None:
    with pytest.raises(TypeError, match="cannot be pickled or copied"):
        attempt(PACKAGE.client())


def test_the_package_offers_the_clients_and_nothing_unknown() -> None:
    package = PACKAGE.module()
    assert package.Client is PACKAGE.module("client").Client
    assert set(package.__all__) <= set(dir(package))
    for module in (package, PACKAGE.module("models")):
        with pytest.raises(AttributeError, match="Nothing"):
            _ = module.Nothing
