"""A sandbox whose clock is turned, a journal beside it, and a client of each mode on both."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from journal_cases import client

from a2e_sdk.sandbox import SandboxForTests
from driver import Driver
from postgres_server import with_schema


@pytest.fixture(autouse=True)
def _no_journal_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("A2E_JOURNAL", raising=False)
    if os.environ.get("A2E_TEST_POSTGRES"):
        # Some tests have a hundred journals, each with its connection for a while.
        monkeypatch.setattr("a2e_sdk._journal.database._IDLE_SECONDS", 1.0)


@pytest.fixture
def sandbox() -> SandboxForTests:
    return SandboxForTests(seed_records=False)


@pytest.fixture
def new_journal(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[], Any]:
    """Name a journal that is not there yet: a file, or on the server that the session tests with."""
    numbers = itertools.count()
    if not os.environ.get("A2E_TEST_POSTGRES"):
        return lambda: tmp_path / f"jobs{next(numbers) or ''}.db"
    url: str = request.getfixturevalue("postgres")
    return lambda: with_schema(url)


@pytest.fixture
def path(new_journal: Callable[[], Any]) -> Any:
    """Where the journal is."""
    return new_journal()


@pytest.fixture
def a2e(driver: Driver, sandbox: SandboxForTests, path: Path) -> Any:
    """A client of either mode with a journal."""
    return client(driver, sandbox, path)


@pytest.fixture
def new_client(driver: Driver, sandbox: SandboxForTests, path: Path) -> Callable[..., Any]:
    """Build further clients on the same sandbox and journal."""

    def build(journal: Path | None = path, **options: Any) -> Any:
        return client(driver, sandbox, journal, **options)

    return build
