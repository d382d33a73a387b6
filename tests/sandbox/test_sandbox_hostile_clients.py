"""The sandbox's server under clients that are slow, wrong, long, or gone.

After each of them the server still works, nothing was printed, and no thread of theirs is left.
"""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator

import httpx
import pytest

from a2e_sdk.sandbox import Fault, Sandbox, http_server
from a2e_sdk.sandbox.http import handler as http_handler
from a2e_sdk.sandbox.http_server import MAX_BODY_BYTES, SandboxServer, serve
from api_paths import path_of

pytestmark = pytest.mark.once

RUNNING = path_of("list_running_face_swap_tasks").encode()
SOON = 30.0
BODY = (
    b'{"name":"x","face_url":"https://example.com/f.jpg","video_url":"https://example.com/v.mp4"}'
)
HOST = b"Host: localhost\r\nAuthorization: Bearer x\r\n"
STATUS = b"GET %s HTTP/1.1\r\n%s" % (RUNNING, HOST)
START = b"POST %s HTTP/1.1\r\n%sContent-Type: application/json\r\n" % (
    path_of("add_face_swap_task").encode(),
    HOST,
)


@pytest.fixture
def lines() -> list[str]:
    """What the server logs."""
    return []


@pytest.fixture
def server(
    sandbox: Sandbox,
    lines: list[str],
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[SandboxServer]:
    monkeypatch.setattr(http_server, "HEAD_SECONDS", 0.5)
    monkeypatch.setattr(http_server, "BODY_SECONDS", 0.5)
    before = set(threading.enumerate())
    failures: list[object] = []
    monkeypatch.setattr(threading, "excepthook", failures.append)
    with serve(sandbox, log=lines.append) as server:
        yield server
        # Whoever came has been dealt with by the time a further request is answered.
        answer = httpx.get(f"{server.url}/nowhere", trust_env=False, timeout=SOON)
        assert answer.status_code == 404
    for thread in set(threading.enumerate()) - before:
        thread.join(SOON)
        assert not thread.is_alive()
    assert failures == []
    assert capfd.readouterr() == ("", "")


Connect = Callable[[], socket.socket]


@pytest.fixture
def connect(server: SandboxServer) -> Iterator[Connect]:
    opened: list[socket.socket] = []

    def connect() -> socket.socket:
        port = int(server.url.rpartition(":")[2])
        opened.append(socket.create_connection(("127.0.0.1", port), timeout=SOON))
        return opened[-1]

    yield connect
    for connection in opened:
        connection.close()


def received(connection: socket.socket) -> bytes:
    """Return all that comes until the connection is closed or reset."""
    parts: list[bytes] = []
    try:
        while part := connection.recv(65_536):
            parts.append(part)
    except ConnectionError:
        pass
    return b"".join(parts)


def exchanged(connection: socket.socket, request: bytes) -> bytes:
    connection.sendall(request)
    connection.shutdown(socket.SHUT_WR)
    return received(connection)


def trickled(connection: socket.socket, text: bytes) -> bytes:
    """Send a byte at a time, for ever if it may, and return what came in the end."""
    give_up = time.monotonic() + SOON
    try:
        for place in range(len(text)):
            assert time.monotonic() < give_up, "the server puts up with it"
            connection.sendall(text[place : place + 1])
            time.sleep(0.02)
    except ConnectionError:
        return b""
    return received(connection)


def test_a_head_that_comes_byte_by_byte_ends_at_its_deadline(connect: Connect) -> None:
    answer = trickled(connect(), STATUS + b"X-Odd: " + b"a" * 10_000)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 408")


def test_a_body_that_comes_byte_by_byte_ends_at_its_deadline(
    connect: Connect, sandbox: Sandbox
) -> None:
    answer = trickled(connect(), START + b"Content-Length: 5000\r\n\r\n" + b"{" * 5_000)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 408")
    assert sandbox.requests.total == 0


def test_a_body_that_is_shorter_than_stated_is_408(connect: Connect, sandbox: Sandbox) -> None:
    connection = connect()
    connection.sendall(START + b"Content-Length: 500\r\n\r\n" + BODY)
    assert received(connection).startswith(b"HTTP/1.1 408")
    assert sandbox.requests.total == 0


def test_what_follows_a_body_that_is_longer_than_stated_is_no_request(
    connect: Connect, sandbox: Sandbox
) -> None:
    request = START + b"Content-Length: 2\r\n\r\n" + BODY
    answer = exchanged(connect(), request)
    assert answer.count(b"HTTP/1.1 400") == 2
    assert sandbox.coins.balance == 1_000_000
    assert sandbox.requests.total == 1


@pytest.mark.parametrize(
    "fields",
    [
        b"X-Odd: %s\r\n" % (b"a" * 70_000),
        b"".join(b"X-%d: a\r\n" % number for number in range(101)),
        b"".join(b"X-%d: %s\r\n" % (number, b"a" * 900) for number in range(90)),
    ],
    ids=["one", "many", "together"],
)
def test_huge_header_fields_are_431(connect: Connect, fields: bytes) -> None:
    assert exchanged(connect(), STATUS + fields + b"\r\n").startswith(b"HTTP/1.1 431")


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET",
        b"GET /",
        b"GET / HTTP/1.1 x",
        b"GET / FTP/1.1",
        b"GET / HTTP/9",
        b"GET / HTTP/-1.1",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET /%s HTTP/1.1" % (b"a" * 70_000),
        b"PRI * HTTP/2.0",
        b"CONNECT localhost:443 HTTP/1.1",
        b"\x00\x00\x00 \x1b[31m x",
    ],
)
def test_a_line_that_is_no_request_is_refused(
    connect: Connect, lines: list[str], request_line: bytes
) -> None:
    answer = exchanged(connect(), request_line + b"\r\nHost: localhost\r\n\r\n")
    assert answer.split(b" ")[1][:1] in (b"4", b"5")
    assert answer.count(b"\r\ndate: ") == 1
    assert all(line.isprintable() for line in lines)


