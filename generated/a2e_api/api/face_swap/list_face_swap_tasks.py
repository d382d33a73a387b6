"""List face swap tasks, newest first, page by page.

`GET /api/v1/userFaceSwapTask/records`
"""

from __future__ import annotations

from typing import Any

from ...models.list_face_swap_tasks_response import ListFaceSwapTasksResponse
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer, only_set


def build_request(*, page_num: int | str, page_size: int | str) -> Request:
    """List face swap tasks, newest first, page by page.

    Args:
        page_num: Number of the page, from 1. The 2025 page types it string, the 2026 reference
            integer.
        page_size: Rows per page, 1 to 100. The 2025 page types it string, the 2026 reference
            integer.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="list_face_swap_tasks",
        method="GET",
        path="/api/v1/userFaceSwapTask/records",
        query=only_set({"pageNum": page_num, "pageSize": page_size}),
    )


def parse(payload: Any) -> ListFaceSwapTasksResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(ListFaceSwapTasksResponse, payload)


def sync_detailed(
    *, client: SupportsCall, page_num: int | str, page_size: int | str
) -> Response[ListFaceSwapTasksResponse]:
    """List face swap tasks, newest first, page by page.

    Args:
        client: What sends the request, see `a2e_api.types`.
        page_num: Number of the page, from 1. The 2025 page types it string, the 2026 reference
            integer.
        page_size: Rows per page, 1 to 100. The 2025 page types it string, the 2026 reference
            integer.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return client.call(build_request(page_num=page_num, page_size=page_size), parse)


def sync(
    *, client: SupportsCall, page_num: int | str, page_size: int | str
) -> ListFaceSwapTasksResponse:
    """List face swap tasks, newest first, page by page.

    Args:
        client: What sends the request, see `a2e_api.types`.
        page_num: Number of the page, from 1. The 2025 page types it string, the 2026 reference
            integer.
        page_size: Rows per page, 1 to 100. The 2025 page types it string, the 2026 reference
            integer.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return sync_detailed(client=client, page_num=page_num, page_size=page_size).parsed


async def asyncio_detailed(
    *, client: SupportsAsyncCall, page_num: int | str, page_size: int | str
) -> Response[ListFaceSwapTasksResponse]:
    """List face swap tasks, newest first, page by page.

    Args:
        client: What sends the request, see `a2e_api.types`.
        page_num: Number of the page, from 1. The 2025 page types it string, the 2026 reference
            integer.
        page_size: Rows per page, 1 to 100. The 2025 page types it string, the 2026 reference
            integer.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return await client.call_async(build_request(page_num=page_num, page_size=page_size), parse)


async def asyncio(
    *, client: SupportsAsyncCall, page_num: int | str, page_size: int | str
) -> ListFaceSwapTasksResponse:
    """List face swap tasks, newest first, page by page.

    Args:
        client: What sends the request, see `a2e_api.types`.
        page_num: Number of the page, from 1. The 2025 page types it string, the 2026 reference
            integer.
        page_size: Rows per page, 1 to 100. The 2025 page types it string, the 2026 reference
            integer.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return (await asyncio_detailed(client=client, page_num=page_num, page_size=page_size)).parsed
