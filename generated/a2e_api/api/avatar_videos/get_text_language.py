"""Find out the language of a text.

`POST /api/v1/video/lang_classify`
"""

from __future__ import annotations

from typing import Any

from ...models.get_text_language_request import GetTextLanguageRequest
from ...models.get_text_language_response import GetTextLanguageResponse
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer, to_wire


def build_request(*, body: GetTextLanguageRequest) -> Request:
    """Find out the language of a text.

    Args:
        body: The request body.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="get_text_language",
        method="POST",
        path="/api/v1/video/lang_classify",
        json=to_wire(body),
    )


def parse(payload: Any) -> GetTextLanguageResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(GetTextLanguageResponse, payload)


def sync_detailed(
    *, client: SupportsCall, body: GetTextLanguageRequest
) -> Response[GetTextLanguageResponse]:
    """Find out the language of a text.

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


def sync(*, client: SupportsCall, body: GetTextLanguageRequest) -> GetTextLanguageResponse:
    """Find out the language of a text.

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
    *, client: SupportsAsyncCall, body: GetTextLanguageRequest
) -> Response[GetTextLanguageResponse]:
    """Find out the language of a text.

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
    *, client: SupportsAsyncCall, body: GetTextLanguageRequest
) -> GetTextLanguageResponse:
    """Find out the language of a text.

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
