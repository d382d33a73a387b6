"""Remove a custom avatar.

`POST /api/v1/userVideoTwin/remove`
"""

from __future__ import annotations

from typing import Any

from ...models.delete_avatar_training_request import DeleteAvatarTrainingRequest
from ...models.delete_response import DeleteResponse
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer, to_wire


def build_request(*, body: DeleteAvatarTrainingRequest) -> Request:
    """Remove a custom avatar.

    Args:
        body: The request body.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="delete_avatar_training",
        method="POST",
        path="/api/v1/userVideoTwin/remove",
        json=to_wire(body),
    )


def parse(payload: Any) -> DeleteResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(DeleteResponse, payload)


def sync_detailed(
    *, client: SupportsCall, body: DeleteAvatarTrainingRequest
) -> Response[DeleteResponse]:
    """Remove a custom avatar.

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


def sync(*, client: SupportsCall, body: DeleteAvatarTrainingRequest) -> DeleteResponse:
    """Remove a custom avatar.

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
    *, client: SupportsAsyncCall, body: DeleteAvatarTrainingRequest
) -> Response[DeleteResponse]:
    """Remove a custom avatar.

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
    *, client: SupportsAsyncCall, body: DeleteAvatarTrainingRequest
) -> DeleteResponse:
    """Remove a custom avatar.

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
