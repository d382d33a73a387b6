"""The sandbox's own endpoints, ``/__sandbox__/...``: its handles for tests in any language.

Owns their paths, what they take and what they return. Everything is JSON: a response is an object,
a refusal has one key, ``error``. What the handles do is the business of `Sandbox`; who may use them
is decided before, in `control_guard`. These requests are not logged and meet no faults.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

from attrs import evolve, frozen

from .answers import json_reply
from .clock import AdjustableClock, ManualClock, wire_time
from .control_fields import (
    BadFieldError,
    Field,
    boolean,
    checked_fields,
    json_body,
    seconds,
    share,
    text,
    times,
    whole_number,
)
from .control_guard import is_foreign_page
from .fault_names import CUSTOM, FAULT_ARGUMENTS, describe_fault, fault_of
from .fault_script import WaitingFault
from .faults import Fault
from .messages import SandboxReply, SandboxRequest
from .sandbox import Sandbox

__all__ = [
    "CONTROL_PATH",
    "MAX_CONTROL_BYTES",
    "Control",
    "arm_fault",
    "control_error",
    "is_control_path",
]

CONTROL_PATH = "/__sandbox__"
"""Where the paths of all control endpoints begin."""

MAX_CONTROL_BYTES = 1024 * 1024
"""Bytes that the body of a control request may have."""

_PAGE = 1_000
_LAST_YEAR = 9_000
_HEADERS = {
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


class _RefusedControl(Exception):
    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


@frozen
class _Asked:
    """What a control request says: the checked fields, the query, the number in its path."""

    fields: Mapping[str, Any]
    query: Mapping[str, str]
    number: int = 0

    def count(self, name: str, default: int) -> int:
        word = self.query.get(name, str(default))
        if not (word.isascii() and word.isdigit() and len(word) <= 15):
            raise BadFieldError(f"{name} must be a whole number, 0 or more; it is {word[:60]!r}")
        return int(word)


@frozen
class _Endpoint:
    handler: Callable[[_Asked], Mapping[str, Any]]
    fields: tuple[Field, ...] | None = ()
    status: int = 200


def is_control_path(path: str) -> bool:
    """Tell whether a path belongs to a control endpoint.

    Args:
        path: path as on the wire, without the query.
    """
    begin = path[: len(CONTROL_PATH) + 1].lower()
    return begin in (CONTROL_PATH, f"{CONTROL_PATH}/")


def control_error(status: int, text: str) -> SandboxReply:
    """Refuse a control request.

    Args:
        status: HTTP status code.
        text: what is wrong, and what to do.

    Returns:
        The reply.
    """
    return _reply({"error": text}, status)


def _reply(value: Mapping[str, Any], status: int) -> SandboxReply:
    reply = json_reply(value, status)
    return evolve(reply, headers=reply.headers | _HEADERS)


class Control:
    """The control endpoints of one sandbox.

    Args:
        sandbox: what they control.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._names: dict[int, tuple[str, Mapping[str, Any]]] = {}
        self._endpoints = self._table()

    def handle(self, request: SandboxRequest) -> SandboxReply:
        """Deal with one request.

        Args:
            request: what arrived, under a path of `CONTROL_PATH`.

        Returns:
            The reply; nothing is raised, whatever arrived.
        """
        if is_foreign_page(request.headers):
            return control_error(403, "web pages of other sites may not use these endpoints")
        try:
            return self._answer(request)
        except BadFieldError as problem:
            return control_error(400, str(problem))
        except _RefusedControl as refusal:
            return control_error(refusal.status, str(refusal))

    def _answer(self, request: SandboxRequest) -> SandboxReply:
        path = request.path[len(CONTROL_PATH) :].lower().removesuffix("/") or "/"
        head, _, last = path.rpartition("/")
        number = 0
        if head and last.isascii() and last.isdigit() and len(last) <= 15:
            path, number = f"{head}/{{id}}", int(last)
        methods = self._endpoints.get(path)
        if methods is None:
            raise _RefusedControl(404, f"no such endpoint; there are {self._paths()}")
        method = "GET" if request.method == "HEAD" else request.method
        endpoint = methods.get(method)
        if endpoint is None:
            allowed = ", ".join(sorted(methods))
            reply = control_error(405, f"{request.method} is not allowed here; {allowed} is")
            return evolve(reply, headers=reply.headers | {"allow": allowed})
        if request.body or method in ("POST", "PUT"):
            _require_json(request.headers)
        values = json_body(request.body)
        fields = endpoint.fields
        checked = values if fields is None else checked_fields(values, fields)
        asked = _Asked(checked, request.query, number)
        return _reply(endpoint.handler(asked), endpoint.status)

    def _paths(self) -> list[str]:
        return [CONTROL_PATH + path.removesuffix("/") for path in self._endpoints]

    def _table(self) -> dict[str, dict[str, _Endpoint]]:
        """Return the endpoints by path and method."""
        why = (Field("message", text), Field("code", text))
        return {
            "/": {"GET": _Endpoint(self._index)},
            "/state": {"GET": _Endpoint(self._state)},
            "/reset": {"POST": _Endpoint(self._reset)},
            "/clock": {
                "GET": _Endpoint(self._clock),
                "PUT": _Endpoint(self._set_clock, (Field("paused", boolean, required=True),)),
            },
            "/clock/advance": {
                "POST": _Endpoint(self._advance, (Field("seconds", seconds, required=True),))
            },
            "/pace": {
                "GET": _Endpoint(self._pace),
                "PUT": _Endpoint(
                    self._set_pace,
                    tuple(Field(name, seconds) for name in self._sandbox.pace),
                ),
            },
            "/failures": {
                "GET": _Endpoint(self._failures),
                "PUT": _Endpoint(self._fail_share, (Field("share", share, required=True), *why)),
                "POST": _Endpoint(self._fail_next, (*why, Field("times", _few)), 201),
                "DELETE": _Endpoint(self._forget_failures),
            },
            "/rejections": {
                "GET": _Endpoint(lambda _: self._waiting("rejections")),
                "POST": _Endpoint(
                    self._reject_next,
                    (Field("code", _code), Field("message", text), Field("times", _few)),
                    201,
                ),
                "DELETE": _Endpoint(lambda _: self._forget("rejections")),
            },
            "/status-words": {
                "GET": _Endpoint(lambda _: self._waiting("status_words")),
                "POST": _Endpoint(
                    self._word_next,
                    (Field("word", text, required=True), Field("times", _few)),
                    201,
                ),
                "DELETE": _Endpoint(lambda _: self._forget("status_words")),
            },
            "/streaming-hosts": {
                "PUT": _Endpoint(self._occupy, (Field("busy", boolean, required=True),))
            },
            "/coins": {
                "GET": _Endpoint(self._coins),
                "PUT": _Endpoint(self._set_coins, (Field("balance", whole_number, required=True),)),
            },
            "/prices": {
                "GET": _Endpoint(self._prices),
                "PUT": _Endpoint(self._set_prices, None),
            },
            "/faults": {
                "GET": _Endpoint(self._faults),
                "POST": _Endpoint(self._add_fault, None, 201),
                "DELETE": _Endpoint(self._clear_faults),
            },
            "/faults/kinds": {"GET": _Endpoint(self._kinds)},
            "/faults/{id}": {"DELETE": _Endpoint(self._remove_fault)},
            "/operations": {"GET": _Endpoint(self._operations)},
            "/requests": {
                "GET": _Endpoint(self._requests),
                "DELETE": _Endpoint(self._clear_requests),
            },
        }

    def _index(self, _asked: _Asked) -> dict[str, Any]:
        return {
            "endpoints": [
                {"path": CONTROL_PATH + path.removesuffix("/"), "methods": sorted(methods)}
                for path, methods in self._endpoints.items()
            ]
        }

    def _state(self, asked: _Asked) -> dict[str, Any]:
        sandbox = self._sandbox
        return {
            "clock": self._clock(asked),
            "pace": sandbox.pace,
            "failures": self._failures(asked),
            "coins": {"balance": sandbox.coins.balance, "entries": len(sandbox.coins)},
            "faults": len(sandbox.faults),
            "requests": sandbox.requests.total,
            "public_url": sandbox.public_url,
        }

    def _reset(self, asked: _Asked) -> dict[str, Any]:
        self._sandbox.reset()
        return self._state(asked)

    def _clock(self, _asked: _Asked) -> dict[str, Any]:
        clock = self._sandbox.clock
        paused = clock.paused if isinstance(clock, AdjustableClock) else _stands_still(clock)
        return {"now": wire_time(clock.now()), "paused": paused}

    def _set_clock(self, asked: _Asked) -> dict[str, Any]:
        clock, paused = self._sandbox.clock, asked.fields["paused"]
        if isinstance(clock, AdjustableClock):
            if paused:
                clock.pause()
            else:
                clock.resume()
        elif paused is not _stands_still(clock):
            raise _RefusedControl(409, "this sandbox was given a clock that can't be changed so")
        return self._clock(asked)

    def _advance(self, asked: _Asked) -> dict[str, Any]:
        clock = self._sandbox.clock
        if not isinstance(clock, AdjustableClock | ManualClock):
            raise _RefusedControl(409, "this sandbox was given a clock that can't be turned")
        if clock.now().year >= _LAST_YEAR:
            raise _RefusedControl(409, f"the clock can't go beyond the year {_LAST_YEAR}")
        clock.advance(asked.fields["seconds"])
        return self._clock(asked)

    def _pace(self, _asked: _Asked) -> dict[str, Any]:
        return self._sandbox.pace

    def _set_pace(self, asked: _Asked) -> dict[str, Any]:
        _call(self._sandbox.set_pace, **asked.fields)
        return self._sandbox.pace

    def _failures(self, _asked: _Asked) -> dict[str, Any]:
        chosen = self._sandbox.failure_share
        return {
            "share": chosen.share,
            "message": chosen.failure.message,
            "code": chosen.failure.code,
            **self._waiting("failures"),
        }

    def _fail_share(self, asked: _Asked) -> dict[str, Any]:
        self._sandbox.fail_share(**asked.fields)
        return self._failures(asked)

    def _fail_next(self, asked: _Asked) -> dict[str, Any]:
        given = {"message": "failed", **asked.fields}
        for _ in range(given.pop("times", 1)):
            self._sandbox.fail_next(**given)
        return self._failures(asked)

    def _forget_failures(self, asked: _Asked) -> dict[str, Any]:
        self._sandbox.forget_next("failures")
        self._sandbox.fail_share(0)
        return self._failures(asked)

    def _reject_next(self, asked: _Asked) -> dict[str, Any]:
        given = dict(asked.fields)
        for _ in range(given.pop("times", 1)):
            self._sandbox.reject_next(**given)
        return self._waiting("rejections")

    def _word_next(self, asked: _Asked) -> dict[str, Any]:
        for _ in range(asked.fields.get("times", 1)):
            self._sandbox.status_word_next(asked.fields["word"])
        return self._waiting("status_words")

    def _waiting(self, name: str) -> dict[str, Any]:
        return {"waiting": self._sandbox.coming()[name]}

    def _forget(self, name: str) -> dict[str, Any]:
        self._sandbox.forget_next(name)
        return self._waiting(name)

    def _occupy(self, asked: _Asked) -> dict[str, Any]:
        self._sandbox.occupy_streaming_hosts(asked.fields["busy"])
        return {"busy": asked.fields["busy"]}

    def _coins(self, asked: _Asked) -> dict[str, Any]:
        coins = self._sandbox.coins
        after, limit = asked.count("after", 0), asked.count("limit", _PAGE)
        entries = [
            {
                "number": number,
                "task_id": entry.task_id,
                "amount": entry.amount,
                "reason": entry.reason,
                "at": wire_time(entry.at),
            }
            for number, entry in enumerate(coins[after : after + limit], after + 1)
        ]
        return {"balance": coins.balance, "total": len(coins), "entries": entries}

    def _set_coins(self, asked: _Asked) -> dict[str, Any]:
        self._sandbox.coins.balance = asked.fields["balance"]
        return {"balance": asked.fields["balance"]}

    def _prices(self, _asked: _Asked) -> dict[str, Any]:
        return {"prices": self._sandbox.prices}

    def _set_prices(self, asked: _Asked) -> dict[str, Any]:
        known = sorted(self._sandbox.prices)
        checked_fields(asked.fields, [Field(name, whole_number) for name in known])
        for operation, price in asked.fields.items():
            self._sandbox.set_price(operation, price)
        return self._prices(asked)

    def _faults(self, _asked: _Asked) -> dict[str, Any]:
        waiting = self._sandbox.faults.waiting
        names = self._names
        self._names = {one.id: names[one.id] for one in waiting if one.id in names}
        return {"faults": [self._described(one) for one in waiting]}

    def _add_fault(self, asked: _Asked) -> dict[str, Any]:
        waiting = arm_fault(self._sandbox, asked.fields)
        self._names[waiting.id] = (asked.fields["fault"], asked.fields.get("arguments", {}))
        return self._described(waiting)

    def _described(self, waiting: WaitingFault) -> dict[str, Any]:
        # One that was added in Python is known by what it does alone.
        named = self._names.get(waiting.id, (CUSTOM, describe_fault(waiting.fault)))
        return {
            "id": waiting.id,
            "fault": named[0],
            "arguments": named[1],
            "operation": waiting.operation,
            "times": waiting.times,
        }

    def _clear_faults(self, _asked: _Asked) -> dict[str, Any]:
        self._sandbox.faults.clear()
        return {"faults": []}

    def _remove_fault(self, asked: _Asked) -> dict[str, Any]:
        if not self._sandbox.faults.remove(asked.number):
            raise _RefusedControl(404, f"no fault {asked.number} waits")
        return {"removed": asked.number}

    def _kinds(self, _asked: _Asked) -> dict[str, Any]:
        return {
            "kinds": [
                {
                    "fault": name,
                    "help": _first_line(Fault if name == CUSTOM else getattr(Fault, name)),
                    "arguments": [
                        {"name": field.name, "required": field.required} for field in fields
                    ],
                }
                for name, fields in FAULT_ARGUMENTS.items()
            ]
        }

    def _operations(self, _asked: _Asked) -> dict[str, Any]:
        return {"operations": sorted(self._sandbox.operations)}

    def _requests(self, asked: _Asked) -> dict[str, Any]:
        log = self._sandbox.requests
        after, limit = asked.count("after", 0), asked.count("limit", _PAGE)
        wanted = asked.query.get("operation")
        rows = (
            {
                "number": number,
                "method": received.method,
                "path": received.path,
                "operation": received.operation,
                "query": dict(received.query),
                "header_names": sorted(received.header_names),
                "at": wire_time(received.at),
            }
            for number, received in log.numbered()
            if number > after and wanted in (None, received.operation)
        )
        counts = log.counts
        return {
            "total": sum(counts.values()),
            "unknown_paths": counts.pop(None, 0),
            "counts": {str(name): count for name, count in counts.items()},
            "requests": list(islice(rows, limit)),
        }

    def _clear_requests(self, _asked: _Asked) -> dict[str, Any]:
        self._sandbox.requests.clear()
        return {"total": 0}


