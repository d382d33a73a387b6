"""Choose whether tasks beyond the dedicated lines go to the public pool.

`POST /api/v1/video/auto-public-pool`
"""

from __future__ import annotations

from typing import Any

from ...models.update_public_pool_request import UpdatePublicPoolRequest
from ...models.update_public_pool_response import UpdatePublicPoolResponse
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer, to_wire


def build_request(*, body: UpdatePublicPoolRequest) -> Request:
    """Choose whether tasks beyond the dedicated lines go to the public pool.

    Args:
        body: The request body.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="update_public_pool",
        method="POST",
        path="/api/v1/video/auto-public-pool",
        json=to_wire(body),
    )


def parse(payload: Any) -> UpdatePublicPoolResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(UpdatePublicPoolResponse, payload)


def sync_detailed(
    *, client: SupportsCall, body: UpdatePublicPoolRequest
) -> Response[UpdatePublicPoolResponse]:
    """Choose whether tasks beyond the dedicated lines go to the public pool.

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


def sync(*, client: SupportsCall, body: UpdatePublicPoolRequest) -> UpdatePublicPoolResponse:
    """Choose whether tasks beyond the dedicated lines go to the public pool.

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
    *, client: SupportsAsyncCall, body: UpdatePublicPoolRequest
) -> Response[UpdatePublicPoolResponse]:
    """Choose whether tasks beyond the dedicated lines go to the public pool.

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
    *, client: SupportsAsyncCall, body: UpdatePublicPoolRequest
) -> UpdatePublicPoolResponse:
    """Choose whether tasks beyond the dedicated lines go to the public pool.

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
