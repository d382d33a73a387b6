"""Whether a value fits a JSON Schema, told in a sentence.

This module owns the check of the few keywords that the API's document uses for input. It is pure.
A full validator would be a dependency of several megabytes; a test holds this one to the same
verdicts as one of those, over random values for every schema of the document.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias, cast

Schema: TypeAlias = Mapping[str, Any]

_NUMBERS = ("integer", "number")


def problem_with(value: Any, schema: Schema) -> str | None:
    """Return what is wrong with a value, as the end of a sentence that starts with its name.

    Args:
        value: Plain JSON data.
        schema: What is allowed.

    Returns:
        For example ``must be from 1 to 20; it is 30``; None when nothing is wrong.
    """
    for keywords, check in _CHECKS:
        if not keywords.isdisjoint(schema):
            problem = check(value, schema)
            if problem is not None:
                return problem
    return None


def types_of(schema: Schema) -> tuple[str, ...]:
    """Return the JSON types that a schema names; none where any is allowed."""
    types = schema.get("type", ())
    return (types,) if isinstance(types, str) else tuple(types)


def is_of_type(value: Any, name: str) -> bool:
    """Tell whether a value is of a JSON type; 6.0 is an integer there, and True is no number."""
    if name == "integer":
        # A whole number may be too large for a float.
        return is_of_type(value, "number") and (isinstance(value, int) or value.is_integer())
    if name == "number":
        return isinstance(value, int | float) and not isinstance(value, bool) and _finite(value)
    return isinstance(value, _PYTHON_TYPES[name])


_PYTHON_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "string": str,
    "boolean": bool,
    "array": (list, tuple),
    "object": Mapping,
    "null": type(None),
}


def is_blank(value: Any, schema: Schema) -> bool:
    """Tell whether a text, or one of those that a schema names within it, is white space alone.

    The document has no limit for this, but a start with an empty prompt is paid for like any
    other: it is asked of all that is required.

    Args:
        value: Plain JSON data.
        schema: What is allowed.
    """
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, list | tuple):
        inner = schema.get("items", {})
        return any(is_blank(item, inner) for item in cast(Sequence[Any], value))
    if isinstance(value, Mapping):
        members = cast(Mapping[str, Any], value)
        named = schema.get("properties", {})
        return any(is_blank(members[name], named[name]) for name in named if name in members)
    return False


def _finite(value: float) -> bool:
    return isinstance(value, int) or math.isfinite(value)


def _check_type(value: Any, schema: Schema) -> str | None:
    names = types_of(schema)
    if not names or any(is_of_type(value, name) for name in names):
        return None
    wanted = " or ".join(_WORDS[name] for name in names)
    return f"must be {wanted}, not {type(value).__name__}"


_WORDS = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}


def _check_enum(value: Any, schema: Schema) -> str | None:
    allowed = schema.get("enum")
    if allowed is None or any(_equal(value, word) for word in allowed):
        return None
    return f"must be one of {', '.join(map(repr, allowed))}; it is {shown_value(value)}"


def _equal(one: Any, other: Any) -> bool:
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _check_number(value: Any, schema: Schema) -> str | None:
    if not is_of_type(value, "number"):
        return None
    low, high = schema.get("minimum"), schema.get("maximum")
    if (low is None or value >= low) and (high is None or value <= high):
        return None
    return f"must be {_range(low, high)}; it is {shown_value(value)}"


def _check_text(value: Any, schema: Schema) -> str | None:
    if not isinstance(value, str):
        return None
    low, high = schema.get("minLength"), schema.get("maxLength")
    if not (low or 0) <= len(value) <= (math.inf if high is None else high):
        return f"must have {_range(low, high)} characters; it has {len(value)}"
    pattern = schema.get("pattern")
    if pattern is not None and not _compiled(pattern).search(value):
        start = pattern.removeprefix("^")
        is_plain = pattern != start and not _SPECIAL.intersection(start)
        return f"must start with {start}" if is_plain else f"must match {pattern}"
    return None


_SPECIAL = frozenset("\\[](){}.*+?|^$")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _check_items(value: Any, schema: Schema) -> str | None:
    if not isinstance(value, list | tuple):
        return None
    items = cast(Sequence[Any], value)
    low, high = schema.get("minItems"), schema.get("maxItems")
    if not (low or 0) <= len(items) <= (math.inf if high is None else high):
        return f"must have {_range(low, high)} items; it has {len(items)}"
    for place, item in enumerate(items, 1):
        problem = problem_with(item, schema.get("items", {}))
        if problem is not None:
            return f"item {place} {problem}"
    return None


def _check_members(value: Any, schema: Schema) -> str | None:
    if not isinstance(value, Mapping):
        return None
    members = cast(Mapping[str, Any], value)
    for name in schema.get("required", ()):
        if name not in members:
            return f"must have {name!r}"
    for name, inner in schema.get("properties", {}).items():
        problem = problem_with(members[name], inner) if name in members else None
        if problem is not None:
            return f"has a {name!r} that {problem}"
    return None


def _check_choices(value: Any, schema: Schema) -> str | None:
    for inner in schema.get("allOf", ()):
        problem = problem_with(value, inner)
        if problem is not None:
            return problem
    choices = schema.get("anyOf", ())
    problems = [problem_with(value, inner) for inner in choices]
    return problems[0] if problems and None not in problems else None


#: Each check with the keywords that it reads, in the order in which problems are told.
_CHECKS: tuple[tuple[frozenset[str], Callable[[Any, Schema], str | None]], ...] = (
    (frozenset({"type"}), _check_type),
    (frozenset({"enum"}), _check_enum),
    (frozenset({"minimum", "maximum"}), _check_number),
    (frozenset({"minLength", "maxLength", "pattern"}), _check_text),
    (frozenset({"minItems", "maxItems", "items"}), _check_items),
    (frozenset({"required", "properties"}), _check_members),
    (frozenset({"allOf", "anyOf"}), _check_choices),
)


#: In bits. Python refuses to write out numbers that are much longer.
_LONGEST_NUMBER = 128


def _range(low: float | None, high: float | None) -> str:
    if high is None:
        return f"at least {low}"
    if low is None:
        return f"at most {high}"
    return f"exactly {low}" if low == high else f"from {low} to {high}"


def shown_value(value: Any) -> str:
    """Return what a message shows of a value: at most 60 characters, whatever the value is."""
    if isinstance(value, int) and value.bit_length() > _LONGEST_NUMBER:
        return "a number of many digits"
    return repr(value)[:60] if isinstance(value, str | int | float) else type(value).__name__
