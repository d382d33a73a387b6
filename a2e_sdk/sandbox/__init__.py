"""A stand-in for the A2E server, for trying things out and for tests.

It speaks the wire format with its quirks, keeps tasks, faces and coins in memory, and lets things
go wrong on purpose. It needs no network and no token. `a2e_sdk.sandbox.http_server` serves it over
real HTTP.

    sandbox = Sandbox(clock=ManualClock())
    request = SandboxRequest.from_target(
        "GET",
        "/api/v1/userFaceSwapTask/records?pageNum=1&pageSize=10",
        {"Authorization": "Bearer sk_test"},
    )
    reply = sandbox.handle(request)

It is not A2E: prices, pace and the texts of its errors are its own, webhooks are accepted but never
called, inputs are never fetched, and nothing is ever rate-limited unless a fault says so.
"""

from __future__ import annotations

from .clock import Clock, ManualClock, SystemClock
from .faults import Fault, FaultScript
from .ledger import CoinEntry, CoinLedger
from .messages import Connection, SandboxReply, SandboxRequest
from .request_log import ReceivedRequest, RequestLog
from .sandbox import DEFAULT_PUBLIC_URL, Sandbox
from .validation import INVALID_TOKEN, INVALID_TOKEN_UNDER_200

__all__ = [
    "DEFAULT_PUBLIC_URL",
    "INVALID_TOKEN",
    "INVALID_TOKEN_UNDER_200",
    "Clock",
    "CoinEntry",
    "CoinLedger",
    "Connection",
    "Fault",
    "FaultScript",
    "ManualClock",
    "ReceivedRequest",
    "RequestLog",
    "Sandbox",
    "SandboxReply",
    "SandboxRequest",
    "SystemClock",
]