@pytest.mark.parametrize(
    "fields",
    [
        b"no colon\r\n",
        b"Content-Length : 5\r\n",
        b": empty\r\n",
        b"X-Odd: a\r\n b\r\n",
        b"X-Odd: a\x00b\r\n",
        b"Host: localhost:1\r\nHost: other\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Content-Length: 5, 5\r\n",
        b"Content-Length: +5\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
    ],
)
def test_a_head_that_can_be_read_in_two_ways_is_400(
    connect: Connect, sandbox: Sandbox, fields: bytes
) -> None:
    assert exchanged(connect(), START + fields + b"\r\n12345").startswith(b"HTTP/1.1 400")
    assert sandbox.requests.total == 0


def chunked(*parts: bytes) -> bytes:
    return b"".join(b"%x;x=y\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n"


@pytest.mark.parametrize("trailer", [b"", b"X-Sum: 1\r\n"])
def test_a_body_in_chunks_is_read_and_so_is_what_follows(
    connect: Connect, sandbox: Sandbox, trailer: bytes
) -> None:
    body = chunked(BODY[:3], BODY[3:50], BODY[50:]) + trailer + b"\r\n"
    request = START + b"Transfer-Encoding: Chunked\r\n\r\n" + body
    answer = exchanged(connect(), request + STATUS + b"\r\n")
    assert answer.count(b"HTTP/1.1 200") == 2
    assert len(sandbox.coins) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"zz\r\n", b"400"),
        (b"-5\r\nabcde\r\n", b"400"),
        (b"5\r\nabcdefgh\r\n0\r\n\r\n", b"400"),
        (b"%x\r\n" % (MAX_BODY_BYTES + 1), b"413"),
        (b"f" * 5_000 + b"\r\n", b"400"),
        (b"f" * 15 + b"\r\n", b"413"),
        (b"0\r\n" + b"X: y\r\n" * 65 + b"\r\n", b"431"),
        (b"5\r\nab", b"408"),
    ],
)
def test_chunks_that_are_wrong_are_refused(
    connect: Connect, sandbox: Sandbox, body: bytes, status: bytes
) -> None:
    connection = connect()
    connection.sendall(START + b"Transfer-Encoding: chunked\r\n\r\n" + body)
    assert received(connection).startswith(b"HTTP/1.1 " + status)
    assert sandbox.requests.total == 0


