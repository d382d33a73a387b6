"""The columns of a model, derived from the types of its fields.

This module owns the rule: one column for each field, in their order, under its name. Fields that a
``repr`` hides are left out: ``raw``, which holds whatever the server sent, and secrets. It is pure.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from functools import cache
from pathlib import PurePath
from typing import Any

import attrs


class Kind(Enum):
    """What is in a column; every one may have missing values."""

    #: Text in UTF-8.
    TEXT = "text"
    #: A list of texts.
    TEXTS = "list of texts"
    #: A moment, in microseconds since 1970, in UTC.
    TIMESTAMP = "timestamp (UTC)"
    #: A number with a fraction, of 64 bits.
    NUMBER = "number"
    #: A whole number of 64 bits.
    INTEGER = "integer"
    #: True or false.
    BOOLEAN = "boolean"
    #: A value with parts of its own, as JSON.
    JSON = "JSON text"


@attrs.frozen
class Column:
    """One column.

    Attributes:
        name: The field's name.
        kind: What is in it.
    """

    name: str
    kind: Kind


#: Where a class of tasks has no column of its own for it, the family is the second one.
FAMILY = Column("family", Kind.TEXT)

_KINDS = {
    datetime: Kind.TIMESTAMP,
    bool: Kind.BOOLEAN,
    int: Kind.INTEGER,
    float: Kind.NUMBER,
}


@cache
def columns_of(model: type) -> tuple[Column, ...]:
    """Return the columns of a class.

    Args:
        model: A class of models, such as `Task`, or a subclass of one.

    Raises:
        TypeError: It is no attrs class.
    """
    if not attrs.has(model):
        raise TypeError(f"a table has rows of models, such as Task, not of {model.__name__}.")
    hints = typing.get_type_hints(model)
    columns = [
        Column(field.name, _kind_of(hints[field.name]))
        for field in attrs.fields(model)
        if field.repr
    ]
    if isinstance(getattr(model, FAMILY.name, None), str):
        columns.insert(1, FAMILY)
    return tuple(columns)


def common_class(rows: Sequence[object], model: type | None) -> type | None:
    """Return the class whose columns all rows have.

    Args:
        rows: Models, of one class or of several with a common base.
        model: The class that the caller names; None where it names none.

    Returns:
        The class; None where there are no rows and none is named.

    Raises:
        TypeError: The rows have no common class of models.
    """
    if model is not None:
        for row in rows:
            if not isinstance(row, model):
                raise TypeError(f"a row is a {type(row).__name__}, and no {model.__name__}.")
        return model
    classes = list(dict.fromkeys(type(row) for row in rows))
    if not classes:
        return None
    for candidate in classes[0].__mro__:
        if attrs.has(candidate) and all(issubclass(other, candidate) for other in classes):
            return candidate
    names = ", ".join(sorted(one.__name__ for one in classes))
    raise TypeError(f"rows of one table have a common class of models; these are {names}.")


def _kind_of(hint: Any) -> Kind:
    options = _options(hint)
    if all(_is_text(option) for option in options):
        return Kind.TEXT
    if len(options) == 1:
        (option,) = options
        if option in _KINDS:
            return _KINDS[option]
        if typing.get_origin(option) is tuple:
            items = [item for item in typing.get_args(option) if item is not ...]
            if all(_is_text(part) for item in items for part in _options(item)):
                return Kind.TEXTS
    return Kind.JSON


def _options(hint: Any) -> tuple[Any, ...]:
    """Return the types that a hint allows, without None."""
    if typing.get_origin(hint) not in (types.UnionType, typing.Union):
        return (hint,)
    return tuple(option for option in typing.get_args(hint) if option is not type(None))


def _is_text(option: Any) -> bool:
    return isinstance(option, type) and issubclass(option, str | PurePath)
