"""The engine of a row: how it may be written, and what is meant where it is misspelt.

This module owns the names of engines for batches. It is pure.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from a2e_sdk._wire.families import TaskFamily
from a2e_sdk._wire.family_table import TASK_FAMILIES

#: Every family that a batch can run, by the names that it may be written with.
_BY_NAME = {
    name: family
    for family in TASK_FAMILIES.values()
    if family.start is not None and family.is_readable
    for name in (family.name, family.attribute)
}


def engine_word(family: TaskFamily) -> str:
    """Return an engine as the terminal writes it, such as ``wan-25``."""
    return family.name.replace("_", "-")


def family_of(engine: object) -> TaskFamily:
    """Return the family of an engine.

    Args:
        engine: Such as ``wan-25``, ``wan_25``, ``face-swap`` or ``face_swap.tasks``.

    Raises:
        TypeError: It is no text.
        ValueError: There is no such engine.
    """
    if not isinstance(engine, str):
        raise TypeError(f"engine must be a text, not {type(engine).__name__}.")
    family = _BY_NAME.get(engine.strip().replace("-", "_"))
    if family is None:
        words = {engine_word(family) for family in _BY_NAME.values()}
        raise ValueError(f"there is no engine {engine[:60]!r}{nearest(engine, words)}.")
    return family


def nearest(word: str, words: Iterable[str]) -> str:
    """Return `` (did you mean ...?)`` for a misspelt word, or nothing where none is near.

    Args:
        word: What was written.
        words: What there is.
    """
    # The time of the comparison grows with the square of the length.
    found = difflib.get_close_matches(word[:60].strip().lower(), sorted(words), 1, 0.6)
    return f" (did you mean {found[0]!r}?)" if found else ""
