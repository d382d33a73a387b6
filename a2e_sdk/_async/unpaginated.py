"""Listings that the server gives in one piece.

This module owns the way from an operation without pages to a listing like all others.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any, TypeVar

from a2e_sdk._wire.records import RawPage, count_of, extract_records, response_data

from .api_client import AsyncAPIClient
from .pagination import AsyncPaginator

ItemT = TypeVar("ItemT")


def unpaginated_list(
    api: AsyncAPIClient,
    operation: ModuleType,
    convert: Callable[[Any], ItemT],
    *,
    keep: Callable[[Any], bool] | None = None,
    **arguments: Any,
) -> AsyncPaginator[ItemT]:
    """Return the listing of an operation that answers with all rows at once.

    Args:
        api: What calls the API.
        operation: The generated module of the operation.
        convert: Makes the friendly model of a row.
        keep: Tells which rows are wanted. Default: all.
        arguments: The arguments of the operation.
    """

    async def read(_number: int, _size: int) -> RawPage[ItemT]:
        request = operation.build_request(**arguments)
        response = await api.call_async(request, operation.parse)
        data = response_data(response, request.operation)
        rows = extract_records(data)
        wanted = [row for row in rows if keep is None or keep(row)]
        # What the server counts beyond its rows may be among those that are wanted.
        missing = max(0, (count_of(data) or 0) - len(rows))
        return RawPage(wanted, len(wanted) + missing, convert)

    name = operation.__name__.rpartition(".")[2]
    return AsyncPaginator(name, read, page_size=100, paged=False)
