"""Listings that page themselves.

This module owns what users iterate. How its items are read is in ``page_sources``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Generic, TypeVar

from a2e_sdk._display.displayed import Displayed
from a2e_sdk._tables.library_types import ArrowTable, Cell, PandasFrame, PolarsFrame
from a2e_sdk.models.page import Page

from .concurrency import AWAIT, AsyncArrowExport, AsyncIteration
from .page_sources import AsyncPageSource

ItemT = TypeVar("ItemT")


class AsyncPaginator(Displayed, AsyncArrowExport, Generic[ItemT]):
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
        self, source: AsyncPageSource[ItemT], page_size: int, *, limit: int | None = None
    ) -> None:
        self._source = source
        self._page_size = page_size
        self._limit = limit

    def __repr__(self) -> str:
        limit = "" if self._limit is None else f", limit={self._limit}"
        total = "" if self._source.total is None else f", total={self._source.total}"
        operation = self._source.operation
        return f"{type(self).__name__}({operation}, page_size={self._page_size}{limit}{total})"

    def _html(self) -> str:
        from a2e_sdk._display.listings import listing_card

        source = self._source
        return listing_card(
            source.operation, source.model, self._page_size, self._limit, source.total, AWAIT
        )

    @property
    async def total(self) -> int | None:
        """How many items there are by the server's latest count; None where it gives none.

        Asks the server unless an iteration has begun before.

        Raises:
            APIError: The request failed.
        """
        known = self._source.total
        return await self._source.count() if known is None else known

    async def to_list(self) -> list[ItemT]:
        """Return all items.

        Raises:
            UnexpectedResponseError: The server counts more items than it shows.
            APIError: A request failed.
        """
        return [item async for item in self]

    async def to_dicts(self) -> list[dict[str, Cell]]:
        """Read all items and return a dict for each, with the columns of docs/notebooks.md.

        Raises:
            UnexpectedResponseError: The server counts more items than it shows.
            APIError: A request failed.
        """
        from a2e_sdk._tables.frames import to_dicts

        return to_dicts(await self.to_list(), self._source.model)

    async def to_pandas(self) -> PandasFrame:
        """Read all items and return them as a data frame of pandas.

        Raises:
            ImportError: pandas is not installed; the message says how.
            UnexpectedResponseError: The server counts more items than it shows.
            APIError: A request failed.
        """
        from a2e_sdk._tables.frames import to_pandas

        return to_pandas(await self.to_list(), self._source.model)

    async def to_polars(self) -> PolarsFrame:
        """Read all items and return them as a data frame of polars.

        Raises:
            ImportError: polars is not installed; the message says how.
            UnexpectedResponseError: The server counts more items than it shows.
            APIError: A request failed.
        """
        from a2e_sdk._tables.frames import to_polars

        return to_polars(await self.to_list(), self._source.model)

    async def to_arrow(self) -> ArrowTable:
        """Read all items and return them as a table of Arrow.

        Raises:
            ImportError: pyarrow is not installed; the message says how.
            UnexpectedResponseError: The server counts more items than it shows.
            APIError: A request failed.
        """
        from a2e_sdk._tables.frames import to_arrow

        return to_arrow(await self.to_list(), self._source.model)

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
                    yield self._page(items, number)
                    number += 1
                    items = []
        if items or number == 1:
            yield self._page(items, number)

    def _page(self, items: list[ItemT], number: int) -> Page[ItemT]:
        source = self._source
        return Page(tuple(items), source.total, number, self._page_size, source.model)

    def __aiter__(self) -> AsyncIteration[ItemT]:
        return AsyncIteration(self._source.items(self._page_size, self._limit))
