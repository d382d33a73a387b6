"""Start a video in which an avatar speaks.

`POST /api/v1/video/generate`
"""

from __future__ import annotations

from typing import Any

from ...models.start_avatar_video_request import StartAvatarVideoRequest
from ...models.start_avatar_video_response import StartAvatarVideoResponse
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer, to_wire


def build_request(*, body: StartAvatarVideoRequest) -> Request:
    """Start a video in which an avatar speaks.

    Costs coins. The answer may carry code 30005 when both `back_id` and `custom_back_id` are
    sent.

    Args:
        body: The request body.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="start_avatar_video",
        method="POST",
        path="/api/v1/video/generate",
        json=to_wire(body),
    )


def parse(payload: Any) -> StartAvatarVideoResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(StartAvatarVideoResponse, payload)


def sync_detailed(
    *, client: SupportsCall, body: StartAvatarVideoRequest
) -> Response[StartAvatarVideoResponse]:
    """Start a video in which an avatar speaks.

    Costs coins. The answer may carry code 30005 when both `back_id` and `custom_back_id` are
    sent.

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


def sync(*, client: SupportsCall, body: StartAvatarVideoRequest) -> StartAvatarVideoResponse:
    """Start a video in which an avatar speaks.

    Costs coins. The answer may carry code 30005 when both `back_id` and `custom_back_id` are
    sent.

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
    *, client: SupportsAsyncCall, body: StartAvatarVideoRequest
) -> Response[StartAvatarVideoResponse]:
    """Start a video in which an avatar speaks.

    Costs coins. The answer may carry code 30005 when both `back_id` and `custom_back_id` are
    sent.

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
    *, client: SupportsAsyncCall, body: StartAvatarVideoRequest
) -> StartAvatarVideoResponse:
    """Start a video in which an avatar speaks.

    Costs coins. The answer may carry code 30005 when both `back_id` and `custom_back_id` are
    sent.

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
