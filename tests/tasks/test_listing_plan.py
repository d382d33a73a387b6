"""The promise of a listing: every row that lives from its start to its end, once and in order.

``listing`` below is the driver loop in its plainest form. A scheduler decides when the server
answers each read in flight, so Hypothesis chooses what happens between any two steps.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st

from a2e_sdk._tasks.pagination import ASK_AGAIN, PATIENCE, ListingInconsistent, ListingPlan, Window
from examples import examples

pytestmark = pytest.mark.once

Answer = tuple[Sequence[int], int | None]


class ReadableTasks(Protocol):
    """What a driver needs: start a read without waiting for it, and wait for one."""

    def start(self, window: Window) -> int: ...

    def wait(self, ticket: int) -> Answer: ...


def listing(plan: ListingPlan, reads: ReadableTasks, in_flight: int = 8) -> Iterator[int]:
    """Yield the keys of a whole listing: the reference for the drivers with threads and tasks."""
    flying: deque[tuple[Window, int]] = deque()
    last: Window | None = None
    while not plan.done:
        while len(flying) < in_flight:
            window = plan.following(last if flying else None)
            if window is None:
                break
            flying.append((window, reads.start(window)))
            last = window
        window, ticket = flying.popleft()
        keys, total = reads.wait(ticket)
        step = plan.accept(window, keys, total)
        yield from (keys[at] for at in step.fresh)
        while step.retry is not None:
            more_keys, more_total = reads.wait(reads.start(step.retry))
            step = plan.accept(step.retry, more_keys, more_total)
            yield from (more_keys[at] for at in step.fresh)
            if step.fresh:
                step = plan.accept(window, keys, total)
                yield from (keys[at] for at in step.fresh)


class LiveList:
    """The server's list, which a script of events changes while reads are in flight."""

    def __init__(
        self, rows: int, script: Sequence[tuple[str, int, int]], counts: bool = True
    ) -> None:
        self.rows = list(range(rows))
        self.reads = 0
        self.churn = 0
        self._counts = counts
        self._next_row = -1
        self._script = deque(script)
        self._tickets: dict[int, Window] = {}
        self._answers: dict[int, Answer] = {}

    def start(self, window: Window) -> int:
        self.reads += 1
        self._tickets[self.reads] = window
        return self.reads

    def wait(self, ticket: int) -> Answer:
        while ticket not in self._answers:
            if not self._script:
                self._answer(ticket)
            else:
                self._happen(*self._script.popleft())
        return self._answers.pop(ticket)

    def pause(self) -> None:
        """Let things happen until the script says that the consumer goes on."""
        while self._script:
            event = self._script.popleft()
            if event[0] == "take":
                return
            self._happen(*event)

    def delete(self, row: int) -> None:
        if row in self.rows:
            self.rows.remove(row)
            self.churn += 1

    def _happen(self, kind: str, where: int, many: int) -> None:
        if kind == "insert":
            for _ in range(many):
                self.rows.insert(0, self._next_row)
                self._next_row -= 1
            self.churn += many
        elif kind == "delete" and self.rows:
            at = where % len(self.rows)
            self.churn += len(self.rows[at : at + many])
            del self.rows[at : at + many]
        elif kind == "answer" and self._tickets:
            self._answer(sorted(self._tickets)[where % len(self._tickets)])

    def _answer(self, ticket: int) -> None:
        window = self._tickets.pop(ticket)
        count = len(self.rows) if self._counts else None
        self._answers[ticket] = (self.rows[window.offset : window.end], count)


NUMBERS = st.integers(0, 600) | st.integers(0, 5)
EVENTS = st.tuples(
    st.sampled_from(["insert", "delete", "delete", "answer", "answer", "answer", "take", "take"]),
    NUMBERS,
    st.sampled_from([1, 1, 1, 2, 5, 30, 150, 600]),
)
PAGE_SIZES = st.integers(1, 100) | st.sampled_from([1, 2, 3, 10, 100])


