"""Any bytes in the place of an answer: a value or our own error, for every operation.

The first tests hand replies to both clients without a network; the last sends bytes over a socket,
through HTTP parsing, chunking and decompression. ``A2E_FUZZ`` multiplies the number of examples.
"""

from __future__ import annotations

import gzip
import json
import os
import re
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from a2e_api.operations import OPERATIONS, Operation
from a2e_sdk import A2E, errors
from a2e_sdk._http.messages import HttpRequest, HttpResponse
from a2e_sdk.sandbox import ManualClock, Sandbox, SandboxRequest
from driver import Driver
from loopback import Loopback
from robustness.client_pairs import on_one_client
from robustness.odd_responses import WRONG_VALUES, replaced
from robustness.operation_scenarios import BY_HAND, arguments_of, call
from robustness.outcomes import wrong_error, wrong_type
from robustness.scenarios import KEY, OTHER_ID
from robustness.tally import TALLY

_TIMES = int(os.environ.get("A2E_FUZZ", "1"))
#: Examples for each operation: on each of the two clients where the facade reads the answer,
#: else on one of them (the nightly session: on both).
_MANY, _FEW = 13, 5


def _settings(examples: int) -> settings:
    return settings(
        max_examples=examples * _TIMES,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


class Scripted:
    """A transport that gives one reply to everything."""

    def __init__(self) -> None:
        self.reply = HttpResponse(200, {}, b"")

    def send_request(self, request: HttpRequest) -> HttpResponse:
        return self.reply

    async def send_request_async(self, request: HttpRequest) -> HttpResponse:
        return self.reply

    @contextmanager
    def stream(self, request: Any) -> Any:
        raise AssertionError("no file is asked for")
        yield

    @asynccontextmanager
    async def stream_async(self, request: Any) -> Any:
        raise AssertionError("no file is asked for")
        yield

    def close(self) -> None:
        pass

    async def aclose(self) -> None:
        pass


def _valid_bodies() -> dict[str, bytes]:
    """Return an answer of the sandbox to each operation, nearly always a success."""
    clock = ManualClock()
    sandbox = Sandbox(coins=10**9, clock=clock)
    transport = Scripted()
    bodies: dict[str, bytes] = {}
    #: The last id that was seen in a section.
    ids: dict[str, str] = {}

    def send(request: HttpRequest) -> HttpResponse:
        headers = {**request.headers, "authorization": request.key.authorization()}
        target = SandboxRequest.from_target(
            request.method, request.url, headers, request.body or b""
        )
        reply = sandbox.handle(target)
        bodies[operation.id] = reply.body
        return HttpResponse(reply.status, reply.headers, reply.body)

    transport.send_request = send  # type: ignore[method-assign]
    with A2E(KEY, region="sandbox", http_client=transport, max_retries=0) as client:
        for operation in sorted(OPERATIONS.values(), key=_by_effect):
            if operation.effect == "delete":
                clock.advance(60)  # A task that is worked on can't be deleted.
            identifier = ids.get(operation.tag, OTHER_ID)
            arguments = arguments_of(operation, identifier=identifier)
            with suppress(errors.APIError):
                operation.module.sync(client=client.api, **arguments)
            seen = re.search(rb'"_id":"([0-9a-f]{24})"', bodies[operation.id])
            if seen:
                ids[operation.tag] = seen[1].decode()
    return bodies


def _by_effect(operation: Operation) -> int:
    return ("start", "write", "read", "delete").index(operation.effect)


_BODIES = _valid_bodies()


def test_most_answers_that_are_spoilt_were_successes() -> None:
    successes = [body for body in _BODIES.values() if json.loads(body)["code"] == 0]
    assert len(successes) >= 0.9 * len(OPERATIONS)


_ODD_HEADERS = st.dictionaries(
    st.sampled_from(["content-type", "date", "retry-after", "location", "content-encoding"]),
    st.text(st.characters(max_codepoint=255), max_size=40)
    | st.sampled_from(
        ["nan", "-1", "1e999", "9" * 400, "Wed, 21 Oct 2015 07:28:00 GMT", "text/html"]
    ),
)
_STATUSES = st.sampled_from([200, 200, 200, 201, 204, 302, 400, 403, 429, 503]) | st.integers(
    -1, 1000
)
_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["0", "6"]),
    lambda items: (
        st.lists(items, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["code", "data", "rows", "count", "_id", "msg", "errors", "current_status"]
            )
            | st.text(max_size=8),
            items,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@st.composite
def _spoilt_bytes(draw: st.DrawFn, body: bytes) -> bytes:
    """A valid body with some bytes replaced, taken out or put in."""
    spoilt = bytearray(body)
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(spoilt)))
        spoilt[at : at + draw(st.integers(0, 9))] = draw(st.binary(max_size=4))
    return bytes(spoilt)


