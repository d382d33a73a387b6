"""Whatever happens in whatever order, no key is paid twice and no coin is overspent.

Several processes are told apart by clients with locks of their own; a process that is killed leaves
its locks behind, as the system does, and what it had not written down.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest import mock

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from journal_cases import require_sums_agree, rows, spent

from a2e_sdk import A2E, EntryState, errors
from a2e_sdk._journal.opening import _open as open_journals
from a2e_sdk._sync.tasks import journal_notes, journalled, lost_starts
from a2e_sdk.sandbox import Fault, SandboxForTests

START = "start_wan_25_task"
PRICE = 50
LIMIT = 8 * PRICE
KEYS = ("a", "b", "c", None)
PROMPTS = ("calm sea", "high hills")

keys = st.sampled_from(KEYS)
prompts = st.sampled_from(PROMPTS)
processes = st.integers(0, 1)


class KilledError(BaseException):
    """The process ends here."""


class Journals(RuleBasedStateMachine):
    """Two processes on one journal, one budget and one account."""

    def __init__(self) -> None:
        super().__init__()
        self.directory = Path(tempfile.mkdtemp())
        self.path = self.directory / "jobs.db"
        self.sandbox = SandboxForTests(seed_records=False)
        self.stack = ExitStack()
        self.clients: list[A2E] = [self.new_process(), self.new_process()]
        self.again: Counter[str] = Counter()

    def new_process(self) -> A2E:
        """Return a client whose journal and locks are shared with no other one here."""
        open_journals.clear()
        a2e = self.sandbox.client(journal=self.path, budget=LIMIT, max_retries=1)
        open_journals.clear()
        return a2e

    def teardown(self) -> None:
        for a2e in self.clients:
            a2e.close()
        self.stack.close()
        shutil.rmtree(self.directory)

    def start(self, process: int, key: str | None, prompt: str) -> None:
        name = self.task_of(key)
        try:
            task = self.clients[process].wan_25.create(key=key, prompt=prompt)
        except errors.KeyConflictError as error:
            assert error.entry.inputs != error.inputs
        except (errors.BudgetExceededError, errors.SubmissionUnknownError):
            pass
        except errors.APIError:
            pass
        else:
            assert task.prompt == prompt
            assert name in (None, task.id), "a key has one task"

    def task_of(self, key: str | None) -> str | None:
        if not self.path.exists() or key is None:
            return None
        entry = self.clients[0].journal.get(key)
        return None if entry is None else entry.task_id

    @rule(process=processes, key=keys, prompt=prompts)
    def create(self, process: int, key: str | None, prompt: str) -> None:
        self.start(process, key, prompt)

    @rule(
        process=processes,
        key=keys,
        prompt=prompts,
        fault=st.sampled_from(
            [
                Fault.drop_before(),
                Fault.drop_after_read(),
                Fault.http(502),
                Fault.http(502, takes_effect=True),
                Fault.code(1001, "busy"),
                Fault.code(1002, "no"),
                Fault.truncated_json(),
            ]
        ),
        times=st.integers(1, 3),
    )
    def create_with_faults(
        self, process: int, key: str | None, prompt: str, fault: Fault, times: int
    ) -> None:
        self.sandbox.faults.add(fault, operation=START, times=times)
        try:
            self.start(process, key, prompt)
        finally:
            self.sandbox.faults.clear()

    @rule(process=processes, key=keys, prompt=prompts, after=st.booleans())
    def create_and_be_killed(self, process: int, key: str | None, prompt: str, after: bool) -> None:
        """End a process before or after it sends, with nothing of that written down."""
        a2e, killed = self.clients[process], []
        real = a2e.api.transport

        class Deadly:
            def __getattr__(self, name: str) -> Any:
                return getattr(real, name)

            def send_request(self, request: Any) -> Any:
                is_start = request.method == "POST" and request.url.endswith("/start")
                if is_start and not after:
                    killed.append(1)
                    raise KilledError
                response = real.send_request(request)
                if is_start:
                    killed.append(1)
                    raise KilledError
                return response

        def silent(*_: Any, **__: Any) -> None:
            if killed:
                raise KilledError

        keep = journal_notes.keep
        a2e.api.transport = Deadly()
        with ExitStack() as patched:
            for module in (journalled, journal_notes, lost_starts):
                patched.enter_context(
                    mock.patch.object(module, "keep", lambda *values: silent() or keep(*values))
                )
            try:
                self.start(process, key, prompt)
            except KilledError:
                journal = a2e.api.journal
                assert journal is not None
                for place in list(journal.steps.locks._held):
                    journal.steps.locks._unlock_byte(place)
                journal.steps.locks._held.clear()
        a2e.api.transport = real
        if killed:
            a2e.close()
            self.clients[process] = self.new_process()

    @rule(seconds=st.sampled_from([1, 40, 300, 4_000]))
    def time_passes(self, seconds: int) -> None:
        self.sandbox.clock.advance(seconds)

    @rule(process=processes)
    def tasks_are_waited_for(self, process: int) -> None:
        a2e = self.clients[process]
        running = [
            task_id
            for entry in a2e.journal.entries(state=EntryState.STARTED)
            for task_id in entry.task_ids
        ]
        for task in a2e.wan_25.wait_many(running):
            assert task.status.is_final

    @rule(process=processes, key=st.sampled_from(KEYS[:3]), again=st.booleans())
    def a_person_decides(self, process: int, key: str, again: bool) -> None:
        a2e = self.clients[process]
        entry = a2e.journal.get(key)
        if entry is None:
            return
        if again:
            self.again[key] += 1
            a2e.journal.resolve(key, decision="start_again")
        elif not entry.state.has_task and not self.was_made(entry.name):
            a2e.journal.resolve(key, decision="not_started")

    @rule(process=processes)
    def what_is_unknown_is_decided_by_its_entry(self, process: int) -> None:
        a2e = self.clients[process]
        for entry in a2e.journal.unknown():
            made = self.was_made(entry.name)
            if made is None:
                a2e.journal.resolve(entry, decision="not_started")
            else:
                a2e.journal.resolve(entry, task=made)

    def was_made(self, name: str | None) -> str | None:
        """Return the task that the server made for a name, as a person sees it there."""
        with self.sandbox.client() as eyes:
            for task in eyes.wan_25.list():
                if task.name == name:
                    return task.id
        return None

    @invariant()
    def no_coin_is_overspent(self) -> None:
        if not self.path.exists():
            return
        spending = self.clients[0].journal.spent()
        assert spending.spent + spending.reserved <= LIMIT
        assert spent(self.sandbox) <= spending.spent + spending.reserved <= LIMIT
        require_sums_agree(self.path)

    @invariant()
    def no_key_is_paid_twice(self) -> None:
        if not self.path.exists():
            return
        names = rows(self.path, "SELECT key, name FROM entries WHERE key IS NOT NULL")
        key_of = {name: key for key, name in names}
        with self.sandbox.client() as eyes:
            made = Counter(key_of.get(task.name) for task in eyes.wan_25.list())
        for key in KEYS[:3]:
            assert made[key] <= 1 + self.again[key], f"{key} was paid {made[key]} times"

    @invariant()
    def no_task_is_two_starts(self) -> None:
        if self.path.exists():
            twice = rows(
                self.path,
                "SELECT entry, count(*) FROM tasks GROUP BY entry HAVING count(*) > 1",
            )
            assert not twice
            lost = rows(
                self.path,
                "SELECT id FROM entries WHERE state IN ('started', 'succeeded', 'failed') AND "
                "NOT EXISTS (SELECT 1 FROM tasks WHERE entry = entries.id)",
            )
            assert not lost


Journals.TestCase.settings = settings(
    max_examples=15,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestJournals = Journals.TestCase
