"""Sync and async take the same steps (promise 7), and never start a task twice (promise 1)."""

from __future__ import annotations

import random
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from a2e_sdk import errors
from a2e_sdk.models import Task
from a2e_sdk.sandbox import Fault, ManualClock, Sandbox
from a2e_sdk.sandbox.transport import SandboxTransport
from driver import Driver
from examples import examples

FACE = "https://example.com/face.png"
VIDEO = "https://example.com/clip.mp4"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(300)

FAULTS = [
    Fault.drop_before(),
    Fault.drop_after_read(),
    Fault.http(500),
    Fault.http(502, takes_effect=True),
    Fault.http(520),
    Fault.rate_limited(),
    Fault.rate_limited(retry_after=3),
    Fault(status=503, headers={"retry-after": "1"}),
    Fault.code(1001),
    Fault.code(1003, status=403),
    Fault.code(401),
    Fault.code(-1),
    Fault.truncated_json(),
    Fault.null_data(),
    Fault.null_rows(),
    Fault.cut(15),
    Fault(status=200, body=b"<html>"),
]


class Side:
    """One client with a sandbox and a clock of its own."""

    def __init__(self, mode: str) -> None:
        self.clock = ManualClock()
        self.sandbox = Sandbox(clock=self.clock, log_limit=100_000)
        self.driver = Driver(mode)
        transport = SandboxTransport(self.sandbox)
        self.client = self.driver.client(region="sandbox", http_client=transport)
        self.client.api.clock = self
        self.pauses: list[float] = []
        self.tasks: list[Task] = []
        self.folder = TemporaryDirectory()

    def now(self) -> float:
        return self.clock.now().timestamp()

    def pause(self, seconds: float) -> None:
        self.pauses.append(round(seconds, 6))
        self.clock.advance(seconds)

    async def pause_async(self, seconds: float) -> None:
        self.pause(seconds)

    def outcome(self, act: Any) -> str:
        """Do one thing and return what came of it, in words that both sides can share."""
        random.seed(5)
        number = len(self.sandbox.requests)
        with (
            patch("uuid.uuid4", lambda: UUID(int=number)),
            patch("os.urandom", lambda length: number.to_bytes(length, "big")),
        ):
            try:
                return str(act(self))
            except (errors.A2EError, OSError) as error:
                return f"{type(error).__name__}: {error}".replace(self.folder.name, "")

    def steps(self) -> list[tuple[Any, ...]]:
        return [
            (entry.method, entry.operation, tuple(sorted(entry.query.items())), entry.at)
            for entry in self.sandbox.requests
            # Signatures and keys of uploads are random, and so are their paths.
            if entry.operation not in ("put_upload", "download_upload")
        ]


class BothClients(RuleBasedStateMachine):
    """Drives both clients through the same steps under the same faults."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.sides = [Side("sync"), Side("async")]

    def both(self, act: Any) -> None:
        first, second = (side.outcome(act) for side in self.sides)
        assert first == second

    @rule(fault=st.sampled_from(FAULTS), times=st.integers(1, 4))
    def add_fault(self, fault: Fault, times: int) -> None:
        for side in self.sides:
            side.sandbox.faults.add(fault, times=times)

    @rule(seconds=st.floats(0, 100))
    def let_time_pass(self, seconds: float) -> None:
        for side in self.sides:
            side.clock.advance(seconds)

    @rule(name=st.sampled_from([None, "mine", "yours"]), resend=st.booleans())
    def start(self, name: str | None, resend: bool) -> None:
        def act(side: Side) -> str:
            tasks = side.client.face_swap.tasks
            task = side.driver.run(
                tasks.create(face=FACE, video=VIDEO, name=name, resend_if_unknown=resend)
            )
            side.tasks.append(task)
            return f"{task.id} {task.status}"

        self.both(act)

    @rule()
    def start_with_a_file(self) -> None:
        def act(side: Side) -> str:
            tasks = side.client.face_swap.tasks
            task = side.driver.run(tasks.create(face=PICTURE, video=VIDEO))
            side.tasks.append(task)
            return str(task.status)

        self.both(act)

    @precondition(lambda self: self.sides[0].tasks)
    @rule(timeout=st.floats(0.1, 300), poll=st.sampled_from([None, 1.0, 7.0]))
    def wait(self, timeout: float, poll: float | None) -> None:
        def act(side: Side) -> str:
            tasks = side.client.face_swap.tasks
            return str(side.driver.run(tasks.wait(side.tasks[-1], timeout=timeout, poll=poll)))

        self.both(act)

    @precondition(lambda self: self.sides[0].tasks)
    @rule(timeout=st.floats(0.1, 300))
    def wait_for_many(self, timeout: float) -> None:
        def act(side: Side) -> str:
            ended = side.driver.items(side.client.wait_many(side.tasks, timeout=timeout))
            return str([task.id for task in ended])

        self.both(act)

    @precondition(lambda self: self.sides[0].tasks)
    @rule()
    def read_and_delete(self) -> None:
        def act(side: Side) -> str:
            tasks = side.client.face_swap.tasks
            found = side.driver.run(tasks.get_many(side.tasks))
            side.driver.run(tasks.delete(side.tasks[0]))
            return str([(task.id, task.status) for task in found])

        self.both(act)

    @rule(page_size=st.integers(1, 5))
    def list_tasks(self, page_size: int) -> None:
        # One page at a time: which of several reads meets a fault would be up to the threads.
        def act(side: Side) -> str:
            page = side.driver.run(side.client.face_swap.tasks.page(1, page_size=page_size))
            return str(page)

        self.both(act)

    @precondition(lambda self: self.sides[0].tasks)
    @rule()
    def download(self) -> None:
        def act(side: Side) -> str:
            target = Path(side.folder.name) / f"{len(side.sandbox.requests)}.mp4"
            task = side.driver.run(side.client.face_swap.tasks.get(side.tasks[-1]))
            if not task.result_url:
                return "nothing yet"
            (path,) = side.driver.run(side.client.download(task, target))
            return str(path.stat().st_size)

        self.both(act)

    @invariant()
    def the_servers_saw_the_same(self) -> None:
        first, second = self.sides
        assert first.steps() == second.steps()
        assert first.pauses == second.pauses
        assert first.sandbox.coins.balance == second.sandbox.coins.balance

    @invariant()
    def no_task_is_handed_out_twice(self) -> None:
        for side in self.sides:
            ids = [task.id for task in side.tasks]
            assert len(ids) == len(set(ids))

    def teardown(self) -> None:
        for side in self.sides:
            side.driver.finish()
            side.folder.cleanup()


def test_both_clients_take_the_same_steps() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        BothClients, settings=examples(60, stateful_step_count=12)
    )
