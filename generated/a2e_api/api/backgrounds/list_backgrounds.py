"""List all backgrounds, those of the service and those of the user.

`POST /api/v1/custom_back/allBackground`
"""

from __future__ import annotations

from typing import Any

from ...models.list_backgrounds_response import ListBackgroundsResponse
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer


def build_request() -> Request:
    """List all backgrounds, those of the service and those of the user.

    The list is not paged.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="list_backgrounds", method="POST", path="/api/v1/custom_back/allBackground"
    )


def parse(payload: Any) -> ListBackgroundsResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(ListBackgroundsResponse, payload)


def sync_detailed(*, client: SupportsCall) -> Response[ListBackgroundsResponse]:
    """List all backgrounds, those of the service and those of the user.

    The list is not paged.

    Args:
        client: What sends the request, see `a2e_api.types`.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return client.call(build_request(), parse)


def sync(*, client: SupportsCall) -> ListBackgroundsResponse:
    """List all backgrounds, those of the service and those of the user.

    The list is not paged.

    Args:
        client: What sends the request, see `a2e_api.types`.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return sync_detailed(client=client).parsed


async def asyncio_detailed(*, client: SupportsAsyncCall) -> Response[ListBackgroundsResponse]:
    """List all backgrounds, those of the service and those of the user.

    The list is not paged.

    Args:
        client: What sends the request, see `a2e_api.types`.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return await client.call_async(build_request(), parse)


async def asyncio(*, client: SupportsAsyncCall) -> ListBackgroundsResponse:
    """List all backgrounds, those of the service and those of the user.

    The list is not paged.

    Args:
        client: What sends the request, see `a2e_api.types`.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return (await asyncio_detailed(client=client)).parsed
