"""The records of a response: where they are, and how they are told apart.

This module owns the way from the JSON of a response to the server's own objects, whether a
reference describes them or not, and the refusal of responses whose shape would lose records
silently. Records become models when they are handed out, so that a record that is not handed out
costs nothing; that is left to ``_wire.to_model``. It is pure.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar, cast

from a2e_api.types import (
    Response,
    as_integer,
    as_number,
    as_string,
    is_array,
    is_object,
    source_of,
)
from a2e_sdk._files.sources import is_url
from a2e_sdk.errors import UnexpectedResponseError

from .field_names import FIELD_ALIASES

if TYPE_CHECKING:
    from a2e_api.operations import Operation

ItemT = TypeVar("ItemT")

#: One record as the server sent it.
Record: TypeAlias = dict[str, Any]

_OBJECT: type = dict
_ID = FIELD_ALIASES["id"][0]
_JSON_TYPES: Mapping[type, str] = {dict: "object", list: "array", str: "string"}


class RawPage(Generic[ItemT]):
    """The records of one response.

    Args:
        records: The server's own objects; None in the place of what is no object. The places
            matter: which page holds what is reckoned from them.
        total: The server's count of all records; None where it gave none.
        convert: Makes the model of a record.
    """

    def __init__(
        self,
        records: Sequence[Any],
        total: int | None,
        convert: Callable[[Any], ItemT],
    ) -> None:
        self._records = records
        self._convert = convert
        self.total = total

    def __len__(self) -> int:
        return len(self._records)

    @property
    def missing(self) -> int:
        """How many records the server counts beyond these; for a list in one piece only."""
        return max(0, (self.total or 0) - len(self._records))

    @property
    def keys(self) -> list[Hashable]:
        """What tells each record from the others: its id, or its whole content without one.

        What is no object is like nothing else, so that no two places of the list are mixed up.
        """
        keys: list[Hashable] = []
        for record in self._records:
            key: Hashable = object() if record is None else record.get(_ID)
            if record is not None and (type(key) is not str or not key):
                key = first_text(record, FIELD_ALIASES["id"]) or _content(record)
            keys.append(key)
        return keys

    def items(self, indexes: Iterable[int] | None = None) -> Iterator[ItemT]:
        """Iterate the models of all records, or of those at some indexes."""
        records = self._records
        if indexes is not None:
            records = [records[index] for index in indexes]
        convert = self._convert
        return (convert(record) for record in records if record is not None)


def data_of(payload: Mapping[str, Any], operation: Operation) -> Any:
    """Return the ``data`` of a response as the server sent it; None where it sent null or nothing.

    Raises:
        UnexpectedResponseError: It is of another JSON type than the API's reference says.
    """
    data = payload.get("data")
    types = operation.data_types
    if data is not None and types and _JSON_TYPES.get(data.__class__) not in types:
        raise _wrong_shape("data", operation.id)
    return data


def records_of(payload: Mapping[str, Any], operation: Operation) -> list[Record]:
    """Return the records of a response in any of the shapes in which the server sends some at once.

    The ``data`` is an array of records, one record, an object that wraps them, or null. What is no
    object is left out.

    Raises:
        UnexpectedResponseError: The data is of another shape.
    """
    data = data_of(payload, operation)
    if data is None:
        return []
    if is_object(data):
        if not operation.row_keys:
            return [data]
        data = _rows_of(data, operation)
    return [record for record in data if is_object(record)]


def page_of(
    payload: Mapping[str, Any],
    operation: Operation,
    convert: Callable[[Any], ItemT],
    number: int,
    size: int,
) -> RawPage[ItemT]:
    """Return the records of one page of a list.

    Args:
        payload: The JSON of the response.
        operation: Its operation.
        convert: Makes the model of a record.
        number: The number of the page that was asked for.
        size: Its size.

    Raises:
        UnexpectedResponseError: The records are not where the API's reference says, or nowhere.
    """
    data = data_of(payload, operation)
    if is_object(data):
        return RawPage(_in_place(_rows_of(data, operation)), count_of(payload), convert)
    array: Any = [] if data is None else data
    if not is_array(array):
        raise unexpected("the response does not tell where its records are", operation.id)
    records = _in_place(array)
    if len(records) > size:
        # All that there are, whatever was asked for.
        return RawPage(records[(number - 1) * size : number * size], len(records), convert)
    return RawPage(records, None, convert)


def whole_list_of(
    payload: Mapping[str, Any], operation: Operation, convert: Callable[[Any], ItemT]
) -> RawPage[ItemT]:
    """Return the records of a list that the server gives in one piece.

    Raises:
        UnexpectedResponseError: The records are not where the API's reference says.
    """
    data = data_of(payload, operation)
    if is_array(data):
        records = [record for record in data if is_object(record)]
        return RawPage(records, len(records), convert)
    return page_of(payload, operation, convert, 1, 1)


def count_of(payload: Mapping[str, Any]) -> int | None:
    """Return how many records the server counts, whether or not the reference has it there."""
    data = mapping_of(payload.get("data"))
    counts = (as_integer(data.get(key)) for key in FIELD_ALIASES["total"])
    return next((count for count in counts if count is not None), None)


def _in_place(array: Sequence[Any]) -> list[Any]:
    return [item if type(item) is _OBJECT else None for item in array]


def _rows_of(page: Record, operation: Operation) -> list[Any]:
    """Return the rows of an object that wraps them.

    They are under a key that the API's reference names, or a usual one; where there is none of
    these, in the only array that there is.
    """
    absent = True
    for key in (*operation.row_keys, *FIELD_ALIASES["items"]):
        value = page.get(key)
        if is_array(value):
            return value
        if value is not None:
            raise _wrong_shape(key, operation.id)
        absent = absent and key not in page
    arrays = [value for value in page.values() if is_array(value)] if absent else []
    if len(arrays) > 1:
        raise unexpected("the response does not tell where its records are", operation.id)
    return arrays[0] if arrays else []


def _content(record: Record) -> Hashable:
    """Return what only an equal record has too, of a size that does not grow with the record."""
    try:
        text = json.dumps(record, sort_keys=True, default=str)
    except RecursionError:
        text = _flat(record)
    import hashlib  # Here, because it loads OpenSSL, which hardly any listing needs.

    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _flat(value: Any) -> str:
    """Return what only an equal value has too; a loop, as it may be nested too deep to recurse."""
    pieces: list[str] = []
    pending: list[Any] = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            members = sorted(cast(dict[str, Any], item).items(), key=lambda member: member[0])
            pieces.append(f"{{{len(members)}")
            pending += [part for member in members for part in member]
        elif isinstance(item, list):
            pieces.append(f"[{len(cast(list[Any], item))}")
            pending += item
        else:
            pieces.append(json.dumps(item, default=str))
    return "\n".join(pieces)


def response_data(response: Response[Any], operation: str) -> Any:
    """Return the ``data`` of a response that the generated client decoded; None for null.

    Raises:
        UnexpectedResponseError: The data is of another shape than the API's reference says.
    """
    data = response.parsed.data
    if data is None and source_of(response.parsed).get("data") is not None:
        raise _wrong_shape("data", operation)
    return data


def url_in(value: Any, operation: str) -> str:
    """Return the URL that a response has to hold.

    Raises:
        UnexpectedResponseError: It is none.
    """
    if not isinstance(value, str) or not is_url(value):
        raise unexpected("the response holds no URL", operation)
    return value


def first_number(source: Mapping[str, Any], keys: Iterable[str]) -> float | None:
    """Return the number under the first of some keys that has one; a text of digits is one."""
    numbers = (as_number(source.get(key)) for key in keys)
    return next((number for number in numbers if number is not None), None)


def first_text(source: Mapping[str, Any], keys: Iterable[str]) -> str | None:
    """Return the text under the first of some keys that has one which is not empty."""
    for key in keys:
        text = as_string(source.get(key))
        if text:
            return text
    return None


def mapping_of(value: Any) -> Record:
    """Return an object of a response; an empty one in the place of anything else."""
    return value if is_object(value) else {}


def unexpected(message: str, operation: str, status: int = 200) -> UnexpectedResponseError:
    """Return the error of a successful response that lacks what it is for."""
    return UnexpectedResponseError(message, operation=operation, http_status=status)


def _wrong_shape(key: str, operation: str) -> UnexpectedResponseError:
    return unexpected(
        f"the response's {key!r} has another shape than the API's reference says", operation
    )
