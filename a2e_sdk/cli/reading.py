"""How much of a listing a command reads.

This module owns the choice between one page and the whole listing; reading is the facade's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from ..models import Task
    from ..synchronous.tasks import Tasks

TaskT = TypeVar("TaskT", bound="Task")


def newest(tasks: Tasks[TaskT], *, page_size: int, limit: int | None) -> Iterator[TaskT]:
    """Iterate the newest tasks.

    A limit that fits into a page takes one request, for just so many rows.

    Args:
        tasks: The tasks of a family.
        page_size: How many to ask for at once, from 1 to 100.
        limit: Where to stop; None reads all.

    Raises:
        APIError: A request failed.
    """
    if limit is not None and limit <= page_size:
        # The listing would read ahead; a single page can't.
        page = tasks.page(1, page_size=limit)
        if len(page) >= limit or (page.total is not None and len(page) >= page.total):
            yield from page.items[:limit]
            return
        # The server gave fewer rows than asked for although there are more: list them after all.
        page_size = limit
    with closing(iter(tasks.list(page_size=page_size))) as rows:
        yield from islice(rows, limit)
