"""A webhook is believed if it knows the token, and says no more than its body does."""

from __future__ import annotations

import asyncio
import hmac
import http.client
import io
import json
import pickle
import re
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from a2e_sdk import A2E, TaskStatus, errors, webhooks
from a2e_sdk._batch.checks import built
from a2e_sdk._wire.family_table import FACE_SWAP
from a2e_sdk._wire.start_arguments import check_start
from a2e_sdk.sandbox import SandboxForTests

TOKEN = "wh_8Zk3-quite_secret"
TASK_ID = "6674f1765699df7e9d25311a"
HEADERS = {"X-A2e-Webhook-Token": TOKEN}
PAGE = (Path(__file__).parents[2] / "docs" / "webhooks.md").read_text(encoding="utf-8")

# What can stand in a header: no control characters, no space at either end.
tokens = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=256).filter(
    lambda text: text == text.strip()
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)


def in_any_case(name: str) -> st.SearchStrategy[str]:
    return st.tuples(*(st.sampled_from([letter.lower(), letter.upper()]) for letter in name)).map(
        "".join
    )


class Items:
    """Headers that are no Mapping, as werkzeug and http.server have them."""

    def __init__(self, pairs: Iterable[tuple[Any, Any]]) -> None:
        self._pairs = list(pairs)

    def __iter__(self) -> Iterator[Any]:
        return (name for name, _ in self._pairs)

    def items(self) -> Iterable[tuple[Any, Any]]:
        return self._pairs


SHAPES: list[Callable[[list[tuple[Any, Any]]], Any]] = [dict, list, tuple, iter, Items]


@given(
    token=tokens,
    name=in_any_case("X-A2e-Webhook-Token"),
    shape=st.sampled_from(SHAPES),
    written=st.sampled_from(["text", "utf-8", "latin-1", "utf-8 read as latin-1", "escaped"]),
)
@example(token="Schlüssel", name="x-a2e-webhook-token", shape=dict, written="latin-1")
@example(token="鍵", name="x-a2e-webhook-token", shape=list, written="utf-8 read as latin-1")
def test_the_right_token_is_accepted_however_a_server_hands_it_on(
    token: str, name: str, shape: Callable[[list[tuple[Any, Any]]], Any], written: str
) -> None:
    value: str | bytes = token
    if written == "utf-8":
        value = token.encode()
    elif written == "latin-1":
        assume(all(ord(letter) < 256 for letter in token))
        value = token.encode("latin-1")
    elif written == "utf-8 read as latin-1":
        value = token.encode().decode("latin-1")
    elif written == "escaped":
        value = token.encode().decode("ascii", "surrogateescape")
    header: tuple[Any, Any] = (name.encode() if isinstance(value, bytes) else name, value)
    webhooks.verify(shape([("host", "service.example"), header]), token)


@given(token=tokens, other=st.text() | st.binary().map(lambda value: value.decode("latin-1")))
@example(token=TOKEN, other=TOKEN[:-1])
@example(token=TOKEN, other=TOKEN + "x")
@example(token=TOKEN, other=TOKEN.upper())
@example(token=TOKEN, other="")
@example(token="é", other="e\u0301")
@example(token="é", other="\udce9\ud800")
def test_no_other_text_is_accepted(token: str, other: str) -> None:
    # The same bytes read in another way are the same token.
    forms = {token.encode(), token.encode("latin-1", "replace")}
    assume(other.encode("utf-8", "surrogatepass") not in forms)
    assume(other.encode("latin-1", "replace") not in forms)
    assume(other.encode("utf-8", "replace") not in forms)
    with pytest.raises(errors.WebhookError, match="no token that is accepted") as caught:
        webhooks.verify({"x-a2e-webhook-token": other}, token)
    assert caught.value.http_status == 401


@given(accepted=st.lists(tokens, min_size=1, max_size=4), data=st.data())
def test_any_of_several_tokens_is_accepted(accepted: list[str], data: st.DataObject) -> None:
    token = data.draw(st.sampled_from(accepted))
    webhooks.verify({"x-a2e-webhook-token": token.encode()}, accepted)
    webhooks.verify([(b"x-a2e-webhook-token", token.encode())], iter(accepted))


