"""The turned clock of the matrix, and the table at the end of the run."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest

from a2e_sdk._http.messages import AnyRequest
from a2e_sdk.sandbox import ManualClock, SandboxReply
from driver import Driver
from robustness.client_pairs import CLIENTS
from robustness.tally import TALLY, Tally


@pytest.fixture(autouse=True, scope="module")
def _quick_collections() -> Iterator[None]:
    """Let the garbage collections of a module's tests pass over all that was there before."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
def _quick_collection() -> None:
    """Let those of a test pass over what is left of the tests before it, likewise."""
    gc.freeze()


@pytest.fixture(params=CLIENTS)
def driver(request: pytest.FixtureRequest) -> Iterator[Driver]:
    """A client of each kind; the other event loops are a dimension of `test_edge_matrix`."""
    driver = Driver(request.param)
    yield driver
    driver.finish()


@pytest.fixture
def turned_clock(
    pauses: list[float], clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> ManualClock:
    """Let pauses and stalled answers turn the clock; nothing really waits."""

    def wait(reply: SandboxReply, request: AnyRequest) -> None:
        clock.advance(min(reply.delay, request.timeout.read))

    async def wait_async(reply: SandboxReply, request: AnyRequest) -> None:
        wait(reply, request)

    monkeypatch.setattr("a2e_sdk.sandbox.transport._wait", wait)
    monkeypatch.setattr("a2e_sdk.sandbox.transport._wait_async", wait_async)
    return clock


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Send a worker's figures to the process that prints them."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["tally"] = TALLY.as_data()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take in the figures of a worker that has ended."""
    TALLY.add(getattr(node, "workeroutput", {}).get("tally") or Tally().as_data())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    lines = TALLY.lines()
    if lines:
        terminalreporter.section("robustness")
        for line in lines:
            terminalreporter.write_line(line)
