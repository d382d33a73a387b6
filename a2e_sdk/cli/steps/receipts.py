"""What a command has paid for so far, so that it is told whatever happens next.

This module owns that record. A command runs once in a process, or one after the other; each begins
with an empty record.
"""

from __future__ import annotations

from collections.abc import Sequence

_kept: dict[str, tuple[str, ...]] = {}


def clear() -> None:
    """Begin with an empty record."""
    _kept.clear()


def keep(identifier: str, lines: Sequence[str]) -> None:
    """Record something that was paid for.

    Args:
        identifier: What it is known by: a task's id, or an address. What was recorded under it
            before is replaced.
        lines: What to tell of it, and how to get at it, if the command fails from here on.
    """
    _kept[identifier] = tuple(lines)


def are_kept() -> bool:
    """Tell whether anything was paid for."""
    return bool(_kept)


def lines_beyond(told: str) -> list[str]:
    """Return the lines on everything whose identifier does not occur in a text.

    Args:
        told: What is told in any case.
    """
    return [line for identifier, lines in _kept.items() if identifier not in told for line in lines]
