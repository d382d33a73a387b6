"""How the tests of batches stage jobs and read them again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from a2e_sdk._batch.job_file import StagedJob, read_jobs
from a2e_sdk._batch.rows import Jobs
from a2e_sdk._batch.staging import stage_jobs
from a2e_sdk.errors import InvalidJobsError

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def staged(jobs: Jobs, folder: Path, **options: Any) -> list[StagedJob]:
    """The jobs of an input, read again from the file that they were written to."""
    path = folder / "out" / "jobs.jsonl"
    stage_jobs(jobs, path, **{"engine": "wan-25", **options})
    return list(read_jobs(path))


def table(folder: Path, content: str | bytes, name: str = "jobs.csv") -> str:
    """The path of a table with that content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def mistakes_of(jobs: Jobs, folder: Path, **options: Any) -> list[str]:
    """The sentences that an input is refused with; nothing is left behind."""
    with pytest.raises(InvalidJobsError) as refused:
        staged(jobs, folder, **options)
    assert refused.value.total >= len(refused.value.mistakes) > 0
    if (folder / "out").exists():
        assert [path.name for path in (folder / "out").iterdir()] in ([], ["jobs.jsonl"])
    return list(refused.value.mistakes)
