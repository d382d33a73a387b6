"""The objects of JSON Lines: one a line, each whole.

This module owns the mistakes of that form.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn, cast

from .mistakes import Mistakes


def json_rows(lines: Iterable[str], mistakes: Mistakes) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the objects of JSON Lines and the lines on which they are.

    Args:
        lines: The lines.
        mistakes: Gets what is wrong with a line, which is left out then.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value: object = json.loads(
                line.rstrip(), object_pairs_hook=_object, parse_constant=_refused_constant
            )
            if not isinstance(value, dict):
                is_list = isinstance(value, list)
                hint = "; write one object a line" if is_list else ""
                raise ValueError(f"a line must be a JSON object, not {_word(value)}{hint}")
        except RecursionError:
            mistakes.add("the JSON is nested too deeply.", place=f"line {number}", line=number)
        except json.JSONDecodeError as problem:
            hint = ""
            if len(line.strip()) == 1:
                hint = ": a whole object must stand on one line"
            mistakes.add(
                f"the line is no JSON{hint} ({problem.msg} at character {problem.colno}).",
                place=f"line {number}",
                line=number,
                value=line,
            )
            if hint:
                return  # The rest is one object or list over many lines.
        except ValueError as problem:
            mistakes.add(f"{problem}.", place=f"line {number}", line=number, value=line)
        else:
            yield number, cast("dict[str, Any]", value)


def _word(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, str):
        return "a text"
    return "a number" if isinstance(value, int | float) else "a list"


def _object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(members)
    if len(made) < len(members):
        names = [name for name, _ in members]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice} is there twice in one object")
    return made


def _refused_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON")
