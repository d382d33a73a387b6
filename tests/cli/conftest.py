"""Ways to run ``a2e``: as a process of its own, and in this one, against a sandbox over HTTP."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli_runs import A2E_COMMAND, Environment, Outcome

import a2e_api
import a2e_sdk
from a2e_sdk.cli.app import run
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.http_server import SandboxServer, serve


@pytest.fixture
def environment() -> Environment:
    """Make the environment of a process: that of this one, its packages, and more variables."""
    homes = [str(Path(str(package.__file__)).parents[1]) for package in (a2e_sdk, a2e_api)]
    fixed = {
        "PYTHONPATH": os.pathsep.join(homes),
        "PYTHONIOENCODING": "utf-8",
        # Where this is set, output that stays in a buffer would never be met.
        "PYTHONUNBUFFERED": "",
    }

    def make(**variables: str) -> dict[str, str]:
        return os.environ | fixed | variables

    return make


@pytest.fixture
def process(environment: Environment) -> Callable[..., Outcome]:
    """Run ``a2e`` as a process whose output goes to a pipe."""

    def run_process(*arguments: str, **variables: str) -> Outcome:
        done = subprocess.run(
            [*A2E_COMMAND, *arguments],
            capture_output=True,
            encoding="utf-8",
            env=environment(**variables),
            timeout=60,
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    return run_process


@pytest.fixture
def a2e_cli(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Run ``a2e`` in this process, with its output to a pipe."""

    def run_here(*arguments: str) -> Outcome:
        capsys.readouterr()
        code = int(run(arguments))
        printed = capsys.readouterr()
        return Outcome(code, printed.out, printed.err)

    return run_here


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let output count as a terminal's, of a number of columns and without colours."""

    def be_wide(columns: int) -> None:
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("NO_COLOR", "1")
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.setenv("COLUMNS", str(columns))

    return be_wide


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SandboxServer]:
    """A sandbox over HTTP, and the environment that leads ``a2e`` to it."""
    with serve(Sandbox()) as running:
        monkeypatch.setenv("A2E_BASE_URL", running.url)
        monkeypatch.setenv("A2E_API_KEY", "sandbox")
        yield running
