"""The control endpoints of the request log, and its rows as JSON.

This module owns what a row says; it is written when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from typing import Any

from a2e_sdk.sandbox.received.request import ReceivedRequest
from a2e_sdk.sandbox.sandbox import Sandbox
from a2e_sdk.sandbox.state.clock import wire_time
from a2e_sdk.sandbox.state.starts import RepeatedStart

from .call import Asked, Endpoint, Table
from .fault_names import named_fault

__all__ = ["RequestEndpoints"]


class RequestEndpoints:
    """The endpoints of the request log of one sandbox.

    Args:
        sandbox: the sandbox.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def table(self) -> Table:
        """Return the endpoints."""
        return {
            "/requests": {"GET": Endpoint(self._requests), "DELETE": Endpoint(self._clear)},
        }

    def _requests(self, asked: Asked) -> dict[str, Any]:
        log = self._sandbox.requests
        after, limit = asked.part()
        wanted = asked.query.get("operation")
        chosen = (
            received
            for received in log
            if received.number > after and wanted in (None, received.operation)
        )
        shown = list(islice(chosen, limit))
        # The ledger is looked through only where something was started twice.
        repeats = any(one.started and one.started.repeats is not None for one in shown)
        paid_again = _paid_again(self._sandbox.repeated_starts()) if repeats else ()
        counts = log.counts
        return {
            "total": sum(counts.values()),
            "unknown_paths": counts.pop(None, 0),
            "counts": {str(name): count for name, count in counts.items()},
            "requests": [_row(received, paid_again) for received in shown],
        }

    def _clear(self, _asked: Asked) -> dict[str, Any]:
        self._sandbox.requests.clear()
        return {"total": 0}


def _paid_again(groups: list[RepeatedStart]) -> set[int | None]:
    """Return the numbers of the requests that paid for what an earlier one had paid for."""
    found: set[int | None] = set()
    for group in groups:
        paid = [start.request for start in group.starts if start.coins > start.refunded]
        found.update(paid[1:])
    return found


def _row(received: ReceivedRequest, paid_again: Collection[int | None]) -> dict[str, Any]:
    return {
        "number": received.number,
        "method": received.method,
        "path": received.path,
        "operation": received.operation,
        "query": dict(received.query),
        "header_names": sorted(received.header_names),
        "at": wire_time(received.at),
        "body": received.body,
        "body_bytes": received.body_bytes,
        "body_kept": received.body_kept,
        "status": received.status,
        "code": received.code,
        "message": received.message,
        "outcome": received.outcome,
        "seconds": round(received.seconds, 6),
        "delay": received.delay,
        "attempt": received.attempt,
        "retry_of": received.retry_of,
        "fault": _fault(received),
        "problems": list(received.problems),
        "started": _started(received, paid_again),
    }


def _fault(received: ReceivedRequest) -> dict[str, Any] | None:
    if received.fault is None:
        return None
    name, arguments = named_fault(received.fault)
    return {"id": received.fault_id, "fault": name, "arguments": arguments}


def _started(
    received: ReceivedRequest, paid_again: Collection[int | None]
) -> dict[str, Any] | None:
    start = received.started
    if start is None:
        return None
    return {
        "task_ids": list(start.task_ids),
        "coins": start.coins,
        "repeats": start.repeats,
        "paid_twice": received.number in paid_again,
    }
