"""A local file that many jobs name is uploaded once, by the clock of this computer.

A clock that waits turn would run away from the upload that the other jobs wait for.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from batch_cases import statuses
from staging import PNG

from a2e_sdk import Job, JobOutcome
from a2e_sdk.sandbox import Sandbox


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(processing_after=0, completed_after=0)


def test_a_file_of_many_jobs_is_uploaded_once(
    run: Callable[..., list[JobOutcome]], sandbox: Sandbox, tmp_path: Path
) -> None:
    face = tmp_path / "me.png"
    face.write_bytes(PNG)
    jobs = [
        Job("face-swap", f"swap-{number}", {"face": str(face), "video": f"https://x.org/{number}"})
        for number in range(6)
    ]
    assert statuses(run(jobs)) == {"succeeded": 6}
    assert len(sandbox.uploads) == 1
    assert sandbox.requests.count("put_upload") == 1
