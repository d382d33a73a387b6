"""Checks of arguments, made before anything is sent.

This module owns the rules for ids, addresses, page numbers and texts. A wrong type is a
``TypeError``, a wrong value a ``ValueError``; the message says what was given and what is allowed.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import Any, Protocol, cast
from urllib.parse import urlsplit

from .hosts import is_loopback
from .json_schema import shown_value
from .redaction import safe_text

MAX_PAGE_SIZE = 100
MAX_BATCH = 100
LONGEST_KEY = 200
#: About 31 years; no socket, thread or event loop takes more than ten times as much.
MAX_SECONDS = 1_000_000_000
#: Not every reader of JSON takes whole numbers beyond 64 bits.
MAX_WHOLE_NUMBER = 2**63 - 1

_ID = re.compile(r"[0-9a-fA-F]{24}")
_USABLE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")


class HasId(Protocol):
    """Anything that came from the server with an id, such as a task."""

    @property
    def id(self) -> str:
        """The server's id."""
        ...


def require_id(value: str | HasId, name: str = "id") -> str:
    """Return the id of a task (or other record), or an id given as text, in lower case.

    A text must be an id as A2E has them; a record's is the server's own and only has to be safe.

    Raises:
        TypeError: It is neither a str nor something with an ``id``.
        ValueError: The text is not 24 hexadecimal digits, or the record has no usable id.
    """
    if isinstance(value, str):
        if not _ID.fullmatch(value):
            raise ValueError(f"{name} must be 24 hexadecimal digits; it is {value[:60]!r}.")
        return value.lower()
    identifier = getattr(value, "id", None)
    if not isinstance(identifier, str):
        raise TypeError(f"{name} must be an id or a record with one, not {type(value).__name__}.")
    if not is_usable_id(identifier):
        raise ValueError(f"this {type(value).__name__} has no id; it must be read in another way.")
    return identifier


def is_usable_id(value: object) -> bool:
    """Tell whether what a server gave as an id can be sent back to it, whatever its format."""
    return isinstance(value, str) and _USABLE_ID.fullmatch(value) is not None


