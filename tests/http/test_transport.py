"""The network, over real sockets."""

from __future__ import annotations

import gzip
import socket
import threading
import zlib
from pathlib import Path
from typing import Any

import httpx
import pytest

from a2e_sdk import A2E, Timeout, errors
from a2e_sdk._http.failures import Delivery, TransportFailure
from a2e_sdk._http.messages import HttpRequest
from a2e_sdk._http.request import USER_AGENT
from a2e_sdk._http.transports import content_decoding, network_settings
from a2e_sdk._http.transports.httpx_library import HttpxLibrary
from a2e_sdk.sandbox import Fault, Sandbox
from a2e_sdk.sandbox.http_server import serve
from api_paths import path_of
from driver import Driver
from loopback import Loopback, reply

EMPTY_PAGE = b'{"code":0,"data":{"rows":[],"count":0}}'
ID = "6674f1765699df7e9d25311a"


def client_of(driver: Driver, url: str, **options: Any) -> Any:
    return driver.client(api_key="sk_test", base_url=url, **options)


def test_the_main_job_over_real_http(driver: Driver) -> None:
    with serve(Sandbox()) as server:
        a2e = client_of(driver, server.url + "/api/v1/")
        assert [task.duration for task in driver.items(a2e.face_swap.tasks.list())] == [6, 0, 0]
        created = driver.run(
            a2e.face_swap.tasks.create(
                face="https://example.com/f.png", video="https://example.com/v.mp4", name="Zoë"
            )
        )
        assert driver.run(a2e.face_swap.tasks.get(created)).name == "Zoë"
        driver.run(a2e.face_swap.tasks.delete(created))
        driver.close(a2e)


def test_what_goes_out(driver: Driver) -> None:
    with Loopback(lambda request: reply(200, EMPTY_PAGE)) as server:
        driver.run(client_of(driver, server.url).face_swap.tasks.page(2, page_size=7))
    head = server.requests[0].lower()
    path = f"{path_of('list_face_swap_tasks')}?pageNum=2&pageSize=7".lower()
    assert head.startswith(f"get {path} http/1.1")
    assert "authorization: bearer sk_test\r\n" in head
    assert f"user-agent: {USER_AGENT}\r\n" in head
    assert "accept: application/json\r\n" in head
    assert "cookie" not in head


@pytest.mark.parametrize(
    ("encoding", "encode"), [("gzip", gzip.compress), ("deflate", zlib.compress)]
)
def test_compressed_answers_are_read(driver: Driver, encoding: str, encode: Any) -> None:
    answer = reply(200, encode(EMPTY_PAGE), content_encoding=encoding)
    with Loopback(lambda request: answer) as server:
        assert driver.run(client_of(driver, server.url).face_swap.tasks.page(1)).total == 0


def test_a_bomb_is_not_unpacked_beyond_the_limit(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content_decoding, "MAX_ANSWER_BYTES", 1_000_000)
    bomb = reply(200, gzip.compress(b" " * 50_000_000), content_encoding="gzip")
    with Loopback(lambda request: bomb) as server:
        a2e = client_of(driver, server.url, max_retries=0)
        with pytest.raises(errors.APIError, match="larger than 1000000 bytes"):
            driver.run(a2e.face_swap.tasks.page(1))


