"""Links that work for a while: signed, with their expiry in the query.

This module owns the form of a signed link and the check of one. What lies behind a link, and what a
bad one gets, is decided by `results` and `uploads`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from urllib.parse import quote, urlencode

__all__ = ["LinkProblem", "check_link", "expiry_after", "signed_link"]

# It keeps links apart from guesses, nothing more: the sandbox guards no secret, and the same calls
# have to give the same links.
_KEY = b"a2e-sandbox"


class LinkProblem(Enum):
    """Why a link does not work."""

    SIGNATURE = "signature"
    EXPIRED = "expired"


def expiry_after(moment: datetime, seconds: float) -> int:
    """Tell when a link that was made at one moment expires.

    Args:
        moment: when it was made; an aware datetime.
        seconds: how long it works.

    Returns:
        Seconds since 1970, rounded up to a whole one.
    """
    return math.ceil(moment.timestamp() + seconds)


def signed_link(path: str, expires: int, terms: Mapping[str, str] | None = None) -> str:
    """Sign a path.

    Args:
        path: the decoded path.
        expires: when the link stops working, in seconds since 1970.
        terms: query parameters that belong to the link and are signed with it.

    Returns:
        The percent-encoded path with its query, to be put behind scheme and host.
    """
    query = {"expires": str(expires), **(terms or {})}
    signature = _signature(path, query)
    return f"{quote(path)}?{urlencode(query | {'signature': signature})}"


def check_link(path: str, query: Mapping[str, str], now: datetime) -> LinkProblem | None:
    """Check a link.

    Args:
        path: the decoded path that was asked for.
        query: its decoded query parameters; every one of them must have been signed.
        now: the moment it is used.

    Returns:
        What is wrong with it, or None.
    """
    terms = {name: value for name, value in query.items() if name != "signature"}
    expected = _signature(path, terms)
    if query.get("signature") != expected or not terms.get("expires", "").isdecimal():
        return LinkProblem.SIGNATURE
    return LinkProblem.EXPIRED if now.timestamp() >= int(terms["expires"]) else None


def _signature(path: str, terms: Mapping[str, str]) -> str:
    import hashlib  # Here, because it loads OpenSSL, which not every sandbox has to wait for.

    text = f"{path}?{urlencode(sorted(terms.items()), errors='surrogatepass')}"
    return hashlib.blake2s(text.encode("utf-8", "surrogatepass"), key=_KEY).hexdigest()
