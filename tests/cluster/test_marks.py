"""A worker knows the coordinator's folder from every other one, and whether locks reach it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from a2e_sdk import errors
from a2e_sdk._batch.whole_file import remove_left_behind
from a2e_sdk._cluster import marks
from a2e_sdk._cluster.marks import mark_in, marked, problem_of_mark


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "_PATIENCE", 0.2)


def test_the_coordinators_folder_is_known_while_it_is_at_work(tmp_path: Path) -> None:
    mark = mark_in(tmp_path, "run")
    with marked([mark]):
        assert problem_of_mark(mark) is None
        remove_left_behind(tmp_path)
        assert mark.exists()
    assert not mark.exists()
    assert "does not see the folder" in str(problem_of_mark(mark))


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    text = problem_of_mark(mark_in(tmp_path / "none", "run"))
    assert str(tmp_path / "none") in str(text)
    assert "No such file" in str(text)


def test_a_mark_that_nobody_keeps_locked(tmp_path: Path) -> None:
    """So it looks on a file system whose locks hold for one machine each."""
    mark = mark_in(tmp_path, "run")
    mark.touch()
    assert "locks of the file system" in str(problem_of_mark(mark))
    remove_left_behind(tmp_path)  # Such as after the coordinator was killed.
    assert not mark.exists()


def test_a_file_system_without_locks_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(_: int) -> bool:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(marks, "lock_file", no_locks)
    mark = mark_in(tmp_path, "run")
    with pytest.raises(errors.ConfigurationError, match="without locks"), marked([mark]):
        pytest.fail("it was not refused")
    remaining = [path.name for path in tmp_path.iterdir()]
    assert remaining == []


def test_all_marks_go_where_one_can_not_be_made(tmp_path: Path) -> None:
    first, second = mark_in(tmp_path, "run"), mark_in(tmp_path / "none", "run")
    with pytest.raises(OSError, match="none"), marked([first, second]):
        pytest.fail("it was not refused")
    assert not first.exists()
