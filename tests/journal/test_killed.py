"""A process that is killed at any step of a start pays no key twice, and the key comes to its end.

The child is forked, talks to the sandbox over real HTTP, and kills itself at one step of those that
an unbroken run was seen to have. Then the same call is made again.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest
from journal_cases import (
    FACE_SWAP,
    WAN,
    paid,
    require_sums_agree,
    resource,
    rows,
    spent,
    start_arguments,
)
from steps import AFTER_START, BEFORE_START, Steps, noted

from a2e_sdk import A2E, AsyncA2E, EntryState, errors
from a2e_sdk._tasks.recovery import SETTLED_SECONDS
from a2e_sdk._wire.family_table import TASK_FAMILIES
from a2e_sdk.sandbox import ManualClock, SandboxForTests
from a2e_sdk.sandbox.http_server import SandboxServer, serve
from a2e_sdk.sandbox.testing import TurningClock

pytestmark = [
    pytest.mark.once,
    pytest.mark.every_store,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork"),
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]

API_KEY = "sk_test_0123456789abcdef"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(100)
BUDGET = 1_000


@attrs.frozen
class Case:
    """A start, and what can be known of it.

    Attributes:
        family: Its family.
        arguments: Its arguments, beside the key.
        method: How it is started.
        budget: The budget of its client.
        is_found: Whether its task can be found by a list.
        can_settle: Whether a list can tell that it never arrived.
    """

    family: str
    arguments: dict[str, Any]
    method: str = "create"
    budget: float | None = None
    is_found: bool = True
    can_settle: bool = True

    def starts(self, sandbox: SandboxForTests) -> int:
        """Return how many starts arrived, each of which was paid once."""
        assert set(paid(sandbox).values()) <= {1}
        return sandbox.requests.count(str(TASK_FAMILIES[self.family].start))

    def call(self, a2e: Any) -> Any:
        tasks = resource(a2e, TASK_FAMILIES[self.family])
        return getattr(tasks, self.method)(key="the key", **self.arguments)


CASES = {
    "create": Case("wan_25", WAN),
    "run": Case("face_swap", FACE_SWAP, "run"),
    "budget": Case("wan_25", WAN, budget=BUDGET),
    "upload": Case("face_swap", {**FACE_SWAP, "face": PICTURE}, budget=BUDGET),
    "several": Case("text_to_image", {"prompt": "hills", "max_images": 3}, "create_all"),
    "without a name": Case(
        "head_swap",
        start_arguments(TASK_FAMILIES["head_swap"]),
        can_settle=False,
    ),
    "not listed": Case("wan_26_image", WAN, is_found=False, can_settle=False),
}


@contextmanager
def served() -> Generator[tuple[SandboxForTests, SandboxServer], None, None]:
    """A sandbox over HTTP, one for each key: ids of tasks must not come again in one process."""
    clock = ManualClock(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=next(_hours)))
    sandbox = SandboxForTests(
        clock=clock, seed_records=False, completed_after=0.0, processing_after=0.0
    )
    with serve(sandbox) as server:
        yield sandbox, server


_hours = itertools.count()


def in_child(case: Case, server: SandboxServer, path: Path, at: int, kind: str) -> list[str]:
    """Make the call in a child that ends at a step; return the steps that it came to."""
    readable, writable = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover - measured in no process that is killed
        signal.alarm(60)
        try:

            def at_step(number: int, name: str) -> None:
                os.write(writable, f"{name}\n".encode())
                if number == at:
                    os.kill(os.getpid(), signal.SIGKILL)

            steps = Steps(at_step)
            options: dict[str, Any] = {
                "base_url": server.url,
                "journal": path,
                "budget": case.budget,
            }
            with steps.commits():
                if kind == "sync":
                    case.call(noted(A2E(API_KEY, **options), steps))
                else:

                    async def main() -> None:
                        await case.call(noted(AsyncA2E(API_KEY, **options), steps))

                    asyncio.run(main())
        except BaseException as error:
            os.write(writable, f"{type(error).__name__}: {error}\n".encode())
        os._exit(0)
    os.close(writable)
    with os.fdopen(readable) as pipe:
        names = pipe.read().splitlines()
    _, status = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    assert killed == (at >= 0), names
    return names


def recorded(name: str, kind: str, new_journal: Callable[[], Any]) -> tuple[str, ...]:
    """Return the steps of a start that nothing ends early."""
    with served() as (_, server):
        names = in_child(CASES[name], server, new_journal(), -1, kind)
    assert BEFORE_START in names, names
    assert AFTER_START in names, names
    assert names[-1] == "after a commit", names
    return tuple(names)


@pytest.mark.parametrize(
    ("name", "kind"), [*((name, "sync") for name in CASES if name != "create"), ("upload", "async")]
)
def test_killed_at_any_step_a_key_is_paid_at_most_once_and_comes_to_its_end(
    new_journal: Callable[[], Any], name: str, kind: str
) -> None:
    case, names = CASES[name], recorded(name, kind, new_journal)
    outcomes: list[str] = []
    for at in range(len(names)):
        path = new_journal()
        with served() as (sandbox, server):
            reached = in_child(case, server, path, at, kind)
            assert tuple(reached) == names[: at + 1]
            at_server = AFTER_START in reached
            assert case.starts(sandbox) == at_server
            outcome = went_on(case, server, sandbox, path)
            assert case.starts(sandbox) <= 1, "paid twice"
        require_sums_agree(path)
        if at_server and (case.is_found or has_task(path)):
            assert outcome == "found", f"the task of the first process, killed {reached[-1]}"
        elif BEFORE_START in reached:
            assert outcome == ("settled" if case.can_settle else "unknown"), reached
        else:
            assert outcome in ("started", "settled", "unknown"), reached
        outcomes.append(outcome)
    assert {"started", "found"} <= set(outcomes)
    assert "settled" in outcomes or not case.can_settle


def has_task(path: Path) -> bool:
    return bool(rows(path, "SELECT 1 FROM tasks"))


def went_on(case: Case, server: SandboxServer, sandbox: SandboxForTests, path: Path) -> str:
    """Make the same call again as often as it tells to; return how it ended."""
    before = case.starts(sandbox)
    with A2E(API_KEY, base_url=server.url, journal=path, budget=case.budget) as a2e:
        a2e.api.clock = TurningClock(sandbox.clock)
        try:
            case.call(a2e)
            outcome = "found" if case.starts(sandbox) == before else "started"
        except errors.SubmissionUnknownError as unknown:
            assert case.starts(sandbox) == before, "not started again before that is safe"
            assert "a2e journal resolve" in str(unknown) or "Call again after" in str(unknown)
            assert a2e.journal.get("the key").state is EntryState.UNKNOWN
            assert [entry.key for entry in a2e.journal.unknown()] == ["the key"]
            if case.budget is not None:
                assert a2e.journal.spent().reserved > 0, "it may yet be charged"
            sandbox.clock.advance(SETTLED_SECONDS)
            try:
                case.call(a2e)
                outcome = "settled"
                assert case.starts(sandbox) == before + 1
            except errors.SubmissionUnknownError:
                assert not case.can_settle
                outcome = "unknown"
                if before:
                    return outcome
                a2e.journal.resolve("the key", decision="not_started")
                case.call(a2e)
        entry = a2e.journal.get("the key")
        assert entry.state.has_task
        again = case.starts(sandbox)
        case.call(a2e)
        assert case.starts(sandbox) == again
        if case.budget is not None:
            spending = a2e.journal.spent()
            assert spending.reserved == 0
            assert spent(sandbox) <= spending.spent <= BUDGET
    return outcome


def test_several_kills_in_a_row_of_one_key_pay_once(
    new_journal: Callable[[], Any],
) -> None:
    case, names = CASES["upload"], recorded("upload", "sync", new_journal)
    path = new_journal()
    with served() as (sandbox, server):
        for at in range(names.index(BEFORE_START) - 3):
            in_child(case, server, path, at, "sync")
        assert case.starts(sandbox) == 0
        assert sandbox.requests.count("add_upload_url") >= 1
        with A2E(API_KEY, base_url=server.url, journal=path, budget=10_000) as a2e:
            a2e.api.clock = TurningClock(sandbox.clock)
            case.call(a2e)
            assert case.starts(sandbox) == 1
            spending = a2e.journal.spent()
            assert spending.spent >= spent(sandbox), "every upload that was begun is counted"
            attempts = list(a2e.journal.entries())
            assert [entry.attempt for entry in attempts] == list(range(1, len(attempts) + 1))
    require_sums_agree(path)


def test_the_table_of_steps_has_what_the_protocol_promises(
    new_journal: Callable[[], Any],
) -> None:
    names: Callable[[str], tuple[str, ...]] = lambda name: recorded(name, "sync", new_journal)  # noqa: E731
    create = names("create")
    sent = create.index(BEFORE_START)
    assert "after a commit" in create[:sent], "written down before it is sent"
    assert create[sent + 1 :].count("after a commit") == 1, "and what became of it after that"
    upload = names("upload")
    put = next(at for at, name in enumerate(upload) if name.startswith("before sending PUT"))
    sent = upload.index(BEFORE_START)
    assert "after a commit" in upload[:put]
    assert "after a commit" in upload[put:sent]
    assert json.dumps(create)
