"""Get many trainings by their ids.

`POST /api/v1/userVideoTwin/batchDetail`
"""

from __future__ import annotations

from typing import Any

from ...models.avatar_training_list_response import AvatarTrainingListResponse
from ...models.get_many_tasks_request import GetManyTasksRequest
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer, to_wire


def build_request(*, body: GetManyTasksRequest) -> Request:
    """Get many trainings by their ids.

    The answer is not in the order of the ids. Match by `_id`.

    Args:
        body: The request body.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="get_many_avatar_trainings",
        method="POST",
        path="/api/v1/userVideoTwin/batchDetail",
        json=to_wire(body),
    )


def parse(payload: Any) -> AvatarTrainingListResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(AvatarTrainingListResponse, payload)


def sync_detailed(
    *, client: SupportsCall, body: GetManyTasksRequest
) -> Response[AvatarTrainingListResponse]:
    """Get many trainings by their ids.

    The answer is not in the order of the ids. Match by `_id`.

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


def sync(*, client: SupportsCall, body: GetManyTasksRequest) -> AvatarTrainingListResponse:
    """Get many trainings by their ids.

    The answer is not in the order of the ids. Match by `_id`.

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
    *, client: SupportsAsyncCall, body: GetManyTasksRequest
) -> Response[AvatarTrainingListResponse]:
    """Get many trainings by their ids.

    The answer is not in the order of the ids. Match by `_id`.

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
    *, client: SupportsAsyncCall, body: GetManyTasksRequest
) -> AvatarTrainingListResponse:
    """Get many trainings by their ids.

    The answer is not in the order of the ids. Match by `_id`.

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
