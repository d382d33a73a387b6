"""What became of every job is on the disk, whatever ended the run."""

from __future__ import annotations

import errno
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from staging import PNG, staged

from a2e_sdk._batch.provenance import provenance_of, write_provenance
from a2e_sdk._batch.results import (
    ResultIndex,
    ResultLog,
    outcome_of,
    read_results,
    result_line,
    rewrite_results,
)
from a2e_sdk._batch.scratch import scratch_database
from a2e_sdk.models import Wan25Task
from a2e_sdk.models.batch import JobOutcome, JobStatus
from a2e_sdk.version import __version__

MOMENT = datetime(2026, 11, 26, 19, 0, tzinfo=UTC)


def outcome(key: str, folder: Path, **fields: Any) -> JobOutcome:
    return JobOutcome(
        **{
            "key": key,
            "engine": "wan_25",
            "status": JobStatus.SUCCEEDED,
            "paths": (folder / f"{key}.mp4",),
            "sha256": "0" * 64,
            "size": 5,
            "coins": 2.5,
            "quote": 3.0,
            "task_id": "a" * 24,
            "started_at": MOMENT,
            "ended_at": MOMENT,
            "line": 2,
            **fields,
        }
    )


def test_a_line_has_what_the_job_became_and_its_path_below_the_folder(tmp_path: Path) -> None:
    sub = outcome("k", tmp_path / "sub")
    assert json.loads(result_line(sub, tmp_path)) == {
        "key": "k",
        "engine": "wan_25",
        "status": "succeeded",
        "path": "sub/k.mp4",
        "paths": ["sub/k.mp4"],
        "sha256": "0" * 64,
        "bytes": 5,
        "coins": 2.5,
        "quote": 3.0,
        "task_id": "a" * 24,
        "started_at": "2026-11-26T19:00:00+00:00",
        "ended_at": "2026-11-26T19:00:00+00:00",
        "error": None,
        "line": 2,
    }
    assert sub.path == tmp_path / "sub/k.mp4"


@given(
    st.builds(
        JobOutcome,
        key=st.text(min_size=1),
        engine=st.just("wan_25"),
        status=st.sampled_from(JobStatus),
        paths=st.just(()) | st.just((Path("/out/a.mp4"), Path("/out/b/c.mp4"))),
        sha256=st.none() | st.text(),
        size=st.none() | st.integers(0),
        coins=st.none() | st.floats(allow_nan=False, allow_infinity=False),
        quote=st.none() | st.integers(0),
        task_id=st.none() | st.text(),
        task=st.none(),
        started_at=st.none() | st.datetimes(timezones=st.just(UTC)),
        ended_at=st.none() | st.datetimes(timezones=st.just(UTC)),
        error=st.none() | st.text(),
        line=st.none() | st.integers(1),
    )
)
def test_a_line_comes_back_as_it_was(what: JobOutcome) -> None:
    line = result_line(what, Path("/out"))
    assert line.count(b"\n") == 1
    assert outcome_of(line, Path("/out")) == what


def test_the_log_is_there_after_a_kill_at_any_byte(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    with ResultLog(path) as log:
        log.append(outcome("k", tmp_path))
        log.append(outcome("l", tmp_path))
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    for size in range(len(whole) + 1):
        path.write_bytes(whole[:size])
        wanted = ["k"] * (size >= first) + ["l"] * (size == len(whole))
        assert [found.key for found in read_results(path)] == wanted
        with ResultLog(path) as log:
            log.append(outcome("m", tmp_path))
        assert [found.key for found in read_results(path)] == [*wanted, "m"]


def test_a_cut_line_of_any_length_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    line = result_line(outcome("k", tmp_path), tmp_path)
    path.write_bytes(line + b"x" * 200_000)
    with ResultLog(path):
        pass
    assert path.read_bytes() == line


def test_a_line_that_does_not_fit_on_the_disk_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "results.jsonl"
    real = os.write
    with ResultLog(path) as log:
        log.append(outcome("k", tmp_path))
        before = path.read_bytes()
        calls = [0]

        def full(descriptor: int, data: bytes) -> int:
            calls[0] += 1
            if calls[0] > 1:
                raise OSError(errno.ENOSPC, "No space left on device")
            return real(descriptor, data[:10])

        monkeypatch.setattr(os, "write", full)
        with pytest.raises(OSError, match="No space left"):
            log.append(outcome("l", tmp_path))
    assert path.read_bytes() == before


def test_a_line_that_is_none_is_told_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    path.write_bytes(result_line(outcome("k", tmp_path), tmp_path) + b'{"key": "l"}\n')
    with pytest.raises(ValueError, match="line 2: it is no line of results"):
        list(read_results(path))
    assert list(read_results(tmp_path / "none.jsonl")) == []


def test_the_last_line_of_a_key_counts_and_the_end_is_in_the_order_of_the_jobs(
    tmp_path: Path,
) -> None:
    path = tmp_path / "results.jsonl"
    with ResultLog(path) as log:
        for key, status in (("l", JobStatus.PAUSED), ("k", JobStatus.SUCCEEDED), ("l", JobStatus.FAILED)):  # fmt: skip
            log.append(outcome(key, tmp_path, status=status))
    with scratch_database() as database:
        index = ResultIndex(path, database)
        assert index.find("m") is None
        found = [index.find(key) for key in "klm"]
        rewrite_results(path, (one for one in found if one is not None))
    assert [(one.key, one.status.value) for one in read_results(path)] == [
        ("k", "succeeded"),
        ("l", "failed"),
    ]


def test_a_rewrite_that_breaks_off_leaves_the_lines_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    with ResultLog(path) as log:
        log.append(outcome("k", tmp_path))
    before = path.read_bytes()

    def broken() -> Any:
        yield outcome("l", tmp_path)
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        rewrite_results(path, broken())
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["results.jsonl"]


def test_the_provenance_says_how_a_file_was_made_and_has_no_secret(tmp_path: Path) -> None:
    (tmp_path / "me.png").write_bytes(PNG)
    given_job = {
        "key": "k",
        "prompt": "a calm sea",
        "image": tmp_path / "me.png",
        "audio": "https://example.com/a.mp3?X-Amz-Signature=s3cret",
        "webhook_url": "https://example.com/hook?token=s3cret",
        "model": "wan2.6-i2v",
    }
    (job,) = staged([given_job], tmp_path)
    task = Wan25Task(id="a" * 24, raw={"model_version": "2.6"})
    made = outcome("k", tmp_path, task=task)
    path = job.output.provenance(tmp_path)
    write_provenance(path, provenance_of(job, made, trace_id="t-1"))
    text = path.read_text()
    assert "s3cret" not in text
    assert str(tmp_path) not in text
    found = json.loads(text)
    (file,) = job.files
    assert found["inputs"]["image"] == {"name": "me.png", "bytes": len(PNG), "sha256": file.sha256}
    assert found["inputs"]["prompt"] == "a calm sea"
    assert found["inputs"]["audio"] == "https://example.com/a.mp3?***"
    del found["inputs"]
    assert found == {
        "key": "k",
        "engine": "wan_25",
        "model_version": "2.6",
        "task_id": "a" * 24,
        "trace_id": "t-1",
        "coins": 2.5,
        "quote": 3.0,
        "files": ["k.mp4"],
        "sha256": "0" * 64,
        "bytes": 5,
        "started_at": MOMENT.isoformat(),
        "ended_at": MOMENT.isoformat(),
        "sdk_version": __version__,
    }
    assert provenance_of(job, attrs.evolve(made, task=None))["model_version"] == "wan2.6-i2v"
