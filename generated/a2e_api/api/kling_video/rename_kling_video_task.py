"""Rename a Kling video task.

`PUT /api/v1/klingVideo/{id}`
"""

from __future__ import annotations

from typing import Any

from ...models.loose_response import LooseResponse
from ...models.rename_task_request import RenameTaskRequest
from ...types import (
    Request,
    Response,
    SupportsAsyncCall,
    SupportsCall,
    decode_answer,
    path_segment,
    to_wire,
)


def build_request(*, id: str, body: RenameTaskRequest) -> Request:
    """Rename a Kling video task.

    Args:
        id: Id of the record, 24 hexadecimal digits.
        body: The request body.

    Returns:
        The request, not sent.

    Raises:
        ValueError: A path parameter is empty or names another path.
    """
    return Request(
        operation="rename_kling_video_task",
        method="PUT",
        path="/api/v1/klingVideo/{id}".format(id=path_segment(to_wire(id))),
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
    *, client: SupportsCall, id: str, body: RenameTaskRequest
) -> Response[LooseResponse]:
    """Rename a Kling video task.

    Args:
        client: What sends the request, see `a2e_api.types`.
        id: Id of the record, 24 hexadecimal digits.
        body: The request body.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
        ValueError: A path parameter is empty or names another path.
    """
    return client.call(build_request(id=id, body=body), parse)


def sync(*, client: SupportsCall, id: str, body: RenameTaskRequest) -> LooseResponse:
    """Rename a Kling video task.

    Args:
        client: What sends the request, see `a2e_api.types`.
        id: Id of the record, 24 hexadecimal digits.
        body: The request body.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
        ValueError: A path parameter is empty or names another path.
    """
    return sync_detailed(client=client, id=id, body=body).parsed


async def asyncio_detailed(
    *, client: SupportsAsyncCall, id: str, body: RenameTaskRequest
) -> Response[LooseResponse]:
    """Rename a Kling video task.

    Args:
        client: What sends the request, see `a2e_api.types`.
        id: Id of the record, 24 hexadecimal digits.
        body: The request body.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
        ValueError: A path parameter is empty or names another path.
    """
    return await client.call_async(build_request(id=id, body=body), parse)


async def asyncio(*, client: SupportsAsyncCall, id: str, body: RenameTaskRequest) -> LooseResponse:
    """Rename a Kling video task.

    Args:
        client: What sends the request, see `a2e_api.types`.
        id: Id of the record, 24 hexadecimal digits.
        body: The request body.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
        ValueError: A path parameter is empty or names another path.
    """
    return (await asyncio_detailed(client=client, id=id, body=body)).parsed
