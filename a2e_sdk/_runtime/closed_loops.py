"""Whether the event loop of some work was closed, so that the work never goes on.

This module owns that question for objects of both clients. It does not import asyncio, which a
blocking program goes without.
"""

from __future__ import annotations

import sys
from typing import Any


def asyncio_loop() -> Any:
    """Return the event loop of asyncio that runs in this thread; None where none does."""
    running = getattr(sys.modules.get("asyncio"), "get_running_loop", None)
    if running is None:
        return None
    try:
        return running()
    except RuntimeError:
        return None


def is_closed(loop: Any) -> bool:
    """Tell whether an event loop was closed, so that nothing of it ever goes on.

    Only asyncio's can leave tasks unfinished: trio ends when its last task has.

    Args:
        loop: A loop of asyncio, a token of trio, or None for no loop.
    """
    closed = getattr(loop, "is_closed", None)
    return closed is not None and bool(closed())
