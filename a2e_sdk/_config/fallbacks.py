"""Other addresses to ask when the client's own can't be reached.

This module owns which addresses may be named for that. It is pure; which calls may go there is
decided in ``_http.retry``.
"""

from __future__ import annotations

from collections.abc import Iterable

from a2e_sdk.errors import ConfigurationError

from .regions import Address, Region, parse_region, resolve_address


def fallback_addresses(fallbacks: Iterable[Region | str], address: Address) -> tuple[Address, ...]:
    """Return the addresses of what a caller named, in the same order.

    Args:
        fallbacks: Regions, their names, or base URLs.
        address: The client's own address.

    Raises:
        ConfigurationError: One is no region and no base URL to send a key to, is the sandbox, or is
            named twice; or the client itself is one of the sandbox, which needs none.
    """
    if isinstance(fallbacks, str) or not isinstance(fallbacks, Iterable):
        raise ConfigurationError(f"fallbacks must be a list of addresses, not {fallbacks!r}.")
    found: list[Address] = []
    for place in fallbacks:
        if isinstance(place, str) and "://" in place:
            other = resolve_address(None, place, {})
        else:
            other = resolve_address(parse_region(place), None, {})
        if other.in_process or address.in_process:
            raise ConfigurationError("The sandbox of this process takes no part in fail-over.")
        if other.base_url in (address.base_url, *(one.base_url for one in found)):
            raise ConfigurationError(f"{other.base_url} is named twice among the addresses.")
        found.append(other)
    return tuple(found)
