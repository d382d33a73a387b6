"""The request body `AddLegacyUploadUrlRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class AddLegacyUploadUrlRequest(RequestModel):
    """The file to be uploaded.

    Attributes:
        key: Wanted key of the object: names joined by single slashes, 1,024 bytes at most. The
            server puts it below a folder of the account.
        bucket: Bucket of the object; `3days-apac` by default.
        url_prefix: First folder of the key; `adam2eve` by default.
        cdn_domain: Domain of `cdnUrl`, for example `makefun.ai`.
        expires_in: Seconds for which `uploadUrl` can be used, 60 or more; a signature holds for a
            week at most.
        content_type: Media type of the file. The PUT has to carry the same one.
        file_size: Size of the file in bytes.
        content_length: Size of the file in bytes, which the PUT has to keep to. Wins over
            `fileSize`.
    """

    key: str
    bucket: str | Unset = UNSET
    url_prefix: str | Unset = UNSET
    cdn_domain: str | Unset = UNSET
    expires_in: int | Unset = UNSET
    content_type: str | Unset = UNSET
    file_size: int | Unset = UNSET
    content_length: int | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "key": "key",
        "bucket": "bucket",
        "url_prefix": "urlPrefix",
        "cdn_domain": "cdnDomain",
        "expires_in": "expiresIn",
        "content_type": "contentType",
        "file_size": "fileSize",
        "content_length": "contentLength",
    }
