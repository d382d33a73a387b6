"""What the request log keeps of a body.

This module owns the limit of its size, the removal of secrets before it is kept, and its form when
it is shown. A body stays bytes until somebody looks at it. It is pure.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any, cast

__all__ = ["KEPT_BYTES", "MASK", "kept_body", "shown_body", "shown_query"]

KEPT_BYTES = 16 * 1024
"""A longer body is not kept."""

MASK = "***"
"""Stands in the place of a secret."""

_SECRET_NAME = re.compile(r"(?is).*(token|secret|password|authorization|api[_-]?key)")
# One of these is in every name above, or an escape hides it.
_SUSPICIOUS = re.compile(rb"(?i)token|secret|password|authorization|key|\\u")
_TEXT_TYPES = ("application/json", "application/x-www-form-urlencoded", "text/")
_MOST_BRACKETS = 500


def kept_body(body: bytes, headers: Mapping[str, str]) -> bytes | None:
    """Return what the log keeps of a body.

    Args:
        body: the body as it arrived.
        headers: header fields of its request, names in lower case.

    Returns:
        The body without secrets; None for one that is long or binary, or that names a secret and
        cannot be read as JSON.
    """
    if not body:
        return body
    if len(body) > KEPT_BYTES:
        return None
    if not headers.get("content-type", "text/").lower().startswith(_TEXT_TYPES):
        return None
    if not _SUSPICIOUS.search(body):
        return body
    try:
        return json.dumps(_masked(json.loads(body))).encode()
    except (ValueError, RecursionError):
        return None


def shown_query(query: Mapping[str, str]) -> dict[str, str]:
    """Return a query without secrets.

    Args:
        query: the decoded parameters.
    """
    return {name: MASK if _SECRET_NAME.fullmatch(name) else value for name, value in query.items()}


def shown_body(kept: bytes | None) -> Any:
    """Return a kept body as JSON, or as a text where it is none; None for no body.

    Args:
        kept: what `kept_body` has returned.
    """
    if not kept:
        return None
    try:
        # What is nested deeper than a writer of JSON takes is shown as it arrived.
        if kept.count(b"[") + kept.count(b"{") <= _MOST_BRACKETS:
            return json.loads(kept, parse_constant=str, parse_float=_finite_or_text)
    except (ValueError, RecursionError):
        pass
    return kept.decode("utf-8", "replace")


def _finite_or_text(word: str) -> float | str:
    """Return a number; as a text where it is too large for one, which no JSON could show."""
    number = float(word)
    return number if math.isfinite(number) else word


def _masked(value: object) -> object:
    if isinstance(value, dict):
        members = cast("dict[str, object]", value).items()
        return {
            name: MASK if inner is not None and _SECRET_NAME.fullmatch(name) else _masked(inner)
            for name, inner in members
        }
    if isinstance(value, list):
        return [_masked(item) for item in cast("list[object]", value)]
    return value