def test_every_token_is_compared_whole_and_in_constant_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared: list[tuple[bytes, bytes]] = []

    def compare(one: bytes, other: bytes) -> bool:
        compared.append((one, other))
        return hmac.compare_digest(one, other)

    class PendingTask:
        compare_digest = staticmethod(compare)

    monkeypatch.setattr(webhooks, "hmac", PendingTask)
    webhooks.verify({"x-a2e-webhook-token": b"one"}.items(), ["one", "two", "three"])
    assert {one for one, _ in compared} == {b"one", b"two", b"three"}
    assert {other for _, other in compared} == {b"one"}


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({}, "has no header"),
        ({"X-A2e-Webhook": TOKEN, "Authorization": f"Bearer {TOKEN}"}, "has no header"),
        ([("X-A2e-Webhook-Token", TOKEN), (b"x-a2e-webhook-token", TOKEN)], "more than once"),
        ({"x-a2e-webhook-token": None}, "no token that is accepted"),
        ({"x-a2e-webhook-token": [TOKEN]}, "no token that is accepted"),
        ({None: TOKEN, 7: TOKEN}, "has no header"),
    ],
)
def test_headers_without_one_readable_token_are_refused(headers: Any, said: str) -> None:
    with pytest.raises(errors.WebhookError, match=said) as caught:
        webhooks.receive(headers, b"{}", TOKEN)
    assert caught.value.http_status == 401


def test_the_headers_of_the_standard_librarys_server_are_understood() -> None:
    headers = http.client.parse_headers(
        io.BytesIO(f"Host: x\r\nX-A2E-WEBHOOK-TOKEN: {TOKEN}\r\n\r\n".encode())
    )
    webhooks.verify(headers, TOKEN)
    with pytest.raises(errors.WebhookError):
        webhooks.verify(headers, "another")


@pytest.mark.parametrize(
    ("token", "kind"),
    [
        ("", ValueError),
        ([], ValueError),
        ([TOKEN, ""], ValueError),
        ("x" * 257, ValueError),
        ("\ud800", ValueError),
        (None, TypeError),
        (TOKEN.encode(), TypeError),
        ([None], TypeError),
    ],
)
def test_a_token_that_guards_nothing_is_a_mistake_of_the_caller(
    token: Any, kind: type[Exception]
) -> None:
    for received in ("", "None", TOKEN):
        with pytest.raises(kind):
            webhooks.verify({"x-a2e-webhook-token": received}, token)


@pytest.mark.parametrize("headers", [None, 7, "x-a2e-webhook-token", {"one", "two"}, [("a",)]])
def test_headers_of_no_known_shape_are_a_mistake_of_the_caller(headers: Any) -> None:
    with pytest.raises(TypeError, match="mapping or pairs"):
        webhooks.verify(headers, TOKEN)


# What a body says


@given(payload=st.dictionaries(st.text(), json_values))
def test_nothing_of_the_body_is_lost(payload: dict[str, Any]) -> None:
    event = webhooks.receive(HEADERS, json.dumps(payload), TOKEN)
    assert event.raw == payload
    assert webhooks.receive(HEADERS, json.dumps(payload).encode("utf-16"), TOKEN) == event


keys = st.sampled_from(
    ["event", "type", "task", "data", "_id", "id", "task_id", "taskId", "status", "current_status"]
)
words = st.sampled_from(
    ["task.completed", "task.failed", "task", "failed", "Completed", TASK_ID, "evt_1", "../x", ""]
)


