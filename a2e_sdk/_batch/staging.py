"""From an input of any size to checked jobs, in one pass.

This module owns the order of that pass, in both its ways. An input that can be read to its end
first becomes a file of jobs, which appears when every row is right and not before: a batch that has
one mistake starts nothing. Jobs that a program makes as they are needed are checked one by one, and
a wrong one is told in its turn.
"""

from __future__ import annotations

from collections.abc import Generator
from itertools import groupby
from pathlib import Path

import attrs

from .checks import RowChecker
from .job_file import JobWriter, StagedJob, read_jobs
from .job_index import JobIndex
from .lines import name_of
from .local_files import LocalFiles
from .mistakes import Mistake, Mistakes
from .row import Row
from .rows import Jobs, rows_of
from .scratch import scratch_database
from .whole_file import remove_left_behind, written_whole


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
    sign: bool = False,
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
        sign: Whether A2E is to read objects of stores by links.
        earlier: The file of jobs of an earlier run. Default: what is at ``path``.

    Raises:
        InvalidJobsError: A row is wrong; it has all mistakes, and ``path`` is as it was.
        ConfigurationError: The file of an earlier run is damaged.
        OSError: The file can't be written.
    """
    mistakes = Mistakes(name_of(jobs))
    earlier = path if earlier is None else earlier
    remove_left_behind(path.parent)
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
            mistakes, LocalFiles(database, sign=sign), engine=engine, allow_private=allow_private
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


@attrs.frozen
class WrongJob:
    """A job that can't be started.

    Attributes:
        key: Its key; None where it has none that is right, or none of its own.
        engine: The name of its family; None where it has none that is right.
        line: The line, or the number of the job.
        mistakes: What is wrong with it, each a sentence.
    """

    key: str | None
    engine: str | None
    line: int
    mistakes: tuple[str, ...]


def check_jobs(
    jobs: Jobs, *, engine: str | None = None, allow_private: bool = False, sign: bool = False
) -> Generator[StagedJob | WrongJob]:
    """Yield jobs as they are read, checked one by one; nothing is written down.

    Close it where it is not iterated to its end.

    Args:
        jobs: The input, see `stage_jobs`.
        engine: The engine of rows that name none.
        allow_private: Whether URLs may name hosts that only this network can reach.
        sign: Whether A2E is to read objects of stores by links.

    Yields:
        Each job in its order; a `WrongJob` where it has a mistake.

    Raises:
        InvalidJobsError: The input itself is wrong: it is not there, empty, or no text.
    """
    mistakes = Mistakes(name_of(jobs))
    with scratch_database() as database:
        index = JobIndex(database)
        checker = RowChecker(
            mistakes, LocalFiles(database, sign=sign), engine=engine, allow_private=allow_private
        )
        mistakes.raise_any()
        for row in rows_of(jobs, mistakes):
            # Those of rows that were left out before this one.
            yield from _wrong_jobs(mistakes)
            checked = checker.job_of(row)
            added: StagedJob | None = None
            if checked is not None:
                try:
                    added = index.add(checked)
                except ValueError as problem:
                    # Its key may be that of another job, whose result it must not stand for.
                    checker.report(row, problem, None, None)
                    row = attrs.evolve(row, key=None)
            if added is not None:
                yield added
            else:
                yield _wrong_job(row, mistakes.take())
        yield from _wrong_jobs(mistakes)


def _wrong_jobs(mistakes: Mistakes) -> Generator[WrongJob]:
    if any(mistake.line is None for mistake in mistakes.kept):
        mistakes.raise_any()
    for line, group in groupby(mistakes.take(), lambda mistake: mistake.line or 0):
        yield WrongJob(None, None, line, tuple(map(str, group)))


def _wrong_job(row: Row, found: list[Mistake]) -> WrongJob:
    wrong = {mistake.column for mistake in found}
    key = row.key if isinstance(row.key, str) and "key" not in wrong else None
    engine = row.engine if isinstance(row.engine, str) and "engine" not in wrong else None
    return WrongJob(key, engine, row.line, tuple(map(str, found)))
