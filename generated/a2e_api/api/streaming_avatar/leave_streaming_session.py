"""End a live session.

`POST /api/v1/streaming-avatar/leave`
"""

from __future__ import annotations

from typing import Any

from ...models.leave_streaming_session_request import LeaveStreamingSessionRequest
from ...models.loose_response import LooseResponse
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer, to_wire


def build_request(*, body: LeaveStreamingSessionRequest) -> Request:
    """End a live session.

    It goes on costing coins until this is called or its time is up.

    Args:
        body: The request body.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="leave_streaming_session",
        method="POST",
        path="/api/v1/streaming-avatar/leave",
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
    *, client: SupportsCall, body: LeaveStreamingSessionRequest
) -> Response[LooseResponse]:
    """End a live session.

    It goes on costing coins until this is called or its time is up.

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


def sync(*, client: SupportsCall, body: LeaveStreamingSessionRequest) -> LooseResponse:
    """End a live session.

    It goes on costing coins until this is called or its time is up.

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
    *, client: SupportsAsyncCall, body: LeaveStreamingSessionRequest
) -> Response[LooseResponse]:
    """End a live session.

    It goes on costing coins until this is called or its time is up.

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
    *, client: SupportsAsyncCall, body: LeaveStreamingSessionRequest
) -> LooseResponse:
    """End a live session.

    It goes on costing coins until this is called or its time is up.

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
