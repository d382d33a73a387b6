"""The key goes to the API's origin and is shown nowhere (promise 3)."""

from __future__ import annotations

import io
import logging
import traceback
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from a2e_sdk import errors
from a2e_sdk._checks.redaction import EXCERPT_LENGTH, excerpt, redact
from driver import Driver
from loopback import Loopback, reply

KEY = "sk_test_4f1e9d0c7b2a"


@pytest.fixture
def logs() -> Iterator[io.StringIO]:
    """Everything that any logger says at DEBUG."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def everything_about(error: BaseException) -> str:
    """What a traceback printer that shows local variables would show, causes included."""
    shown = repr(error) + str(error) + str(error.__dict__)
    seen: set[int] = set()
    rest: list[BaseException | None] = [error]
    while rest:
        other = rest.pop()
        if other is None or id(other) in seen:
            continue
        seen.add(id(other))
        summary = traceback.TracebackException.from_exception(other, capture_locals=True)
        # The frames of these tests hold the key themselves.
        frames = [frame for frame in summary.stack if "/tests/" not in frame.filename]
        assert other is not error or any("a2e_sdk" in frame.filename for frame in frames)
        shown += str([frame.locals for frame in frames])
        rest += [other.__cause__, other.__context__]
    return shown


@pytest.mark.parametrize(
    "answer",
    [
        reply(401, b'{"code":401,"msg":"bad token ' + KEY.encode() + b'"}'),
        reply(500, b"Authorization: Bearer " + KEY.encode()),
        reply(200, b"<html>" + KEY.encode() + b"</html>"),
        reply(302, b"", location="https://evil.example/?token=other"),
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\ncut",
        b"\x00\x01nonsense\r\n\r\n",
    ],
)
def test_no_error_no_log_and_no_traceback_shows_the_key(
    driver: Driver, logs: io.StringIO, answer: bytes
) -> None:
    with Loopback(lambda request: answer) as server:
        client = driver.client(api_key=KEY, base_url=server.url, max_retries=1, timeout=5)
        with pytest.raises(errors.APIError) as caught:
            driver.run(client.face_swap.tasks.page(1))
    assert server.requests
    assert f"authorization: bearer {KEY}" in server.requests[0].lower()
    assert KEY not in everything_about(caught.value)
    assert KEY not in logs.getvalue()
    assert "send_request_headers" in logs.getvalue(), "the HTTP library's own loggers are on"


@pytest.mark.parametrize("own_client", [False, True])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(driver: Driver, status: int, own_client: bool) -> None:
    with (
        Loopback(lambda request: reply(200, b'{"code":0,"data":null}')) as elsewhere,
        Loopback(lambda request: reply(status, b"", location=f"{elsewhere.url}/x")) as server,
    ):
        options: dict[str, Any] = {}
        if own_client:
            kind = httpx.Client if driver.mode == "sync" else httpx.AsyncClient
            options["http_client"] = kind(follow_redirects=True)
        client = driver.client(api_key=KEY, base_url=server.url, max_retries=0, **options)
        with pytest.raises(errors.UnexpectedResponseError, match="redirect"):
            driver.run(client.face_swap.tasks.page(1))
        if own_client:
            driver.close(options["http_client"])
        assert len(server.requests) == 1
        assert elsewhere.requests == []


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("token sk_abcdef0123 was refused", "abcdef0123"),
        ("Authorization: Bearer abc.def-ghi", "abc.def"),
        ('{"api_key": "qwerty", "x": 1}', "qwerty"),
        ("webhook_token=topsecret&x=1", "topsecret"),
        ("https://cdn.example/a.mp4?X-Amz-Signature=feed&Expires=1", "feed"),
        ("https://user:word@host.example/a", "word"),
        ("eyJhbGciOi.eyJzdWIiOi.c2ln", "eyJzdWIiOi"),
    ],
)
def test_secrets_are_taken_out_of_foreign_text(text: str, hidden: str) -> None:
    assert hidden not in redact(text)
    assert "***" in redact(text)
    assert hidden not in (excerpt(text.encode()) or "")


@given(st.binary(max_size=5000))
def test_an_excerpt_is_bounded_and_printable(body: bytes) -> None:
    text = excerpt(body)
    assert text is None or (0 < len(text) <= EXCERPT_LENGTH and text.isprintable())


@given(st.text(alphabet="abc sk_", max_size=400))
def test_no_half_secret_stays_at_the_end_of_an_excerpt(filler: str) -> None:
    body = (filler + " sk_" + "Q" * 400).encode()
    assert "Q" not in (excerpt(body) or "")