@examples(600)
@given(
    rows=st.integers(0, 600) | st.integers(0, 30),
    page_size=PAGE_SIZES,
    in_flight=st.integers(1, 8),
    script=st.lists(EVENTS, max_size=120),
    deletes_own=st.lists(st.booleans(), max_size=8),
)
def test_a_row_that_lives_throughout_comes_once_and_in_order_whatever_happens_meanwhile(
    rows: int,
    page_size: int,
    in_flight: int,
    script: list[tuple[str, int, int]],
    deletes_own: list[bool],
) -> None:
    server = LiveList(rows, script)
    at_start = list(server.rows)
    plan = ListingPlan(page_size)
    listed: list[int] = []
    for row in listing(plan, server, in_flight):
        listed.append(row)
        if deletes_own and deletes_own[len(listed) % len(deletes_own)]:
            server.delete(row)
        server.pause()

    throughout = [row for row in at_start if row in set(server.rows)]
    assert [row for row in listed if row in set(throughout)] == throughout
    assert len(listed) == len(set(listed))
    assert plan.done
    # Termination with room to spare: every change can cost some reads, quiet rows cannot.
    assert server.reads <= 2 * rows / page_size + 12 * server.churn + 2 * in_flight + 4


@examples(300)
@given(
    rows=st.integers(0, 300) | st.integers(0, 30),
    page_size=PAGE_SIZES,
    script=st.lists(EVENTS, max_size=60),
)
def test_without_a_count_a_changing_list_ends_in_order_and_repeats_no_row(
    rows: int, page_size: int, script: list[tuple[str, int, int]]
) -> None:
    """That none is lost either needs the count; on a quiet list it needs nothing, see below."""
    server = LiveList(rows, script, counts=False)
    at_start = list(server.rows)
    listed: list[int] = []
    with contextlib.suppress(ListingInconsistent):
        for row in listing(ListingPlan(page_size), server, 1):
            listed.append(row)
            server.pause()
    assert len(listed) == len(set(listed))
    lived = [row for row in listed if row in set(at_start) and row in set(server.rows)]
    assert lived == sorted(lived)


@examples(150)
@given(
    page_size=st.integers(5, 100),
    kept=st.integers(0, 250),
    deleted=st.integers(0, 2_000),
    left=st.integers(0, 300),
    in_flight=st.integers(1, 8),
)
def test_a_consumer_may_keep_some_rows_and_delete_far_more_than_is_remembered(
    page_size: int, kept: int, deleted: int, left: int, in_flight: int
) -> None:
    server = LiveList(kept + deleted + left, [])
    plan = ListingPlan(page_size, memory=1)  # that is, 200
    listed: list[int] = []
    for row in listing(plan, server, in_flight):
        listed.append(row)
        if kept <= row < kept + deleted:
            server.delete(row)
    assert listed == list(range(kept + deleted + left))


@pytest.mark.parametrize("page_size", [1, 2, 3, 4, 5, 7, 9, 10, 20, 33, 50, 64, 99, 100])
@pytest.mark.parametrize("counts", [True, False])
def test_a_quiet_list_comes_exactly(page_size: int, counts: bool) -> None:
    for rows in [*range(62), 99, 100, 101, 199, 200, 201, 294, 600, 999]:
        server = LiveList(rows, [], counts)
        assert list(listing(ListingPlan(page_size), server)) == list(range(rows)), rows


@pytest.mark.parametrize("page_size", [10, 50, 100])
def test_a_quiet_list_costs_a_tenth_more_requests_at_most(page_size: int) -> None:
    for rows in [*range(0, 1_000, 7), 1_000, 2_345, 5_000]:
        server = LiveList(rows, [])
        assert list(listing(ListingPlan(page_size), server)) == list(range(rows))
        assert server.reads <= 1.1 * rows / page_size + 2, rows


@pytest.mark.parametrize("page_size", [1, 2, 10, 100])
def test_a_list_that_fits_one_page_costs_one_request(page_size: int) -> None:
    for rows in range(page_size + 1):
        server = LiveList(rows, [])
        assert list(listing(ListingPlan(page_size), server)) == list(range(rows))
        assert server.reads == 1


@pytest.mark.parametrize("page_size", range(1, 101))
def test_every_window_in_a_quiet_list_overlaps_the_one_before_and_gets_further(
    page_size: int,
) -> None:
    plan = ListingPlan(page_size)
    window = plan.first
    assert (window.page, window.size) == (1, page_size)
    plan.accept(window, range(page_size), 20_000)
    while (ahead := plan.following(window)) is not None:
        assert ahead.offset < window.end < ahead.end
        assert 1 <= ahead.size <= 100
        window = ahead
    assert window.end >= 20_000


def test_eight_reads_can_be_in_flight_once_the_count_is_known() -> None:
    plan = ListingPlan(100)
    assert plan.following(plan.first) is None
    plan.accept(plan.first, range(100), 2_000)
    window: Window | None = plan.following(None)
    for _ in range(7):
        assert window is not None
        window = plan.following(window)
    assert window is not None


