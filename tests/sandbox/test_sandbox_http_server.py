"""The sandbox over real sockets, asked by httpx."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from a2e_sdk.sandbox import DEFAULT_PUBLIC_URL, Fault, ManualClock, Sandbox
from a2e_sdk.sandbox.http_server import MAX_BODY_BYTES, SandboxServer, serve
from api_paths import path_of

START, RECORDS = path_of("add_face_swap_task"), path_of("list_face_swap_tasks")
RUNNING = path_of("list_running_face_swap_tasks")
UPLOADS = path_of("add_upload_url")
BODY = {
    "name": "over http",
    "face_url": "https://example.com/face.jpg",
    "video_url": "https://example.com/video.mp4",
}
SOON = 30.0
"""Seconds after which a test that hangs fails; never reached otherwise."""


@pytest.fixture
def server(sandbox: Sandbox) -> Iterator[SandboxServer]:
    with serve(sandbox) as server:
        yield server


@pytest.fixture
def client(server: SandboxServer) -> Iterator[httpx.Client]:
    headers = {"Authorization": "Bearer sk_test"}
    with httpx.Client(
        base_url=server.url, headers=headers, timeout=SOON, trust_env=False
    ) as client:
        yield client


def raw(server: SandboxServer, request: bytes) -> bytes:
    """Send bytes as they are and return all that comes back until the connection is closed."""
    address = ("127.0.0.1", int(server.url.rpartition(":")[2]))
    with socket.create_connection(address, timeout=SOON) as connection:
        connection.sendall(request)
        received = b""
        while chunk := connection.recv(65_536):
            received += chunk
    return received


def test_a_task_goes_its_way_over_http(client: httpx.Client, clock: ManualClock) -> None:
    task_id = client.post(START, json=BODY).json()["data"]["_id"]
    clock.advance(3)
    task = client.get(path_of("get_face_swap_task", task_id)).json()["data"]
    assert (task["name"], task["current_status"]) == ("over http", "completed")
    assert task["result_url"].startswith(str(client.base_url).rstrip("/") + "/files/")
    whole = client.get(task["result_url"])
    assert len(whole.content) == int(whole.headers["content-length"]) == 65_536
    part = client.get(task["result_url"], headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, b"ftyp")
    head = client.head(task["result_url"])
    assert (head.headers["content-length"], head.content) == ("65536", b"")
    assert client.delete(path_of("delete_face_swap_task", task_id)).json()["code"] == 0


def test_one_connection_carries_many_requests(
    client: httpx.Client, server: SandboxServer, clock: ManualClock
) -> None:
    streams = set()
    for path in (
        RUNNING,
        "/nowhere",
        RECORDS,
        RUNNING,
    ):
        response = client.get(path)
        assert response.http_version == "HTTP/1.1"
        streams.add(response.extensions["network_stream"].get_extra_info("client_addr"))
    assert len(streams) == 1


def test_query_and_status_cross_the_socket(client: httpx.Client) -> None:
    page = client.get(RECORDS, params={"pageNum": 2, "pageSize": 2}).json()["data"]
    assert (len(page["rows"]), page["count"]) == (1, 3)
    assert client.get(RECORDS).status_code == 400
    assert client.get("/nowhere").status_code == 404
    assert client.get(RUNNING, headers={"Authorization": ""}).status_code == 401
    assert client.options(RUNNING).status_code == 404


def test_a_status_that_no_list_knows_crosses_the_socket(
    client: httpx.Client, sandbox: Sandbox
) -> None:
    sandbox.faults.add(Fault.http(520))
    assert client.get(RUNNING).status_code == 520


@pytest.mark.parametrize(
    ("fault", "started"), [(Fault.drop_after_read(), 1), (Fault.drop_before(), 0)]
)
def test_a_dropped_connection_ends_without_an_answer(
    client: httpx.Client, sandbox: Sandbox, fault: Fault, started: int
) -> None:
    sandbox.faults.add(fault)
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        client.post(START, json=BODY)
    assert len(sandbox.coins) == started
    assert client.get(RUNNING).status_code == 200


def test_a_stalled_answer_runs_into_the_clients_timeout(
    client: httpx.Client, sandbox: Sandbox
) -> None:
    sandbox.faults.add(Fault.stall(3_600))
    with pytest.raises(httpx.ReadTimeout):
        client.get(RUNNING, timeout=httpx.Timeout(SOON, read=0.05))


def test_closing_ends_idle_connections(server: SandboxServer) -> None:
    address = ("127.0.0.1", int(server.url.rpartition(":")[2]))
    with socket.create_connection(address, timeout=SOON) as connection:
        connection.sendall(b"HEAD /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert connection.recv(65_536).startswith(b"HTTP/1.1 404")
        server.close()
        assert connection.recv(1) == b""


def test_closing_ends_stalled_connections_and_all_threads(
    client: httpx.Client, sandbox: Sandbox
) -> None:
    before = set(threading.enumerate())
    server = serve(sandbox)
    client.base_url = server.url
    assert client.get(RUNNING).status_code == 200
    sandbox.faults.add(Fault.stall(3_600))
    outcome: list[object] = []

    def ask() -> None:
        try:
            outcome.append(client.get(RUNNING))
        except httpx.TransportError as error:
            outcome.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    while sandbox.requests.total < 2:
        asking.join(0.01)
    server.close()
    asking.join(SOON)
    assert len(outcome) == 1
    assert isinstance(outcome[0], httpx.TransportError)
    assert not isinstance(outcome[0], httpx.TimeoutException)
    for thread in set(threading.enumerate()) - before:
        thread.join(SOON)
        assert not thread.is_alive()


def test_a_cut_body_stops_before_its_stated_length(
    client: httpx.Client, server: SandboxServer, sandbox: Sandbox
) -> None:
    sandbox.add_face_swap_task()
    url = sandbox.face_swap_tasks()[0]["result_url"]
    sandbox.faults.add(Fault.cut(1_000), operation="download_file")
    received = bytearray()

    def drain(response: httpx.Response) -> None:
        for chunk in response.iter_raw():
            received.extend(chunk)

    with client.stream("GET", url) as response:
        assert response.headers["content-length"] == "65536"
        with pytest.raises(httpx.RemoteProtocolError):
            drain(response)
    assert len(received) == 1_000
    assert client.get(url).content.startswith(received)


def test_a_fault_with_a_wrong_length_does_not_spoil_the_next_answer(
    client: httpx.Client, sandbox: Sandbox
) -> None:
    sandbox.faults.add(Fault(status=200, headers={"Content-Length": "1"}, body=b"12345"))
    assert client.get(RUNNING).content == b"1"
    assert client.get(RUNNING).json() == {"code": 0, "data": []}


def test_a_large_file_is_uploaded_and_comes_back(
    client: httpx.Client, server: SandboxServer, sandbox: Sandbox
) -> None:
    content = b"0123456789abcdef" * (MAX_BODY_BYTES // 16 + 1)
    body = {"key": "clip.mp4", "contentType": "video/mp4", "contentLength": len(content)}
    signed = client.post(UPLOADS, json=body).json()["data"]
    assert signed["uploadUrl"].startswith(f"{server.url}/uploads/")
    refused = client.put(signed["uploadUrl"], content=b"x", headers={"Content-Type": "video/mp4"})
    assert refused.status_code == 403  # It carried the token.
    with httpx.Client(timeout=SOON, trust_env=False) as stranger:
        headers = {"Content-Type": "video/mp4", "Content-Length": str(len(content))}
        parts = (content[start : start + 1_000_000] for start in range(0, len(content), 1_000_000))
        stored = stranger.put(signed["uploadUrl"], content=parts, headers=headers)
        assert (stored.status_code, stored.content) == (200, b"")
        served = stranger.get(signed["cdnUrl"])
    assert served.headers["content-type"] == "video/mp4"
    assert served.content == sandbox.uploads[signed["cdnUrl"]].content == content


@pytest.mark.parametrize(
    ("head", "status"),
    [(b"Content-Length: %d" % (2**28 + 1), b"413"), (b"Transfer-Encoding: chunked", b"411")],
)
def test_an_upload_that_is_too_long_or_in_chunks_is_refused_unread(
    server: SandboxServer, head: bytes, status: bytes
) -> None:
    answer = raw(server, b"PUT /uploads/b/k?x=1 HTTP/1.1\r\nHost: localhost\r\n%s\r\n\r\n" % head)
    assert answer.startswith(b"HTTP/1.1 " + status)
    assert answer.count(b"\r\ndate: ") == 1


def test_a_file_without_a_length_comes_in_chunks(client: httpx.Client, sandbox: Sandbox) -> None:
    sandbox.add_face_swap_task()
    url = sandbox.face_swap_tasks()[0]["result_url"]
    whole = client.get(url).content
    sandbox.faults.add(Fault.unknown_length(), times=2)
    response = client.get(url)
    assert response.headers["transfer-encoding"] == "chunked"
    assert "content-length" not in response.headers
    assert response.content == whole
    assert client.head(url).status_code == 200
    sandbox.faults.add(Fault(headers={"content-length": None}, cut_after=1_000))
    with pytest.raises(httpx.RemoteProtocolError):
        client.get(url)
    assert client.get(url).content == whole


def test_every_answer_has_one_date_and_it_is_the_sandboxs(
    client: httpx.Client, clock: ManualClock
) -> None:
    clock.advance(86_400)
    for path in (RUNNING, "/nowhere"):
        dates = client.get(path).headers.get_list("date")
        assert dates == ["Fri, 02 Jan 2026 00:00:00 GMT"]


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"Content-Length: %d\r\n" % (MAX_BODY_BYTES + 1), b"413"),
        (b"Content-Length: %s\r\n" % (b"9" * 5_000), b"413"),
        (b"Content-Length: -1\r\n", b"400"),
        (b"Content-Length: 1e3\r\n", b"400"),
        (b"Transfer-Encoding: gzip\r\n", b"501"),
        (b"Transfer-Encoding: chunked\r\nContent-Length: 2\r\n", b"400"),
        (b"Content-Length: 2\r\nContent-Length: 3\r\n", b"400"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_and_the_connection_closed(
    server: SandboxServer, sandbox: Sandbox, head: bytes, status: bytes
) -> None:
    request = b"POST %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n" % (START.encode(), head)
    assert raw(server, request).startswith(b"HTTP/1.1 " + status)
    assert sandbox.requests.total == 0


def test_a_target_that_is_no_url_is_a_bad_request(server: SandboxServer) -> None:
    assert raw(server, b"GET http://[ HTTP/1.1\r\nHost: localhost\r\n\r\n").startswith(
        b"HTTP/1.1 400"
    )


def test_a_body_that_ends_early_is_not_handled(server: SandboxServer, sandbox: Sandbox) -> None:
    address = ("127.0.0.1", int(server.url.rpartition(":")[2]))
    with socket.create_connection(address, timeout=SOON) as connection:
        connection.sendall(
            b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{" % START.encode()
        )
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(1) == b""
    assert sandbox.requests.total == 0


def test_many_clients_at_once(server: SandboxServer, sandbox: Sandbox) -> None:
    errors: list[BaseException] = []

    def work() -> None:
        try:
            with httpx.Client(
                base_url=server.url,
                headers={"Authorization": "Bearer sk_test"},
                timeout=SOON,
                trust_env=False,
            ) as client:
                for _ in range(10):
                    assert client.post(START, json=BODY).status_code == 200
        except BaseException as error:
            errors.append(error)

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert errors == []
    assert len(sandbox.coins) == 80


def test_nothing_is_printed_and_the_log_gets_a_line_without_the_token(
    sandbox: Sandbox, capfd: pytest.CaptureFixture[str]
) -> None:
    lines: list[str] = []
    logged = threading.Event()

    def log(line: str) -> None:
        lines.append(line)
        logged.set()

    for chosen in (None, log):
        with serve(sandbox, log=chosen) as server:
            httpx.get(
                server.url + RUNNING,
                headers={"Authorization": "Bearer sk_test_secret"},
                trust_env=False,
            )
    assert logged.wait(SOON)
    assert lines == [f'"GET {RUNNING} HTTP/1.1" 200 -']
    assert capfd.readouterr() == ("", "")


def test_a_closed_server_refuses_and_gives_the_links_back(sandbox: Sandbox) -> None:
    server = serve(sandbox)
    assert sandbox.public_url == server.url
    assert not server.wait(0)
    server.close()
    server.close()
    assert server.wait(0)
    assert sandbox.public_url == DEFAULT_PUBLIC_URL
    with pytest.raises(httpx.ConnectError):
        httpx.get(server.url, trust_env=False)


def test_a_chosen_public_url_is_kept() -> None:
    sandbox = Sandbox(public_url="https://cdn.test")
    with serve(sandbox):
        assert sandbox.public_url == "https://cdn.test"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.0.2.1", "example.com"])
def test_only_loopback_is_listened_on_unless_allowed(sandbox: Sandbox, host: str) -> None:
    with pytest.raises(ValueError, match="allow_remote"):
        serve(sandbox, host)


def test_other_addresses_can_be_allowed(sandbox: Sandbox) -> None:
    with serve(sandbox, "0.0.0.0", allow_remote=True) as server:
        port = server.url.rpartition(":")[2]
        url = f"http://127.0.0.1:{port}/nowhere"
        assert httpx.get(url, trust_env=False).status_code == 404


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_loopback_has_several_names(sandbox: Sandbox, host: str) -> None:
    if host == "::1" and not has_ipv6():
        pytest.skip("this machine has no IPv6")
    with serve(sandbox, host) as server:
        assert httpx.get(f"{server.url}/nowhere", trust_env=False).status_code == 404


def has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def test_a_taken_port_is_an_os_error(server: SandboxServer) -> None:
    port: Any = server.url.rpartition(":")[2]
    with pytest.raises(OSError, match="in use"):
        serve(Sandbox(), port=int(port))
