"""The operations of the section `storage`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "add_upload_url",
            "storage",
            "POST",
            "/api/v1/r2/upload-presigned-url",
            "start",
            "reference",
            False,
            "AddUploadUrlRequest",
            "AddUploadUrlResponse",
            {},
            {
                "url_prefix": "urlPrefix",
                "cdn_domain": "cdnDomain",
                "expires_in": "expiresIn",
                "content_type": "contentType",
                "file_size": "fileSize",
                "content_length": "contentLength",
            },
            ("object",),
            (),
            "Get a signed URL to upload one file to, and the URL it will be public under.",
            (400, 401),
            (200,),
        ),
        Operation(
            "add_transferred_file",
            "storage",
            "POST",
            "/api/v1/tos/transferToStorage",
            "write",
            "observed",
            False,
            "AddTransferredFileRequest",
            "AddTransferredFileResponse",
            {},
            {},
            ("object",),
            (),
            "Copy the file behind a URL to the service's storage.",
            (401,),
            (200,),
        ),
        Operation(
            "add_legacy_upload_url",
            "storage",
            "POST",
            "/api/v1/r2/get_upload_presigned_url",
            "write",
            "reference",
            False,
            "AddLegacyUploadUrlRequest",
            "AddLegacyUploadUrlResponse",
            {},
            {
                "url_prefix": "urlPrefix",
                "cdn_domain": "cdnDomain",
                "expires_in": "expiresIn",
                "content_type": "contentType",
                "file_size": "fileSize",
                "content_length": "contentLength",
            },
            ("object",),
            (),
            "Get a signed URL to upload one file to, by the older operation.",
            (401,),
            (200,),
        ),
    )
}
