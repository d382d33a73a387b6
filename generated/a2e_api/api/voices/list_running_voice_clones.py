"""List the voice clones that are in training, newest first.

`GET /api/v1/userVoice/trainingRecord`
"""

from __future__ import annotations

from typing import Any

from ...models.list_voice_clones_response import ListVoiceClonesResponse
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer


def build_request() -> Request:
    """List the voice clones that are in training, newest first.

    The list is not paged. By one source it holds finished and failed ones too.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="list_running_voice_clones", method="GET", path="/api/v1/userVoice/trainingRecord"
    )


def parse(payload: Any) -> ListVoiceClonesResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(ListVoiceClonesResponse, payload)


def sync_detailed(*, client: SupportsCall) -> Response[ListVoiceClonesResponse]:
    """List the voice clones that are in training, newest first.

    The list is not paged. By one source it holds finished and failed ones too.

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


def sync(*, client: SupportsCall) -> ListVoiceClonesResponse:
    """List the voice clones that are in training, newest first.

    The list is not paged. By one source it holds finished and failed ones too.

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


async def asyncio_detailed(*, client: SupportsAsyncCall) -> Response[ListVoiceClonesResponse]:
    """List the voice clones that are in training, newest first.

    The list is not paged. By one source it holds finished and failed ones too.

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


async def asyncio(*, client: SupportsAsyncCall) -> ListVoiceClonesResponse:
    """List the voice clones that are in training, newest first.

    The list is not paged. By one source it holds finished and failed ones too.

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
