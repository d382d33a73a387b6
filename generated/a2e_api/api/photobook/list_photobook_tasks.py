"""List photobook tasks, newest first, page by page.

`GET /api/v1/userPhotobook/allRecords`
"""

from __future__ import annotations

from typing import Any

from ...models.task_record_page_response import TaskRecordPageResponse
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


def build_request(*, page_num: int | Unset = UNSET, page_size: int | Unset = UNSET) -> Request:
    """List photobook tasks, newest first, page by page.

    Args:
        page_num: Number of the page, from 1. Default 1.
        page_size: Rows per page, 1 to 100. Default 20.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="list_photobook_tasks",
        method="GET",
        path="/api/v1/userPhotobook/allRecords",
        query=only_set({"pageNum": page_num, "pageSize": page_size}),
    )


def parse(payload: Any) -> TaskRecordPageResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(TaskRecordPageResponse, payload)


def sync_detailed(
    *, client: SupportsCall, page_num: int | Unset = UNSET, page_size: int | Unset = UNSET
) -> Response[TaskRecordPageResponse]:
    """List photobook tasks, newest first, page by page.

    Args:
        client: What sends the request, see `a2e_api.types`.
        page_num: Number of the page, from 1. Default 1.
        page_size: Rows per page, 1 to 100. Default 20.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return client.call(build_request(page_num=page_num, page_size=page_size), parse)


def sync(
    *, client: SupportsCall, page_num: int | Unset = UNSET, page_size: int | Unset = UNSET
) -> TaskRecordPageResponse:
    """List photobook tasks, newest first, page by page.

    Args:
        client: What sends the request, see `a2e_api.types`.
        page_num: Number of the page, from 1. Default 1.
        page_size: Rows per page, 1 to 100. Default 20.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return sync_detailed(client=client, page_num=page_num, page_size=page_size).parsed


async def asyncio_detailed(
    *, client: SupportsAsyncCall, page_num: int | Unset = UNSET, page_size: int | Unset = UNSET
) -> Response[TaskRecordPageResponse]:
    """List photobook tasks, newest first, page by page.

    Args:
        client: What sends the request, see `a2e_api.types`.
        page_num: Number of the page, from 1. Default 1.
        page_size: Rows per page, 1 to 100. Default 20.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return await client.call_async(build_request(page_num=page_num, page_size=page_size), parse)


async def asyncio(
    *, client: SupportsAsyncCall, page_num: int | Unset = UNSET, page_size: int | Unset = UNSET
) -> TaskRecordPageResponse:
    """List photobook tasks, newest first, page by page.

    Args:
        client: What sends the request, see `a2e_api.types`.
        page_num: Number of the page, from 1. Default 1.
        page_size: Rows per page, 1 to 100. Default 20.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return (await asyncio_detailed(client=client, page_num=page_num, page_size=page_size)).parsed