@pytest.mark.parametrize(
    ("answer", "error_class"),
    [
        (b"", errors.APIConnectionError),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{", errors.APIConnectionError),
        (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", errors.APIConnectionError),
        (reply(200, b"not zipped", content_encoding="gzip"), errors.APIConnectionError),
        (reply(520, b"<html>"), errors.InternalServerError),
        (reply(999, b"{}"), errors.APIStatusError),
        (reply(200, b"<html></html>", "text/html"), errors.UnexpectedResponseError),
        (reply(204, b""), errors.UnexpectedResponseError),
    ],
)
def test_odd_responses_are_errors_of_ours(
    driver: Driver, answer: bytes, error_class: type[errors.APIError]
) -> None:
    with Loopback(lambda request: answer) as server:
        a2e = client_of(driver, server.url, max_retries=0)
        with pytest.raises(error_class) as caught:
            driver.run(a2e.face_swap.tasks.page(1))
    assert type(caught.value) is error_class
    assert caught.value.operation == "list_face_swap_tasks"


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


@pytest.mark.parametrize(
    "url",
    [f"http://127.0.0.1:{closed_port()}", "https://host.invalid"],
    ids=["a closed port", "an unknown host"],
)
def test_a_server_that_is_not_there_was_provably_not_reached(driver: Driver, url: str) -> None:
    a2e = client_of(driver, url, max_retries=0)
    with pytest.raises(errors.APIConnectionError):
        driver.run(a2e.face_swap.tasks.page(1))
    failure = failure_of(driver, a2e, url)
    assert failure.delivery is Delivery.NOT_SENT


def test_a_server_that_read_the_request_may_have_carried_it_out(driver: Driver) -> None:
    with Loopback(lambda request: b"") as server:
        a2e = client_of(driver, server.url)
        assert failure_of(driver, a2e, server.url).delivery is Delivery.UNKNOWN


def failure_of(driver: Driver, a2e: Any, url: str) -> TransportFailure:
    configuration = a2e.api.configuration
    request = HttpRequest("POST", url + "/x", {}, b"{}", configuration.key, configuration.timeout)
    carrier = a2e.api.transport
    with pytest.raises(TransportFailure) as caught:
        driver.run(
            carrier.send_request(request)
            if driver.mode == "sync"
            else carrier.send_request_async(request)
        )
    return caught.value


def test_a_stalled_answer_ends_by_its_time_out(driver: Driver) -> None:
    sandbox = Sandbox()
    sandbox.faults.add(Fault.stall(30))
    with serve(sandbox) as server:
        a2e = client_of(driver, server.url, max_retries=0, timeout=Timeout(read=0.05))
        with pytest.raises(errors.APITimeoutError, match=r"read phase after 0\.05 s"):
            driver.run(a2e.face_swap.tasks.get(ID))
        driver.close(a2e)


def test_many_threads_share_one_pool_of_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    built = []
    original = HttpxLibrary.connections

    def build(library: HttpxLibrary, *arguments: Any) -> Any:
        built.append(arguments)
        return original(library, *arguments)

    monkeypatch.setattr(HttpxLibrary, "connections", build)
    barrier = threading.Barrier(8)
    found = []
    with serve(Sandbox()) as server, A2E("sk_test", base_url=server.url) as a2e:

        def use() -> None:
            barrier.wait()
            found.append(len(a2e.face_swap.tasks.page(1)))

        threads = [threading.Thread(target=use) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == [3] * 8
    assert len(built) == 1


def test_all_clients_share_one_tls_context() -> None:
    assert network_settings.shared_tls_context() is network_settings.shared_tls_context()


def test_your_own_http_client_is_used_and_left_open(driver: Driver) -> None:
    seen: list[str] = []

    async def note_async(request: httpx.Request) -> None:
        seen.append(str(request.url))

    with serve(Sandbox()) as server:
        own: Any
        if driver.mode == "sync":
            hooks: Any = {"request": [lambda request: seen.append(str(request.url))]}
            own = httpx.Client(event_hooks=hooks, auth=("user", "word"))
        else:
            hooks = {"request": [note_async]}
            own = httpx.AsyncClient(event_hooks=hooks, auth=("user", "word"))
        a2e = client_of(driver, server.url, http_client=own)
        assert len(driver.run(a2e.face_swap.tasks.page(1))) == 3, "its own auth is not sent"
        driver.close(a2e)
        assert len(seen) == 1
        assert not own.is_closed
        driver.close(own)
        a2e = client_of(driver, server.url, http_client=own)
        with pytest.raises(errors.ConfigurationError, match="closed"):
            driver.run(a2e.face_swap.tasks.page(1))


@pytest.mark.parametrize(
    ("environment", "origin", "expected"),
    [
        ({}, "https://video.a2e.ai", None),
        ({"HTTPS_PROXY": "http://proxy.example:3128"}, "https://video.a2e.ai", "http://proxy.example:3128"),
        ({"https_proxy": "proxy.example:3128"}, "https://video.a2e.ai", "http://proxy.example:3128"),
        ({"ALL_PROXY": "http://proxy.example:1"}, "https://video.a2e.ai", "http://proxy.example:1"),
        ({"HTTP_PROXY": "http://proxy.example:1"}, "https://video.a2e.ai", None),
        ({"HTTPS_PROXY": "http://proxy.example:1", "NO_PROXY": "a2e.ai"}, "https://video.a2e.ai", None),
        ({"HTTPS_PROXY": "http://proxy.example:1", "NO_PROXY": "*"}, "https://video.a2e.ai", None),
    ],
)  # fmt: skip
def test_the_proxies_of_the_environment_are_honoured(
    environment: dict[str, str],
    origin: str,
    expected: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    proxy = network_settings.proxy_address(origin)
    assert (None if proxy is None else str(httpx.Proxy(proxy).url)) == expected


@pytest.mark.parametrize("login", ["me:hunter2/x", "me:hun@ter2", "me:a#hunter2", "me:a?hunter2"])
def test_a_proxy_whose_password_hides_its_host_is_refused_unseen(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, login: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://{login}@127.0.0.1:1")
    a2e = client_of(driver, "https://video.a2e.invalid", max_retries=0)
    with pytest.raises(errors.ConfigurationError, match="write @ as %40") as caught:
        driver.run(a2e.face_swap.tasks.page(1))
    assert "hun" not in str(caught.value)


def test_requests_go_through_the_proxy(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback(lambda _: reply(407, b"")) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        a2e = client_of(driver, "https://video.a2e.invalid", max_retries=0)
        with pytest.raises(errors.APIConnectionError) as caught:
            driver.run(a2e.face_swap.tasks.page(1))
    assert not caught.value.sent
    assert proxy.requests[0].startswith("CONNECT video.a2e.invalid:443 ")
    assert "authorization: bearer" not in proxy.requests[0].lower()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.8.8.8"])
def test_a_server_of_this_machine_is_never_reached_through_a_proxy(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    with (
        Loopback(lambda _: reply(200, EMPTY_PAGE)) as proxy,
        Loopback(
            lambda _: reply(200, EMPTY_PAGE), "" if host == "127.8.8.8" else "127.0.0.1"
        ) as server,
    ):
        for name in ("HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        a2e = client_of(driver, server.url.replace("127.0.0.1", host))
        assert driver.run(a2e.face_swap.tasks.page(1)).total == 0
    assert proxy.requests == [], "the key would have gone there in clear"


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "gopher://127.0.0.1:9", "http://[::1"])
def test_a_proxy_that_can_not_be_used_is_refused_with_a_way_out(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    a2e = client_of(driver, "https://video.a2e.invalid", max_retries=0)
    with pytest.raises(errors.ConfigurationError, match=r"proxy.*ALL_PROXY"):
        driver.run(a2e.face_swap.tasks.page(1))


def test_certificates_that_can_not_be_loaded_are_a_setting_that_is_wrong(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "bundle.pem"
    broken.write_text("no certificate")
    monkeypatch.setenv("SSL_CERT_FILE", str(broken))
    monkeypatch.setattr(network_settings, "_tls", network_settings.SharedTls())
    a2e = client_of(driver, "https://video.a2e.invalid", max_retries=0)
    with pytest.raises(errors.ConfigurationError, match="SSL_CERT_FILE"):
        driver.run(a2e.face_swap.tasks.page(1))


def test_certificates_are_verified(driver: Driver, tmp_path: Path) -> None:
    pytest.importorskip("trustme")
    import ssl

    import trustme

    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    listener = socket.create_server(("127.0.0.1", 0))

    def serve_tls() -> None:
        for _ in range(2):
            connection, _ = listener.accept()
            try:
                with context.wrap_socket(connection, server_side=True) as secure:
                    secure.recv(65536)
                    secure.sendall(reply(200, EMPTY_PAGE))
            except OSError:
                connection.close()

    thread = threading.Thread(target=serve_tls, daemon=True)
    thread.start()
    url = f"https://localhost:{listener.getsockname()[1]}"
    a2e = client_of(driver, url, max_retries=0)
    with pytest.raises(errors.APIConnectionError, match=r"(?i)certificate"):
        driver.run(a2e.face_swap.tasks.page(1))
    trusted = ssl.create_default_context()
    authority.configure_trust(trusted)
    own: Any = httpx.Client if driver.mode == "sync" else httpx.AsyncClient
    own = own(verify=trusted)
    a2e = client_of(driver, url, http_client=own)
    assert driver.run(a2e.face_swap.tasks.page(1)).total == 0
    driver.close(own)
    thread.join(5)
    listener.close()
