"""Part files among other programs and dead processes: what is published is what was written."""

from __future__ import annotations

import errno
import hashlib
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from a2e_sdk import A2E, errors
from a2e_sdk._files import part_file, part_note
from driver import Driver
from file_host import FileHost, HostRequest

KEY = "sk_test_4f1e9d0c7b2a"
CONTENT = random.Random(23).randbytes(2_500_000)
HALF = CONTENT[:1_000_000]
PART = "out.mp4.a2e-part"
POSIX = pytest.mark.skipif(os.name == "nt", reason="an open file stays where it is there")


@pytest.fixture
def host() -> Iterator[FileHost]:
    with FileHost(CONTENT) as host:
        yield host


@pytest.fixture
def download(driver: Driver, host: FileHost) -> Callable[..., tuple[Path, ...]]:
    a2e = driver.client(api_key=KEY, base_url=host.url, timeout=5)

    def run(target: Path, **options: Any) -> tuple[Path, ...]:
        paths: tuple[Path, ...] = driver.run(a2e.download(host.link, target, **options))
        return paths

    return run


Download = Callable[..., tuple[Path, ...]]


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def remove(part: Path) -> None:
    part.unlink()


def replace(part: Path) -> None:
    part.unlink()
    part.write_bytes(HALF)


def replace_by_a_link(part: Path) -> None:
    part.unlink()
    part.symlink_to("half.mp4")


def move_away(part: Path) -> None:
    part.rename(part.with_name("moved"))


def put_a_directory(part: Path) -> None:
    part.unlink()
    part.mkdir()


def once(number: int, act: Callable[[], object]) -> Callable[[int, int | None], None]:
    """Return an ``on_progress`` that acts once, when so many bytes are there."""
    done: list[int] = []

    def show(received: int, _: int | None) -> None:
        if received >= number and not done:
            done.append(received)
            act()

    return show


# Another program at our part file, while we write it


@POSIX
@pytest.mark.parametrize("received", [0, 1_500_000, len(CONTENT)])
@pytest.mark.parametrize(
    "disturb", [remove, replace, replace_by_a_link, move_away, put_a_directory]
)
def test_what_is_published_is_what_was_written_wherever_the_part_file_went(
    download: Download,
    host: FileHost,
    tmp_path: Path,
    disturb: Callable[[Path], None],
    received: int,
) -> None:
    (tmp_path / "half.mp4").write_bytes(HALF)
    part = tmp_path / PART

    def act() -> None:
        if part.exists():  # At the beginning it may not be there yet.
            disturb(part)

    (path,) = download(tmp_path / "out.mp4", on_progress=once(received, act))
    assert path.read_bytes() == CONTENT
    assert not path.is_symlink()
    assert (tmp_path / "half.mp4").read_bytes() == HALF
    if disturb is replace:
        assert part.read_bytes() == HALF, "it is not ours to remove"
    assert not (tmp_path / f"{PART}.json").exists()
    assert len(host.requests) == 1


@POSIX
@pytest.mark.parametrize("step", ["rename", "replace"])
@pytest.mark.parametrize("disturb", [remove, replace])
def test_a_swap_in_the_very_moment_of_publishing_publishes_nothing_else(
    download: Download,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    disturb: Callable[[Path], None],
) -> None:
    real = getattr(os, step)
    swapped: list[Path] = []

    def swap_and_do(source: Any, target: Any) -> None:
        if not swapped:
            swapped.append(Path(source))
            disturb(Path(source))
        real(source, target)

    monkeypatch.setattr(part_file.os, step, swap_and_do)
    (path,) = download(tmp_path / "out.mp4")
    assert swapped
    assert path.read_bytes() == CONTENT
    left = [tmp_path / name for name in names(tmp_path) if name != "out.mp4"]
    if disturb is replace and step == "rename":
        assert [other.read_bytes() for other in left] == [HALF], "given back, to where it was"
    else:
        assert left == []


