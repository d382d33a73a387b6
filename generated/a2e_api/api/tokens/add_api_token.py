"""Make an API token.

`POST /api/v1/token/generate`
"""

from __future__ import annotations

from typing import Any

from ...models.add_api_token_request import AddApiTokenRequest
from ...models.add_api_token_response import AddApiTokenResponse
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer, to_wire


def build_request(*, body: AddApiTokenRequest) -> Request:
    """Make an API token.

    The bearer is a login token. Tokens are made in the account menu of the web site since
    2025.

    Args:
        body: The request body.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="add_api_token", method="POST", path="/api/v1/token/generate", json=to_wire(body)
    )


def parse(payload: Any) -> AddApiTokenResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(AddApiTokenResponse, payload)


def sync_detailed(
    *, client: SupportsCall, body: AddApiTokenRequest
) -> Response[AddApiTokenResponse]:
    """Make an API token.

    The bearer is a login token. Tokens are made in the account menu of the web site since
    2025.

    Args:
        client: What sends the request, see `a2e_api.types`.
        body: The request body.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return client.call(build_request(body=body), parse)


def sync(*, client: SupportsCall, body: AddApiTokenRequest) -> AddApiTokenResponse:
    """Make an API token.

    The bearer is a login token. Tokens are made in the account menu of the web site since
    2025.

    Args:
        client: What sends the request, see `a2e_api.types`.
        body: The request body.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return sync_detailed(client=client, body=body).parsed


async def asyncio_detailed(
    *, client: SupportsAsyncCall, body: AddApiTokenRequest
) -> Response[AddApiTokenResponse]:
    """Make an API token.

    The bearer is a login token. Tokens are made in the account menu of the web site since
    2025.

    Args:
        client: What sends the request, see `a2e_api.types`.
        body: The request body.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return await client.call_async(build_request(body=body), parse)


async def asyncio(*, client: SupportsAsyncCall, body: AddApiTokenRequest) -> AddApiTokenResponse:
    """Make an API token.

    The bearer is a login token. Tokens are made in the account menu of the web site since
    2025.

    Args:
        client: What sends the request, see `a2e_api.types`.
        body: The request body.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return (await asyncio_detailed(client=client, body=body)).parsed
