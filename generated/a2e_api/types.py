"""What all generated modules share: records of a call, and how values become JSON and back.

Decoding is lenient: a value that is missing, null or impossible becomes None, and a value of a neighbouring
type is converted. Encoding is lossless: a response model remembers the dict that it was decoded from. This
module sends nothing and knows no operation; sending is left to whatever implements the protocols below.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from enum import Enum, StrEnum
from typing import IO, Any, ClassVar, Generic, Literal, Protocol, Self, TypeGuard, TypeVar, final

from attrs import field, frozen

from .errors import UnexpectedBody

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
M = TypeVar("M", bound="ResponseModel")


@final
class Unset:
    """The type of `UNSET`. It has one instance, also after a copy or a pickle, and it is false."""

    __slots__ = ()

    def __new__(cls) -> Unset:
        """Return the one instance."""
        instance: Unset | None = globals().get("UNSET")
        return super().__new__(cls) if instance is None else instance

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"


UNSET: Unset = Unset()

FileContent = IO[bytes] | bytes
FilePart = tuple[str | None, FileContent, str | None]


@frozen
class File:
    """A file in a multipart body.

    Args:
        payload: The bytes, or a file opened for reading bytes.
        file_name: Name to tell the server, default none.
        mime_type: Media type to tell the server, default left to the transport.
    """

    payload: FileContent
    file_name: str | None = None
    mime_type: str | None = None


@frozen
class Request:
    """One call, ready to be sent by any transport. It holds no host, no token and no timeout.

    Args:
        operation: The operation's id in snake case. An id that starts with `get` or `list` is safe to repeat.
        method: The HTTP method in capitals.
        path: The URL path with its parameters already quoted.
        query: The query parameters, without unset ones.
        json: What to send as a JSON body, or UNSET.
        files: The parts of a multipart body, or UNSET. The transport must choose a random boundary.
        data: The fields of a form body, or UNSET.
        content: The bytes of a raw body, or UNSET.
        headers: Further headers of this call.
    """

    operation: str
    method: str
    path: str
    query: dict[str, Any] = field(factory=dict[str, Any])
    json: Any = field(default=UNSET, repr=False)
    files: list[tuple[str, FilePart]] | Unset = field(default=UNSET, repr=False)
    data: dict[str, Any] | Unset = field(default=UNSET, repr=False)
    content: FileContent | Unset = field(default=UNSET, repr=False)
    headers: dict[str, str] = field(factory=dict[str, str], repr=False)


@frozen
class Response(Generic[T]):
    """One successful response.

    Args:
        status_code: The HTTP status, any integer.
        headers: The response headers.
        content: The body as it came.
        parsed: The decoded body.
    """

    status_code: int
    headers: Mapping[str, str]
    content: bytes = field(repr=False)
    parsed: T


class SupportsCall(Protocol):
    """What a blocking transport must offer to the operations."""

    def call(self, request: Request, parse: Callable[[Any], T]) -> Response[T]:
        """Send `request`, check the response, and return it with `parse(decoded JSON)` as its `parsed`."""
        ...


class SupportsAsyncCall(Protocol):
    """What an asyncio transport must offer to the operations."""

    async def call_async(self, request: Request, parse: Callable[[Any], T]) -> Response[T]:
        """Send `request`, check the response, and return it with `parse(decoded JSON)` as its `parsed`."""
        ...


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Return whether `value` is a JSON object."""
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[Any]]:
    """Return whether `value` is a JSON array."""
    return isinstance(value, list)


