"""The faster network keeps every rule of the usual one."""

from __future__ import annotations

import asyncio
import base64
import gzip
import socket
import ssl
import threading
import traceback
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, TypeVar

import httpx
import pytest

from a2e_sdk import AsyncA2E, FaceSwapTask, Timeout, errors
from a2e_sdk._config.credentials import ApiKey
from a2e_sdk._http.failures import Delivery, TransportFailure
from a2e_sdk._http.messages import HttpRequest, HttpResponse
from a2e_sdk._http.protocols import AsyncTransport
from a2e_sdk._http.transports.httpx_transport import AsyncHttpxTransport
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.http_server import serve
from loopback import Loopback, reply

pytest.importorskip("aiohttp")
trustme = pytest.importorskip("trustme")

from a2e_sdk._http.transports.aiohttp_transport import AiohttpTransport  # noqa: E402

KEY = "sk_test_4f1e9d0c7b2a"
ResultT = TypeVar("ResultT")


def request(
    url: str, method: str = "GET", body: bytes | None = None, **phases: float
) -> HttpRequest:
    headers = {"accept": "application/json", "accept-encoding": "gzip, deflate"}
    return HttpRequest(method, url, headers, body, ApiKey(KEY), Timeout(**phases))


def with_transport(
    use: Callable[[AiohttpTransport], Coroutine[Any, Any, ResultT]], **options: Any
) -> ResultT:
    async def run() -> ResultT:
        async with AiohttpTransport(**options) as transport:
            return await use(transport)

    return asyncio.run(run())


def send(one: HttpRequest) -> HttpResponse:
    return with_transport(lambda transport: transport.send_request_async(one))


def failure_of(one: HttpRequest) -> TransportFailure:
    with pytest.raises(TransportFailure) as caught:
        send(one)
    return caught.value


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"127.0.0.1:{listening.getsockname()[1]}"


