"""Promise 4: a file at its final path is whole, wherever a process is killed on the way."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from a2e_sdk import A2E, errors
from a2e_sdk._files import part_file
from a2e_sdk._http.failures import Delivery, TransportFailure
from a2e_sdk._http.messages import FileRequest, FileResponse
from examples import examples
from file_host import FileHost, HostRequest

CONTENT = random.Random(11).randbytes(2_000_000)
#: What a download of another version left behind.
STALE = CONTENT[:700_000][::-1]
LINK = "https://cdn.example/result.mp4?Signature=x"
_KILLED = 77


class Wire:
    """A host in this process, whose answers break where they are told to.

    Args:
        content: The file.
        etag: Its tag; None for none.
        ranges: ``"honest"``, ``"ignored"`` or ``"shifted"``, which lies about where the rest begins.
        length: Whether it says how long the file is; else it comes in chunks.
        cuts: After how many bytes each answer breaks; the ones behind the last come whole.
        silent: Whether a broken answer looks like one that ended well.
        piece: How many bytes come at once.
    """

    def __init__(
        self,
        content: bytes,
        etag: str | None = '"one"',
        ranges: str = "honest",
        length: bool = True,
        cuts: tuple[int, ...] = (),
        silent: bool = False,
    ) -> None:
        self.content, self.etag, self.ranges, self.length = content, etag, ranges, length
        self.cuts = list(cuts)
        self.silent = silent and length

    def send_request(self, request: Any) -> Any:
        raise AssertionError("nothing is asked of the API")

    def close(self) -> None:
        pass

    @contextmanager
    def stream(self, request: FileRequest) -> Iterator[FileResponse]:
        headers = {} if self.etag is None else {"etag": self.etag}
        start = int(request.headers.get("range", "bytes=0-")[6:-1])
        asked = "range" in request.headers and request.headers["if-range"] == self.etag
        if not asked or self.ranges == "ignored":
            status, body = 200, self.content
        elif start >= len(self.content):
            status, body = 416, b""
        else:
            told = start + (self.ranges == "shifted")
            end = len(self.content) - 1
            headers["content-range"] = f"bytes {told}-{end}/{end + 1}"
            status, body = 206, self.content[told:]
        if self.length:
            headers["content-length"] = str(len(body))
        else:
            headers["transfer-encoding"] = "chunked"
        yield FileResponse(status, headers, self._chunks(body))

    def _chunks(self, body: bytes) -> Iterator[bytes]:
        stop = self.cuts.pop(0) if self.cuts else len(body)
        for start in range(0, min(stop, len(body)), 65_536):
            yield body[start : min(start + 65_536, stop)]
        if stop < len(body) and not self.silent:
            raise TransportFailure("the wire broke", Delivery.UNKNOWN)


@given(
    content=st.binary(max_size=400) | st.just(CONTENT[:1_200_000]),
    etag=st.sampled_from(['"one"', 'W/"one"', None]),
    ranges=st.sampled_from(["honest", "ignored", "shifted"]),
    length=st.booleans(),
    silent=st.booleans(),
    cuts=st.lists(st.integers(0, 400) | st.integers(0, 1_200_000), max_size=8).map(tuple),
    change=st.none() | st.integers(1, 4),
)
@examples(150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_breaks_the_final_path_holds_the_whole_file_or_none(
    tmp_path_factory: pytest.TempPathFactory,
    pauses: list[float],
    content: bytes,
    etag: str | None,
    ranges: str,
    length: bool,
    silent: bool,
    cuts: tuple[int, ...],
    change: int | None,
) -> None:
    target = tmp_path_factory.mktemp("cut") / "out.mp4"
    wire = Wire(content, etag, ranges, length, cuts, silent)
    for run in range(len(cuts) + 2):
        if run == change:  # The host has another version of the file from now on.
            wire.content = content[::-1] + b"new"
            wire.etag = etag and etag.replace("one", "two")
        with A2E(region="sandbox", http_client=wire, max_retries=run % 2) as a2e:
            try:
                a2e.download(LINK, target)
                break
            except errors.APIConnectionError:
                assert not target.exists()
    assert target.read_bytes() == wire.content
    assert list(target.parent.iterdir()) == [target]


def die_at(step: int, work: Callable[[], object]) -> bool:
    """Do some work in a process that dies at its n-th step on the disk; tell whether it died."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Threads of other tests; we only exit.
        child = os.fork()
    if not child:
        try:
            _arm(step)
            work()
            os._exit(0)
        finally:
            os._exit(1)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, _KILLED)
    return status == _KILLED


