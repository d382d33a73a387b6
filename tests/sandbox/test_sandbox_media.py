"""Results are real media: their structure, and what independent decoders make of them."""

from __future__ import annotations

import base64
import io
import re
import shutil
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from a2e_sdk.sandbox.files.content import part_of
from a2e_sdk.sandbox.files.jpeg import jpeg
from a2e_sdk.sandbox.files.mp3 import mp3_frame_head
from a2e_sdk.sandbox.files.mp4 import mp4
from a2e_sdk.sandbox.files.served_files import JPEG, MP3, MP4, FileKind, ResultFile

pytestmark = pytest.mark.once

KINDS = [JPEG, MP3, MP4]
SIZES = [65_536, 200_000, 5_000_000]
GIB = 1024**3
#: Where a decoder may believe that a frame of an MP3 begins.
SYNC = re.compile(rb"\xff[\xe0-\xff]")


def whole(kind: FileKind, task: str = "a" * 24, size: int = 65_536, edition: int = 1) -> bytes:
    return ResultFile("x", task, kind).served(size, edition).read(0, size)


def boxes(content: bytes) -> list[tuple[bytes, int]]:
    """Return name and size of the boxes of an MP4, one behind the other."""
    found: list[tuple[bytes, int]] = []
    place = 0
    while place + 8 <= len(content):
        size = int.from_bytes(content[place : place + 4], "big")
        found.append((content[place + 4 : place + 8], size))
        place += size
        assert size >= 8
    return found


@pytest.mark.parametrize("size", SIZES)
def test_a_video_is_boxes_up_to_its_end(size: int) -> None:
    found = boxes(whole(MP4, size=size))
    assert [name for name, _ in found] == [b"ftyp", b"moov", b"mdat", b"free"]
    assert sum(length for _, length in found) == size


@pytest.mark.parametrize("first", range(0, 256, 32))
def test_no_frame_of_a_video_has_a_start_code_in_it(first: int) -> None:
    for seed in range(first, first + 32):
        video = mp4(bytes([seed]) * 8)
        data = video[video.index(b"mdat") + 4 :]
        frames = 0
        while data:
            size = int.from_bytes(data[:4], "big")
            unit, data = data[4 : 4 + size], data[4 + size :]
            frames += 1
            assert not any(bytes((0, 0, code)) in unit for code in range(4)), seed
        assert frames == 6, seed
        assert len(video) < 65_536, seed


@pytest.mark.parametrize("seed", range(0, 256, 5))
def test_a_picture_is_segments_and_one_scan(seed: int) -> None:
    picture = jpeg(bytes([seed]) * 8)
    assert picture[:2] == b"\xff\xd8"
    place, markers = 2, []
    while picture[place + 1] != 0xDA:
        markers.append(picture[place + 1])
        place += 2 + int.from_bytes(picture[place + 2 : place + 4], "big")
    assert markers == [0xE0, 0xDB, 0xC0, 0xC4, 0xC4]
    scan = picture[place + 2 + int.from_bytes(picture[place + 2 : place + 4], "big") : -2]
    assert b"\xff" not in scan.replace(b"\xff\x00", b"")
    assert picture[-2:] == b"\xff\xd9"


@pytest.mark.parametrize("size", SIZES)
def test_a_sound_is_frames_up_to_its_end(size: int) -> None:
    content = whole(MP3, size=size)
    assert content[:3] == b"ID3"
    place = 10 + content[9]
    while place < size:
        frame = content[place : place + 96]
        assert frame[:4] == b"\xff\xfb\x14\xc0"[: len(frame)]
        assert len(SYNC.findall(frame)) == 1
        place += 96


def test_the_head_of_a_frame_of_a_sound_is_no_second_frame() -> None:
    heads = {mp3_frame_head(bytes([seed])) for seed in range(256)}
    assert len(heads) == 7
    assert all(len(SYNC.findall(head)) == 1 for head in heads)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.suffix)
def test_files_are_the_same_each_time_and_differ_by_task_and_edition(kind: FileKind) -> None:
    assert whole(kind) == whole(kind)
    others = {whole(kind), whole(kind, task="b" * 24), whole(kind, edition=2)}
    assert len(others) == 3
    starts = {content[:12_000] for content in others}
    assert len(starts) == 3  # The media, not their padding alone.


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.suffix)
@pytest.mark.parametrize("size", [0, 1, 100, 3_000])
def test_a_small_file_is_the_beginning_of_a_larger_one(kind: FileKind, size: int) -> None:
    assert whole(kind, size=size) == whole(kind)[:size]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.suffix)
