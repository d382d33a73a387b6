"""List the avatars, or those of one training.

`GET /api/v1/anchor/character_list`
"""

from __future__ import annotations

from typing import Any

from ...models.list_avatars_response import ListAvatarsResponse
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
    *, type_: str | Unset = UNSET, user_video_twin_id: str | Unset = UNSET
) -> Request:
    """List the avatars, or those of one training.

    The list is not paged.

    Args:
        type_: Kind of the avatars: default or custom; clients also send public and 0.
        user_video_twin_id: Id of the training whose avatar is wanted, 24 hexadecimal digits.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="list_avatars",
        method="GET",
        path="/api/v1/anchor/character_list",
        query=only_set({"type": type_, "user_video_twin_id": user_video_twin_id}),
    )


def parse(payload: Any) -> ListAvatarsResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(ListAvatarsResponse, payload)


def sync_detailed(
    *, client: SupportsCall, type_: str | Unset = UNSET, user_video_twin_id: str | Unset = UNSET
) -> Response[ListAvatarsResponse]:
    """List the avatars, or those of one training.

    The list is not paged.

    Args:
        client: What sends the request, see `a2e_api.types`.
        type_: Kind of the avatars: default or custom; clients also send public and 0.
        user_video_twin_id: Id of the training whose avatar is wanted, 24 hexadecimal digits.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return client.call(build_request(type_=type_, user_video_twin_id=user_video_twin_id), parse)


def sync(
    *, client: SupportsCall, type_: str | Unset = UNSET, user_video_twin_id: str | Unset = UNSET
) -> ListAvatarsResponse:
    """List the avatars, or those of one training.

    The list is not paged.

    Args:
        client: What sends the request, see `a2e_api.types`.
        type_: Kind of the avatars: default or custom; clients also send public and 0.
        user_video_twin_id: Id of the training whose avatar is wanted, 24 hexadecimal digits.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return sync_detailed(client=client, type_=type_, user_video_twin_id=user_video_twin_id).parsed


async def asyncio_detailed(
    *,
    client: SupportsAsyncCall,
    type_: str | Unset = UNSET,
    user_video_twin_id: str | Unset = UNSET,
) -> Response[ListAvatarsResponse]:
    """List the avatars, or those of one training.

    The list is not paged.

    Args:
        client: What sends the request, see `a2e_api.types`.
        type_: Kind of the avatars: default or custom; clients also send public and 0.
        user_video_twin_id: Id of the training whose avatar is wanted, 24 hexadecimal digits.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return await client.call_async(
        build_request(type_=type_, user_video_twin_id=user_video_twin_id), parse
    )


async def asyncio(
    *,
    client: SupportsAsyncCall,
    type_: str | Unset = UNSET,
    user_video_twin_id: str | Unset = UNSET,
) -> ListAvatarsResponse:
    """List the avatars, or those of one training.

    The list is not paged.

    Args:
        client: What sends the request, see `a2e_api.types`.
        type_: Kind of the avatars: default or custom; clients also send public and 0.
        user_video_twin_id: Id of the training whose avatar is wanted, 24 hexadecimal digits.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return (
        await asyncio_detailed(client=client, type_=type_, user_video_twin_id=user_video_twin_id)
    ).parsed
