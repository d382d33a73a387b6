"""Get a signed URL to upload one file to, and the URL it will be public under.

`POST /api/v1/r2/upload-presigned-url`
"""

from __future__ import annotations

from typing import Any

from ...models.add_upload_url_request import AddUploadUrlRequest
from ...models.add_upload_url_response import AddUploadUrlResponse
from ...types import Request, Response, SupportsAsyncCall, SupportsCall, decode_answer, to_wire


def build_request(*, body: AddUploadUrlRequest) -> Request:
    """Get a signed URL to upload one file to, and the URL it will be public under.

    Costs coins when called with an API token. The bytes then go to `uploadUrl` by PUT, with
    the `Content-Type` that was signed and without an `Authorization` header, which would
    break the signature.

    Args:
        body: The request body.

    Returns:
        The request, not sent.
    """
    return Request(
        operation="add_upload_url",
        method="POST",
        path="/api/v1/r2/upload-presigned-url",
        json=to_wire(body),
    )


def parse(payload: Any) -> AddUploadUrlResponse:
    """Decode the JSON body of a successful response.

    Args:
        payload: The decoded JSON.

    Returns:
        The response. Nothing of it is lost, however odd it is.

    Raises:
        UnexpectedBody: The payload is not a JSON object.
    """
    return decode_answer(AddUploadUrlResponse, payload)


def sync_detailed(
    *, client: SupportsCall, body: AddUploadUrlRequest
) -> Response[AddUploadUrlResponse]:
    """Get a signed URL to upload one file to, and the URL it will be public under.

    Costs coins when called with an API token. The bytes then go to `uploadUrl` by PUT, with
    the `Content-Type` that was signed and without an `Authorization` header, which would
    break the signature.

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


def sync(*, client: SupportsCall, body: AddUploadUrlRequest) -> AddUploadUrlResponse:
    """Get a signed URL to upload one file to, and the URL it will be public under.

    Costs coins when called with an API token. The bytes then go to `uploadUrl` by PUT, with
    the `Content-Type` that was signed and without an `Authorization` header, which would
    break the signature.

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
    *, client: SupportsAsyncCall, body: AddUploadUrlRequest
) -> Response[AddUploadUrlResponse]:
    """Get a signed URL to upload one file to, and the URL it will be public under.

    Costs coins when called with an API token. The bytes then go to `uploadUrl` by PUT, with
    the `Content-Type` that was signed and without an `Authorization` header, which would
    break the signature.

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


async def asyncio(*, client: SupportsAsyncCall, body: AddUploadUrlRequest) -> AddUploadUrlResponse:
    """Get a signed URL to upload one file to, and the URL it will be public under.

    Costs coins when called with an API token. The bytes then go to `uploadUrl` by PUT, with
    the `Content-Type` that was signed and without an `Authorization` header, which would
    break the signature.

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
