"""Start to clone a voice from samples.

`POST /api/v1/userVoice/training`
"""

from __future__ import annotations

from typing import Any

from ...models.start_voice_clone_request import StartVoiceCloneRequest
from ...models.start_voice_clone_response import StartVoiceCloneResponse
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer, to_wire


def build_request(*, body: StartVoiceCloneRequest) -> Request:
    """Start to clone a voice from samples.

    One training at a time for each user. The price depends on `model`. 403 means that the
    account has too many clones.

    Args:
        body: The request body.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="start_voice_clone",
        method="POST",
        path="/api/v1/userVoice/training",
        json=to_wire(body),
    )


def parse(payload: Any) -> StartVoiceCloneResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(StartVoiceCloneResponse, payload)


def sync_detailed(
    *, client: SupportsCall, body: StartVoiceCloneRequest
) -> Response[StartVoiceCloneResponse]:
    """Start to clone a voice from samples.

    One training at a time for each user. The price depends on `model`. 403 means that the
    account has too many clones.

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


def sync(*, client: SupportsCall, body: StartVoiceCloneRequest) -> StartVoiceCloneResponse:
    """Start to clone a voice from samples.

    One training at a time for each user. The price depends on `model`. 403 means that the
    account has too many clones.

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
    *, client: SupportsAsyncCall, body: StartVoiceCloneRequest
) -> Response[StartVoiceCloneResponse]:
    """Start to clone a voice from samples.

    One training at a time for each user. The price depends on `model`. 403 means that the
    account has too many clones.

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
    *, client: SupportsAsyncCall, body: StartVoiceCloneRequest
) -> StartVoiceCloneResponse:
    """Start to clone a voice from samples.

    One training at a time for each user. The price depends on `model`. 403 means that the
    account has too many clones.

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
