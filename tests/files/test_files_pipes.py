"""Named pipes where a file is expected: nothing waits for one that can't be ended."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from a2e_sdk import AsyncA2E
from a2e_sdk._files.media_types import MediaKind
from a2e_sdk._files.sources import open_input
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.transport import SandboxTransport
from driver import Driver

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4000
VIDEO = "https://example.com/clip.mp4"
#: Far below what would be a hang.
SOON = 20


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    path = tmp_path / "face.jpg"
    os.mkfifo(path)
    return path


@pytest.fixture
def opened(pipe: Path) -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """Both ends of a pipe, as a user has them who opened it himself."""
    descriptor = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write = pipe.open("wb", buffering=0)
    os.set_blocking(descriptor, True)
    with os.fdopen(descriptor, "rb") as read, write:
        yield read, write


@pytest.fixture
def create(driver: Driver, a2e: Any) -> Callable[[Any], Any]:
    def run(face: Any) -> Any:
        return driver.run(a2e.face_swap.tasks.create(face=face, video=VIDEO))

    return run


Create = Callable[[Any], Any]


def within(seconds: float, work: Callable[[], None]) -> None:
    """Do some work in a thread that is given up where it hangs."""
    errors: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    assert not thread.is_alive(), "it hangs"
    if errors:
        raise errors[0]


def no_spool_is_left() -> None:
    """Wait for the thread, which ends as soon as it sees that nobody waits for it."""
    end = time.monotonic() + SOON
    while any(thread.name == "a2e-spool" for thread in threading.enumerate()):
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.parametrize("form", [str, Path])
@pytest.mark.parametrize("through", ["itself", "a link"])
def test_the_path_of_a_pipe_is_refused_without_opening_it(
    create: Create, sandbox: Sandbox, pipe: Path, form: Any, through: str
) -> None:
    path = pipe
    if through == "a link":
        path = pipe.with_name("link.jpg")
        path.symlink_to(pipe)

    def refused() -> None:
        with pytest.raises(ValueError, match=r"face.*is a pipe or a device, not a regular file"):
            create(form(path))

    within(SOON, refused)
    assert len(sandbox.requests) == 0


@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero", "/dev/tty"])
def test_the_path_of_a_device_is_refused(create: Create, sandbox: Sandbox, device: str) -> None:
    if not os.path.exists(device):
        pytest.skip("there is none")
    with pytest.raises(ValueError, match="not a regular file"):
        create(device)
    assert len(sandbox.requests) == 0


def test_a_file_that_becomes_a_pipe_before_it_is_opened_is_refused(
    pipe: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.stat

    def as_it_was(path: Any, **options: Any) -> os.stat_result:
        return real(__file__ if str(path) == str(pipe) else path, **options)

    def refused() -> None:
        with pytest.raises(ValueError, match="not a regular file"):
            open_input(pipe, "face")

    with monkeypatch.context() as patched:
        patched.setattr(os, "stat", as_it_was)
        within(SOON, refused)


def test_a_pipe_that_the_caller_opened_is_read_to_its_end(
    create: Create, sandbox: Sandbox, opened: tuple[BinaryIO, BinaryIO]
) -> None:
    read, write = opened

    def feed() -> None:
        for start in range(0, len(JPEG), 100_000):
            write.write(JPEG[start : start + 100_000])
            time.sleep(0.01)
        write.close()

    threading.Thread(target=feed, daemon=True).start()
    within(SOON, lambda: create(read))
    assert [file.content for file in sandbox.uploads.values()] == [JPEG]
    assert not read.closed


def test_what_the_caller_read_ahead_of_a_pipe_is_not_waited_for(
    create: Create, sandbox: Sandbox, opened: tuple[BinaryIO, BinaryIO]
) -> None:
    read, write = opened
    write.write(b"skipped" + JPEG[:1000])
    assert read.read(7) == b"skipped"
    write.close()
    within(SOON, lambda: create(read))
    assert [file.content for file in sandbox.uploads.values()] == [JPEG[:1000]]


def test_a_cancelled_task_leaves_a_silent_pipe_at_once(
    sandbox: Sandbox, opened: tuple[BinaryIO, BinaryIO]
) -> None:
    read, write = opened

    async def main() -> None:
        async with AsyncA2E(region="sandbox", http_client=SandboxTransport(sandbox)) as a2e:
            work = asyncio.create_task(a2e.face_swap.tasks.create(face=read, video=VIDEO))
            turns = 0
            for _ in range(20):
                await asyncio.sleep(0.01)
                turns += 1
            assert turns == 20, "the loop goes on meanwhile"
            assert not work.done()
            work.cancel()
            with pytest.raises(asyncio.CancelledError):
                await work

    within(SOON, lambda: asyncio.run(main()))
    assert len(sandbox.requests) == 0
    no_spool_is_left()
    write.write(b"later")
    assert read.read(5) == b"later", "nothing was taken from it after the end"


class Silent:
    """A stream of the caller's that can't be read in any other way than waiting."""

    def __init__(self) -> None:
        self.over = threading.Event()

    def read(self, size: int = -1) -> bytes:
        if size:
            self.over.wait()
        return b""


def test_a_cancelled_task_leaves_a_stream_that_hangs(sandbox: Sandbox) -> None:
    stream: Any = Silent()

    async def main() -> None:
        async with AsyncA2E(region="sandbox", http_client=SandboxTransport(sandbox)) as a2e:
            async with asyncio.timeout(0.3):
                await a2e.face_swap.tasks.create(face=stream, video=VIDEO)

    def times_out() -> None:
        with pytest.raises(TimeoutError):
            asyncio.run(main())

    within(SOON, times_out)
    stream.over.set()
    assert len(sandbox.requests) == 0
    no_spool_is_left()


_PROGRAM = """
import asyncio, os, signal, sys, threading, time
from a2e_sdk import A2E, AsyncA2E
mode, path = sys.argv[1:]
descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
writer = open(path, "wb", buffering=0)
os.set_blocking(descriptor, True)
class Silent:
    def read(self, size=-1):
        return b"" if size == 0 else os.read(descriptor, size)
