"""One exchange with a receiver: whom the sandbox calls, and what a receiver can do to it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
import trustme

from a2e_sdk.sandbox.webhooks import exchange
from a2e_sdk.sandbox.webhooks.exchange import post
from a2e_sdk.sandbox.webhooks.receivers import (
    RefusedReceiverError,
    address_refusal,
    receiver_of,
)

pytestmark = pytest.mark.once

HEADERS = {"Content-Type": "application/json", "X-A2e-Webhook-Token": "t"}
OK = b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nfine"


@contextmanager
def receiver(act: Callable[[socket.socket], object]) -> Iterator[tuple[str, list[bytes]]]:
    """A receiver that reads a request, then does something; its URL, and what it has read."""
    read: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    with connection, suppress(OSError):
                        content = b""
                        while b"\r\n\r\n{}" not in content:
                            part = connection.recv(65_536)
                            if not part:
                                break
                            content += part
                        read.append(content)
                        act(connection)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", read


def says(response: bytes) -> Callable[[socket.socket], object]:
    return lambda connection: connection.sendall(response)


def test_it_is_one_post_with_these_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with receiver(says(OK)) as (url, read):
        outcome = post(f"{url}/a/\u00e4?x=\u00e4#part", HEADERS, b"{}")
    assert (outcome.status, outcome.error, outcome.response) == (200, None, "fine")
    host = url.removeprefix("http://")
    assert read == [
        b"POST /a/%C3%A4?x=%C3%A4 HTTP/1.1\r\n"
        b"Host: " + host.encode() + b"\r\nContent-Type: application/json\r\n"
        b"X-A2e-Webhook-Token: t\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
    ]


@pytest.mark.parametrize(
    ("response", "status", "text"),
    [
        (b"HTTP/1.1 204 No Content\r\n\r\n", 204, ""),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + OK, 200, "fine"),
        (b"HTTP/1.0 500 Oh\r\n\r\nbroken", 500, "broken"),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n", 200, "ab"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n\xff\xfe", 200, "\ufffd\ufffd"),
    ],
)
def test_responses_of_all_forms_are_read(response: bytes, status: int, text: str) -> None:
    with receiver(says(response)) as (url, _):
        outcome = post(url, HEADERS, b"{}")
    assert (outcome.status, outcome.response, outcome.error) == (status, text, None)


def test_a_redirect_is_not_followed() -> None:
    with receiver(says(OK)) as (elsewhere, read):
        found = f"HTTP/1.1 307 Go\r\nlocation: {elsewhere}/x\r\ncontent-length: 0\r\n\r\n"
        with receiver(says(found.encode())) as (url, _):
            assert post(url, HEADERS, b"{}").status == 307
        assert read == []


@pytest.mark.parametrize(
    "response", [b"", b"hello\r\n\r\n", b"HTTP/1.1 2x0 OK\r\n\r\n", b"\x00" * 9]
)
def test_what_is_no_http_has_failed_without_its_bytes(response: bytes) -> None:
    with receiver(says(response)) as (url, _):
        outcome = post(url, HEADERS, b"{}")
    assert outcome.status is None
    assert outcome.error
    assert "hello" not in outcome.error


def test_a_receiver_that_is_down_has_failed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    outcome = post(url, HEADERS, b"{}")
    assert (outcome.status, outcome.is_refused) == (None, False)
    assert "refused" in str(outcome.error).lower()


def drips(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"x: y\r\n")
        time.sleep(0.02)


def floods(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 20_000)


def is_silent(connection: socket.socket) -> None:
    connection.recv(1)


def drips_a_body(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n")
    while True:
        connection.sendall(b"x")
        time.sleep(0.02)


@pytest.mark.parametrize("act", [is_silent, drips, drips_a_body])
def test_an_exchange_ends_by_its_deadline(act: Callable[[socket.socket], object]) -> None:
    with receiver(act) as (url, _):
        began = time.monotonic()
        outcome = post(url, HEADERS, b"{}", seconds=0.4)
        assert time.monotonic() - began < 5
    assert outcome.error
    assert outcome.status == (200 if act is drips_a_body else None)


def test_the_head_of_a_response_is_bounded() -> None:
    with receiver(floods) as (url, _):
        outcome = post(url, HEADERS, b"{}")
    assert (outcome.status, outcome.error) == (None, "the response has more than 131,072 bytes")


def test_a_long_body_is_read_in_part() -> None:
    body = b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 10_000_000
    with receiver(says(body)) as (url, _):
        outcome = post(url, HEADERS, b"{}")
    assert (outcome.status, outcome.error) == (200, None)
    assert 0 < len(outcome.response) <= 16 * 1024


def test_closing_ends_it_at_once() -> None:
    closing = threading.Event()
    with receiver(is_silent) as (url, _):
        threading.Timer(0.2, closing.set).start()
        began = time.monotonic()
        outcome = post(url, HEADERS, b"{}", closing=closing)
        assert time.monotonic() - began < 5
    assert outcome.error == "the sandbox was closed during the call"


@pytest.mark.parametrize(
    "url",
    [
        *("https://example.com/", "http://10.0.0.1/", "http://169.254.169.254/latest"),
        *("http://127.0.0.1.example.com/", "http://localhost.example.com/", "http://[::2]/"),
        *("ftp://127.0.0.1/", "http:///x", "http://127.0.0.1:99999/", "http://user:pw@127.0.0.1/"),
        *("http://127.0.0.1/\r\nX: y", "http://2130706433/", "http://0.0.0.0/", "x", "http://["),
    ],
)
def test_other_receivers_are_refused_without_a_look_at_the_network(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange.socket, "getaddrinfo", None)
    outcome = post(url, HEADERS, b"{}")
    assert (outcome.status, outcome.is_refused) == (None, True)
    assert outcome.error


def resolving_to(*addresses: str) -> Any:
    return lambda host, port, **_: [
        (socket.AF_INET, socket.SOCK_STREAM, 0, "", (address, port)) for address in addresses
    ]


@pytest.mark.parametrize(
    ("host", "address"),
    [("localhost", "93.184.215.14"), ("a.localhost", "10.0.0.1"), ("receiver.test", "169.254.1.1")],
)
def test_the_address_is_looked_at_too(
    host: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange.socket, "getaddrinfo", resolving_to(address))
    monkeypatch.setattr(exchange.socket, "socket", None)  # Nothing may be opened.
    outcome = post(f"http://{host}/", HEADERS, b"{}", hosts={"receiver.test"})
    assert outcome.is_refused
    assert address in str(outcome.error)


def test_a_name_is_resolved_once_and_that_address_is_called(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    with receiver(says(OK)) as (url, read):
        port = int(url.rpartition(":")[2])

        def rebinds(host: str, port: int, **_: Any) -> Any:
            asked.append(host)
            return resolving_to("127.0.0.1" if len(asked) == 1 else "10.0.0.1")(host, port)

        monkeypatch.setattr(exchange.socket, "getaddrinfo", rebinds)
        outcome = post(f"http://receiver.test:{port}/", HEADERS, b"{}", hosts={"receiver.test"})
    assert (outcome.status, asked, len(read)) == (200, ["receiver.test"], 1)
    assert f"Host: receiver.test:{port}".encode() in read[0]


def test_a_name_server_that_is_slow_holds_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()

    def slow(*_: Any, **__: Any) -> Any:
        released.wait(30)
        return []

    monkeypatch.setattr(exchange.socket, "getaddrinfo", slow)
    began = time.monotonic()
    outcome = post("http://localhost/", HEADERS, b"{}", seconds=0.2)
    released.set()
    assert time.monotonic() - began < 5
    assert "0.2 seconds" in str(outcome.error)


@pytest.mark.parametrize("token", ["a\r\nX-Evil: 1", "a\nb", "\x00", "\ud800"])
def test_a_token_that_no_header_can_carry_is_refused(token: str) -> None:
    with receiver(says(OK)) as (url, read):
        outcome = post(url, {"X-A2e-Webhook-Token": token}, b"{}")
    assert (outcome.is_refused, read) == (True, [])
    assert token not in str(outcome.error)


def test_the_rules_for_names_and_addresses() -> None:
    assert receiver_of("https://LOCALHOST:8443/x", ()).host == "localhost"
    assert receiver_of("http://[::1]:80/", ()).host_field == "[::1]:80"
    assert receiver_of("https://Receiver.Test./", {"receiver.test"}).port == 443
    with pytest.raises(RefusedReceiverError, match="webhook-host"):
        receiver_of("https://receiver.test/", {"test"})
    assert address_refusal("localhost", "::ffff:127.0.0.1", ()) is None
    assert address_refusal("localhost", "::ffff:10.0.0.1", ()) is not None
    assert address_refusal("receiver.test", "10.0.0.1", {"receiver.test"}) is None
    assert address_refusal("169.254.1.1", "169.254.1.1", {"169.254.1.1"}) is None


def test_https_is_spoken_with_certificates_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    import ssl

    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)

    def speaks(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as secure:
            while b"{}" not in secure.recv(65_536):
                pass
            secure.sendall(OK)

    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    with suppress(ssl.SSLError):
                        speaks(listening.accept()[0])

        threading.Thread(target=serve, daemon=True).start()
        url = f"https://localhost:{listening.getsockname()[1]}/"
        monkeypatch.setattr(exchange.socket, "getaddrinfo", resolving_to("127.0.0.1"))
        unknown = post(url, HEADERS, b"{}")
        with authority.cert_pem.tempfile() as path:
            monkeypatch.setenv("SSL_CERT_FILE", path)
            known = post(url, HEADERS, b"{}")
    assert unknown.status is None
    assert "certificate" in str(unknown.error).lower()
    assert (known.status, known.response) == (200, "fine")
