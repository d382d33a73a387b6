"""The control endpoints of clock, pace, failures and events, and the table of all.

This module owns what they take and return. What they change is left to `Sandbox`.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

from a2e_sdk.sandbox.sandbox import Sandbox
from a2e_sdk.sandbox.saving.document import SavedStateError
from a2e_sdk.sandbox.state.clock import AdjustableClock, ManualClock, wire_time

from .account import AccountEndpoints
from .call import Asked, ControlRefusedError, Endpoint, Table
from .events import EVENT_HEADERS, EventStream
from .faults import FaultEndpoints
from .fields import (
    BadFieldError,
    Field,
    boolean,
    seconds,
    share,
    text,
    whole_number,
)
from .request_rows import RequestEndpoints
from .task_rows import TaskRowEndpoints
from .webhooks import WebhookEndpoints

__all__ = ["ControlEndpoints"]

_PAGE = 1_000
_LAST_YEAR = 9_000


class ControlEndpoints:
    """The control endpoints of one sandbox.

    Args:
        sandbox: what they control.
        closing: ends the webhooks that they send when it is set.
    """

    def __init__(self, sandbox: Sandbox, closing: Event | None = None) -> None:
        self._sandbox = sandbox
        self._account = AccountEndpoints(sandbox)
        self._fault_endpoints = FaultEndpoints(sandbox)
        self._webhook_endpoints = WebhookEndpoints(sandbox, closing)

    def table(self) -> Table:
        """Return the endpoints by path and method."""
        why = (Field("message", text), Field("code", text))
        return {
            "/state": {"GET": Endpoint(self._state)},
            "/reset": {"POST": Endpoint(self._reset)},
            "/dump": {
                "GET": Endpoint(lambda _: self._sandbox.dump()),
                "PUT": Endpoint(self._load, None),
            },
            "/clock": {
                "GET": Endpoint(self._clock),
                "PUT": Endpoint(self._set_clock, (Field("paused", boolean, required=True),)),
            },
            "/clock/advance": {
                "POST": Endpoint(self._advance, (Field("seconds", seconds, required=True),))
            },
            "/pace": {
                "GET": Endpoint(self._pace),
                "PUT": Endpoint(
                    self._set_pace,
                    tuple(Field(name, seconds) for name in self._sandbox.pace),
                ),
            },
            "/failures": {
                "GET": Endpoint(self._failures),
                "PUT": Endpoint(self._fail_share, (Field("share", share, required=True), *why)),
                "POST": Endpoint(self._fail_next, (*why, Field("times", _few)), 201),
                "DELETE": Endpoint(self._forget_failures),
            },
            "/rejections": {
                "GET": Endpoint(lambda _: self._waiting("rejections")),
                "POST": Endpoint(
                    self._reject_next,
                    (Field("code", _code), Field("message", text), Field("times", _few)),
                    201,
                ),
                "DELETE": Endpoint(lambda _: self._forget("rejections")),
            },
            "/status-words": {
                "GET": Endpoint(lambda _: self._waiting("status_words")),
                "POST": Endpoint(
                    self._word_next,
                    (Field("word", text, required=True), Field("times", _few)),
                    201,
                ),
                "DELETE": Endpoint(lambda _: self._forget("status_words")),
            },
            "/streaming-hosts": {
                "PUT": Endpoint(self._occupy, (Field("busy", boolean, required=True),))
            },
            **self._account.table(),
            **self._fault_endpoints.table(),
            **RequestEndpoints(self._sandbox).table(),
            **TaskRowEndpoints(self._sandbox).table(),
            "/events": {"GET": Endpoint(self._events)},
            **self._webhook_endpoints.table(),
        }

    def _state(self, asked: Asked) -> dict[str, Any]:
        sandbox = self._sandbox
        return {
            "clock": self._clock(asked),
            "pace": sandbox.pace,
            "limits": self._account.limits(asked),
            "failures": self._failures(asked),
            "coins": {"balance": sandbox.coins.balance, "entries": len(sandbox.coins)},
            "faults": len(sandbox.faults),
            "requests": sandbox.requests.total,
            "public_url": sandbox.public_url,
        }

    def _reset(self, asked: Asked) -> dict[str, Any]:
        self._sandbox.reset()
        return self._state(asked)

    def _load(self, asked: Asked) -> dict[str, Any]:
        try:
            self._sandbox.load(asked.fields)
        except SavedStateError as problem:
            raise BadFieldError(str(problem)) from None
        return self._state(asked)

    def _clock(self, _asked: Asked) -> dict[str, Any]:
        clock = self._sandbox.clock
        paused = clock.paused if isinstance(clock, AdjustableClock) else _stands_still(clock)
        return {"now": wire_time(clock.now()), "paused": paused}

    def _set_clock(self, asked: Asked) -> dict[str, Any]:
        clock, paused = self._sandbox.clock, asked.fields["paused"]
        if isinstance(clock, AdjustableClock):
            if paused:
                clock.pause()
            else:
                clock.resume()
        elif paused is not _stands_still(clock):
            raise ControlRefusedError(409, "this sandbox was given a clock that can't do so")
        return self._clock(asked)

    def _advance(self, asked: Asked) -> dict[str, Any]:
        clock = self._sandbox.clock
        if not isinstance(clock, AdjustableClock | ManualClock):
            raise ControlRefusedError(409, "this sandbox was given a clock that can't be turned")
        if clock.now().year >= _LAST_YEAR:
            raise ControlRefusedError(409, f"the clock can't go beyond the year {_LAST_YEAR}")
        clock.advance(asked.fields["seconds"])
        return self._clock(asked)

    def _pace(self, _asked: Asked) -> dict[str, Any]:
        return self._sandbox.pace

    def _set_pace(self, asked: Asked) -> dict[str, Any]:
        _call(self._sandbox.set_pace, **asked.fields)
        return self._sandbox.pace

    def _failures(self, _asked: Asked) -> dict[str, Any]:
        chosen = self._sandbox.failure_share
        return {
            "share": chosen.share,
            "message": chosen.failure.message,
            "code": chosen.failure.code,
            **self._waiting("failures"),
        }

    def _fail_share(self, asked: Asked) -> dict[str, Any]:
        self._sandbox.fail_share(**asked.fields)
        return self._failures(asked)

    def _fail_next(self, asked: Asked) -> dict[str, Any]:
        given = {"message": "failed", **asked.fields}
        for _ in range(int(given.pop("times", 1))):
            self._sandbox.fail_next(**given)
        return self._failures(asked)

    def _forget_failures(self, asked: Asked) -> dict[str, Any]:
        self._sandbox.forget_next("failures")
        self._sandbox.fail_share(0)
        return self._failures(asked)

    def _reject_next(self, asked: Asked) -> dict[str, Any]:
        given = dict(asked.fields)
        for _ in range(int(given.pop("times", 1))):
            self._sandbox.reject_next(**given)
        return self._waiting("rejections")

    def _word_next(self, asked: Asked) -> dict[str, Any]:
        for _ in range(asked.fields.get("times", 1)):
            self._sandbox.status_word_next(asked.fields["word"])
        return self._waiting("status_words")

    def _waiting(self, name: str) -> dict[str, Any]:
        return {"waiting": self._sandbox.coming()[name]}

    def _forget(self, name: str) -> dict[str, Any]:
        self._sandbox.forget_next(name)
        return self._waiting(name)

    def _occupy(self, asked: Asked) -> dict[str, Any]:
        self._sandbox.occupy_streaming_hosts(asked.fields["busy"])
        return {"busy": asked.fields["busy"]}

    def _events(self, asked: Asked) -> EventStream:
        return EventStream(self._sandbox, lambda: self._clock(asked), dict(EVENT_HEADERS))


def _stands_still(clock: object) -> bool:
    return isinstance(clock, ManualClock)


def _call(change: Callable[..., None], **arguments: Any) -> None:
    try:
        change(**arguments)
    except ValueError as problem:
        raise BadFieldError(str(problem)) from None


def _few(value: object) -> str | None:
    fits = whole_number(value) is None and 1 <= int(str(value)) <= _PAGE
    return None if fits else f"a whole number from 1 to {_PAGE}"


def _code(value: object) -> str | None:
    return None if whole_number(value) is None and value else "a whole number from 1"
