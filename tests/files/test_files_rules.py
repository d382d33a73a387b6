"""The pure decisions about files: names, types, and what an answer brings."""

from __future__ import annotations

import ntpath
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from a2e_sdk._files.http_rules import Body, Kept, Verdict, download_headers, grace_after, read_head
from a2e_sdk._files.media_types import MEDIA_TYPES, MediaKind, media_type_of, suffix_of_content_type
from a2e_sdk._files.names import safe_stem, targets

EVERY = frozenset(MediaKind)
MEDIA_ONLY = frozenset({MediaKind.IMAGE, MediaKind.VIDEO})


@given(st.text(max_size=300))
@example("../../etc/passwd")
@example("..")
@example("C:\\Windows\\x")
@example("con")
@example("a\x00b")
@example("\u202egpj.exe")
@example(" . . ")
@example("/")
@example("\ud800")
def test_a_name_from_a_server_stays_in_the_directory(text: str) -> None:
    for name in (safe_stem(text), targets_of(f"https://host/{text}")[0].name):
        assert name not in ("", ".", "..")
        assert os.path.basename(name) == name
        assert ntpath.basename(name) == name
        assert not ntpath.isreserved(name) if hasattr(ntpath, "isreserved") else True
        assert "\x00" not in name
        assert len(os.fsencode(name)) <= 230


def targets_of(url: str) -> list[Path]:
    return [
        target.path for target in targets(Path("there"), is_directory=True, stem=None, urls=(url,))
    ]


@pytest.mark.parametrize(
    ("url", "name", "needs_suffix"),
    [
        ("https://h/a/b/clip.MP4?Signature=x.exe", "clip.mp4", False),
        ("https://h/a/clip%20one.mov", "clip one.mov", False),
        ("https://h/a/..%2F..%2Fetc%2Fpasswd.mp4", "passwd.mp4", False),
        ("https://h/a/..%5C..%5Cboot.mp4", "boot.mp4", False),
        ("https://h/run.sh", "run.sh", True),
        ("https://h/", "result", True),
        ("https://h", "result", True),
        ("https://h/.mp4", "mp4", True),
    ],
)
def test_names_from_links(url: str, name: str, needs_suffix: bool) -> None:
    (target,) = targets(Path("d"), is_directory=True, stem=None, urls=(url,))
    assert (target.path, target.needs_suffix) == (Path("d") / name, needs_suffix)


def test_the_type_of_the_answer_completes_a_name_only_where_it_has_to() -> None:
    (open_one,) = targets(Path("d"), is_directory=True, stem="id", urls=("https://h/x",))
    assert open_one.final("image/png; q=1") == Path("d/id.png")
    assert open_one.final("text/plain") == Path("d/id")
    assert open_one.final(None) == Path("d/id")
    (own,) = targets(Path("d/out"), is_directory=False, stem="id", urls=("https://h/x.mp4",))
    assert own.final("image/png") == Path("d/out")


@pytest.mark.parametrize(
    ("head", "content_type"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n\x00", "image/png"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\x00\x01\x02\nWEBPVP8 ", "image/webp"),
        (b"BM\x36\x00\x0c\x00\x00\x00\x00\x00\x36", "image/bmp"),
        (b"\x00\x00\x00\x18ftypheic", "image/heic"),
        (b"\x00\x00\x00\x18ftypavif", "image/avif"),
        (b"\x00\x00\x00\x18ftypisom", "video/mp4"),
        (b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        (b"\x00\x00\x00\x14ftypqt  ", "video/quicktime"),
        (b"\x00\x00\x00\x08wide\x00\x00", "video/quicktime"),
        (b"\x00\x00\x00\x18ftypM4A ", "audio/mp4"),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\x82\x84webm", "video/webm"),
        (b"\x1aE\xdf\xa3\xa3B\x86\x81\x01B\x82\x88matroska", "video/x-matroska"),
        (b"RIFF\x00\x00\x00\x00AVI LIST", "video/x-msvideo"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"ID3\x04\x00", "audio/mpeg"),
        (b"\xff\xfb\x90\x00", "audio/mpeg"),
        (b"\xff\xf1\x50\x80", "audio/aac"),
        (b"OggS" + bytes(24) + b"\x01vorbis", "audio/ogg"),
        (b"OggS" + bytes(24) + b"\x80theora", "video/ogg"),
        (b"fLaC\x00\x00\x00\x22", "audio/flac"),
    ],
)
def test_a_type_is_told_by_the_content_whatever_the_name_says(
    head: bytes, content_type: str
) -> None:
    for name in (None, "photo.jpg", "clip.mp4", "song.flac", "notes.txt"):
        media = media_type_of(head.ljust(64, b"\x00"), name, EVERY)
        assert media is not None
        assert media.content_type == content_type