@given(
    payload=st.dictionaries(
        keys,
        st.recursive(
            words | st.none() | st.integers(),
            lambda inner: st.lists(inner, max_size=2) | st.dictionaries(keys, inner, max_size=4),
        ),
    )
)
def test_what_is_guessed_stands_in_the_body_and_is_usable(payload: dict[str, Any]) -> None:
    event = webhooks.receive(HEADERS, json.dumps(payload).encode(), TOKEN)
    text = json.dumps(payload)
    assert event.type in (None, "task.completed", "task.failed")
    assert event.type is None or f'"{event.type}"' in text
    assert event.task_id in (None, TASK_ID, "evt_1", "task", "failed", "Completed")
    assert event.task_id is None or f'"{event.task_id}"' in text
    if event.type:
        assert event.status.is_final


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (
            {"event": "task.completed", "task_id": TASK_ID},
            ("task.completed", TASK_ID, TaskStatus.SUCCEEDED),
        ),
        (
            {"type": "task.failed", "data": {"_id": TASK_ID.upper(), "current_status": "failed"}},
            ("task.failed", TASK_ID, TaskStatus.FAILED),
        ),
        # The id beside the record is the event's own, whatever it looks like.
        (
            {"id": "0" * 24, "event": "task.completed", "task": {"_id": TASK_ID}},
            ("task.completed", TASK_ID, TaskStatus.SUCCEEDED),
        ),
        ({"id": "evt_123", "type": "face_swap"}, (None, None, TaskStatus.UNKNOWN)),
        ({"_id": TASK_ID, "status": "success"}, (None, TASK_ID, TaskStatus.SUCCEEDED)),
        ({"taskId": "any-id_7", "state": "odd"}, (None, "any-id_7", TaskStatus.UNKNOWN)),
        ({"task_id": "../../admin", "_id": 7}, (None, None, TaskStatus.UNKNOWN)),
        ({"event": "task.archived"}, ("task.archived", None, TaskStatus.UNKNOWN)),
        ({}, (None, None, TaskStatus.UNKNOWN)),
    ],
)
def test_bodies_as_they_might_come(payload: dict[str, Any], expected: tuple[Any, ...]) -> None:
    event = webhooks.receive(HEADERS, json.dumps(payload).encode(), TOKEN)
    assert (event.type, event.task_id, event.status) == expected


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"null", 400),
        (b"[{}]", 400),
        (b'"task.completed"', 400),
        (b'{"event": ', 400),
        (b"event=task.completed", 400),
        (b"\xff\xfe\xfa", 400),
        (b'{"n": ' + b"9" * 5000 + b"}", 400),
        (b'{"x": ' + b"[" * 64 + b"]" * 64 + b"}", 400),
        (b'{"x": ' + b"[" * 500_000, 400),
        (b'"' * 1_000_001, 400),
        (b'{"x": "' + b'\\"' * 500_000, 400),
        (b'{"x": "' + b"a" * 1024 * 1024 + b'"}', 413),
        ("{}" + " " * 1024 * 1024, 413),
    ],
    ids=range(14),
)
def test_a_body_that_is_no_object_within_the_limits_is_refused(
    body: bytes | str, status: int
) -> None:
    with pytest.raises(errors.WebhookError) as caught:
        webhooks.receive(HEADERS, body, TOKEN)
    assert caught.value.http_status == status


def test_a_body_at_the_limits_is_read() -> None:
    nested = b'{"x": ' + b"[" * 63 + b"]" * 63 + b', "y": "[[{{ \\" [["}'
    event = webhooks.receive(HEADERS, nested.ljust(webhooks.MAX_BODY_BYTES), TOKEN)
    assert event.raw["y"] == '[[{{ " [['


@given(body=st.binary(max_size=300) | st.text(max_size=300))
def test_no_body_gets_anything_but_an_event_or_the_typed_error(body: bytes | str) -> None:
    try:
        event = webhooks.receive(HEADERS, body, TOKEN)
    except errors.WebhookError as error:
        assert error.http_status == 400
    else:
        assert isinstance(event.raw, dict)


def test_a_body_of_another_kind_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(TypeError, match="bytes or a str, not dict"):
        webhooks.receive(HEADERS, {}, TOKEN)  # type: ignore[arg-type]


def test_the_body_is_not_looked_at_before_the_token() -> None:
    with pytest.raises(errors.WebhookError) as caught:
        webhooks.receive({"x-a2e-webhook-token": "wrong"}, object(), TOKEN)  # type: ignore[arg-type]
    assert caught.value.http_status == 401


# What is shown


