"""What a request would cost, asked without sending it.

This module owns the question; how its response is read is in ``_wire.to_model.account``.
"""

from __future__ import annotations

from a2e_api.types import Request
from a2e_sdk import errors
from a2e_sdk._wire.to_model.account import quote_of
from a2e_sdk.models import Quote

from .api_client import AsyncAPIClient
from .records import call_operation


async def quote_request(api: AsyncAPIClient, request: Request, family: str) -> Quote:
    """Ask what a request would cost (operation ``getQuote``).

    Args:
        api: What calls the API.
        request: The request, which is not sent.
        family: The name of what is asked about.

    Raises:
        BadRequestError: The server has no quotes for it.
        APIError: The call failed in another way.
    """
    payload = await call_operation(
        api, "get_quote", endpoint=request.path, request_body=request.json
    )
    return quote_of(payload.get("data"), family)


async def quoted_coins(api: AsyncAPIClient, request: Request) -> float | None:
    """Return what a request would cost; None where the server gives no price for it.

    Raises:
        APIError: The server can't be asked.
    """
    try:
        return (await quote_request(api, request, request.operation)).coins
    except errors.BadRequestError:
        return None
