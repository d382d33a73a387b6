"""Signatures as users read them: names, types and defaults, one parameter a line where it is long.

This module is pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import griffe

_WIDTH = 84
_KEYWORD_ONLY = griffe.ParameterKind.keyword_only
_MARKS = {
    griffe.ParameterKind.var_positional: "*",
    griffe.ParameterKind.var_keyword: "**",
}


def signature(name: str, parameters: Sequence[griffe.Parameter], returns: str = "") -> str:
    """Return a signature.

    Args:
        name: What is called.
        parameters: What it takes.
        returns: The type of its result; empty leaves it out.
    """
    arrow = f" -> {returns}" if returns else ""
    items = list(_items(parameters))
    short = f"{name}({', '.join(items)}){arrow}"
    if len(short) <= _WIDTH:
        return short
    return "\n".join([f"{name}(", *(f"    {item}," for item in items), f"){arrow}"])


def _items(parameters: Iterable[griffe.Parameter]) -> Iterable[str]:
    before: griffe.ParameterKind | None = None
    for one in parameters:
        positional_ended = before is griffe.ParameterKind.positional_only and one.kind is not before
        if positional_ended:
            yield "/"
        if one.kind is _KEYWORD_ONLY and before not in (
            _KEYWORD_ONLY,
            griffe.ParameterKind.var_positional,
        ):
            yield "*"
        before = one.kind
        mark = _MARKS.get(one.kind, "") if one.kind is not None else ""
        type_ = type_text(one.annotation)
        # An unpacked name stands for no default of its own.
        default = "" if mark or one.default is None else f" = {one.default}"
        yield f"{mark}{one.name}" + (f": {type_}" if type_ else "") + default
    if before is griffe.ParameterKind.positional_only:
        yield "/"


def type_text(type_: str | griffe.Expr | None) -> str:
    """Return a type as text, without what only type checkers need.

    Args:
        type_: The type; None is an empty text.
    """
    text = "" if type_ is None else str(type_)
    wrapped = re.fullmatch(r"(?:Required|NotRequired|ReadOnly)\[(.*)\]", text, re.DOTALL)
    return wrapped[1] if wrapped else text


def names_in(types: Iterable[str | griffe.Expr | None]) -> dict[str, str]:
    """Return the names that types consist of, each with where it is defined.

    Args:
        types: The types.
    """
    return {
        part.name: part.canonical_path
        for type_ in types
        if isinstance(type_, griffe.Expr)
        for part in type_.iterate(flat=True)
        if isinstance(part, griffe.ExprName)
    }
