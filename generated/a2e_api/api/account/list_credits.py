"""List what was spent and granted, page by page.

`GET /api/v1/transactionRecord/creditsHistory`
"""

from __future__ import annotations

from typing import Any

from ...models.list_credits_response import ListCreditsResponse
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


def build_request(
    *,
    page_num: int | Unset = UNSET,
    page_size: int | Unset = UNSET,
    is_consumption: bool | Unset = UNSET,
    start_date: str | Unset = UNSET,
    end_date: str | Unset = UNSET,
) -> Request:
    """List what was spent and granted, page by page.

    Amounts are positive for a grant and negative for what was spent.

    Args:
        page_num: Number of the page, from 1. Default 1.
        page_size: Rows per page, 1 to 100. Default 10.
        is_consumption: Whether what was spent is wanted. What leaving it out gives is not
            described.
        start_date: ISO 8601 time from which entries are wanted, inclusive.
        end_date: ISO 8601 time up to which entries are wanted, inclusive.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="list_credits",
        method="GET",
        path="/api/v1/transactionRecord/creditsHistory",
        query=only_set(
            {
                "pageNum": page_num,
                "pageSize": page_size,
                "is_consumption": is_consumption,
                "startDate": start_date,
                "endDate": end_date,
            }
        ),
    )


def parse(payload: Any) -> ListCreditsResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(ListCreditsResponse, payload)


def sync_detailed(
    *,
    client: SupportsCall,
    page_num: int | Unset = UNSET,
    page_size: int | Unset = UNSET,
    is_consumption: bool | Unset = UNSET,
    start_date: str | Unset = UNSET,
    end_date: str | Unset = UNSET,
) -> Response[ListCreditsResponse]:
    """List what was spent and granted, page by page.

    Amounts are positive for a grant and negative for what was spent.

    Args:
        client: What sends the request, see `a2e_api.types`.
        page_num: Number of the page, from 1. Default 1.
        page_size: Rows per page, 1 to 100. Default 10.
        is_consumption: Whether what was spent is wanted. What leaving it out gives is not
            described.
        start_date: ISO 8601 time from which entries are wanted, inclusive.
        end_date: ISO 8601 time up to which entries are wanted, inclusive.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return client.call(
        build_request(
            page_num=page_num,
            page_size=page_size,
            is_consumption=is_consumption,
            start_date=start_date,
            end_date=end_date,
        ),
        parse,
    )


def sync(
    *,
    client: SupportsCall,
    page_num: int | Unset = UNSET,
    page_size: int | Unset = UNSET,
    is_consumption: bool | Unset = UNSET,
    start_date: str | Unset = UNSET,
    end_date: str | Unset = UNSET,
) -> ListCreditsResponse:
    """List what was spent and granted, page by page.

    Amounts are positive for a grant and negative for what was spent.

    Args:
        client: What sends the request, see `a2e_api.types`.
        page_num: Number of the page, from 1. Default 1.
        page_size: Rows per page, 1 to 100. Default 10.
        is_consumption: Whether what was spent is wanted. What leaving it out gives is not
            described.
        start_date: ISO 8601 time from which entries are wanted, inclusive.
        end_date: ISO 8601 time up to which entries are wanted, inclusive.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return sync_detailed(
        client=client,
        page_num=page_num,
        page_size=page_size,
        is_consumption=is_consumption,
        start_date=start_date,
        end_date=end_date,
    ).parsed


async def asyncio_detailed(
    *,
    client: SupportsAsyncCall,
    page_num: int | Unset = UNSET,
    page_size: int | Unset = UNSET,
    is_consumption: bool | Unset = UNSET,
    start_date: str | Unset = UNSET,
    end_date: str | Unset = UNSET,
) -> Response[ListCreditsResponse]:
    """List what was spent and granted, page by page.

    Amounts are positive for a grant and negative for what was spent.

    Args:
        client: What sends the request, see `a2e_api.types`.
        page_num: Number of the page, from 1. Default 1.
        page_size: Rows per page, 1 to 100. Default 10.
        is_consumption: Whether what was spent is wanted. What leaving it out gives is not
            described.
        start_date: ISO 8601 time from which entries are wanted, inclusive.
        end_date: ISO 8601 time up to which entries are wanted, inclusive.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return await client.call_async(
        build_request(
            page_num=page_num,
            page_size=page_size,
            is_consumption=is_consumption,
            start_date=start_date,
            end_date=end_date,
        ),
        parse,
    )


async def asyncio(
    *,
    client: SupportsAsyncCall,
    page_num: int | Unset = UNSET,
    page_size: int | Unset = UNSET,
    is_consumption: bool | Unset = UNSET,
    start_date: str | Unset = UNSET,
    end_date: str | Unset = UNSET,
) -> ListCreditsResponse:
    """List what was spent and granted, page by page.

    Amounts are positive for a grant and negative for what was spent.

    Args:
        client: What sends the request, see `a2e_api.types`.
        page_num: Number of the page, from 1. Default 1.
        page_size: Rows per page, 1 to 100. Default 10.
        is_consumption: Whether what was spent is wanted. What leaving it out gives is not
            described.
        start_date: ISO 8601 time from which entries are wanted, inclusive.
        end_date: ISO 8601 time up to which entries are wanted, inclusive.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return (
        await asyncio_detailed(
            client=client,
            page_num=page_num,
            page_size=page_size,
            is_consumption=is_consumption,
            start_date=start_date,
            end_date=end_date,
        )
    ).parsed
