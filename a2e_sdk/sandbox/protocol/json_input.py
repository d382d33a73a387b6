"""Read JSON that a client sends, or that a file holds.

This module owns what is refused though `json.loads` takes it: numbers that JSON cannot express
again (``NaN``, ``1e400``), and nesting that is too deep for what reads and writes the values later.
It is pure.
"""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn, cast

__all__ = ["MAX_DEPTH", "MAX_STATE_DEPTH", "read_json"]

MAX_DEPTH = 64
"""Arrays and objects within each other that a request may have."""

MAX_STATE_DEPTH = 100
"""Those that a saved state may have: it holds what requests had within objects of its own."""


def read_json(content: bytes, max_depth: int = MAX_DEPTH) -> Any:
    """Read JSON.

    Args:
        content: the bytes.
        max_depth: arrays and objects that may be within each other.

    Raises:
        ValueError: it is no JSON, has a number without a form in JSON, or is nested too deep; the
            text says which.
    """
    try:
        value = json.loads(content, parse_constant=_refuse_constant, parse_float=_finite)
    except RecursionError:
        raise _too_deep(max_depth) from None
    # The brackets within strings count here too, so that they may be too many, never too few.
    if content.count(b"[") + content.count(b"{") > max_depth:
        _require_depth(value, max_depth)
    return value


def _require_depth(value: object, max_depth: int) -> None:
    level: list[object] = [value]
    for _ in range(max_depth):
        members = (inner for outer in level for inner in _within(outer))
        level = [inner for inner in members if _has_members(inner)]
        if not level:
            return
    raise _too_deep(max_depth)


def _has_members(value: object) -> bool:
    return isinstance(value, dict | list)


def _within(value: object) -> list[object]:
    """Return the members of an array or an object; none of anything else."""
    if isinstance(value, dict):
        return list(cast("dict[str, object]", value).values())
    return cast("list[object]", value) if isinstance(value, list) else []


def _too_deep(max_depth: int) -> ValueError:
    return ValueError(f"it is nested too deep, more than {max_depth} levels")


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is not JSON")


def _finite(word: str) -> float:
    number = float(word)
    if not math.isfinite(number):
        raise ValueError(f"the number {word[:20]} is too large")
    return number
