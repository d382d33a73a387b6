"""List the avatars that can stream.

`GET /api/v1/streaming-avatar/all_avatars`
"""

from __future__ import annotations

from typing import Any

from ...models.list_streaming_avatars_response import ListStreamingAvatarsResponse
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer


def build_request() -> Request:
    """List the avatars that can stream.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="list_streaming_avatars",
        method="GET",
        path="/api/v1/streaming-avatar/all_avatars",
    )


def parse(payload: Any) -> ListStreamingAvatarsResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(ListStreamingAvatarsResponse, payload)


def sync_detailed(*, client: SupportsCall) -> Response[ListStreamingAvatarsResponse]:
    """List the avatars that can stream.

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


def sync(*, client: SupportsCall) -> ListStreamingAvatarsResponse:
    """List the avatars that can stream.

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


async def asyncio_detailed(*, client: SupportsAsyncCall) -> Response[ListStreamingAvatarsResponse]:
    """List the avatars that can stream.

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


async def asyncio(*, client: SupportsAsyncCall) -> ListStreamingAvatarsResponse:
    """List the avatars that can stream.

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