@st.composite
def _spoilt_json(draw: st.DrawFn, body: bytes) -> bytes:
    """A valid body with another value in a few places."""
    envelope = json.loads(body)
    for _ in range(draw(st.integers(1, 3))):
        path: tuple[Any, ...] = ()
        place = envelope
        while place and isinstance(place, dict | list) and draw(st.integers(0, 5)):
            keys = list(place) if isinstance(place, dict) else range(len(place))
            key = draw(st.sampled_from(keys))
            path, place = (*path, key), place[key]
        envelope = replaced(envelope, path, draw(st.sampled_from(WRONG_VALUES) | _JSON))
    return json.dumps(envelope).encode()


def _bodies(operation: str) -> st.SearchStrategy[bytes]:
    valid = _BODIES[operation]
    return (
        st.binary(max_size=300)
        | _JSON.map(lambda value: json.dumps(value).encode())
        | _JSON.map(lambda value: json.dumps({"code": 0, "data": value}).encode())
        | _spoilt_bytes(valid)
        | _spoilt_json(valid)
    )


def _judge(driver: Driver, client: Any, operation: Operation, arguments: dict[str, Any]) -> None:
    try:
        value = call(driver, client, operation, arguments)
    except errors.A2EError as error:
        assert wrong_error(error) is None
    else:
        assert wrong_type(value) is None


@on_one_client("operation", {name: (each, name in BY_HAND) for name, each in OPERATIONS.items()})
def test_any_reply_gives_a_value_or_our_error(driver: Driver, operation: Operation) -> None:
    transport = Scripted()
    arguments = arguments_of(operation)
    client = driver.client(api_key=KEY, region="sandbox", http_client=transport, max_retries=0)

    @_settings(_MANY if operation.id in BY_HAND else _FEW)
    @given(_STATUSES, _ODD_HEADERS, _bodies(operation.id))
    def check(status: int, headers: dict[str, str], body: bytes) -> None:
        TALLY.fuzz[f"replies ({driver.mode})"] += 1
        transport.reply = HttpResponse(status, headers, body)
        _judge(driver, client, operation, arguments)

    check()


