"""Delete a Wan Spicy task.

`DELETE /api/v1/userWanSpicy/{id}`
"""

from __future__ import annotations

from typing import Any

from ...models.delete_response import DeleteResponse
from ...types import (
    Request,
    Response,
    SupportsAsyncCall,
    SupportsCall,
    decode_answer,
    path_segment,
    to_wire,
)


def build_request(*, id: str) -> Request:
    """Delete a Wan Spicy task.

    Args:
        id: Id of the record, 24 hexadecimal digits.

    Returns:
        The request, not sent.

    Raises:
        ValueError: A path parameter is empty or names another path.
    """
    return Request(
        operation="delete_wan_spicy_task",
        method="DELETE",
        path="/api/v1/userWanSpicy/{id}".format(id=path_segment(to_wire(id))),
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


def sync_detailed(*, client: SupportsCall, id: str) -> Response[DeleteResponse]:
    """Delete a Wan Spicy task.

    Args:
        client: What sends the request, see `a2e_api.types`.
        id: Id of the record, 24 hexadecimal digits.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
        ValueError: A path parameter is empty or names another path.
    """
    return client.call(build_request(id=id), parse)


def sync(*, client: SupportsCall, id: str) -> DeleteResponse:
    """Delete a Wan Spicy task.

    Args:
        client: What sends the request, see `a2e_api.types`.
        id: Id of the record, 24 hexadecimal digits.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
        ValueError: A path parameter is empty or names another path.
    """
    return sync_detailed(client=client, id=id).parsed


async def asyncio_detailed(*, client: SupportsAsyncCall, id: str) -> Response[DeleteResponse]:
    """Delete a Wan Spicy task.

    Args:
        client: What sends the request, see `a2e_api.types`.
        id: Id of the record, 24 hexadecimal digits.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
        ValueError: A path parameter is empty or names another path.
    """
    return await client.call_async(build_request(id=id), parse)


async def asyncio(*, client: SupportsAsyncCall, id: str) -> DeleteResponse:
    """Delete a Wan Spicy task.

    Args:
        client: What sends the request, see `a2e_api.types`.
        id: Id of the record, 24 hexadecimal digits.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
        ValueError: A path parameter is empty or names another path.
    """
    return (await asyncio_detailed(client=client, id=id)).parsed
