"""Friendly models as text: JSON for scripts, and the words and numbers that a person reads.

This module owns how values are written. It is pure and needs no package beyond the SDK's own; where
the text goes is in ``output``, how a table is laid out in ``table`` and ``plain_table``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from a2e_sdk._display.texts import ELLIPSIS as ELLIPSIS
from a2e_sdk._display.texts import NOTHING as NOTHING
from a2e_sdk._display.texts import elapsed_text as elapsed_text
from a2e_sdk._display.texts import printable as printable
from a2e_sdk._display.texts import short_time as short_time
from a2e_sdk._display.texts import size_text as size_text

if TYPE_CHECKING:
    from attrs import AttrsInstance

    from a2e_sdk.models import Task

    # A value that json.dumps takes.
    Plain = str | int | float | bool | list["Plain"] | dict[str, "Plain"] | None


def record(model: AttrsInstance) -> dict[str, Plain]:
    """Return a model's values by their friendly names, without the server's own object.

    Args:
        model: Such as a `Task`.

    Returns:
        What JSON can express of it: times as ISO 8601 with Z, null for a number that is none.
    """
    import attrs

    names = (field.name for field in attrs.fields(type(model)))
    return {name: plain_value(getattr(model, name)) for name in names if name != "raw"}


def plain_value(value: object) -> Plain:
    """Return a value as JSON knows it; anything unknown as its text."""
    if isinstance(value, datetime):
        return iso_time(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, list | tuple):
        return [plain_value(part) for part in cast("Iterable[object]", value)]
    if isinstance(value, Mapping):
        members = cast("Mapping[object, object]", value)
        return {str(name): plain_value(member) for name, member in members.items()}
    # A model within a model, such as the regions of a language; known by what attrs leaves there.
    fields = getattr(type(value), "__attrs_attrs__", None)
    if fields is not None:
        return {field.name: plain_value(getattr(value, field.name)) for field in fields}
    return str(value)


def iso_time(moment: datetime) -> str:
    """Return an aware time in UTC, such as ``2024-06-21T03:20:22.436Z``; nothing is rounded."""
    precision = "microseconds" if moment.microsecond % 1000 else "milliseconds"
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec=precision) + "Z"


def json_text(value: Plain, encoding: str) -> str:
    """Return a value as JSON on one line.

    Args:
        value: What to write.
        encoding: Of the stream it goes to; what that can't express is escaped.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=True, allow_nan=False)
    return text


def plain_cell(value: Plain) -> str:
    """Return a value for a person, whole: "-" for None, several ones with a space between."""
    if value is None:
        return NOTHING
    if isinstance(value, list):
        return " ".join(map(plain_cell, value)) or NOTHING
    if isinstance(value, dict):
        return printable(json.dumps(value, ensure_ascii=False)) if value else NOTHING
    return printable(str(value)) or NOTHING


def record_cells(values: Mapping[str, Plain]) -> list[tuple[str, str]]:
    """Return the names and texts of a record's fields, the names padded to one width.

    A list that says no more than the field of its singular, as ``result_urls`` does unless there
    are several results, is left out.
    """
    shown = {
        name: plain_cell(value)
        for name, value in values.items()
        if not isinstance(value, list)
        or (value or [None]) != [values.get(name.removesuffix("s"), value)]
    }
    margin = max(map(len, shown), default=0)
    return [(name.ljust(margin), text) for name, text in shown.items()]


def length_of(seconds: float | None, *, exact: bool = False) -> str:
    """Return a video's length, such as ``6 s``; "-" for None, 0 (not measured) and no number.

    Args:
        seconds: The length.
        exact: Whether every digit is shown, rather than one behind the point.
    """
    if not seconds or not math.isfinite(seconds):
        return NOTHING
    return f"{seconds} s" if exact else f"{round(seconds, 1):.7g} s"


def short_url(url: str, width: int) -> str:
    """Return an address that fits into a number of characters.

    Args:
        url: The whole address.
        width: How many characters there are, at least 1.

    Returns:
        The address as it is if it fits; else its host and the end of its path, which tells files
        apart, or only that end. A query is never shown: that of a signed link is a password.
    """
    address, mark, _ = printable(url).partition("?")
    shown = address + mark + (ELLIPSIS if mark else "")
    if len(shown) <= width:
        return shown
    host, _, path = address.partition("://")[2].partition("/")
    name = path.rsplit("/", 1)[-1] or address
    start = f"{host}/{ELLIPSIS}/"
    if len(start) + min(len(name), 20) <= width:
        return start + _end(name, width - len(start))
    return _end(name, width)


def _end(text: str, width: int) -> str:
    return text if len(text) <= width else ELLIPSIS + text[len(text) - width + 1 :]


def status_word(task: Task) -> str:
    """Return a task's status in the server's own word."""
    return task.raw_status or task.status.value
