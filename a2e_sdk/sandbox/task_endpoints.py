"""The operations that all families of tasks have in common.

Owns the tasks of one family and answers its operations: start, records, running, detail, batch and
delete. Everything that differs between families is read from its `TaskFamily`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from attrs import evolve

from .answers import RefusedError, success
from .collection import Collection
from .files import ResultFile
from .ledger import InsufficientCoinsError
from .messages import SandboxReply
from .progress import progress_at, standing_still
from .routing import Call, Route
from .state import SandboxState
from .task_family import Action, Row, StoredTask, TaskFamily, TaskOperation, TaskView
from .validation import BodyField, checked_body, checked_id, checked_page, id_list

__all__ = ["TaskEndpoints"]

_BATCH_FIELDS = (BodyField("ids", id_list, required=True),)


class TaskEndpoints:
    """The tasks of one family and what can be asked of them.

    Args:
        family: what the family is like.
        state: what it shares with the rest of the sandbox.
    """

    def __init__(self, family: TaskFamily, state: SandboxState) -> None:
        self._family = family
        self._state = state
        self._tasks: Collection[StoredTask] = Collection()

    def routes(self) -> list[Route]:
        """Return one route for each operation of the family."""
        return [self._route(operation) for operation in self._family.operations]

    def rows(self, now: datetime) -> list[Row]:
        """Return all records as they are on the wire, newest first.

        Args:
            now: the moment they are seen at.
        """
        return [self._row(task, now) for task in self._tasks]

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
        words = self._family.words
        word = overrides.get(self._family.status_key, words.completed)
        schedule = standing_still(word, words, now)
        self._tasks.add(task_id, StoredTask(task_id, {}, schedule, overrides=dict(overrides)))
        return task_id

    def remove(self, task_id: str) -> bool:
        """Take a record out, whatever its status and without a refund.

        Args:
            task_id: the id.

        Returns:
            Whether it was there.
        """
        return self._tasks.remove(task_id)

    def result(self, task_id: str, now: datetime) -> ResultFile | None:
        """Find the result of a task.

        Args:
            task_id: the id.
            now: the moment it is asked for.

        Returns:
            The file, or None while or where there is none.
        """
        task = self._tasks.get(task_id)
        if task is None or self._status(self._row(task, now)) != self._family.words.completed:
            return None
        return ResultFile(self._family.name, task_id, self._family.result)

    def _route(self, operation: TaskOperation) -> Route:
        answers: dict[Action, Callable[[Call], Any]] = {
            Action.START: self._start,
            Action.RECORDS: self._records,
            Action.RUNNING: self._running,
            Action.DETAIL: self._detail,
            Action.DETAIL_BY_QUERY: self._detail_by_query,
            Action.BATCH: self._batch,
            Action.DELETE: self._delete,
        }
        answer = answers[operation.action]

        def handler(call: Call) -> SandboxReply:
            try:
                data = answer(call)
            except RefusedError as refusal:
                raise evolve(refusal, status=operation.refusal_status) from None
            return success(data, self._state.identifiers.trace_id() if operation.traced else None)

        return Route(operation.name, operation.method, self._family.path + operation.path, handler)

    def _start(self, call: Call) -> Row:
        inputs = checked_body(call.request.body, self._family.fields)
        price = self._family.price
        task_id = self._state.identifiers.object_id(call.now)
        try:
            self._state.coins.charge(task_id, price, call.now)
        except InsufficientCoinsError:
            raise RefusedError("insufficient coins") from None
        task = StoredTask(task_id, inputs, self._state.new_schedule(call.now), price)
        self._tasks.add(task_id, task)
        return self._family.start_row(self._row(task, call.now))

    def _records(self, call: Call) -> dict[str, Any]:
        number, size = checked_page(call.request.query)
        rows = [self._row(task, call.now) for task in self._tasks.page(number, size)]
        return {"rows": rows, "count": len(self._tasks)}

    def _running(self, call: Call) -> list[Row]:
        rows = self.rows(call.now)
        return [self._family.running_row(row) for row in rows if not self._has_ended(row)]

    def _detail(self, call: Call) -> Row | None:
        return self._find(checked_id(call.parameters["_id"], "path"), call.now)

    def _detail_by_query(self, call: Call) -> Row | None:
        return self._find(checked_id(call.request.query.get("_id"), "query"), call.now)

    def _batch(self, call: Call) -> list[Row]:
        ids: list[str] = checked_body(call.request.body, _BATCH_FIELDS)["ids"]
        # A2E promises no order here. Backwards is one that no caller can mistake for theirs.
        found = (self._find(task_id, call.now) for task_id in reversed(dict.fromkeys(ids)))
        return [row for row in found if row is not None]

    def _delete(self, call: Call) -> Row:
        task_id = checked_id(call.parameters["_id"], "path")
        task = self._tasks.get(task_id)
        if task is None:
            raise RefusedError("Record not found")
        row = self._row(task, call.now)
        waiting = self._status(row) == self._family.words.initialized
        if not waiting and not self._has_ended(row):
            raise RefusedError("A running task cannot be deleted")
        if waiting:
            self._state.coins.refund(task_id, task.price, call.now)
        self._tasks.remove(task_id)
        return {}

    def _find(self, task_id: str, now: datetime) -> Row | None:
        task = self._tasks.get(task_id)
        return None if task is None else self._row(task, now)

    def _row(self, task: StoredTask, now: datetime) -> Row:
        family = self._family
        progress = progress_at(task.schedule, family.words, now)
        result_url = ""
        if progress.word == family.words.completed and "result_url" not in task.overrides:
            file = ResultFile(family.name, task.task_id, family.result)
            link = self._state.results.link(file, task.schedule.ends_at, now)
            result_url = self._state.public_url + link
        view = TaskView(task.task_id, task.inputs, progress, result_url, task.price)
        return family.row(view) | dict(task.overrides)

    def _status(self, row: Row) -> Any:
        return row.get(self._family.status_key)

    def _has_ended(self, row: Row) -> bool:
        words = self._family.words
        return self._status(row) in (words.completed, words.failed)
