"""One page of a listing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

import attrs

ItemT = TypeVar("ItemT")


@attrs.frozen(slots=False)
class Page(Generic[ItemT]):
    """Some consecutive items of a listing; iterating it gives the items.

    Attributes:
        items: The items, in the server's order (newest first).
        total: How many items the whole listing has, by the server's count at the time; None where
            the server gave no count.
        number: The page's number, from 1.
        size: How many items a full page has.
    """

    items: tuple[ItemT, ...]
    total: int | None
    number: int
    size: int

    def __iter__(self) -> Iterator[ItemT]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)
