"""What kind of host an address names, and how a login is written before it."""

from __future__ import annotations

import ipaddress

#: For a person whose address can't be read because of the password in it.
LOGIN_ESCAPES = (
    "In a user's name or a password write @ as %40, / as %2F, : as %3A, # as %23 and ? as %3F."
)


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address means this very machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