@pytest.mark.parametrize(
    ("headers", "body", "token"),
    [
        ({"x-a2e-webhook-token": TOKEN + "x"}, b"{}", TOKEN),
        ({"x-a2e-webhook-token": "x"}, b"{}", [TOKEN, "y"]),
        ({}, b"{}", TOKEN),
        (None, b"{}", TOKEN),
        (HEADERS, b"{}", [TOKEN, None]),
        (HEADERS, b"{}", [TOKEN, TOKEN + "\ud800"]),
        (HEADERS, b"{}", TOKEN.encode()),
        (HEADERS, TOKEN.encode(), TOKEN),
        (HEADERS, b'"' + TOKEN.encode() + b'"', TOKEN),
        (HEADERS, b"\xff" + TOKEN.encode(), TOKEN),
        (HEADERS, TOKEN.encode() * 99_999, TOKEN),
        (HEADERS, object(), TOKEN),
    ],
    ids=range(12),
)
def test_no_error_and_no_traceback_with_variables_shows_the_token(
    headers: Any, body: Any, token: Any
) -> None:
    with pytest.raises((errors.WebhookError, ValueError, TypeError)) as caught:
        webhooks.receive(headers, body, token)
    shown = repr(caught.value) + str(caught.value) + str(vars(caught.value))
    summary = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert summary.__cause__ is None
    assert summary.__context__ is None
    # The frame of this test holds the token itself.
    frames = [frame for frame in summary.stack if "/tests/" not in frame.filename]
    assert any(frame.filename.endswith("webhooks.py") for frame in frames)
    assert TOKEN not in shown + str([frame.locals for frame in frames])


def test_an_event_is_frozen_and_hides_its_body() -> None:
    body = json.dumps({"event": "task.failed", "webhook_token": TOKEN})
    event = webhooks.receive(HEADERS, body, TOKEN)
    assert TOKEN not in repr(event)
    assert event.raw["webhook_token"] == TOKEN
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        event.task_id = "x"  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(event)) == event
    assert len({event, webhooks.receive(HEADERS, body, TOKEN)}) == 1


def test_the_error_can_be_pickled() -> None:
    error = pickle.loads(pickle.dumps(errors.WebhookError("no", http_status=413)))
    assert (str(error), error.http_status) == ("no", 413)


