"""Plain values of attrs classes as JSON, and back by their types.

This module owns the form of each type in JSON and the sentence that says what is wrong with a
value. It is pure, knows no class of the sandbox, and runs no code of a document: a class is made by
its own constructor, from values of the types that its fields are annotated with. A field whose
metadata have ``saved`` as False is left out, and has its default afterwards.
"""

from __future__ import annotations

import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import attrs

__all__ = ["StructureError", "plain", "structured"]

T = TypeVar("T")
_Read = Callable[[object], Any]
_SHOWN = 60


class StructureError(ValueError):
    """A value is not what its place asks for.

    Args:
        text: what is wrong.
        path: where it stands, the innermost name first.
    """

    def __init__(self, text: str, path: tuple[str, ...] = ()) -> None:
        super().__init__(text)
        self.text = text
        self.path = path

    def within(self, name: str) -> StructureError:
        """Return the same error as seen from outside.

        Args:
            name: the name or the index under which the value stands.
        """
        return StructureError(self.text, (*self.path, name))

    def __str__(self) -> str:
        return f"{'.'.join(reversed(self.path)) or 'the document'} {self.text}"


def plain(value: Any) -> Any:
    """Return a value as JSON.

    Args:
        value: an attrs object, or anything else that `structured` can read back.
    """
    kind = cast(Any, type(value))
    if kind in _AS_THEY_ARE:
        return value
    names = _names(kind)
    if names:
        return {name: plain(getattr(value, attribute)) for name, attribute in names}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        members = cast("Mapping[str, object]", value).items()
        return {name: plain(inner) for name, inner in members}
    if isinstance(value, frozenset):
        return sorted(cast("frozenset[str]", value))
    if isinstance(value, Iterable):
        return [plain(item) for item in cast("Iterable[object]", value)]
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def structured(kind: type[T], value: object) -> T:
    """Return JSON as an object.

    Args:
        kind: an attrs class.
        value: what `plain` has returned.

    Raises:
        StructureError: a key is missing or unknown, or a value is of another type.
    """
    read: _Read = _reader(cast(Any, kind))
    return cast(T, read(value))


_AS_THEY_ARE = frozenset({NoneType, bool, int, float, str})


def _saved_fields(kind: type[Any]) -> dict[str, attrs.Attribute[Any]]:
    """Return the fields of an attrs class that are saved, by the names of their arguments."""
    return {
        field.alias or field.name: field
        for field in attrs.fields(kind)
        if field.metadata.get("saved", True)
    }


@cache
def _names(kind: type[Any]) -> tuple[tuple[str, str], ...]:
    if not attrs.has(kind):
        return ()
    return tuple((name, field.name) for name, field in _saved_fields(kind).items())


@cache
def _reader(kind: Any) -> _Read:
    """Return what reads values of a type."""
    origin, arguments = get_origin(kind), get_args(kind)
    if kind is Any:
        return _json
    if kind in _SCALARS:
        return _SCALARS[kind]
    if origin in (Union, UnionType):
        return _optional(arguments)
    if origin is Literal:
        return _one_of(arguments)
    if origin is tuple and arguments[-1] is not ...:
        return _fixed(tuple(map(_reader, arguments)))
    if origin in _LISTS:
        return _listed(_LISTS[origin], _reader(arguments[0]))
    if origin in (dict, Mapping):
        return _mapped(_reader(arguments[1]))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _enum(kind)
    if attrs.has(cast(Any, kind)):
        return _object(cast(Any, kind))
    raise TypeError(f"{kind!r} has no form in JSON")


_LISTS: Mapping[Any, Callable[[list[Any]], Any]] = {
    tuple: tuple,
    list: list,
    Sequence: tuple,
    frozenset: frozenset,
}


def _wrong(wanted: str, value: object) -> StructureError:
    word = repr(value)
    shown = word if len(word) <= _SHOWN else f"{word[:_SHOWN]}..."
    return StructureError(f"must be {wanted}; it is {shown}")


def _plain_type(wanted: str, *kinds: type) -> _Read:
    def read(value: object) -> object:
        if type(value) not in kinds:
            raise _wrong(wanted, value)
        return value

    return read


