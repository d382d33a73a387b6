"""A batch that is killed at any moment pays nothing twice, loses nothing, and tells the truth."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from batch_cases import lines
from killed_batch import KilledBatch

from a2e_sdk import A2E, Job
from a2e_sdk._batch.results import read_results
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.http_server import serve


@pytest.mark.once
@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
@pytest.mark.parametrize("mode", ["sync", "async"])
def test_killed_at_random_moments_each_job_is_paid_once_and_has_its_file(
    tmp_path: Path, mode: str
) -> None:
    report = KilledBatch(tmp_path, 120, mode, seed=7).run(5)
    assert report.problems == []
    assert report.kills >= 3
    assert report.starts == 120
    assert report.paid == report.told


_KILLED = 77
#: What a batch does on the disk, but for its journal, which has tests of its own.
_STEPS = ("open", "ftruncate", "write", "fsync", "chmod", "replace", "rename", "unlink", "mkdir")


def run_to_step(step: int, work: Callable[[], object]) -> bool:
    """Do some work in a process that dies before its n-th step on the disk; tell whether it did."""
    child = os.fork()
    if not child:
        left = [step]

        def arm(name: str) -> None:
            real = getattr(os, name)

            def deadly(*arguments: Any, **options: Any) -> Any:
                left[0] -= 1
                if left[0] == 0:
                    if name == "write":  # A part of it still gets to the disk.
                        real(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
                    os._exit(_KILLED)
                return real(*arguments, **options)

            setattr(os, name, deadly)

        try:
            for name in _STEPS:
                arm(name)
            work()
            os._exit(0)
        finally:
            os._exit(1)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, _KILLED)
    return status == _KILLED


@pytest.mark.once
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_killed_at_any_step_on_the_disk_the_next_run_ends_with_the_truth(tmp_path: Path) -> None:
    sandbox = Sandbox(processing_after=0, completed_after=0, seed_records=False, result_size=3_000)
    died = 0
    with serve(sandbox) as server:
        for step in range(1, 200):
            out = tmp_path / str(step)
            jobs = [Job("wan-25", "one", {"prompt": f"sea {step}"}, output="videos/one.mp4")]

            def run(out: Path = out, jobs: list[Job] = jobs) -> None:
                with A2E("sk_kill", base_url=server.url) as a2e:
                    outcomes = list(a2e.batch(jobs, output=out))
                assert [outcome.status for outcome in outcomes] == ["succeeded"]

            is_dead = run_to_step(step, run)
            for outcome in read_results(out / "results.jsonl"):
                # What a line says is there already.
                assert outcome.path is not None
                assert hashlib.sha256(outcome.path.read_bytes()).hexdigest() == outcome.sha256
            run()
            (line,) = lines(out)
            assert (line["status"], line["coins"]) == ("succeeded", 50)
            content = (out / "videos" / "one.mp4").read_bytes()
            assert hashlib.sha256(content).hexdigest() == line["sha256"]
            assert json.loads((out / "videos" / "one.json").read_text())["sha256"] == line["sha256"]
            left = {path.name for path in out.rglob("*") if path.is_file()}
            expected = {
                "jobs.jsonl",
                "results.jsonl",
                "journal.db",
                "journal.id",
                "one.mp4",
                "one.json",
            }
            assert {name for name in left if not name.endswith(("-locks", "-journal"))} == expected
            assert sandbox.starts == step
            if not is_dead:
                break
            died += 1
    assert sandbox.paid_twice() == []
    assert died >= 15
