"""Add a custom avatar.

`POST /api/v1/custom_avatar/add`
"""

from __future__ import annotations

from typing import Any

from ...models.add_custom_avatar_request import AddCustomAvatarRequest
from ...models.loose_response import LooseResponse
from ...types import (
    UNSET,
    Request,
    Response,
    SupportsAsyncCall,
    SupportsCall,
    Unset,
    decode_answer,
    to_wire,
)


def build_request(*, body: AddCustomAvatarRequest | Unset = UNSET) -> Request:
    """Add a custom avatar.

    Args:
        body: The request body.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="add_custom_avatar",
        method="POST",
        path="/api/v1/custom_avatar/add",
        json=to_wire(body),
    )


def parse(payload: Any) -> LooseResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(LooseResponse, payload)


def sync_detailed(
    *, client: SupportsCall, body: AddCustomAvatarRequest | Unset = UNSET
) -> Response[LooseResponse]:
    """Add a custom avatar.

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


def sync(*, client: SupportsCall, body: AddCustomAvatarRequest | Unset = UNSET) -> LooseResponse:
    """Add a custom avatar.

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
    *, client: SupportsAsyncCall, body: AddCustomAvatarRequest | Unset = UNSET
) -> Response[LooseResponse]:
    """Add a custom avatar.

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


async def asyncio(
    *, client: SupportsAsyncCall, body: AddCustomAvatarRequest | Unset = UNSET
) -> LooseResponse:
    """Add a custom avatar.

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
