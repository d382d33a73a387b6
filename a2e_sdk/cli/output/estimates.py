"""How long a task has been running, and how long it may still take.

This module owns that reckoning and its words. It is pure; what was learnt is the client's.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence


def seconds_left(elapsed: float, durations: Sequence[float]) -> float | None:
    """Return how many more seconds a task usually takes.

    Args:
        elapsed: Seconds since it was created.
        durations: How many seconds finished tasks of its family took, ascending.

    Returns:
        The median of what those had left that took longer than this one has; None where there are
        none.
    """
    longer = durations[bisect_right(durations, elapsed) :]
    return longer[len(longer) // 2] - elapsed if longer else None


def estimate_text(elapsed: float, durations: Sequence[float]) -> str:
    """Return an estimate for a person, such as ``about 40 s left``; empty where nothing is known.

    Args:
        elapsed: Seconds since the task was created.
        durations: How many seconds finished tasks of its family took, ascending.
    """
    if not durations:
        return ""
    left = seconds_left(elapsed, durations)
    if left is None:
        return "longer than usual"
    if left < 90:
        return f"about {max(5 * round(left / 5), 5)} s left"
    minutes = round(left / 60)
    return f"about {minutes} min left" if minutes < 90 else f"about {minutes / 60:.1f} h left"
