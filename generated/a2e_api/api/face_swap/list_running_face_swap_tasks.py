"""List the state of the running face swap tasks.

`GET /api/v1/userFaceSwapTask/status`
"""

from __future__ import annotations

from typing import Any

from ...models.list_running_face_swap_tasks_response import ListRunningFaceSwapTasksResponse
from ...types import (
    UNSET,
    Request,
    Response,
    SupportsAsyncCall,
    SupportsCall,
    Unset,
    decode_answer,
    only_set,
)


def build_request(*, id: str | Unset = UNSET) -> Request:
    """List the state of the running face swap tasks.

    Args:
        id: Id of one task, which is shown also when it has ended. Undocumented, sent by clients;
            the answer may hold other tasks all the same.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="list_running_face_swap_tasks",
        method="GET",
        path="/api/v1/userFaceSwapTask/status",
        query=only_set({"_id": id}),
    )


def parse(payload: Any) -> ListRunningFaceSwapTasksResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(ListRunningFaceSwapTasksResponse, payload)


def sync_detailed(
    *, client: SupportsCall, id: str | Unset = UNSET
) -> Response[ListRunningFaceSwapTasksResponse]:
    """List the state of the running face swap tasks.

    Args:
        client: What sends the request, see `a2e_api.types`.
        id: Id of one task, which is shown also when it has ended. Undocumented, sent by clients;
            the answer may hold other tasks all the same.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return client.call(build_request(id=id), parse)


def sync(*, client: SupportsCall, id: str | Unset = UNSET) -> ListRunningFaceSwapTasksResponse:
    """List the state of the running face swap tasks.

    Args:
        client: What sends the request, see `a2e_api.types`.
        id: Id of one task, which is shown also when it has ended. Undocumented, sent by clients;
            the answer may hold other tasks all the same.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return sync_detailed(client=client, id=id).parsed


async def asyncio_detailed(
    *, client: SupportsAsyncCall, id: str | Unset = UNSET
) -> Response[ListRunningFaceSwapTasksResponse]:
    """List the state of the running face swap tasks.

    Args:
        client: What sends the request, see `a2e_api.types`.
        id: Id of one task, which is shown also when it has ended. Undocumented, sent by clients;
            the answer may hold other tasks all the same.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return await client.call_async(build_request(id=id), parse)


async def asyncio(
    *, client: SupportsAsyncCall, id: str | Unset = UNSET
) -> ListRunningFaceSwapTasksResponse:
    """List the state of the running face swap tasks.

    Args:
        client: What sends the request, see `a2e_api.types`.
        id: Id of one task, which is shown also when it has ended. Undocumented, sent by clients;
            the answer may hold other tasks all the same.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return (await asyncio_detailed(client=client, id=id)).parsed
