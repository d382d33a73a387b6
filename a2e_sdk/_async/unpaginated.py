"""Listings that the server gives in one piece.

This module owns the way from an operation without pages to a listing like all others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from a2e_sdk._wire.records import RawPage, Record

from .api_client import AsyncAPIClient
from .page_sources import AsyncWholeSource
from .pagination import AsyncPaginator
from .records import call_for_records

ItemT = TypeVar("ItemT")


def unpaginated_list(
    api: AsyncAPIClient,
    operation: str,
    convert: Callable[[Record], ItemT],
    *,
    keep: Callable[[ItemT], bool] | None = None,
    **values: Any,
) -> AsyncPaginator[ItemT]:
    """Return the listing of an operation that responds with all records at once.

    Args:
        api: What calls the API.
        operation: The operation's id.
        convert: Makes the model of a record.
        keep: Tells which models are wanted. Default: all.
        values: The values of the operation.
    """

    async def read() -> RawPage[ItemT]:
        records = await call_for_records(api, operation, **values)
        models = [convert(record) for record in records]
        return whole_page([model for model in models if keep is None or keep(model)])

    return AsyncPaginator(AsyncWholeSource(operation, read), page_size=100)


def whole_page(models: list[ItemT]) -> RawPage[ItemT]:
    """Return models that are there already as the page that a listing is read from."""
    return RawPage(models, len(models), _unchanged)


def _unchanged(model: ItemT) -> ItemT:
    return model
