"""What a caller of ``batch`` asked for, checked.

This module owns the limits of these arguments. It is pure.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import attrs

from a2e_sdk._checks.validation import require_one_of, require_seconds, require_whole_number
from a2e_sdk.models.batch import JobStatus
from a2e_sdk.models.journal import require_coins

from .engines import family_of
from .rows import Jobs

_MOST = 10_000


@attrs.frozen(kw_only=True)
class BatchOptions:
    """What a caller of ``batch`` asked for.

    Attributes:
        jobs: The rows; None for those of an earlier run alone.
        output: The folder of results.
        engine: The engine of rows that name none.
        concurrency: How many tasks may run at once at the most.
        timeout: Seconds after which nothing is waited for any more; None for never.
        retry: The statuses of earlier outcomes to start anew.
        stop_on_failure: Whether a job that fails keeps the others from being started.
        max_coins: What each job may cost at the most, in coins; None for any sum.
    """

    jobs: Jobs | None
    output: Path
    engine: str | None
    concurrency: int
    timeout: float | None
    retry: frozenset[JobStatus]
    stop_on_failure: bool
    max_coins: float | None = None


def batch_options(
    *,
    jobs: Jobs | None,
    output: str | os.PathLike[str],
    engine: str | None,
    concurrency: int,
    timeout: float | None,
    retry: Iterable[JobStatus | str],
    stop_on_failure: bool,
    max_coins: float | None,
) -> BatchOptions:
    """Check what a caller of ``batch`` asked for.

    Raises:
        TypeError: An argument is of a wrong type.
        ValueError: An argument is out of range.
    """
    if engine is not None:
        family_of(engine)
    require_whole_number(concurrency, "concurrency", minimum=1, maximum=_MOST)
    words = tuple(status.value for status in JobStatus)
    statuses = (retry,) if isinstance(retry, str) else tuple(retry)
    return BatchOptions(
        jobs=jobs,
        output=Path(output),
        engine=engine,
        concurrency=concurrency,
        timeout=None if timeout is None else require_seconds(timeout, "timeout"),
        retry=frozenset(JobStatus(require_one_of(str(one), "retry", words)) for one in statuses),
        stop_on_failure=stop_on_failure,
        max_coins=None if max_coins is None else require_coins(max_coins, "max_coins"),
    )
