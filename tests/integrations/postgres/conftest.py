"""A proxy before the PostgreSQL of the session, and a sandbox whose clock is turned."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

# What the tests of the journal share is used here too.
sys.path.insert(0, str(Path(__file__).parents[2] / "journal"))

from journal_cases import client

from a2e_sdk._journal import postgres as postgres_module
from a2e_sdk.sandbox import SandboxForTests
from driver import Driver
from postgres_proxy import Proxy
from postgres_server import with_schema


@pytest.fixture
def sandbox() -> SandboxForTests:
    return SandboxForTests(seed_records=False)


@pytest.fixture(params=["sync", "async"])
def driver(request: pytest.FixtureRequest) -> Iterator[Driver]:
    """Drives a client of each mode; what is in a database's thread is the same under trio."""
    driver = Driver(request.param)
    yield driver
    driver.finish()


@pytest.fixture
def proxy(postgres: str) -> Iterator[Proxy]:
    """A proxy that passes everything on until it is told otherwise."""
    running = Proxy(postgres)
    yield running
    running.close()


@pytest.fixture
def path(proxy: Proxy) -> str:
    """The URL of a journal that is not there yet, behind the proxy."""
    return with_schema(proxy.url)


@pytest.fixture
def new_client(driver: Driver, sandbox: SandboxForTests) -> Callable[..., Any]:
    """Build clients on the same sandbox."""

    def build(journal: str, **options: Any) -> Any:
        return client(driver, sandbox, journal, **options)  # type: ignore[arg-type]

    return build


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Wait shortly between attempts to connect, and set how long a server is waited for."""
    monkeypatch.setattr(postgres_module, "_FIRST_PAUSE", 0.005)
    monkeypatch.setattr(postgres_module, "_LONGEST_PAUSE", 0.05)

    def set_patience(seconds: float) -> None:
        monkeypatch.setattr(postgres_module, "PATIENCE_SECONDS", seconds)

    set_patience(20.0)
    return set_patience