@pytest.fixture
def nobody() -> str:
    """An address that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return f"127.0.0.1:{listening.getsockname()[1]}"


def test_it_is_a_transport_of_the_async_client() -> None:
    assert isinstance(AiohttpTransport(), AsyncTransport)


def test_the_main_job_with_many_calls_at_once() -> None:
    async def use(transport: AiohttpTransport) -> tuple[list[FaceSwapTask], int]:
        async with AsyncA2E(KEY, base_url=server.url, http_client=transport) as a2e:
            pages = await asyncio.gather(*[a2e.face_swap.tasks.page(1) for _ in range(50)])
        # Closing a client leaves the transport open for the next one.
        async with AsyncA2E(KEY, base_url=server.url, http_client=transport) as other:
            return await other.face_swap.tasks.list().to_list(), len(pages)

    with serve(Sandbox()) as server:
        tasks, pages = with_transport(use, max_connections=5)
    assert pages == 50
    assert [task.id for task in tasks] == [
        "6674f1765699df7e9d25311a",
        "6662e9c62246edced67000f7",
        "66627c58577166cec1929f84",
    ]


def test_the_request_goes_out_as_it_was_made() -> None:
    with Loopback(lambda _: reply(200, b"{}")) as server:
        send(request(f"{server.url}/a%2Fb/c%7Ed?x=%5B1%5D", "POST", b'{"a":1}'))
    head = server.requests[0].partition("\r\n\r\n")[0]
    lines = head.lower().split("\r\n")
    assert head.startswith("POST /a%2Fb/c%7Ed?x=%5B1%5D HTTP/1.1\r\n")
    assert f"authorization: bearer {KEY}" in lines
    assert "content-length: 7" in lines
    assert lines.count("accept: application/json") == 1


@pytest.mark.parametrize("status", [200, 404, 429, 520])
def test_any_status_is_an_answer_with_headers_in_lower_case(status: int) -> None:
    with Loopback(lambda _: reply(status, b'{"a":1}', Retry_After="7", X_Two="a")) as server:
        answer = send(request(server.url))
    assert (answer.status, answer.body) == (status, b'{"a":1}')
    assert answer.headers["retry-after"] == "7"
    assert set(answer.headers) == {name.lower() for name in answer.headers}


def test_a_repeated_header_is_one_list() -> None:
    with Loopback(
        lambda _: b"HTTP/1.1 200 X\r\nA: 1\r\na: 2\r\ncontent-length: 0\r\n\r\n"
    ) as server:
        assert send(request(server.url)).headers["a"] == "1, 2"


def test_a_packed_answer_is_unpacked() -> None:
    packed = gzip.compress(b'{"code":0}')
    with Loopback(lambda _: reply(200, packed, content_encoding="gzip")) as server:
        assert send(request(server.url)).body == b'{"code":0}'


def test_no_redirect_is_followed() -> None:
    with Loopback(lambda _: reply(200, b"{}")) as other:
        with Loopback(lambda _: reply(302, b"", Location=other.url)) as server:
            assert send(request(server.url)).status == 302
        assert other.requests == []


def test_no_cookie_is_kept() -> None:
    async def use(transport: AiohttpTransport) -> None:
        for _ in range(2):
            await transport.send_request_async(request(server.url))

    with Loopback(lambda _: reply(200, b"{}", Set_Cookie="a=1; Path=/")) as server:
        with_transport(use)
    assert len(server.requests) == 2
    assert "cookie" not in server.requests[1].lower()


def test_an_answer_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("a2e_sdk._http.transports.content_decoding.MAX_ANSWER_BYTES", 1000)
    with Loopback(lambda _: reply(200, b"x" * 1001)) as server:
        failure = failure_of(request(server.url))
    assert "larger than" in failure.reason
    assert failure.delivery is Delivery.UNKNOWN


def test_a_refused_connection_was_not_sent(nobody: str) -> None:
    failure = failure_of(request(f"http://{nobody}/"))
    assert failure.delivery is Delivery.NOT_SENT
    assert not failure.timed_out


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 200 X\r\n",
        b"HTTP/1.1 200 X\r\ncontent-length: 9\r\n\r\n{}",
        b"HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab",
        b"HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n",
        b"HTTP/1.1 200 X\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\nnope",
        b"HTTP/1.1 200 X\r\ncontent-length: -1\r\n\r\n",
        b"HTTP/1.1 twohundred X\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"\x00\xff\x00\xff",
    ],
)
def test_a_broken_answer_may_have_been_carried_out(answer: bytes) -> None:
    with Loopback(lambda _: answer) as server:
        failure = failure_of(request(server.url, "POST", b"{}"))
    assert failure.delivery is Delivery.UNKNOWN
    assert len(server.requests) == 1


def test_a_bridge_from_httpx_to_another_library_proves_nothing() -> None:
    class Bridge(httpx.AsyncBaseTransport):
        """Tells of a connection that broke after the request as httpx-aiohttp does."""

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            raise httpx.ConnectTimeout("gone") from ConnectionResetError("gone")

    async def start() -> None:
        async with httpx.AsyncClient(transport=Bridge()) as client:
            transport = AsyncHttpxTransport(client)
            await transport.send_request_async(request("http://127.0.0.1/", "POST", b"{}"))

    with pytest.raises(TransportFailure) as caught:
        asyncio.run(start())
    assert caught.value.delivery is Delivery.UNKNOWN


def test_the_read_phase_has_its_own_time_out(silent: str) -> None:
    failure = failure_of(request(f"http://{silent}/", read=0.05))
    assert failure.reason == "timed out in the read phase after 0.05 s"
    assert (failure.timed_out, failure.delivery) == (True, Delivery.UNKNOWN)


def test_the_connect_phase_covers_tls(silent: str) -> None:
    failure = failure_of(request(f"https://{silent}/", connect=0.05))
    assert failure.reason == "timed out in the connect phase after 0.05 s"
    assert (failure.timed_out, failure.delivery) == (True, Delivery.NOT_SENT)


def test_the_write_phase_ends_although_nobody_reads() -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    stuck = request(url, "POST", b"x" * 30_000_000, connect=0.05, write=0.05, read=0.05)

    async def use(transport: AiohttpTransport) -> None:
        with pytest.raises(TransportFailure) as caught:
            await transport.send_request_async(stuck)
        assert caught.value.reason == "timed out in the write phase after 0.05 s"
        assert (caught.value.timed_out, caught.value.delivery) == (True, Delivery.UNKNOWN)
        listening.close()
        await asyncio.sleep(0.01)  # asyncio lets go of unsent bytes when it sees the reset.

    with_transport(use)


def test_the_pool_phase_has_its_own_time_out_and_a_cancelled_call_frees_its_place(
    silent: str,
) -> None:
    async def use(transport: AiohttpTransport) -> HttpResponse:
        hanging = asyncio.create_task(transport.send_request_async(request(f"http://{silent}/")))
        await asyncio.sleep(0)
        with pytest.raises(TransportFailure) as caught:
            await transport.send_request_async(request(server.url, pool=0.05))
        assert caught.value.reason == "timed out in the pool phase after 0.05 s"
        assert (caught.value.timed_out, caught.value.delivery) == (True, Delivery.NOT_SENT)
        hanging.cancel()
        await asyncio.wait([hanging])
        return await transport.send_request_async(request(server.url, pool=0.05))

    with Loopback(lambda _: reply(200, b"{}")) as server:
        assert with_transport(use, max_connections=1).status == 200


class TlsServer:
    """Answers one TLS connection with ``{}``; ``received`` has what came through the tunnel."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://localhost:{self._listening.getsockname()[1]}"
        self.received = b""
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def _serve(self) -> None:
        connection, _ = self._listening.accept()
        connection.settimeout(5)
        try:
            with self._context.wrap_socket(connection, server_side=True) as tunnel:
                self.received = tunnel.recv(65536)
                tunnel.sendall(reply(200, b"{}"))
        except OSError:
            connection.close()

    def __enter__(self) -> TlsServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join(5)
        self._listening.close()