_FACADE: dict[str, Any] = {
    "page": ("list_face_swap_tasks", lambda c: c.face_swap.tasks.page(1)),
    "get": ("get_face_swap_task", lambda c: c.face_swap.tasks.get("6674f1765699df7e9d25311a")),
    "get_many": (
        "get_many_face_swap_tasks",
        lambda c: c.face_swap.tasks.get_many(["6674f1765699df7e9d25311a"]),
    ),
    "running": ("list_running_face_swap_tasks", lambda c: c.face_swap.tasks.running()),
    "add": ("add_face_swap_image", lambda c: c.face_swap.images.add("https://example.com/f.png")),
    "preview": (
        "get_face_swap_preview_status",
        lambda c: c.face_swap.previews.get("6674f1765699df7e9d25311a"),
    ),
    "page of an engine": ("list_wan_25_tasks", lambda c: c.wan_25.page(1)),
    "page under another key": ("list_nano_banana_tasks", lambda c: c.nano_banana.page(1)),
    "page of avatar videos": ("list_avatar_videos", lambda c: c.avatar_videos.page(1)),
    "running clones": ("list_running_voice_clones", lambda c: c.voices.clones.running()),
    "voices": ("list_public_voices", lambda c: _all(c.voices.list())),
    "languages": ("list_voice_languages", lambda c: c.voices.languages()),
    "avatars": ("list_avatars", lambda c: _all(c.avatars.list())),
    "backgrounds": ("list_backgrounds", lambda c: _all(c.backgrounds.list())),
    "streaming avatars": (
        "list_streaming_avatars",
        lambda c: _all(c.streaming_avatar.avatars()),
    ),
    "coins": ("get_coins", lambda c: c.account.coins()),
    "credits": ("list_credits", lambda c: _all(c.account.credits(limit=3))),
    "quote": ("get_quote", lambda c: c.account.quote("wan_25", prompt="a cat")),
    "speech": ("add_speech", lambda c: c.speech.create("Hello", voice=OTHER_ID)),
    "transfer": ("add_transferred_file", lambda c: c.storage.transfer("https://example.com/a")),
    "random background": ("get_random_background", lambda c: c.backgrounds.random()),
}


def _all(listing: Any) -> Any:
    return listing.to_list()


@pytest.mark.parametrize("method", _FACADE)
def test_any_reply_gives_a_friendly_value_or_our_error(driver: Driver, method: str) -> None:
    operation, call = _FACADE[method]
    transport = Scripted()
    client = driver.client(api_key=KEY, region="sandbox", http_client=transport, max_retries=0)

    @_settings(_MANY)
    @given(_ODD_HEADERS, _bodies(operation))
    def check(headers: dict[str, str], body: bytes) -> None:
        TALLY.fuzz[f"replies to the facade ({driver.mode})"] += 1
        transport.reply = HttpResponse(200, headers, body)
        try:
            value = driver.run(call(client))
        except errors.A2EError as error:
            assert wrong_error(error) is None
        else:
            assert wrong_type(value) is None

    check()


_ENCODINGS = st.sampled_from(["gzip", "deflate", "br", "zstd", "identity", "x", "gzip, gzip"])
_LINES = st.lists(
    st.sampled_from(
        [
            b"content-length: 5",
            b"content-length: -1",
            b"content-length: 99999999999999999999",
            b"transfer-encoding: chunked",
            b"content-type: application/json; charset=klingon",
            b"date: yesterday",
            b"connection: close",
            b"retry-after: \xff",
        ]
    )
    | st.binary(max_size=20)
    | _ENCODINGS.map(lambda name: b"content-encoding: " + name.encode()),
    max_size=4,
)
_WIRE = st.binary(max_size=200) | st.builds(
    lambda status, lines, body: b"\r\n".join([b"HTTP/1.1 " + status, *lines, b"", body]),
    st.sampled_from([b"200 OK", b"204", b"103 X", b"099 X", b"520 X", b"1000 X", b"abc", b""]),
    _LINES,
    st.binary(max_size=60)
    | st.sampled_from([b'{"code":0,"data":[]}', b"5\r\n{}\r\n", gzip.compress(b'{"code":0}')[:-5]]),
)


def test_any_bytes_on_the_wire_give_a_value_or_our_error(driver: Driver) -> None:
    answer = b""
    with Loopback(lambda _: answer) as server:
        client = driver.client(api_key=KEY, base_url=server.url, max_retries=0, timeout=5)

        @_settings(125)
        @given(st.sampled_from(sorted(OPERATIONS)), _WIRE)
        def check(operation: str, wire: bytes) -> None:
            nonlocal answer
            TALLY.fuzz[f"bytes on the wire ({driver.mode})"] += 1
            answer = wire
            _judge(driver, client, OPERATIONS[operation], arguments_of(OPERATIONS[operation]))

        check()
        driver.close(client)
