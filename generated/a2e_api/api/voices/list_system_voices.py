"""List the preset voices.

`POST /api/v1/anchor/tts_list`
"""

from __future__ import annotations

from typing import Any

from ...models.loose_response import LooseResponse
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer


def build_request() -> Request:
    """List the preset voices.

    Returns:
        The request, not sent.
    """
    return Request(operation="list_system_voices", method="POST", path="/api/v1/anchor/tts_list")


def parse(payload: Any) -> LooseResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(LooseResponse, payload)


def sync_detailed(*, client: SupportsCall) -> Response[LooseResponse]:
    """List the preset voices.

    Args:
        client: What sends the request, see `a2e_api.types`.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return client.call(build_request(), parse)


def sync(*, client: SupportsCall) -> LooseResponse:
    """List the preset voices.

    Args:
        client: What sends the request, see `a2e_api.types`.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return sync_detailed(client=client).parsed


async def asyncio_detailed(*, client: SupportsAsyncCall) -> Response[LooseResponse]:
    """List the preset voices.

    Args:
        client: What sends the request, see `a2e_api.types`.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return await client.call_async(build_request(), parse)


async def asyncio(*, client: SupportsAsyncCall) -> LooseResponse:
    """List the preset voices.

    Args:
        client: What sends the request, see `a2e_api.types`.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return (await asyncio_detailed(client=client)).parsed