def as_string(value: object) -> str | None:
    """Return `value` as a string: strings, numbers and booleans have one, everything else gives None."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        try:
            return str(value)
        except ValueError:  # An integer beyond Python's limit of digits.
            return None
    return None


def as_integer(value: object) -> int | None:
    """Return `value` as an integer if that loses nothing ("6" and 6.0 give 6), else None."""
    if type(value) is int:
        return value
    if isinstance(value, str):
        value = as_number(value)
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    return value if type(value) is int else None


def as_number(value: object) -> float | None:
    """Return `value` as a number, from a string too, else None. Integers stay integers."""
    if type(value) is int or type(value) is float:
        return value
    if not isinstance(value, str) or "_" in value:
        return None
    for convert in (int, float):
        try:
            number = convert(value)
        except ValueError:
            continue
        return number if number - number == 0 else None  # Words like "nan" and "inf" are no number.
    return None


def as_boolean(value: object) -> bool | None:
    """Return `value` as a boolean: true, false, 1, 0 and these as words, else None."""
    if isinstance(value, bool):
        return value
    word = as_string(value)
    return (
        None
        if word is None
        else {"true": True, "1": True, "false": False, "0": False}.get(word.lower())
    )


_fromisoformat = datetime.datetime.fromisoformat
_UTC = datetime.UTC


def as_datetime(value: Any) -> datetime.datetime | None:
    """Return an ISO 8601 `value` as an aware UTC datetime, else None. Without an offset, UTC is meant."""
    try:
        moment = _fromisoformat(value)
        if moment.tzinfo is _UTC:
            return moment
        return moment.replace(tzinfo=_UTC) if moment.tzinfo is None else moment.astimezone(_UTC)
    except (TypeError, ValueError, OverflowError):
        return None


def as_date(value: Any) -> datetime.date | None:
    """Return an ISO 8601 `value` as a date, else None."""
    try:
        return datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def as_enum(enum_type: type[E], value: Any) -> E | None:
    """Return `value` as a member of an open `enum_type`, or None if it is no word at all."""
    members: Mapping[Any, Any] = enum_type._value2member_map_
    try:
        member: E = members[value]  # pyright: ignore[reportAssignmentType] - members are of the enum's type
        return member
    except (KeyError, TypeError):
        word = as_string(value)
        return None if word is None else enum_type(word)


def as_is(value: Any) -> Any:
    """Return `value`."""
    return value


def as_list(convert: Callable[[Any], T | None], value: object) -> list[T] | None:
    """Return the items of an array that `convert` can decode, or None if `value` is no array."""
    if not is_array(value):
        return None
    return [item for item in map(convert, value) if item is not None]


def as_model(model: type[M], value: object) -> M | None:
    """Return a JSON object as an instance of `model`, or None if `value` is no JSON object."""
    return model.from_dict(value) if is_object(value) else None


def as_models(model: type[M], value: object) -> list[M] | None:
    """Return the JSON objects of an array as instances of `model`, or None if `value` is no array.

    Other items, such as null, are left out; `to_dict` of the model that holds the list still has them.
    """
    if not is_array(value):
        return None
    decode = model.from_dict
    return [decode(item) for item in value if is_object(item)]


def decode_answer(model: type[M], payload: Any) -> M:
    """Return the decoded JSON body `payload` as an instance of `model`.

    Raises:
        UnexpectedBody: The body is not a JSON object.
    """
    answer = as_model(model, payload)
    if answer is None:
        raise UnexpectedBody(None, repr(payload))
    return answer


def to_wire(value: Any) -> Any:
    """Return `value` as plain JSON data. Models, enums and times are converted, also inside lists and dicts."""
    if isinstance(value, RequestModel | ResponseModel):
        return value.to_dict()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime.datetime):
        moment = value.replace(tzinfo=_UTC) if value.tzinfo is None else value.astimezone(_UTC)
        return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if is_array(value):
        return [to_wire(item) for item in value]
    if is_object(value):
        return {key: to_wire(item) for key, item in value.items()}
    return value


def only_set(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return `values` as plain JSON data, without those that are UNSET or None."""
    return {
        key: to_wire(value)
        for key, value in values.items()
        if value is not UNSET and value is not None
    }


def path_segment(value: object) -> str:
    """Return `value` quoted for use as one segment of a URL path.

    Raises:
        ValueError: The value is empty, "." or "..", which would name another path.
    """
    from urllib.parse import quote  # It takes longer to load than this whole module.

    text = str(value)
    if text in ("", ".", ".."):
        raise ValueError(f"{text!r} cannot be a part of a path")
    return quote(text, safe="")


