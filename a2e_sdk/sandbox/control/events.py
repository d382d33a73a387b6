"""What tells a page that something has changed, as server-sent events.

This module owns the form of an event. Nothing is queued: an event says how things are at the moment
it is sent, so that a slow reader misses nothing that counts. Sockets are left to `http.handler`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import asdict, define

from a2e_sdk.sandbox.protocol.responses import encode_json
from a2e_sdk.sandbox.sandbox import Sandbox
from a2e_sdk.sandbox.state.revisions import Revisions

__all__ = ["EVENT_HEADERS", "HEARTBEAT", "EventStream"]

EVENT_HEADERS = {"content-type": "text/event-stream; charset=utf-8"}
HEARTBEAT = b": still here\n\n"
"""A comment that says nothing to the page, and to the server whether somebody reads."""


@define
class EventStream:
    """The events for one reader.

    Args:
        sandbox: the sandbox that they are about.
        clock: returns ``now`` and ``paused`` as they are shown elsewhere.
        headers: header fields of the response.
    """

    sandbox: Sandbox
    clock: Callable[[], dict[str, Any]]
    headers: dict[str, str]
    _sent: Revisions | None = None
    _number: int = 0

    def next_event(self) -> bytes:
        """Return an event if something has changed since the last one, otherwise no bytes."""
        revisions = self.sandbox.revisions
        if revisions == self._sent:
            return b""
        self._sent = revisions
        self._number += 1
        topics = asdict(revisions)
        data = {
            "epoch": topics.pop("epoch"),
            "revisions": topics,
            **self.clock(),
            "balance": self.sandbox.coins.balance,
        }
        return b"event: change\nid: %d\ndata: %s\n\n" % (self._number, encode_json(data))