def require_whole_number(value: int, name: str, *, minimum: int, maximum: int | None = None) -> int:
    """Return a whole number that lies within bounds; without a maximum, within 64 bits.

    Raises:
        TypeError: It is not an int.
        ValueError: It is out of bounds.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} must be a whole number, not {type(value).__name__}.")
    if value < minimum or value > (MAX_WHOLE_NUMBER if maximum is None else maximum):
        bounds = f"from {minimum} to {maximum}"
        if maximum is None:
            bounds = f"at least {minimum}" if value < minimum else f"at most {MAX_WHOLE_NUMBER}"
        raise ValueError(f"{name} must be {bounds}; it is {shown_value(value)}.")
    return value


def require_seconds(value: float, name: str) -> float:
    """Return a number of seconds above 0, up to 1,000,000,000.

    Raises:
        TypeError: It is not a number.
        ValueError: It is out of bounds.
    """
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError(f"{name} must be a number of seconds, not {type(value).__name__}.")
    if not 0 < value <= MAX_SECONDS:
        raise ValueError(
            f"{name} must be above 0 seconds and at most {MAX_SECONDS:,}; it is "
            f"{shown_value(value)}."
        )
    return value


def require_page_size(value: int) -> int:
    """Return a page size from 1 to 100, the server's limit.

    Raises:
        TypeError: It is not an int.
        ValueError: It is out of bounds.
    """
    return require_whole_number(value, "page_size", minimum=1, maximum=MAX_PAGE_SIZE)


def require_listing(page_size: int, limit: int | None) -> None:
    """Check the options of a listing: a page size from 1 to 100, and a limit from 1 or none.

    Raises:
        TypeError: One of them is not an int.
        ValueError: One of them is out of bounds.
    """
    require_page_size(page_size)
    if limit is not None:
        require_whole_number(limit, "limit", minimum=1)


def require_text(value: str, name: str, *, maximum: int, minimum: int = 1) -> str:
    """Return a text of an allowed length, in characters, that is not white space alone.

    Raises:
        TypeError: It is not a str.
        ValueError: It is too short, too long or blank.
    """
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a str, not {type(value).__name__}.")
    if not minimum <= len(value) <= maximum:
        raise ValueError(
            f"{name} must have {minimum} to {maximum} characters; it has {len(value)}."
        )
    if minimum and not value.strip():
        raise ValueError(f"{name} must not be blank; it has white space alone.")
    require_sendable(value, name)
    return value


def require_key(value: str, name: str = "key") -> str:
    """Return the key of a job: 1 to 200 printable characters, without white space around them.

    Raises:
        TypeError: It is not a str.
        ValueError: It is too long, blank, or has characters that can't be seen.
    """
    require_text(value, name, maximum=LONGEST_KEY)
    if not value.isprintable():
        bad = next(letter for letter in value if not letter.isprintable())
        raise ValueError(f"{name} must have printable characters alone; it has {bad!r}.")
    if value != value.strip():
        raise ValueError(f"{name} must not begin or end with white space; it is {value[:60]!r}.")
    return value


def require_sendable(value: Any, name: str) -> None:
    """Check that JSON in UTF-8 can express a value, at any depth.

    Python keeps bytes of a command line or a file name that are no UTF-8 as lone surrogates. They
    would be noticed only when the request is encoded, after the uploads for it have been paid for.

    Args:
        value: Plain JSON data.
        name: The argument's name, for the message.

    Raises:
        ValueError: A text in it is no Unicode text, or a whole number has more than 64 bits.
    """
    pending: list[tuple[str, Any]] = [(name, value)]
    while pending:
        where, item = pending.pop()
        if isinstance(item, str):
            try:
                item.encode()
            except UnicodeEncodeError as problem:
                raise ValueError(
                    f"{where} is no Unicode text: character {problem.start + 1} of it is a byte "
                    "that is no UTF-8, or half of a surrogate pair."
                ) from None
        elif isinstance(item, int):
            if abs(item) > MAX_WHOLE_NUMBER:
                raise ValueError(f"{where} must not have more than 64 bits.")
        elif isinstance(item, Mapping):
            for key, member in cast(Mapping[Any, Any], item).items():
                pending.append((f"a key of {where}", key))
                pending.append((f"{where}[{shown_value(key)}]", member))
        elif isinstance(item, list | tuple):
            items = cast("list[Any] | tuple[Any, ...]", item)
            pending += [(f"{where}[{place}]", member) for place, member in enumerate(items)]


def require_one_of(value: str, name: str, allowed: tuple[str, ...]) -> str:
    """Return a word that is one of the allowed ones.

    Raises:
        ValueError: It is another.
    """
    if value not in allowed:
        words = ", ".join(map(repr, allowed))
        raise ValueError(f"{name} must be one of {words}; it is {value!r}.")
    return value


def require_url(value: str, name: str, *, allow_private: bool = False) -> str:
    """Return an address that A2E's servers can fetch.

    Args:
        value: An http or https URL, without spaces.
        name: The argument's name, for the message.
        allow_private: Whether hosts that only this network can reach are accepted, as the sandbox
            does.

    Raises:
        TypeError: It is not a str.
        ValueError: It is not such a URL, or names a host that A2E's servers can't reach.
    """
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a URL as a str, not {type(value).__name__}.")
    shown = safe_text(value, 120)
    if any(letter.isspace() or not letter.isprintable() for letter in value):
        raise ValueError(f"{name} must not contain spaces (write %20): {shown!r}.")
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError as error:
        raise ValueError(f"{name} is not a URL: {safe_text(error, 120)}: {shown!r}.") from None
    if parts.scheme not in ("http", "https") or not host:
        raise ValueError(f"{name} must be an http(s) URL that A2E can fetch; it is {shown!r}.")
    if not allow_private and _is_private(host):
        raise ValueError(f"{name} names a host that A2E's servers can't reach: {host[:120]!r}.")
    return value


def require_webhook_url(value: str, *, allow_private: bool = False) -> str:
    """Return a webhook's address: https, at most 2,048 characters.

    Args:
        value: The address.
        allow_private: Whether http is accepted for hosts of the loopback, as the sandbox does.

    Raises:
        TypeError: It is not a str.
        ValueError: It is not such an address.
    """
    require_text(value, "webhook_url", maximum=2048)
    if not value.startswith("https://") and not is_loopback_http(value):
        raise ValueError("webhook_url must be an https URL; A2E calls no other.")
    require_url(value, "webhook_url", allow_private=True)
    if not (allow_private or value.startswith("https://")):
        raise ValueError(
            "webhook_url must be an https URL; A2E calls no other, and only a sandbox on this "
            "machine calls an http URL of the loopback."
        )
    return value


def is_loopback_http(value: str) -> bool:
    """Tell whether an address is an http URL whose host means this very machine."""
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
    except ValueError:
        return False
    return value.startswith("http://") and is_loopback(host)


def _is_private(host: str) -> bool:
    if is_loopback(host):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        # A name without a dot, or under a domain that no public name server has.
        return "." not in host or host.endswith((".local", ".internal", ".localdomain"))
