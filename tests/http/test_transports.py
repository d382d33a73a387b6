"""The promises of every transport, on real sockets: one suite for all libraries and both clients."""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import re
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from a2e_sdk import A2E, AsyncA2E, Timeout, errors, transports
from a2e_sdk._config.credentials import ApiKey
from a2e_sdk._http.transports import content_decoding, network_settings
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.http_server import serve
from a2e_sdk.transports import Delivery, HttpRequest, TransportFailure
from carriers import PAIRS, Carried, carry
from driver import Driver
from file_host import FileHost
from file_host import answer as file_answer
from hostile_server import HostileServer, answer
from loopback import Loopback, reply

trustme = pytest.importorskip("trustme")

KEY = "sk_test_4f1e9d0c7b2a"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(300)
FACE = "https://example.com/f.png"
VIDEO = "https://example.com/v.mp4"
EMPTY_PAGE = b'{"code":0,"data":{"rows":[],"count":0}}'
GRACE = 4.0


@pytest.fixture(params=PAIRS)
def carried(request: pytest.FixtureRequest) -> Iterator[Carried]:
    yield from carry(*request.param)


def request(
    url: str,
    method: str = "GET",
    body: bytes | None = None,
    total: float | None = None,
    **phases: float,
) -> HttpRequest:
    headers = {"accept": "application/json", "accept-encoding": "gzip, deflate"}
    return HttpRequest(method, url, headers, body, ApiKey(KEY), Timeout(**phases), total)


def failure_of(carried: Carried, one: HttpRequest) -> TransportFailure:
    with pytest.raises(TransportFailure) as caught:
        carried.send(one)
    return caught.value


def test_the_main_job(carried: Carried) -> None:
    with serve(Sandbox()) as server:
        a2e = carried.client(api_key=KEY, base_url=server.url)
        driver = carried.driver
        created = driver.run(a2e.face_swap.tasks.create(face=FACE, video=VIDEO, name="Zoë"))
        assert driver.run(a2e.face_swap.tasks.get(created)).name == "Zoë"
        assert len(driver.items(a2e.face_swap.tasks.list())) == 4
        driver.run(a2e.face_swap.tasks.delete(created))


def test_the_request_goes_out_as_it_was_made(carried: Carried) -> None:
    with Loopback(lambda _: reply(200, b"{}")) as server:
        carried.send(request(f"{server.url}/a%2Fb/c%7Ed?x=%5B1%5D", "POST", b'{"a":1}'))
    lines = server.requests[0].partition("\r\n\r\n")[0].split("\r\n")
    assert lines[0] == "POST /a%2Fb/c%7Ed?x=%5B1%5D HTTP/1.1"
    lower = [line.lower() for line in lines]
    assert lower.count(f"authorization: bearer {KEY}") == 1
    assert lower.count("content-length: 7") == 1
    assert lower.count("accept: application/json") == 1


@pytest.mark.parametrize("status", [200, 404, 429, 520, 999])
def test_any_status_is_a_response_with_headers_in_lower_case(carried: Carried, status: int) -> None:
    with Loopback(lambda _: reply(status, b'{"a":1}', Retry_After="7", X_Two="a")) as server:
        response = carried.send(request(server.url))
    assert (response.status, response.body) == (status, b'{"a":1}')
    assert response.headers["retry-after"] == "7"
    assert set(response.headers) == {name.lower() for name in response.headers}


@pytest.mark.parametrize(
    ("header", "name", "value"),
    [
        (b"A: 1\r\na: 2", "a", "1, 2"),
        (b"X-Odd: caf\xe9", "x-odd", None),
        (b"X-Empty:", "x-empty", ""),
        (b"X-Long: " + b"v" * 4000, "x-long", "v" * 4000),
        (b"Date: yesterday", "date", "yesterday"),
    ],
)
def test_odd_headers_are_read(
    carried: Carried, header: bytes, name: str, value: str | None
) -> None:
    raw = b"HTTP/1.1 200 X\r\n" + header + b"\r\ncontent-length: 2\r\n\r\n{}"
    with Loopback(lambda _: raw) as server:
        response = carried.send(request(server.url))
    assert response.body == b"{}"
    assert name in response.headers
    if value is not None:
        assert response.headers[name] == value


