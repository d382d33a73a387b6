"""A start that is cancelled, or broken off by Ctrl-C, at any of its steps in a process that goes on.

No key is paid twice, nothing stays held, and the same key works again in the same client.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from journal_cases import FACE_SWAP, WAN, paid, require_sums_agree, spent, starts, until
from steps import AFTER_START, BEFORE_START, Steps, noted

from a2e_sdk import EntryState, errors
from a2e_sdk._tasks.recovery import SETTLED_SECONDS
from a2e_sdk.sandbox import Fault, SandboxForTests
from driver import Driver

pytestmark = [pytest.mark.once, pytest.mark.every_store]

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(100)
BUDGET = 1_000

CASES: dict[str, Callable[[Any, int], Any]] = {
    "create": lambda a2e, number: a2e.wan_25.create(key="the key", **WAN),
    "upload": lambda a2e, number: a2e.face_swap.tasks.create(
        key="the key", **{**FACE_SWAP, "face": PICTURE}
    ),
    # Its task is told by its inputs alone.
    "without a name": lambda a2e, number: a2e.head_swap.create(
        key="the key",
        image=f"https://example.com/{number}.png",
        target_image="https://example.com/g.png",
    ),
}
#: How long the thread of the database waits at a step, for Ctrl-C to come in the main thread.
MOMENT = 0.03


class Interruption:
    """Breaks a call off at one of its steps, from whichever thread that is."""

    def __init__(self, driver: Driver, at: int) -> None:
        self._driver = driver
        self._at = at
        self._cancel: Callable[[], object] = lambda: None

    def __call__(self, number: int, name: str) -> None:
        if number != self._at:
            return
        if self._driver.mode == "sync":
            if threading.current_thread() is threading.main_thread():
                raise KeyboardInterrupt
            os.kill(os.getpid(), signal.SIGINT)
        else:
            self._cancel()
        if threading.current_thread() is not threading.main_thread():
            time.sleep(MOMENT)

    def run(self, call: Callable[[], Any]) -> None:
        """Make a call that is broken off."""
        if self._driver.mode == "sync":
            with pytest.raises(KeyboardInterrupt):
                self._in_thread(call)
            return
        if self._driver.mode == "trio":
            self._driver.call(lambda: self._in_trio(call))
        else:
            self._driver.call(lambda: self._in_asyncio(call))

    def _in_thread(self, call: Callable[[], Any]) -> None:
        call()
        time.sleep(1)  # The signal may come a little later than the last step.

    async def _in_trio(self, call: Callable[[], Any]) -> None:
        import trio

        token = trio.lowlevel.current_trio_token()
        with trio.CancelScope() as scope:

            def cancel() -> None:
                try:
                    trio.lowlevel.current_task()
                except RuntimeError:
                    token.run_sync_soon(scope.cancel)
                else:
                    scope.cancel()

            self._cancel = cancel
            await call()
            await trio.sleep(0)

    async def _in_asyncio(self, call: Callable[[], Any]) -> None:
        loop, task = asyncio.get_running_loop(), asyncio.ensure_future(call())

        def cancel() -> None:
            if threading.current_thread() is threading.main_thread():
                task.cancel()
            else:
                loop.call_soon_threadsafe(task.cancel)

        self._cancel = cancel
        # The last step may be too late to be cancelled.
        await asyncio.gather(task, return_exceptions=True)


def recorded(driver: Driver, new_client: Callable[..., Any], path: Path, name: str) -> list[str]:
    steps = Steps(lambda number, name: None)
    with steps.commits():
        a2e = noted(new_client(path, budget=BUDGET), steps)
        driver.run(CASES[name](a2e, -1))
        names = list(steps.names)
    assert {BEFORE_START, AFTER_START} <= set(names)
    return names


# How a call is cancelled differs between event loops, and where it can be does between starts.
@pytest.mark.parametrize(
    ("driver", "name"),
    [
        *(("sync", name) for name in CASES),
        *(("async", name) for name in ("create", "upload")),
        ("trio", "create"),
        pytest.param("async", "without a name", marks=pytest.mark.nightly),
        pytest.param("trio", "without a name", marks=pytest.mark.nightly),
        pytest.param("trio", "upload", marks=pytest.mark.nightly),
    ],
    indirect=["driver"],
)
def test_cut_short_at_any_step_a_key_is_paid_once_and_works_again(
    driver: Driver,
    new_client: Callable[..., Any],
    sandbox: SandboxForTests,
    new_journal: Callable[[], Any],
    name: str,
) -> None:
    names = recorded(driver, new_client, new_journal(), name)
    for at in range(len(names)):
        path = new_journal()
        before, cost = starts(sandbox), spent(sandbox)
        interruption = Interruption(driver, at)
        steps = Steps(interruption)
        a2e = noted(new_client(path, budget=BUDGET), steps)
        with steps.commits():
            interruption.run(lambda: CASES[name](a2e, at))  # noqa: B023
            until(lambda: not a2e.api.journal.database._open)  # noqa: B023
        gc.collect()
        held = a2e.api.journal.steps.locks._held
        assert not held, (names[at], held)
        task = comes_to_its_end(driver, a2e, sandbox, partial(CASES[name], number=at))
        assert starts(sandbox) == before + 1, names[at]
        assert set(paid(sandbox).values()) == {1}
        again = driver.run(CASES[name](new_client(path, budget=BUDGET), at))
        assert again.id == task.id
        assert not held
        spending = driver.run(a2e.journal.spent())
        assert spending.reserved == 0, names[at]
        assert spent(sandbox) - cost <= spending.spent <= BUDGET
        require_sums_agree(path)


def comes_to_its_end(
    driver: Driver, a2e: Any, sandbox: SandboxForTests, call: Callable[[Any], Any]
) -> Any:
    for _ in range(2):
        try:
            return driver.run(call(a2e))
        except errors.SubmissionUnknownError:
            assert driver.run(a2e.journal.get("the key")).state is EntryState.UNKNOWN
            sandbox.clock.advance(SETTLED_SECONDS)
    driver.run(a2e.journal.resolve("the key", decision="not_started"))
    return driver.run(call(a2e))


def test_a_start_that_is_refused_while_it_is_cancelled_leaves_its_key_free(
    driver: Driver, new_client: Callable[..., Any], sandbox: SandboxForTests, path: Path
) -> None:
    a2e = new_client(budget=BUDGET)
    sandbox.faults.add(Fault.code(1001, "busy"), operation="start_wan_25_task", times=50)
    with pytest.raises(errors.APIError):
        driver.run(CASES["create"](a2e, 0))
    sandbox.faults.clear()
    assert driver.run(CASES["create"](a2e, 0)).id
    assert starts(sandbox) == 1


def test_a_start_whose_event_loop_is_gone_is_let_go(
    new_client: Callable[..., Any], sandbox: SandboxForTests, path: Path, driver: Driver
) -> None:
    if driver.mode != "async":
        pytest.skip("only asyncio leaves tasks unfinished")
    loop = asyncio.new_event_loop()
    a2e = new_client()
    reached = threading.Event()

    class Stalled:
        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

        async def send_request_async(self, request: Any) -> Any:
            response = await real.send_request_async(request)
            if request.method == "POST":
                reached.set()
                await asyncio.Event().wait()
            return response

    real, a2e.api.transport = a2e.api.transport, Stalled()

    async def main() -> None:
        task = asyncio.ensure_future(CASES["create"](a2e, 0))
        asyncio.tasks._unregister_task(task)
        tasks.append(task)
        while not reached.is_set():
            await asyncio.sleep(0.001)

    tasks: list[Any] = []
    loop.run_until_complete(main())
    loop.close()
    tasks[0]._log_destroy_pending = False
    a2e.api.transport = real
    assert driver.run(CASES["create"](a2e, 0)).id
    assert starts(sandbox) == 1