def test_one_deleted_row_costs_one_extra_read_not_one_for_each_read_in_flight() -> None:
    quiet = LiveList(2_000, [])
    list(listing(ListingPlan(100), quiet))
    server = LiveList(2_000, [("answer", 0, 1), ("delete", 0, 1)])
    listed = list(listing(ListingPlan(100), server))
    assert listed == list(range(2_000))
    assert server.reads <= quiet.reads + 2


def test_a_million_rows_are_listed_with_ten_thousand_keys_in_memory() -> None:
    plan = ListingPlan(100)
    window: Window | None = plan.first
    listed = most = 0
    while window is not None:
        keys = range(window.offset, min(window.end, 1_000_000))
        fresh = plan.accept(window, keys, 1_000_000).fresh
        assert [keys[at] for at in fresh] == list(range(listed, keys[-1] + 1))
        listed += len(fresh)
        most = max(most, plan.remembered)
        window = plan.following(None)
    assert (listed, most) == (1_000_000, 10_000)


@pytest.mark.parametrize("counts", [True, False])
@pytest.mark.parametrize("gone", [1, 99, 1_000, 5_000, 9_900])
def test_a_frontier_that_moved_up_by_thousands_is_found_in_a_few_reads(
    gone: int, counts: bool
) -> None:
    server = LiveList(20_000, [], counts)
    listed: list[int] = []
    reads = 0
    for row in listing(ListingPlan(100), server, in_flight=1):
        listed.append(row)
        if row == 15_000:
            reads = server.reads
            del server.rows[:gone]
        elif row == 15_500:
            assert server.reads <= reads + 15
    assert listed == list(range(20_000))


def test_a_frontier_is_found_in_a_few_reads_when_every_second_row_above_it_vanished() -> None:
    server = LiveList(9_000, [], counts=False)
    listed: list[int] = []
    reads = 0
    for row in listing(ListingPlan(100), server, in_flight=1):
        listed.append(row)
        if row == 8_000:
            reads = server.reads
            del server.rows[:8_000:2]
        elif row == 8_500:
            assert server.reads <= reads + 20
    assert listed == list(range(9_000))


def test_rows_that_joined_since_are_not_yielded_in_the_middle_of_the_list() -> None:
    plan = ListingPlan(4)
    plan.accept(plan.first, [1, 2, 3, 4], 8)
    assert plan.accept(Window(2, 3), [-1, 3, 4, 5], 10).fresh == (3,)


def test_rows_without_a_remembered_neighbour_are_found_when_every_yielded_row_is_gone() -> None:
    plan = ListingPlan(10)
    plan.accept(plan.first, range(10), 40)
    window = Window(2, 9)
    step = plan.accept(window, range(19, 28), 30)
    assert step.fresh == ()
    assert step.retry is not None
    assert step.retry.offset == 0
    assert plan.accept(step.retry, range(10, 20), 30).fresh == tuple(range(10))
    assert plan.accept(window, range(19, 28), 30).fresh == tuple(range(1, 9))


def test_a_late_answer_of_old_rows_does_not_move_the_place_to_read_next() -> None:
    plan = ListingPlan(10)
    plan.accept(plan.first, range(10), 100)
    plan.accept(Window(2, 9), range(9, 18), 100)
    assert plan.accept(Window(2, 5), range(5), 105).fresh == ()
    window = plan.following(None)
    assert window is not None
    assert window.offset <= 17 < window.end


def test_an_answer_offered_again_is_taken_as_older_than_what_came_after_it() -> None:
    plan = ListingPlan(10)
    plan.accept(plan.first, range(10), 100)
    early, held = Window(3, 10), range(20, 30)
    assert plan.accept(early, held, 100).retry is not None
    now = range(10, 100)  # the first ten rows are gone
    rows: list[int] = []
    window = plan.following(None)
    while not rows or rows[-1] < 20:
        assert window is not None
        keys = now[window.offset : window.end]
        step = plan.accept(window, keys, len(now))
        rows += [keys[at] for at in step.fresh]
        window = step.retry or plan.following(None)
    rows += [held[at] for at in plan.accept(early, held, 100).fresh]
    assert rows == list(range(10, 30))
    window = plan.following(None)
    assert window is not None
    assert now.index(29) in range(window.offset, window.end)


def test_a_page_size_that_only_seemed_capped_is_used_again() -> None:
    plan = ListingPlan(10)
    plan.accept(plan.first, range(3), None)  # all there is, or all it gives?
    step = plan.accept(Window(2, 2), range(12, 14), None)
    assert step.retry == plan.first
    assert plan.accept(plan.first, range(10, 20), None).fresh == tuple(range(10))
    window = plan.following(None)
    assert window is not None
    assert window.size > 3


