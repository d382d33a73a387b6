"""The value that a text means, by the schema of the argument that it is given for.

This module owns what may be written for a number, a truth value, a list and an object where there
is text alone: in the cell of a table, and for the objects of the terminal. It is pure.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, cast

from a2e_sdk._checks.json_schema import Schema, types_of

from .arguments import Argument, is_number_in_words

_TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
# Programs write a whole number of a column with gaps as 5.0.
_WHOLE = re.compile(r"([+-]?[0-9]{1,40})(?:\.0+)?")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")


def value_of_text(argument: Argument, text: str) -> Any:
    """Return the value that a text means.

    A list is a JSON array, or one value that stands for a list of itself. A text that is not one of
    the server's words is kept with its white space.

    Args:
        argument: The argument that it is given for.
        text: The text, not blank.

    Raises:
        ValueError: It means none; the message begins with the argument's name.
    """
    if not argument.is_list:
        return _one(text, argument.schema, argument.name, is_file=bool(argument.media))
    inner: Schema = argument.schema.get("items", {})
    if text.lstrip().startswith("["):
        items = json_of_text(text, argument.name)
        if not isinstance(items, list):
            raise ValueError(f"{argument.name} must be a JSON array or one value.")
        return cast("list[Any]", items)
    return [_one(text, inner, argument.name, is_file=bool(argument.media))]


def json_of_text(text: str, name: str) -> Any:
    """Return the value of a JSON text.

    Args:
        text: The text.
        name: What it is given for, for the message.

    Raises:
        ValueError: It is no JSON; the message begins with the name.
    """
    try:
        return json.loads(text)
    except ValueError as problem:
        raise ValueError(f"{name} must be JSON: {problem}.") from None
    except RecursionError:
        raise ValueError(f"{name} must be JSON that is not nested so deeply.") from None


def _one(text: str, schema: Schema, name: str, *, is_file: bool) -> Any:
    types = types_of(schema)
    word = text.strip()
    if is_file:
        return word
    if types == ("boolean",):
        if word.lower() not in _TRUTH:
            raise ValueError(f"{name} must be true or false (also yes, no, 1, 0); it is {word!r}.")
        return _TRUTH[word.lower()]
    if types == ("integer",):
        whole = _WHOLE.fullmatch(word)
        if whole is None:
            raise ValueError(f"{name} must be a whole number; it is {word!r}.")
        return int(whole[1])
    if types == ("number",):
        value = float(word) if _NUMBER.fullmatch(word) else math.nan
        if not math.isfinite(value):
            hint = ", with a point" if "," in word else ""
            raise ValueError(f"{name} must be a number{hint}; it is {word!r}.")
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if "object" in types:
        return json_of_text(text, name)
    if is_number_in_words(schema):
        whole = _WHOLE.fullmatch(word)
        return word if whole is None else whole[1]
    return word if "enum" in schema else text
