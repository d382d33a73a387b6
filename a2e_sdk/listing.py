"""Decides which pages of a list to read, and which of the rows that come back are new.

The server lists newest first, by offset: page ``n`` of size ``s`` is rows ``(n - 1) * s`` to ``n * s``
of the list as it stands at that moment. Rows join at the head and leave anywhere, at any moment, so a
plain walk over the pages loses rows. This module owns the bookkeeping that prevents it. It reads
nothing and waits for nothing: the two drivers (threads, tasks) read the pages and keep several in
flight. What a row is called (its key) is the caller's business.

**The promise.** Every row that is in the list from the first read to the last is yielded exactly
once, in list order, whatever happens in between and in whatever order the reads are answered.

**Why it holds.** Let the frontier be the last row yielded. Invariant: every row that lives
throughout and stands at or before the frontier has been yielded. Take a page read at *any* time that
holds a row X already yielded. X stands at or before the frontier, and a page is a contiguous piece
of the list, so between X and the page's end no throughout-living row is missing: yielding the rows
after X that are new, in order, keeps the invariant. Rows before the first such X joined after the
start; they are dropped. A page at offset 0 is contiguous with the top and needs no X. Any other page
without an X proves nothing and is not yielded from. If such a page, or the row before it, is where
the list must end (an X is the last row of the list), every throughout-living row is out.

**What follows from it.** Each window overlaps the one before by at least one row. An offset is a
multiple of the size, so sizes vary. When rows above the frontier were deleted, a window shows no X:
the plan looks 1, 8, 64 ... rows further back (or as far as the count fell), and goes on from there.

**What is best effort.** A server that hands out fewer than about ten rows a page, or ignores the
page size, leaves boundaries that no window can overlap; there a page counts as connected unless the
count fell. Keys are remembered for the last ``memory`` rows only: a row could come twice if all of
these were deleted between two reads while an older one lives on.

**How a driver uses it.** Read ``first`` and accept the answer. Keep windows in flight, in order:
``following(last in flight)``, or ``following(None)`` when none is. Offer the oldest answer to
``accept`` and yield its ``fresh`` rows. While the step has a ``retry``: read that window at once and
accept its answer instead; if that brought rows, offer the first answer again, which may connect now,
and go by its step. Stop when ``done``. The tests hold this loop in ten lines.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Sequence

import attrs

LARGEST_PAGE = 100
"""The largest page size the server takes."""

PATIENCE = 24
"""Reads in a row that bring no new row before a listing is given up as inconsistent."""

_STRIDE = 8  # how much further back each look for the frontier goes than the one before


class ListingInconsistent(Exception):
    """The server's pages cannot be the pages of one list; the message says what was seen."""


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
    """What to do with one answer.

    Args:
        fresh: indexes of the rows to yield, in order.
        retry: a window to read at once, or None. If it brings rows, the answer that led to it
            should be offered again: by then it may connect.
    """

    fresh: tuple[int, ...]
    retry: Window | None = None