def test_a_short_page_that_does_not_connect_says_nothing_about_the_end() -> None:
    plan = ListingPlan(1)
    plan.accept(plan.first, [0], None)
    assert plan.accept(Window(15, 3), [50, 51], None).retry is not None
    assert plan.accept(Window(1, 2), [-1, 0], None).fresh == ()
    assert not plan.done
    assert plan.accept(Window(1, 3), [-1, 0, 1], None).fresh == (2,)
    assert not plan.done


def test_equal_keys_in_one_page_are_one_row() -> None:
    plan = ListingPlan(5)
    assert plan.accept(plan.first, ["a", "b", "a", "c"], 4).fresh == (0, 1, 3)
    assert plan.done


def test_nothing_happens_after_the_end() -> None:
    plan = ListingPlan(5)
    plan.accept(plan.first, [1, 2], 2)
    assert plan.done
    assert plan.total == 2
    assert plan.following(None) is None
    assert plan.accept(Window(2, 5), [3, 4], 9).fresh == ()


@pytest.mark.parametrize("page_size", [0, -1, 101])
def test_a_page_size_that_the_server_refuses_is_refused_here(page_size: int) -> None:
    with pytest.raises(ValueError, match="page_size"):
        ListingPlan(page_size)


class OddServer:
    """A server that does not change and answers by a rule of its own."""

    def __init__(self, rule: Callable[[Window], Answer]) -> None:
        self._rule = rule
        self._tickets: list[Window] = []

    @property
    def reads(self) -> int:
        return len(self._tickets)

    def start(self, window: Window) -> int:
        self._tickets.append(window)
        return len(self._tickets) - 1

    def wait(self, ticket: int) -> Answer:
        return self._rule(self._tickets[ticket])


def listed_by(rule: Callable[[Window], Answer], page_size: int, limit: int = 3_000) -> list[int]:
    """List an odd server; more than ``limit`` reads count as a loop."""
    server = OddServer(rule)
    listed: list[int] = []

    def guarded(window: Window) -> Answer:
        assert server.reads <= limit, "it never ends"
        return rule(window)

    server._rule = guarded
    for row in listing(ListingPlan(page_size), server):
        listed.append(row)
    return listed


ROWS = list(range(345))


@pytest.mark.parametrize("page_size", [2, 3, 10, 50, 100])
@pytest.mark.parametrize("count", [None, -1, 0, 1])
def test_a_wrong_count_loses_no_row(page_size: int, count: int | None) -> None:
    assert listed_by(lambda w: (ROWS[w.offset : w.end], count), page_size) == ROWS


def listed_and_said(rule: Callable[[Window], Answer], page_size: int) -> tuple[list[int], str]:
    """List a server that counts more than it shows, and return what came and what was said."""
    server = OddServer(rule)
    listed: list[int] = []
    try:
        for row in listing(ListingPlan(page_size), server):
            listed.append(row)
            assert server.reads <= 3_000, "it never ends"
    except ListingInconsistent as problem:
        return listed, str(problem)
    return listed, ""


@pytest.mark.parametrize("page_size", [2, 3, 10, 50, 100])
@pytest.mark.parametrize("count", [346, 400, 100_000])
def test_rows_that_are_counted_but_never_shown_are_said_after_all_that_are_shown(
    page_size: int, count: int
) -> None:
    came, said = listed_and_said(lambda w: (ROWS[w.offset : w.end], count), page_size)
    assert came == ROWS
    assert f"counts {count} rows" in said
    assert "after 345" in said


@pytest.mark.parametrize("page_size", [1, 2, 10, 100])
def test_an_empty_first_page_with_a_count_is_asked_for_again_and_then_said(page_size: int) -> None:
    server = OddServer(lambda window: ([], 1234))
    with pytest.raises(ListingInconsistent, match=r"counts 1234 rows.*end after 0"):
        list(listing(ListingPlan(page_size), server))
    assert server.reads == 1 + ASK_AGAIN


@pytest.mark.parametrize("page_size", [1, 2, 10, 100])
def test_a_page_that_was_empty_by_accident_is_made_good(page_size: int) -> None:
    """A read caught between two changes of the server's, at any place of the list."""
    for place in range(8):
        reads = iter(range(10_000))

        def rule(window: Window, place: int = place, reads: Iterator[int] = reads) -> Answer:
            shown = [] if place <= next(reads) < place + ASK_AGAIN else ROWS[:40]
            return shown[window.offset : window.end], 40

        assert listed_by(rule, page_size) == ROWS[:40], place


