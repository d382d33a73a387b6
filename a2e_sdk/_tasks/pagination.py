"""Decides which pages of a list to read, and which of the rows that come back are new.

The server lists newest first, by offset: page ``n`` of size ``s`` is rows ``(n - 1) * s`` up to
``n * s`` of the list as it stands at that moment. Rows join at the head and leave anywhere, at any
moment, so a plain walk over the pages loses rows. This module owns the bookkeeping that prevents
it. It reads nothing and waits for nothing: the two drivers (threads, tasks) read the pages and keep
several in flight. What a row is called (its key) is the caller's business.

**The promise.** Every row that is in the list from the first read to the last is yielded exactly
once, in list order, whatever happens in between and in whatever order the responses come.

**Why it holds.** Let the frontier be the last row yielded. Invariant: every row that lives
throughout and stands at or before the frontier has been yielded. Take a page read at *any* time
that holds a row X already yielded. X stands at or before the frontier, and a page is a contiguous
piece of the list, so from X to the page's end no throughout-living row is missing: yielding the
new ones among them, in order, keeps the invariant. Rows before the first such X joined after the
start and are dropped. A page at offset 0 is contiguous with the top and needs no X. Any other page
without an X proves nothing and is not yielded from. When a page that was used this way reaches the
end of the list, every throughout-living row is out. Where the frontier stands now is never part of
the proof: it is a guess that only decides what to read.

**What follows.** Each window overlaps the one before by at least one row. An offset is a multiple
of the size, so sizes vary. When a window shows no X (rows above it were deleted, or very many
joined), the plan looks where the count says that the frontier went, then 8, 64, 512 ... rows
further back, at last at the top, and goes on from there.

**What is best effort.** A server that hands out fewer than about ten rows a page, or ignores the
page size, has boundaries that no window can overlap; there a page counts as connected unless the
count fell. Without a count a short page may be the last one or a page of a server that hands out no
more: then a quiet list still comes exactly, but while rows leave, one in thousands of listings may
lose some (random runs found that; none of them with a count). And only the last ``memory`` keys
are remembered: in a list longer than that, thousands of rows that join or vanish between two reads
may make older rows come twice.

**Where the count is larger than the list.** A page that ends while the count of the same response
says that more rows follow is read again, ``ASK_AGAIN`` times. Then the listing ends with
``ListingInconsistent``, after every row that the server shows: rows that it counts but hides, such
as expired ones, can't be told from rows that it failed to send. Rows deleted meanwhile lower the
count too, and are no such case.

**How a driver uses it.** Keep windows in flight, in order: ``following(last in flight)``, or
``following(None)`` when there is none. Offer the oldest response to ``accept`` and yield its
``fresh`` rows. While the step has a ``retry``: read that window at once and accept its response; if
it brought rows, offer the first response again, which may connect now, and go by its step. Stop
when ``done``.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Sequence

import attrs

LARGEST_PAGE = 100
"""The largest page size the server takes."""

PATIENCE = 24
"""Reads in a row without a new row before a listing is given up as inconsistent.

On top of it come as many as it takes to walk past every remembered row once.
"""

ASK_AGAIN = 3
"""How often the end of a listing is read again where the server counts more rows than it shows."""

_STRIDE = 8  # how much further back each look for the frontier goes than the one before


class ListingInconsistent(Exception):
    """The server's pages cannot be the pages of one list; the message says what was seen."""


def rows_missing(counted: int, came: int) -> ListingInconsistent:
    """Return the exception for a list whose count is larger than what it shows."""
    return ListingInconsistent(
        f"the server counts {counted} rows, but its pages end after {came}, also when asked again "
        f"{ASK_AGAIN} times: it hides rows (expired ones, perhaps), or its responses are incomplete"
    )


@attrs.frozen
class Window:
    """One page to ask for.

    Args:
        page: page number, from 1.
        size: rows a page, from 1.
    """

    page: int
    size: int

    @property
    def offset(self) -> int:
        """How many rows of the list stand before this window."""
        return (self.page - 1) * self.size

    @property
    def end(self) -> int:
        """The offset just after the window's last row."""
        return self.page * self.size