def test_requests_that_come_all_at_once_are_answered_in_order(
    connect: Connect, sandbox: Sandbox
) -> None:
    start = START + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY
    lost = b"GET /nowhere HTTP/1.1\r\n" + HOST + b"\r\n"
    answer = exchanged(connect(), (start + lost) * 20 + STATUS + b"Connection: close\r\n\r\n")
    statuses = [part[:3] for part in answer.split(b"HTTP/1.1 ")[1:]]
    assert statuses == [b"200", b"404"] * 20 + [b"200"]
    assert len(sandbox.coins) == 20


def test_a_client_that_waits_for_100_is_told_to_go_on(connect: Connect, sandbox: Sandbox) -> None:
    connection = connect()
    head = b"Content-Length: %d\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n" % len(BODY)
    connection.sendall(START + head)
    assert connection.recv(65_536) == b"HTTP/1.1 100 Continue\r\n\r\n"
    connection.sendall(BODY)
    assert received(connection).startswith(b"HTTP/1.1 200")
    assert len(sandbox.coins) == 1


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        (b"Expect: 100-continue\r\nContent-Length: %d\r\n" % (MAX_BODY_BYTES + 1), b"413"),
        (b"Expect: 100-continue\r\nContent-Length: x\r\n", b"400"),
        (b"Expect: a miracle\r\nContent-Length: 5\r\n", b"417"),
    ],
)
def test_a_client_that_waits_for_100_is_refused_at_once(
    connect: Connect, fields: bytes, status: bytes
) -> None:
    connection = connect()
    connection.sendall(START + fields + b"\r\n")
    answer = received(connection)
    assert answer.startswith(b"HTTP/1.1 " + status)
    assert b"100 Continue" not in answer


def test_a_refusal_reaches_a_client_that_is_still_sending(connect: Connect) -> None:
    connection = connect()
    length = MAX_BODY_BYTES + 1
    connection.sendall(START + b"Content-Length: %d\r\n\r\n" % length + b"x" * length)
    assert received(connection).startswith(b"HTTP/1.1 413")


def test_http_1_0_gets_no_chunks_and_a_closed_connection(
    connect: Connect, sandbox: Sandbox
) -> None:
    sandbox.faults.add(Fault.unknown_length())
    request = b"GET %s HTTP/1.0\r\nAuthorization: Bearer x\r\n\r\n" % RUNNING
    connection = connect()
    connection.sendall(request)
    head, _, body = received(connection).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200")
    assert b"transfer-encoding" not in head
    assert body == b'{"code":0,"data":[]}'


def test_http_1_0_may_keep_its_connection(connect: Connect) -> None:
    request = b"GET /nowhere HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
    answer = exchanged(connect(), request * 2)
    assert answer.count(b"HTTP/1.1 404") == 2
    assert answer.count(b"connection: keep-alive") == 2


def test_an_absolute_target_is_taken_apart(connect: Connect, server: SandboxServer) -> None:
    target = server.url.encode() + RUNNING + b"?x=http://elsewhere.example/"
    answer = exchanged(connect(), b"GET %s HTTP/1.1\r\n%s\r\n" % (target, HOST))
    assert answer.startswith(b"HTTP/1.1 200")


