"""How a batch is divided into slices, and which outcome of a job counts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from a2e_sdk._batch.job_file import StagedJob
from a2e_sdk._batch.output_names import OutputName
from a2e_sdk._cluster.messages import Order, SliceWork, packed, unpacked
from a2e_sdk._cluster.slices import SliceBook, next_jobs, size_of_slice, slots_of
from a2e_sdk.models.batch import JobOutcome, JobStatus


def job(number: int, prompt: str = "a sea") -> StagedJob:
    key = f"row-{number}"
    return StagedJob(key, "wan_25", {"prompt": prompt}, (), OutputName(key), "digest", number)


def outcome(number: int, status: JobStatus = JobStatus.SUCCEEDED) -> JobOutcome:
    return JobOutcome(key=f"row-{number}", engine="wan_25", status=status)


@given(
    st.lists(st.integers(min_value=1, max_value=12), min_size=1, max_size=30),
    st.integers(min_value=1, max_value=200),
    st.lists(st.integers(min_value=0, max_value=40), max_size=60),
)
def test_slices_never_run_more_at_once_than_the_batch_may(
    threads: list[int], concurrency: int, ends: list[int]
) -> None:
    """Also while workers come and go, and slices end in any order."""
    book = SliceBook(concurrency)
    number = 0
    for step in [*ends, 0, 0]:
        workers = {f"w{place}": count for place, count in enumerate(threads[: 1 + step])}
        slots = slots_of(workers, concurrency)
        while share := book.next_concurrency(slots):
            book.begin([job(number)], share)
            number += 1
        under_way = list(book)
        assert sum(one.concurrency for one in under_way) <= concurrency
        assert under_way
        book.end(under_way[step % len(under_way)])


def test_a_worker_has_as_many_slices_as_threads_up_to_two() -> None:
    assert slots_of({"a": 1, "b": 2, "c": 64}, 100) == 5
    assert slots_of({"a": 1, "b": 2, "c": 64}, 3) == 3
    assert slots_of({}, 3) == 0


@pytest.mark.parametrize(
    ("left", "slots", "concurrency", "size"),
    [
        (60, 2, 10, 30),  # Its share.
        (10_000, 2, 10, 40),  # Four rounds.
        (10_000, 2, 1_000, 500),
        (3, 2, 10, 10),  # As many as can run at once; there are no more than 3.
        (0, 1, 1, 1),
    ],
)
def test_the_size_of_a_slice(left: int, slots: int, concurrency: int, size: int) -> None:
    assert size_of_slice(left, slots, concurrency) == size


def test_only_the_first_outcome_of_a_job_counts() -> None:
    book = SliceBook(10)
    one = book.begin([job(1), job(2)], 5)
    assert book.take(one.number, outcome(1))
    assert not book.take(one.number, outcome(1, JobStatus.PAUSED))
    assert not book.take(one.number, outcome(3))
    assert not book.take(99, outcome(2))
    assert [left.key for left in book.end(one)] == ["row-2"]
    assert not book.take(one.number, outcome(2))


def test_deaths_are_counted_since_a_job_ended() -> None:
    book = SliceBook(10)
    one = book.begin([job(1), job(2)], 5)
    one.deaths = 2
    book.take(one.number, outcome(1))
    assert one.deaths == 0


def test_large_jobs_make_small_slices() -> None:
    jobs: Iterator[StagedJob] = iter([job(number, "x" * 80_000) for number in range(5)])
    first, is_more = next_jobs(jobs, 100)
    assert (len(first), is_more) == (3, True)
    rest, is_more = next_jobs(jobs, 100)
    assert (len(rest), is_more) == (2, False)
    assert next_jobs(jobs, 100) == ([], False)


def test_a_message_of_another_kind_is_refused() -> None:
    work = SliceWork("run", 1, 1, b"", (job(1),), 3)
    again = unpacked(packed(work), SliceWork)
    assert again == work
    with pytest.raises(TypeError, match="expected a Order"):
        unpacked(packed(work), Order)
