"""One page of a listing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

import attrs

from a2e_sdk._display.displayed import Displayed
from a2e_sdk._tables.tabular import Tabular

ItemT = TypeVar("ItemT")


@attrs.frozen(slots=False)
class Page(Displayed, Tabular, Generic[ItemT]):
    """Some consecutive items of a listing; iterating it gives the items.

    It is a table where data frames are made, and in notebooks.

    Attributes:
        items: The items, in the server's order (newest first).
        total: How many items the whole listing has, by the server's count at the time; None where
            the server gave no count.
        number: The page's number, from 1.
        size: How many items a full page has.
        model: The class of its items, also of a page without any; None where it is not known.
    """

    items: tuple[ItemT, ...]
    total: int | None
    number: int
    size: int
    model: type[ItemT] | None = attrs.field(default=None, repr=False, eq=False)

    def __iter__(self) -> Iterator[ItemT]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def _rows(self) -> Sequence[object]:
        return self.items

    def _row_class(self) -> type | None:
        return self.model

    def _html(self) -> str:
        from a2e_sdk._display.records import class_words, rows_table

        known = "" if self.total is None else f" of {self.total:,}"
        title = f"{class_words(self.model)}s, page {self.number:,}: {len(self):,}{known}"
        return rows_table(self.items, self.model, title)
