"""Streaming avatars: sessions that are paid ahead and refunded for what was not used.

This module owns the sessions. Nothing streams here: texts are taken and forgotten.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from attrs import frozen

from a2e_sdk.sandbox.protocol.responses import RefusedError, refused_field
from a2e_sdk.sandbox.protocol.routing import Call, OperationHandler
from a2e_sdk.sandbox.state.catalogue import STREAMING_AVATARS
from a2e_sdk.sandbox.state.clock import wire_time
from a2e_sdk.sandbox.state.server_state import SandboxState
from a2e_sdk.sandbox.tasks.family import Row

__all__ = ["STREAMING_PRICE", "STREAMING_SECONDS", "Session", "Streaming"]

STREAMING_PRICE = 1
"""Coins for each part of a session; the sandbox's own price."""
STREAMING_SECONDS = 10
"""Seconds of such a part; one that was begun is paid in full."""

_DEFAULT_SECONDS = 60
_BUSY = 1_001


@frozen
class Session:
    """One session that somebody is in.

    Args:
        began_at: when it began.
        ends_at: when it ends if nobody leaves it before.
        price: coins paid for all of it.
        rate: coins for each part of it.
    """

    began_at: datetime
    ends_at: datetime
    price: int
    rate: int


class Streaming:
    """The sessions and what can be asked of them.

    Args:
        state: what it shares with the rest of the sandbox.

    Attributes:
        sessions: the sessions that nobody has left, by channel.
    """

    def __init__(self, state: SandboxState) -> None:
        self._state = state
        self.sessions: dict[str, Session] = {}

    def handlers(self) -> dict[str, OperationHandler]:
        """Return the handler of each operation, by its id."""
        return {
            "list_streaming_avatars": lambda _: [dict(avatar) for avatar in STREAMING_AVATARS],
            "start_streaming_session": self._start,
            "update_streaming_context": self._take_text,
            "add_streaming_question": self._take_text,
            "add_streaming_speech": self._take_text,
            "leave_streaming_session": self._leave,
        }

    def _start(self, call: Call) -> Row:
        seconds = int(call.body.get("expire_seconds", _DEFAULT_SECONDS))
        if not 1 <= seconds <= 86_400:
            raise refused_field("expire_seconds", "body", "must be from 1 to 86400")
        if self._state.hosts_are_busy:
            raise RefusedError("All hosts are occupied", 200, code=_BUSY)
        identifier = self._state.identifiers.object_id(call.now)
        channel = f"channel_{identifier}"
        rate = self._state.prices["start_streaming_session"]
        price = rate * _parts(seconds)
        self._state.charge(channel, price, call.now, "streaming")
        ends_at = call.now + timedelta(seconds=seconds)
        self.sessions[channel] = Session(call.now, ends_at, price, rate)
        return {
            "appId": "a2e-sandbox",
            "channel": channel,
            "token": f"sandbox-{identifier}",
            "uid": int(identifier[-6:], 16),
            "expire_epoch_timestamp": int(ends_at.timestamp()),
            "expire_date_UTC": wire_time(ends_at),
        }

    def _take_text(self, call: Call) -> Row:
        self._session(call)
        return {}

    def _leave(self, call: Call) -> Row:
        session = self._session(call)
        used = session.rate * _parts((call.now - session.began_at).total_seconds())
        channel = call.body["channel"]
        self._state.refund(channel, session.price - used, call.now)
        del self.sessions[channel]
        return {}

    def _session(self, call: Call) -> Session:
        session = self.sessions.get(call.body["channel"])
        if session is None or call.now >= session.ends_at:
            raise RefusedError("There is no such channel")
        return session


def _parts(seconds: float) -> int:
    return int(-(-seconds // STREAMING_SECONDS))
