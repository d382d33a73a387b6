"""Jobs that a program makes as they are needed are checked in their turn, and none stops another."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from staging import staged, table

from a2e_sdk._batch.job_file import StagedJob
from a2e_sdk._batch.staging import WrongJob, check_jobs
from a2e_sdk.errors import InvalidJobsError


def test_no_more_jobs_are_read_than_are_needed() -> None:
    made: list[int] = []

    def jobs() -> Iterator[dict[str, Any]]:
        for number in itertools.count():
            made.append(number)
            yield {"key": str(number), "prompt": "a"}

    checked = check_jobs(jobs(), engine="wan-25")
    keys = [job.key for job in itertools.islice(checked, 3)]
    checked.close()
    assert (keys, made) == (["0", "1", "2"], [0, 1, 2])


def test_a_wrong_job_is_told_in_its_turn_with_all_that_is_wrong() -> None:
    jobs: list[Any] = [
        {"key": "k", "prompt": "a"},
        {"key": "l", "engine": "wan-25", "seed": "x", "sound": 1},
        7,
        {"key": "k", "prompt": "b"},
        {"key": "\n", "engine": "wan-52", "prompt": "b"},
        {"key": "m", "prompt": "b"},
    ]
    found = list(check_jobs(jobs, engine="wan-25"))
    assert [type(job) for job in found] == [StagedJob, *[WrongJob] * 4, StagedJob]
    assert found[1:5] == [
        WrongJob(
            "l",
            "wan-25",
            2,
            (
                "job 2: seed must be a number, not str.",
                "job 2: sound must be true or false, not int.",
                "job 2: prompt is missing: wan-25 needs it.",
            ),
        ),
        WrongJob(None, None, 3, ("job 3: it must be a Job or a dict, not int.",)),
        WrongJob(None, None, 4, ("job 4: key 'k' is that of job 1, too.",)),
        WrongJob(
            None,
            None,
            5,
            (
                "job 5: there is no engine 'wan-52' (did you mean 'wan-25'?).",
                "job 5: key must not be blank; it has white space alone.",
            ),
        ),
    ]


def test_the_jobs_are_those_that_a_file_of_jobs_would_have(tmp_path: Path) -> None:
    jobs = [{"prompt": "a"}, {"prompt": "b", "output": "x"}]
    assert list(check_jobs(jobs, engine="wan-25")) == staged(jobs, tmp_path)


def test_lines_of_a_file_that_are_wrong_are_told_too(tmp_path: Path) -> None:
    lines = [json.dumps({"prompt": "a"}), "{", json.dumps({"prompt": "b"}), "[1]"]
    lines[1] = '{"a"'
    found = list(check_jobs(table(tmp_path, "\n".join(lines)), engine="wan-25"))
    assert [job.line for job in found] == [1, 2, 3, 4]
    assert [isinstance(job, WrongJob) for job in found] == [False, True, False, True]


@pytest.mark.parametrize(
    ("jobs", "engine"), [([], "wan-25"), ("none such.csv", "wan-25"), ([{"prompt": "a"}], "wan-52")]
)
def test_an_input_that_is_wrong_as_a_whole_is_refused(jobs: Any, engine: str) -> None:
    with pytest.raises(InvalidJobsError):
        list(check_jobs(jobs, engine=engine))
