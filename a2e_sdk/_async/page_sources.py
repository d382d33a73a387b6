"""Where a listing comes from: from pages, or in one piece.

This module owns how each of the two kinds is read, in one iteration and page by page. Which pages
to read, and which of their records to yield, is decided by ``_tasks.pagination``; the request is a
function that a source is given.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import AsyncGenerator
from typing import Generic, Protocol, TypeVar

from a2e_sdk import errors
from a2e_sdk._tasks.pagination import (
    ASK_AGAIN,
    ListingInconsistent,
    ListingPlan,
    Window,
    rows_missing,
)
from a2e_sdk._wire.records import RawPage
from a2e_sdk.models.page import Page

from .concurrency import AsyncReadAhead, Call, PendingCall

ItemT = TypeVar("ItemT")

#: How many pages are on their way at the most.
READ_AHEAD = 8

#: After so many pages without any record a listing is given up.
_BARREN_PAGES = 20

_ADVICE = "All that came before it was yielded; read single pages with `page()` to look closer."


class AsyncPageSource(Protocol[ItemT]):
    """What the items of a listing are read from.

    Attributes:
        operation: The operation's id, for errors and for `repr`.
        model: The class of the items.
        total: The server's latest count of all items; None until there is one.
    """

    operation: str
    model: type[ItemT]
    total: int | None

    async def count(self) -> int | None:
        """Ask the server for its count of all items; None where it gives none."""
        ...

    async def page(self, number: int, size: int) -> Page[ItemT]:
        """Read one page."""
        ...

    def items(self, page_size: int, limit: int | None) -> AsyncGenerator[ItemT, None]:
        """Iterate all items, or so many at the most."""
        ...


class AsyncPagedSource(Generic[ItemT]):
    """A listing that the server gives page by page.

    Args:
        operation: The operation's id.
        model: The class of the items.
        read: Reads a page of a number and a size.
        ahead: How many pages may be on their way while items are consumed.
    """

    def __init__(
        self,
        operation: str,
        model: type[ItemT],
        read: Call[RawPage[ItemT]],
        *,
        ahead: int = READ_AHEAD,
    ) -> None:
        self.operation = operation
        self.model = model
        self.total: int | None = None
        self._read = read
        self._ahead = ahead

    async def count(self) -> int | None:
        """Ask the server for its count of all items; None where it gives none."""
        self.total = (await self._read(1, 1)).total
        return self.total

    async def page(self, number: int, size: int) -> Page[ItemT]:
        """Read one page."""
        rows = await self._read(number, size)
        return Page(tuple(rows.items()), rows.total, number, size, self.model)

    async def items(self, page_size: int, limit: int | None) -> AsyncGenerator[ItemT, None]:
        """Iterate all items, or so many at the most; pages are read ahead."""
        most = left = math.inf if limit is None else limit
        plan = ListingPlan(page_size)
        yielded = barren = 0
        try:
            async with AsyncReadAhead[RawPage[ItemT]]() as ahead:
                in_flight: deque[tuple[Window, PendingCall[RawPage[ItemT]]]] = deque()
                while not plan.done:
                    if in_flight:
                        window, started = in_flight.popleft()
                        rows = await ahead.result(started)
                    else:
                        window = plan.following(None) or plan.first
                        rows = await self._read(window.page, window.size)
                    # A page that can't be used yet waits here for the one that it needs.
                    waiting = [(window, rows)]
                    while waiting and not plan.done:
                        window, rows = waiting[-1]
                        step = plan.accept(window, rows.keys, rows.total)
                        self.total = plan.total
                        if step.retry is not None:
                            rows = await self._read(step.retry.page, step.retry.size)
                            waiting.append((step.retry, rows))
                            continue
                        waiting.pop()
                        if not step.fresh:
                            waiting.clear()  # It gave nothing that they could connect to.
                        latest = in_flight[-1][0] if in_flight else None
                        yielded += len(step.fresh)
                        while len(in_flight) < self._ahead:
                            on_their_way = sum(window.size for window, _ in in_flight)
                            if yielded + on_their_way >= most:
                                break
                            latest = plan.following(latest)
                            if latest is None or plan.total is None:
                                break
                            started = ahead.start(self._read, latest.page, latest.size)
                            in_flight.append((latest, started))
                        shown = False
                        for item in rows.items(step.fresh):
                            shown = True
                            yield item
                            left -= 1
                            if left <= 0:
                                return
                        barren = 0 if shown or not step.fresh else barren + 1
                        if barren > _BARREN_PAGES:
                            raise _inconsistent(
                                f"{barren} pages in a row held no record, although the server "
                                f"counts {plan.total}",
                                self.operation,
                            )
        except ListingInconsistent as problem:
            raise _inconsistent(str(problem), self.operation) from None


class AsyncWholeSource(Generic[ItemT]):
    """A listing that the server gives in one piece, whatever page is asked for.

    Args:
        operation: The operation's id.
        model: The class of the items.
        read: Reads all records; it takes nothing.
    """

    def __init__(self, operation: str, model: type[ItemT], read: Call[RawPage[ItemT]]) -> None:
        self.operation = operation
        self.model = model
        self.total: int | None = None
        self._read = read

    async def count(self) -> int | None:
        """Read all, and return the server's count of it; None where it gives none."""
        self.total = (await self._read()).total
        return self.total

    async def page(self, number: int, size: int) -> Page[ItemT]:
        """Read all, and return its piece that is one page."""
        rows = await self._read()
        items = tuple(rows.items())[(number - 1) * size : number * size]
        return Page(items, rows.total, number, size, self.model)

    async def items(self, page_size: int, limit: int | None) -> AsyncGenerator[ItemT, None]:
        """Iterate all items, or so many at the most; all are read again where some are missing."""
        rows = await self._read()
        for _ in range(ASK_AGAIN):
            if not rows.missing:
                break
            rows = await self._read()
        self.total = rows.total
        left = math.inf if limit is None else limit
        for item in rows.items():
            yield item
            left -= 1
            if left <= 0:
                return
        if rows.missing:
            missing = rows_missing(len(rows) + rows.missing, len(rows))
            raise _inconsistent(str(missing), self.operation)


def _inconsistent(message: str, operation: str) -> errors.UnexpectedResponseError:
    return errors.UnexpectedResponseError(message, operation=operation, advice=_ADVICE)
