"""Which tasks of the account have not ended, and how many of them may run at once.

This module owns the index of these tasks, and the refusal of a start that the account has no room
for. It is told when each task ends; it does not know what a task is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from heapq import heappop, heappush
from typing import NamedTuple

from attrs import field, frozen, validators

from a2e_sdk.sandbox.protocol.responses import RefusedError

from .deliveries import WebhookCall

__all__ = ["BUSY_CODES", "RunningLimit", "RunningTask", "RunningTasks", "SavedRunning"]

_BUSY_CODES: Mapping[int, tuple[int, int, str]] = {
    429: (429, 429, "Too many requests"),
    503: (503, 503, "Service unavailable"),
    1001: (200, 503, "All hosts are occupied"),
}
"""By code: the HTTP status, the one with a ``Retry-After`` header, the text."""

BUSY_CODES = tuple(_BUSY_CODES)
"""The codes that a start can be refused with while too many tasks run."""


@frozen
class RunningLimit:
    """How many tasks of the account may run at once, and how one more is refused.

    Args:
        max_running: tasks that have not ended; None for any number.
        busy_code: code of the refusal. 429 and 503 are its HTTP status too; 1001 comes under HTTP
            200, and under 503 with ``retry_after``.
        retry_after: value of the ``Retry-After`` header in seconds; None for no header.

    Raises:
        ValueError: a number is negative, or the code is not one of `BUSY_CODES`.
    """

    max_running: int | None = None
    busy_code: int = 429
    retry_after: float | None = None

    def __attrs_post_init__(self) -> None:
        if self.max_running is not None and self.max_running < 0:
            raise ValueError("max_running must be 0 or more, or None for any number")
        if self.busy_code not in _BUSY_CODES:
            raise ValueError(f"busy_code must be one of {list(BUSY_CODES)}")
        if self.retry_after is not None and not 0 <= self.retry_after < float("inf"):
            raise ValueError("retry_after must be finite seconds, 0 or more, or None")

    def check(self, running: int, more: int) -> None:
        """Check that there is room for a start.

        Args:
            running: how many tasks have not ended.
            more: how many the start would add.

        Raises:
            RefusedError: there is not.
        """
        if self.max_running is None or running + more <= self.max_running:
            return
        plain, with_header, text = _BUSY_CODES[self.busy_code]
        wait = self.retry_after
        raise RefusedError(
            text,
            plain if wait is None else with_header,
            code=self.busy_code,
            headers={} if wait is None else {"retry-after": f"{wait:g}"},
            of_gateway=True,
        )


class RunningTask(NamedTuple):
    """A task that has not ended.

    Args:
        group: the family that it belongs to.
        task_id: the id.
        ends_at: when it will end.
        refund: coins that come back then.
        call: the webhook that is sent then; None for none.
    """

    group: str
    task_id: str
    ends_at: datetime
    refund: int
    call: WebhookCall | None = None


@frozen
class SavedRunning:
    """A task that had not ended at one moment; the fields are those of `RunningTask`."""

    group: str
    task_id: str
    ends_at: datetime
    refund: int = field(validator=validators.ge(0))
    call: WebhookCall | None = None


class RunningTasks:
    """The tasks that have not ended, by family, in the order in which they began.

    It is not locked: the sandbox handles one request at a time.
    """

    def __init__(self) -> None:
        self._groups: dict[str, dict[str, RunningTask]] = {}
        # Ordered by the end of each; a task that was taken out or began anew is passed over there.
        self._queue: list[tuple[datetime, int, RunningTask]] = []
        # Likewise, those with a webhook alone.
        self._calls: list[tuple[datetime, int, RunningTask]] = []
        self._added = 0
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def saved(self) -> list[SavedRunning]:
        """Return the tasks in the order in which they began."""
        begun = sorted((added, task) for _, added, task in self._queue)
        return [SavedRunning(*task) for _, task in begun if self._is_current(task)]

    def begin(
        self,
        group: str,
        task_id: str,
        ends_at: datetime,
        refund: int = 0,
        call: WebhookCall | None = None,
    ) -> None:
        """Add a task, or change when it ends.

        Args:
            group: the family that it belongs to.
            task_id: the id.
            ends_at: when it will end.
            refund: coins that come back then; 0 by default.
            call: the webhook that is sent then; None (the default) for none.
        """
        self.remove(group, task_id)
        task = RunningTask(group, task_id, ends_at, refund, call)
        self._groups.setdefault(group, {})[task_id] = task
        self._added += 1
        self._count += 1
        heappush(self._queue, (ends_at, self._added, task))
        if call is not None:
            heappush(self._calls, (ends_at, self._added, task))

    def remove(self, group: str, task_id: str) -> None:
        """Take a task out, if it is here.

        Args:
            group: the family that it belongs to.
            task_id: the id.
        """
        if self._groups.get(group, {}).pop(task_id, None) is not None:
            self._count -= 1

    def take_ended(self, now: datetime) -> list[RunningTask]:
        """Take out the tasks that have ended, and return them in the order of their ends.

        Args:
            now: the present moment.
        """
        ended: list[RunningTask] = []
        while self._queue and self._queue[0][0] <= now:
            task = heappop(self._queue)[2]
            if self._is_current(task):
                self.remove(task.group, task.task_id)
                ended.append(task)
        return ended

    def next_call_at(self) -> datetime | None:
        """Return when the next task with a webhook ends; None where no such task runs."""
        while self._calls and not self._is_current(self._calls[0][2]):
            heappop(self._calls)
        return self._calls[0][0] if self._calls else None

    def _is_current(self, task: RunningTask) -> bool:
        return self._groups.get(task.group, {}).get(task.task_id) is task

    def has(self, group: str, task_id: str) -> bool:
        """Tell whether a task has not ended.

        Args:
            group: the family that it belongs to.
            task_id: the id.
        """
        return task_id in self._groups.get(group, ())

    def ids(self, group: str) -> list[str]:
        """Return the ids of the tasks of a family, the newest first.

        Args:
            group: the family.
        """
        return list(reversed(self._groups.get(group, {})))
