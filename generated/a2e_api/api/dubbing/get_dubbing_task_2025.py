"""Get one dubbing task by the older path.

`GET /api/v1/userDubbing/detail`
"""

from __future__ import annotations

from typing import Any

from ...models.task_record_response import TaskRecordResponse
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer, only_set


def build_request(*, id: str) -> Request:
    """Get one dubbing task by the older path.

    `getDubbingTask` is the one to use.

    Args:
        id: Id of the task, 24 hexadecimal digits.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="get_dubbing_task_2025",
        method="GET",
        path="/api/v1/userDubbing/detail",
        query=only_set({"_id": id}),
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


def sync_detailed(*, client: SupportsCall, id: str) -> Response[TaskRecordResponse]:
    """Get one dubbing task by the older path.

    `getDubbingTask` is the one to use.

    Args:
        client: What sends the request, see `a2e_api.types`.
        id: Id of the task, 24 hexadecimal digits.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return client.call(build_request(id=id), parse)


def sync(*, client: SupportsCall, id: str) -> TaskRecordResponse:
    """Get one dubbing task by the older path.

    `getDubbingTask` is the one to use.

    Args:
        client: What sends the request, see `a2e_api.types`.
        id: Id of the task, 24 hexadecimal digits.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return sync_detailed(client=client, id=id).parsed


async def asyncio_detailed(*, client: SupportsAsyncCall, id: str) -> Response[TaskRecordResponse]:
    """Get one dubbing task by the older path.

    `getDubbingTask` is the one to use.

    Args:
        client: What sends the request, see `a2e_api.types`.
        id: Id of the task, 24 hexadecimal digits.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return await client.call_async(build_request(id=id), parse)


async def asyncio(*, client: SupportsAsyncCall, id: str) -> TaskRecordResponse:
    """Get one dubbing task by the older path.

    `getDubbingTask` is the one to use.

    Args:
        client: What sends the request, see `a2e_api.types`.
        id: Id of the task, 24 hexadecimal digits.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return (await asyncio_detailed(client=client, id=id)).parsed
