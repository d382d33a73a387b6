"""Every operation of the spec can be called by ``a2e.api``, with the facade's key, retries and errors."""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from a2e_api import models
from a2e_api.operations import OPERATIONS, Operation
from a2e_sdk import errors
from a2e_sdk._checks.json_schema import problem_with
from a2e_sdk._http.failures import Delivery, TransportFailure
from a2e_sdk._http.messages import HttpRequest, HttpResponse
from driver import Driver
from schema_values import minimal
from scripted_transport import ScriptedTransport

EVERY_OPERATION = pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)

EMPTY = HttpResponse(200, {}, b'{"code":0,"data":null}')


def input_of(operation: Operation) -> dict[str, Any]:
    """The smallest valid arguments of an operation's ``build_request``."""
    described = operation.input
    arguments: dict[str, Any] = {}
    for place in ("path", "query"):
        for wire, parameter in described[place].items():
            if parameter["required"]:
                name = operation.parameters[wire]
                # An id that has to be quoted, so that no operation forgets to.
                value = "a/b c" if place == "path" else minimal(parameter["schema"])
                arguments[name] = value
    if operation.body:
        body = getattr(models, operation.body)
        values: Mapping[str, Any] = minimal(described["body"])
        arguments["body"] = body(**{name: values[wire] for name, wire in body._wire_names.items() if wire in values})  # fmt: skip
    return arguments


def call(driver: Driver, client: Any, operation: Operation, *, detailed: bool = False) -> Any:
    function = "sync" if driver.mode == "sync" else "asyncio"
    name = f"{function}_detailed" if detailed else function
    return driver.run(getattr(operation.module, name)(client=client.api, **input_of(operation)))


def parts_of(request: HttpRequest) -> tuple[str, dict[str, list[str]], Any]:
    parts = urlsplit(request.url)
    body = None if request.body is None else json.loads(request.body)
    return f"{parts.scheme}://{parts.netloc}{parts.path}", parse_qs(parts.query), body


def test_every_operation_is_called_with_the_key_by_the_specs_method_and_path(
    driver: Driver,
) -> None:
    transport = ScriptedTransport(lambda _: EMPTY)
    client = driver.client(api_key="sk_secret", http_client=transport)
    for operation in OPERATIONS.values():
        transport.requests.clear()
        answer = call(driver, client, operation)
        (request,) = transport.requests
        url, query, body = parts_of(request)
        path = operation.path
        for wire in operation.input["path"]:
            path = path.replace(f"{{{wire}}}", "a%2Fb%20c")
        assert (request.method, url) == (operation.method, f"https://video.a2e.ai{path}")
        assert request.key.authorization() == "Bearer sk_secret", operation.id
        needed = {name for name, p in operation.input["query"].items() if p["required"]}
        assert set(query) == needed, operation.id
        if operation.body:
            assert body == minimal(operation.input["body"]), operation.id
            assert problem_with(body, operation.input["body"]) is None, operation.id
            assert request.headers["content-type"] == "application/json", operation.id
        else:
            assert body is None, operation.id
        assert type(answer) is getattr(models, operation.answer), operation.id


def test_every_operation_raises_the_facades_errors_and_its_detailed_form_has_the_status(
    driver: Driver,
) -> None:
    refusal = HttpResponse(200, {}, b'{"code":402,"msg":"no coins","trace_id":"t-9"}')
    replies = {"next": refusal}
    client = driver.client(
        api_key="sk_x", http_client=ScriptedTransport(lambda _: replies["next"]), max_retries=0
    )
    for operation in OPERATIONS.values():
        replies["next"] = refusal
        with pytest.raises(errors.InsufficientCreditsError) as caught:
            call(driver, client, operation)
        assert caught.value.operation == operation.id
        assert caught.value.trace_id == "t-9"
        replies["next"] = HttpResponse(200, {"x-seen": "1"}, b'{"code":0,"data":null}')
        response = call(driver, client, operation, detailed=True)
        assert (response.status_code, response.headers["x-seen"]) == (200, "1")


def test_what_may_be_repeated_follows_from_the_effect_of_every_operation(
    driver: Driver, pauses: list[float]
) -> None:
    """A start is never sent twice once the server may have read it; a read always is."""

    def drop(_: HttpRequest) -> HttpResponse:
        raise TransportFailure("cut off", Delivery.UNKNOWN)

    transport = ScriptedTransport(drop)
    for operation in OPERATIONS.values():
        # A client each, for its own quota of retries.
        client = driver.client(api_key="sk_x", http_client=transport, max_retries=1)
        transport.requests.clear()
        with pytest.raises(errors.APIConnectionError) as caught:
            call(driver, client, operation)
        assert caught.value.sent
        repeats = operation.effect in ("read", "delete") or operation.method == "PUT"
        assert len(transport.requests) == (2 if repeats else 1), operation.id
    assert pauses, "there were retries"


def test_no_operation_that_starts_or_writes_is_taken_for_one_that_may_be_repeated() -> None:
    from a2e_sdk._http.retry import Effect, effect_of

    for operation in OPERATIONS.values():
        effect = effect_of(operation.id, operation.method)
        if operation.effect == "start":
            assert effect is Effect.START, operation.id
        if operation.effect == "read":
            assert effect is Effect.READ, operation.id
        if operation.effect == "delete":
            assert effect is Effect.DELETE, operation.id
        if operation.effect == "write":
            assert effect is not Effect.READ, operation.id


@pytest.mark.parametrize("function", ["build_request", "sync", "asyncio", "sync_detailed"])
def test_every_function_of_every_operation_takes_keywords_only(function: str) -> None:
    for operation in OPERATIONS.values():
        parameters = inspect.signature(getattr(operation.module, function)).parameters
        assert all(p.kind is inspect.Parameter.KEYWORD_ONLY for p in parameters.values())
        expected = set(operation.parameters.values()) | ({"body"} if operation.body else set())
        assert set(parameters) - {"client"} == expected, operation.id


@pytest.mark.once
@EVERY_OPERATION
def test_every_operation_reads_any_answer_without_an_error(operation: Operation) -> None:
    for data in (None, {}, [], "text", 7, True, [None, 1, "x", {}], {"rows": None}, {"_id": 5}):
        for payload in ({"code": 0, "data": data}, {"code": 0}):
            parsed = operation.module.parse(payload)
            assert parsed.to_dict() == payload, "nothing is lost"