def multipart_parts(body: RequestModel) -> list[tuple[str, FilePart]]:
    """Return the parts of a multipart body: files as they are, objects as JSON, the rest as text."""
    parts: list[tuple[str, FilePart]] = []
    for name, value in body.wire_values().items():
        for item in value if is_array(value) else [value]:
            parts.append((name, _part(item)))
    return parts


def _part(value: Any) -> FilePart:
    if isinstance(value, File):
        return value.file_name, value.payload, value.mime_type
    plain = to_wire(value)
    if is_object(plain) or is_array(plain):
        import json

        return None, json.dumps(plain).encode(), "application/json"
    return None, str(as_string(plain)).encode(), "text/plain"


class RequestModel:
    """The base of all request bodies. They are strict: what is required must be given."""

    __slots__ = ()

    _wire_names: ClassVar[Mapping[str, str]]
    additional_properties: dict[str, Any]

    def wire_values(self) -> dict[str, Any]:
        """Return the values that are set, under the server's names, not yet converted."""
        named = ((wire, getattr(self, name)) for name, wire in self._wire_names.items())
        return {
            **{wire: value for wire, value in named if value is not UNSET},
            **self.additional_properties,
        }

    def to_dict(self) -> dict[str, Any]:
        """Return the body as plain JSON data under the server's names."""
        return {wire: to_wire(value) for wire, value in self.wire_values().items()}


class ResponseModel:
    """The base of all responses. They are lenient, and lose nothing that the server sent."""

    __slots__ = ()

    _wire_names: ClassVar[Mapping[str, str]]
    _source: dict[str, Any] | None

    @classmethod
    def from_dict(cls, source: dict[str, Any]) -> Self:
        """Decode a JSON object. It is kept, not copied."""
        raise NotImplementedError(f"{cls.__name__} does not decode")

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data equal to what was decoded; changed attributes win over it.

        A model that was built by hand gives its attributes that are not None.
        """
        source: dict[str, Any] = self._source or {}
        decoded = self.from_dict(source)
        result = _copy_json(source)
        for name, wire in self._wire_names.items():
            current = getattr(self, name)
            if current is not None or wire in source:
                result[wire] = _encode_attribute(current, getattr(decoded, name), result.get(wire))
        return result


def source_of(model: ResponseModel) -> dict[str, Any]:
    """Return the very JSON object that `model` was decoded from; an empty one if built by hand."""
    source: dict[str, Any] | None = model._source
    return {} if source is None else source


def _encode_attribute(current: Any, decoded: Any, raw: Any) -> Any:
    """Return `raw` if `current` is what it decodes to, else `current` as JSON data."""
    if isinstance(current, ResponseModel):
        return current.to_dict()
    if is_array(current) and is_array(raw):
        if current and all(isinstance(item, ResponseModel) for item in current):
            return _encode_rows(current, raw)
    return raw if type(current) is type(decoded) and current == decoded else to_wire(current)


def _encode_rows(rows: list[Any], raw: list[Any]) -> list[Any]:
    """Return `rows` as JSON data, with null and other odd items of `raw` still in their places."""
    places = [index for index, item in enumerate(raw) if is_object(item)]
    if len(places) != len(rows):
        return [to_wire(row) for row in rows]
    for index, row in zip(places, rows, strict=True):
        raw[index] = to_wire(row)
    return raw


def _copy_json(source: dict[str, Any]) -> dict[str, Any]:
    """Return a deep copy. A loop, because a response may be nested deeper than Python may recurse."""
    result = dict(source)
    pending: list[Any] = [result]
    while pending:
        box = pending.pop()
        keys: list[Any] = list(box) if is_object(box) else list(range(len(box)))
        for key in keys:
            item = box[key]
            if is_object(item) or is_array(item):
                box[key] = item.copy()
                pending.append(box[key])
    return result