@pytest.mark.parametrize("trusted", [True, False])
def test_the_certificate_is_checked_before_anything_is_sent(
    trusted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(server_side)
    if trusted:
        client_side = ssl.create_default_context()
        authority.configure_trust(client_side)
        monkeypatch.setattr(
            "a2e_sdk._http.transports.aiohttp_transport.shared_tls_context", lambda: client_side
        )
    with TlsServer(server_side) as server:
        if trusted:
            assert send(request(server.url)).status == 200
            assert KEY.encode() in server.received
            return
        failure = failure_of(request(server.url))
    assert failure.delivery is Delivery.NOT_SENT
    assert "certificate" in failure.reason.lower()
    assert server.received == b""


def test_the_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback(lambda _: reply(200, b'{"via":"proxy"}')) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        assert send(request("http://a2e.example:9/x")).body == b'{"via":"proxy"}'
    assert proxy.requests[0].startswith("GET http://a2e.example:9/x HTTP/1.1")


def test_a_tunnel_shows_the_proxy_its_own_password_and_never_the_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Loopback(lambda _: reply(407, b"")) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url.replace("//", "//me:p%40ss@"))
        failure = failure_of(request("https://video.a2e.invalid/x"))
    assert failure.delivery is Delivery.NOT_SENT
    assert "p%40ss" not in failure.reason
    assert proxy.requests[0].startswith("CONNECT video.a2e.invalid:443 HTTP/1.1")
    login = base64.b64encode(b"me:p@ss").decode()
    assert f"proxy-authorization: basic {login}".lower() in proxy.requests[0].lower()
    assert KEY not in proxy.requests[0]


def test_no_proxy_is_honoured(monkeypatch: pytest.MonkeyPatch, nobody: str) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://{nobody}")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with Loopback(lambda _: reply(200, b"{}")) as server:
        assert send(request(server.url)).status == 200


def test_a_socks_proxy_is_refused_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    with pytest.raises(errors.ConfigurationError, match=r"socks5 proxy.*httpx\[socks\]"):
        send(request("http://a2e.example:9/x"))


def test_a_password_of_the_netrc_file_never_takes_the_place_of_the_key(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with Loopback(lambda _: reply(200, b"{}")) as server:
        send(request(server.url))
    assert f"authorization: bearer {KEY}" in server.requests[0].lower()


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200 X\r\ncontent-length: 9\r\n\r\n{}"])
def test_no_frame_of_a_failure_holds_the_key(answer: bytes) -> None:
    with Loopback(lambda _: answer) as server:
        failure = failure_of(request(f"{server.url}/{KEY}", "POST", b"{}"))
    assert KEY not in failure.reason
    assert failure.__cause__ is None
    assert failure.__context__ is None
    summary = traceback.TracebackException.from_exception(failure, capture_locals=True)
    ours = [frame for frame in summary.stack if frame.filename.endswith("aiohttp_transport.py")]
    own = [frame for frame in ours if "/tests/" not in frame.filename]
    assert own
    assert all("Bearer" not in str(frame.locals) for frame in own)


def test_a_closed_transport_says_so() -> None:
    async def use(transport: AiohttpTransport) -> None:
        await transport.aclose()
        await transport.aclose()
        await transport.send_request_async(request("http://127.0.0.1:9/"))

    with pytest.raises(errors.ConfigurationError, match="closed"):
        with_transport(use)


def test_it_needs_a_connection_at_least() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        AiohttpTransport(max_connections=0)
