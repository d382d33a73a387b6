"""What the tests of runs of batches share: jobs, and a run with a client of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from a2e_sdk import JobOutcome
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.transport import SandboxTransport
from driver import Driver


@pytest.fixture
def new_batch(driver: Driver, sandbox: Sandbox, tmp_path: Path) -> Callable[..., Any]:
    """Make a batch with a client of its own, as a new process would."""

    def make(
        jobs: Any = None,
        client: dict[str, Any] | None = None,
        transport: Any = None,
        **options: Any,
    ) -> Any:
        a2e = driver.client(
            region="sandbox",
            http_client=transport or SandboxTransport(sandbox),
            **{"journal": tmp_path / "journal.db", **(client or {})},
        )
        return a2e.batch(jobs, **{"output": tmp_path / "out", **options})

    return make


@pytest.fixture
def run(driver: Driver, new_batch: Callable[..., Any]) -> Callable[..., list[JobOutcome]]:
    """Run a batch to its end."""

    def run_batch(*arguments: Any, **options: Any) -> list[JobOutcome]:
        return driver.items(new_batch(*arguments, **options))

    return run_batch
