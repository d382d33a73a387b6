"""What a command has paid for so far, so that it is told whatever happens next.

This module owns that record. A command runs once in a process, or one after the other; each begins
with an empty record.
"""

from __future__ import annotations

from collections.abc import Sequence

_kept: dict[str, tuple[str, ...]] = {}
#: What was paid for on the way to something that will be kept.
_steps: dict[str, None] = {}

#: Operations that cost coins before the start of a task does, and what is told of them.
_PAID_STEPS = {
    "add_upload_url": "What was uploaded so far is paid for.",
    "add_speech": "The speech was made and paid for.",
}


def clear() -> None:
    """Begin with an empty record."""
    _kept.clear()
    _steps.clear()


def keep_step(operation: str) -> None:
    """Record an operation that succeeded, if it costs coins; until what it is for is recorded.

    Args:
        operation: The operation's id in snake case.
    """
    if operation in _PAID_STEPS:
        _steps[_PAID_STEPS[operation]] = None


def keep(identifier: str, lines: Sequence[str]) -> None:
    """Record something that was paid for.

    Args:
        identifier: What it is known by: a task's id, or an address. What was recorded under it
            before is replaced.
        lines: What to tell of it, and how to get at it, if the command fails from here on.
    """
    _kept[identifier] = tuple(lines)
    _steps.clear()


def are_kept() -> bool:
    """Tell whether anything was paid for."""
    return bool(_kept or _steps)


def lines_beyond(told: str) -> list[str]:
    """Return the lines on everything that a text does not tell of already.

    Args:
        told: What is told in any case.
    """
    kept = [line for identifier, lines in _kept.items() if identifier not in told for line in lines]
    return [*kept, *(step for step in _steps if step.rstrip(".") not in told)]
