"""A stand-in for the A2E server, for trying things out and for tests.

It speaks the wire format with its quirks, keeps tasks, faces, files and coins in memory, and lets
things go wrong on purpose. It needs no network and no token. `a2e_sdk.sandbox.http_server` serves
it over real HTTP, `a2e_sdk.sandbox.testing` puts clients on it whose waits turn its clock.

    sandbox = Sandbox(clock=ManualClock())
    request = SandboxRequest.from_target(
        "GET",
        "/api/v1/userFaceSwapTask/records?pageNum=1&pageSize=10",
        {"Authorization": "Bearer sk_test"},
    )
    reply = sandbox.handle(request)

It is not A2E: prices, pace, the texts of its errors and the bodies of its webhooks are its own,
inputs are never fetched, and nothing is limited unless a fault or ``max_running`` says so.

This module owns the list of public names. Each is imported when it is first used, so that pytest
can load the plugin beside it in every run without a delay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from a2e_sdk.sandbox.faults.fault import Fault
    from a2e_sdk.sandbox.faults.script import FaultScript
    from a2e_sdk.sandbox.protocol.messages import Connection, SandboxReply, SandboxRequest
    from a2e_sdk.sandbox.protocol.tokens import INVALID_TOKEN, INVALID_TOKEN_UNDER_200
    from a2e_sdk.sandbox.received.log import RequestLog
    from a2e_sdk.sandbox.received.request import ReceivedRequest
    from a2e_sdk.sandbox.saving.document import SavedStateError
    from a2e_sdk.sandbox.sections.uploads import UploadedFile
    from a2e_sdk.sandbox.state.clock import AdjustableClock, Clock, ManualClock, SystemClock
    from a2e_sdk.sandbox.state.deliveries import Attempt, Delivery, DeliveryInProgressError
    from a2e_sdk.sandbox.state.ledger import CoinEntry, CoinLedger
    from a2e_sdk.sandbox.state.revisions import Revisions
    from a2e_sdk.sandbox.state.running import RunningLimit
    from a2e_sdk.sandbox.state.starts import RepeatedStart, Start
    from a2e_sdk.sandbox.tasks.overview import SandboxTask
    from a2e_sdk.sandbox.webhooks.delivering import Webhooks

    from .sandbox import DEFAULT_PUBLIC_URL, Sandbox
    from .testing import SandboxForTests

# Module -> the public names it defines.
_EXPORTS = {
    "state.clock": ("AdjustableClock", "Clock", "ManualClock", "SystemClock"),
    "faults.script": ("FaultScript",),
    "faults.fault": ("Fault",),
    "state.deliveries": ("Attempt", "Delivery", "DeliveryInProgressError"),
    "state.ledger": ("CoinEntry", "CoinLedger"),
    "protocol.messages": ("Connection", "SandboxReply", "SandboxRequest"),
    "received.log": ("RequestLog",),
    "received.request": ("ReceivedRequest",),
    "state.revisions": ("Revisions",),
    "state.running": ("RunningLimit",),
    "state.starts": ("RepeatedStart", "Start"),
    "tasks.overview": ("SandboxTask",),
    "sandbox": ("DEFAULT_PUBLIC_URL", "Sandbox"),
    "testing": ("SandboxForTests",),
    "webhooks.delivering": ("Webhooks",),
    "saving.document": ("SavedStateError",),
    "sections.uploads": ("UploadedFile",),
    "protocol.tokens": ("INVALID_TOKEN", "INVALID_TOKEN_UNDER_200"),
}

__all__ = [
    "DEFAULT_PUBLIC_URL",
    "INVALID_TOKEN",
    "INVALID_TOKEN_UNDER_200",
    "AdjustableClock",
    "Attempt",
    "Clock",
    "CoinEntry",
    "CoinLedger",
    "Connection",
    "Delivery",
    "DeliveryInProgressError",
    "Fault",
    "FaultScript",
    "ManualClock",
    "ReceivedRequest",
    "RepeatedStart",
    "RequestLog",
    "Revisions",
    "RunningLimit",
    "Sandbox",
    "SandboxForTests",
    "SandboxReply",
    "SandboxRequest",
    "SandboxTask",
    "SavedStateError",
    "Start",
    "SystemClock",
    "UploadedFile",
    "Webhooks",
]


def __getattr__(name: str) -> Any:
    for home, names in _EXPORTS.items():
        if name in names:
            from importlib import import_module

            value = getattr(import_module(f"{__name__}.{home}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
