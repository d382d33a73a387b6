"""Addresses of objects in the stores of clouds: ``s3://bucket/key`` and its like.

This module owns which schemes these are, the check of such an address, and what tells an object
from others. It is pure: what asks a store is in ``_files.object_store``.
"""

from __future__ import annotations

import attrs

from a2e_sdk.models.cloud import CloudPath

#: The schemes, each with the name that the store's library has for it.
_SCHEMES = {
    "s3": "s3",
    "s3a": "s3",
    "gs": "gs",
    "gcs": "gs",
    "az": "az",
    "azure": "az",
    "adl": "az",
    "abfs": "abfs",
    "abfss": "abfss",
}
_LONGEST_KEY = 1024


def is_cloud(value: object) -> bool:
    """Tell whether a value is meant as the address of an object in a store."""
    if not isinstance(value, str):
        return False
    scheme, mark, _ = value.partition("://")
    return bool(mark) and scheme.lower() in _SCHEMES


@attrs.frozen
class CloudPlace:
    """An object of a store, or a folder of objects.

    Attributes:
        root: The bucket, or the container, as an address that the store's library takes.
        key: What is below it, literally; empty for the bucket itself, without a slash at its end.
        url: The address as it was given.
    """

    root: str
    key: str
    url: str

    @property
    def name(self) -> str:
        """The last part of the key."""
        return self.key.rpartition("/")[2]

    @property
    def is_folder(self) -> bool:
        """Whether the address is that of a folder: it ends with a slash, or has no key."""
        return not self.key or self.url.endswith("/")

    def below(self, path: str) -> CloudPath:
        """Return the address of what is below this folder.

        Args:
            path: The rest of the key, with slashes.
        """
        return CloudPath(f"{self.url.rstrip('/')}/{path}")

    @property
    def folder(self) -> CloudPlace:
        """The folder that the object is in."""
        return place_of(self.url.rstrip("/").rpartition("/")[0] + "/", "path")


def place_of(value: str, name: str) -> CloudPlace:
    """Return what an address names; nothing is asked.

    Keys are taken literally: nothing of them is percent-encoded.

    Args:
        value: The address.
        name: The argument's name, for the messages.

    Raises:
        ValueError: It has no bucket, or a key that no store takes.
    """
    scheme, _, rest = value.partition("://")
    bucket, _, key = rest.partition("/")
    shown = repr(value[:120])
    login, mark, _ = bucket.partition("@")
    if not bucket or ":" in (login if mark else bucket):
        # A login in an address would be written wherever the address is.
        shown = repr(f"{scheme}://..." if mark else value[:120])
        raise ValueError(f"{name} must name a bucket, as in s3://bucket/name; it is {shown}.")
    if not bucket.isprintable() or " " in bucket or "?" in bucket or "#" in bucket:
        raise ValueError(f"{name} must name a bucket, as in s3://bucket/name; it is {shown}.")
    key = key.rstrip("/")
    parts = key.split("/") if key else []
    if any(part in ("", ".", "..") for part in parts):
        raise ValueError(f"{name} must have no empty part, no '.' and no '..'; it is {shown}.")
    if not key.isprintable() or len(key.encode("utf-8", "replace")) > _LONGEST_KEY:
        raise ValueError(
            f"{name} must have a printable key of at most {_LONGEST_KEY:,} bytes; it is {shown}."
        )
    return CloudPlace(f"{_SCHEMES[scheme.lower()]}://{bucket}", key, value)


@attrs.frozen
class ObjectFacts:
    """What a store says of an object.

    Attributes:
        size: Its bytes.
        etag: What it is told by from others that were at its address; None where the store gives
            none.
        version: Its version, where the store keeps several.
    """

    size: int
    etag: str | None
    version: str | None = None

    def identity(self, place: CloudPlace) -> str:
        """Return what tells the object from others, in the form of a SHA-256.

        It stands for the digest of the content, which would cost reading all of it: as long as
        nobody writes to the object it is the same, and it differs from that of any other.

        Args:
            place: Where it is.
        """
        import hashlib  # It loads OpenSSL, which not everything that takes files has to wait for.

        facts = (place.root, place.key, str(self.size), self.etag or "", self.version or "")
        return hashlib.sha256("\n".join(facts).encode("utf-8", "replace")).hexdigest()


@attrs.frozen
class SavedObject:
    """What was put into a store.

    Attributes:
        size: Its bytes.
        sha256: The digest of its content, in hexadecimal.
        etag: What the store tells it by.
    """

    size: int
    sha256: str
    etag: str | None
