"""Store a face image for later use.

`POST /api/v1/userFaceSwapImage/add`
"""

from __future__ import annotations

from typing import Any

from ...models.add_face_swap_image_request import AddFaceSwapImageRequest
from ...models.add_face_swap_image_response import AddFaceSwapImageResponse
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer, to_wire


def build_request(*, body: AddFaceSwapImageRequest) -> Request:
    """Store a face image for later use.

    It only stores the face, it does not swap anything.

    Args:
        body: The request body.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="add_face_swap_image",
        method="POST",
        path="/api/v1/userFaceSwapImage/add",
        json=to_wire(body),
    )


def parse(payload: Any) -> AddFaceSwapImageResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(AddFaceSwapImageResponse, payload)


def sync_detailed(
    *, client: SupportsCall, body: AddFaceSwapImageRequest
) -> Response[AddFaceSwapImageResponse]:
    """Store a face image for later use.

    It only stores the face, it does not swap anything.

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


def sync(*, client: SupportsCall, body: AddFaceSwapImageRequest) -> AddFaceSwapImageResponse:
    """Store a face image for later use.

    It only stores the face, it does not swap anything.

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
    *, client: SupportsAsyncCall, body: AddFaceSwapImageRequest
) -> Response[AddFaceSwapImageResponse]:
    """Store a face image for later use.

    It only stores the face, it does not swap anything.

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
    *, client: SupportsAsyncCall, body: AddFaceSwapImageRequest
) -> AddFaceSwapImageResponse:
    """Store a face image for later use.

    It only stores the face, it does not swap anything.

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