@POSIX
def test_a_swap_each_time_is_an_error_and_not_a_file_of_somebody_else(
    download: Download, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.rename

    def swap_and_do(source: Any, target: Any) -> None:
        replace(Path(source))
        real(source, target)

    monkeypatch.setattr(part_file.os, "rename", swap_and_do)
    monkeypatch.setattr(part_file.os, "replace", lambda source, _: Path(source).unlink())
    with pytest.raises(errors.APIError, match="another program changed the part file") as caught:
        download(tmp_path / "out.mp4")
    assert caught.value.operation == "download"
    assert not (tmp_path / "out.mp4").exists()


@pytest.mark.parametrize("length", [0, 10, 1_048_576, len(CONTENT) + 5])
@pytest.mark.parametrize("received", [1_500_000, len(CONTENT)])
def test_a_part_file_that_another_program_wrote_to_is_not_published(
    download: Download, tmp_path: Path, length: int, received: int
) -> None:
    act = once(received, lambda: os.truncate(tmp_path / PART, length))
    with pytest.raises(errors.APIError, match=r"changed the part file .*the same call begins"):
        download(tmp_path / "out.mp4", on_progress=act)
    assert names(tmp_path) == []
    (path,) = download(tmp_path / "out.mp4")
    assert path.read_bytes() == CONTENT


@POSIX
def test_bytes_written_over_in_place_are_found_by_the_digest(
    download: Download, tmp_path: Path
) -> None:
    def write_over() -> None:
        with (tmp_path / PART).open("r+b") as part:
            part.write(b"Z" * 100)

    act = once(1_500_000, write_over)
    with pytest.raises(errors.UnexpectedResponseError, match="SHA-256"):
        download(tmp_path / "out.mp4", on_progress=act, sha256=hashlib.sha256(CONTENT).hexdigest())
    assert names(tmp_path) == []


def test_a_note_of_ours_that_is_spoilt_is_passed_over(download: Download, tmp_path: Path) -> None:
    (tmp_path / PART).write_bytes(HALF)
    (tmp_path / f"{PART}.json").write_text('{"made_by": "a2e-sdk", "x": ' + "[" * 60_000)
    (path,) = download(tmp_path / "out.mp4")
    assert path.read_bytes() == CONTENT
    assert names(tmp_path) == ["out.mp4"]


# Files of other programs, where ours would be


@pytest.mark.parametrize("name", ["out.mp4.part", "out.mp4.part.json", "out.mp4.ytdl"])
def test_the_part_files_of_other_programs_are_not_touched(
    download: Download, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(b"of yt-dlp")
    download(tmp_path / "out.mp4")
    assert (tmp_path / name).read_bytes() == b"of yt-dlp"
    assert names(tmp_path) == sorted(["out.mp4", name])


@pytest.mark.parametrize("note", [None, b"", b"theirs", b'{"made_by": "another"}', bytes(99)])
@pytest.mark.parametrize("existing", ["error", "overwrite", "skip"])
def test_a_file_under_our_name_without_a_note_of_ours_is_not_touched(
    download: Download, tmp_path: Path, note: bytes | None, existing: str
) -> None:
    (tmp_path / PART).write_bytes(b"theirs")
    if note is not None:
        (tmp_path / f"{PART}.json").write_bytes(note)
    before = names(tmp_path)
    for _ in range(1 if existing == "error" else 2):
        (path,) = download(tmp_path / "out.mp4", existing=existing)
        assert path.read_bytes() == CONTENT
    assert (tmp_path / PART).read_bytes() == b"theirs"
    if note is not None:
        assert (tmp_path / f"{PART}.json").read_bytes() == note
    assert names(tmp_path) == sorted([*before, "out.mp4"])


@POSIX
@pytest.mark.parametrize("kind", ["pipe", "link", "directory", "hard link"])
@pytest.mark.parametrize("name", [PART, f"{PART}.json"])
def test_what_is_no_plain_file_of_our_own_is_not_opened(
    download: Download, tmp_path: Path, name: str, kind: str
) -> None:
    precious = tmp_path / "precious"
    precious.write_bytes(b"theirs")
    place = tmp_path / name
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "link":
        place.symlink_to(precious)
    elif kind == "directory":
        place.mkdir()
    else:
        os.link(precious, place)
    if name == PART:
        (tmp_path / f"{PART}.json").write_text('{"made_by": "a2e-sdk"}')
    (path,) = download(tmp_path / "out.mp4")
    assert path.read_bytes() == CONTENT
    assert precious.read_bytes() == b"theirs"
    assert os.path.lexists(place)


# Several at once, and what dead ones left


def test_a_note_that_was_finished_between_opening_and_locking_is_left_alone(
    host: FileHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = part_note.lock_file
    note = tmp_path / f"{PART}.json"
    note.write_text('{"made_by": "a2e-sdk"}')
    finished: list[int] = []

    def finish_and_lock(descriptor: int) -> bool:
        if not finished:
            finished.append(descriptor)
            note.unlink()
        return lock(descriptor)

    monkeypatch.setattr(part_note, "lock_file", finish_and_lock)
    with A2E(KEY, base_url=host.url) as a2e:
        a2e.download(host.link, tmp_path / "out.mp4")
    assert finished
    assert (tmp_path / "out.mp4").read_bytes() == CONTENT
    assert names(tmp_path) == ["out.mp4"]


@pytest.mark.parametrize("existing", ["error", "skip"])
def test_a_file_system_without_locks_gets_part_files_that_nobody_else_has(
    host: FileHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, existing: Any
) -> None:
    def no_lock(_: int) -> bool:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(part_note, "lock_file", no_lock)
    (tmp_path / PART).write_bytes(b"of a living process, perhaps")
    (tmp_path / f"{PART}.json").write_text('{"made_by": "a2e-sdk"}')
    with A2E(KEY, base_url=host.url) as a2e:
        a2e.download(host.link, tmp_path / "out.mp4", existing=existing)
        assert a2e.download(host.link, tmp_path / "out.mp4", existing="skip")
    assert (tmp_path / "out.mp4").read_bytes() == CONTENT
    assert (tmp_path / PART).read_bytes() == b"of a living process, perhaps"
    assert len(names(tmp_path)) == 3


def test_more_downloads_of_one_target_than_there_are_places_for_end_well(
    host: FileHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("a2e_sdk._files.part_slots._SLOTS", 2)
    begun = threading.Barrier(5)

    def slow(request: HostRequest) -> bytes:
        begun.wait(10)
        return host.honest(request)

    host.script += [slow] * 5
    with A2E(KEY, base_url=host.url) as a2e:
        options: dict[str, Any] = {"existing": "overwrite"}
        work = (host.link, tmp_path / "out.mp4")
        threads = [
            threading.Thread(target=a2e.download, args=work, kwargs=options) for _ in range(5)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    assert (tmp_path / "out.mp4").read_bytes() == CONTENT
    assert names(tmp_path) == ["out.mp4"]


_PROGRAM = """
import sys
from a2e_sdk import A2E
base, link, target = sys.argv[1:]
def show(received, total):
    if received >= 1_500_000:
        print(received, flush=True)
        sys.stdin.read()  # Killed here.
A2E("sk_x", base_url=base).download(link, target, existing="overwrite", on_progress=show)
"""


def in_the_middle(host: FileHost, target: Path) -> subprocess.Popen[str]:
    """Start a process that has written a part of the file, and stays there."""
    process = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, host.url, host.link, str(target)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline()
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)


# Each event loop and each way once, as every row starts four processes.
@pytest.mark.once
@POSIX
@pytest.mark.parametrize(
    ("driver", "etag", "existing"),
    [
        ("sync", '"one"', "overwrite"),
        ("async", None, "overwrite"),
        ("trio", '"one"', "skip"),
        pytest.param("async", '"one"', "overwrite", marks=pytest.mark.nightly),
        pytest.param("trio", '"one"', "overwrite", marks=pytest.mark.nightly),
        pytest.param("sync", None, "overwrite", marks=pytest.mark.nightly),
        pytest.param("trio", None, "overwrite", marks=pytest.mark.nightly),
        pytest.param("sync", '"one"', "skip", marks=pytest.mark.nightly),
        pytest.param("async", '"one"', "skip", marks=pytest.mark.nightly),
    ],
    indirect=["driver"],
)
def test_what_killed_processes_left_goes_and_what_living_ones_hold_stays(
    driver: Driver, host: FileHost, tmp_path: Path, etag: str | None, existing: str
) -> None:
    host.etag = etag
    target = tmp_path / "out.mp4"
    dead = [in_the_middle(host, target) for _ in range(3)]
    living = in_the_middle(host, target)
    parts = [PART, *(f"{PART}-{number}" for number in (2, 3, 4))]
    try:
        assert names(tmp_path) == sorted([*parts, *(f"{part}.json" for part in parts)])
        for process in dead:
            end(process)
        if existing == "skip":
            target.write_bytes(b"there already")
        held = (tmp_path / parts[3]).read_bytes()
        assert held
        a2e = driver.client(api_key=KEY, base_url=host.url)
        host.requests.clear()
        driver.run(a2e.download(host.link, target, existing=existing))
        assert names(tmp_path) == sorted(["out.mp4", parts[3], f"{parts[3]}.json"])
        assert (tmp_path / parts[3]).read_bytes() == held
        if existing == "overwrite":
            assert target.read_bytes() == CONTENT
            assert (host.ranges()[0] is None) == (etag is None), "the bytes are gone on with"
    finally:
        end(living)
    driver.run(a2e.download(host.link, target, existing="skip"))
    assert names(tmp_path) == ["out.mp4"]


@POSIX
def test_of_what_several_killed_processes_left_the_most_is_gone_on_with(
    driver: Driver, host: FileHost, tmp_path: Path, pauses: list[float]
) -> None:
    target = tmp_path / "out.mp4"
    (tmp_path / PART).write_bytes(CONTENT[:10])
    (tmp_path / f"{PART}-3").write_bytes(CONTENT[:2_000_000])
    host.script += [host.cut(20), *[host.cut(0)] * 2]
    other = tmp_path / "sample" / "out.mp4"
    other.parent.mkdir()
    a2e = driver.client(api_key=KEY, base_url=host.url)
    with pytest.raises(errors.APIConnectionError):
        driver.run(a2e.download(host.link, other))
    note = (other.parent / f"{PART}.json").read_bytes()
    (tmp_path / f"{PART}.json").write_bytes(note)
    (tmp_path / f"{PART}-3.json").write_bytes(note)
    host.requests.clear()
    driver.run(a2e.download(host.link, target))
    assert host.ranges() == ["bytes=2000000-"]
    assert target.read_bytes() == CONTENT
    assert names(tmp_path) == ["out.mp4", "sample"]