def test_it_needs_neither_a_web_framework_nor_an_http_library() -> None:
    code = (
        "import sys; sys.modules.update(httpx=None, fastapi=None);"
        "from a2e_sdk import webhooks;"
        "print(webhooks.receive([(b'x-a2e-webhook-token', b'x')], b'{}', 'x'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.startswith("WebhookEvent(type=None"), done.stderr


# docs/webhooks.md

START, RECEIVE, CHANGE, SANDBOX = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def test_the_page_starts_a_task_with_a_webhook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_TOKEN", TOKEN)
    monkeypatch.setenv("A2E_REGION", "sandbox")
    names: dict[str, Any] = {}
    exec(START, names)
    assert names["task"].id


def test_the_page_delivers_to_a_function(capsys: pytest.CaptureFixture[str]) -> None:
    exec(SANDBOX, {})
    assert capsys.readouterr().out == "task.completed True\ndelivered 204\n"


LOOPBACK = ["http://127.0.0.1:8000/a2e", "http://localhost/a2e", "http://[::1]:8000/a2e"]
STARTS: list[Callable[[A2E, str], object]] = [
    lambda a2e, url: a2e.face_swap.tasks.create(
        face="https://example.com/f.jpg", video="https://example.com/v.mp4", webhook_url=url
    ),
    lambda a2e, url: a2e.avatar_videos.create(
        avatar=TASK_ID, audio="https://example.com/a.mp3", custom=False, webhook_url=url
    ),
    lambda a2e, url: a2e.voices.clones.create(
        name="x", samples=["https://example.com/a.mp3"], webhook_url=url
    ),
]


@pytest.mark.parametrize("url", LOOPBACK)
@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("region", ["global", "china"])
def test_the_api_itself_gets_https_only(
    start: Callable[[A2E, str], object], url: str, region: str
) -> None:
    class Unused:
        def send_request(self, request: object) -> object:
            raise AssertionError("something was sent")

    unused: Any = Unused()
    with A2E("sk_test", region=region) as a2e, pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(a2e.api), "call", unused.send_request, raising=False)
        with pytest.raises(ValueError, match="must be an https URL"):
            start(a2e, url)


@pytest.mark.parametrize("url", LOOPBACK)
@pytest.mark.parametrize("start", STARTS)
def test_a_sandbox_gets_http_of_the_loopback_and_no_other(
    start: Callable[[A2E, str], object], url: str
) -> None:
    sandbox = SandboxForTests()
    with sandbox.client() as a2e:
        start(a2e, url)
        for other in (
            "http://example.com/a2e",
            "http://10.0.0.1/",
            "http://127.0.0.1.example.com/",
        ):
            with pytest.raises(ValueError, match="must be an https URL"):
                start(a2e, other)
    sandbox.clock.advance(60)
    assert [delivery.url for delivery in sandbox.webhooks] == [url]


@pytest.mark.parametrize("url", LOOPBACK)
def test_a_job_of_a_batch_follows_the_same_rule(url: str) -> None:
    job = {"face": "https://example.com/f.jpg", "video": "https://example.com/v.mp4"}
    given = built(FACE_SWAP, {**job, "webhook_url": url})
    check_start(FACE_SWAP, given, allow_private=True)
    with pytest.raises(ValueError, match="must be an https URL"):
        check_start(FACE_SWAP, given)


def test_the_page_accepts_two_tokens(capsys: pytest.CaptureFixture[str]) -> None:
    exec(CHANGE, {})
    (response_data,) = re.findall(r"print\(.*\)  # (.*)", CHANGE)
    assert capsys.readouterr().out.strip() == response_data


@pytest.mark.parametrize(
    ("token", "body", "status", "printed"),
    [
        (TOKEN, {"event": "task.completed", "task_id": TASK_ID}, 204, f"{TASK_ID} succeeded "),
        (TOKEN, {"event": "task.completed", "task_id": "0" * 24}, 204, ""),
        (TOKEN, {"event": "task.completed", "task_id": "other"}, 204, ""),
        (TOKEN, {"event": "task.completed"}, 204, ""),
        (TOKEN, [], 400, ""),
        (TOKEN, {"x": "y" * 1024 * 1024}, 413, ""),
        ("wrong", {"event": "task.completed", "task_id": TASK_ID}, 401, ""),
        (None, {"event": "task.completed", "task_id": TASK_ID}, 401, ""),
    ],
)
def test_the_fastapi_example_answers_and_reads_the_task(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    token: str | None,
    body: Any,
    status: int,
    printed: str,
) -> None:
    monkeypatch.setenv("WEBHOOK_TOKEN", TOKEN)
    monkeypatch.setenv("A2E_REGION", "sandbox")
    names: dict[str, Any] = {"__name__": "example"}
    # FastAPI reads the annotations of the example, which has no module to look names up in.
    exec(RECEIVE, names)

    async def call() -> httpx.Response:
        transport = httpx.ASGITransport(app=names["app"])
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            headers = {} if token is None else {"X-A2e-Webhook-Token": token}
            answer = await client.post("/a2e", json=body, headers=headers)
        await names["a2e"].aclose()
        return answer

    answer = asyncio.run(call())
    assert answer.status_code == status
    assert TOKEN not in answer.text
    out = capsys.readouterr().out
    assert out.startswith(printed) if printed else out == ""


def test_the_page_names_the_limits_and_the_known_events() -> None:
    assert webhooks.MAX_BODY_BYTES == 1024 * 1024
    assert f"deeper than {webhooks.MAX_DEPTH}" in PAGE
    assert webhooks.TOKEN_HEADER in PAGE
    with A2E("sk_test", region="sandbox") as a2e, pytest.raises(ValueError, match="256"):
        a2e.face_swap.tasks.create(
            face="https://example.com/f.jpg",
            video="https://example.com/v.mp4",
            webhook_token="x" * 257,
        )
