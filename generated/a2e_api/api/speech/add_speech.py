"""Speak a text and get the URL of the audio.

`POST /api/v1/video/send_tts`
"""

from __future__ import annotations

from typing import Any

from ...models.add_speech_request import AddSpeechRequest
from ...models.add_speech_response import AddSpeechResponse
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer, to_wire


def build_request(*, body: AddSpeechRequest) -> Request:
    """Speak a text and get the URL of the audio.

    The audio is there when the answer comes. At the most one of `tts_id` and `user_voice_id`
    may be sent, or the answer is 400. The reference asks for exactly one; clients send none,
    with `country` and `region` or with `msg` alone.

    Args:
        body: The request body.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="add_speech", method="POST", path="/api/v1/video/send_tts", json=to_wire(body)
    )


def parse(payload: Any) -> AddSpeechResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(AddSpeechResponse, payload)


def sync_detailed(*, client: SupportsCall, body: AddSpeechRequest) -> Response[AddSpeechResponse]:
    """Speak a text and get the URL of the audio.

    The audio is there when the answer comes. At the most one of `tts_id` and `user_voice_id`
    may be sent, or the answer is 400. The reference asks for exactly one; clients send none,
    with `country` and `region` or with `msg` alone.

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


def sync(*, client: SupportsCall, body: AddSpeechRequest) -> AddSpeechResponse:
    """Speak a text and get the URL of the audio.

    The audio is there when the answer comes. At the most one of `tts_id` and `user_voice_id`
    may be sent, or the answer is 400. The reference asks for exactly one; clients send none,
    with `country` and `region` or with `msg` alone.

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
    *, client: SupportsAsyncCall, body: AddSpeechRequest
) -> Response[AddSpeechResponse]:
    """Speak a text and get the URL of the audio.

    The audio is there when the answer comes. At the most one of `tts_id` and `user_voice_id`
    may be sent, or the answer is 400. The reference asks for exactly one; clients send none,
    with `country` and `region` or with `msg` alone.

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


async def asyncio(*, client: SupportsAsyncCall, body: AddSpeechRequest) -> AddSpeechResponse:
    """Speak a text and get the URL of the audio.

    The audio is there when the answer comes. At the most one of `tts_id` and `user_voice_id`
    may be sent, or the answer is 400. The reference asks for exactly one; clients send none,
    with `country` and `region` or with `msg` alone.

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
