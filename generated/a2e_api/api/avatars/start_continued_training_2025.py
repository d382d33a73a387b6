"""Start to train a lip-sync model, under the path of 2025.

`POST /api/v1/userVideoTwin/continueTranining`
"""

from __future__ import annotations

from typing import Any

from ...models.start_continued_training_2025_request import StartContinuedTraining2025Request
from ...models.task_record_response import TaskRecordResponse
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer, to_wire


def build_request(*, body: StartContinuedTraining2025Request) -> Request:
    """Start to train a lip-sync model, under the path of 2025.

    Args:
        body: The request body.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="start_continued_training_2025",
        method="POST",
        path="/api/v1/userVideoTwin/continueTranining",
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
    *, client: SupportsCall, body: StartContinuedTraining2025Request
) -> Response[TaskRecordResponse]:
    """Start to train a lip-sync model, under the path of 2025.

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


def sync(*, client: SupportsCall, body: StartContinuedTraining2025Request) -> TaskRecordResponse:
    """Start to train a lip-sync model, under the path of 2025.

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
    *, client: SupportsAsyncCall, body: StartContinuedTraining2025Request
) -> Response[TaskRecordResponse]:
    """Start to train a lip-sync model, under the path of 2025.

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
    *, client: SupportsAsyncCall, body: StartContinuedTraining2025Request
) -> TaskRecordResponse:
    """Start to train a lip-sync model, under the path of 2025.

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