def arm_fault(sandbox: Sandbox, given: Mapping[str, Any]) -> WaitingFault:
    """Let coming requests meet a fault that is given as JSON.

    Args:
        sandbox: the sandbox.
        given: ``fault``, its name; ``arguments``, ``operation`` and ``times``, which may be left
            out.

    Returns:
        What waits now.

    Raises:
        BadFieldError: a field is missing, unknown or wrong.
    """
    fields = checked_fields(given, _FAULT_FIELDS)
    fault = fault_of(fields["fault"], fields.get("arguments", {}))
    operation, left = fields.get("operation"), fields.get("times", 1)
    try:
        number = sandbox.faults.add(fault, operation, left)
    except ValueError:
        text = f"no operation {operation!r}; {CONTROL_PATH}/operations lists them"
        raise BadFieldError(text) from None
    return WaitingFault(number, fault, operation, left)


def _require_json(headers: Mapping[str, str]) -> None:
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise _RefusedControl(415, "send JSON, with Content-Type: application/json")


def _stands_still(clock: object) -> bool:
    return isinstance(clock, ManualClock)


def _first_line(documented: object) -> str:
    return (documented.__doc__ or "").partition("\n\n")[0].replace("\n", " ").strip()


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


def _object(value: object) -> str | None:
    return None if isinstance(value, dict) else "an object"


def _text_or_null(value: object) -> str | None:
    return None if value is None or isinstance(value, str) else "a string or null"


_FAULT_FIELDS = (
    Field("fault", text, required=True),
    Field("arguments", _object),
    Field("operation", _text_or_null),
    Field("times", times),
)