@attrs.frozen
class Step:
    """What to do with one response.

    Args:
        fresh: indexes of the rows to yield, in order.
        retry: a window to read at once, or None. If it brings rows, the response that led to it
            should be offered again: by then it may connect.
    """

    fresh: tuple[int, ...]
    retry: Window | None = None


class _PageSizes:
    """What is known of the server's page sizes, and the windows to cut with them.

    Args:
        page_size: the size of the first window.
    """

    def __init__(self, page_size: int) -> None:
        self.first = Window(1, page_size)
        self.guessed = False  # from a page of another length than asked for, without a count
        self._usual = min(LARGEST_PAGE, page_size + page_size // 5 + 2)
        self._cap: int | None = None  # it gives no more rows than this
        self._fixed: int | None = None  # it gives this many, whatever was asked
        self._first_rows = 0  # rows in the first response
        self._most_rows = 0  # rows in the fullest response

    def as_served(self, window: Window) -> Window:
        """The window as the server understands it."""
        return Window(window.page, self._fixed or min(window.size, self._cap or window.size))

    def learn(self, window: Window, rows: int, total: int | None, *, overlaps: bool) -> None:
        """See from one response whether the server keeps to the size that it was asked for.

        Args:
            window: what was asked for.
            rows: how many rows came.
            total: the server's count of all rows; None when it gave none.
            overlaps: whether a row that was yielded before is among them.
        """
        more = total is None or total > window.offset + rows
        if rows > (self._fixed or window.size):
            self._fixed = rows
            self.guessed = total is None
        elif self._cap is not None and rows > self._cap:
            self._cap = None
        elif 0 < rows < window.size and more and self._fixed is None:
            if rows >= self._most_rows:
                self._cap = rows
                self.guessed = total is None and window.page == 1
            elif not overlaps and (window.page - 1) * self._first_rows + rows == total:
                # The short last page of a list that is cut in pages of another size than asked for.
                self._fixed = self._first_rows
        self._first_rows = self._first_rows or rows
        self._most_rows = max(self._most_rows, rows)

    def overlapping(self, end: int) -> Window:
        """The window that holds row ``end - 1`` and reaches furthest beyond it.

        Where no window does both, the one that starts at ``end``.
        """
        if self._fixed is not None:
            return Window(end // self._fixed + 1, self._fixed)
        largest = self._cap or LARGEST_PAGE
        usual = min(self._usual, largest)
        if end < 1:
            return self.first
        best = Window(1, end)
        for size in range(usual, 0, -1):
            if end - 1 + size <= best.end:
                break  # no smaller size reaches further
            window = Window((end - 1) // size + 1, size)
            best = window if window.end > best.end else best
        if best.page == 1 and best.end > end:
            return Window(1, max(best.size, self.first.size))  # the offset is 0 whatever the size
        if best.end > end:
            return best
        for size in range(usual + 1, largest + 1):
            if end % size:
                return Window(end // size + 1, size)
        size = next(size for size in range(usual, 0, -1) if end % size == 0)
        return Window(end // size + 1, size)


class ListingPlan:
    """The state of one listing: where it is, what it has yielded, what to read next.

    Not safe for use by several threads at once.

    Args:
        page_size: rows a page, 1 to 100. The first window has exactly this size. Later ones differ
            from it, so that they overlap: by a fifth plus two rows at most (more only for the
            smallest sizes), and never more than 100 rows. The overlap costs about 10 % more
            requests than pages without one, and 14 % for pages of 100, where there is no slack.
        state: how many of the last yielded keys to remember; two full pages at least.

    Raises:
        ValueError: page_size is outside 1 to 100.
    """

    def __init__(self, page_size: int, *, memory: int = 10_000) -> None:
        if not 1 <= page_size <= LARGEST_PAGE:
            raise ValueError(f"page_size must be 1 to {LARGEST_PAGE}, got {page_size}")
        self._sizes = _PageSizes(page_size)
        self._memory = max(memory, 2 * LARGEST_PAGE)
        self._total: int | None = None
        self._done = False
        # Key -> running number, in the order of yielding, which is list order: when a row is
        # remembered, so is every row between it and the frontier. Without this, a page that holds a
        # remembered row could show a forgotten one after it, as if new.
        self._seen: OrderedDict[Hashable, int] = OrderedDict()
        self._numbered: int = 0
        self._yielded: int = 0
        # Where the frontier ends: as believed, and as last observed, with the count at that moment.
        self._end: int = 0
        self._observed_end: int = 0
        self._observed_total: int | None = None
        # The search for a frontier that moved: the window asked for, the next step back (0: no
        # search is on), and the end of a page of yielded rows only.
        self._asked = self._sizes.first
        self._refused: Window | None = None  # the last one that came before it was needed
        self._back: int = 0
        self._low: int = 0
        self._fruitless: int = 0
        # How many reads in a row showed the end of the list, and counted rows beyond it.
        self._denied: int = 0

    @property
    def first(self) -> Window:
        """The window to read first."""
        return self._sizes.first

    @property
    def total(self) -> int | None:
        """The server's latest count of all rows; None while it gave none that can be true."""
        return self._total

    @property
    def done(self) -> bool:
        """Whether every row has been yielded, so that nothing more need be read."""
        return self._done

    @property
    def remembered(self) -> int:
        """How many keys are held in memory now."""
        return len(self._seen)

    def following(self, window: Window | None) -> Window | None:
        """Say which window to read next.

        Args:
            window: the last window in flight, or None when none is.

        Returns:
            The window that follows it if the list stays as it is. None when the listing is done, or
            when nothing is known to lie beyond ``window``. With ``window`` None and the listing not
            done there is always a window: the one that is needed next.
        """
        if self._done:
            return None
        if window is None:
            return self._ask()
        if self._denied:  # nothing is known of what lies beyond an end that is in doubt
            return None
        reached = max(self._sizes.as_served(window).end, self._end)
        if self._total is None or reached >= self._total:
            return None
        return self._sizes.overlapping(reached)

    def accept(self, window: Window, keys: Sequence[Hashable], total: int | None) -> Step:
        """Take in the response to one read: in any order, late, or for a second time.

        Args:
            window: the window that was asked for.
            keys: one key a row, in the server's order. Equal keys are one row: the first counts.
            total: the server's count of all rows; None or a negative number when it gave none.

        Returns:
            Which rows to yield, and a window to read at once if the response could not be used yet.

        Raises:
            ListingInconsistent: many reads in a row brought neither a new row nor the end, or a few
                showed the end while the server counts more rows.
        """
        if self._done:
            return Step(())
        total = None if total is None or total < 0 else total
        asked = window == self._asked
        late = window == self._refused and not asked
        guessed = self._sizes.guessed
        start = next((at for at, key in enumerate(keys) if key in self._seen), None)
        self._sizes.learn(window, len(keys), total, overlaps=start is not None)
        self._memory = max(self._memory, 2 * len(keys))
        offered, window = window, self._sizes.as_served(window)
        reached = window.offset + len(keys)
        if total is not None:
            if keys and total < reached:
                total = None  # it counts fewer rows than it shows
            self._total = total

        if start is None and window.page > 1 and not self._abuts(window, total):
            self._refused = self._refused if asked else offered
            return self._look_elsewhere(window, len(keys), total)
        frontier = next(reversed(self._seen), None)
        fresh = self._number_new(keys, start or 0)
        self._done = self._is_last(window, len(keys), total, bool(fresh))
        if guessed:
            # The page before was shorter or longer than asked for and came without a count. Was it
            # the whole list, or does the server cut its pages as it likes? Then this one had more.
            self._done = self._done or (start is not None and not fresh)
            self._sizes.guessed = False
        if fresh or (asked and (not keys or frontier in keys)):
            self._keep_in_order(keys[start or 0 :])
            if late:  # what came after it was read later, and says better where things stand
                reached, total = self._observed_end + len(fresh), self._observed_total
            self._observe(reached, total)
        elif asked:
            # The page ends before the frontier: by as many rows as were yielded after its last one,
            # unless some of those were deleted.
            end = reached + self._numbered - self._seen[keys[-1]]
            self._end = end if total is None else min(end, max(total, reached))
            self._low = reached
            self._back = self._back or 1
        while len(self._seen) > self._memory:
            self._seen.popitem(last=False)
        self._count_fruitless(window, len(keys), total, bool(fresh))
        return Step(fresh)

    def _observe(self, end: int, total: int | None) -> None:
        """Note where the frontier ends, as seen in a page; a search is over."""
        self._end = self._observed_end = end
        self._observed_total = total
        self._back = self._low = 0

    def _ask(self) -> Window:
        """The window that is needed next, by what is believed."""
        self._asked = self._sizes.overlapping(self._end)
        return self._asked

    def _is_last(self, window: Window, rows: int, total: int | None, fresh: bool) -> bool:
        """Whether a page that connects with the frontier is the end of the list."""
        reached = window.offset + rows
        if rows < window.size:
            # A short page is the end, unless the count that came with it says otherwise: in one
            # response of an honest server that can't be. It may be caught between two changes.
            if total is None or reached >= total:
                return True
            if not fresh:
                self._denied += 1
                if self._denied > ASK_AGAIN:
                    raise rows_missing(total, self._yielded)
            return False
        if total is None or reached < total:
            return False
        # Old rows only, further down than the rows that joined can have pushed them: perhaps the
        # server showed another page than it was asked for. One more look will tell.
        if fresh or reached <= self._observed_end + max(0, -self._fallen(total)):
            return True
        self._observed_end, self._observed_total = reached, total
        return False

    def _abuts(self, window: Window, total: int | None) -> bool:
        """Whether to trust a window that follows the frontier where none can overlap it."""
        return (
            window.offset == self._end == self._sizes.overlapping(self._end).offset
            and (not self._back or self._end == self._low)
            and self._fallen(total) <= 0
        )

    def _fallen(self, total: int | None) -> int:
        """By how much the count fell since the frontier was observed; 0 when it cannot be told."""
        if total is None or self._observed_total is None:
            return 0
        return self._observed_total - total

    def _look_elsewhere(self, window: Window, rows: int, total: int | None) -> Step:
        """Leave a response that does not connect, and say where to look for the frontier."""
        needed = self._sizes.overlapping(self._end)
        if window.offset > needed.offset:  # too far ahead, as after a step back: first fill the gap
            return Step((), self._ask())
        self._count_fruitless(window, rows, total, False)
        if window.end < self._end:
            return Step((), self._ask())
        # It should have held the frontier. Look where the count says that it went, then back.
        if not self._back:
            self._back = 1
            self._end = max(0, self._observed_end - self._fallen(total))
        while self._end and self._sizes.overlapping(self._end) == needed:
            self._step_back()
        return Step((), self._ask())

    def _step_back(self) -> None:
        """Believe that the frontier ends further up than the search believed so far."""
        if self._low >= self._end:
            self._low = 0  # no longer true
        self._end = max(self._end - self._back, (self._low + self._end) // 2 if self._low else 0)
        self._back *= _STRIDE

    def _number_new(self, keys: Sequence[Hashable], start: int) -> tuple[int, ...]:
        """Number the new keys from ``start`` on, and return where they stand."""
        fresh: list[int] = []
        for at in range(start, len(keys)):
            if keys[at] not in self._seen:
                self._numbered += 1
                self._seen[keys[at]] = self._numbered
                fresh.append(at)
        self._yielded += len(fresh)
        return tuple(fresh)

    def _keep_in_order(self, keys: Sequence[Hashable]) -> None:
        """Number anew the yielded rows up to the frontier, if their numbers need it.

        They do when rows that joined at the head were yielded late, because every older row seemed
        gone. And they do after a search: whoever keeps five rows and deletes the next twenty
        thousand has these five before the frontier, and they must not be forgotten.
        """
        numbers = [self._seen[key] for key in keys]
        if self._back or numbers != sorted(numbers):
            for key in keys:
                self._numbered += 1
                self._seen[key] = self._numbered
                self._seen.move_to_end(key)

    def _count_fruitless(self, window: Window, rows: int, total: int | None, fresh: bool) -> None:
        """Give up after too many reads in a row without a new row, so that every listing ends."""
        self._fruitless = 0 if fresh else self._fruitless + 1
        self._denied = 0 if fresh else self._denied
        patience = PATIENCE + len(self._seen) // self._sizes.first.size
        if self._fruitless > patience and not self._done:
            raise ListingInconsistent(
                f"{self._fruitless} reads in a row brought no new row and no end of the list: page "
                f"{window.page} of {window.size} rows came with {rows} rows and the count {total}, "
                f"after {self._yielded} rows"
            )
