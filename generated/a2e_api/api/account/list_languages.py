"""List the languages that the service knows.

`GET /api/v1/anchor/language_list`
"""

from __future__ import annotations

from typing import Any

from ...models.list_languages_response import ListLanguagesResponse
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


def build_request(*, lang: str | Unset = UNSET) -> Request:
    """List the languages that the service knows.

    Args:
        lang: Language in which the names are written, for example en.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="list_languages",
        method="GET",
        path="/api/v1/anchor/language_list",
        query=only_set({"lang": lang}),
    )


def parse(payload: Any) -> ListLanguagesResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(ListLanguagesResponse, payload)


def sync_detailed(
    *, client: SupportsCall, lang: str | Unset = UNSET
) -> Response[ListLanguagesResponse]:
    """List the languages that the service knows.

    Args:
        client: What sends the request, see `a2e_api.types`.
        lang: Language in which the names are written, for example en.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return client.call(build_request(lang=lang), parse)


def sync(*, client: SupportsCall, lang: str | Unset = UNSET) -> ListLanguagesResponse:
    """List the languages that the service knows.

    Args:
        client: What sends the request, see `a2e_api.types`.
        lang: Language in which the names are written, for example en.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return sync_detailed(client=client, lang=lang).parsed


async def asyncio_detailed(
    *, client: SupportsAsyncCall, lang: str | Unset = UNSET
) -> Response[ListLanguagesResponse]:
    """List the languages that the service knows.

    Args:
        client: What sends the request, see `a2e_api.types`.
        lang: Language in which the names are written, for example en.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return await client.call_async(build_request(lang=lang), parse)


async def asyncio(*, client: SupportsAsyncCall, lang: str | Unset = UNSET) -> ListLanguagesResponse:
    """List the languages that the service knows.

    Args:
        client: What sends the request, see `a2e_api.types`.
        lang: Language in which the names are written, for example en.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return (await asyncio_detailed(client=client, lang=lang)).parsed
