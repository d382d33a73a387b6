"""Local files in: checked before anything is sent, streamed, and without a key."""

from __future__ import annotations

import asyncio
import io
import json
import os
import tempfile
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest

from a2e_sdk import errors
from a2e_sdk._files.http_rules import FILE_USER_AGENT
from a2e_sdk._files.media_types import MediaKind
from a2e_sdk._files.options import FileArgument
from a2e_sdk.sandbox import Fault, Sandbox
from a2e_sdk.sandbox.http_server import serve
from driver import Driver
from file_host import FileHost, HostRequest, answer

KEY = "sk_test_4f1e9d0c7b2a"
JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4000
MP4 = b"\x00\x00\x00\x18ftypisom" + bytes(50_000)
IMAGE = frozenset({MediaKind.IMAGE})
VIDEO = frozenset({MediaKind.VIDEO, MediaKind.IMAGE})
URL = "https://example.com/clip.mp4"


def uploader_of(driver: Driver, client: Any) -> Any:
    package = "_sync" if driver.mode == "sync" else "_async"
    module = import_module(f"a2e_sdk.{package}.files.uploads")
    return getattr(module, "Uploader" if driver.mode == "sync" else "AsyncUploader")(client.api)


@pytest.fixture
def upload(driver: Driver, a2e: Any) -> Callable[..., str]:
    """Upload one file to the sandbox in this process; return its address."""

    def run(value: Any, accepts: Any = IMAGE, **options: Any) -> str:
        address: str = driver.run(
            uploader_of(driver, a2e).address_of(value, "face", accepts=accepts, **options)
        )
        return address

    return run


Upload = Callable[..., str]


def content_at(sandbox: Sandbox, address: str) -> Any:
    return sandbox.uploads[address]


class Pipe(io.RawIOBase):
    """A stream that can be read only once."""

    def __init__(self, content: bytes) -> None:
        self._rest = content

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        taken, self._rest = self._rest[:1000][: size if size >= 0 else None], self._rest
        self._rest = self._rest[len(taken) :]
        return taken


def jpeg_path(tmp_path: Path) -> Path:
    path = tmp_path / "me.photo.png"  # The name lies about the type.
    path.write_bytes(JPEG)
    return path


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(lambda path: path, id="path"),
        pytest.param(str, id="path as a str"),
        pytest.param(lambda _: JPEG, id="bytes"),
        pytest.param(lambda _: bytearray(JPEG), id="bytearray"),
        pytest.param(lambda _: memoryview(JPEG), id="memoryview"),
        pytest.param(lambda _: io.BytesIO(JPEG), id="stream"),
        pytest.param(lambda _: Pipe(JPEG), id="pipe"),
        pytest.param(lambda path: path.open("rb"), id="open file"),
        pytest.param(lambda path: path.open("rb", buffering=0), id="raw file"),
    ],
)
def test_content_of_any_kind_gets_an_address(
    upload: Upload, sandbox: Sandbox, tmp_path: Path, given: Callable[[Path], Any]
) -> None:
    value = given(jpeg_path(tmp_path))
    seen: list[tuple[int, int]] = []
    address = upload(value, on_progress=lambda *at: seen.append(at))
    stored = content_at(sandbox, address)
    assert stored.content == JPEG
    assert stored.content_type == "image/jpeg"
    assert address.endswith(".jpg")
    assert seen[-1] == (len(JPEG), len(JPEG))
    assert seen == sorted(seen)
    assert len(seen) > 1, "it goes out piece by piece"
    if hasattr(value, "close"):
        assert not value.closed, "what the caller opened stays open"
        value.close()


def test_two_uploads_never_share_a_key(upload: Upload) -> None:
    assert upload(JPEG) != upload(JPEG)


def test_an_open_file_is_taken_from_where_it_stands(upload: Upload, sandbox: Sandbox) -> None:
    stream = io.BytesIO(b"header" + JPEG)
    stream.seek(6)
    assert content_at(sandbox, upload(stream)).content == JPEG