def _arm(step: int) -> None:
    left = [step]

    def arm(holder: Any, name: str) -> None:
        real = getattr(holder, name)

        def deadly(*arguments: Any, **options: Any) -> Any:
            left[0] -= 1
            if left[0] == 0:
                if name == "write":  # A part of it still gets to the disk.
                    real(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
                os._exit(_KILLED)
            return real(*arguments, **options)

        setattr(holder, name, deadly)

    for name in ("open", "write", "ftruncate", "fsync", "rename", "replace", "unlink", "close"):
        arm(part_file.os, name)


@pytest.mark.once
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize(
    ("before", "etag"),
    [
        pytest.param(b"", '"one"', id="nothing, tag"),
        pytest.param(STALE, None, id="stale part, no tag"),
        pytest.param(b"", None, id="nothing, no tag", marks=pytest.mark.nightly),
        pytest.param(STALE, '"one"', id="stale part, tag", marks=pytest.mark.nightly),
    ],
)
def test_dying_at_any_step_on_the_disk_and_running_again_gives_the_whole_file(
    tmp_path: Path, etag: str | None, before: bytes
) -> None:
    died = 0
    for step in range(1, 100):
        target = tmp_path / str(step) / "out.mp4"
        target.parent.mkdir()
        if before:
            leave_part(target, before)
        wire = Wire(CONTENT, etag)

        def run(target: Path = target, wire: Wire = wire) -> None:
            a2e = A2E(region="sandbox", http_client=wire)
            a2e.download(LINK, target, existing="skip")

        died_here = die_at(step, run)
        assert not target.exists() or target.read_bytes() == CONTENT
        run()
        assert target.read_bytes() == CONTENT
        assert list(target.parent.iterdir()) == [target]
        if not died_here:
            break
        died += 1
    assert died >= 10


def leave_part(target: Path, content: bytes) -> None:
    """Leave what a download of another version of the same link would leave behind."""
    wire = Wire(content + b"rest", '"zero"', cuts=(len(content), 0))
    a2e = A2E(region="sandbox", http_client=wire, max_retries=0)
    with pytest.raises(errors.APIConnectionError):
        a2e.download(LINK, target)
    assert target.with_name("out.mp4.a2e-part").stat().st_size == len(content)


_PROGRAM = """
import asyncio, sys
from a2e_sdk import A2E, AsyncA2E
mode, base, link, target = sys.argv[1:]
def show(received, total): print(received, flush=True)
async def main():
    async with AsyncA2E("sk_x", base_url=base) as a2e:
        await a2e.download(link, target, existing="skip", on_progress=show)
if mode == "sync":
    A2E("sk_x", base_url=base).download(link, target, existing="skip", on_progress=show)
else:
    asyncio.run(main())
"""


@pytest.mark.once
@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
@pytest.mark.parametrize("mode", ["sync", "async"])
def test_killing_the_process_again_and_again_ends_with_the_whole_file(
    mode: str, tmp_path: Path
) -> None:
    target = tmp_path / "out.mp4"
    points = [0, 1, 65_536, 600_000, 1_100_000, 1_700_000, len(CONTENT)]
    with FileHost(CONTENT) as host:

        def slowly(request: HostRequest) -> Iterator[bytes]:
            # In pieces, so that the kill comes in the middle, wherever that is.
            answered = host.honest(request)
            for start in range(0, len(answered), 65_536):
                yield answered[start : start + 65_536]
                time.sleep(0.002)

        for point in points:
            host.script.clear()
            host.script.append(slowly)
            command = [sys.executable, "-c", _PROGRAM, mode, host.url, host.link, str(target)]
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
                assert process.stdout is not None
                for line in process.stdout:
                    if int(line) >= point:
                        process.send_signal(signal.SIGKILL)
                        break
            assert not target.exists() or target.read_bytes() == CONTENT
        host.script.clear()
        command = [sys.executable, "-c", _PROGRAM, mode, host.url, host.link, str(target)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        assert any(host.ranges()), "something was gone on with"
    assert target.read_bytes() == CONTENT
    assert list(tmp_path.iterdir()) == [target]
