"""The differences between two OpenAPI documents, as data.

This module owns the kinds of changes and what is known of each. Finding them is left to
comparison.py; whom they hurt, to verdict.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from schema_shape import Place, Pointer


class Kind(StrEnum):
    """What happened."""

    SERVER_ADDED = "server added"
    SERVER_GONE = "server gone"
    SECURITY_CHANGED = "security changed"
    SECURITY_LOOSENED = "security loosened"
    OPERATION_ADDED = "operation added"
    OPERATION_GONE = "operation gone"
    OPERATION_MOVED = "operation moved"
    OPERATION_RESPELT = "operation respelt"
    OPERATION_DEPRECATED = "operation deprecated"
    OPERATION_STATUS_ADDED = "operation has another successful status"
    OPERATION_RESTORED = "operation no longer deprecated"
    CONTENT_TYPE_CHANGED = "content type changed"
    FIELD_ADDED = "field added"
    REQUIRED_FIELD_ADDED = "required field added"
    FIELD_GONE = "field gone"
    FIELD_DEPRECATED = "field deprecated"
    NOW_REQUIRED = "now required"
    NOW_OPTIONAL = "now optional"
    TYPE_CHANGED = "type changed"
    TYPE_NARROWED = "type narrowed"
    TYPE_WIDENED = "type widened"
    WORDS_ADDED = "words added"
    WORDS_GONE = "words gone"
    WORDS_REPLACED = "words replaced"
    LIMIT_TIGHTENED = "limit tightened"
    LIMIT_LOOSENED = "limit loosened"
    DEFAULT_CHANGED = "default changed"
    FORMAT_CHANGED = "format changed"
    CLOSED = "other fields refused"


class Side(StrEnum):
    """What a change is about."""

    API = "API"
    REQUEST = "request"
    RESPONSE = "response"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        kind: What happened.
        side: What it is about.
        operation: Method and path of the operation, ours if we have it; empty for the whole API.
        place: The field, for example `body.voice` or `data.rows[].status`; empty for an operation.
        before: What our document says, as JSON data.
        after: What the other one says, as JSON data.
        target: Where in our document an addition belongs, if that can be told.
        addition: The part of the other document that is to be added, if it is one.
        because: For what was concluded, how sure that is and what it is taken from.
    """

    kind: Kind
    side: Side
    operation: str = ""
    place: str = ""
    before: Any = None
    after: Any = None
    target: Pointer | None = field(default=None, compare=False)
    addition: Place | None = field(default=None, compare=False)
    because: str = field(default="", compare=False)
