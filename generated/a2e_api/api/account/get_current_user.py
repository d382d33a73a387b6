"""Get the user whose token it is.

`POST /api/v1/currentUser`
"""

from __future__ import annotations

from typing import Any

from ...models.get_current_user_response import GetCurrentUserResponse
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer


def build_request() -> Request:
    """Get the user whose token it is.

    The web site calls it after a login.

    Returns:
        The request, not sent.
    """
    return Request(operation="get_current_user", method="POST", path="/api/v1/currentUser")


def parse(payload: Any) -> GetCurrentUserResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(GetCurrentUserResponse, payload)


def sync_detailed(*, client: SupportsCall) -> Response[GetCurrentUserResponse]:
    """Get the user whose token it is.

    The web site calls it after a login.

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


def sync(*, client: SupportsCall) -> GetCurrentUserResponse:
    """Get the user whose token it is.

    The web site calls it after a login.

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


async def asyncio_detailed(*, client: SupportsAsyncCall) -> Response[GetCurrentUserResponse]:
    """Get the user whose token it is.

    The web site calls it after a login.

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


async def asyncio(*, client: SupportsAsyncCall) -> GetCurrentUserResponse:
    """Get the user whose token it is.

    The web site calls it after a login.

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
