"""``max_seconds``: a download ends by then, says how far it came, and goes on from there."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from a2e_sdk import errors
from a2e_sdk._http.messages import AsyncFileRequest, FileRequest
from a2e_sdk.models import FaceSwapTask
from a2e_sdk.sandbox import ManualClock
from driver import Driver
from file_host import FileHost, HostRequest, answer

KEY = "sk_test_4f1e9d0c7b2a"
CONTENT = random.Random(41).randbytes(300_000)
#: Far above what is asked for, far below what would be a hang.
SOON = 10


@pytest.fixture
def host() -> Iterator[FileHost]:
    with FileHost(CONTENT) as host:
        yield host


@pytest.fixture
def download(driver: Driver, host: FileHost) -> Callable[..., tuple[Path, ...]]:
    a2e = driver.client(api_key=KEY, base_url=host.url, timeout=30, max_retries=50)

    def run(what: Any, target: Path, **options: Any) -> tuple[Path, ...]:
        paths: tuple[Path, ...] = driver.run(a2e.download(what, target, **options))
        return paths

    return run


Download = Callable[..., tuple[Path, ...]]


def dripping(head: bytes, rest: bytes, over: threading.Event) -> Callable[[HostRequest], Any]:
    """Return what sends a beginning, and then a byte now and then."""

    def respond(_: HostRequest) -> Iterator[bytes]:
        yield head
        for position in range(len(rest)):
            if over.wait(0.05):
                return
            yield rest[position : position + 1]

    return respond


@pytest.fixture
def over() -> Iterator[threading.Event]:
    over = threading.Event()
    yield over
    over.set()


WHOLE = answer(200, CONTENT, etag='"one"')
HEAD_LENGTH = len(WHOLE) - len(CONTENT)


def test_a_body_that_drips_ends_by_the_limit_and_is_gone_on_with(
    download: Download, host: FileHost, tmp_path: Path, over: threading.Event
) -> None:
    start = HEAD_LENGTH + 100_000
    host.script.append(dripping(WHOLE[:start], WHOLE[start:], over))
    began = time.monotonic()
    with pytest.raises(errors.APITimeoutError, match=r"max_seconds=0\.5 were over") as caught:
        download(host.link, tmp_path / "out.mp4", max_seconds=0.5)
    assert time.monotonic() - began < SOON
    kept = (tmp_path / "out.mp4.a2e-part").stat().st_size
    assert kept >= 100_000
    text = str(caught.value)
    assert f"{kept} of 300000 bytes of {str(tmp_path / 'out.mp4')!r}" in text
    assert "the same call goes on from there" in text
    assert (caught.value.operation, caught.value.attempts) == ("download", 1)
    assert not (tmp_path / "out.mp4").exists()
    (path,) = download(host.link, tmp_path / "out.mp4", max_seconds=60)
    assert path.read_bytes() == CONTENT
    assert host.ranges() == [None, f"bytes={kept}-"]


@pytest.mark.parametrize("sent", [0, 20, HEAD_LENGTH + 5_000], ids=["silent", "head", "body"])
def test_a_host_that_stalls_ends_by_the_limit(
    download: Download, host: FileHost, tmp_path: Path, over: threading.Event, sent: int
) -> None:
    def stall(_: HostRequest) -> Iterator[bytes]:
        yield WHOLE[:sent]
        over.wait(3)  # Shorter than the test of a hang: without the limit, it only takes longer.

    host.script.append(stall)
    began = time.monotonic()
    with pytest.raises(errors.APITimeoutError, match=r"max_seconds=0\.5 were over"):
        download(host.link, tmp_path / "out.mp4", max_seconds=0.5)
    assert time.monotonic() - began < 2.5


def test_a_head_that_drips_ends_by_the_limit(
    download: Download, host: FileHost, tmp_path: Path, over: threading.Event
) -> None:
    host.script.append(dripping(b"", WHOLE[:60], over))
    began = time.monotonic()
    with pytest.raises(errors.APITimeoutError, match=r"max_seconds=0\.5 were over"):
        download(host.link, tmp_path / "out.mp4", max_seconds=0.5)
    assert time.monotonic() - began < 2.5


def test_no_attempt_begins_after_the_limit_and_none_waits_for_one_that_could_not(
    download: Download, host: FileHost, tmp_path: Path, pauses: list[float], clock: ManualClock
) -> None:
    host.script += [lambda _: answer(503, retry_after="7")] * 30
    with pytest.raises(errors.APITimeoutError, match=r"max_seconds=20 were over when 0 of") as late:
        download(host.link, tmp_path / "out.mp4", max_seconds=20)
    assert "begins again" in str(late.value)
    assert sum(pauses) < 20
    assert late.value.attempts == len(host.requests) == len(pauses) + 1
    assert list(tmp_path.iterdir()) == []


def test_the_grace_of_a_late_result_ends_by_the_limit(
    download: Download, host: FileHost, tmp_path: Path, pauses: list[float], clock: ManualClock
) -> None:
    date = clock.now().strftime("%a, %d %b %Y %H:%M:%S GMT")
    task = FaceSwapTask(id="1" * 24, result_urls=(host.link,), completed_at=clock.now())
    host.honest = lambda _: answer(404, date=date)  # type: ignore[method-assign]
    with pytest.raises(errors.APITimeoutError, match="max_seconds=5 were over"):
        download(task, tmp_path / "out.mp4", max_seconds=5)
    assert pauses == [1, 2]


def test_a_refusal_is_told_as_one_however_late(
    download: Download, host: FileHost, tmp_path: Path, pauses: list[float], clock: ManualClock
) -> None:
    def late(_: HostRequest) -> bytes:
        clock.advance(100)
        return answer(400)

    host.script.append(late)
    with pytest.raises(errors.BadRequestError):
        download(host.link, tmp_path / "out.mp4", max_seconds=5)


def test_the_limit_is_one_for_all_files(
    download: Download, host: FileHost, tmp_path: Path, pauses: list[float], clock: ManualClock
) -> None:
    def slowly(request: HostRequest) -> bytes:
        clock.advance(8)
        return host.honest(request)

    host.script += [slowly] * 3
    task = FaceSwapTask(id="1" * 24, result_urls=(host.link,) * 3)
    with pytest.raises(errors.APITimeoutError, match=r"out-2\.mp4"):
        download(task, tmp_path / "out.mp4", max_seconds=10)
    assert (tmp_path / "out-1.mp4").read_bytes() == CONTENT
    assert len(host.requests) == 2


def test_each_attempt_is_told_what_is_left(
    driver: Driver,
    host: FileHost,
    tmp_path: Path,
    pauses: list[float],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a2e = driver.client(api_key=KEY, base_url=host.url)
    seen: list[float | None] = []
    transport: Any = a2e.api.transport
    name = "stream" if driver.mode == "sync" else "stream_async"
    real = getattr(transport, name)

    def noted(request: FileRequest | AsyncFileRequest) -> Any:
        seen.append(request.total)
        return real(request)

    monkeypatch.setattr(transport, name, noted)
    host.script += [host.cut(1_000), host.cut(2_000)]
    driver.run(a2e.download(host.link, tmp_path / "out.mp4", max_seconds=100))
    first, second = pauses
    assert seen == [100, pytest.approx(100 - first), pytest.approx(100 - first - second)]
    seen.clear()
    driver.run(a2e.download(host.link, tmp_path / "other.mp4"))
    assert seen == [None], "no limit by default"


@pytest.mark.parametrize(
    ("value", "error"),
    [(0, ValueError), (-1, ValueError), (float("inf"), ValueError), ("5", TypeError)],
)
def test_a_limit_that_is_none_is_refused(
    download: Download, host: FileHost, tmp_path: Path, value: Any, error: type[Exception]
) -> None:
    with pytest.raises(error, match="max_seconds"):
        download(host.link, tmp_path / "out.mp4", max_seconds=value)
    assert host.requests == []
