"""The running event loop of asyncio, asked for without importing asyncio.

This module owns what the blocking client has to know of event loops: that none runs, or which one
does. A program that never imported asyncio has none, so asking costs no import.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio


def asyncio_loop() -> asyncio.AbstractEventLoop | None:
    """Return the event loop of asyncio that runs in this thread; None where none does."""
    events = sys.modules.get("asyncio.events")
    # Another thread may be importing it at this moment.
    running: Any = getattr(events, "get_running_loop", None)
    try:
        return None if running is None else running()
    except RuntimeError:
        return None


def is_closed(loop: Any) -> bool:
    """Tell whether an event loop was closed, so that nothing of it ever goes on.

    Only asyncio's can leave tasks unfinished: trio ends when its last task has.
    """
    base = getattr(sys.modules.get("asyncio.events"), "AbstractEventLoop", None)
    return base is not None and isinstance(loop, base) and loop.is_closed()