@pytest.mark.parametrize("page_size", [1, 2, 3, 10, 50, 100])
@pytest.mark.parametrize("cap", [1, 2, 3, 4, 9, 10, 11, 20, 50, 60, 99])
@pytest.mark.parametrize("count", [None, len(ROWS)])
def test_a_capped_page_size_loses_no_row(page_size: int, cap: int, count: int | None) -> None:
    def rule(window: Window) -> Answer:
        size = min(window.size, cap)
        start = (window.page - 1) * size
        return ROWS[start : start + size], count

    assert listed_by(rule, page_size) == ROWS


@pytest.mark.parametrize("page_size", [1, 2, 3, 10, 50, 100])
@pytest.mark.parametrize("fixed", [1, 2, 3, 9, 10, 20, 50, 100, 344, 345, 1_000])
def test_a_server_that_ignores_the_page_size_is_listed_by_page_number(
    page_size: int, fixed: int
) -> None:
    def rule(window: Window) -> Answer:
        return ROWS[(window.page - 1) * fixed : window.page * fixed], len(ROWS)

    assert listed_by(rule, page_size) == ROWS


def test_a_short_last_page_shows_that_the_page_size_was_ignored() -> None:
    for rows in range(60):

        def rule(window: Window, rows: int = rows) -> Answer:
            return ROWS[:rows][(window.page - 1) * 10 : window.page * 10], rows

        assert listed_by(rule, 10) == ROWS[:rows]


def test_a_page_by_number_is_not_trusted_when_the_count_fell() -> None:
    rows = list(range(60))

    def rule(window: Window) -> Answer:
        if window.page == 4 and len(rows) == 60:
            del rows[0]
        return rows[(window.page - 1) * 10 : window.page * 10], len(rows)

    assert listed_by(rule, 20) == list(range(60))


@pytest.mark.parametrize("page_size", [1, 10, 100])
@pytest.mark.parametrize("rows", [0, 1, 2, 7, 10, 100, 345])
def test_a_bare_array_without_pages_or_count_is_listed_once(rows: int, page_size: int) -> None:
    assert listed_by(lambda w: (ROWS[:rows], None), page_size) == ROWS[:rows]


@pytest.mark.parametrize("page_size", [10, 50, 100])
def test_a_server_that_hides_rows_after_cutting_its_pages_is_listed_to_the_end(
    page_size: int,
) -> None:
    def rule(window: Window) -> Answer:
        return [row for row in ROWS[window.offset : window.end] if row % 10 != 3], len(ROWS)

    came, said = listed_and_said(rule, page_size)
    assert came == [row for row in ROWS if row % 10 != 3]
    assert "counts 345 rows" in said


@pytest.mark.parametrize("page_size", [1, 10, 100])
@pytest.mark.parametrize("count", [None, 198, len(ROWS)])
def test_a_server_that_ignores_the_page_number_is_found_out(
    page_size: int, count: int | None
) -> None:
    with pytest.raises(ListingInconsistent, match="brought no new row"):
        listed_by(lambda w: (ROWS[: w.size], count), page_size)


def test_a_server_that_ends_its_pages_long_before_its_list_is_found_out() -> None:
    def rule(window: Window) -> Answer:
        return (ROWS[window.offset : window.end] if window.page <= 2 else []), len(ROWS)

    with pytest.raises(ListingInconsistent, match="brought no new row"):
        listed_by(rule, 50)


@examples(200)
@given(
    page_size=PAGE_SIZES,
    seed=st.integers(0, 2**32),
    count=st.none() | st.integers(-5, 1_000),
    ignores_size=st.booleans(),
    ignores_page=st.booleans(),
)
def test_whatever_a_server_answers_a_listing_ends_and_repeats_no_row(
    page_size: int,
    seed: int,
    count: int | None,
    ignores_size: bool,
    ignores_page: bool,
) -> None:
    rows = list(range(200))
    shuffle = Random(seed)

    def rule(window: Window) -> Answer:
        shuffle.shuffle(rows)
        size = shuffle.choice([1, 20, 300]) if ignores_size else window.size
        start = 0 if ignores_page else (window.page - 1) * size
        return rows[start : start + size], count

    try:
        listed = listed_by(rule, page_size, limit=200 * (2 * PATIENCE + 12))
    except ListingInconsistent:
        return
    assert len(listed) == len(set(listed))
