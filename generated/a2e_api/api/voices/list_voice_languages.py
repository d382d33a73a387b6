"""List the languages and regions that voices speak.

`POST /api/v1/anchor/language_list`
"""

from __future__ import annotations

from typing import Any

from ...models.list_voice_languages_request import ListVoiceLanguagesRequest
from ...models.list_voice_languages_response import ListVoiceLanguagesResponse
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


def build_request(*, body: ListVoiceLanguagesRequest | Unset = UNSET) -> Request:
    """List the languages and regions that voices speak.

    Args:
        body: The request body.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="list_voice_languages",
        method="POST",
        path="/api/v1/anchor/language_list",
        json=to_wire(body),
    )


def parse(payload: Any) -> ListVoiceLanguagesResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(ListVoiceLanguagesResponse, payload)


def sync_detailed(
    *, client: SupportsCall, body: ListVoiceLanguagesRequest | Unset = UNSET
) -> Response[ListVoiceLanguagesResponse]:
    """List the languages and regions that voices speak.

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
    *, client: SupportsCall, body: ListVoiceLanguagesRequest | Unset = UNSET
) -> ListVoiceLanguagesResponse:
    """List the languages and regions that voices speak.

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
    *, client: SupportsAsyncCall, body: ListVoiceLanguagesRequest | Unset = UNSET
) -> Response[ListVoiceLanguagesResponse]:
    """List the languages and regions that voices speak.

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
    *, client: SupportsAsyncCall, body: ListVoiceLanguagesRequest | Unset = UNSET
) -> ListVoiceLanguagesResponse:
    """List the languages and regions that voices speak.

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
