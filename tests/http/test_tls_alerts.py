"""A TLS connection that breaks after its handshake is a lost connection like any other."""

from __future__ import annotations

import json
import os
import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from a2e_sdk import Timeout, errors
from a2e_sdk._http.transports import network_settings
from carriers import PAIRS, Carried, carry
from hostile_server import HostileServer, answer

trustme = pytest.importorskip("trustme")

#: It takes long, and what it tells is of the network, not of the Python.
pytestmark = pytest.mark.once

KEY = "sk_test_0123456789abcdef"
ID = "6674f1765699df7e9d25311a"
FACE = "https://example.com/face.png"
VIDEO = "https://example.com/clip.mp4"


@pytest.fixture
def tls(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ssl.SSLContext:
    authority = trustme.CA()
    bundle = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    monkeypatch.setattr(network_settings, "_tls", network_settings.SharedTls())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return context


#: A client of the caller's has the caller's certificates.
OWN = [pair for pair in PAIRS if "client" not in str(pair.id)]


@pytest.fixture(params=OWN)
def carried(request: pytest.FixtureRequest) -> Iterator[Carried]:
    yield from carry(*request.param)


def raw(connection: socket.socket, data: bytes) -> None:
    """Write beneath the TLS layer of a connection."""
    descriptor = os.dup(connection.fileno())
    try:
        os.write(descriptor, data)
    finally:
        os.close(descriptor)


def broken_record(connection: socket.socket) -> None:
    raw(connection, b"\x17\x03\x03\x00\x20" + b"\x00" * 32)


def plain_text(connection: socket.socket) -> None:
    raw(connection, b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n")


def alert(connection: socket.socket) -> None:
    raw(connection, b"\x15\x03\x03\x00\x02\x02\x28")


def broken_in_body(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{")
    broken_record(connection)


BREAKS = [broken_record, plain_text, alert, broken_in_body]


@pytest.mark.parametrize("break_off", BREAKS)
def test_a_start_whose_response_is_broken_is_searched_for(
    carried: Carried,
    tls: ssl.SSLContext,
    break_off: Callable[[socket.socket], None],
) -> None:
    rows: list[dict[str, Any]] = []

    def handle(head: str, body: bytes, connection: socket.socket) -> None:
        if head.startswith("POST"):
            rows.append({"_id": ID, **json.loads(body)})
            break_off(connection)
        else:
            answer(connection, {"count": len(rows), "rows": rows})

    with HostileServer(handle, tls) as server:
        a2e = carried.client(api_key=KEY, base_url=server.url)
        task = carried.driver.run(a2e.face_swap.tasks.create(face=FACE, video=VIDEO))
        assert task.id == ID
        assert server.count("POST") == 1


@pytest.mark.parametrize("break_off", BREAKS)
def test_a_wait_outlasts_it(
    carried: Carried,
    tls: ssl.SSLContext,
    break_off: Callable[[socket.socket], None],
    pauses: list[float],
) -> None:
    reads = 0

    def handle(head: str, body: bytes, connection: socket.socket) -> None:
        nonlocal reads
        reads += 1
        row = {"_id": ID, "current_status": "completed", "result_url": "https://x.example/r.mp4"}
        if reads < 3:
            break_off(connection)
        else:
            answer(connection, {"count": 1, "rows": [row]} if "records" in head else [row])

    with HostileServer(handle, tls) as server:
        a2e = carried.client(api_key=KEY, base_url=server.url)
        assert carried.driver.run(a2e.face_swap.tasks.wait(ID, timeout=30)).id == ID


def test_a_client_certificate_that_is_demanded_is_an_error_of_ours(
    carried: Carried, tls: ssl.SSLContext
) -> None:
    tls.verify_mode = ssl.CERT_REQUIRED
    tls.load_verify_locations(os.environ["SSL_CERT_FILE"])
    with HostileServer(lambda *_: None, tls) as server:
        a2e = carried.client(
            api_key=KEY, base_url=server.url, max_retries=0, timeout=Timeout(total=20)
        )
        with pytest.raises(errors.APIConnectionError) as caught:
            carried.driver.run(a2e.face_swap.tasks.get(ID))
    assert KEY not in repr(caught.value.__dict__)


@pytest.mark.parametrize("break_off", BREAKS)
def test_a_live_session_is_left_although_something_else_broke(
    carried: Carried,
    tls: ssl.SSLContext,
    break_off: Callable[[socket.socket], None],
) -> None:
    left: list[str] = []

    def handle(head: str, body: bytes, connection: socket.socket) -> None:
        if "/leave" in head:
            left.append(head)
            answer(connection, {})
        elif "/speak" in head:
            break_off(connection)
        else:
            answer(
                connection,
                {"channel": "c1", "token": "t", "app_id": "a", "appId": "a", "uid": 1},
            )

    with HostileServer(handle, tls) as server:
        a2e = carried.client(api_key=KEY, base_url=server.url)
        session = a2e.streaming_avatar.session("avatar-1", expires_in=60)

        async def live() -> None:
            async with session:
                await session.speak("hello")

        def live_sync() -> None:
            with session:
                session.speak("hello")

        with pytest.raises(errors.APIConnectionError):
            live_sync() if carried.driver.mode == "sync" else carried.driver.call(live)
    assert len(left) == 1, "it would have been billed on"
