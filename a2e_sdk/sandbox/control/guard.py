"""Who may talk to a sandbox over HTTP.

This module owns two checks that keep web pages of other sites out. A page that makes its own name
lead to this machine (DNS rebinding) sends that name as ``Host``, and is refused everywhere. A page
that sends a request straight here sends its ``Origin``, or the browser's ``Sec-Fetch-Site``, and is
refused by the control endpoints.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Mapping

from a2e_sdk._checks.hosts import is_loopback

__all__ = ["host_name", "is_foreign_page", "may_be_host"]

_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:\d{0,5})?")


def host_name(host: str) -> str | None:
    """Return the name in a ``Host`` field, in lower case and without port and brackets.

    Args:
        host: value of the field.

    Returns:
        The name or address; None where the field has another form.
    """
    match = _HOST.fullmatch(host)
    return None if match is None else match[1].strip("[]").lower().removesuffix(".")


def may_be_host(name: str, listening: str, allowed: Collection[str]) -> bool:
    """Tell whether a server is meant by a name.

    Args:
        name: what `host_name` has returned.
        listening: address or name that the server listens on.
        allowed: further names, in lower case.

    Returns:
        Whether it is this machine's loopback, the address that the server listens on, or an allowed
        name. A server that listens on all addresses is meant by any address, but by no name.
    """
    if is_loopback(name) or name == listening.lower() or name in allowed:
        return True
    if listening not in ("", "0.0.0.0", "::"):  # noqa: S104 - compared, not listened on
        return False
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_foreign_page(headers: Mapping[str, str]) -> bool:
    """Tell whether a request comes from a web page that this server did not serve.

    Args:
        headers: header fields of the request, names in lower case; ``host`` has been checked.
    """
    origin = headers.get("origin")
    if origin is not None and origin.lower() != f"http://{headers.get('host', '')}".lower():
        return True
    return headers.get("sec-fetch-site", "none").lower() not in ("none", "same-origin")
