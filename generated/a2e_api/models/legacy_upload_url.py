"""The response `LegacyUploadUrl`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_integer, as_string


@define
class LegacyUploadUrl(ResponseModel):
    """Where to put one file, and where it may be.

    Attributes:
        upload_url: Signed URL to PUT the bytes to.
        key: Key of the object, put below a folder of the account.
        expires_in: Seconds for which `uploadUrl` can be used.
        bucket: Bucket of the object.
        cdn_url: Public URL of the file once it is there. Older accounts do not get it.
    """

    upload_url: str | None = None
    key: str | None = None
    expires_in: int | None = None
    bucket: str | None = None
    cdn_url: str | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "upload_url": "uploadUrl",
        "key": "key",
        "expires_in": "expiresIn",
        "bucket": "bucket",
        "cdn_url": "cdnUrl",
    }

    @classmethod
    def from_dict(cls, source: dict[str, Any]) -> Self:
        """Decode a JSON object leniently. It is kept, not copied.

        Args:
            source: The JSON object.

        Returns:
            The model. What is missing, null or cannot be decoded is None.
        """
        _get = source.get
        upload_url = _get("uploadUrl")
        if type(upload_url) is not str and upload_url is not None:
            upload_url = as_string(upload_url)
        key = _get("key")
        if type(key) is not str and key is not None:
            key = as_string(key)
        expires_in = _get("expiresIn")
        if type(expires_in) is not int and expires_in is not None:
            expires_in = as_integer(expires_in)
        bucket = _get("bucket")
        if type(bucket) is not str and bucket is not None:
            bucket = as_string(bucket)
        cdn_url = _get("cdnUrl")
        if type(cdn_url) is not str and cdn_url is not None:
            cdn_url = as_string(cdn_url)
        return cls(upload_url, key, expires_in, bucket, cdn_url, source)
