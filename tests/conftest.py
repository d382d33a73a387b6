"""What all tests share: no key and no address from outside, a sandbox, a client of each mode."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from a2e_sdk.sandbox import ManualClock, Sandbox
from a2e_sdk.sandbox.transport import SandboxTransport
from driver import Driver

VARIABLES = ("A2E_API_KEY", "A2E_API_TOKEN", "A2E_REGION", "A2E_BASE_URL")
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*VARIABLES, *PROXIES, *map(str.lower, PROXIES)):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(params=["sync", "async"])
def driver(request: pytest.FixtureRequest) -> Iterator[Driver]:
    driver = Driver(request.param)
    yield driver
    driver.finish()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def sandbox(clock: ManualClock) -> Sandbox:
    return Sandbox(clock=clock)


@pytest.fixture
def a2e(driver: Driver, sandbox: Sandbox) -> Any:
    """A client of either mode on the sandbox of this test."""
    return driver.client(region="sandbox", http_client=SandboxTransport(sandbox))


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let retries happen at once; the list gets the seconds that each would have waited."""
    seconds: list[float] = []

    async def note_async(_: object, pause: float) -> None:
        seconds.append(pause)

    def note(_: object, pause: float) -> None:
        seconds.append(pause)

    monkeypatch.setattr("a2e_sdk.synchronous.concurrency.Timekeeper.pause", note)
    monkeypatch.setattr("a2e_sdk.asynchronous.concurrency.AsyncTimekeeper.pause_async", note_async)
    return seconds
