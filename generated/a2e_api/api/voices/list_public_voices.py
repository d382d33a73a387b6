"""List the public voices, in groups.

`GET /api/v1/anchor/voice_list`
"""

from __future__ import annotations

from typing import Any

from ...models.list_public_voices_response import ListPublicVoicesResponse
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
    country: str | Unset = UNSET,
    region: str | Unset = UNSET,
    voice_map_type: str | Unset = UNSET,
) -> Request:
    """List the public voices, in groups.

    Args:
        country: Country part of the language. Default en.
        region: Region part of the language. Default US.
        voice_map_type: Locale that the voices are grouped by. Default en-US.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="list_public_voices",
        method="GET",
        path="/api/v1/anchor/voice_list",
        query=only_set({"country": country, "region": region, "voice_map_type": voice_map_type}),
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
    *,
    client: SupportsCall,
    country: str | Unset = UNSET,
    region: str | Unset = UNSET,
    voice_map_type: str | Unset = UNSET,
) -> Response[ListPublicVoicesResponse]:
    """List the public voices, in groups.

    Args:
        client: What sends the request, see `a2e_api.types`.
        country: Country part of the language. Default en.
        region: Region part of the language. Default US.
        voice_map_type: Locale that the voices are grouped by. Default en-US.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return client.call(
        build_request(country=country, region=region, voice_map_type=voice_map_type), parse
    )


def sync(
    *,
    client: SupportsCall,
    country: str | Unset = UNSET,
    region: str | Unset = UNSET,
    voice_map_type: str | Unset = UNSET,
) -> ListPublicVoicesResponse:
    """List the public voices, in groups.

    Args:
        client: What sends the request, see `a2e_api.types`.
        country: Country part of the language. Default en.
        region: Region part of the language. Default US.
        voice_map_type: Locale that the voices are grouped by. Default en-US.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return sync_detailed(
        client=client, country=country, region=region, voice_map_type=voice_map_type
    ).parsed


async def asyncio_detailed(
    *,
    client: SupportsAsyncCall,
    country: str | Unset = UNSET,
    region: str | Unset = UNSET,
    voice_map_type: str | Unset = UNSET,
) -> Response[ListPublicVoicesResponse]:
    """List the public voices, in groups.

    Args:
        client: What sends the request, see `a2e_api.types`.
        country: Country part of the language. Default en.
        region: Region part of the language. Default US.
        voice_map_type: Locale that the voices are grouped by. Default en-US.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return await client.call_async(
        build_request(country=country, region=region, voice_map_type=voice_map_type), parse
    )


async def asyncio(
    *,
    client: SupportsAsyncCall,
    country: str | Unset = UNSET,
    region: str | Unset = UNSET,
    voice_map_type: str | Unset = UNSET,
) -> ListPublicVoicesResponse:
    """List the public voices, in groups.

    Args:
        client: What sends the request, see `a2e_api.types`.
        country: Country part of the language. Default en.
        region: Region part of the language. Default US.
        voice_map_type: Locale that the voices are grouped by. Default en-US.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return (
        await asyncio_detailed(
            client=client, country=country, region=region, voice_map_type=voice_map_type
        )
    ).parsed
