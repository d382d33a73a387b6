"""What the server asks of a request before it does anything.

Owns the checks of the token, of JSON bodies and of paging parameters: pure functions that return
the checked value or raise the `RefusedError` that A2E would answer. Which fields an operation has
is data of its family.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from attrs import frozen

from a2e_sdk.sandbox.state.identifiers import is_object_id

from .messages import SandboxRequest
from .responses import RefusedError

__all__ = [
    "INVALID_TOKEN",
    "INVALID_TOKEN_UNDER_200",
    "BodyField",
    "byte_count",
    "checked_body",
    "checked_id",
    "checked_page",
    "checked_token",
    "checked_web_url",
    "field_error",
    "id_list",
    "json_object",
    "link_seconds",
    "object_key",
    "one_of",
    "path_segment",
    "text",
    "web_url",
    "webhook_token",
    "webhook_url",
]

INVALID_TOKEN = "sk_invalid"  # noqa: S105 - a word that opens nothing
"""A token that is refused with HTTP 401. Any other token that is not empty is accepted, but for the
next one."""
INVALID_TOKEN_UNDER_200 = "sk_invalid_200"  # noqa: S105 - likewise
"""A token that is refused with code 401 under HTTP 200, as A2E sometimes does."""

MAX_PAGE_SIZE = 100
MAX_IDS = 200

Check = Callable[[object], str | None]
"""Returns what is wrong with a value, as the end of a sentence that starts with the field's name;
None when nothing is."""


@frozen
class BodyField:
    """One field of a JSON request body.

    Args:
        name: its name on the wire.
        check: what is asked of its value.
        required: whether it must be there; False by default. An optional field may also be null.
    """

    name: str
    check: Check
    required: bool = False


def text(value: object) -> str | None:
    """Ask for a string that is not empty, nor white space alone."""
    return None if isinstance(value, str) and value.strip() else "must be a non-empty string"


def web_url(value: object) -> str | None:
    """Ask for an http or https URL without spaces: the server fetches it itself."""
    if isinstance(value, str) and value.startswith(("http://", "https://")):
        return None if " " not in value else "must not contain spaces"
    return "must be an http or https URL"


def webhook_url(value: object) -> str | None:
    """Ask for an https URL of at most 2,048 characters."""
    if isinstance(value, str) and value.startswith("https://") and len(value) <= 2048:
        return None
    return "must be an https URL of at most 2048 characters"


def webhook_token(value: object) -> str | None:
    """Ask for a string of at most 256 characters."""
    if isinstance(value, str) and len(value) <= 256:
        return None
    return "must be a string of at most 256 characters"


def object_key(value: object) -> str | None:
    """Ask for the key of a stored object: names joined by single slashes, at most 1,024 bytes."""
    # A lone surrogate has no place in a URL.
    if not isinstance(value, str) or value.encode("utf-8", "ignore").decode() != value:
        return "must be a string"
    # Clients and proxies take a path with empty or dotted names for another one.
    if any(name in ("", ".", "..") for name in value.split("/")) or not value.strip():
        return "must be names joined by single slashes"
    return None if len(value.encode()) <= 1024 else "must have at most 1024 bytes"


def path_segment(value: object) -> str | None:
    """Ask for the key of a stored object without a slash."""
    has_slash = isinstance(value, str) and "/" in value
    return "must not contain a slash" if has_slash else object_key(value)


def byte_count(value: object) -> str | None:
    """Ask for a whole number from 0, also written as 6.0."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 2**53:
        return None if value == int(value) else "must be a whole number"
    return "must be a number from 0"


def link_seconds(value: object) -> str | None:
    """Ask for a whole number of seconds that a link may live: 60 to 604,800, which is a week."""
    if isinstance(value, int) and not isinstance(value, bool) and 60 <= value <= 604_800:
        return None
    return "must be an integer from 60 to 604800"


def one_of(*words: str) -> Check:
    """Ask for one of some words.

    Args:
        words: the words.

    Returns:
        The check.
    """

    def check(value: object) -> str | None:
        return None if value in words else f"must be one of {', '.join(words)}"

    return check


def id_list(value: object) -> str | None:
    """Ask for a list of at most 200 strings."""
    items = cast("list[object]", value) if isinstance(value, list) else [None]
    if not all(isinstance(item, str) for item in items):
        return "must be an array of strings"
    return None if len(items) <= MAX_IDS else f"must have at most {MAX_IDS} items"


