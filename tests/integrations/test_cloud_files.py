"""Objects of a real S3 server as inputs and as results: whole or absent, and once paid for."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import logging
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("obstore")
pytest.importorskip("moto")

from object_store import KEY_ID, SECRET, ObjectStore, StoreRequest, refusal

from a2e_sdk import CloudPath, errors
from a2e_sdk._files import object_store
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.transport import SandboxTransport
from driver import Driver
from file_host import FileHost, HostRequest, answer

JPEG = b"\xff\xd8\xff\xe0" + random.Random(3).randbytes(300_000)
BIG = random.Random(5).randbytes(20_000_000)
VIDEO = "https://example.com/clip.mp4"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


@pytest.fixture(scope="module")
def server() -> Iterator[ObjectStore]:
    with ObjectStore() as server:
        yield server


@pytest.fixture
def store(server: ObjectStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ObjectStore:
    for name, value in server.environment().items():
        monkeypatch.setenv(name, value)
    # Other processes test with the same names at the same time.
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    # What a killed test left open must not be what the next one uses.
    object_store._store.cache_clear()
    monkeypatch.setattr(object_store, "_RETRY", _impatient())
    server.reset()
    return server


def _impatient() -> dict[str, Any]:
    from datetime import timedelta

    short = {"init_backoff": timedelta(milliseconds=1), "max_backoff": timedelta(milliseconds=5)}
    return {**object_store._RETRY, "backoff": {**short, "base": 2}}


@pytest.fixture
def client(driver: Driver, sandbox: Sandbox) -> Callable[..., Any]:
    def make(**options: Any) -> Any:
        transport = SandboxTransport(sandbox)
        return driver.client(region="sandbox", http_client=transport, **options)

    return make


@pytest.fixture
def host() -> Iterator[FileHost]:
    with FileHost(BIG) as host:
        yield host


def start(driver: Driver, a2e: Any, **arguments: Any) -> Any:
    return driver.run(a2e.face_swap.tasks.create(**{"video": VIDEO, **arguments}))


def uploaded(sandbox: Sandbox) -> list[bytes]:
    return [file.content for file in sandbox.uploads.values()]


# Inputs


def test_an_object_is_uploaded_as_a_local_file_is(
    driver: Driver, client: Callable[..., Any], sandbox: Sandbox, store: ObjectStore
) -> None:
    store.put("people/me.jpg", JPEG)
    shown: list[tuple[int, int]] = []
    start(
        driver, client(), face="s3://bucket/people/me.jpg", on_upload=lambda *at: shown.append(at)
    )
    assert uploaded(sandbox) == [JPEG]
    assert [file.content_type for file in sandbox.uploads.values()] == ["image/jpeg"]
    assert shown[-1] == (len(JPEG), len(JPEG))


def test_an_object_is_looked_at_before_anything_is_sent(
    driver: Driver, client: Callable[..., Any], sandbox: Sandbox, store: ObjectStore
) -> None:
    a2e = client()
    store.put("page.jpg", b"<html>no picture</html>")
    store.put("empty.jpg", b"")
    for name, error, text in (
        ("s3://bucket/page.jpg", ValueError, "unknown type"),
        ("s3://bucket/empty.jpg", ValueError, "is empty"),
        ("s3://bucket/nobody.jpg", FileNotFoundError, "no object 's3://bucket/nobody.jpg'"),
        ("s3://nowhere/me.jpg", FileNotFoundError, "no such bucket"),
        ("s3://bucket/people/", IsADirectoryError, "folder of objects"),
        ("s3:///me.jpg", ValueError, "must name a bucket"),
    ):
        with pytest.raises(error, match=text):
            start(driver, a2e, face=name)
    assert len(sandbox.requests) == 0


def test_a_broken_upload_reads_the_object_again(driver: Driver, store: ObjectStore) -> None:
    store.put("me.jpg", JPEG)
    with FileHost() as api:

        def place(request: HostRequest) -> bytes:
            data = {"uploadUrl": f"{api.url}/put", "cdnUrl": "https://cdn.example/1"}
            return answer(200, json.dumps({"code": 0, "data": data}).encode())

        api.script.extend([place, lambda _: answer(503), lambda _: answer(200)])
        a2e = driver.client(api_key="sk_test_4f1e9d0c7b2a", base_url=api.url, timeout=5)
        driver.run(a2e.storage.upload("s3://bucket/me.jpg"))
        assert [one.body for one in api.requests if one.method == "PUT"] == [JPEG, JPEG]


def test_blocks_that_break_off_and_a_busy_store_are_asked_again(
    driver: Driver, client: Callable[..., Any], sandbox: Sandbox, store: ObjectStore
) -> None:
    store.put("me.jpg", JPEG)
    left: list[Any] = [1000, refusal(503, "SlowDown"), 10]

    def fault(request: StoreRequest) -> Any:
        return left.pop(0) if request.method == "GET" and left else None

    store.faults.append(fault)
    start(driver, client(), face="s3://bucket/me.jpg")
    assert not left
    assert uploaded(sandbox) == [JPEG]


def test_an_object_that_changes_between_the_check_and_the_upload_starts_nothing(
    driver: Driver, client: Callable[..., Any], sandbox: Sandbox, store: ObjectStore
) -> None:
    store.put("me.jpg", JPEG)

    def replace(request: StoreRequest) -> None:
        if request.method == "GET" and request.headers["range"] != "bytes=0-63":
            store.faults.clear()
            store.put("me.jpg", JPEG[::-1])

    store.faults.append(replace)
    with pytest.raises(ValueError, match="was changed while it was read"):
        start(driver, client(), face="s3://bucket/me.jpg")
    assert sandbox.requests.count("add_face_swap_task") == 0


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (refusal(403, "AccessDenied"), "must not read"),
        (refusal(400, "ExpiredToken"), "have expired"),
        (refusal(403, "SignatureDoesNotMatch"), "must not read"),
    ],
)
def test_a_refusal_of_the_store_is_told_without_its_secrets(
    driver: Driver, client: Callable[..., Any], sandbox: Sandbox, store: ObjectStore, told: Any,
    text: str,
) -> None:  # fmt: skip
    store.put("me.jpg", JPEG)
    store.faults.append(lambda request: told if request.method == "GET" else None)
    with pytest.raises(errors.ConfigurationError, match=text) as raised:
        start(driver, client(), face="s3://bucket/me.jpg")
    assert raised.value.__cause__ is None
    assert raised.value.__context__ is None
    assert SECRET not in str(raised.value)
    assert KEY_ID not in str(raised.value)
    assert len(sandbox.requests) == 0


def test_the_journal_knows_an_object_by_what_it_is(
    driver: Driver,
    client: Callable[..., Any],
    sandbox: Sandbox,
    store: ObjectStore,
    tmp_path: Path,
) -> None:
    store.put("me.jpg", JPEG)
    a2e = client(journal=tmp_path / "journal.db")
    first = start(driver, a2e, face="s3://bucket/me.jpg", key="one")
    assert start(driver, a2e, face="s3://bucket/me.jpg", key="one").id == first.id
    (entry,) = driver.items(a2e.journal.entries())
    assert [(file.name, file.size) for file in entry.files] == [("me.jpg", len(JPEG))]
    start(driver, a2e, face="s3://bucket/me.jpg", key="two")
    assert len(sandbox.uploads) == 1  # the same object is uploaded once
    store.put("me.jpg", JPEG + b"more")
    with pytest.raises(errors.KeyConflictError):
        start(driver, a2e, face="s3://bucket/me.jpg", key="one")


# Signed inputs


def test_a_signed_input_moves_no_byte_and_leaves_no_link(
    driver: Driver,
    client: Callable[..., Any],
    sandbox: Sandbox,
    store: ObjectStore,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    store.put("me.jpg", JPEG)
    a2e = client(cloud_inputs="sign", journal=tmp_path / "journal.db")
    task = start(driver, a2e, face="s3://bucket/me.jpg", key="one")
    (row,) = (row for row in sandbox.face_swap_tasks() if row["_id"] == task.id)
    link = row["face_url"]
    assert link.startswith(f"{store.url}/bucket/me.jpg?")
    signature = link.partition("X-Amz-Signature=")[2]
    assert len(signature) == 64
    assert store.bytes_read() == 0
    assert sandbox.uploads == {}
    path = link.removeprefix(store.url)
    assert store.ask("GET", path, headers={})[2] == JPEG
    assert start(driver, a2e, face="s3://bucket/me.jpg", key="one").id == task.id
    (entry,) = driver.items(a2e.journal.entries())
    assert [(file.name, file.size) for file in entry.files] == [("me.jpg", len(JPEG))]
    driver.close(a2e)
    for file in tmp_path.iterdir():
        assert b"X-Amz" not in file.read_bytes(), file
        assert signature.encode() not in file.read_bytes()
    assert "X-Amz" not in caplog.text
    assert all("X-Amz" not in str(one) for one in a2e.submissions)


def test_both_ways_to_give_an_object_are_the_same_start(
    driver: Driver,
    client: Callable[..., Any],
    sandbox: Sandbox,
    store: ObjectStore,
    tmp_path: Path,
) -> None:
    store.put("me.jpg", JPEG)
    journal = tmp_path / "journal.db"
    first = start(driver, client(journal=journal), face="s3://bucket/me.jpg", key="one")
    signing = client(journal=journal, cloud_inputs="sign")
    assert start(driver, signing, face="s3://bucket/me.jpg", key="one").id == first.id


def test_the_task_of_a_signed_input_is_found_after_its_response_was_lost(
    driver: Driver, client: Callable[..., Any], sandbox: Sandbox, store: ObjectStore, pauses: Any
) -> None:
    from a2e_sdk.sandbox import Fault

    store.put("me.jpg", JPEG)
    sandbox.faults.add(Fault.drop_after_read(), operation="add_face_swap_task")
    task = start(driver, client(cloud_inputs="sign"), face="s3://bucket/me.jpg", name="mine")
    assert [row["_id"] for row in sandbox.face_swap_tasks() if row["name"] == "mine"] == [task.id]
    assert sandbox.requests.count("add_face_swap_task") == 1


def test_a_link_that_a2e_can_t_reach_starts_nothing(
    driver: Driver, sandbox: Sandbox, store: ObjectStore
) -> None:
    store.put("me.jpg", JPEG)
    transport = SandboxTransport(sandbox)
    a2e = driver.client(
        api_key="sk_test_4f1e9d0c7b2a", region="global", http_client=transport, cloud_inputs="sign"
    )
    with pytest.raises(ValueError, match="can't reach") as raised:
        start(driver, a2e, face="s3://bucket/me.jpg")
    assert "X-Amz" not in str(raised.value)
    assert len(sandbox.requests) == 0


@pytest.mark.parametrize("way", ["upload", "sign"])
def test_without_credentials_nothing_is_started(
    driver: Driver,
    client: Callable[..., Any],
    sandbox: Sandbox,
    store: ObjectStore,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    store.put("me.jpg", JPEG)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_METADATA_ENDPOINT", "http://127.0.0.1:1")  # No machine has a role here.
    with pytest.raises(errors.ConfigurationError, match="no credentials for 's3://bucket'"):
        start(driver, client(cloud_inputs=way), face="s3://bucket/me.jpg")
    assert len(sandbox.requests) == 0


def test_what_can_t_be_told_by_its_name_is_not_signed(
    driver: Driver, client: Callable[..., Any], sandbox: Sandbox, store: ObjectStore
) -> None:
    a2e = client(cloud_inputs="sign")
    store.put("me", JPEG)
    with pytest.raises(ValueError, match="its name does not tell it"):
        start(driver, a2e, face="s3://bucket/me")
    assert len(sandbox.requests) == 0


# Results


@pytest.fixture
def download(driver: Driver, host: FileHost) -> Callable[..., Any]:
    a2e = driver.client(api_key="sk_test_4f1e9d0c7b2a", base_url=host.url, timeout=5)

    def run(*arguments: Any, **options: Any) -> Any:
        return driver.run(a2e.download(*arguments, **options))

    return run


def test_a_result_goes_into_a_store_in_parts(
    download: Callable[..., Any], host: FileHost, store: ObjectStore
) -> None:
    (path,) = download(host.link, "s3://bucket/night/out.mp4")
    assert path == "s3://bucket/night/out.mp4"
    assert isinstance(path, CloudPath)
    assert store.content("night/out.mp4") == BIG
    assert store.ask("HEAD", "/bucket/night/out.mp4")[1]["content-type"] == "video/mp4"
    assert sum(one.method == "PUT" for one in store.requests) >= 3
    (path,) = download(host.link, CloudPath("s3://bucket/night/"))
    assert path == "s3://bucket/night/result.mp4"
    assert store.unfinished() == 0
    assert sorted(store.names()) == ["night/out.mp4", "night/result.mp4"]


def test_what_is_there_already_is_treated_as_on_the_disk(
    download: Callable[..., Any], host: FileHost, store: ObjectStore
) -> None:
    store.put("out.mp4", b"old")
    with pytest.raises(FileExistsError, match=r"'s3://bucket/out\.mp4' exists"):
        download(host.link, "s3://bucket/out.mp4")
    assert download(host.link, "s3://bucket/out.mp4", existing="skip") == ("s3://bucket/out.mp4",)
    assert host.requests == []
    assert store.content("out.mp4") == b"old"
    digest = hashlib.sha256(BIG).hexdigest()
    download(host.link, "s3://bucket/out.mp4", existing="skip", sha256=digest)
    assert store.content("out.mp4") == BIG
    asked = len(host.requests)
    download(host.link, "s3://bucket/out.mp4", existing="skip", sha256=digest)
    assert len(host.requests) == asked
    host.content = BIG[::-1]
    download(host.link, "s3://bucket/out.mp4", existing="overwrite")
    assert store.content("out.mp4") == BIG[::-1]


def test_a_bucket_that_is_not_there_is_told_before_a_byte_is_fetched(
    download: Callable[..., Any], host: FileHost, store: ObjectStore
) -> None:
    with pytest.raises(errors.ConfigurationError, match="no bucket 's3://nowhere'"):
        download(host.link, "s3://nowhere/out.mp4")
    store.faults.append(
        lambda request: refusal(403, "AccessDenied") if request.method == "POST" else None
    )
    with pytest.raises(errors.ConfigurationError, match="must not write"):
        download(host.link, "s3://bucket/out.mp4")
    assert host.requests == []


def test_a_busy_store_takes_a_result_in_the_end(
    download: Callable[..., Any], host: FileHost, store: ObjectStore
) -> None:
    left = [refusal(503, "SlowDown")] * 3
    store.faults.append(
        lambda request: left.pop() if "partNumber" in request.path and left else None
    )
    download(host.link, "s3://bucket/out.mp4")
    assert not left
    assert store.content("out.mp4") == BIG


@pytest.mark.parametrize("part", [1, 2, 3])
def test_a_result_that_is_refused_in_the_middle_leaves_nothing(
    download: Callable[..., Any], host: FileHost, store: ObjectStore, part: int
) -> None:
    def fault(request: StoreRequest) -> Any:
        # The parts of the result are large, those of the trial before it are not.
        is_part = f"partNumber={part}&" in request.path and request.sent > 1000
        return refusal(403, "AccessDenied") if is_part else None

    store.faults.append(fault)
    with pytest.raises(errors.ConfigurationError, match="must not write"):
        download(host.link, "s3://bucket/out.mp4")
    assert store.names() == []
    assert store.unfinished() == 0
    store.faults.clear()
    asked = len(host.requests)
    download(host.link, "s3://bucket/out.mp4")
    assert store.content("out.mp4") == BIG
    assert len(host.requests) == asked  # what had come was still there


def test_an_upload_whose_last_step_is_refused_leaves_nothing(
    download: Callable[..., Any], host: FileHost, store: ObjectStore
) -> None:
    def fault(request: StoreRequest) -> Any:
        is_last = request.method == "POST" and "uploadId=" in request.path
        return refusal(403, "AccessDenied") if is_last else None

    store.faults.append(fault)
    with pytest.raises(errors.ConfigurationError, match="must not write"):
        download(host.link, "s3://bucket/out.mp4")
    assert store.names() == []
    assert store.unfinished() == 0


def test_a_wrong_digest_leaves_nothing(
    download: Callable[..., Any], host: FileHost, store: ObjectStore
) -> None:
    with pytest.raises(errors.UnexpectedResponseError, match="SHA-256"):
        download(host.link, "s3://bucket/out.mp4", sha256="0" * 64)
    assert store.names() == []
    assert store.unfinished() == 0


# Anything that opens


class Opening:
    """What opens like a UPath."""

    name = "me.jpg"

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.opened: list[io.BytesIO] = []

    def open(self, mode: str = "r") -> Any:
        if mode == "r":
            return io.StringIO("text")
        self.opened.append(io.BytesIO(self._content))
        return self.opened[-1]


class OpenFile:
    """What opens like an OpenFile of fsspec: by the mode that it was made with."""

    path = "somewhere/me.jpg"

    def __init__(self, content: bytes, mode: str = "rb") -> None:
        self._content, self.mode = content, mode

    def open(self) -> Any:
        return io.BytesIO(self._content) if self.mode == "rb" else io.StringIO("text")


def test_what_opens_by_itself_is_an_input(
    driver: Driver, client: Callable[..., Any], sandbox: Sandbox, tmp_path: Path
) -> None:
    a2e = client()
    with zipfile.ZipFile(tmp_path / "faces.zip", "w") as archive:
        archive.writestr("faces/me.jpg", JPEG)
    opening = Opening(JPEG)
    with zipfile.ZipFile(tmp_path / "faces.zip") as archive:
        for face in (opening, OpenFile(JPEG), zipfile.Path(archive, "faces/me.jpg")):
            start(driver, a2e, face=face)
    assert uploaded(sandbox) == [JPEG] * 3
    assert all(stream.closed for stream in opening.opened)
    with pytest.raises(TypeError, match="open for reading bytes"):
        start(driver, a2e, face=OpenFile(JPEG, "r"))


def test_many_results_may_go_to_one_folder_at_once(
    host: FileHost, store: ObjectStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from a2e_sdk import A2E

    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    host.content = BIG[:100_000]
    with (
        A2E(api_key="sk_test_4f1e9d0c7b2a", base_url=host.url) as a2e,
        ThreadPoolExecutor(8) as threads,
    ):
        names = [f"s3://bucket/many/{number}.mp4" for number in range(40)]
        list(threads.map(lambda name: a2e.download(host.link, name), names))
        list(
            threads.map(
                lambda _: a2e.download(host.link, "s3://bucket/x/", existing="overwrite"), range(8)
            )
        )
    assert {store.content(f"many/{number}.mp4") for number in range(40)} == {host.content}
    assert store.content("x/result.mp4") == host.content
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []


# Cancelled and killed


def test_a_cancelled_download_leaves_no_object_and_no_parts(
    host: FileHost, store: ObjectStore
) -> None:
    import anyio

    from a2e_sdk import AsyncA2E

    arrived = threading.Event()

    def slow(request: StoreRequest) -> None:
        if "partNumber=1&" in request.path and request.sent > 1000:
            arrived.set()
            time.sleep(0.5)

    async def run() -> None:
        a2e = AsyncA2E(api_key="sk_test_4f1e9d0c7b2a", base_url=host.url)
        async with a2e, anyio.create_task_group() as group:
            group.start_soon(a2e.download, host.link, "s3://bucket/out.mp4")
            while not arrived.is_set():
                await anyio.sleep(0.01)
            group.cancel_scope.cancel()

    store.faults.append(slow)
    for backend in ("asyncio", "trio"):
        arrived.clear()
        anyio.run(run, backend=backend)
        assert arrived.is_set()
        assert store.names() == []
        assert store.unfinished() == 0


def child(store: ObjectStore, code: str, **more: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, **store.environment(), **more}
    return subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE)


_DOWNLOAD = """
from a2e_sdk import A2E
with A2E(api_key="sk_test_4f1e9d0c7b2a", base_url={base!r}) as a2e:
    a2e.download({link!r}, "s3://bucket/out.mp4")
