"""One request in the log: what arrived, and what became of it.

This module owns the form of an entry only; `RequestLog` makes it when it is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, cast

from attrs import field, frozen

from a2e_sdk.sandbox.faults.fault import Fault
from a2e_sdk.sandbox.state.starts import Start

from .bodies import shown_body

__all__ = ["Outcome", "ReceivedRequest"]

Outcome = Literal["replied", "stalled", "cut", "dropped"]
"""How a request ended: with its response, with a response that a fault held back, with a part of
one, or without any."""


@frozen
class ReceivedRequest:
    """One request that arrived.

    Args:
        method: HTTP method.
        path: path as on the wire, without the query.
        operation: name of the operation it was routed to, for example ``"list_face_swap_tasks"``;
            None for an unknown path.
        query: decoded query parameters, secrets as ``"***"``.
        header_names: names of its header fields, in lower case; never their values.
        at: when, by the sandbox's clock.
        number: its number, from 1; a reset begins anew.
        content: the bytes of its body without secrets; None where they were not kept.
        body_bytes: how many bytes the body had.
        status: HTTP status of the response; None without one.
        code: code of the envelope; None where the response has none.
        message: text of the envelope that refuses the request; None for one that does not.
        problems: what the spec says is wrong with the request.
        outcome: how it ended.
        seconds: the computer's time that handling it took.
        delay: seconds by which a fault or the latency holds the response back.
        attempt: which attempt it is: 1 more than the number of equal requests directly before it
            that were answered with 429 or 5xx, dropped or cut.
        retry_of: number of the request that it repeats; None for a first attempt.
        fault: the fault it met; None without one.
        fault_id: the number of that fault.
        started: what it started; None where nothing was.
    """

    method: str
    path: str
    operation: str | None
    query: Mapping[str, str]
    header_names: frozenset[str]
    at: datetime
    number: int = 0
    content: bytes | None = field(default=None, repr=False)
    body_bytes: int = 0
    status: int | None = None
    _code: int | None = None
    _message: str | None = None
    problems: tuple[str, ...] = ()
    outcome: Outcome = "replied"
    seconds: float = 0.0
    delay: float = 0.0
    attempt: int = 1
    retry_of: int | None = None
    fault: Fault | None = None
    fault_id: int | None = None
    started: Start | None = None

    @property
    def body(self) -> Any:
        """The body as JSON, secrets as ``"***"``, or as a text where it is no JSON; None without a
        body, or where it was not kept."""
        return shown_body(self.content)

    @property
    def body_kept(self) -> bool:
        """Whether the body is in the log; one that is long or binary is not."""
        return self.content is not None

    @property
    def code(self) -> int | None:
        """The code of the response's envelope; None where the response has none."""
        written = None if self.status is None else self._envelope.get("code", self._code)
        return written if isinstance(written, int) else None

    @property
    def message(self) -> str | None:
        """The text of the response's envelope, if it refuses the request."""
        if self.status is None:
            return None
        envelope = self._envelope
        written = envelope.get("msg", envelope.get("message", self._message))
        return written if isinstance(written, str) else None

    @property
    def _envelope(self) -> Mapping[str, Any]:
        """The envelope that a fault sent in place of the response; empty without one."""
        if self.fault is None or self.fault.status is None:
            return {}
        try:
            envelope: object = json.loads(self.fault.body)
        except (ValueError, RecursionError):
            return {}
        return cast("dict[str, Any]", envelope) if isinstance(envelope, dict) else {}
