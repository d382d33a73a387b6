"""What the control endpoints have in common: a request's checked parts, and an endpoint.

This module owns their form only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import field, frozen

from a2e_sdk.sandbox.protocol.messages import SandboxReply

from .events import EventStream
from .fields import BadFieldError, Field

__all__ = ["CONTROL_PATH", "Asked", "ControlRefusedError", "Endpoint", "Table"]

CONTROL_PATH = "/__sandbox__"
"""Where the paths of all control endpoints begin."""


_MOST_ROWS = 1_000
"""Rows of a list, where a request does not say how many."""


class ControlRefusedError(Exception):
    """The request is understood, and refused.

    Args:
        status: HTTP status code.
        text: why, and what to do.
    """

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


@frozen
class Asked:
    """What a control request says.

    Args:
        fields: the checked fields of its body.
        query: its query.
        number: the number in its path; 0 without one.
        headers: its header fields, names in lower case.
        path: its path as on the wire.
    """

    fields: Mapping[str, Any]
    query: Mapping[str, str]
    number: int = 0
    headers: Mapping[str, str] = field(factory=dict[str, str])
    path: str = ""

    def count(self, name: str, default: int) -> int:
        """Return a whole number of the query.

        Args:
            name: its name.
            default: what holds where it is not given.

        Raises:
            BadFieldError: it is no whole number, 0 or more.
        """
        word = self.query.get(name, str(default))
        if not (word.isascii() and word.isdigit() and len(word) <= 15):
            raise BadFieldError(f"{name} must be a whole number, 0 or more; it is {word[:60]!r}")
        return int(word)

    def part(self) -> tuple[int, int]:
        """Return which part of a list of numbered rows is asked for: the number after which it
        begins, and how many rows it has at most.

        Raises:
            BadFieldError: one of them is no whole number, 0 or more.
        """
        return self.count("after", 0), self.count("limit", _MOST_ROWS)


@frozen
class Endpoint:
    """The handler of one method of one path.

    Args:
        handler: returns what is written as JSON, or a response of another kind.
        fields: what the body may have; None where the handler checks it.
        status: HTTP status of the response.
    """

    handler: Callable[[Asked], Mapping[str, Any] | SandboxReply | EventStream]
    fields: tuple[Field, ...] | None = ()
    status: int = 200


Table = dict[str, dict[str, Endpoint]]
"""Endpoints by path, without `CONTROL_PATH`, and method."""
