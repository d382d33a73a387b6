"""A file is there whole or not at all, and what a killed process left is removed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from a2e_sdk._batch.staging import stage_jobs
from a2e_sdk._batch.whole_file import remove_left_behind, written_whole

_ENDLESS = """
import itertools, sys
from pathlib import Path
from a2e_sdk._batch.staging import stage_jobs

def jobs():
    for number in itertools.count():
        if number == 100:
            print("begun", flush=True)
        yield {"prompt": str(number)}

stage_jobs(jobs(), Path(sys.argv[1]) / "jobs.jsonl", engine="wan-25")
"""


def test_what_a_process_that_was_killed_while_staging_left_is_removed(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", _ENDLESS, str(tmp_path)], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline().strip() == b"begun"
        # While it lives, its file is left alone.
        remove_left_behind(tmp_path)
        (left,) = os.listdir(tmp_path)
        process.kill()
        process.wait()
    assert os.listdir(tmp_path) == [left]
    stage_jobs([{"prompt": "a"}], tmp_path / "jobs.jsonl", engine="wan-25")
    assert os.listdir(tmp_path) == ["jobs.jsonl"]


def test_a_file_that_breaks_off_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "sub/a.json"
    with written_whole(path) as file:
        file.write(b"old")

    def break_off() -> None:
        with written_whole(path) as file:
            file.write(b"new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    assert path.read_bytes() == b"old"
    assert os.listdir(path.parent) == ["a.json"]


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_the_mode_of_a_file_is_that_of_the_old_one_or_of_any_new_one(tmp_path: Path) -> None:
    path, other = tmp_path / "a", tmp_path / "b"
    other.touch()
    with written_whole(path):
        pass
    assert path.stat().st_mode == other.stat().st_mode
    path.chmod(0o640)
    with written_whole(path):
        pass
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name != "posix", reason="what is open can't be moved there")
def test_another_process_that_tidies_up_never_takes_one_that_is_being_put_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def slow_replace(source: str, target: Path) -> None:
        remove_left_behind(tmp_path)
        replace(source, target)

    monkeypatch.setattr(os, "replace", slow_replace)
    with written_whole(tmp_path / "a.json") as file:
        file.write(b"whole")
    assert (tmp_path / "a.json").read_bytes() == b"whole"
