"""List the public voices, in groups, by the older method.

`POST /api/v1/anchor/voice_list`
"""

from __future__ import annotations

from typing import Any

from ...models.list_public_voices_by_post_request import ListPublicVoicesByPostRequest
from ...models.list_public_voices_response import ListPublicVoicesResponse
from ...types import (
    UNSET,
    Request,
    Response,
    SupportsAsyncCall,
    SupportsCall,
    Unset,
    decode_answer,
    to_wire,
)


def build_request(*, body: ListPublicVoicesByPostRequest | Unset = UNSET) -> Request:
    """List the public voices, in groups, by the older method.

    Not marked deprecated by any source, but `listPublicVoices` is the one to use.

    Args:
        body: The request body.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="list_public_voices_by_post",
        method="POST",
        path="/api/v1/anchor/voice_list",
        json=to_wire(body),
    )


def parse(payload: Any) -> ListPublicVoicesResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(ListPublicVoicesResponse, payload)


def sync_detailed(
    *, client: SupportsCall, body: ListPublicVoicesByPostRequest | Unset = UNSET
) -> Response[ListPublicVoicesResponse]:
    """List the public voices, in groups, by the older method.

    Not marked deprecated by any source, but `listPublicVoices` is the one to use.

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
    *, client: SupportsCall, body: ListPublicVoicesByPostRequest | Unset = UNSET
) -> ListPublicVoicesResponse:
    """List the public voices, in groups, by the older method.

    Not marked deprecated by any source, but `listPublicVoices` is the one to use.

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
    *, client: SupportsAsyncCall, body: ListPublicVoicesByPostRequest | Unset = UNSET
) -> Response[ListPublicVoicesResponse]:
    """List the public voices, in groups, by the older method.

    Not marked deprecated by any source, but `listPublicVoices` is the one to use.

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
    *, client: SupportsAsyncCall, body: ListPublicVoicesByPostRequest | Unset = UNSET
) -> ListPublicVoicesResponse:
    """List the public voices, in groups, by the older method.

    Not marked deprecated by any source, but `listPublicVoices` is the one to use.

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