def test_a_compressed_response_is_decoded(carried: Carried) -> None:
    packed = gzip.compress(b'{"code":0}')
    with Loopback(lambda _: reply(200, packed, content_encoding="gzip")) as server:
        assert carried.send(request(server.url)).body == b'{"code":0}'


@pytest.mark.parametrize("packed", [True, False])
def test_decoding_is_bounded(
    carried: Carried, packed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content_decoding, "MAX_ANSWER_BYTES", 1_000_000)
    body = gzip.compress(b" " * 5_000_000, 1) if packed else b" " * 1_000_001
    headers = {"content_encoding": "gzip"} if packed else {}
    with Loopback(lambda _: reply(200, body, **headers)) as server:
        failure = failure_of(carried, request(server.url))
    assert "larger than" in failure.reason
    assert failure.delivery is Delivery.UNKNOWN


def test_a_coding_that_was_not_asked_for_is_refused(carried: Carried) -> None:
    with Loopback(lambda _: reply(200, b"\x00", content_encoding="br")) as server:
        failure = failure_of(carried, request(server.url))
    assert "'br'" in failure.reason


def test_no_redirect_of_a_call_is_followed_and_the_key_stays_at_its_origin(
    carried: Carried,
) -> None:
    with Loopback(lambda _: reply(200, b"{}")) as other:
        with Loopback(lambda _: reply(302, b"", Location=f"{other.url}/x")) as server:
            assert carried.send(request(server.url)).status == 302
        assert other.requests == []


def test_no_cookie_is_kept(carried: Carried) -> None:
    if "client" in carried.way:
        pytest.skip("a client of the caller's has the caller's cookies")
    with Loopback(
        lambda _: reply(200, b"{}", Set_Cookie="a=1; Path=/", Connection="close")
    ) as server:
        for _ in range(2):
            carried.send(request(server.url))
    assert "cookie" not in server.requests[1].lower()


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"HTTP/1.1 200 X\r\n",
        b"HTTP/1.1 200 X\r\ncontent-length: 9\r\n\r\n{}",
        b"HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab",
        b"HTTP/1.1 200 X\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\nnope",
        b"HTTP/1.1 twohundred X\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
    ],
)
def test_a_broken_response_may_have_been_carried_out(carried: Carried, broken: bytes) -> None:
    with Loopback(lambda _: broken) as server:
        failure = failure_of(carried, request(server.url, "POST", b"{}"))
    assert failure.delivery is Delivery.UNKNOWN
    assert len(server.requests) == 1


