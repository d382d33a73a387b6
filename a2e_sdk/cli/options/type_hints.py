"""Arguments that the facade offers in words of its own, read from their type hints.

This module owns the way from a type hint to what an option is made of. Most arguments of a start
are those of its operation, whose schema tells more. It is pure.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any, Literal, Union, get_args, get_origin

import attrs

from a2e_sdk._files.media_types import MediaKind
from a2e_sdk._wire.arguments import Argument

_JSON_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string"}


def argument_of_hint(name: str, hint: Any) -> tuple[Argument, Callable[..., Any] | None]:
    """Return an argument, and what makes the facade's object of a JSON object, if that is needed.

    Args:
        name: The argument's name.
        hint: Its type hint, such as ``str | Background | None``: what a terminal can express of it
            is taken.

    Raises:
        TypeError: A terminal can express none of it.
    """
    choices = _choices(hint)
    # Files: only these can be bytes too.
    if bytes in choices:
        return Argument(name, name, {"type": "string"}, False, tuple(MediaKind)), None
    for choice in choices:
        if get_origin(choice) is Literal:
            return Argument(name, name, {"enum": list(get_args(choice))}, False, ()), None
        if choice in _JSON_TYPES:
            return Argument(name, name, {"type": _JSON_TYPES[choice]}, False, ()), None
    for choice in choices:
        if isinstance(choice, type) and attrs.has(choice):
            return Argument(name, name, {"type": "object"}, False, ()), choice
    raise TypeError(f"no option can express {name}: {hint}.")


def _choices(hint: Any) -> tuple[Any, ...]:
    if get_origin(hint) in (Union, types.UnionType):
        return tuple(inner for choice in get_args(hint) for inner in _choices(choice))
    return (hint,)
