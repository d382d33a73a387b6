"""A body without a length: whole where that is proven, and never kept where it is not."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest

from a2e_sdk import errors
from a2e_sdk._files.http_rules import Kept, read_head, read_size, size_questions
from a2e_sdk.models import FaceSwapTask
from a2e_sdk.sandbox import Fault, Sandbox
from driver import Driver
from file_host import FileHost, HostRequest, answer

KEY = "sk_test_4f1e9d0c7b2a"
CONTENT = random.Random(31).randbytes(300_000)
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def host() -> Iterator[FileHost]:
    with FileHost(CONTENT) as host:
        yield host


@pytest.fixture
def download(driver: Driver, host: FileHost) -> Callable[..., tuple[Path, ...]]:
    a2e = driver.client(api_key=KEY, base_url=host.url, timeout=5)

    def run(what: Any, target: Path, **options: Any) -> tuple[Path, ...]:
        paths: tuple[Path, ...] = driver.run(a2e.download(what, target, **options))
        return paths

    return run


Download = Callable[..., tuple[Path, ...]]


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def lengthless(after: int | None = None, **headers: Any) -> Callable[[HostRequest], bytes]:
    """Return what sends the file, or a part of it, and then closes the connection."""
    return lambda _: answer(200, CONTENT[:after], length=-1, **headers)


def old(after: int | None = None) -> Callable[[HostRequest], bytes]:
    """Return what does so in HTTP/1.0, which has no ranges and no chunks."""
    return lambda _: b"HTTP/1.0 200 OK\r\ncontent-type: video/mp4\r\n\r\n" + CONTENT[:after]


def chunked(content: bytes, *, cut: bool) -> Callable[[HostRequest], bytes]:
    pieces = [content[start : start + 70_000] for start in range(0, len(content), 70_000)]
    body = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces)
    end = b"" if cut else b"0\r\n\r\n"
    return lambda _: answer(200, length=-1, transfer_encoding="chunked", etag='"one"') + body + end


@pytest.mark.parametrize("etag", ['"one"', 'W/"one"', None])
def test_a_whole_file_without_a_length_is_kept_once_its_host_told_how_long_it_is(
    download: Download, host: FileHost, tmp_path: Path, etag: str | None
) -> None:
    host.etag = etag
    host.script.append(lengthless(**({} if etag is None else {"etag": etag})))
    (path,) = download(host.link, tmp_path / "out.mp4")
    assert path.read_bytes() == CONTENT
    assert host.ranges() == [None, "bytes=300000-"]
    assert names(tmp_path) == ["out.mp4"]


@pytest.mark.parametrize("etag", ['"one"', None])
@pytest.mark.parametrize("after", [0, 1, 100_000, 299_999])
def test_a_cut_file_without_a_length_is_asked_for_again(
    download: Download,
    host: FileHost,
    tmp_path: Path,
    pauses: list[float],
    after: int,
    etag: str | None,
) -> None:
    host.etag = etag
    host.script.append(lengthless(after, **({} if etag is None else {"etag": etag})))
    (path,) = download(host.link, tmp_path / "out.mp4")
    assert path.read_bytes() == CONTENT
    assert host.ranges()[:2] == [None, f"bytes={after}-"]
    assert host.ranges()[2:] == [f"bytes={after}-" if etag and after else None]
    assert len(pauses) == 1


@pytest.mark.parametrize("after", [None, 100_000, 0])
def test_what_nobody_can_prove_whole_is_not_kept(
    download: Download, host: FileHost, tmp_path: Path, after: int | None
) -> None:
    host.honest = old(after)  # type: ignore[method-assign]
    with pytest.raises(errors.UnexpectedResponseError, match="never said how long") as caught:
        download(host.link, tmp_path / "out.mp4")
    assert "sha256=" in str(caught.value)
    assert "base URL" not in str(caught.value)
    assert [request.method for request in host.requests] == ["GET", "GET", "HEAD"]
    assert names(tmp_path) == []
    assert caught.value.attempts == 1


def test_a_digest_is_a_proof_without_another_request(
    download: Download, host: FileHost, tmp_path: Path, pauses: list[float]
) -> None:
    host.honest = old()  # type: ignore[method-assign]
    (path,) = download(host.link, tmp_path / "out.mp4", sha256=DIGEST)
    assert path.read_bytes() == CONTENT
    assert len(host.requests) == 1


def test_a_cut_file_of_another_digest_is_asked_for_again_where_its_length_is_told(
    download: Download, host: FileHost, tmp_path: Path, pauses: list[float]
) -> None:
    host.script.append(old(100_000))
    (path,) = download(host.link, tmp_path / "out.mp4", sha256=DIGEST)
    assert path.read_bytes() == CONTENT
    host.honest = old(100_000)  # type: ignore[method-assign]
    with pytest.raises(errors.UnexpectedResponseError, match=f"not {DIGEST}"):
        download(host.link, tmp_path / "other.mp4", sha256=DIGEST)
    assert names(tmp_path) == ["out.mp4"]


def test_the_length_may_be_told_to_head_alone(
    download: Download, host: FileHost, tmp_path: Path
) -> None:
    def respond(request: HostRequest) -> bytes:
        return answer(200, length=len(CONTENT)) if request.method == "HEAD" else old()(request)

    host.honest = respond  # type: ignore[method-assign]
    (path,) = download(host.link, tmp_path / "out.mp4")
    assert path.read_bytes() == CONTENT


def test_a_host_that_drops_head_is_one_that_does_not_tell(
    download: Download, host: FileHost, tmp_path: Path
) -> None:
    host.honest = lambda request: b"" if request.method == "HEAD" else old()(request)  # type: ignore[method-assign]
    with pytest.raises(errors.UnexpectedResponseError, match="never said how long"):
        download(host.link, tmp_path / "out.mp4")


def test_a_host_that_goes_away_before_it_told_is_asked_again(
    download: Download, host: FileHost, tmp_path: Path, pauses: list[float]
) -> None:
    host.script += [lengthless(100_000, etag='"one"'), lambda _: b""]
    (path,) = download(host.link, tmp_path / "out.mp4")
    assert path.read_bytes() == CONTENT
    assert len(pauses) == 1


def test_the_length_of_another_version_proves_nothing(
    download: Download, host: FileHost, tmp_path: Path
) -> None:
    host.etag = '"two"'
    host.script.append(lengthless(etag='"one"'))
    with pytest.raises(errors.UnexpectedResponseError, match="never said how long"):
        download(host.link, tmp_path / "out.mp4")
    assert names(tmp_path) == []


def test_the_end_mark_of_chunks_is_a_proof_and_its_absence_is_a_cut(
    download: Download, host: FileHost, tmp_path: Path, pauses: list[float]
) -> None:
    host.script.append(chunked(CONTENT, cut=False))
    (path,) = download(host.link, tmp_path / "out.mp4")
    assert path.read_bytes() == CONTENT
    assert len(host.requests) == 1
    host.script.append(chunked(CONTENT[:140_000], cut=True))
    (path,) = download(host.link, tmp_path / "other.mp4")
    assert path.read_bytes() == CONTENT
    assert host.ranges() == [None, None, "bytes=140000-"]


def test_a_client_of_the_caller_s_sees_the_same_end(
    driver: Driver, host: FileHost, tmp_path: Path, pauses: list[float]
) -> None:
    lent: Any = httpx.Client() if driver.mode == "sync" else httpx.AsyncClient()
    a2e = driver.client(api_key=KEY, base_url=host.url, http_client=lent)
    host.script += [lengthless(100_000, etag='"one"'), chunked(CONTENT, cut=True)]
    (path,) = driver.run(a2e.download(host.link, tmp_path / "out.mp4"))
    assert path.read_bytes() == CONTENT
    driver.close(lent)


def test_the_sandbox_in_this_process_marks_the_end_as_it_does_on_a_socket(
    driver: Driver, a2e: Any, sandbox: Sandbox, tmp_path: Path
) -> None:
    task: FaceSwapTask = driver.run(a2e.face_swap.tasks.get(sandbox.add_face_swap_task()))
    sandbox.faults.add(Fault.unknown_length(), operation="download_file")
    before = sandbox.requests.count("download_file")
    (path,) = driver.run(a2e.download(attrs.evolve(task), tmp_path / "out.mp4"))
    assert path.stat().st_size == 65_536
    assert sandbox.requests.count("download_file") == before + 1


KEPT = Kept(100, '"one"', None, None)


@pytest.mark.parametrize(
    ("status", "headers", "size"),
    [
        (416, {"content-range": "bytes */100"}, 100),
        (416, {"content-range": "bytes */100", "etag": '"two"'}, None),
        (416, {}, None),
        (416, {"content-range": "bytes */*"}, None),
        (206, {"content-range": "bytes 100-199/200"}, 200),
        (206, {"content-range": "bytes 100-149/*"}, 150),
        (206, {}, None),
        (200, {"content-length": "100"}, 100),
        (200, {"content-length": "100", "content-encoding": "gzip"}, None),
        (200, {}, None),
        (403, {"content-length": "100"}, None),
        (302, {"content-length": "100"}, None),
    ],
)
def test_what_an_answer_tells_of_a_length(
    status: int, headers: dict[str, str], size: int | None
) -> None:
    assert read_size(status, headers, KEPT) == size


@pytest.mark.parametrize(
    ("headers", "framed"),
    [
        ({"content-length": "3"}, True),
        ({"transfer-encoding": "chunked"}, True),
        ({"transfer-encoding": "gzip, Chunked "}, True),
        ({"transfer-encoding": "gzip"}, False),
        ({"content-length": "three"}, False),
        ({}, False),
    ],
)
def test_which_body_ends_with_a_proof(headers: dict[str, str], framed: bool) -> None:
    assert getattr(read_head(200, headers, Kept()), "is_framed", None) is framed


def test_the_questions_hold_nothing_of_ours_and_are_about_the_same_version() -> None:
    (get, asked), (head, whole) = size_questions(KEPT)
    assert (get, head) == ("GET", "HEAD")
    assert (asked["range"], asked["if-range"]) == ("bytes=100-", '"one"')
    assert "range" not in whole
    assert "if-range" not in size_questions(Kept(100))[0][1]
