"""Reading answers whose shape no reference describes, or whose data is not an object.

This module owns what is done with a ``data`` of unknown keys: rows are looked for where such
answers have them, values under the keys that are likely; what is not understood stays in ``raw``.
It is pure. Answers with a known shape are decoded by the generated client.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

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
from .records import RawPage, raw_page_of_array

ItemT = TypeVar("ItemT")


class UntypedRecord:
    """A row as the server sent it, in the form that listings work with.

    Args:
        source: The server's own object.
    """

    def __init__(self, source: dict[str, Any]) -> None:
        self.source = source
        self.id = first_text(source, FIELD_ALIASES["id"])

    def to_dict(self) -> dict[str, Any]:
        """Return the row as the server sent it."""
        return self.source


def untyped_data(response: Response[Any]) -> Any:
    """Return the ``data`` of an answer as the server sent it, whatever that is."""
    return source_of(response.parsed).get("data")


def raw_page_of_data(
    data: Any, number: int, size: int, operation: str, convert: Callable[[UntypedRecord], ItemT]
) -> RawPage[ItemT]:
    """Return the rows of one page of a listing, from whichever key has them.

    Args:
        data: The ``data`` of the answer: an array, an object that wraps one, or null.
        number: The number of the page that was asked for.
        size: Its size.
        operation: The operation's id, for errors.
        convert: Makes the friendly model of a row.

    Raises:
        UnexpectedResponseError: There is no telling where the rows are.
    """
    total: int | None = None
    array: Any = [] if data is None else data
    if is_object(data):
        array = _array_of(data)
        counts = (as_integer(data.get(key)) for key in FIELD_ALIASES["total"])
        total = next((count for count in counts if count is not None), None)
    if not is_array(array):
        raise unexpected("the answer does not tell where its rows are", operation)
    # The places matter: which page holds what is reckoned from them.
    rows = [UntypedRecord(row) if is_object(row) else None for row in array]
    if array is data:
        return raw_page_of_array(rows, number, size, convert)
    return RawPage(rows, total, convert)


def _array_of(page: dict[str, Any]) -> Any:
    """Return what is under a usual key, else the only array there is; None for several of them."""
    known = [page[key] for key in FIELD_ALIASES["items"] if page.get(key) is not None]
    if known:
        return known[0]
    arrays = [value for value in page.values() if is_array(value)]
    if len(arrays) > 1:
        return None
    return arrays[0] if arrays else []


def url_in_data(value: Any, response: Response[Any], operation: str) -> str:
    """Return the URL that an answer has to hold.

    Raises:
        UnexpectedResponseError: It is none.
    """
    if not isinstance(value, str) or not is_url(value):
        raise unexpected("the answer holds no URL", operation, response.status_code)
    return value


def first_number(source: Mapping[str, Any], keys: Iterable[str]) -> float | None:
    """Return the number under the first of some keys that has one; a text of digits is one."""
    numbers = (as_number(source.get(key)) for key in keys)
    return next((number for number in numbers if number is not None), None)


def first_text(source: Mapping[str, Any], keys: Iterable[str]) -> str | None:
    """Return the text under the first of some keys that has one which is not empty."""
    return next((text for key in keys if (text := as_string(source.get(key)))), None)


def mapping_of(value: Any) -> dict[str, Any]:
    """Return an object of an answer; an empty one in the place of anything else."""
    return value if is_object(value) else {}


def unexpected(message: str, operation: str, status: int = 200) -> UnexpectedResponseError:
    """Return the error of a successful answer that lacks what it is for."""
    return UnexpectedResponseError(message, operation=operation, http_status=status)
