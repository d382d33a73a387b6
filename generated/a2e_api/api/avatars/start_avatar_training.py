"""Start to make a custom avatar from a video or an image.

`POST /api/v1/userVideoTwin/startTraining`
"""

from __future__ import annotations

from typing import Any

from ...models.start_avatar_training_request import StartAvatarTrainingRequest
from ...models.start_avatar_training_response import StartAvatarTrainingResponse
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer, to_wire


def build_request(*, body: StartAvatarTrainingRequest) -> Request:
    """Start to make a custom avatar from a video or an image.

    From a video it is free; from an image it costs coins. The id of the training is not the
    id of the avatar, see `listAvatars`. Takes no `webhook_url`, as far as is known.

    Args:
        body: The request body.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="start_avatar_training",
        method="POST",
        path="/api/v1/userVideoTwin/startTraining",
        json=to_wire(body),
    )


def parse(payload: Any) -> StartAvatarTrainingResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(StartAvatarTrainingResponse, payload)


def sync_detailed(
    *, client: SupportsCall, body: StartAvatarTrainingRequest
) -> Response[StartAvatarTrainingResponse]:
    """Start to make a custom avatar from a video or an image.

    From a video it is free; from an image it costs coins. The id of the training is not the
    id of the avatar, see `listAvatars`. Takes no `webhook_url`, as far as is known.

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


def sync(*, client: SupportsCall, body: StartAvatarTrainingRequest) -> StartAvatarTrainingResponse:
    """Start to make a custom avatar from a video or an image.

    From a video it is free; from an image it costs coins. The id of the training is not the
    id of the avatar, see `listAvatars`. Takes no `webhook_url`, as far as is known.

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
    *, client: SupportsAsyncCall, body: StartAvatarTrainingRequest
) -> Response[StartAvatarTrainingResponse]:
    """Start to make a custom avatar from a video or an image.

    From a video it is free; from an image it costs coins. The id of the training is not the
    id of the avatar, see `listAvatars`. Takes no `webhook_url`, as far as is known.

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
    *, client: SupportsAsyncCall, body: StartAvatarTrainingRequest
) -> StartAvatarTrainingResponse:
    """Start to make a custom avatar from a video or an image.

    From a video it is free; from an image it costs coins. The id of the training is not the
    id of the avatar, see `listAvatars`. Takes no `webhook_url`, as far as is known.

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