def test_a_failure_shows_no_key(carried: Carried) -> None:
    with Loopback(lambda _: b"") as server:
        failure = failure_of(carried, request(f"{server.url}/{KEY}", "POST", b"{}"))
    assert KEY not in failure.reason
    assert failure.__cause__ is None
    assert failure.__context__ is None


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "host.invalid"])
def test_what_could_not_connect_was_not_sent(carried: Carried, host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    failure = failure_of(carried, request(f"http://{host.format(port=port)}/", "POST", b"{}"))
    assert failure.delivery is Delivery.NOT_SENT


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"127.0.0.1:{listening.getsockname()[1]}"


def test_the_read_phase_has_its_own_time_out(carried: Carried, silent: str) -> None:
    failure = failure_of(carried, request(f"http://{silent}/", read=0.05))
    assert failure.reason == "timed out in the read phase after 0.05 s"
    assert (failure.timed_out, failure.delivery) == (True, Delivery.UNKNOWN)


def test_the_connect_phase_covers_tls(carried: Carried, silent: str) -> None:
    failure = failure_of(carried, request(f"https://{silent}/", connect=0.05))
    assert failure.reason == "timed out in the connect phase after 0.05 s"
    assert (failure.timed_out, failure.delivery) == (True, Delivery.NOT_SENT)


def flood(server: HostileServer, connection: socket.socket) -> None:
    while not server.stopped.is_set():
        connection.sendall(b"HTTP/1.1 103 E\r\n\r\n" * 500)


@pytest.mark.once
def test_a_flood_of_informational_responses_ends_by_the_deadline(carried: Carried) -> None:
    server = HostileServer(lambda head, body, connection: flood(server, connection))
    with server:
        a2e = carried.client(
            api_key=KEY, base_url=server.url, timeout=Timeout(total=1.5), max_retries=0
        )
        began = time.monotonic()
        with pytest.raises(errors.APIConnectionError):
            carried.driver.run(a2e.account.coins())
        assert time.monotonic() - began < 1.5 + GRACE


@pytest.mark.once
@pytest.mark.parametrize("drip", [b"HTTP/1.1 103 Early Hints\r\n\r\n", b"x"])
def test_an_upload_ends_by_its_own_bound(carried: Carried, drip: bytes) -> None:
    def handle(head: str, body: bytes, connection: socket.socket) -> None:
        if not head.startswith("PUT"):
            place = {"uploadUrl": server.url + "/put", "cdnUrl": server.url + "/f.png", "key": "k"}
            answer(connection, place)
            return
        if drip == b"x":
            connection.sendall(b"HTTP/1.1 200 OK\r\nx: ")
        while not server.stopped.is_set():
            connection.sendall(drip)
            time.sleep(0.1)

    with HostileServer(handle) as server:
        a2e = carried.client(
            api_key=KEY, base_url=server.url, timeout=Timeout(total=0.4), max_retries=0
        )
        began = time.monotonic()
        with pytest.raises(errors.APITimeoutError):
            carried.driver.run(a2e.storage.upload(PNG))
        assert time.monotonic() - began < 0.4 + GRACE


def test_a_download_follows_redirects_without_the_key(carried: Carried, tmp_path: Path) -> None:
    content = os.urandom(300_000)
    with FileHost(content) as host:
        host.script.append(
            lambda _: file_answer(302, location=host.link.replace("result", "moved"))
        )
        a2e = carried.client(api_key=KEY, base_url=host.url)
        (path,) = carried.driver.run(a2e.download(host.link, tmp_path / "x.mp4"))
        assert path.read_bytes() == content
        assert [one.path.partition("?")[0] for one in host.requests] == [
            "/files/result.mp4",
            "/files/moved.mp4",
        ]
        assert not any("authorization" in one.headers for one in host.requests)


def test_a_broken_download_goes_on(carried: Carried, tmp_path: Path) -> None:
    content = os.urandom(300_000)
    with FileHost(content) as host:
        host.script.append(host.cut(100_000))
        a2e = carried.client(api_key=KEY, base_url=host.url, max_retries=1)
        (path,) = carried.driver.run(a2e.download(host.link, tmp_path / "x.mp4"))
        assert path.read_bytes() == content
        assert host.ranges() == [None, "bytes=100000-"]


def test_an_upload_arrives_whole_without_the_key(carried: Carried) -> None:
    content = PNG + os.urandom(200_000)
    with FileHost() as store:
        place = {"uploadUrl": store.url + "/put?Signature=s", "cdnUrl": store.url + "/f.png"}
        data = json.dumps({"code": 0, "data": place}).encode()
        store.script.append(lambda _: file_answer(200, data, content_type="application/json"))
        store.script.append(lambda _: file_answer(200))
        a2e = carried.client(api_key=KEY, base_url=store.url)
        assert carried.driver.run(a2e.storage.upload(content)) == place["cdnUrl"]
        put = store.requests[1]
        assert (put.method, put.body) == ("PUT", content)
        assert "authorization" not in put.headers


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


@pytest.mark.parametrize("trusted", [True, False])
def test_the_certificate_is_checked_before_anything_is_sent(
    carried: Carried, tls: ssl.SSLContext, trusted: bool
) -> None:
    if "client" in carried.way:
        pytest.skip("a client of the caller's has the caller's certificates")
    if not trusted:
        trustme.CA().issue_cert("localhost").configure_cert(tls)
    with HostileServer(lambda head, body, connection: answer(connection, {}), tls) as server:
        if trusted:
            assert carried.send(request(server.url)).status == 200
            return
        failure = failure_of(carried, request(server.url, "POST", b"{}"))
        assert failure.delivery is Delivery.NOT_SENT
        assert "certificate" in failure.reason.lower()
        assert server.heads == []


class SlowHandshake:
    """Lets a TLS handshake wait, and counts the bytes that come through it."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://localhost:{self._listener.getsockname()[1]}"
        self.began, self.go_on = threading.Event(), threading.Event()
        self.received = b""
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        connection, _ = self._listener.accept()
        self.began.set()
        self.go_on.wait(10)
        try:
            connection.settimeout(2)
            with self._context.wrap_socket(connection, server_side=True) as secure:
                self.received = secure.recv(65536)
        except OSError:
            connection.close()

    def finish(self) -> None:
        self.go_on.set()
        self._thread.join(10)
        self._listener.close()


def test_a_client_closed_during_the_tls_handshake_sends_nothing(
    carried: Carried, tls: ssl.SSLContext
) -> None:
    if "client" in carried.way:
        pytest.skip("a client of the caller's is not closed")
    server = SlowHandshake(tls)
    a2e = carried.client(api_key=KEY, base_url=server.url, max_retries=0)
    found: list[BaseException] = []

    def close() -> Any:
        if carried.http_client is not None:
            return (
                carried.http_client.close()
                if carried.driver.mode == "sync"
                else carried.http_client.aclose()
            )
        return a2e.close() if carried.driver.mode == "sync" else a2e.aclose()

    def start() -> None:
        try:
            a2e.face_swap.tasks.create(face=FACE, video=VIDEO)
        except errors.A2EError as error:
            found.append(error)

    async def start_async() -> None:
        try:
            await a2e.face_swap.tasks.create(face=FACE, video=VIDEO)
        except errors.A2EError as error:
            found.append(error)

    async def both() -> None:
        import anyio

        async with anyio.create_task_group() as group:
            group.start_soon(start_async)
            while not server.began.is_set():
                await anyio.sleep(0.02)
            await anyio.sleep(0.1)
            await close()
            server.go_on.set()

    if carried.driver.mode == "sync":
        thread = threading.Thread(target=start)
        thread.start()
        assert server.began.wait(10)
        time.sleep(0.1)
        close()
        thread.join(10)
        assert not thread.is_alive(), "closing ends the handshake"
    else:
        carried.driver.call(both)
    server.finish()
    (error,) = found
    assert isinstance(error, errors.APIConnectionError), error
    assert not error.sent, "it is known that nothing was sent"
    assert server.received == b""
    assert len(a2e.submissions) == 0


def test_a_first_request_behind_the_closing_is_not_sent(driver: Driver) -> None:
    with Loopback(lambda _: reply(200, b"{}")) as server:
        a2e = driver.client(api_key=KEY, base_url=server.url)
        driver.close(a2e)
        transport = a2e.api.transport
        send = transport.send_request if driver.mode == "sync" else transport.send_request_async
        with pytest.raises(TransportFailure, match="the client was closed") as caught:
            driver.run(send(request(server.url, "POST", b"{}")))
        assert caught.value.delivery is Delivery.NOT_SENT
        assert server.requests == []


def test_a_cancelled_call_frees_its_connection(carried: Carried, silent: str) -> None:
    if carried.driver.mode == "sync":
        pytest.skip("a blocking call can't be cancelled")

    async def use() -> int:
        import anyio

        transport = a2e.api.transport
        with anyio.move_on_after(0.1) as scope:
            await transport.send_request_async(request(f"http://{silent}/"))
        assert scope.cancelled_caught
        return (await transport.send_request_async(request(server.url))).status

    with Loopback(lambda _: reply(200, b"{}")) as server:
        a2e = carried.client(api_key=KEY, base_url=server.url)
        assert carried.driver.call(use) == 200


def test_one_transport_serves_one_loop_after_the_other(carried: Carried) -> None:
    if carried.driver.mode == "sync" or "client" in carried.way:
        pytest.skip("it is for transports of event loops")
    other = Driver(carried.driver.mode)
    with HostileServer(lambda head, body, connection: answer(connection, 7)) as server:
        a2e = carried.client(api_key=KEY, base_url=server.url)
        for driver in (carried.driver, other, carried.driver):
            driver.run(a2e.api.transport.send_request_async(request(server.url)))
        assert len(server.heads) == 3
    other.finish()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("way", ["default", "httpx2"])
def test_a_forked_child_opens_connections_of_its_own(way: str) -> None:
    pytest.importorskip("httpx2")
    with HostileServer(lambda head, body, connection: answer(connection, {})) as server:
        http_client = None if way == "default" else transports.Httpx2Transport()
        a2e = A2E(KEY, base_url=server.url, http_client=http_client)
        assert a2e.api.transport.send_request(request(server.url)).status == 200
        child = os.fork()
        if not child:
            status = 1
            try:
                status = int(a2e.api.transport.send_request(request(server.url)).status != 200)
            finally:
                os._exit(status)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert a2e.api.transport.send_request(request(server.url)).status == 200
        assert server.connections == 2
        a2e.close()
        if http_client is not None:
            http_client.close()


@pytest.mark.parametrize("kind", ["HttpxTransport", "Httpx2Transport"])
def test_a_transport_serves_several_clients_and_outlives_them(kind: str) -> None:
    pytest.importorskip("httpx2")
    with (
        HostileServer(lambda head, body, connection: answer(connection, {})) as server,
        getattr(transports, kind)() as transport,
    ):
        for _ in range(2):
            with A2E(KEY, base_url=server.url, http_client=transport) as a2e:
                a2e.api.transport.send_request(request(server.url))
        assert server.connections == 1


@pytest.mark.parametrize("library", ["httpx", "httpx2"])
def test_a_client_of_the_wrong_kind_is_refused_with_what_to_do(library: str) -> None:
    module = pytest.importorskip(library)
    with module.Client() as client, pytest.raises(errors.ConfigurationError) as caught:
        AsyncA2E(KEY, http_client=client)
    assert f"not {library}.Client. Give that one to A2E." in str(caught.value)
    other = module.AsyncClient()
    with pytest.raises(errors.ConfigurationError) as caught:
        A2E(KEY, http_client=other)
    assert f"not {library}.AsyncClient. Give that one to AsyncA2E." in str(caught.value)
    asyncio.run(other.aclose())
    with pytest.raises(errors.ConfigurationError, match=r"httpx2\.Client or a transport"):
        A2E(KEY, http_client=object())  # type: ignore[arg-type]


def test_public_names_load_one_by_one() -> None:
    code = (
        "import sys; from a2e_sdk import transports; from a2e_sdk.transports import Transport;"
        "assert not {'httpx', 'httpx2', 'aiohttp'} & set(sys.modules);"
        "transports.HttpxTransport; assert not {'httpx2', 'aiohttp'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        transports.Nothing  # noqa: B018


def test_every_public_name_is_there_where_its_library_is() -> None:
    pytest.importorskip("httpx2")
    pytest.importorskip("aiohttp")
    for name in transports.__all__:
        assert getattr(transports, name) is not None


def test_a_library_that_is_not_installed_is_named_with_its_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "httpx2", None)
    monkeypatch.delitem(sys.modules, "a2e_sdk._http.transports.httpx2_transport", raising=False)
    monkeypatch.delitem(vars(transports), "Httpx2Transport", raising=False)
    with pytest.raises(ImportError, match=r"pip install 'a2e-sdk\[httpx2\]'"):
        _ = transports.Httpx2Transport


def test_the_old_path_of_aiohttp_s_transport_stays() -> None:
    pytest.importorskip("aiohttp")
    from a2e_sdk.aiohttp_transport import AiohttpTransport

    assert AiohttpTransport is transports.AiohttpTransport


def test_every_transport_has_the_methods_of_its_protocol() -> None:
    assert isinstance(transports.HttpxTransport(), transports.Transport)
    assert isinstance(transports.HttpxTransport(), transports.FileTransport)
    assert isinstance(transports.AsyncHttpxTransport(), transports.AsyncTransport)
    assert isinstance(transports.AsyncHttpxTransport(), transports.AsyncFileTransport)


DOCUMENT = (Path(__file__).parents[2] / "docs/transports.md").read_text(encoding="utf-8")


@pytest.mark.once
@pytest.mark.parametrize("example", re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL))
def test_the_examples_of_the_document_run(example: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", example], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_document_names_every_transport() -> None:
    for name in transports.__all__:
        if name.endswith("Transport"):
            assert f"`{name}`" in DOCUMENT
