"""A batch that is killed at any moment pays nothing twice, loses nothing, and tells the truth."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from killed_batch import KilledBatch


@pytest.mark.once
@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
@pytest.mark.parametrize("mode", ["sync", "async"])
def test_killed_at_random_moments_each_job_is_paid_once_and_has_its_file(
    tmp_path: Path, mode: str
) -> None:
    report = KilledBatch(tmp_path, 200, mode, seed=7).run(5)
    assert report.problems == []
    assert report.kills >= 3
    assert report.starts == 200
    assert report.paid == report.told
