"""From an input of any size to a file of checked jobs, in one pass.

This module owns the order of that pass. The file appears when every row is right, and not before:
a batch that has one mistake starts nothing.
"""

from __future__ import annotations

from pathlib import Path

import attrs

from .checks import RowChecker
from .job_file import JobWriter, read_jobs
from .job_index import JobIndex
from .lines import name_of
from .local_files import LocalFiles
from .mistakes import Mistakes
from .rows import Jobs, rows_of
from .scratch import scratch_database
from .whole_file import written_whole


@attrs.frozen
class Staged:
    """What was staged.

    Attributes:
        total: How many jobs the file has.
        added: How many of them are new.
        repeated: How many rows are jobs that an earlier run had already.
    """

    total: int
    added: int
    repeated: int


def stage_jobs(
    jobs: Jobs,
    path: Path,
    *,
    engine: str | None = None,
    allow_private: bool = False,
    earlier: Path | None = None,
) -> Staged:
    """Check every row of an input, and write the jobs down.

    Jobs of an earlier run stay, in their order, and new ones come behind them.

    Args:
        jobs: The path of a table in CSV or of JSON Lines, ``-`` for standard input, a file open for
            reading bytes, or any iterable of `Job` and dict.
        path: The file of jobs that is made, or replaced.
        engine: The engine of rows that name none.
        allow_private: Whether URLs may name hosts that only this network can reach.
        earlier: The file of jobs of an earlier run. Default: what is at ``path``.

    Raises:
        InvalidJobsError: A row is wrong; it has all mistakes, and ``path`` is as it was.
        ConfigurationError: The file of an earlier run is damaged.
        OSError: The file can't be written.
    """
    mistakes = Mistakes(name_of(jobs))
    earlier = path if earlier is None else earlier
    with scratch_database() as database, written_whole(path) as file:
        writer = JobWriter(file)
        index = JobIndex(database)
        if earlier.exists():
            for job in read_jobs(earlier):
                index.add_earlier(job)
                writer.write(job)
        before = writer.count
        repeated = 0
        checker = RowChecker(
            mistakes, LocalFiles(database), engine=engine, allow_private=allow_private
        )
        for row in rows_of(jobs, mistakes):
            checked = checker.job_of(row)
            if checked is None:
                continue
            try:
                added = index.add(checked)
            except ValueError as problem:
                checker.report(row, problem, None, None)
                continue
            if added is None:
                repeated += 1
            else:
                writer.write(added)
        mistakes.raise_any()
        writer.finish()
        return Staged(writer.count, writer.count - before, repeated)
