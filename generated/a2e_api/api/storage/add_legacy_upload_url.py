"""Get a signed URL to upload one file to, by the older operation.

`POST /api/v1/r2/get_upload_presigned_url`
"""

from __future__ import annotations

from typing import Any

from ...models.add_legacy_upload_url_request import AddLegacyUploadUrlRequest
from ...models.add_legacy_upload_url_response import AddLegacyUploadUrlResponse
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer, to_wire


def build_request(*, body: AddLegacyUploadUrlRequest) -> Request:
    """Get a signed URL to upload one file to, by the older operation.

    `addUploadUrl` is the one to use: here older accounts get no `cdnUrl`. Whether it costs
    coins is not known.

    Args:
        body: The request body.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="add_legacy_upload_url",
        method="POST",
        path="/api/v1/r2/get_upload_presigned_url",
        json=to_wire(body),
    )


def parse(payload: Any) -> AddLegacyUploadUrlResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(AddLegacyUploadUrlResponse, payload)


def sync_detailed(
    *, client: SupportsCall, body: AddLegacyUploadUrlRequest
) -> Response[AddLegacyUploadUrlResponse]:
    """Get a signed URL to upload one file to, by the older operation.

    `addUploadUrl` is the one to use: here older accounts get no `cdnUrl`. Whether it costs
    coins is not known.

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


def sync(*, client: SupportsCall, body: AddLegacyUploadUrlRequest) -> AddLegacyUploadUrlResponse:
    """Get a signed URL to upload one file to, by the older operation.

    `addUploadUrl` is the one to use: here older accounts get no `cdnUrl`. Whether it costs
    coins is not known.

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
    *, client: SupportsAsyncCall, body: AddLegacyUploadUrlRequest
) -> Response[AddLegacyUploadUrlResponse]:
    """Get a signed URL to upload one file to, by the older operation.

    `addUploadUrl` is the one to use: here older accounts get no `cdnUrl`. Whether it costs
    coins is not known.

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
    *, client: SupportsAsyncCall, body: AddLegacyUploadUrlRequest
) -> AddLegacyUploadUrlResponse:
    """Get a signed URL to upload one file to, by the older operation.

    `addUploadUrl` is the one to use: here older accounts get no `cdnUrl`. Whether it costs
    coins is not known.

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
