"""The values of fields as every library takes them.

This module owns the way from a field to a cell: ``str``, a list of ``str``, an aware ``datetime``
in UTC, ``float``, ``int``, ``bool``, or None. It is pure, and nothing that a server sent makes it
fail.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

import attrs

from .library_types import Cell
from .schema import Column, Kind

_INT64 = 2**63


def cells_of(rows: Iterable[object], column: Column) -> list[Cell]:
    """Return the cells of a column.

    Args:
        rows: The models.
        column: The column.
    """
    convert = _CONVERSIONS[column.kind]
    name = column.name
    return [
        None if value is None else convert(value)
        for value in (getattr(row, name, None) for row in rows)
    ]


def row_of(model: object, columns: Sequence[Column]) -> dict[str, Cell]:
    """Return the cells of a row by the names of their columns."""
    return {column.name: cells_of((model,), column)[0] for column in columns}


def _text(value: Any) -> str:
    # Half of a surrogate pair is a str to Python and JSON, and UTF-8 to nobody.
    return str(value).encode("utf-8", "replace").decode()


def _texts(value: Any) -> list[str] | None:
    if not isinstance(value, list | tuple):
        return [_text(value)]
    return [_text(part) for part in cast("Iterable[Any]", value)]


def _timestamp(value: Any) -> datetime | None:
    if not isinstance(value, datetime):
        return None
    if value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    try:
        return value.astimezone(UTC)
    except OverflowError:  # Within a day of the year 1 or 10,000.
        return value.replace(tzinfo=UTC)


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return None


def _integer(value: Any) -> int | None:
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if -_INT64 <= number < _INT64 else None


def _json(value: Any) -> str:
    return _text(json.dumps(_plain(value), ensure_ascii=False, default=str))


def _plain(value: Any) -> Any:
    """Return a value in JSON's words; a model becomes an object of the fields that a repr shows."""
    model: type[Any] = cast("type[Any]", type(value))
    if attrs.has(model):
        fields = attrs.fields(model)
        return {field.name: _plain(getattr(value, field.name)) for field in fields if field.repr}
    if isinstance(value, Mapping):
        members = cast("Mapping[object, Any]", value)
        return {str(name): _plain(member) for name, member in members.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in cast("Iterable[Any]", value)]
    if isinstance(value, datetime):
        return value.isoformat()
    return value


_CONVERSIONS: Mapping[Kind, Callable[[Any], Cell]] = {
    Kind.TEXT: _text,
    Kind.TEXTS: _texts,
    Kind.TIMESTAMP: _timestamp,
    Kind.NUMBER: _number,
    Kind.INTEGER: _integer,
    Kind.BOOLEAN: bool,
    Kind.JSON: _json,
}
