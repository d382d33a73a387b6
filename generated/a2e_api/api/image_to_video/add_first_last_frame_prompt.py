"""Write a longer prompt for a first-and-last-frame task.

`POST /api/v1/userImage2Video/flf2v_prompt_extension`
"""

from __future__ import annotations

from typing import Any

from ...models.add_first_last_frame_prompt_request import AddFirstLastFramePromptRequest
from ...models.loose_response import LooseResponse
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer, to_wire


def build_request(*, body: AddFirstLastFramePromptRequest) -> Request:
    """Write a longer prompt for a first-and-last-frame task.

    With `stream` true the answer is a stream of server-sent events (delta, result, done,
    error).

    Args:
        body: The request body.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="add_first_last_frame_prompt",
        method="POST",
        path="/api/v1/userImage2Video/flf2v_prompt_extension",
        json=to_wire(body),
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


def sync_detailed(
    *, client: SupportsCall, body: AddFirstLastFramePromptRequest
) -> Response[LooseResponse]:
    """Write a longer prompt for a first-and-last-frame task.

    With `stream` true the answer is a stream of server-sent events (delta, result, done,
    error).

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


def sync(*, client: SupportsCall, body: AddFirstLastFramePromptRequest) -> LooseResponse:
    """Write a longer prompt for a first-and-last-frame task.

    With `stream` true the answer is a stream of server-sent events (delta, result, done,
    error).

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
    *, client: SupportsAsyncCall, body: AddFirstLastFramePromptRequest
) -> Response[LooseResponse]:
    """Write a longer prompt for a first-and-last-frame task.

    With `stream` true the answer is a stream of server-sent events (delta, result, done,
    error).

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
    *, client: SupportsAsyncCall, body: AddFirstLastFramePromptRequest
) -> LooseResponse:
    """Write a longer prompt for a first-and-last-frame task.

    With `stream` true the answer is a stream of server-sent events (delta, result, done,
    error).

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
