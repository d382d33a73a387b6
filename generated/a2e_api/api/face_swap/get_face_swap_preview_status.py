"""Get the state of a face swap preview.

`GET /api/v1/userFaceSwapPreview/status`
"""

from __future__ import annotations

from typing import Any

from ...models.get_face_swap_preview_status_response import GetFaceSwapPreviewStatusResponse
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
    """Get the state of a face swap preview.

    Args:
        id: Id of the preview, 24 hexadecimal digits. Without it the answer is an array of the
            account's previews.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="get_face_swap_preview_status",
        method="GET",
        path="/api/v1/userFaceSwapPreview/status",
        query=only_set({"_id": id}),
    )


def parse(payload: Any) -> GetFaceSwapPreviewStatusResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(GetFaceSwapPreviewStatusResponse, payload)


def sync_detailed(
    *, client: SupportsCall, id: str | Unset = UNSET
) -> Response[GetFaceSwapPreviewStatusResponse]:
    """Get the state of a face swap preview.

    Args:
        client: What sends the request, see `a2e_api.types`.
        id: Id of the preview, 24 hexadecimal digits. Without it the answer is an array of the
            account's previews.

    Returns:
        The decoded response with its HTTP status, headers and bytes.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return client.call(build_request(id=id), parse)


def sync(*, client: SupportsCall, id: str | Unset = UNSET) -> GetFaceSwapPreviewStatusResponse:
    """Get the state of a face swap preview.

    Args:
        client: What sends the request, see `a2e_api.types`.
        id: Id of the preview, 24 hexadecimal digits. Without it the answer is an array of the
            account's previews.

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
) -> Response[GetFaceSwapPreviewStatusResponse]:
    """Get the state of a face swap preview.

    Args:
        client: What sends the request, see `a2e_api.types`.
        id: Id of the preview, 24 hexadecimal digits. Without it the answer is an array of the
            account's previews.

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
) -> GetFaceSwapPreviewStatusResponse:
    """Get the state of a face swap preview.

    Args:
        client: What sends the request, see `a2e_api.types`.
        id: Id of the preview, 24 hexadecimal digits. Without it the answer is an array of the
            account's previews.

    Returns:
        The decoded response.

    Raises:
        UnexpectedStatus: The HTTP status is not a success.
        UnexpectedCode: The server reports a failure under a successful HTTP status.
        UnexpectedBody: The response is not a JSON object.
    """
    return (await asyncio_detailed(client=client, id=id)).parsed