def test_a_url_is_passed_on_and_checked(driver: Driver, upload: Upload, sandbox: Sandbox) -> None:
    before = len(sandbox.requests)
    assert upload(URL) == URL
    assert upload("http://127.0.0.1:8000/a.jpg") == "http://127.0.0.1:8000/a.jpg"
    assert len(sandbox.requests) == before
    for bad in ("ftp://host.example/x", "https://host.example/a b", "file:///etc/passwd"):
        with pytest.raises(ValueError, match="face"):
            upload(bad)
    real = uploader_of(driver, driver.client(api_key=KEY))
    with pytest.raises(ValueError, match="can't reach"):
        driver.run(real.address_of("http://127.0.0.1:8000/a.jpg", "face", accepts=IMAGE))


@pytest.mark.parametrize(
    ("value", "error", "text"),
    [
        ("absent.jpg", FileNotFoundError, r"face: there is no file 'absent\.jpg'"),
        ("absent/me.jpg", FileNotFoundError, "face"),
        (".", IsADirectoryError, "face: '.' is a directory"),
        ("", ValueError, "face is an empty text"),
        ("data:image/png;base64,iVBORw0KGgo=", ValueError, "data URL.*pass the bytes"),
        ("\x89PNG\x00" * 9, ValueError, "pass bytes"),
        ("x" * 5000, FileNotFoundError, "face"),
        (b"", ValueError, "face is empty"),
        (b"no picture", ValueError, "unknown type"),
        (MP4, ValueError, "face is video/mp4, and must be of type image"),
        (io.StringIO("text"), TypeError, "mode 'rb'"),
        (None, TypeError, "not NoneType"),
        (7, TypeError, "not int"),
        (io.BytesIO(), ValueError, "face is empty"),
    ],
)
def test_what_can_t_be_uploaded_is_refused_before_anything_is_sent(
    upload: Upload, sandbox: Sandbox, value: Any, error: type[Exception], text: str
) -> None:
    with pytest.raises(error, match=text):
        upload(value)
    assert len(sandbox.requests) == 0


def test_an_unreadable_stream_is_refused(upload: Upload, sandbox: Sandbox) -> None:
    class Async:
        async def read(self, size: int) -> bytes:
            return b""

    class Impatient(Pipe):
        def read(self, size: int = -1) -> Any:
            return None if size else b""

    with pytest.raises(TypeError, match="mode 'rb'"):
        upload(Async())
    with pytest.raises(ValueError, match="does not wait"):
        upload(Impatient(b""))
    assert len(sandbox.requests) == 0


def test_everything_is_checked_before_the_first_upload(
    driver: Driver, a2e: Any, sandbox: Sandbox, tmp_path: Path
) -> None:
    arguments = [
        FileArgument(jpeg_path(tmp_path), "face", IMAGE),
        FileArgument(tmp_path / "absent.mp4", "video", VIDEO),
    ]
    balance = sandbox.coins.balance
    with pytest.raises(FileNotFoundError, match="video"):
        driver.run(uploader_of(driver, a2e).addresses_of(arguments))
    assert len(sandbox.requests) == 0
    assert sandbox.coins.balance == balance


def test_several_files_count_as_one(driver: Driver, a2e: Any, sandbox: Sandbox) -> None:
    seen: list[tuple[int, int]] = []
    arguments = [
        FileArgument(JPEG, "face", IMAGE),
        FileArgument(URL, "other", VIDEO),
        FileArgument(MP4, "video", VIDEO),
    ]
    face, other, video = driver.run(
        uploader_of(driver, a2e).addresses_of(arguments, on_progress=lambda *at: seen.append(at))
    )
    assert content_at(sandbox, face).content == JPEG
    assert other == URL
    assert content_at(sandbox, video).content == MP4
    total = len(JPEG) + len(MP4)
    assert seen[-1] == (total, total)
    assert seen == sorted(seen)


# The PUT, over real sockets


@pytest.fixture
def store() -> Iterator[FileHost]:
    """The API and the store of uploads in one: presigns to itself."""
    with FileHost() as store:
        store.honest = lambda request: signed(store, request)  # type: ignore[method-assign]
        yield store


def signed(store: FileHost, request: HostRequest) -> bytes:
    if request.method == "PUT":
        return answer(200)
    data = {"uploadUrl": f"{store.url}/put?Signature=topsecret", "cdnUrl": "https://cdn.example/1"}
    return answer(200, json.dumps({"code": 0, "data": data}).encode())


