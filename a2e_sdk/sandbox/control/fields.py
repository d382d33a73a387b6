"""The JSON that a control endpoint takes, field by field.

This module owns the checks of these values and the sentences that say what is wrong with one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from attrs import frozen

from a2e_sdk.sandbox.protocol.json_input import MAX_STATE_DEPTH, read_json

__all__ = [
    "BadFieldError",
    "Field",
    "any_json",
    "boolean",
    "checked_fields",
    "header_fields",
    "header_text",
    "header_value",
    "json_body",
    "one_word_of",
    "seconds",
    "share",
    "status",
    "text",
    "text_or_null",
    "texts",
    "times",
    "type_of",
    "whole_number",
]

_LONGEST = 86_400.0 * 365
_LARGEST = 2**53
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_VALUE = re.compile(r"[\t\x20-\x7e\xa0-\xff]*")
_SHOWN = 60

Check = Callable[[object], str | None]
"""Returns what a value must be, as the end of a sentence; None when it is that."""


class BadFieldError(ValueError):
    """The request is not what the endpoint takes; the text says how."""


@frozen
class Field:
    """One field of a JSON object.

    Args:
        name: its name.
        check: what is asked of its value.
        required: whether it must be there; False by default.
    """

    name: str
    check: Check
    required: bool = False


def json_body(body: bytes) -> dict[str, Any]:
    """Read a body that must be a JSON object; an empty one counts as ``{}``.

    Args:
        body: the bytes.

    Raises:
        BadFieldError: it is something else.
    """
    if not body.strip():
        return {}
    try:
        value = read_json(body, MAX_STATE_DEPTH)
    except ValueError as problem:
        raise BadFieldError(f"the body must be a JSON object: {problem}") from None
    if not isinstance(value, dict):
        raise BadFieldError(f"the body must be a JSON object; it is {_shown(value)}")
    return cast(dict[str, Any], value)


def checked_fields(
    values: Mapping[str, Any], fields: Iterable[Field], prefix: str = ""
) -> dict[str, Any]:
    """Check the fields of an object.

    Args:
        values: the object.
        fields: those that it may have.
        prefix: what stands before a name in a message; nothing by default.

    Returns:
        The values that are there.

    Raises:
        BadFieldError: one is unknown, missing or wrong.
    """
    known = {field.name: field for field in fields}
    for name in values:
        if name not in known:
            raise BadFieldError(f"{prefix}{name[:_SHOWN]} is unknown; there are {sorted(known)}")
    for field in known.values():
        if field.name not in values:
            if field.required:
                raise BadFieldError(f"{prefix}{field.name} is required")
            continue
        wanted = field.check(values[field.name])
        if wanted is not None:
            shown = _shown(values[field.name])
            raise BadFieldError(f"{prefix}{field.name} must be {wanted}; it is {shown}")
    return dict(values)


def _shown(value: object) -> str:
    try:
        word = json.dumps(value)
    except RecursionError:
        return "nested too deep"
    return word if len(word) <= _SHOWN else f"{word[:_SHOWN]}..."


def _is_number(value: object, kinds: type | tuple[type, ...] = (int, float)) -> bool:
    return isinstance(value, kinds) and not isinstance(value, bool)


def seconds(value: object) -> str | None:
    """Ask for a number of seconds from 0 to a year."""
    # An int of any length has no float.
    if _is_number(value) and abs(cast(float, value)) <= _LONGEST and cast(float, value) >= 0:
        return None
    return f"seconds from 0 to {_LONGEST:.0f}"


def share(value: object) -> str | None:
    """Ask for a number from 0 to 1."""
    fits = _is_number(value) and 0 <= cast(float, value) <= 1
    return None if fits else "a number from 0 to 1"


def whole_number(value: object) -> str | None:
    """Ask for a whole number, 0 or more."""
    fits = _is_number(value, int) and 0 <= cast(int, value) <= _LARGEST
    return None if fits else "a whole number, 0 or more"


def times(value: object) -> str | None:
    """Ask for a count from 1, or null for always."""
    if value is None or (whole_number(value) is None and value):
        return None
    return "a whole number from 1, or null for always"


def status(value: object) -> str | None:
    """Ask for an HTTP status code of a final response."""
    fits = _is_number(value, int) and 200 <= cast(int, value) <= 999
    return None if fits else "an HTTP status from 200 to 999"


def boolean(value: object) -> str | None:
    """Ask for true or false."""
    return None if isinstance(value, bool) else "true or false"


def text(value: object) -> str | None:
    """Ask for a string."""
    return None if isinstance(value, str) else "a string"


def text_or_null(value: object) -> str | None:
    """Ask for the value of a header field, or null for none."""
    fits = value is None or header_text(value) is None
    return None if fits else "a string that fits a header field, or null"


def header_value(value: object) -> str | None:
    """Ask for a number, or a string that fits a header field."""
    if _is_number(value):
        return None if abs(cast(float, value)) <= _LARGEST else "a number of 2**53 at most"
    return None if header_text(value) is None else "a number, or a string that fits a header field"


def header_text(value: object) -> str | None:
    """Ask for a string that fits a header field."""
    fits = isinstance(value, str) and _HEADER_VALUE.fullmatch(value)
    return None if fits else "a string that fits a header field"


def header_fields(value: object) -> str | None:
    """Ask for an object of header fields, whose values are strings or null."""
    if isinstance(value, dict):
        pairs = cast(dict[str, object], value).items()
        if all(_HEADER_NAME.fullmatch(name) and text_or_null(word) is None for name, word in pairs):
            return None
    return "an object of header fields, with strings or null"


def texts(value: object) -> str | None:
    """Ask for an array of strings."""
    if isinstance(value, list) and all(isinstance(item, str) for item in cast(list[object], value)):
        return None
    return "an array of strings"


def any_json(_value: object) -> str | None:
    """Ask for nothing."""
    return None


def one_word_of(*words: str | int) -> Check:
    """Return a check that asks for one of some words, or of some numbers.

    Args:
        words: the words.
    """

    def check(value: object) -> str | None:
        fits = isinstance(value, str | int) and value in words
        return None if fits else f"one of {sorted(map(str, words))}"

    return check


_TYPES: Mapping[Check, str] = {
    seconds: "number",
    share: "number",
    header_value: "number",
    whole_number: "whole number",
    times: "whole number",
    status: "whole number",
    boolean: "boolean",
    header_fields: "json",
    texts: "json",
    any_json: "json",
}


def type_of(field: Field) -> str:
    """Return what a form asks for in the place of a field.

    Args:
        field: the field.

    Returns:
        ``"number"``, ``"whole number"``, ``"boolean"``, ``"json"`` or ``"text"``.
    """
    return _TYPES.get(field.check, "text")
