"""Results on the disk, over real sockets: whole, resumed, and without a key on the way."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import os
import random
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest

from a2e_sdk import A2E, AsyncA2E, errors
from a2e_sdk._files.http_rules import FILE_USER_AGENT
from a2e_sdk.models import FaceSwapTask
from a2e_sdk.sandbox import Fault, ManualClock, Sandbox
from driver import Driver
from file_host import FileHost, HostRequest, answer

KEY = "sk_test_4f1e9d0c7b2a"
CONTENT = random.Random(7).randbytes(300_000)
TASK = FaceSwapTask(id="6674f1765699df7e9d25311a")


@pytest.fixture
def host() -> Iterator[FileHost]:
    with FileHost(CONTENT) as host:
        yield host


@pytest.fixture
def client(driver: Driver, host: FileHost) -> Any:
    """A client whose API is on the very host that serves the file."""
    return driver.client(api_key=KEY, base_url=host.url, timeout=5)


@pytest.fixture
def download(driver: Driver, client: Any) -> Callable[..., tuple[Path, ...]]:
    def run(*arguments: Any, **options: Any) -> tuple[Path, ...]:
        paths: tuple[Path, ...] = driver.run(client.download(*arguments, **options))
        return paths

    return run


Download = Callable[..., tuple[Path, ...]]


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


# What goes out, and what ends up on the disk


def test_a_file_at_its_final_path_is_whole_and_alone(
    download: Download, host: FileHost, tmp_path: Path
) -> None:
    seen: list[tuple[int, int | None]] = []
    paths = download(host.link, tmp_path / "out.mp4", on_progress=lambda *at: seen.append(at))
    assert paths == (tmp_path / "out.mp4",)
    assert paths[0].read_bytes() == CONTENT
    assert names(tmp_path) == ["out.mp4"]
    assert seen[0] == (0, len(CONTENT))
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert seen == sorted(seen)
    umask = os.umask(0)
    os.umask(umask)
    assert paths[0].stat().st_mode & 0o777 == 0o666 & ~umask


def assert_nothing_of_ours(request: HostRequest) -> None:
    assert set(request.headers) <= {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert request.headers["user-agent"] == FILE_USER_AGENT
    assert request.headers["accept-encoding"] == "identity"
    assert KEY not in str(request)


def test_the_key_does_not_go_to_the_host_of_a_file_not_even_to_the_api_s_own(
    download: Download, host: FileHost, tmp_path: Path
) -> None:
    download(host.link, tmp_path / "out.mp4")
    assert_nothing_of_ours(host.requests[0])


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_of_a_file_are_followed_without_anything_of_ours(
    download: Download, host: FileHost, tmp_path: Path, status: int
) -> None:
    with FileHost(b"other content") as elsewhere:
        host.script.append(
            lambda _: answer(status, location=elsewhere.link, set_cookie="session=1; Path=/")
        )
        (path,) = download(host.link, tmp_path / "out.mp4")
        assert path.read_bytes() == b"other content"
        assert_nothing_of_ours(elsewhere.requests[0])


def test_redirects_in_a_circle_end(
    download: Download, host: FileHost, tmp_path: Path, pauses: list[float]
) -> None:
    host.honest = lambda request: answer(302, location=request.path)  # type: ignore[method-assign]
    with pytest.raises(errors.APIConnectionError, match="redirects"):
        download(host.link, tmp_path / "out.mp4")
    assert len(host.requests) == 3 * 6


def test_a_redirect_from_https_to_http_is_not_followed() -> None:
    from a2e_sdk._config.settings import Timeout
    from a2e_sdk._http.messages import FileRequest
    from a2e_sdk._http.transports.file_exchange import next_url

    request = FileRequest(method="GET", url="https://x/", headers={}, timeout=Timeout())
    back = httpx.Response(302, headers={"location": "http://x/"})
    on = httpx.Response(302, headers={"location": "//y/a"})
    assert next_url(request, httpx.URL("https://x/"), back) is None
    assert next_url(request, httpx.URL("https://x/"), on) == httpx.URL("https://y/a")
    put = attrs.evolve(request, method="PUT")
    assert next_url(put, httpx.URL("https://x/"), on) is None


def test_a_client_of_the_caller_s_lends_its_connections_and_nothing_else(
    driver: Driver, host: FileHost, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kind = httpx.Client if driver.mode == "sync" else httpx.AsyncClient
    lent: Any = kind(
        headers={"authorization": f"Bearer {KEY}", "x-lang": "en-US"},
        cookies={"session": "secret"},
        auth=("user", "word"),
        params={"key": KEY},
        follow_redirects=True,
    )
    a2e = driver.client(api_key=KEY, base_url=host.url, http_client=lent)
    with FileHost(CONTENT) as elsewhere, caplog.at_level(logging.INFO):
        host.script.append(lambda _: answer(302, location=elsewhere.link))
        driver.run(a2e.download(host.link, tmp_path / "out.mp4"))
        assert_nothing_of_ours(host.requests[0])
        assert_nothing_of_ours(elsewhere.requests[0])
    assert "HTTP Request: GET" in caplog.text, "httpx logs the requests of such a client"
    assert "topsecret" not in caplog.text
    driver.close(lent)


def test_a_transport_of_the_caller_s_that_carries_no_files_gets_help(
    driver: Driver, host: FileHost, tmp_path: Path
) -> None:
    class ApiOnly:
        def send_request(self, request: Any) -> Any:
            raise AssertionError

        send_request_async = send_request
        closed = False

        def close(self) -> None:
            self.closed = True

        async def aclose(self) -> None:
            self.closed = True

    lent = ApiOnly()
    a2e = driver.client(api_key=KEY, base_url=host.url, http_client=lent)
    driver.run(a2e.download(host.link, tmp_path / "out.mp4"))
    assert_nothing_of_ours(host.requests[0])
    driver.close(a2e)
    assert not lent.closed


def test_a_closed_client_downloads_nothing(
    driver: Driver, client: Any, host: FileHost, tmp_path: Path
) -> None:
    driver.close(client)
    with pytest.raises(errors.ConfigurationError, match="closed"):
        driver.run(client.download(host.link, tmp_path / "out.mp4"))
    assert host.requests == []


# Broken transfers


def test_a_broken_transfer_goes_on_where_it_broke(
    download: Download, host: FileHost, tmp_path: Path, pauses: list[float]
) -> None:
    host.script += [host.cut(100_000), host.cut(50_000)]
    (path,) = download(host.link, tmp_path / "out.mp4")
    assert path.read_bytes() == CONTENT
    assert host.ranges() == [None, "bytes=100000-", "bytes=150000-"]
    assert [request.headers.get("if-range") for request in host.requests[1:]] == ['"one"'] * 2
    assert len(pauses) == 2


@pytest.mark.parametrize("etag", ['W/"one"', None])
def test_without_a_strong_entity_tag_it_begins_again(
    download: Download, host: FileHost, tmp_path: Path, pauses: list[float], etag: str | None
) -> None:
    host.etag = etag
    host.script.append(host.cut(100_000))
    (path,) = download(host.link, tmp_path / "out.mp4")
    assert path.read_bytes() == CONTENT
    assert host.ranges() == [None, None]


NEW = random.Random(8).randbytes(len(CONTENT))


def shifted(request: HostRequest) -> bytes:
    return answer(206, NEW[99_999:], etag='"one"', content_range="bytes 99999-299999/300000")


@pytest.mark.parametrize(
    "respond",
    [
        pytest.param(lambda _: answer(200, NEW, etag='"two"'), id="whole, and another version"),
        pytest.param(lambda _: answer(200, NEW), id="whole, without a tag"),
        pytest.param(shifted, id="another start"),
        pytest.param(
            lambda _: answer(
                206, NEW[100_000:], etag='"one"', content_range="bytes 100000-299999/400000"
            ),
            id="another total",
        ),
        pytest.param(
            lambda _: answer(
                206, NEW[100_000:], etag='"two"', content_range="bytes 100000-299999/300000"
            ),
            id="another tag",
        ),
        pytest.param(
            lambda _: answer(
                206, NEW[100_000:], etag='W/"one"', content_range="bytes 100000-299999/300000"
            ),
            id="a weak tag",
        ),
        pytest.param(
            lambda _: answer(206, NEW[100_000:250_000], content_range="bytes 100000-299999/300000"),
            id="another length",
        ),
        pytest.param(lambda _: answer(206, NEW[100_000:]), id="no range in the answer"),
        pytest.param(
            lambda _: answer(206, b"--x", content_type="multipart/byteranges; boundary=x"),
            id="several parts",
        ),
        pytest.param(
            lambda _: answer(
                206,
                NEW[100_000:],
                content_range="bytes 100000-299999/300000",
                content_encoding="gzip",
            ),
            id="packed",
        ),
        pytest.param(lambda _: answer(416, content_range="bytes */50"), id="no such range"),
    ],
)
def test_an_answer_that_is_not_the_rest_of_this_very_file_is_never_appended(
    download: Download,
    host: FileHost,
    tmp_path: Path,
    pauses: list[float],
    respond: Callable[[HostRequest], bytes],
) -> None:
    def change(request: HostRequest) -> bytes:
        host.content, host.etag = NEW, '"two"'
        return respond(request)

    host.script += [host.cut(100_000), change]
    (path,) = download(host.link, tmp_path / "out.mp4")
    assert path.read_bytes() == NEW
    assert host.requests[1].headers["range"] == "bytes=100000-"


def test_a_host_that_gives_the_rest_in_parts_is_asked_on(
    download: Download, host: FileHost, tmp_path: Path, pauses: list[float]
) -> None:
    def some(request: HostRequest) -> bytes:
        return answer(206, CONTENT[100_000:101_000], content_range="bytes 100000-100999/300000")

    host.script += [host.cut(100_000), some]
    (path,) = download(host.link, tmp_path / "out.mp4")
    assert path.read_bytes() == CONTENT
    assert host.ranges()[2] == "bytes=101000-"


def test_progress_forgives_failures_and_standing_still_does_not(
    download: Download, host: FileHost, tmp_path: Path, pauses: list[float]
) -> None:
    host.script += [host.cut(70_000), host.cut(0)] * 3
    (path,) = download(host.link, tmp_path / "out.mp4")
    assert path.read_bytes() == CONTENT
    host.script += [host.cut(70_000), *[host.cut(0)] * 2]
    with pytest.raises(errors.APIConnectionError) as caught:
        download(host.link, tmp_path / "other.mp4")
    assert caught.value.operation == "download"
    assert caught.value.attempts == 3, "the one that brought something, and two retries"
    assert not (tmp_path / "other.mp4").exists()


def test_a_host_that_gives_a_few_bytes_each_time_is_not_asked_for_ever(
    download: Download, host: FileHost, tmp_path: Path, pauses: list[float]
) -> None:
    host.script += [host.cut(20)] * 500
    with pytest.raises(errors.APIConnectionError) as caught:
        download(host.link, tmp_path / "out.mp4")
    assert caught.value.attempts == 3
    assert (tmp_path / "out.mp4.a2e-part").exists(), "what came is kept for the next run"


def test_a_host_without_ranges_that_always_breaks_at_the_same_byte_is_given_up(
    download: Download, host: FileHost, tmp_path: Path, pauses: list[float]
) -> None:
    host.etag = None
    host.script += [host.cut(10_000)] * 50
    with pytest.raises(errors.APIConnectionError):
        download(host.link, tmp_path / "out.mp4")
    assert len(host.requests) == 3
    assert names(tmp_path) == [], "what nobody could go on with is not left behind"


def test_another_client_goes_on_with_what_one_left_behind(
    driver: Driver, download: Download, host: FileHost, tmp_path: Path, pauses: list[float]
) -> None:
    host.script += [host.cut(100_000), *[host.cut(0)] * 2]
    with pytest.raises(errors.APIConnectionError):
        download(host.link, tmp_path / "out.mp4")
    assert names(tmp_path) == ["out.mp4.a2e-part", "out.mp4.a2e-part.json"]
    note = (tmp_path / "out.mp4.a2e-part.json").read_text()
    assert set(json.loads(note)) == {"made_by", "identity", "etag", "total", "content_type"}
    assert "topsecret" not in note
    assert host.url not in note
    other = driver.client(api_key=KEY, base_url=host.url)
    seen: list[int] = []
    driver.run(
        other.download(host.link, tmp_path / "out.mp4", on_progress=lambda n, _: seen.append(n))
    )
    assert host.ranges()[-1] == "bytes=100000-"
    assert seen[0] == 100_000
    assert (tmp_path / "out.mp4").read_bytes() == CONTENT
    assert names(tmp_path) == ["out.mp4"]


OURS = '{"made_by": "a2e-sdk"'


@pytest.mark.parametrize(
    "note", ["", "}", ', "identity": 1}', "\x00", ', "etag":"\\"one\\""}', ', "identity": "x']
)
def test_a_part_with_an_unreadable_note_of_ours_is_not_gone_on_with(
    download: Download, host: FileHost, tmp_path: Path, note: str
) -> None:
    (tmp_path / "out.mp4.a2e-part").write_bytes(b"x" * 1000)
    (tmp_path / "out.mp4.a2e-part.json").write_text(OURS + note)
    (path,) = download(host.link, tmp_path / "out.mp4")
    assert path.read_bytes() == CONTENT
    assert host.ranges() == [None]
    assert names(tmp_path) == ["out.mp4"]


def test_the_part_of_another_file_is_not_gone_on_with(
    download: Download, host: FileHost, tmp_path: Path, pauses: list[float]
) -> None:
    host.script += [host.cut(100_000), *[host.cut(0)] * 2]
    with pytest.raises(errors.APIConnectionError):
        download(host.url + "/another/file.mp4", tmp_path / "out.mp4")
    host.requests.clear()
    download(host.link, tmp_path / "out.mp4")
    assert host.ranges() == [None]
    assert (tmp_path / "out.mp4").read_bytes() == CONTENT


def test_a_length_that_nobody_says_is_taken_as_it_comes(
    download: Download, host: FileHost, tmp_path: Path
) -> None:
    seen: list[int | None] = []
    host.script.append(lambda _: answer(200, CONTENT, length=-1))
    (path,) = download(host.link, tmp_path / "out.mp4", on_progress=lambda _, t: seen.append(t))
    assert path.read_bytes() == CONTENT
    assert set(seen) == {None}


@pytest.mark.parametrize("wrong", [b"", b"1", b"four"])
@pytest.mark.parametrize("times", [1, 2, 3])
def test_an_answer_of_another_length_than_announced_is_a_failure(
    driver: Driver, tmp_path: Path, pauses: list[float], wrong: bytes, times: int
) -> None:
    from a2e_sdk.sandbox.protocol.messages import SandboxReply
    from a2e_sdk.sandbox.transport import SandboxTransport

    # In process, where no HTTP library counts along.
    bodies = [*[wrong] * times, b"two"]
    carrier = SandboxTransport()
    carrier.sandbox.handle = lambda _: SandboxReply(  # type: ignore[method-assign]
        200, {"content-length": "3"}, bodies.pop(0)
    )
    a2e = driver.client(region="sandbox", http_client=carrier, max_retries=2)
    if times < 3:
        (path,) = driver.run(a2e.download("https://cdn.example/x", tmp_path / "out.mp4"))
        assert path.read_bytes() == b"two"
        return
    with pytest.raises(errors.APIConnectionError, match="bytes came than were announced"):
        driver.run(a2e.download("https://cdn.example/x", tmp_path / "out.mp4"))
    assert names(tmp_path) == []


def test_an_empty_file_is_a_file(download: Download, host: FileHost, tmp_path: Path) -> None:
    host.content = b""
    (path,) = download(host.link, tmp_path / "out.mp4")
    assert path.read_bytes() == b""


@pytest.mark.parametrize("status", [408, 429, 500, 503, 520])
def test_a_host_in_trouble_is_asked_again(
    download: Download, host: FileHost, tmp_path: Path, pauses: list[float], status: int
) -> None:
    host.script.append(lambda _: answer(status, b"<html>", retry_after="3"))
    (path,) = download(host.link, tmp_path / "out.mp4")
    assert path.read_bytes() == CONTENT
    assert len(pauses) == 1
    assert status not in (429, 503) or pauses[0] >= 3


def test_a_refusal_is_a_typed_error_without_signatures(
    download: Download, host: FileHost, tmp_path: Path
) -> None:
    page = (
        b"<?xml version='1.0'?><Error><Code>InvalidRequest</Code><Message>No such header</Message>"
        b"<SignatureProvided>topsecret</SignatureProvided></Error>"
    )
    host.script.append(lambda _: answer(400, page))
    with pytest.raises(errors.BadRequestError) as caught:
        download(host.link, tmp_path / "out.mp4")
    assert caught.value.body_excerpt == "InvalidRequest: No such header"
    assert "topsecret" not in str(vars(caught.value))
    assert len(host.requests) == 1
    assert names(tmp_path) == []


def test_a_host_that_is_not_there(driver: Driver, tmp_path: Path, pauses: list[float]) -> None:
    with FileHost() as gone:
        link = gone.link
    a2e = driver.client(api_key=KEY, region="global")
    with pytest.raises(errors.APIConnectionError) as caught:
        driver.run(a2e.download(link, tmp_path / "out.mp4"))
    assert caught.value.attempts == 3
    assert "topsecret" not in str(caught.value)


# What is asked of a file


def test_a_file_that_announces_too_many_bytes_is_not_read(
    download: Download, host: FileHost, tmp_path: Path
) -> None:
    with pytest.raises(errors.APIError, match="larger than max_bytes=299999"):
        download(host.link, tmp_path / "out.mp4", max_bytes=len(CONTENT) - 1)
    assert names(tmp_path) == []
    assert download(host.link, tmp_path / "out.mp4", max_bytes=len(CONTENT))


def test_a_file_that_goes_on_and_on_is_stopped(
    download: Download, host: FileHost, tmp_path: Path
) -> None:
    host.script.append(lambda _: answer(200, CONTENT, length=-1))
    seen: list[int] = []
    with pytest.raises(errors.APIError, match="larger than max_bytes"):
        download(
            host.link,
            tmp_path / "out.mp4",
            max_bytes=100_000,
            on_progress=lambda received, _: seen.append(received),
        )
    assert max(seen) <= 100_000
    assert names(tmp_path) == []


def test_a_digest_is_checked(download: Download, host: FileHost, tmp_path: Path) -> None:
    digest = hashlib.sha256(CONTENT).hexdigest()
    (path,) = download(host.link, tmp_path / "out.mp4", sha256=digest.upper())
    assert path.read_bytes() == CONTENT
    with pytest.raises(errors.UnexpectedResponseError, match=f"SHA-256 is {digest}"):
        download(host.link, tmp_path / "other.mp4", sha256="0" * 64)
    assert names(tmp_path) == ["out.mp4"]


def test_a_page_in_the_place_of_a_result_is_not_kept(
    download: Download, host: FileHost, tmp_path: Path
) -> None:
    host.script.append(lambda _: answer(200, b"<html>log in", content_type="text/html; charset=x"))
    task = attrs.evolve(TASK, result_urls=(host.link,))
    with pytest.raises(errors.UnexpectedResponseError, match="HTML page"):
        download(task, tmp_path / "out.mp4")
    assert names(tmp_path) == []


# What is there already, and where files go


def test_a_file_that_is_there_stays_and_nothing_is_sent(
    download: Download, host: FileHost, tmp_path: Path
) -> None:
    (tmp_path / "out.mp4").write_bytes(b"mine")
    with pytest.raises(FileExistsError, match=r"out\.mp4"):
        download(host.link, tmp_path / "out.mp4")
    assert download(host.link, tmp_path / "out.mp4", existing="skip") == (tmp_path / "out.mp4",)
    assert (tmp_path / "out.mp4").read_bytes() == b"mine"
    assert host.requests == []
    assert names(tmp_path) == ["out.mp4"]


def test_a_file_that_is_there_is_replaced_on_request(
    download: Download, host: FileHost, tmp_path: Path
) -> None:
    (tmp_path / "out.mp4").write_bytes(b"old")
    download(host.link, tmp_path / "out.mp4", existing="overwrite")
    assert (tmp_path / "out.mp4").read_bytes() == CONTENT


def test_skip_with_a_digest_skips_only_that_very_file(
    download: Download, host: FileHost, tmp_path: Path
) -> None:
    digest = hashlib.sha256(CONTENT).hexdigest()
    (tmp_path / "out.mp4").write_bytes(b"something else")
    for _ in range(2):
        download(host.link, tmp_path / "out.mp4", existing="skip", sha256=digest)
    assert (tmp_path / "out.mp4").read_bytes() == CONTENT
    assert len(host.requests) == 1


def test_a_file_that_appears_meanwhile_is_not_replaced(
    download: Download, host: FileHost, tmp_path: Path
) -> None:
    def appear(request: HostRequest) -> bytes:
        (tmp_path / "out.mp4").write_bytes(b"mine")
        return host.honest(request)

    host.script.append(appear)
    with pytest.raises(FileExistsError):
        download(host.link, tmp_path / "out.mp4")
    assert (tmp_path / "out.mp4").read_bytes() == b"mine"


@pytest.mark.skipif(os.name == "nt", reason="there are no such devices")
def test_what_is_no_plain_file_is_not_replaced(
    download: Download, host: FileHost, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "out.mp4")
    with pytest.raises(FileExistsError, match="no plain file"):
        download(host.link, tmp_path / "out.mp4", existing="overwrite")
    assert host.requests == []


def test_a_directory_that_is_not_there_is_an_error_of_the_disk_before_anything_is_sent(
    download: Download, host: FileHost, tmp_path: Path
) -> None:
    with pytest.raises(FileNotFoundError):
        download(host.link, tmp_path / "absent" / "out.mp4")
    assert host.requests == []


def test_names_in_a_directory_come_from_the_task_or_the_link(
    download: Download, host: FileHost, tmp_path: Path
) -> None:
    task = attrs.evolve(TASK, result_urls=(host.link,))
    assert download(task, tmp_path) == (tmp_path / f"{TASK.id}.mp4",)
    assert download(host.link, f"{tmp_path}/new/sub/") == (tmp_path / "new/sub/result.mp4",)


def test_a_suffix_comes_from_the_content_type_where_the_link_has_none(
    download: Download, host: FileHost, tmp_path: Path, pauses: list[float]
) -> None:
    host.content_type = "image/webp; charset=binary"
    task = attrs.evolve(TASK, result_urls=(host.url + "/download?id=7",))
    host.script.append(host.cut(100_000))
    expected = (tmp_path / f"{TASK.id}.webp",)
    assert download(task, tmp_path) == expected
    assert expected[0].read_bytes() == CONTENT
    assert host.ranges() == [None, "bytes=100000-"]
    with pytest.raises(FileExistsError):
        download(task, tmp_path)
    expected[0].write_bytes(b"mine")
    assert download(task, tmp_path, existing="skip") == expected
    assert expected[0].read_bytes() == b"mine"
    assert names(tmp_path) == [expected[0].name]


def test_several_results_are_numbered(download: Download, host: FileHost, tmp_path: Path) -> None:
    task = attrs.evolve(TASK, result_urls=(host.url + "/a.mp4", host.url + "/b.mp4"))
    paths = download(task, tmp_path / "out.mp4")
    assert paths == (tmp_path / "out-1.mp4", tmp_path / "out-2.mp4")
    assert [request.path for request in host.requests] == ["/a.mp4", "/b.mp4"]
    paths[0].unlink()
    host.requests.clear()
    with pytest.raises(FileExistsError, match="out-2"):
        download(task, tmp_path / "out.mp4")
    assert host.requests == [], "the second target is looked at before the first file is fetched"
    with pytest.raises(ValueError, match="2 results"):
        download(task, tmp_path / "out.mp4", sha256="0" * 64)


@pytest.mark.parametrize(
    ("arguments", "options", "error", "text"),
    [
        ((TASK, "out"), {}, ValueError, "no result"),
        ((TASK.id, "out"), {}, ValueError, "task or a URL"),
        ((None, "out"), {}, TypeError, "task or a URL"),
        (("ftp://host.example/a", "out"), {}, ValueError, r"http\(s\)"),
        (("https://cdn.example/a", ""), {}, ValueError, "path is empty"),
        (("https://cdn.example/a", "out"), {"existing": "keep"}, ValueError, "existing"),
        (("https://cdn.example/a", "out"), {"max_bytes": 0}, ValueError, "max_bytes"),
        (("https://cdn.example/a", "out"), {"sha256": "abc"}, ValueError, "sha256"),
        (("https://cdn.example/a", "out"), {"timeout": 0}, errors.ConfigurationError, "connect"),
    ],
)
def test_wrong_arguments_are_refused(
    download: Download,
    arguments: tuple[Any, ...],
    options: dict[str, Any],
    error: type[Exception],
    text: str,
) -> None:
    with pytest.raises(error, match=text):
        download(*arguments, **options)


# Links that do not work


def test_an_expired_link_is_renewed_by_reading_the_task_once(
    driver: Driver, a2e: Any, sandbox: Sandbox, clock: ManualClock, tmp_path: Path
) -> None:
    task = driver.run(a2e.face_swap.tasks.get(sandbox.add_face_swap_task()))
    fresh = attrs.evolve(task, result_urls=(task.result_url.split("?")[0],))
    before = sandbox.requests.count("get_face_swap_task")
    (path,) = driver.run(a2e.download(fresh, tmp_path / "out.mp4"))
    assert path.stat().st_size == 65_536
    assert sandbox.requests.count("get_face_swap_task") == before + 1


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_link_that_stays_dead_is_an_expired_result(
    driver: Driver, a2e: Any, sandbox: Sandbox, tmp_path: Path, pauses: list[float], status: int
) -> None:
    task = driver.run(a2e.face_swap.tasks.get(sandbox.add_face_swap_task()))
    old = attrs.evolve(task, completed_at=task.completed_at - timedelta(days=4))
    sandbox.faults.add(Fault.http(status), operation="download_file", times=None)
    before = sandbox.requests.count("get_face_swap_task")
    with pytest.raises(errors.ResultExpiredError, match=f"HTTP {status}") as caught:
        driver.run(a2e.download(old, tmp_path / "out.mp4"))
    assert caught.value.task_id == task.id
    assert "signature=" not in str(caught.value)
    assert sandbox.requests.count("get_face_swap_task") == before + 1
    assert names(tmp_path) == []


def test_a_task_that_is_gone_has_no_fresh_link(
    driver: Driver, a2e: Any, sandbox: Sandbox, tmp_path: Path
) -> None:
    task = driver.run(a2e.face_swap.tasks.get(sandbox.add_face_swap_task()))
    sandbox.delete_face_swap_task(task.id)
    sandbox.faults.add(Fault.http(403), operation="download_file", times=None)
    with pytest.raises(errors.ResultExpiredError):
        driver.run(a2e.download(task, tmp_path / "out.mp4"))


def test_a_link_alone_that_does_not_work_is_an_expired_result(
    download: Download, host: FileHost, tmp_path: Path
) -> None:
    host.script.append(lambda _: answer(403))
    with pytest.raises(errors.ResultExpiredError) as caught:
        download(host.link, tmp_path / "out.mp4")
    assert caught.value.task is None
    assert "topsecret" not in str(caught.value)
    assert len(host.requests) == 1


def finished(host: FileHost, seconds_ago: float) -> FaceSwapTask:
    ended = datetime(2026, 11, 1, 12, 0, tzinfo=UTC) - timedelta(seconds=seconds_ago)
    return attrs.evolve(TASK, result_urls=(host.link,), completed_at=ended)


NOW = "Sun, 01 Nov 2026 12:00:00 GMT"


def test_a_result_that_is_late_gets_a_grace_by_the_server_s_clock(
    download: Download, host: FileHost, tmp_path: Path, pauses: list[float]
) -> None:
    host.script += [lambda _: answer(404, date=NOW)] * 3
    (path,) = download(finished(host, 5), tmp_path / "out.mp4")
    assert path.read_bytes() == CONTENT
    assert pauses == [1, 2, 4]


def test_the_grace_ends_a_minute_after_the_task(
    download: Download, host: FileHost, tmp_path: Path, pauses: list[float]
) -> None:
    task_read = b'{"code":0,"data":null}'

    def respond(request: HostRequest) -> bytes:
        api = request.path.startswith("/api")
        return answer(200, task_read) if api else answer(404, date=NOW)

    host.honest = respond  # type: ignore[method-assign]
    with pytest.raises(errors.ResultExpiredError):
        download(finished(host, 45), tmp_path / "out.mp4")
    assert sum(pauses) == 15
    pauses.clear()
    with pytest.raises(errors.ResultExpiredError):
        download(finished(host, 61), tmp_path / "out.mp4")
    assert pauses == []


# Two at once, cancelled ones, and memory


def test_downloads_to_one_target_at_once_leave_one_whole_file(
    host: FileHost, tmp_path: Path
) -> None:
    begun = threading.Barrier(4)

    def slow(request: HostRequest) -> bytes:
        begun.wait(10)  # All four hold a part file by now.
        return host.honest(request)

    host.script += [slow] * 4
    with A2E(KEY, base_url=host.url) as a2e:
        threads = [
            threading.Thread(
                target=a2e.download,
                args=(host.link, tmp_path / "out.mp4"),
                kwargs={"existing": "overwrite"},
            )
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (tmp_path / "out.mp4").read_bytes() == CONTENT
    assert names(tmp_path) == ["out.mp4"]


def test_cancelling_keeps_what_came(host: FileHost, tmp_path: Path) -> None:
    asyncio.run(cancel_and_go_on(host, tmp_path))
    assert (tmp_path / "out.mp4").read_bytes() == CONTENT
    assert host.ranges()[-1] == "bytes=100000-"


async def cancel_and_go_on(host: FileHost, tmp_path: Path) -> None:
    arrived = asyncio.Event()
    over = threading.Event()

    def hang(request: HostRequest) -> Iterator[bytes]:
        yield host.cut(100_000)(request)
        over.wait(10)

    def show(received: int, _: int | None) -> None:
        if received >= 100_000:
            arrived.set()

    host.script.append(hang)
    async with AsyncA2E(KEY, base_url=host.url) as a2e:
        task = asyncio.create_task(a2e.download(host.link, tmp_path / "out.mp4", on_progress=show))
        await arrived.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        over.set()
        assert (tmp_path / "out.mp4.a2e-part").stat().st_size == 100_000
        await a2e.download(host.link, tmp_path / "out.mp4")


def test_memory_stays_constant(download: Download, host: FileHost, tmp_path: Path) -> None:
    size = 64 * 2**20
    chunk = bytes(2**16)

    def endless(request: HostRequest) -> Iterator[bytes]:
        yield answer(200, length=size, etag='"one"')
        for _ in range(size // len(chunk)):
            yield chunk

    download(host.link, tmp_path / "small.mp4")  # Imports and connections are no part of it.
    host.script.append(endless)
    tracemalloc.start()
    try:
        download(host.link, tmp_path / "out.mp4")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (tmp_path / "out.mp4").stat().st_size == size
    assert peak < 8 * 2**20
