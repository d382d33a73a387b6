"""The addresses in the server's response to an upload: which can be used, and what stands in.

This module owns the check of those addresses, and the hosts on which clients find a file whose
response names none. It is pure.
"""

from __future__ import annotations

from urllib.parse import quote, urlsplit

#: Below these, each bucket of the storage has a host of its own: the first as two clients use it,
#: the second as links of the server show it.
_DOMAINS = ("ai2everyone.com", "generativeairesult.com")
#: Where the bytes go, which A2E's own servers can't read from.
_STORAGE = ".r2.cloudflarestorage.com"


def is_usable_address(value: object) -> bool:
    """Tell whether what a server gave as an address is one that requests can be sent to."""
    if not isinstance(value, str):
        return False
    try:
        value.encode()
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:  # A UnicodeEncodeError is one too.
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def public_addresses(upload_url: str, key: str | None, bucket: str | None) -> tuple[str, ...]:
    """Return where a file can be, the likeliest address first; none where there is no telling.

    Args:
        upload_url: The signed URL that takes its bytes, a usable address.
        key: The key of the object, as the server has put it below the account's folder.
        bucket: The name of the bucket.
    """
    host = urlsplit(upload_url).hostname or ""
    name = bucket or (host.split(".")[0] if host.endswith(_STORAGE) else "")
    if not key or not name or not name.replace("-", "").isalnum() or not name.isascii():
        return ()
    try:
        path = quote(key.lstrip("/"))
    except UnicodeEncodeError:  # A lone surrogate, which no URL can name.
        return ()
    return tuple(f"https://{name}.{domain}/{path}" for domain in _DOMAINS)
