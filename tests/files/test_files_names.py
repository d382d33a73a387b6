"""Names within the limits of file systems, which count bytes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from a2e_sdk._files.names import MAX_NAME_BYTES, part_path, safe_stem, targets
from a2e_sdk.models import FaceSwapTask
from driver import Driver
from file_host import FileHost

KEY = "sk_test_4f1e9d0c7b2a"
CONTENT = bytes(range(256)) * 100
CHINESE = "\u5f71" * 86  # 258 bytes


@pytest.fixture
def host() -> Iterator[FileHost]:
    with FileHost(CONTENT) as host:
        yield host


@pytest.fixture
def download(driver: Driver, host: FileHost) -> Callable[..., tuple[Path, ...]]:
    a2e = driver.client(api_key=KEY, base_url=host.url, timeout=5)

    def run(what: Any, target: Any, **options: Any) -> tuple[Path, ...]:
        paths: tuple[Path, ...] = driver.run(a2e.download(what, target, **options))
        return paths

    return run


Download = Callable[..., tuple[Path, ...]]


def test_names_of_many_bytes_are_cut_between_characters_and_keep_their_suffix(
    download: Download, host: FileHost, tmp_path: Path
) -> None:
    (path,) = download(f"{host.url}/files/{CHINESE}.mp4", tmp_path)
    assert path.read_bytes() == CONTENT
    assert path.name.startswith("\u5f71" * 50)
    assert path.suffix == ".mp4"
    (other,) = download(f"{host.url}/files/{CHINESE}\u5f71.mp4", tmp_path)
    assert other != path, "another name stays another one"
    task = FaceSwapTask(id=CHINESE, result_urls=(host.url + "/a.mp4", host.url + "/b?x"))
    first, second = download(task, tmp_path)
    assert first.name.endswith("-1.mp4")
    assert second.name.endswith("-2.mp4"), "by the type of the answer"
    assert len({path, other, first, second}) == 4


def test_a_name_of_the_caller_s_may_be_as_long_as_the_disk_takes(
    download: Download, host: FileHost, tmp_path: Path, pauses: list[float]
) -> None:
    name = "\u5f71" * 83 + "ab.mp4"
    assert len(os.fsencode(name)) == MAX_NAME_BYTES
    host.script.append(host.cut(10_000))
    (path,) = download(host.link, tmp_path / name)
    assert path.read_bytes() == CONTENT
    assert host.ranges() == [None, "bytes=10000-"], "its part file is gone on with"
    assert os.listdir(tmp_path) == [name]
    task = FaceSwapTask(id="1" * 24, result_urls=(host.link, host.link))
    numbered = download(task, tmp_path / name)
    assert len(set(numbered)) == 2
    assert all(len(os.fsencode(one.name)) <= MAX_NAME_BYTES for one in numbered)
    assert all(one.read_bytes() == CONTENT for one in numbered)


@pytest.mark.parametrize("existing", ["error", "overwrite", "skip"])
def test_a_name_that_the_disk_does_not_take_is_an_error_before_anything_is_sent(
    download: Download, host: FileHost, tmp_path: Path, existing: str
) -> None:
    with pytest.raises(OSError, match="too long"):
        download(host.link, tmp_path / (CHINESE + ".mp4"), existing=existing)
    assert host.requests == []
    assert os.listdir(tmp_path) == []


def test_two_long_targets_do_not_share_a_part_file() -> None:
    one, other = (part_path(Path("d") / ("x" * 254 + end)) for end in "ab")
    assert one != other
    for path in (one, other):
        assert len(os.fsencode(path.name)) + len("-00000000.json") <= MAX_NAME_BYTES
    assert part_path(Path("d/out.mp4")) == Path("d/out.mp4.a2e-part")


@given(st.lists(st.text(max_size=400), min_size=1, max_size=4), st.booleans())
def test_every_name_fits_with_all_that_follows_it(texts: list[str], numbered: bool) -> None:
    for text in texts:
        urls = ("https://h/x",) * (3 if numbered else 1)
        for target in targets(Path("d"), is_directory=True, stem=text, urls=urls):
            final = target.final("video/x-matroska")
            assert len(os.fsencode(part_path(final, "0" * 8).name + ".json")) <= MAX_NAME_BYTES
            assert part_path(final).name.startswith(final.name), "nothing more has to be cut"


@given(st.text(alphabet="ab\u5f71", min_size=190, max_size=300), st.text("ab", max_size=3))
def test_two_long_names_never_become_one(text: str, end: str) -> None:
    assert (safe_stem(text) == safe_stem(text + end)) == (not end)
    attrs.validate(targets(Path("d"), is_directory=True, stem=text, urls=("https://h/x",))[0])
