"""Cards and tables of models, by the fields that they have.

This module owns which fields are shown, in which order and how. It is pure, and knows no class of
models: a field is told by its name and by what is in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any, cast

import attrs

from .markup import CARD_TEXT, CELL_TEXT, card, link, result, status, table, text
from .texts import NOTHING, number_text, short_time

#: How many rows of a table are shown.
ROWS = 20
#: How many results of one task are.
_RESULTS = 4

#: The fields that a table shows where a model has them, the most telling ones first.
_TELLING = (
    *("key", "id", "code", "status", "engine", "name", "prompt", "text", "kind", "gender"),
    *("language", "amount", "description", "created_at", "coins", "result_url", "url"),
    *("preview_url", "image_url", "face_url", "paths", "error"),
)
_MOST_COLUMNS = 7
#: What says in another form what another field says.
_REPEATED = {"status", "raw_status", "result_url", "result_urls", "task"}


def record_card(model: object, title: str, note: str = "") -> str:
    """Return the card of a model: its status, and each field that is not empty.

    Args:
        model: The model.
        title: What it is, in words of ours.
        note: What stands below, in words of ours.
    """
    fields = [
        (_title(name), _value(value, CARD_TEXT))
        for name, value in _fields(model)
        if name not in _REPEATED and not _is_empty(value)
    ]
    links = _links(model)
    fields += [("result", result(url)) for url in links[:_RESULTS]]
    if len(links) > _RESULTS:
        fields.append(("", f"and {len(links) - _RESULTS:,} more results"))
    state = getattr(model, "status", None)
    head = text(title) if state is None else f"{text(title)} &nbsp;{status(_word(model, state))}"
    return card(head, fields, text(note))


def rows_table(rows: Sequence[object], model: type | None, title: str, more: str = "") -> str:
    """Return the table of models, of which it shows the first 20.

    Args:
        rows: The models.
        model: Their class; None where it is not known.
        title: What they are, in words of ours.
        more: What is to be known of them, in words of ours.
    """
    shown = rows[:ROWS]
    if model is None or not attrs.has(model):
        model = type(shown[0]) if shown and attrs.has(type(shown[0])) else None
    left = len(rows) - len(shown)
    notes = [f"and {left:,} more" if left else "", more]
    note = "; ".join(filter(None, notes))
    if model is None:
        cells: Iterable[Sequence[str]] = ((text(row, CELL_TEXT),) for row in shown)
        return table(text(title), ("item",), cells, text(note))
    names = _columns(model)
    cells = ([_cell(row, name) for name in names] for row in shown)
    return table(text(title), [_title(name) for name in names], cells, text(note))


def class_words(model: type | None, default: str = "Item") -> str:
    """Return what the models of a class are, in words: ``Wan25Task`` becomes ``Wan25 task``."""
    if model is None:
        return default
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", model.__name__).split()
    return " ".join([*words[:1], *(word.lower() for word in words[1:])])


def _columns(model: type) -> list[str]:
    names = {field.name for field in attrs.fields(cast("type[Any]", model)) if field.repr}
    telling = [name for name in _TELLING if name in names]
    return (telling or sorted(names))[:_MOST_COLUMNS]


def _fields(model: Any) -> list[tuple[str, object]]:
    fields = attrs.fields(cast("type[Any]", type(model)))
    return [(field.name, getattr(model, field.name)) for field in fields if field.repr]


def _cell(row: object, name: str) -> str:
    value = getattr(row, name, None)
    if _is_empty(value):
        return NOTHING
    if name == "status":
        return status(_word(row, value))
    return _value(value, CELL_TEXT)


def _value(value: object, length: int) -> str:
    if isinstance(value, datetime):
        return short_time(value)
    if isinstance(value, bool | Enum):
        return text(value, length)
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, str) and "://" in value[:10]:
        return link(value)
    if isinstance(value, list | tuple):
        parts = [_value(part, length) for part in cast("Sequence[object]", value[:_RESULTS])]
        left = len(cast("Sequence[object]", value)) - len(parts)
        return ", ".join([*parts, *([f"and {left:,} more"] if left else [])])
    if isinstance(value, Mapping):
        return f"{len(cast('Mapping[object, object]', value)):,} fields"
    return text(value, length)


def _links(model: object) -> list[str]:
    several = getattr(model, "result_urls", None)
    if several:
        return [url for url in several if isinstance(url, str)]
    one = getattr(model, "result_url", None)
    return [one] if isinstance(one, str) else []


def _word(model: object, state: object) -> str:
    """Return the status; the server's own word where the SDK does not know it."""
    word = str(state)
    raw = getattr(model, "raw_status", None)
    return f"{raw}?" if word == "unknown" and raw else word


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str | list | tuple | Mapping) and not value)


def _title(name: str) -> str:
    if name.endswith("_at"):
        return name.removesuffix("_at").replace("_", " ") + " (UTC)"
    if name == "result_url":
        return "result"
    return name.removesuffix("_url").replace("_", " ")
