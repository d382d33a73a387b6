"""Ask the avatar a question.

`POST /api/v1/streaming-avatar/ask`
"""

from __future__ import annotations

from typing import Any

from ...models.add_streaming_question_request import AddStreamingQuestionRequest
from ...models.loose_response import LooseResponse
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer, to_wire


def build_request(*, body: AddStreamingQuestionRequest) -> Request:
    """Ask the avatar a question.

    The answer is spoken. Its text comes over the Agora stream as JSON `{type: "QA", message,
    pos}`, where `pos` is start, middle or end.

    Args:
        body: The request body.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="add_streaming_question",
        method="POST",
        path="/api/v1/streaming-avatar/ask",
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
    *, client: SupportsCall, body: AddStreamingQuestionRequest
) -> Response[LooseResponse]:
    """Ask the avatar a question.

    The answer is spoken. Its text comes over the Agora stream as JSON `{type: "QA", message,
    pos}`, where `pos` is start, middle or end.

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


def sync(*, client: SupportsCall, body: AddStreamingQuestionRequest) -> LooseResponse:
    """Ask the avatar a question.

    The answer is spoken. Its text comes over the Agora stream as JSON `{type: "QA", message,
    pos}`, where `pos` is start, middle or end.

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
    *, client: SupportsAsyncCall, body: AddStreamingQuestionRequest
) -> Response[LooseResponse]:
    """Ask the avatar a question.

    The answer is spoken. Its text comes over the Agora stream as JSON `{type: "QA", message,
    pos}`, where `pos` is start, middle or end.

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


async def asyncio(*, client: SupportsAsyncCall, body: AddStreamingQuestionRequest) -> LooseResponse:
    """Ask the avatar a question.

    The answer is spoken. Its text comes over the Agora stream as JSON `{type: "QA", message,
    pos}`, where `pos` is start, middle or end.

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
