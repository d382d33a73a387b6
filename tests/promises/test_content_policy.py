"""The server's content policy is never loosened by us, and what it refused is never sent again."""

from __future__ import annotations

import json
from functools import reduce
from typing import Any

import pytest

from a2e_sdk import errors
from a2e_sdk._http.messages import HttpRequest, HttpResponse
from a2e_sdk._wire.arguments import arguments_of
from a2e_sdk._wire.families import TaskFamily
from a2e_sdk._wire.family_table import ENGINES, TASK_FAMILIES
from driver import Driver
from schema_values import minimal
from scripted_transport import ScriptedTransport

EVERY_ENGINE = pytest.mark.parametrize("family", ENGINES, ids=lambda family: family.name)

#: How the server says no to content: status, code and text.
REFUSALS = [
    (200, 1003, "minor detected"),
    (403, 1003, "minor detected"),
    (500, 1003, "minor detected"),
    (503, 1004, "suspected minor"),
    (200, 1004, "suspected minor"),
    (403, 403, "blocked by moderation"),
    (200, -1, "NSFW content detected"),
    (400, 400, "inappropriate picture"),
]


def smallest(family: TaskFamily) -> dict[str, Any]:
    return {
        argument.name: minimal(argument.schema)
        for argument in arguments_of(str(family.start)).values()
        if argument.required and argument.wire != family.label
    }


def start(driver: Driver, client: Any, family: TaskFamily, **more: Any) -> Any:
    tasks = reduce(getattr, family.attribute.split("."), client)
    return driver.run(tasks.create(**smallest(family), **more))


@pytest.mark.parametrize(("status", "code", "text"), REFUSALS)
def test_a_refused_start_is_sent_once_and_not_looked_for_even_if_resending_was_asked_for(
    driver: Driver, pauses: list[float], status: int, code: int, text: str
) -> None:
    body = json.dumps({"code": code, "msg": text, "trace_id": "t-7"}).encode()
    # The server even invites to try again.
    transport = ScriptedTransport(lambda _: HttpResponse(status, {"retry-after": "1"}, body))
    client = driver.client(api_key="sk_x", http_client=transport, max_retries=5)
    for family in (*ENGINES, TASK_FAMILIES["face_swap"]):
        transport.requests.clear()
        with pytest.raises(errors.ContentRejectedError) as caught:
            start(driver, client, family, resend_if_unknown=True)
        assert len(transport.requests) == 1, family.name
        assert text in str(caught.value), "it says what was refused"
        assert (caught.value.code, caught.value.trace_id) == (code, "t-7")
        assert "Nothing is sent again" in str(caught.value)
    assert pauses == []


@pytest.mark.trio_nightly
@EVERY_ENGINE
def test_no_start_carries_anything_that_loosens_a_check(driver: Driver, family: TaskFamily) -> None:
    sent: list[HttpRequest] = []

    def respond(request: HttpRequest) -> HttpResponse:
        sent.append(request)
        return HttpResponse(200, {}, b'{"code":0,"data":{"_id":"%s"}}' % (b"a" * 24))

    client = driver.client(api_key="sk_x", http_client=ScriptedTransport(respond))
    start(driver, client, family)
    (request,) = sent
    body = json.loads(request.body or b"")
    assert "minor_suspected_skip" not in body
    assert body.get("force_generate", False) is False
    assert ("force_generate" in body) == ("force_generate" in arguments_of(str(family.start)))
    # Nor is a model or version chosen that the caller did not name: the server's may be cheaper.
    named = {arguments_of(str(family.start))[name].wire for name in smallest(family)}
    assert set(body) - named <= {"name", "force_generate"}


@pytest.mark.trio_nightly
@EVERY_ENGINE
def test_the_skip_of_a_safety_check_is_no_argument(driver: Driver, family: TaskFamily) -> None:
    transport = ScriptedTransport()
    client = driver.client(api_key="sk_x", http_client=transport)
    with pytest.raises(TypeError, match="minor_suspected_skip"):
        start(driver, client, family, minor_suspected_skip=True)
    if family.list is not None:
        tasks = reduce(getattr, family.attribute.split("."), client)
        with pytest.raises(TypeError, match="minor_suspected_skip"):
            driver.run(tasks.run(**smallest(family), minor_suspected_skip=True))
    assert transport.requests == []


def test_who_asks_for_it_gets_what_they_ask_for(driver: Driver) -> None:
    sent: list[Any] = []

    def respond(request: HttpRequest) -> HttpResponse:
        sent.append(json.loads(request.body or b""))
        return HttpResponse(200, {}, b'{"code":0,"data":{"_id":"%s"}}' % (b"a" * 24))

    client = driver.client(api_key="sk_x", http_client=ScriptedTransport(respond))
    driver.run(client.flux_2.create(prompt="p", force_generate=True))
    driver.run(client.flux_2.create(prompt="p"))
    assert [body["force_generate"] for body in sent] == [True, False]