def test_a_part_of_a_large_file_costs_a_part(kind: FileKind) -> None:
    file = ResultFile("x", "a" * 24, kind).served(5 * GIB, 1)
    file.read(0, 1)
    tracemalloc.start()
    parts = [file.read(start, start + 1_000) for start in range(0, 5 * GIB, GIB)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(set(parts)) == len(parts)
    assert peak < 5_000_000


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.suffix)
def test_parts_put_together_are_the_file(kind: FileKind) -> None:
    content = whole(kind, size=200_000)
    for step in (997, 65_536, 65_664):
        parts = [
            part_of(kind.suffix, f"/files/x/{'a' * 24}/result{kind.suffix}#1", 200_000, at, stop)
            for at in range(0, 200_000, step)
            for stop in [min(at + step, 200_000)]
        ]
        assert b"".join(parts) == content


def test_the_writers_of_media_are_loaded_when_a_file_is_served() -> None:
    code = (
        "import sys; from a2e_sdk.sandbox import Sandbox; s = Sandbox(); s.face_swap_tasks(); "
        "print([m for m in sys.modules if m.startswith('a2e_sdk.sandbox.files.')])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "served_files" in run.stdout
    assert not any(name in run.stdout for name in ("content", "jpeg", "mp3", "mp4", "bits"))


# Independent decoders, where this machine has them.


def ffmpeg() -> str:
    found = shutil.which("ffmpeg")
    if found is None:
        found = pytest.importorskip("imageio_ffmpeg").get_ffmpeg_exe()
    return str(found)


def test_pillow_reads_the_picture() -> None:
    image = pytest.importorskip("PIL.Image")
    for task in "abc":
        picture = image.open(io.BytesIO(whole(JPEG, task * 24)))
        picture.load()
        assert (picture.size, picture.mode) == ((320, 180), "RGB")
        assert len(picture.getcolors(100_000)) > 200


def decoded(tmp_path: Path, kind: FileKind, size: int, *options: str) -> bytes:
    path = tmp_path / f"result{kind.suffix}"
    path.write_bytes(whole(kind, size=size))
    command = [ffmpeg(), "-v", "error", "-xerror", "-i", str(path), *options, "-"]
    run = subprocess.run(command, capture_output=True)
    assert (run.returncode, run.stderr) == (0, b"")
    return run.stdout


@pytest.mark.parametrize("size", SIZES)
def test_ffmpeg_reads_the_video(tmp_path: Path, size: int) -> None:
    pixels = decoded(tmp_path, MP4, size, "-f", "rawvideo", "-pix_fmt", "yuv420p")
    frame = 96 * 64 * 3 // 2
    assert len(pixels) == 6 * frame
    assert len({pixels[at : at + frame] for at in range(0, len(pixels), frame)}) == 6


def test_ffmpeg_hears_the_sound(tmp_path: Path) -> None:
    size = 96 * 500
    samples = memoryview(decoded(tmp_path, MP3, size, "-f", "s16le", "-ac", "1")).cast("h")
    assert len(samples) >= 490 * 1_152
    assert 500 < max(samples) < 32_767


def test_chromium_shows_and_plays_all(tmp_path: Path) -> None:
    sync_api = pytest.importorskip("playwright.sync_api")
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser_path is None:
        pytest.skip("there is no Chromium on this machine")

    def data(kind: FileKind) -> str:
        return f"data:{kind.content_type};base64,{base64.b64encode(whole(kind)).decode()}"

    page_path = tmp_path / "page.html"
    page_path.write_text(
        f'<img id=i src="{data(JPEG)}"><video id=v muted src="{data(MP4)}"></video>'
        f'<audio id=a src="{data(MP3)}"></audio>'
    )
    with sync_api.sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=browser_path, args=options)
        try:
            page = browser.new_page()
            page.goto(page_path.as_uri())
            assert page.evaluate("[i.naturalWidth, i.naturalHeight]") == [320, 180]
            page.wait_for_function("v.readyState >= 2 && a.readyState >= 2", timeout=30_000)
            assert page.evaluate("[v.videoWidth, v.videoHeight]") == [96, 64]
            assert page.evaluate("v.duration") == pytest.approx(1.5, abs=0.1)
            assert page.evaluate("a.duration") > 10
            played: Any = page.evaluate("v.play().then(() => new Promise(r => v.onended = r))")
            assert played is not None
        finally:
            browser.close()
