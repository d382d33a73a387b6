"""What leaves out work of a request leaves out nothing else."""

from __future__ import annotations

from typing import Any

import anyio
import attrs
import httpx
import pytest

from a2e_sdk._config.credentials import ApiKey
from a2e_sdk._config.settings import Timeout
from a2e_sdk._http.messages import HttpRequest, SendProgress
from a2e_sdk._http.request import limit_timeout
from a2e_sdk._http.transports.httpx_transport import HttpxTransport

LIBRARY = HttpxTransport.library
URL = httpx.URL("https://example.com/path")


def request_of(method: str, body: bytes | None, **fields: Any) -> HttpRequest:
    headers = {"accept": "application/json"}
    return HttpRequest(method, str(URL), headers, body, ApiKey("sk_test"), Timeout(), **fields)


@pytest.mark.parametrize(
    ("method", "body", "length"),
    [
        ("GET", None, None),
        ("DELETE", None, None),
        ("POST", None, "0"),
        ("POST", b"", "0"),
        ("POST", b"{}", "2"),
        ("GET", b"{}", "2"),
    ],
)
def test_a_request_without_a_body_has_no_piece_of_one(
    method: str, body: bytes | None, length: str | None
) -> None:
    encoded = LIBRARY.encode_directly(request_of(method, body), URL, is_async=False)

    async def pieces() -> list[bytes]:
        stream: Any = encoded.stream
        return [piece async for piece in stream]

    stream: Any = encoded.stream
    expected = [body] if body else []
    # Twice, because one stream serves all requests that have none.
    assert [list(stream), list(stream)] == [expected, expected]
    assert anyio.run(pieces) == expected
    assert encoded.headers.get("content-length") == length
    assert isinstance(stream, httpx.SyncByteStream | httpx.AsyncByteStream)


def test_a_limited_request_differs_in_its_times_and_its_progress_alone() -> None:
    request = request_of("POST", b"{}", total=1.0)
    progress = SendProgress()
    limited = limit_timeout(request, 20.0, progress)
    for field in attrs.fields(HttpRequest):
        if field.name not in ("timeout", "total", "progress"):
            assert getattr(limited, field.name) is getattr(request, field.name), field.name
    assert (limited.total, limited.progress) == (20.0, progress)
    assert limited.timeout == attrs.evolve(request.timeout, read=20.0, write=20.0, pool=20.0)
    assert limit_timeout(request, 1000.0).timeout is request.timeout


def test_phases_of_one_length_and_of_others_end_by_the_same_deadline() -> None:
    request = request_of("GET", None, total=30.0)
    encoded = LIBRARY.encode_directly(request, URL, is_async=False)
    timeouts = encoded.extensions["timeout"]
    assert timeouts["connect"] == Timeout().connect
    assert {name: 29 < timeouts[name] <= 30 for name in ("read", "write", "pool")} == dict.fromkeys(
        ("read", "write", "pool"), True
    )
    assert len({timeout.deadline for timeout in timeouts.values()}) == 1
