"""List avatar videos, page by page.

`GET /api/v1/video/awsList`
"""

from __future__ import annotations

from typing import Any

from ...models.list_avatar_videos_response import ListAvatarVideosResponse
from ...types import (
    UNSET,
    Request,
    Response,
    SupportsAsyncCall,
    SupportsCall,
    Unset,
    decode_answer,
    only_set,
)


def build_request(*, current: int, page_size: int | Unset = UNSET) -> Request:
    """List avatar videos, page by page.

    Tasks of image to video show up here too.

    Args:
        current: Number of the page, for example 1.
        page_size: Rows per page, for example 20.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="list_avatar_videos",
        method="GET",
        path="/api/v1/video/awsList",
        query=only_set({"current": current, "pageSize": page_size}),
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
    *, client: SupportsCall, current: int, page_size: int | Unset = UNSET
) -> Response[ListAvatarVideosResponse]:
    """List avatar videos, page by page.

    Tasks of image to video show up here too.

    Args:
        client: What sends the request, see `a2e_api.types`.
        current: Number of the page, for example 1.
        page_size: Rows per page, for example 20.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return client.call(build_request(current=current, page_size=page_size), parse)


def sync(
    *, client: SupportsCall, current: int, page_size: int | Unset = UNSET
) -> ListAvatarVideosResponse:
    """List avatar videos, page by page.

    Tasks of image to video show up here too.

    Args:
        client: What sends the request, see `a2e_api.types`.
        current: Number of the page, for example 1.
        page_size: Rows per page, for example 20.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return sync_detailed(client=client, current=current, page_size=page_size).parsed


async def asyncio_detailed(
    *, client: SupportsAsyncCall, current: int, page_size: int | Unset = UNSET
) -> Response[ListAvatarVideosResponse]:
    """List avatar videos, page by page.

    Tasks of image to video show up here too.

    Args:
        client: What sends the request, see `a2e_api.types`.
        current: Number of the page, for example 1.
        page_size: Rows per page, for example 20.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return await client.call_async(build_request(current=current, page_size=page_size), parse)


async def asyncio(
    *, client: SupportsAsyncCall, current: int, page_size: int | Unset = UNSET
) -> ListAvatarVideosResponse:
    """List avatar videos, page by page.

    Tasks of image to video show up here too.

    Args:
        client: What sends the request, see `a2e_api.types`.
        current: Number of the page, for example 1.
        page_size: Rows per page, for example 20.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return (await asyncio_detailed(client=client, current=current, page_size=page_size)).parsed
