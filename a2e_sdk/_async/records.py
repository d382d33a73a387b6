"""Call an operation and read the records of its response.

This module owns the way between the API client and the records of ``_wire.records``, for reads and
for what returns what it has made. Starts go their own way, in ``tasks.submit``.
"""

from __future__ import annotations

from typing import Any

from a2e_api.operations import OPERATIONS
from a2e_api.types import as_is
from a2e_sdk._wire.records import Record, records_of

from .api_client import AsyncAPIClient


async def call_operation(api: AsyncAPIClient, operation: str, **values: Any) -> dict[str, Any]:
    """Call an operation and return the JSON of its response.

    Args:
        api: What calls the API.
        operation: The operation's id.
        values: Its values, by their names on the wire or in Python.

    Raises:
        APIError: The call failed.
    """
    response = await api.call_async(OPERATIONS[operation].request(values), as_is)
    payload: dict[str, Any] = response.parsed
    return payload


async def call_for_records(api: AsyncAPIClient, operation: str, **values: Any) -> list[Record]:
    """Call an operation and return the records of its response, in whatever shape it sends them.

    Raises:
        UnexpectedResponseError: The response has no records where it should.
        APIError: The call failed in another way.
    """
    return records_of(await call_operation(api, operation, **values), OPERATIONS[operation])
