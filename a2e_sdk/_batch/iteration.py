"""One item of an iterator at a time, for whoever takes them in a thread."""

from __future__ import annotations

from collections.abc import Iterator

from a2e_sdk.models.batch import JobOutcome

from .job_file import StagedJob


def next_job(jobs: Iterator[StagedJob]) -> StagedJob | None:
    """Return the next job; None where there is none."""
    return next(jobs, None)


def next_outcome(outcomes: Iterator[JobOutcome]) -> JobOutcome | None:
    """Return the next outcome; None where there is none."""
    return next(outcomes, None)
