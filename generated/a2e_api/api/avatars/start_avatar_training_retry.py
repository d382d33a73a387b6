"""Start a failed training again.

`POST /api/v1/userVideoTwin/retry`
"""

from __future__ import annotations

from typing import Any

from ...models.start_avatar_training_retry_request import StartAvatarTrainingRetryRequest
from ...models.task_record_response import TaskRecordResponse
from ...types import (
    UNSET,
    Request,
    Response,
    SupportsAsyncCall,
    SupportsCall,
    Unset,
    decode_answer,
    to_wire,
)


def build_request(*, body: StartAvatarTrainingRetryRequest | Unset = UNSET) -> Request:
    """Start a failed training again.

    Listed by the 2026 reference without a word on its body.

    Args:
        body: The request body.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="start_avatar_training_retry",
        method="POST",
        path="/api/v1/userVideoTwin/retry",
        json=to_wire(body),
    )


def parse(payload: Any) -> TaskRecordResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(TaskRecordResponse, payload)


def sync_detailed(
    *, client: SupportsCall, body: StartAvatarTrainingRetryRequest | Unset = UNSET
) -> Response[TaskRecordResponse]:
    """Start a failed training again.

    Listed by the 2026 reference without a word on its body.

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


def sync(
    *, client: SupportsCall, body: StartAvatarTrainingRetryRequest | Unset = UNSET
) -> TaskRecordResponse:
    """Start a failed training again.

    Listed by the 2026 reference without a word on its body.

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
    *, client: SupportsAsyncCall, body: StartAvatarTrainingRetryRequest | Unset = UNSET
) -> Response[TaskRecordResponse]:
    """Start a failed training again.

    Listed by the 2026 reference without a word on its body.

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
    *, client: SupportsAsyncCall, body: StartAvatarTrainingRetryRequest | Unset = UNSET
) -> TaskRecordResponse:
    """Start a failed training again.

    Listed by the 2026 reference without a word on its body.

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