def test_clients_that_vanish_leave_nothing_behind(connect: Connect, sandbox: Sandbox) -> None:
    start = START + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY
    sandbox.faults.add(Fault.stall(0.2), operation="list_running_face_swap_tasks", times=None)
    for request in (b"", b"GET", STATUS, STATUS + b"\r\n", start[:-5], start, start * 50):
        for is_reset in (False, True):
            connection = connect()
            connection.sendall(request)
            if is_reset:
                linger = struct.pack("ii", 1, 0)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            connection.close()


def test_a_client_that_reads_nothing_is_given_up(
    connect: Connect, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_handler, "_SEND_SECONDS", 0.3)
    sandbox.faults.add(Fault(status=200, body=b"x" * 50_000_000))
    connection = connect()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    connection.sendall(STATUS + b"\r\n")
    deadline = time.monotonic() + SOON
    while any("process_request" in thread.name for thread in threading.enumerate()):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_there_are_only_so_many_connections(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_server, "MAX_CONNECTIONS", 4)
    held = [connect() for _ in range(4)]
    for connection in held:
        connection.sendall(STATUS + b"\r\n")
        assert connection.recv(65_536).startswith(b"HTTP/1.1 200")
    assert received(connect()).startswith(b"HTTP/1.1 503")
    held[0].close()
    deadline = time.monotonic() + SOON
    while not received_status(connect()).startswith(b"HTTP/1.1 200"):
        assert time.monotonic() < deadline
    for connection in held:
        connection.close()
    while sum("process_request" in thread.name for thread in threading.enumerate()) > 3:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def received_status(connection: socket.socket) -> bytes:
    try:
        connection.sendall(STATUS + b"Connection: close\r\n\r\n")
    except ConnectionError:
        return b""
    return received(connection)


def test_bodies_that_arrive_at_once_share_their_memory(
    connect: Connect, server: SandboxServer, sandbox: Sandbox
) -> None:
    limit = sandbox.upload_limit + 4 * MAX_BODY_BYTES
    server._server.body_memory.take(limit - 10)
    request = START + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY
    assert exchanged(connect(), request).startswith(b"HTTP/1.1 503")
    server._server.body_memory.give_back(limit - 10)
    assert exchanged(connect(), request).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST:1",
        "127.0.0.1:8765",
        "127.1.2.3",
        "[::1]:5",
        "a.localhost",
        "localhost.",
    ],
)
def test_a_host_that_means_this_machine_is_served(connect: Connect, host: str) -> None:
    request = b"GET /nowhere HTTP/1.1\r\nHost: %s\r\n\r\n" % host.encode()
    assert exchanged(connect(), request).startswith(b"HTTP/1.1 404")


@pytest.mark.parametrize(
    ("host", "target"),
    [
        ("evil.example", "/nowhere"),
        ("evil.example:8765", "/__sandbox__/state"),
        ("localhost.evil.example", "/nowhere"),
        ("127.0.0.1.evil.example", "/nowhere"),
        ("192.168.0.5", "/nowhere"),
        ("[::2]", "/nowhere"),
        ("user@localhost", "/nowhere"),
        ("", "/nowhere"),
        ("localhost", "http://evil.example/nowhere"),
        ("localhost", "http://evil.example@127.0.0.1/nowhere"),
    ],
)
def test_a_host_that_means_another_machine_is_421(
    connect: Connect, sandbox: Sandbox, host: str, target: str
) -> None:
    request = f"GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
    assert exchanged(connect(), request).startswith(b"HTTP/1.1 421")
    assert sandbox.requests.total == 0


def test_further_hosts_can_be_allowed(sandbox: Sandbox) -> None:
    with serve(sandbox, "0.0.0.0", allow_remote=True, allow_hosts=["Sandbox"]) as server:
        port = server.url.rpartition(":")[2]
        statuses = {
            host: httpx.get(
                f"http://127.0.0.1:{port}/nowhere", headers={"Host": host}, trust_env=False
            ).status_code
            for host in ("sandbox:8765", "192.168.0.5", "[::2]:5", "other.example")
        }
    assert list(statuses.values()) == [404, 404, 404, 421]