face = Silent() if "hang" in mode else open(descriptor, "rb")
options = {"face": face, "video": "https://example.com/clip.mp4"}
async def main():
    async with AsyncA2E(region="sandbox") as a2e:
        try:
            async with asyncio.timeout(0.3):
                await a2e.face_swap.tasks.create(**options)
        except TimeoutError:
            print("ended", flush=True)
if "async" in mode:
    asyncio.run(main())
else:
    def interrupt():
        time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGINT)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Thread(target=interrupt, daemon=True).start()
    try:
        A2E(region="sandbox").face_swap.tasks.create(**options)
    except KeyboardInterrupt:
        print("ended", flush=True)
"""


@pytest.mark.parametrize("mode", ["sync", "async", "sync hang", "async hang"])
def test_the_process_ends_although_a_pipe_is_silent(mode: str, pipe: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, mode, str(pipe)],
        capture_output=True,
        text=True,
        timeout=SOON,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "ended\n", "")


@pytest.mark.parametrize("existing", ["error", "overwrite", "skip"])
def test_a_pipe_at_the_final_path_is_refused_before_anything_is_sent(
    driver: Driver, a2e: Any, sandbox: Sandbox, pipe: Path, existing: str
) -> None:
    task = driver.run(a2e.face_swap.tasks.get(sandbox.add_face_swap_task()))
    before = len(sandbox.requests)

    def refused() -> None:
        with pytest.raises(FileExistsError, match="no plain file"):
            driver.run(a2e.download(task, pipe, existing=existing))

    within(SOON, refused)
    assert len(sandbox.requests) == before


def test_a_kind_that_is_not_accepted_is_told_of_a_pipe_too(
    create: Create, sandbox: Sandbox, opened: tuple[BinaryIO, BinaryIO]
) -> None:
    read, write = opened
    write.write(b"no picture")
    write.close()

    def refused() -> None:
        with pytest.raises(ValueError, match=f"must be of type {MediaKind.IMAGE.value}"):
            create(read)

    within(SOON, refused)
    assert len(sandbox.requests) == 0
