"""All tasks of a sandbox, in the order in which they were made.

This module owns their numbers and the plain form in which a test or the sandbox's page sees a task,
whatever its family. What a client sees is written by the families themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal

from attrs import frozen

from a2e_sdk.sandbox.state.progress import Stage

from .family import StoredTask

__all__ = ["STATUS_OF", "SandboxTask", "SavedTask", "TaskIndex", "TaskStatus"]

TaskStatus = Literal["queued", "running", "succeeded", "failed"]

STATUS_OF: dict[Stage, TaskStatus] = {
    Stage.INITIALIZED: "queued",
    Stage.PROCESSING: "running",
    Stage.COMPLETED: "succeeded",
    Stage.FAILED: "failed",
}


@frozen
class SandboxTask:
    """One task at one moment, whatever its family.

    Args:
        number: its place in the order of making, from 1.
        revision: the number of the change of it that was the latest; see `Sandbox.revisions`.
        id: the id.
        family: the family that it belongs to, for example ``"wan_25"``.
        operation: the operation that starts tasks of this family.
        name: its name; None without one.
        status: where it stands.
        raw_status: its status word on the wire.
        created_at: when it was made, or restarted.
        processing_at: when it begins to run; None for never.
        ends_at: when it ends; None for never.
        completed_at: when it has ended; None before.
        progress: how much of the work is done, from 0 to 100.
        failed_message: why it failed; None unless it has.
        result_urls: links to its results on this server, without scheme and host.
        coins: coins charged.
        refunded: coins that came back.
        request: number of the request that started it; None for a record that nobody started.
        webhook: the URL that its end is reported to; None for none.
        deleted: whether it was deleted; such a task is listed no longer to clients.
    """

    number: int
    revision: int
    id: str
    family: str
    operation: str
    name: str | None
    status: TaskStatus
    raw_status: str
    created_at: datetime
    processing_at: datetime | None
    ends_at: datetime | None
    completed_at: datetime | None
    progress: int
    failed_message: str | None
    result_urls: tuple[str, ...]
    coins: int
    refunded: int
    request: int | None
    webhook: str | None
    deleted: bool


@frozen
class SavedTask:
    """A task at one moment.

    Args:
        family: the family that it belongs to.
        task: the task.
    """

    family: str
    task: StoredTask


class TaskIndex:
    """The tasks of all families by number; not locked, as one request is handled at a time.

    Args:
        revision: number of the latest change before it was made.
    """

    def __init__(self, revision: int = 0) -> None:
        self.revision = revision
        self._tasks: list[tuple[str, StoredTask]] = []

    def add(self, family: str, task: StoredTask) -> None:
        """Add a task, which gets the next number.

        Args:
            family: the family that it belongs to.
            task: the task.
        """
        self._tasks.append((family, task))
        task.number = len(self._tasks)
        self.changed(task)

    def saved(self) -> list[SavedTask]:
        """Return all tasks at this moment."""
        return [SavedTask(family, task) for family, task in self._tasks]

    def changed(self, task: StoredTask) -> None:
        """Note that a task was changed by something else than the time.

        Args:
            task: the task.
        """
        self.revision += 1
        task.revision = self.revision

    def deleted(self, task: StoredTask) -> None:
        """Note that a task was deleted, and forget its inputs but for its name and its webhook.

        Args:
            task: the task.
        """
        kept = ("name", "title", "webhook_url")
        inputs: dict[str, Any] = {key: task.inputs[key] for key in kept if key in task.inputs}
        task.inputs, task.is_deleted = inputs, True
        self.changed(task)

    def after(self, number: int, changed_since: int) -> Iterator[tuple[str, StoredTask]]:
        """Return the tasks with higher numbers that were changed after a revision.

        Args:
            number: the number; 0 for all tasks.
            changed_since: the revision; 0 for all tasks.
        """
        for place in range(number, len(self._tasks)):
            entry = self._tasks[place]
            if entry[1].revision > changed_since:
                yield entry

    def __len__(self) -> int:
        return len(self._tasks)