def test_only_then_by_the_name() -> None:
    odd = b"\x01\x02\x03\x04"
    assert (found := media_type_of(odd, "A.MPEG", EVERY))
    assert found.content_type == "video/mpeg"
    assert media_type_of(odd, "a.txt", EVERY) is None
    assert media_type_of(odd, None, EVERY) is None


@pytest.mark.parametrize(
    "head", [b"<!DOCTYPE html>", b"\n <html>", b'{"error": 1}', b"%PDF-1.7", b"PK\x03\x04"]
)
def test_a_page_under_the_name_of_a_picture_is_no_picture(head: bytes) -> None:
    assert media_type_of(head, "face.jpg", EVERY) is None


def test_a_container_of_sound_alone_is_told_by_its_name_where_only_sound_is_accepted() -> None:
    head = b"\x00\x00\x00\x18ftypisom"
    voice = media_type_of(head, "voice.m4a", {MediaKind.AUDIO})
    assert voice is not None
    assert voice.content_type == "audio/mp4"
    clip = media_type_of(head, "voice.m4a", MEDIA_ONLY)
    assert clip is not None
    assert clip.content_type == "video/mp4"


def test_the_table_of_types_names_each_suffix_and_content_type_once() -> None:
    suffixes = [suffix for media in MEDIA_TYPES for suffix in media.suffixes]
    types = [media.content_type for media in MEDIA_TYPES]
    assert len(set(suffixes)) == len(suffixes)
    assert len(set(types)) == len(types)
    for media in MEDIA_TYPES:
        assert suffix_of_content_type(media.content_type.upper() + "; x=y") == media.suffix


KEPT = Kept(100, '"one"', 300, "video/mp4")


def test_the_rest_is_asked_for_under_the_tag_of_what_is_there() -> None:
    headers = download_headers(KEPT)
    assert headers["range"] == "bytes=100-"
    assert headers["if-range"] == '"one"'
    assert "range" not in download_headers(Kept())


@given(
    start=st.integers(0, 400),
    stop=st.integers(0, 400),
    total=st.integers(0, 400) | st.none(),
    etag=st.sampled_from(['"one"', '"two"', 'W/"one"', None]),
)
@example(start=100, stop=300, total=300, etag=None)
@example(start=100, stop=200, total=None, etag='"one"')
def test_only_the_rest_of_the_same_file_is_taken_for_it(
    start: int, stop: int, total: int | None, etag: str | None
) -> None:
    headers = {"content-range": f"bytes {start}-{stop - 1}/{'*' if total is None else total}"}
    if etag is not None:
        headers["etag"] = etag
    found = read_head(206, headers, KEPT)
    fits = start == 100 < stop <= 300 and total in (300, None) and etag in ('"one"', None)
    assert found == (Body(100, stop, KEPT) if fits else Verdict.NOT_THE_REST)


def test_a_rest_that_nobody_asked_for_is_refused() -> None:
    headers = {"content-range": "bytes 0-299/300"}
    assert read_head(206, headers, Kept()) is Verdict.REFUSED
    assert read_head(416, {}, Kept()) is Verdict.REFUSED
    assert read_head(200, {"content-encoding": "gzip"}, Kept()) is Verdict.REFUSED


ENDED = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("completed", "date", "expected"),
    [
        (ENDED, "Sun, 01 Nov 2026 12:00:10 GMT", 50),
        (ENDED, "Sun, 01 Nov 2026 11:59:00 GMT", 60),
        (ENDED, "Sun, 01 Nov 2026 12:01:01 GMT", 0),
        (ENDED, "Sun, 01 Nov 2026 12:00:10 -0000", 50),
        (ENDED, None, 40),
        (ENDED, "yesterday", 40),
        (None, "Sun, 01 Nov 2026 12:00:10 GMT", 0),
    ],
)
def test_the_grace_of_a_late_result(
    completed: datetime | None, date: str | None, expected: float
) -> None:
    assert grace_after(completed, date, ENDED + timedelta(seconds=20)) == expected
