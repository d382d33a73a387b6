"""Start a photobook task.

`POST /api/v1/userPhotobook/start`
"""

from __future__ import annotations

from typing import Any

from ...models.start_photobook_task_request import StartPhotobookTaskRequest
from ...models.task_record_response import TaskRecordResponse
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer, to_wire


def build_request(*, body: StartPhotobookTaskRequest) -> Request:
    """Start a photobook task.

    Costs coins. No idempotency key is known, so a second request is a second task. Takes no
    `webhook_url`, as far as is known.

    Args:
        body: The request body.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="start_photobook_task",
        method="POST",
        path="/api/v1/userPhotobook/start",
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
    *, client: SupportsCall, body: StartPhotobookTaskRequest
) -> Response[TaskRecordResponse]:
    """Start a photobook task.

    Costs coins. No idempotency key is known, so a second request is a second task. Takes no
    `webhook_url`, as far as is known.

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


def sync(*, client: SupportsCall, body: StartPhotobookTaskRequest) -> TaskRecordResponse:
    """Start a photobook task.

    Costs coins. No idempotency key is known, so a second request is a second task. Takes no
    `webhook_url`, as far as is known.

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
    *, client: SupportsAsyncCall, body: StartPhotobookTaskRequest
) -> Response[TaskRecordResponse]:
    """Start a photobook task.

    Costs coins. No idempotency key is known, so a second request is a second task. Takes no
    `webhook_url`, as far as is known.

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
    *, client: SupportsAsyncCall, body: StartPhotobookTaskRequest
) -> TaskRecordResponse:
    """Start a photobook task.

    Costs coins. No idempotency key is known, so a second request is a second task. Takes no
    `webhook_url`, as far as is known.

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
