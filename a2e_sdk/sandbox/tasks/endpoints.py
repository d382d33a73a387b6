"""The operations that all families of tasks have in common.

This module owns the tasks of one family and handles its operations: start, lists, detail, batch,
rename and delete. Everything that differs between families is read from its `SandboxFamily`; what
arrives has been checked by then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from attrs import evolve

from a2e_sdk.sandbox.files.served_files import ResultFile
from a2e_sdk.sandbox.protocol.responses import RefusedError
from a2e_sdk.sandbox.protocol.routing import Call, OperationHandler
from a2e_sdk.sandbox.state.collection import Collection, page_asked_for, page_of
from a2e_sdk.sandbox.state.deliveries import call_of
from a2e_sdk.sandbox.state.progress import NEVER, Stage, StatusWords, progress_at, standing_still
from a2e_sdk.sandbox.state.server_state import SandboxState

from .family import Action, Row, SandboxFamily, StoredTask, TaskView
from .overview import STATUS_OF, SandboxTask, TaskIndex

__all__ = ["TaskEndpoints"]

_NAMES = ("name", "title")


class TaskEndpoints:
    """The tasks of one family and what can be asked of them.

    Args:
        family: what the family is like.
        state: what it shares with the rest of the sandbox.
        index: the tasks of all families.
    """

    def __init__(self, family: SandboxFamily, state: SandboxState, index: TaskIndex) -> None:
        self.family = family
        self._state = state
        self._index = index
        self._tasks: Collection[StoredTask] = Collection()

    def handlers(self) -> dict[str, OperationHandler]:
        """Return the handler of each operation of the family, by its id."""
        handlers: dict[Action, Callable[[Call], Any]] = {
            Action.START: lambda call: self._start(call, 1)[0],
            Action.START_IN_ARRAY: self._start_in_array,
            Action.PAGE: self._page,
            Action.RUNNING: self._running,
            Action.COMPLETED: self._completed,
            Action.ALL: lambda call: self.rows(call.now),
            Action.DETAIL: lambda call: self.find(call.identifier, call.now),
            Action.DETAIL_OR_ALL: self._detail_or_all,
            Action.DETAIL_IN_ARRAY: self._detail_in_array,
            Action.BATCH: self._batch,
            Action.RENAME: self._rename,
            Action.RESTART: self._restart,
            Action.DELETE: self._delete,
        }
        operations = self.family.operations
        return {operation: handlers[action] for operation, action in operations.items()}

    def rows(self, now: datetime) -> list[Row]:
        """Return all records as they are on the wire, newest first.

        Args:
            now: the moment they are seen at.
        """
        return [self._row(task, now) for task in self._tasks]

    def view(self, task_id: str, now: datetime, words: StatusWords) -> TaskView:
        """Return what the record of a task is written from.

        Args:
            task_id: the id.
            now: the moment it is seen at.
            words: the status words to tell its progress by.

        Raises:
            RefusedError: the id is unknown.
        """
        return self._view(self._known(task_id), now, words)

    def overview(self, task: StoredTask, now: datetime) -> SandboxTask:
        """Return a task as a test or the sandbox's page sees it.

        Args:
            task: one of this family, deleted or not.
            now: the moment it is seen at.
        """
        schedule, family = task.schedule, self.family
        progress = progress_at(schedule, family.words, now)
        names = (place.get(key) for place in (task.overrides, task.inputs) for key in _NAMES)
        succeeded = progress.stage is Stage.COMPLETED
        has_results = succeeded and not task.is_deleted and "result_url" not in task.overrides
        links = self._state.results
        ended = succeeded or progress.stage is Stage.FAILED
        return SandboxTask(
            number=task.number,
            revision=task.revision,
            id=task.task_id,
            family=family.name,
            operation=family.start,
            name=next((str(name) for name in names if name is not None), None),
            status=STATUS_OF[progress.stage],
            raw_status=str(task.overrides.get(family.status_key, progress.word)),
            created_at=schedule.created_at,
            processing_at=_unless_never(schedule.processing_at),
            ends_at=_unless_never(schedule.ends_at),
            completed_at=schedule.ends_at if ended else None,
            progress=progress.percent,
            failed_message=progress.failure.message if progress.failure else None,
            result_urls=tuple(
                links.link(file, schedule.ends_at, now)
                for file in (self._files(task) if has_results else ())
            ),
            coins=task.price,
            refunded=self._state.coins.refunded(task.task_id),
            request=task.request,
            webhook=task.inputs.get("webhook_url"),
            deleted=task.is_deleted,
        )

    def times_of_creation(self) -> list[tuple[datetime, str]]:
        """Return when each task was made, and its id, newest first."""
        return [(task.schedule.created_at, task.task_id) for task in self._tasks]

    def find(self, task_id: str, now: datetime) -> Row | None:
        """Return one record as it is on the wire; None for an unknown id.

        Args:
            task_id: the id.
            now: the moment it is seen at.
        """
        task = self._tasks.get(task_id)
        return None if task is None else self._row(task, now)

    def known(self, task_id: str, now: datetime) -> Row:
        """Return one record as it is on the wire.

        Args:
            task_id: the id.
            now: the moment it is seen at.

        Raises:
            RefusedError: the id is unknown.
        """
        return self._row(self._known(task_id), now)

    def quote(self, inputs: Mapping[str, Any]) -> int:
        """Return what a start would cost.

        Args:
            inputs: the fields of its body.
        """
        return self.family.price_of(inputs) * self.family.tasks_of(inputs)

    def add(self, overrides: Row, now: datetime) -> str:
        """Put in a record that nobody started or paid for, and that stays as it is.

        Args:
            overrides: wire fields to fix, such as ``_id`` or the status word; without one of these,
                the task is a completed one.
            now: the moment it is made.

        Returns:
            The id.

        Raises:
            ValueError: there is a record with this id.
        """
        task_id = str(overrides.get("_id") or self._state.identifiers.object_id(now))
        words = self.family.words
        word = overrides.get(self.family.status_key, words.completed)
        schedule = standing_still(word, words, now)
        self._add(StoredTask(task_id, {}, schedule, overrides=dict(overrides)))
        if schedule.ends_at > now:
            self._state.running.begin(self.family.name, task_id, schedule.ends_at)
        return task_id

    def start(
        self, inputs: Mapping[str, Any], now: datetime, price: int = 0, count: int = 1
    ) -> list[StoredTask]:
        """Make the tasks of one start, and charge for them.

        Args:
            inputs: the fields of its body.
            now: when they start.
            price: coins for each; 0 by default.
            count: how many; 1 by default.

        Raises:
            RefusedError: too many tasks run, moderation refuses, or too few coins are left; no task
                was made.
        """
        state = self._state
        state.admit(now, count)
        state.moderate()
        if price * count > state.coins.balance:
            raise RefusedError("insufficient coins", 402)
        tasks = [self._make(inputs, now, price) for _ in range(count)]
        ids = tuple(task.task_id for task in tasks)
        state.note_start(self.family.start, inputs, ids, price * count, now)
        return tasks

    def _make(self, inputs: Mapping[str, Any], now: datetime, price: int) -> StoredTask:
        task_id = self._state.identifiers.object_id(now)
        self._state.charge(task_id, price, now)
        schedule = self._state.new_schedule(now)
        if any(inputs.get(name) is not None for name in self.family.at_once_with):
            schedule = evolve(schedule, processing_at=now, ends_at=now)
        task = StoredTask(task_id, inputs, schedule, price, request=self._state.request)
        self._add(task)
        self._begin(task)
        return task

    def restore(self, task: StoredTask) -> None:
        """Put in a task as it was saved.

        Args:
            task: the task; a deleted one is seen in the index alone.

        Raises:
            ValueError: there is a record with this id.
        """
        if not task.is_deleted:
            self._tasks.add(task.task_id, task)
        self._index.add(self.family.name, task)

    def has(self, task_id: str) -> bool:
        """Tell whether there is a task.

        Args:
            task_id: its id.
        """
        return self._tasks.get(task_id) is not None

    def _add(self, task: StoredTask) -> None:
        self._tasks.add(task.task_id, task)
        self._index.add(self.family.name, task)

    def _begin(self, task: StoredTask) -> None:
        schedule = task.schedule
        comes_back = self._state.refund_failed and schedule.failure is not None
        refund = task.price if comes_back else 0
        words = self.family.words
        event, word = ("task.completed", words.completed)
        if schedule.failure is not None:
            event, word = ("task.failed", words.failed)
        call = call_of(task.inputs, event, word) if self.family.takes_webhook else None
        self._state.begin(self.family.name, task.task_id, schedule.ends_at, refund, call)

    def restart(self, task_id: str, now: datetime, price: int = 0, **overrides: Any) -> Row:
        """Let a task run once more, and charge for it.

        Args:
            task_id: the id.
            now: when it starts.
            price: coins for this run, which are also what comes back if it is deleted before it
                runs; 0 by default.
            overrides: wire fields to fix from now on.

        Returns:
            The record.

        Raises:
            RefusedError: the id is unknown, too many tasks run, or too few coins are left.
        """
        task = self._known(task_id)
        self._state.admit(now, 0 if self._is_running(task) else 1)
        self._state.charge(task_id, price, now)
        task.price = price
        task.schedule = self._state.new_schedule(now)
        task.overrides |= overrides
        self._begin(task)
        self._index.changed(task)
        return self._row(task, now)

    def remove(self, task_id: str) -> bool:
        """Take a record out, whatever its status and without a refund.

        Args:
            task_id: the id.

        Returns:
            Whether it was there.
        """
        self._state.running.remove(self.family.name, task_id)
        task = self._tasks.get(task_id)
        if task is not None:
            self._index.deleted(task)
        return self._tasks.remove(task_id)

    def results(self, task_id: str, now: datetime) -> tuple[ResultFile, ...]:
        """Find the results of a task.

        Args:
            task_id: the id.
            now: the moment they are asked for.

        Returns:
            The files; none while or where there are none.
        """
        task = self._tasks.get(task_id)
        if task is None or self._word(task, now) != self.family.words.completed:
            return ()
        return self._files(task)

    def _start(self, call: Call, count: int) -> list[Row]:
        tasks = self.start(call.body, call.now, self.family.price_of(call.body), count)
        return [self.family.start_row(self._row(task, call.now)) for task in tasks]

    def _start_in_array(self, call: Call) -> list[Row]:
        return self._start(call, self.family.tasks_of(call.body))

    def _page(self, call: Call) -> Any:
        number, size = page_asked_for(call)
        wanted = call.query.get("status")
        if wanted is None:
            page: Sequence[StoredTask] = self._tasks.page(number, size)
            total = len(self._tasks)
        else:
            found = [task for task in self._tasks if self._is_in(task, wanted, call.now)]
            page, total = page_of(found, number, size), len(found)
        rows = [self._row(task, call.now) for task in page]
        return self.family.shape.page(rows, total, number)

    def _is_in(self, task: StoredTask, wanted: str, now: datetime) -> bool:
        """Tell whether a task is in the state that a list is asked for by its ``status``."""
        status, words = self._word(task, now), self.family.words
        if status in words.waiting:
            return wanted in ("initialized", "pending")
        return wanted == (status if status in (words.completed, words.failed) else "processing")

    def _running(self, call: Call) -> list[Row]:
        if call.identifier:
            row = self.find(call.identifier, call.now)
            return [] if row is None else [self.family.running_row(row)]
        ids = self._state.running.ids(self.family.name)
        return [self.family.running_row(self.known(task_id, call.now)) for task_id in ids]

    def _completed(self, call: Call) -> list[Row]:
        done = self.family.words.completed
        ended = (task for task in self._tasks if self._word(task, call.now) == done)
        return [self._row(task, call.now) for task in ended]

    def _detail_or_all(self, call: Call) -> Any:
        if call.identifier:
            return self.find(call.identifier, call.now)
        return self.rows(call.now)

    def _detail_in_array(self, call: Call) -> list[Row]:
        row = self.find(call.identifier, call.now)
        return [] if row is None else [row]

    def _batch(self, call: Call) -> list[Row]:
        # A2E promises no order here. Backwards is one that no caller can mistake for theirs.
        ids = reversed(dict.fromkeys(call.body["ids"]))
        found = (self.find(task_id, call.now) for task_id in ids)
        return [row for row in found if row is not None]

    def _rename(self, call: Call) -> Row:
        task = self._known(call.identifier)
        task.overrides["name"] = call.body["name"]
        self._index.changed(task)
        return {}

    def _restart(self, call: Call) -> Row:
        return self.restart(call.identifier, call.now) if call.identifier else {}

    def _delete(self, call: Call) -> Row:
        task = self._known(call.identifier)
        word, words = self._word(task, call.now), self.family.words
        if word in words.waiting:
            self._state.refund(task.task_id, task.price, call.now)
        elif word not in (words.completed, words.failed):
            raise RefusedError("A running task cannot be deleted")
        self.remove(task.task_id)
        return {}

    def _known(self, task_id: str) -> StoredTask:
        task = self._tasks.get(task_id)
        if task is None:
            raise RefusedError("Record not found", 404)
        return task

    def _files(self, task: StoredTask) -> tuple[ResultFile, ...]:
        kind = self.family.kind_of(task.inputs)
        count = 0 if kind is None else int(task.inputs.get(self.family.results) or 1)
        numbers = range(1, count + 1)
        name, task_id = self.family.name, task.task_id
        return tuple(ResultFile(name, task_id, kind, number) for number in numbers if kind)

    def _row(self, task: StoredTask, now: datetime) -> Row:
        return self.family.row(self._view(task, now, self.family.words)) | task.overrides

    def _view(self, task: StoredTask, now: datetime, words: StatusWords) -> TaskView:
        progress = progress_at(task.schedule, words, now)
        urls: tuple[str, ...] = ()
        if progress.word == words.completed and "result_url" not in task.overrides:
            ended = task.schedule.ends_at
            urls = tuple(self._state.link(file, ended, now) for file in self._files(task))
        return TaskView(task.task_id, task.inputs, progress, urls, task.price, now)

    def _word(self, task: StoredTask, now: datetime) -> Any:
        """Return a task's status word without writing its record, since lists ask for all."""
        fixed = task.overrides.get(self.family.status_key)
        if fixed is not None:
            return fixed
        if self._is_running(task):
            return progress_at(task.schedule, self.family.words, now).word
        words = self.family.words
        return words.completed if task.schedule.failure is None else words.failed

    def _is_running(self, task: StoredTask) -> bool:
        return self._state.running.has(self.family.name, task.task_id)


def _unless_never(moment: datetime) -> datetime | None:
    return None if moment == NEVER else moment