"""


_FORK = """
import os, signal
from a2e_sdk import A2E, errors
with A2E(region="sandbox") as a2e:
    a2e.storage.upload("s3://bucket/me.jpg")
    if os.fork() == 0:
        signal.alarm(20)
        try:
            a2e.storage.upload("s3://bucket/me.jpg")
        except errors.ConfigurationError:
            os._exit(7)
        os._exit(1)
    print(os.waitstatus_to_exitcode(os.wait()[1]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks")
def test_a_forked_child_is_told_instead_of_left_waiting(store: ObjectStore) -> None:
    store.put("me.jpg", JPEG)
    with child(store, _FORK) as process:
        assert process.stdout is not None
        assert process.stdout.read() == b"7\n"
        assert process.wait(30) == 0


def test_a_killed_download_leaves_no_object_and_no_parts(
    store: ObjectStore, tmp_path: Path
) -> None:
    held = threading.Event()
    host = ResultHost(20_000_000, held)
    code = _DOWNLOAD.format(base=host.url, link=f"{host.url}/1.mp4")
    process = child(store, code, TMPDIR=str(tmp_path))
    assert host.halfway.wait(30)
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    assert process.stdout is not None
    process.stdout.close()
    assert store.names() == []
    assert store.unfinished() == 0
    held.set()
    with child(store, code, TMPDIR=str(tmp_path)) as process:
        assert process.wait(60) == 0
    assert store.content("out.mp4") == bytes(20_000_000)
    assert host.starts[0] == 0
    assert host.starts[-1] > 0  # it went on with what had come
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []
    host.close()


# Large objects in a small process

#: What one may hold of an object, and the size of one that is held whole nowhere.
_BOUND, _SIZE = 64_000_000, 160_000_000
_PEAK = """
import re
def peak():  # Of this program alone: what getrusage tells begins with that of its parent.
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1]) * 1024
from a2e_sdk import A2E
import obstore.store
from a2e_sdk._files import object_store
with A2E(api_key="sandbox", base_url={base!r}, timeout=60) as a2e:
    {warm}
    before = peak()
    {work}
print(peak() - before)
"""


def growth(store: ObjectStore, base: str, warm: str, work: str, **more: str) -> int:
    code = _PEAK.format(base=base, warm=warm, work=work)
    with child(store, code, **more) as process:
        assert process.stdout is not None
        told = process.stdout.read()
        assert process.wait(30) == 0
    return int(told)


needs_proc = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")


@needs_proc
def test_a_large_result_takes_little_memory(store: ObjectStore, tmp_path: Path) -> None:
    host = ResultHost(_SIZE)
    work = f"a2e.download('{host.url}/1.mp4', 's3://bucket/large.mp4')"
    warm = f"a2e.download('{host.url}/1.mp4?size=1000', 's3://bucket/small.mp4')"
    grown = growth(store, host.url, warm, work, TMPDIR=str(tmp_path))
    assert store.ask("HEAD", "/bucket/large.mp4")[1]["Content-Length"] == str(_SIZE)
    print(f"peak of a result of {_SIZE:,} bytes: {grown / 1e6:.1f} MB above the baseline")
    assert grown < _BOUND
    host.close()


@needs_proc
def test_a_large_input_takes_little_memory(store: ObjectStore, tmp_path: Path) -> None:
    import obstore
    import obstore.store

    def content() -> Iterator[bytes]:
        yield JPEG
        for _ in range(_SIZE // 10_000_000):
            yield bytes(10_000_000)

    obstore.put(obstore.store.from_url("s3://bucket"), "large.jpg", content())
    store.put("small.jpg", JPEG)
    host = ResultHost(0)
    grown = growth(
        store,
        host.url,
        "a2e.storage.upload('s3://bucket/small.jpg')",
        "a2e.storage.upload('s3://bucket/large.jpg')",
    )
    assert host.taken[-1] == len(JPEG) + _SIZE
    print(f"peak of an input of {_SIZE:,} bytes: {grown / 1e6:.1f} MB above the baseline")
    assert grown < _BOUND
    host.close()


class ResultHost:
    """Serves a result of zeros of any size, and takes uploads without keeping them."""

    def __init__(self, size: int, held: threading.Event | None = None) -> None:
        self.halfway = threading.Event()
        self.starts: list[int] = []
        self.taken: list[int] = []
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                total = int(self.path.partition("size=")[2] or size)
                start = int((self.headers.get("range") or "bytes=0-")[6:].partition("-")[0])
                host.starts.append(start)
                self.send_response_only(206 if start else 200)
                if start:
                    self.send_header("content-range", f"bytes {start}-{total - 1}/{total}")
                self.send_header("content-length", str(total - start))
                self.send_header("content-type", "video/mp4")
                self.send_header("etag", '"one"')
                self.end_headers()
                left, block = total - start, bytes(1_000_000)
                with contextlib.suppress(OSError):
                    while left:
                        if held is not None and left <= total // 2:
                            host.halfway.set()
                            held.wait(30)
                        left -= self.wfile.write(block[:left])

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["content-length"]))
                data = {"uploadUrl": f"{host.url}/put", "cdnUrl": "https://cdn.example/1"}
                body = json.dumps({"code": 0, "data": data}).encode()
                self.send_response_only(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_PUT(self) -> None:
                left = int(self.headers["content-length"])
                host.taken.append(left)
                while left:
                    left -= len(self.rfile.read(min(left, 1_000_000)))
                self.send_response_only(200)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()
