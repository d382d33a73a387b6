"""Listings that the server gives in one piece.

This module owns the way from an operation without pages to a listing like all others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from a2e_api.operations import OPERATIONS
from a2e_sdk._wire.records import RawPage, Record, count_of, records_of

from .api_client import AsyncAPIClient
from .page_sources import AsyncWholeSource
from .pagination import AsyncPaginator
from .records import call_operation

ItemT = TypeVar("ItemT")


def unpaginated_list(
    api: AsyncAPIClient,
    operation: str,
    model: type[ItemT],
    convert: Callable[[Record], ItemT],
    *,
    keep: Callable[[ItemT], bool] | None = None,
    **values: Any,
) -> AsyncPaginator[ItemT]:
    """Return the listing of an operation that responds with all records at once.

    Args:
        api: What calls the API.
        operation: The operation's id.
        model: The class of the models.
        convert: Makes the model of a record.
        keep: Tells which models are wanted. Default: all.
        values: The values of the operation.
    """

    async def read() -> RawPage[ItemT]:
        payload = await call_operation(api, operation, **values)
        records = records_of(payload, OPERATIONS[operation])
        models = [convert(record) for record in records]
        wanted = [model for model in models if keep is None or keep(model)]
        # What the server counts beyond its records may be among those that are wanted.
        return whole_page(wanted, missing=max(0, (count_of(payload) or 0) - len(records)))

    return AsyncPaginator(AsyncWholeSource(operation, model, read), page_size=100)


def whole_page(models: list[ItemT], missing: int = 0) -> RawPage[ItemT]:
    """Return models that are there already as the page that a listing is read from.

    Args:
        models: All of them.
        missing: How many the server counts beyond them.
    """
    return RawPage(models, len(models) + missing, _unchanged)


def _unchanged(model: ItemT) -> ItemT:
    return model