@pytest.fixture
def put(driver: Driver, store: FileHost) -> Upload:
    client = driver.client(api_key=KEY, base_url=store.url, timeout=5)

    def run(value: Any, **options: Any) -> str:
        address: str = driver.run(
            uploader_of(driver, client).address_of(value, "face", accepts=IMAGE, **options)
        )
        return address

    return run


def test_the_put_carries_what_was_signed_and_nothing_of_ours(put: Upload, store: FileHost) -> None:
    assert put(JPEG) == "https://cdn.example/1"
    asked, sent = store.requests
    wanted = json.loads(asked.body)
    assert wanted["contentType"] == "image/jpeg"
    assert wanted["contentLength"] == len(JPEG)
    assert sent.method == "PUT"
    assert sent.body == JPEG
    assert sent.headers["content-type"] == "image/jpeg"
    assert sent.headers["content-length"] == str(len(JPEG))
    assert sent.headers["user-agent"] == FILE_USER_AGENT
    assert set(sent.headers) == {"host", "user-agent", "content-type", "content-length"}
    assert KEY not in str(sent)


def test_a_client_of_the_caller_s_adds_nothing_to_the_put(driver: Driver, store: FileHost) -> None:
    kind = httpx.Client if driver.mode == "sync" else httpx.AsyncClient
    lent: Any = kind(headers={"authorization": KEY, "x-lang": "en"}, cookies={"a": "b"})
    client = driver.client(api_key=KEY, base_url=store.url, http_client=lent)
    driver.run(uploader_of(driver, client).address_of(JPEG, "face", accepts=IMAGE))
    driver.close(lent)
    sent = store.requests[1]
    assert sent.body == JPEG
    assert set(sent.headers) == {"host", "user-agent", "content-type", "content-length"}


@pytest.mark.parametrize("trouble", [b"", answer(500), answer(503, retry_after="1"), answer(429)])
def test_the_put_is_repeated_from_the_beginning(
    put: Upload, store: FileHost, pauses: list[float], trouble: bytes
) -> None:
    store.script += [lambda request: signed(store, request), lambda _: trouble]
    stream = io.BytesIO(b"skipped" + JPEG)
    stream.seek(7)
    put(stream)
    assert [request.method for request in store.requests] == ["POST", "PUT", "PUT"]
    assert store.requests[2].body == JPEG
    assert len(pauses) == 1


def test_the_put_is_given_up_after_the_client_s_retries(
    put: Upload, store: FileHost, pauses: list[float]
) -> None:
    store.script += [lambda request: signed(store, request), *[lambda _: answer(502)] * 3]
    with pytest.raises(errors.InternalServerError) as caught:
        put(JPEG)
    assert caught.value.attempts == 3
    assert caught.value.operation == "upload"


@pytest.mark.parametrize("status", [307, 400, 403])
def test_a_refused_put_is_not_repeated_and_shows_no_signature(
    put: Upload, store: FileHost, status: int
) -> None:
    page = b"<Error><Code>SignatureDoesNotMatch</Code><SignatureProvided>topsecret</SignatureProvided></Error>"
    store.script += [
        lambda request: signed(store, request),
        lambda _: answer(status, page, location=store.url + "/x?Signature=topsecret"),
    ]
    with pytest.raises(errors.APIError) as caught:
        put(JPEG)
    assert caught.value.http_status == status
    assert "topsecret" not in str(caught.value) + str(vars(caught.value))
    assert len(store.requests) == 2


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"uploadUrl": "https://x.example/put"},
        {"uploadUrl": "https://x.example/put", "cdnUrl": ""},
        {"cdnUrl": "https://x.example/1"},
        {"uploadUrl": "put", "cdnUrl": "https://x.example/1"},
        {"uploadUrl": "https://[::1", "key": "k", "bucket": "b"},
        {"uploadUrl": "https://[::1", "cdnUrl": "https://x.example/1"},
        {"uploadUrl": "https://x.example:port/", "cdnUrl": "https://x.example/1"},
        {"uploadUrl": "https://\u2100.com/x", "key": "k", "bucket": "b"},
        {"uploadUrl": "https://x.example/\ud800", "cdnUrl": "https://x.example/1"},
        {"uploadUrl": "https://x.example/put", "cdnUrl": "https://x.example/\ud800"},
        {"uploadUrl": "https://x.example/put", "cdnUrl": "file:///etc/passwd"},
    ],
)
def test_an_answer_without_addresses_is_an_error_and_nothing_is_put(
    put: Upload, store: FileHost, data: Any
) -> None:
    store.script.append(lambda _: answer(200, json.dumps({"code": 0, "data": data}).encode()))
    with pytest.raises(errors.UnexpectedResponseError, match="uploadUrl or cdnUrl"):
        put(JPEG)
    assert len(store.requests) == 1


