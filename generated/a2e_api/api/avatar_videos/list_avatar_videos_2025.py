"""List avatar videos, page by page, by the method of early 2025.

`POST /api/v1/video/awsList`
"""

from __future__ import annotations

from typing import Any

from ...models.list_avatar_videos_2025_request import ListAvatarVideos2025Request
from ...models.list_avatar_videos_response import ListAvatarVideosResponse
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer, to_wire


def build_request(*, body: ListAvatarVideos2025Request) -> Request:
    """List avatar videos, page by page, by the method of early 2025.

    Args:
        body: The request body.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="list_avatar_videos_2025",
        method="POST",
        path="/api/v1/video/awsList",
        json=to_wire(body),
    )


def parse(payload: Any) -> ListAvatarVideosResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(ListAvatarVideosResponse, payload)


def sync_detailed(
    *, client: SupportsCall, body: ListAvatarVideos2025Request
) -> Response[ListAvatarVideosResponse]:
    """List avatar videos, page by page, by the method of early 2025.

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


def sync(*, client: SupportsCall, body: ListAvatarVideos2025Request) -> ListAvatarVideosResponse:
    """List avatar videos, page by page, by the method of early 2025.

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
    *, client: SupportsAsyncCall, body: ListAvatarVideos2025Request
) -> Response[ListAvatarVideosResponse]:
    """List avatar videos, page by page, by the method of early 2025.

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
    *, client: SupportsAsyncCall, body: ListAvatarVideos2025Request
) -> ListAvatarVideosResponse:
    """List avatar videos, page by page, by the method of early 2025.

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
