"""What users get for their own tests: clients whose waits cost no time, and the pytest fixture."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import textwrap
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from a2e_sdk import TaskStatus, errors
from a2e_sdk.sandbox import Fault, ManualClock, SandboxForTests
from a2e_sdk.sandbox.testing import AsyncTurningClock, TurningClock

FACE = "https://example.com/face.png"
VIDEO = "https://example.com/clip.mp4"
ID = "6674f1765699df7e9d25311a"
START = datetime(2026, 1, 1, tzinfo=UTC)


def elapsed(sandbox: SandboxForTests) -> float:
    return (sandbox.clock.now() - START).total_seconds()


def test_the_pause_of_a_client_turns_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_: float) -> None:
        pytest.fail("slept")

    monkeypatch.setattr("time.sleep", never)
    sandbox = SandboxForTests()
    sandbox.faults.add(Fault.rate_limited(retry_after=40))
    assert sandbox.client().face_swap.tasks.get(ID).id == ID
    assert elapsed(sandbox) >= 40
    sandbox.faults.add(Fault.rate_limited(retry_after=40))
    with pytest.raises(errors.RateLimitError):
        sandbox.client(max_retries=0).face_swap.tasks.get(ID)


def test_the_pause_of_an_async_client_turns_the_clock_and_lets_others_run() -> None:
    sandbox = SandboxForTests()
    sandbox.faults.add(Fault.rate_limited(retry_after=40))
    ran: list[float] = []

    async def other() -> None:
        ran.append(elapsed(sandbox))

    async def main() -> None:
        a2e = sandbox.async_client()
        reading = asyncio.create_task(a2e.face_swap.tasks.get(ID))
        await asyncio.gather(reading, other())
        assert reading.result().id == ID

    asyncio.run(main())
    assert len(ran) == 1
    assert elapsed(sandbox) >= 40


def test_all_clients_of_a_sandbox_see_the_same_tasks_and_time() -> None:
    sandbox = SandboxForTests(completed_after=90)
    one, two = sandbox.client(), sandbox.client()
    task = one.face_swap.tasks.create(face=FACE, video=VIDEO, name="x")
    assert two.face_swap.tasks.get(task.id).status is TaskStatus.QUEUED
    one.api.clock.pause(90)
    assert two.face_swap.tasks.get(task.id).status is TaskStatus.SUCCEEDED
    assert two.api.clock.now() == one.api.clock.now() == sandbox.clock.now().timestamp()


def test_a_copy_of_a_client_keeps_the_clock() -> None:
    sandbox = SandboxForTests()
    sandbox.client().with_options(max_retries=1).api.clock.pause(5)
    assert elapsed(sandbox) == 5


def test_a_clock_of_the_tests_own_can_be_given() -> None:
    clock = ManualClock(datetime(2030, 5, 1, tzinfo=UTC))
    sandbox = SandboxForTests(clock=clock, seed_records=False)
    assert sandbox.clock is clock
    assert sandbox.client().face_swap.tasks.list().to_list() == []


@pytest.mark.parametrize("seconds", [-1.0, 0.0])
def test_no_pause_turns_the_clock_backwards(seconds: float) -> None:
    clock = ManualClock()
    TurningClock(clock).pause(seconds)
    asyncio.run(AsyncTurningClock(clock).pause_async(seconds))
    assert clock.now() == START


def run_pytest(folder: Path, source: str, *more: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_theirs.py").write_text(textwrap.dedent(source))
    options: list[Any] = ["-p", "a2e_sdk.sandbox.pytest_plugin", "-p", "no:cacheprovider"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *options, *more, "test_theirs.py"],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        # Without its entry point, so that the plugin is there once whether installed or not.
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
    )


def test_the_fixture_gives_each_test_a_fresh_sandbox(tmp_path: Path) -> None:
    done = run_pytest(
        tmp_path,
        f"""
        import pytest

        @pytest.mark.parametrize("time", [1, 2])
        def test_start(a2e_sandbox, time):
            a2e = a2e_sandbox.client()
            a2e.face_swap.tasks.create(face={FACE!r}, video={VIDEO!r}, name="x")
            assert len(a2e_sandbox.coins) == 1
            assert a2e.face_swap.tasks.list().total == 4

        def test_async(a2e_sandbox):
            import asyncio
            page = asyncio.run(a2e_sandbox.async_client().face_swap.tasks.page())
            assert page.total == 3

        def test_failing(a2e_sandbox):
            assert a2e_sandbox.coins.balance == 0
        """,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 failed, 3 passed" in done.stdout


def test_a_marker_gives_the_fixture_other_settings(tmp_path: Path) -> None:
    done = run_pytest(
        tmp_path,
        """
        import pytest

        pytestmark = pytest.mark.a2e_sandbox(coins=70, max_running=3)

        def test_of_the_module(a2e_sandbox):
            assert (a2e_sandbox.coins.balance, a2e_sandbox.running_limit.max_running) == (70, 3)

        @pytest.mark.a2e_sandbox(max_running=1)
        def test_its_own(a2e_sandbox):
            assert (a2e_sandbox.coins.balance, a2e_sandbox.running_limit.max_running) == (70, 1)

        @pytest.mark.a2e_sandbox(nonsense=1)
        def test_wrong(a2e_sandbox):
            pass
        """,
        "--strict-markers",
    )
    assert "2 passed, 1 error" in done.stdout, done.stdout + done.stderr
    assert "nonsense" in done.stdout


def test_the_plugin_loads_nothing_of_the_sdk_before_a_test_asks(tmp_path: Path) -> None:
    done = run_pytest(
        tmp_path,
        """
        import sys

        def test_loaded():
            loaded = {name for name in sys.modules if name.partition(".")[0] == "a2e_sdk"}
            assert loaded == {"a2e_sdk", "a2e_sdk.sandbox", "a2e_sdk.sandbox.pytest_plugin"}
            assert not {"attr", "attrs", "httpx", "a2e_api"} & set(sys.modules)
        """,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_public_name_of_the_sandbox_can_be_imported_and_nothing_else() -> None:
    import a2e_sdk.sandbox

    for name in a2e_sdk.sandbox.__all__:
        assert getattr(a2e_sdk.sandbox, name) is not None
    assert set(a2e_sdk.sandbox.__all__) <= set(dir(a2e_sdk.sandbox))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        a2e_sdk.sandbox.nothing  # noqa: B018
