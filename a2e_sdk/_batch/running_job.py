"""A job that has a task."""

from __future__ import annotations

import attrs

from a2e_sdk.models import Task

from .job_file import StagedJob


@attrs.define(eq=False)
class RunningJob:
    """A job that has a task.

    Attributes:
        job: The job.
        task: The task, as last seen.
    """

    job: StagedJob
    task: Task
