"""One item of an iterator at a time, for whoever takes them in a thread."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

ItemT = TypeVar("ItemT")


def next_of(items: Iterator[ItemT]) -> ItemT | None:
    """Return the next item; None where there is none."""
    return next(items, None)