class ListingPlan:
    """The state of one listing: where it is, what it has yielded, what to read next.

    Not safe for use by several threads at once.

    Args:
        page_size: rows a page, 1 to 100. The first window has exactly this size; later ones differ
            by some rows (at most a fifth plus two more, very rarely beyond; never more than 100), so
            that they overlap at about 10 % extra requests, 14 % for pages of 100.
        memory: how many of the last yielded keys are remembered, at least two pages' worth.

    Raises:
        ValueError: page_size is outside 1 to 100, or memory is below 1.
    """

    def __init__(self, page_size: int, *, memory: int = 10_000) -> None:
        if not 1 <= page_size <= LARGEST_PAGE:
            raise ValueError(f"page_size must be 1 to {LARGEST_PAGE}, got {page_size}")
        if memory < 1:
            raise ValueError(f"memory must be at least 1, got {memory}")
        self._memory = max(memory, 2 * LARGEST_PAGE)
        self._first = Window(1, page_size)
        self._usual = min(LARGEST_PAGE, page_size + page_size // 5 + 2)
        self._total: int | None = None
        self._done = False
        # Key -> running number, in the order of yielding, which is list order: whenever a row is
        # remembered, so is every row yielded after it. The proof above leans on this.
        self._seen: OrderedDict[Hashable, int] = OrderedDict()
        self._numbered = 0
        self._yielded = 0
        # Where the frontier ends: believed now, and as last observed, with the count of that moment.
        self._end = 0
        self._observed_end = 0
        self._observed_total: int | None = None
        # The search for a frontier that moved: the last step back, where a yielded row was seen, and
        # where none was.
        self._back = 0
        self._low = 0
        self._high = 0
        self._fruitless = 0
        # What is known of the server's own idea of page sizes.
        self._page_rows = 0  # rows in the first answer
        self._most_rows = 0  # rows in the fullest answer
        self._cap: int | None = None  # it gives no more than this
        self._fixed: int | None = None  # it gives this many, whatever was asked

    @property
    def first(self) -> Window:
        """The window to read first."""
        return self._first

    @property
    def total(self) -> int | None:
        """The server's latest count of all rows; None while it gave none that can be true."""
        return self._total

    @property
    def done(self) -> bool:
        """Whether every row has been yielded; nothing more need be read."""
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
            done there is always a window: the one the frontier needs.
        """
        if self._done:
            return None
        if window is None:
            return self._overlapping(self._end)
        reached = max(self._as_served(window).end, self._end)
        if self._total is None or reached >= self._total:
            return None
        return self._overlapping(reached)

    def accept(self, window: Window, keys: Sequence[Hashable], total: int | None) -> Step:
        """Take in the answer to one read, in any order, early or late; harmless when repeated.

        Args:
            window: the window that was asked for.
            keys: one key a row, in the server's order. Equal keys are one row: the first counts.
            total: the server's count of all rows; anything but a number from 0 up counts as missing.

        Returns:
            Which rows to yield, and a window to read at once if the answer could not be used yet.

        Raises:
            ListingInconsistent: many reads in a row brought nothing new and no end either.
        """
        if self._done:
            return Step(())
        total = total if isinstance(total, int) and total >= 0 else None
        self._learn_sizes(window, len(keys), total)
        served = self._as_served(window)
        reached = served.offset + len(keys)
        if keys and total is not None and total < reached:
            total = None  # it counts fewer rows than it shows
            self._total = None
        elif total is not None:
            self._total = total

        start = next((at for at, key in enumerate(keys) if key in self._seen), None)
        if start is None and served.page > 1 and not self._abuts(served, total):
            return self._look_elsewhere(served, len(keys), total)
        frontier = next(reversed(self._seen), None)
        connected = keys[start or 0 :]
        fresh = self._remember(keys, start or 0)
        self._yielded += len(fresh)
        self._fruitless = 0 if fresh else self._fruitless + 1

        end = reached
        if fresh or frontier in connected:
            self._high = 0
            self._keep_in_order(connected)
        elif keys:
            # The page ends before the frontier: by as many rows as were yielded after its last one,
            # unless some of those were deleted.
            end += self._numbered - self._seen[keys[-1]]
            if self._high > reached:
                end = min(end, (reached + self._high) // 2)
        self._forget()

        short = len(keys) < served.size
        ends = reached >= total if total is not None else short
        if ends or (short and not fresh):
            # A page of old rows only, further down than insertions explain, is not a list's end:
            # the server may have shown another page than it was asked for. Look once more.
            grown = max(-self._fallen(total), 0)
            self._done = bool(fresh) or not keys or end <= self._observed_end + grown
        if total is not None:
            end = min(end, max(total, reached))
        self._end = self._observed_end = end
        self._observed_total = total
        self._low, self._back = reached, 0
        self._check_patience(served, len(keys), total)
        return Step(fresh)

    def _overlapping(self, end: int) -> Window:
        """The window that holds row ``end - 1`` and reaches furthest beyond it."""
        if self._fixed is not None:
            return Window(end // self._fixed + 1, self._fixed)
        largest = self._cap or LARGEST_PAGE
        usual = min(self._usual, largest)
        if end < 1:
            return Window(1, min(self._first.size, largest))
        best = Window(1, 0)
        for size in range(usual, 0, -1):
            if end - 1 + size <= max(best.end, end):
                break
            window = Window((end - 1) // size + 1, size)
            if window.end > max(best.end, end):
                best = window
        if best.size:
            return best
        for size in range(usual + 1, largest + 1):
            if end % size:
                return Window(end // size + 1, size)
        size = next(size for size in range(usual, 0, -1) if end % size == 0)
        return Window(end // size + 1, size)

    def _as_served(self, window: Window) -> Window:
        """The window as this server understands it, by what is known of its page sizes."""
        return Window(window.page, self._fixed or min(window.size, self._cap or window.size))

    def _learn_sizes(self, window: Window, rows: int, total: int | None) -> None:
        """See from one answer whether the server keeps to the size that it was asked for."""
        more = total is None or total > window.offset + rows
        if rows > (self._fixed or window.size):
            self._fixed = max(rows, self._most_rows)
        elif self._cap is not None and rows > self._cap:
            self._cap = None
        elif rows < window.size and self._fixed is None:
            if 0 < rows >= self._most_rows and more:
                self._cap = rows
            elif rows and more and (window.page - 1) * self._page_rows + rows == total:
                # The short last page of a list cut in pages of another size than asked for.
                self._fixed = self._page_rows
        self._page_rows = self._page_rows or rows
        self._most_rows = max(self._most_rows, rows)
        self._memory = max(self._memory, 2 * rows)

    def _abuts(self, window: Window, total: int | None) -> bool:
        """Whether to take a window that follows the frontier although it cannot overlap it."""
        if window.offset != self._end or (self._back and self._end != self._low):
            return False
        if self._overlapping(self._end).offset != self._end:
            return False
        return self._fallen(total) <= 0

    def _fallen(self, total: int | None) -> int:
        """By how much the count fell since the frontier was observed; 0 when it cannot be told."""
        if total is None or self._observed_total is None:
            return 0
        return self._observed_total - total

    def _look_elsewhere(self, window: Window, rows: int, total: int | None) -> Step:
        """Leave an answer that does not connect, and say where to look for the frontier."""
        needed = self._overlapping(self._end)
        if window.offset > needed.offset:  # too far ahead, as after a step back: first fill the gap
            return Step((), needed)
        self._fruitless += 1
        self._check_patience(window, rows, total)
        if window.end >= self._end:
            # It should have held the frontier: rows above were deleted and the list moved up.
            self._back = self._back * _STRIDE or 1
            self._high = self._end
            guess = min(self._end - self._back, self._observed_end - self._fallen(total))
            if not rows and total is not None:
                guess = min(guess, total)
            if self._low >= self._end:
                self._low = 0
            if self._low:  # between a yielded row and here: halve what is left
                guess = max(guess, (self._low + self._end) // 2)
            self._end = max(guess, 0)
        return Step((), self._overlapping(self._end))

    def _remember(self, keys: Sequence[Hashable], start: int) -> tuple[int, ...]:
        """Number the new keys from ``start`` on, and return where they stand."""
        fresh: list[int] = []
        for at in range(start, len(keys)):
            if keys[at] not in self._seen:
                self._numbered += 1
                self._seen[keys[at]] = self._numbered
                fresh.append(at)
        return tuple(fresh)

    def _keep_in_order(self, keys: Sequence[Hashable]) -> None:
        """Number yielded rows anew that stand before the frontier now, if their numbers need it.

        They do when rows above the listed ones were yielded late (every listed row seemed gone). And
        after a search: whoever keeps five rows and deletes the next twenty thousand has these five
        at the frontier, and they must not be forgotten.
        """
        numbers = [self._seen[key] for key in keys]
        if self._back or numbers != sorted(numbers):
            for key in keys:
                self._numbered += 1
                self._seen[key] = self._numbered
                self._seen.move_to_end(key)

    def _forget(self) -> None:
        while len(self._seen) > self._memory:
            self._seen.popitem(last=False)

    def _check_patience(self, window: Window, rows: int, total: int | None) -> None:
        if self._fruitless > PATIENCE and not self._done:
            raise ListingInconsistent(
                f"{self._fruitless} reads in a row brought no new row and no end of the list: page "
                f"{window.page} of {window.size} rows came with {rows} rows and the count {total}, "
                f"after {self._yielded} rows"
            )
