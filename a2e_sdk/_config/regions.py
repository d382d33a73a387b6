"""Where the API lives: the regions, and the rules for a base URL.

This module owns the table of regions and decides, without I/O, which address a client talks to.
It knows the sandbox by name only; whoever builds the client loads it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import urlsplit

from a2e_sdk._checks.hosts import is_loopback
from a2e_sdk._checks.redaction import WORD_LENGTH, safe_text
from a2e_sdk.errors import ConfigurationError

REGION_VARIABLE = "A2E_REGION"
BASE_URL_VARIABLE = "A2E_BASE_URL"
_DOCUMENTATION_HOST = "api.a2e.ai"
_API_PREFIX = re.compile(r"(/+api(/+v\d+)?)?/*$")


class Region(StrEnum):
    """A place where the API is served.

    ``SANDBOX`` is the stand-in that comes with this SDK: in this process, without a network, a key
    or costs.
    """

    GLOBAL = "global"
    CHINA = "china"
    SANDBOX = "sandbox"


#: The address of each region. The sandbox's can't be resolved by any name server (RFC 6761).
BASE_URLS: Mapping[Region, str] = {
    Region.GLOBAL: "https://video.a2e.ai",
    Region.CHINA: "https://video.a2e.com.cn",
    Region.SANDBOX: "https://sandbox.a2e.invalid",
}


class Address(NamedTuple):
    """Where a client sends its calls: the region, if it is one of the table, and the base URL.

    ``in_process`` is True where calls go to the sandbox of this process and to no network.
    """

    region: Region | None
    base_url: str
    in_process: bool = False

    @property
    def is_private(self) -> bool:
        """Whether the server is this machine's own, so that it can fetch from it too."""
        host = urlsplit(self.base_url).hostname or ""
        return self.region is Region.SANDBOX or is_loopback(host)


def resolve_address(
    region: Region | str | None, base_url: str | None, environment: Mapping[str, str]
) -> Address:
    """Decide which address a client talks to.

    The first of these that is given wins: the ``base_url`` argument, the ``region`` argument,
    ``A2E_BASE_URL``, ``A2E_REGION``, the global region. A region that is given beside a base URL
    of the same origin (argument beside argument, variable beside variable) is kept as the name.

    Raises:
        ConfigurationError: The region is unknown or the URL is not one to send a key to.
    """
    if region is None and base_url is None:
        region = environment.get(REGION_VARIABLE) or None
        base_url = environment.get(BASE_URL_VARIABLE) or None
    named = None if region is None else parse_region(region)
    if base_url is not None:
        url = normalise_base_url(base_url)
        known = next((place for place, address in BASE_URLS.items() if address == url), None)
        if named is not None and known is not None and named is not known:
            raise ConfigurationError(
                f"region {named.value!r} and base_url {url!r} contradict each other; give one."
            )
        chosen = known or named
        return Address(chosen, url, in_process=url == BASE_URLS[Region.SANDBOX])
    chosen = named or Region.GLOBAL
    return Address(chosen, BASE_URLS[chosen], in_process=chosen is Region.SANDBOX)


def parse_region(region: Region | str) -> Region:
    """Return the region of a name, in any letter case.

    Raises:
        ConfigurationError: There is no such region.
    """
    if isinstance(region, str):
        try:
            return Region(region.strip().lower())
        except ValueError:
            pass
    names = ", ".join(repr(place.value) for place in Region)
    shown = safe_text(region if isinstance(region, str) else type(region).__name__, WORD_LENGTH)
    raise ConfigurationError(f"Unknown region {shown!r}: use one of {names}, or a base_url.")


def normalise_base_url(base_url: str) -> str:
    """Return a base URL without trailing slashes and without the API's own path prefix.

    Raises:
        ConfigurationError: It is not an http(s) URL, is plain http to a host other than loopback,
            carries credentials, a query or a fragment, or names the documentation's host.
    """
    if not isinstance(base_url, str):
        raise ConfigurationError(f"base_url must be a str, not {type(base_url).__name__}.")
    text = base_url.strip()
    shown = safe_text(text, WORD_LENGTH)
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError as error:
        raise ConfigurationError(f"base_url is not a URL: {error}.") from None
    if "@" in parts.netloc:
        raise ConfigurationError("base_url must not carry a user name or password.")
    if parts.scheme not in ("http", "https") or not host:
        raise ConfigurationError(
            f"base_url {shown!r} must begin with https:// and name a host, "
            f"like {BASE_URLS[Region.GLOBAL]!r}."
        )
    if any(letter.isspace() or not letter.isprintable() for letter in text):
        raise ConfigurationError("base_url must not contain spaces or control characters.")
    if parts.query or parts.fragment or "?" in text or "#" in text:
        raise ConfigurationError("base_url must not carry a query or a fragment.")
    if host == _DOCUMENTATION_HOST:
        raise ConfigurationError(
            f"{_DOCUMENTATION_HOST} serves A2E's documentation, not its API: "
            f"use {BASE_URLS[Region.GLOBAL]!r} or leave base_url out."
        )
    if parts.scheme == "http" and not is_loopback(host):
        raise ConfigurationError(
            f"base_url {shown!r} is plain http, which would show the API key to the network; "
            "use https (http is accepted for loopback hosts only)."
        )
    path = _API_PREFIX.sub("", parts.path)
    return f"{parts.scheme}://{parts.netloc.lower()}{path}"