def test_a_signed_address_is_not_asked_for_twice_as_it_costs_coins(
    upload: Upload, sandbox: Sandbox, pauses: list[float]
) -> None:
    sandbox.faults.add(Fault.drop_after_read(), operation="add_upload_url")
    with pytest.raises(errors.APIConnectionError):
        upload(JPEG)
    assert sandbox.requests.count("add_upload_url") == 1


def test_a_file_that_shrinks_meanwhile_is_an_error(
    put: Upload, store: FileHost, tmp_path: Path
) -> None:
    path = jpeg_path(tmp_path)

    def shrink(request: HostRequest) -> bytes:
        os.truncate(path, 300_000)
        return signed(store, request)

    store.script.append(shrink)
    with pytest.raises(ValueError, match="became shorter"):
        put(path)


def test_the_sandbox_over_http_takes_the_upload(driver: Driver, tmp_path: Path) -> None:
    sandbox = Sandbox()
    with serve(sandbox) as server:
        client = driver.client(region="sandbox", base_url=server.url)
        uploader = uploader_of(driver, client)
        address = driver.run(uploader.address_of(jpeg_path(tmp_path), "face", accepts=IMAGE))
        (path,) = driver.run(client.download(address, f"{tmp_path}/down/"))
        assert path.read_bytes() == JPEG
        driver.close(client)


def test_memory_stays_constant(put: Upload, store: FileHost, tmp_path: Path) -> None:
    size = 64 * 2**20
    path = tmp_path / "large.jpg"
    with path.open("wb") as file:
        file.write(JPEG)
        file.truncate(size)
    put(JPEG)  # Imports and connections are no part of it.
    received: list[int] = []

    import socket

    server = socket.create_server(("127.0.0.1", 0))

    def sink() -> None:
        connection, _ = server.accept()
        with connection:
            buffer = bytearray(2**16)
            count = -1
            while count < size:
                taken = connection.recv_into(buffer)
                if count < 0:
                    head = bytes(buffer[:taken]).partition(b"\r\n\r\n")[0]
                    count = taken - len(head) - 4
                else:
                    count += taken
            received.append(count)
            connection.sendall(answer(200))

    threading.Thread(target=sink, daemon=True).start()
    link = f"http://127.0.0.1:{server.getsockname()[1]}/put"
    data = {"uploadUrl": link, "cdnUrl": "https://cdn.example/1"}
    store.script.append(lambda _: answer(200, json.dumps({"code": 0, "data": data}).encode()))
    tracemalloc.start()
    try:
        put(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        server.close()
    assert received == [size]
    assert peak < 8 * 2**20


def test_no_temporary_file_of_a_pipe_stays(
    upload: Upload, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    upload(Pipe(JPEG))
    assert list(tmp_path.iterdir()) == []


def test_cancelled_disk_work_is_waited_for() -> None:
    from a2e_sdk._async.concurrency import disk_work_async

    begun, go_on, done = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        go_on.wait(10)
        done.set()

    async def main() -> None:
        task = asyncio.create_task(disk_work_async(work))
        await asyncio.to_thread(begun.wait, 10)
        task.cancel()
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.sleep(0)
        assert not task.done()
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert done.is_set()

    asyncio.run(main())


@pytest.mark.parametrize("key", ["\ud800k", "", None])
def test_a_key_that_no_address_can_name_gives_none(key: str | None) -> None:
    from a2e_sdk._files.upload_addresses import public_addresses

    assert public_addresses("https://b.r2.cloudflarestorage.com/x", key, "b") == ()


def test_the_bound_of_an_upload_grows_with_the_file() -> None:
    from a2e_sdk._files.time_limit import upload_seconds

    assert upload_seconds(300, 0) == 300
    assert upload_seconds(300, 16 * 1024 * 10) == 310
