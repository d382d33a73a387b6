"""The slices of a batch: how large they are, and which of their jobs have an outcome.

This module owns these decisions. It is pure.

A slice has up to four times as many jobs as it may run at once, so that little time is lost at its
end, and no more than its share of what is left, so that all slices end at about the same time. All
of them together run no more jobs at once than the batch may.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

import attrs

from a2e_sdk._batch.job_file import StagedJob
from a2e_sdk.models.batch import JobOutcome, JobStatus

#: So many slices are at one worker at a time, where it has as many threads.
_PER_WORKER = 2
_ROUNDS = 4
_MOST_JOBS = 500
#: A slice gets no more jobs once those it has are so large, in characters.
_LARGE = 200_000
#: So often workers may die of a slice, with nothing that ends in it meanwhile, until it is left.
MOST_DEATHS = 10
#: What no other run of the job could tell otherwise.
FINAL = frozenset({JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.REFUSED})


@attrs.define(eq=False)
class Slice:
    """Some jobs that go to one worker.

    Attributes:
        number: Its number.
        jobs: The jobs that have no outcome yet, by their keys.
        concurrency: How many of them may run at once.
        attempt: How often it was submitted.
        deaths: How often a worker died of it, since a job of it ended.
    """

    number: int
    jobs: dict[str, StagedJob]
    concurrency: int
    attempt: int = 0
    deaths: int = 0


def slots_of(threads: Mapping[str, int], concurrency: int) -> int:
    """Return how many slices may be under way.

    Args:
        threads: The threads of each worker.
        concurrency: How many tasks may run at once in all.
    """
    return min(sum(min(count, _PER_WORKER) for count in threads.values()), concurrency)


class SliceBook:
    """The slices that are under way.

    Args:
        concurrency: How many tasks may run at once in all of them.
    """

    def __init__(self, concurrency: int) -> None:
        self._concurrency = concurrency
        self._count = 0
        self._slices: dict[int, Slice] = {}

    def __len__(self) -> int:
        return len(self._slices)

    def __iter__(self) -> Iterator[Slice]:
        return iter(list(self._slices.values()))

    def find(self, number: int) -> Slice | None:
        """Return a slice that is under way; None where it is not any more."""
        return self._slices.get(number)

    def next_concurrency(self, slots: int) -> int:
        """Return how many jobs the next slice may run at once; 0 where there may be no more slices.

        Args:
            slots: How many slices may be under way.
        """
        if len(self._slices) >= slots:
            return 0
        free = self._concurrency - sum(one.concurrency for one in self._slices.values())
        return max(min(free, self._concurrency // slots), 0)

    def begin(self, jobs: Iterable[StagedJob], concurrency: int) -> Slice:
        """Note that a slice is under way, and return it."""
        self._count += 1
        one = Slice(self._count, {job.key: job for job in jobs}, concurrency)
        self._slices[one.number] = one
        return one

    def take(self, number: int, outcome: JobOutcome) -> bool:
        """Take in what became of a job; return False where that was told before."""
        one = self._slices.get(number)
        if one is None or one.jobs.pop(outcome.key, None) is None:
            return False
        one.deaths = 0
        return True

    def end(self, one: Slice) -> list[StagedJob]:
        """Note that a slice is not under way any more, and return its jobs without an outcome."""
        self._slices.pop(one.number, None)
        return list(one.jobs.values())


def size_of_slice(left: int, slots: int, concurrency: int) -> int:
    """Return how many jobs a slice gets at the most.

    Args:
        left: How many jobs have no outcome, those under way included, as far as that is known.
        slots: How many slices may be under way.
        concurrency: How many of its jobs may run at once.
    """
    share = math.ceil(left / max(slots, 1))
    # Less than can run at once would leave the slot waiting.
    return min(max(share, concurrency), _ROUNDS * concurrency, _MOST_JOBS)


def next_jobs(jobs: Iterator[StagedJob], count: int) -> tuple[list[StagedJob], bool]:
    """Return the next jobs of a slice, and whether there may be more.

    Args:
        jobs: The jobs.
        count: How many at the most; fewer where they are large, because a scheduler keeps them.
    """
    taken: list[StagedJob] = []
    size = 0
    while len(taken) < count and size < _LARGE:
        job = next(jobs, None)
        if job is None:
            return taken, False
        taken.append(job)
        size += len(str(job.arguments))
    return taken, True
