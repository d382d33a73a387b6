"""Get one avatar video by the method of 2026.

`GET /api/v1/video/detail`
"""

from __future__ import annotations

from typing import Any

from ...models.loose_response import LooseResponse
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer, only_set


def build_request(*, video_id: str) -> Request:
    """Get one avatar video by the method of 2026.

    Args:
        video_id: Id of the video, 24 hexadecimal digits.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="get_avatar_video_detail",
        method="GET",
        path="/api/v1/video/detail",
        query=only_set({"video_id": video_id}),
    )


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


def sync_detailed(*, client: SupportsCall, video_id: str) -> Response[LooseResponse]:
    """Get one avatar video by the method of 2026.

    Args:
        client: What sends the request, see `a2e_api.types`.
        video_id: Id of the video, 24 hexadecimal digits.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return client.call(build_request(video_id=video_id), parse)


def sync(*, client: SupportsCall, video_id: str) -> LooseResponse:
    """Get one avatar video by the method of 2026.

    Args:
        client: What sends the request, see `a2e_api.types`.
        video_id: Id of the video, 24 hexadecimal digits.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return sync_detailed(client=client, video_id=video_id).parsed


async def asyncio_detailed(*, client: SupportsAsyncCall, video_id: str) -> Response[LooseResponse]:
    """Get one avatar video by the method of 2026.

    Args:
        client: What sends the request, see `a2e_api.types`.
        video_id: Id of the video, 24 hexadecimal digits.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return await client.call_async(build_request(video_id=video_id), parse)


async def asyncio(*, client: SupportsAsyncCall, video_id: str) -> LooseResponse:
    """Get one avatar video by the method of 2026.

    Args:
        client: What sends the request, see `a2e_api.types`.
        video_id: Id of the video, 24 hexadecimal digits.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return (await asyncio_detailed(client=client, video_id=video_id)).parsed
