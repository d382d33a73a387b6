"""Start a live session and get the token of its Agora channel.

`POST /api/v1/streaming-avatar/agora-token`
"""

from __future__ import annotations

from typing import Any

from ...models.start_streaming_session_request import StartStreamingSessionRequest
from ...models.start_streaming_session_response import StartStreamingSessionResponse
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer, to_wire


def build_request(*, body: StartStreamingSessionRequest) -> Request:
    """Start a live session and get the token of its Agora channel.

    Coins for the whole time are taken at once; `leaveStreamingSession` gives the rest back.
    Code 1001 means that all hosts are busy.

    Args:
        body: The request body.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="start_streaming_session",
        method="POST",
        path="/api/v1/streaming-avatar/agora-token",
        json=to_wire(body),
    )


def parse(payload: Any) -> StartStreamingSessionResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(StartStreamingSessionResponse, payload)


def sync_detailed(
    *, client: SupportsCall, body: StartStreamingSessionRequest
) -> Response[StartStreamingSessionResponse]:
    """Start a live session and get the token of its Agora channel.

    Coins for the whole time are taken at once; `leaveStreamingSession` gives the rest back.
    Code 1001 means that all hosts are busy.

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


def sync(
    *, client: SupportsCall, body: StartStreamingSessionRequest
) -> StartStreamingSessionResponse:
    """Start a live session and get the token of its Agora channel.

    Coins for the whole time are taken at once; `leaveStreamingSession` gives the rest back.
    Code 1001 means that all hosts are busy.

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
    *, client: SupportsAsyncCall, body: StartStreamingSessionRequest
) -> Response[StartStreamingSessionResponse]:
    """Start a live session and get the token of its Agora channel.

    Coins for the whole time are taken at once; `leaveStreamingSession` gives the rest back.
    Code 1001 means that all hosts are busy.

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
    *, client: SupportsAsyncCall, body: StartStreamingSessionRequest
) -> StartStreamingSessionResponse:
    """Start a live session and get the token of its Agora channel.

    Coins for the whole time are taken at once; `leaveStreamingSession` gives the rest back.
    Code 1001 means that all hosts are busy.

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