def checked_web_url(value: object, name: str) -> None:
    """Check the address of a file in a body.

    Args:
        value: the address.
        name: its name on the wire.

    Raises:
        RefusedError: it is no web address.
    """
    problem = web_url(value)
    if problem is not None:
        raise RefusedError("Validation failed", errors=[field_error(name, "body", problem)])


def field_error(name: str, place: str, problem: str) -> dict[str, str]:
    """Write what is wrong with a field, as A2E lists it under ``errors``.

    Args:
        name: its name on the wire.
        place: ``"path"``, ``"query"`` or ``"body"``.
        problem: the end of a sentence that starts with the name.
    """
    return {"msg": f"{name} {problem}", "param": name, "location": place}


def checked_token(request: SandboxRequest) -> None:
    """Check the ``Authorization`` header.

    Args:
        request: what arrived.

    Raises:
        RefusedError: no bearer token, or one of the two documented bad ones.
    """
    scheme, _, token = request.headers.get("authorization", "").strip().partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token:
        raise RefusedError("No authorization token was found", 401, text_key="message")
    if token == INVALID_TOKEN:
        raise RefusedError("Invalid token", 401, text_key="message")
    if token == INVALID_TOKEN_UNDER_200:
        raise RefusedError("Invalid token", 200, code=401, text_key="message")


def checked_body(body: bytes, fields: Iterable[BodyField]) -> dict[str, Any]:
    """Check a JSON body.

    Args:
        body: the bytes.
        fields: the fields it may have; others are ignored.

    Returns:
        The known fields that were given and are not null.

    Raises:
        RefusedError: not a JSON object, or a field is missing or wrong; all wrong fields are named
            at once.
    """
    given = json_object(body)
    values: dict[str, Any] = {}
    errors: list[dict[str, str]] = []
    for field in fields:
        value = given.get(field.name)
        if value is None:
            problem = "is required" if field.required else None
        else:
            problem = field.check(value)
            values[field.name] = value
        if problem is not None:
            errors.append(field_error(field.name, "body", problem))
    if errors:
        raise RefusedError("Validation failed", errors=errors)
    return values


def json_object(body: bytes) -> dict[str, Any]:
    """Read a JSON body; nothing at all counts as an empty object.

    Args:
        body: the bytes.

    Returns:
        The object.

    Raises:
        RefusedError: not a JSON object.
    """
    try:
        content: Any = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        raise RefusedError("The body is not valid JSON") from None
    if not isinstance(content, dict):
        raise RefusedError("The body must be a JSON object")
    return cast("dict[str, Any]", content)


def checked_page(query: Mapping[str, str]) -> tuple[int, int]:
    """Check ``pageNum`` and ``pageSize``; both are required.

    Args:
        query: decoded query parameters.

    Returns:
        Page number, from 1, and page size, 1 to 100.

    Raises:
        RefusedError: one is missing, not a number or out of bounds.
    """
    errors: list[dict[str, str]] = []
    number = _whole_number(query, "pageNum", None, errors)
    size = _whole_number(query, "pageSize", MAX_PAGE_SIZE, errors)
    if errors:
        raise RefusedError("Validation failed", errors=errors)
    return number, size


def checked_id(value: object, place: str, name: str = "_id") -> str:
    """Check the form of an id.

    Args:
        value: the id; None when it was not given.
        place: ``"path"``, ``"query"`` or ``"body"``.
        name: what it is called there; ``"_id"`` by default.

    Returns:
        The id.

    Raises:
        RefusedError: it is missing or not 24 hexadecimal digits.
    """
    if not isinstance(value, str) or not is_object_id(value):
        problem = "is required" if value is None else "must be 24 hexadecimal digits"
        raise RefusedError(f"Invalid {name}", errors=[field_error(name, place, problem)])
    return value


def _whole_number(
    query: Mapping[str, str], name: str, largest: int | None, errors: list[dict[str, str]]
) -> int:
    word = query.get(name, "")
    # At most 15 digits: longer ones are no page of anything, and int() refuses enormous ones.
    if not (word.isascii() and word.isdigit() and len(word) <= 15) or int(word) < 1:
        errors.append(field_error(name, "query", "must be a whole number from 1"))
        return 0
    if largest is not None and int(word) > largest:
        errors.append(field_error(name, "query", f"must be at most {largest}"))
    return int(word)