def _json(value: object) -> object:
    """Return a copy of a JSON value."""
    if isinstance(value, dict):
        members = cast("dict[object, object]", value).items()
        if not all(isinstance(name, str) for name, _ in members):
            raise _wrong("an object with strings for names", cast(object, value))
        return {name: _json(inner) for name, inner in members}
    if isinstance(value, list):
        return [_json(item) for item in cast("list[object]", value)]
    if value is None or type(value) in (str, int, float, bool):
        return value
    raise _wrong("JSON", value)


def _float(value: object) -> float:
    # An int of any length need not fit into a float.
    if type(value) not in (int, float) or not abs(cast(float, value)) <= sys.float_info.max:
        raise _wrong("a finite number", value)
    # As it was given: a pace of 5 seconds stays a whole number.
    return cast(float, value)


def _moment(value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(cast(str, value))
        if moment.tzinfo is None:
            raise ValueError
        return moment.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise _wrong("a time with an offset, as in ISO 8601", value) from None


def _bytes(value: object) -> bytes:
    try:
        return b64decode(cast(str, value), validate=True)
    except (TypeError, ValueError):
        raise _wrong("base64", value) from None


_SCALARS: Mapping[Any, _Read] = {
    str: _plain_type("a string", str),
    int: _plain_type("a whole number", int),
    bool: _plain_type("true or false", bool),
    float: _float,
    datetime: _moment,
    bytes: _bytes,
}


def _optional(arguments: tuple[Any, ...]) -> _Read:
    (inner,) = (argument for argument in arguments if argument is not NoneType)
    read = _reader(inner)
    return lambda value: None if value is None else read(value)


def _one_of(words: tuple[Any, ...]) -> _Read:
    def read(value: object) -> object:
        if value not in words:
            raise _wrong(f"one of {list(words)}", value)
        return value

    return read


def _enum(kind: type[Enum]) -> _Read:
    def read(value: object) -> Enum:
        try:
            return kind(value)
        except ValueError:
            raise _wrong(f"one of {[member.value for member in kind]}", value) from None

    return read


def _fixed(readers: tuple[_Read, ...]) -> _Read:
    def read(value: object) -> object:
        if not isinstance(value, list) or len(cast("list[object]", value)) != len(readers):
            raise _wrong(f"an array of {len(readers)}", cast(object, value))
        pairs = zip(readers, cast("list[object]", value), strict=True)
        return tuple(read_item(item) for read_item, item in pairs)

    return read


def _listed(make: Callable[[list[Any]], Any], read_item: _Read) -> _Read:
    def read(value: object) -> object:
        if not isinstance(value, list):
            raise _wrong("an array", value)
        items: list[Any] = []
        try:
            for item in cast("list[object]", value):
                items.append(read_item(item))
            return make(items)
        except StructureError as problem:
            raise problem.within(str(len(items))) from None
        except TypeError:
            raise _wrong("an array of plain values", cast(object, value)) from None

    return read


def _mapped(read_member: _Read) -> _Read:
    def read(value: object) -> object:
        if not isinstance(value, dict):
            raise _wrong("an object", value)
        members: dict[str, Any] = {}
        for name, inner in cast("dict[str, object]", value).items():
            try:
                members[name] = read_member(inner)
            except StructureError as problem:
                raise problem.within(name) from None
        return members

    return read


def _object(kind: type[Any]) -> _Read:
    hints = get_type_hints(kind)
    fields = _saved_fields(kind)
    readers = {name: _reader(hints[field.name]) for name, field in fields.items()}
    # Some are set by what makes the object, and are no arguments of it.
    later = {name: field.name for name, field in fields.items() if not field.init}

    def read(value: object) -> object:
        if not isinstance(value, dict):
            raise _wrong("an object", value)
        members = cast("dict[str, object]", value)
        if members.keys() != readers.keys():
            missing, unknown = readers.keys() - members.keys(), members.keys() - readers.keys()
            said = f"lacks {sorted(missing)}" if missing else f"has unknown {sorted(unknown)[:5]}"
            raise StructureError(said)
        given: dict[str, Any] = {}
        for name, read_member in readers.items():
            try:
                given[name] = read_member(members[name])
            except StructureError as problem:
                raise problem.within(name) from None
        try:
            made = kind(**{name: given[name] for name in given if name not in later})
        except (TypeError, ValueError, OverflowError) as problem:
            raise StructureError(f"is refused: {problem}") from None
        for name, attribute in later.items():
            object.__setattr__(made, attribute, given[name])
        return made

    return read
