"""Which receivers the sandbox calls: those on this machine, and those it is told of.

This module owns that rule and the parts of a receiver's URL. It is pure. The rule has two halves: a
host is looked at before its name is resolved, and each address before it is connected to, so that a
name that resolves to something else a moment later changes nothing.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Iterable
from urllib.parse import quote, urlsplit

from attrs import frozen

from a2e_sdk._checks.hosts import is_loopback

__all__ = ["Receiver", "RefusedReceiverError", "address_refusal", "checked_hosts", "receiver_of"]

_HOST = re.compile(r"[A-Za-z0-9._-]{1,253}")
_CONTROL = re.compile(r"[\x00-\x20\x7f]")


class RefusedReceiverError(Exception):
    """The sandbox does not call this receiver; the text says why."""


@frozen
class Receiver:
    """Where a webhook goes.

    Args:
        host: name or address, in lower case and without brackets.
        port: TCP port.
        is_tls: whether it is https.
        target: path and query, as they are sent.
        host_field: value of the ``Host`` header.
    """

    host: str
    port: int
    is_tls: bool
    target: str
    host_field: str


def checked_hosts(hosts: Iterable[str]) -> frozenset[str]:
    """Return the hosts that may be called beside the loopback's.

    Args:
        hosts: names or addresses, without scheme and port.

    Raises:
        ValueError: one is something else.
    """
    if isinstance(hosts, str):
        raise ValueError(f"webhook_hosts must be a list of names; it is the text {hosts[:60]!r}")
    return frozenset(map(_checked_host, hosts))


def _checked_host(host: str) -> str:
    name = host.strip("[]").lower().removesuffix(".")
    if not (_HOST.fullmatch(name) or _address(name)):
        text = f"a webhook host is a name or an address, without scheme and port; it is {host!r}"
        raise ValueError(text)
    return name


def receiver_of(url: str, allowed: Collection[str]) -> Receiver:
    """Return the receiver that a URL means.

    Args:
        url: the URL.
        allowed: hosts that may be called beside the loopback's.

    Raises:
        RefusedReceiverError: it may not be called.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removesuffix(".")
        port = parts.port
        shown = host.encode("idna").decode() if not host.isascii() else host
    except (UnicodeError, ValueError) as problem:
        raise RefusedReceiverError(f"the address is not a URL: {problem}") from None
    if parts.scheme not in ("http", "https") or not host or _CONTROL.search(url):
        raise RefusedReceiverError("the address is not an http(s) URL")
    if parts.username is not None or parts.password is not None:
        raise RefusedReceiverError("the address has a user name or a password in it")
    if not is_loopback(host) and host not in allowed:
        raise RefusedReceiverError(
            f"{host[:100]} is not on this machine; Sandbox(webhook_hosts=[...]) or "
            "a2e sandbox --webhook-host NAME lets the sandbox call it"
        )
    is_tls = parts.scheme == "https"
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        target += "?" + quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]|")
    bracketed = f"[{shown}]" if ":" in shown else shown
    host_field = bracketed if port is None else f"{bracketed}:{port}"
    return Receiver(shown, port or (443 if is_tls else 80), is_tls, target, host_field)


def address_refusal(host: str, address: str, allowed: Collection[str]) -> str | None:
    """Return why an address may not be connected to; None where it may.

    Args:
        host: the name that it was resolved from.
        address: the IP address.
        allowed: hosts that may be called beside the loopback's.
    """
    ip = _address(address)
    if ip is None:
        return f"{host} resolves to {address!r}, which is no IP address"
    if is_loopback(host):
        return None if ip.is_loopback else f"{host} resolves to {address}, which is not loopback"
    if address in allowed or not (ip.is_link_local or ip.is_multicast or ip.is_unspecified):
        return None
    return f"{host} resolves to {address}, which is the address of no receiver"


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address
