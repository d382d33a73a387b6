# Written by `nox -s generate` from asynchronous/whole_lists.py: edit there, not here.
"""Listings that the server gives in one piece.

This module owns the way from an operation without pages to a listing like all others.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any, TypeVar

from ..rows import Rows, promised, promised_rows
from .caller import Caller
from .paginator import Paginator

ItemT = TypeVar("ItemT")


def whole_list(
    caller: Caller,
    operation: ModuleType,
    convert: Callable[[Any], ItemT],
    *,
    keep: Callable[[Any], bool] | None = None,
    **arguments: Any,
) -> Paginator[ItemT]:
    """Return the listing of an operation that answers with all rows at once.

    Args:
        caller: What calls the API.
        operation: The generated module of the operation.
        convert: Makes the friendly model of a row.
        keep: Tells which rows are wanted. Default: all.
        arguments: The arguments of the operation.
    """

    def read(_number: int, _size: int) -> Rows[ItemT]:
        request = operation.build_request(**arguments)
        response = caller.call(request, operation.parse)
        rows = promised_rows(promised(response, request.operation))
        wanted = [row for row in rows if keep is None or keep(row)]
        return Rows(wanted, len(wanted), convert)

    name = operation.__name__.rpartition(".")[2]
    return Paginator(name, read, page_size=100, paged=False)
