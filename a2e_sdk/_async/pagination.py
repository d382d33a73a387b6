"""Listings that page themselves.

This module owns the driver that reads pages ahead of the consumer. Which pages to read, and which
of their rows to hand out, is decided by ``_tasks.pagination``; the request is a function that it is
given.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Generic, TypeVar

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

from .concurrency import AsyncIteration, AsyncReadAhead, Call, Started

ItemT = TypeVar("ItemT")

#: How many pages are on their way at the most.
READ_AHEAD = 8

#: After so many pages without any record a listing is given up.
_BARREN_PAGES = 20

_ADVICE = "All that came before it was handed out; read single pages with `page()` to look closer."


class AsyncPaginator(Generic[ItemT]):
    """A listing; each iteration reads it anew.

    Guarantees: every item that exists from the start of an iteration to its end comes exactly
    once, in the server's order (newest first), also while items are added or deleted; memory stays
    constant; at most 8 pages are on their way, and none once the iteration is left. Where the
    server sends no count with its pages, deletions meanwhile may, rarely, cost an item.

    Where the server counts more items than its pages hold, the end is read again a few times; then
    the iteration raises `UnexpectedResponseError`, after every item that it does show. That is so,
    too, where it counts items that it hides, such as expired records: take them as they come and
    catch the error, set a ``limit``, or read single pages with ``page()``, which checks no count.
    """

    def __init__(
        self,
        operation: str,
        read: Call[RawPage[ItemT]],
        page_size: int,
        *,
        paged: bool = True,
        limit: int | None = None,
        ahead: int = READ_AHEAD,
    ) -> None:
        self._operation = operation
        self._read = read
        self._page_size = page_size
        self._paged = paged
        self._limit = math.inf if limit is None else limit
        self._ahead = ahead
        self._total: int | None = None

    def __repr__(self) -> str:
        limit = "" if self._limit == math.inf else f", limit={self._limit}"
        total = "" if self._total is None else f", total={self._total}"
        return (
            f"{type(self).__name__}({self._operation}, page_size={self._page_size}{limit}{total})"
        )

    @property
    async def total(self) -> int | None:
        """How many items there are by the server's latest count; None where it gives none.

        Asks the server unless an iteration has begun before.

        Raises:
            APIError: The request failed.
        """
        if self._total is None:
            self._total = (await self._read(1, 1)).total
        return self._total

    async def to_list(self) -> list[ItemT]:
        """Return all items.

        Raises:
            UnexpectedResponseError: The server counts more items than it shows.
            APIError: A request failed.
        """
        return [item async for item in self]

    async def pages(self) -> AsyncIterator[Page[ItemT]]:
        """Iterate the items in pages of the page size; only the last one may be shorter.

        Raises:
            APIError: A request failed.
        """
        number = 1
        items: list[ItemT] = []
        async with aclosing(self.__aiter__()) as rest:
            async for item in rest:
                items.append(item)
                if len(items) == self._page_size:
                    yield Page(tuple(items), self._total, number, self._page_size)
                    number += 1
                    items = []
        if items or number == 1:
            yield Page(tuple(items), self._total, number, self._page_size)

    def __aiter__(self) -> AsyncIteration[ItemT]:
        return AsyncIteration(self._items())

    async def _items(self) -> AsyncGenerator[ItemT, None]:
        left = self._limit
        if not self._paged:
            rows = await self._read_whole()
            for item in rows.items():
                yield item
                left -= 1
                if left <= 0:
                    return
            if rows.missing:
                raise self._unexpected(str(rows_missing(len(rows) + rows.missing, len(rows))))
            return
        plan = ListingPlan(self._page_size)
        yielded = barren = 0
        try:
            async with AsyncReadAhead[RawPage[ItemT]]() as ahead:
                in_flight: deque[tuple[Window, Started[RawPage[ItemT]]]] = deque()
                while not plan.done:
                    if in_flight:
                        window, started = in_flight.popleft()
                        rows = await ahead.result(started)
                    else:
                        window = plan.following(None) or plan.first
                        rows = await self._read(window.page, window.size)
                    # An answer that can't be used yet waits here for the one that it needs.
                    waiting = [(window, rows)]
                    while waiting and not plan.done:
                        window, rows = waiting[-1]
                        step = plan.accept(window, rows.keys, rows.total)
                        self._total = plan.total
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
                            if yielded + on_their_way >= self._limit:
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
                            raise self._unexpected(
                                f"{barren} pages in a row held no record, although the server "
                                f"counts {plan.total}"
                            )
        except ListingInconsistent as problem:
            raise self._unexpected(str(problem)) from None

    async def _read_whole(self) -> RawPage[ItemT]:
        """Read a listing that the server gives in one piece, again where rows are missing."""
        rows = await self._read(1, self._page_size)
        for _ in range(ASK_AGAIN):
            if not rows.missing:
                break
            rows = await self._read(1, self._page_size)
        self._total = rows.total
        return rows

    def _unexpected(self, message: str) -> errors.UnexpectedResponseError:
        error = errors.UnexpectedResponseError(message, operation=self._operation)
        error.advice = _ADVICE
        return error
