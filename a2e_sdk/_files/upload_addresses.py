"""The public address of an uploaded file where the server's answer does not name it.

This module owns the hosts on which clients find such files. It is pure.
"""

from __future__ import annotations

from urllib.parse import quote, urlsplit

#: Below these, each bucket of the storage has a host of its own: the first as two clients use it,
#: the second as links of the server show it.
_DOMAINS = ("ai2everyone.com", "generativeairesult.com")
#: Where the bytes go, which A2E's own servers can't read from.
_STORAGE = ".r2.cloudflarestorage.com"


def public_addresses(upload_url: str, key: str | None, bucket: str | None) -> tuple[str, ...]:
    """Return where a file can be, the likeliest address first; none where there is no telling.

    Args:
        upload_url: The signed URL that takes its bytes.
        key: The key of the object, as the server has put it below the account's folder.
        bucket: The name of the bucket.
    """
    host = urlsplit(upload_url).hostname or ""
    name = bucket or (host.split(".")[0] if host.endswith(_STORAGE) else "")
    if not key or not name or not name.replace("-", "").isalnum() or not name.isascii():
        return ()
    path = quote(key.lstrip("/"))
    return tuple(f"https://{name}.{domain}/{path}" for domain in _DOMAINS)
