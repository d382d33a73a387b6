"""Waiting for tasks: one read for many of them, at moments worth a look.

This module owns the loop of a wait. When to look, and what a wait knows of its tasks, is in
``_tasks.polling``; how a task is read is in ``reader``.
"""

from __future__ import annotations

import random
from collections.abc import AsyncGenerator, Callable, Iterable
from typing import Any

from a2e_sdk import errors
from a2e_sdk._async.api_client import LAST_READ_SECONDS, AsyncAPIClient
from a2e_sdk._checks.validation import MAX_BATCH, require_seconds
from a2e_sdk._tasks.polling import PendingTasks, interval, timeout_text
from a2e_sdk.models import Page, Task

from .reader import AsyncTaskReader

_FINAL = (errors.AuthenticationError, errors.PermissionDeniedError)
#: How many tasks that a common read did not show are read one by one in a tick.
_SINGLE_READS = 10
#: How soon after that the others are, in seconds: before those that were read come again.
_SINGLE_PAUSE = 0.5
_SHORTEST_PAUSE = 0.001


class AsyncWaiter:
    """Waits for tasks of any families.

    Args:
        api: What calls the API.
        timeout: Seconds to wait at the most.
        on_update: Called with each task whenever it was seen to have changed.
        poll: Seconds between two looks; None lets them be learnt.
        on_look: Called after each look, whether anything has changed or not.

    Raises:
        ValueError: A number of seconds is not above 0.
    """

    def __init__(
        self,
        api: AsyncAPIClient,
        *,
        timeout: float,
        on_update: Callable[[Any], object] | None,
        poll: float | None,
        on_look: Callable[[], object] | None = None,
    ) -> None:
        self._api = api
        self._timeout = require_seconds(timeout, "timeout")
        self._poll = None if poll is None else require_seconds(poll, "poll")
        self._on_update = on_update
        self._on_look = on_look
        now = api.clock.now()
        self._deadline = now + timeout
        self._pending = PendingTasks(now)
        self._readers: dict[str, AsyncTaskReader[Any]] = {}
        self._ended: list[Task] = []
        self._missing: list[str] = []
        self._without_batch: set[str] = set()

    def add(self, reader: AsyncTaskReader[Any], task_id: str, task: Task | None) -> None:
        """Wait for one more task of a family."""
        if task is not None and task.status.is_final:
            self._ended.append(task)
            return
        family = reader.family.name
        self._readers.setdefault(family, reader.with_deadline(self._deadline + LAST_READ_SECONDS))
        self._pending.add(task_id, family, task)

    def pause(self) -> float | None:
        """Return the seconds until tasks are worth a look; None where none is waited for."""
        if not len(self._pending):
            return None
        return max(self._pending.next_due - self._api.clock.now(), 0.0)

    async def look(self) -> tuple[list[Any], list[str]]:
        """Look at the tasks that are due, once.

        Returns:
            Those that have ended, and the ids of those that the server does not know.

        Raises:
            APIError: The key is not accepted.
        """
        await self._tick(everything=False)
        ended, self._ended = self._ended, []
        missing, self._missing = self._missing, []
        return ended, missing

    async def ended(self) -> AsyncGenerator[Any, None]:
        """Yield each task as it ends.

        Raises:
            WaitTimeoutError: The time is over.
            NotFoundError: The server does not know some of them.
            APIError: The key is not accepted.
        """
        clock = self._api.clock
        while True:
            while self._ended:
                yield self._ended.pop(0)
            if not len(self._pending):
                break
            now = clock.now()
            pause = min(self._pending.next_due, self._deadline) - now
            if pause > 0:
                # A pause too short for the clock to notice would be taken again and again.
                await clock.pause_async(max(pause, _SHORTEST_PAUSE))
            is_last = clock.now() >= self._deadline
            await self._tick(everything=is_last)
            if self._on_look is not None:
                self._on_look()
            if is_last and len(self._pending) and not self._ended:
                raise self._time_is_over()
        if self._missing:
            raise errors.NotFoundError(f"there is no task {', '.join(self._missing)}")

    async def _tick(self, *, everything: bool) -> None:
        now = self._api.clock.now()
        moment = max(now, self._pending.next_due) if not everything else float("inf")
        for family, task_ids in self._batches(moment):
            if self._api.clock.now() >= self._deadline + LAST_READ_SECONDS:
                break
            try:
                found, absent = await self._read(self._readers[family], task_ids)
            except _FINAL:
                raise
            except errors.APIError as failure:
                now = self._api.clock.now()
                pause = max(getattr(failure, "retry_after", None) or 0.0, 2.0)
                self._pending.postpone(task_ids, now + pause)
                continue
            await self._note_ended(found, task_ids)
            now = self._api.clock.now()
            for task_id in task_ids:
                task = found.get(task_id)
                if task is not None and task.id == task_id:
                    self._take_in(task, now)
                elif task_id not in absent:
                    self._pending.postpone((task_id,), now + _SINGLE_PAUSE)
                elif self._pending.record_missing(task_id, now, now + (self._poll or 2.0)):
                    self._missing.append(task_id)
                    self._pending.drop(task_id)

    def _batches(self, moment: float) -> list[tuple[str, list[str]]]:
        """Return the family and ids of each read of this tick.

        Where only a list tells of many tasks at once, it is gone through once for all of them.
        """
        batches = self._pending.batches(moment, MAX_BATCH)
        listed = {family for family, _ in batches if not self._reads_many(family)}
        whole: dict[str, list[str]] = {family: [] for family in listed}
        for watched in sorted(self._pending.running, key=lambda watched: watched.due):
            if watched.family in listed:
                whole[watched.family].append(watched.task_id)
        return [batch for batch in batches if batch[0] not in listed] + list(whole.items())

    def _reads_many(self, name: str) -> bool:
        """Tell whether tasks of a family are read together by their ids."""
        return self._readers[name].family.get_many is not None and name not in self._without_batch

    async def _note_ended(self, found: dict[str, Any], task_ids: list[str]) -> None:
        """Write down in the journal which of some tasks have ended, where the client has one."""
        journal = self._api.journal
        tasks = [found[task_id] for task_id in task_ids if task_id in found]
        if journal is not None and any(task.status.is_final for task in tasks):
            from .journal_notes import note_ended

            await note_ended(journal, self._api.server_time, tasks)

    def _take_in(self, task: Task, now: float) -> None:
        if self._poll is not None:
            gap = self._poll
        else:
            elapsed = 0.0
            if task.created_at is not None:
                elapsed = (self._api.server_time() - task.created_at).total_seconds()
            durations = self._api.state.durations(task.family)
            gap = interval(elapsed, durations, random.random())
        if self._pending.record(task, now + gap) and self._on_update is not None:
            self._on_update(task)
        if task.status.is_final:
            self._api.state.learn(task)
            self._ended.append(task)

    async def _read(
        self, reader: AsyncTaskReader[Any], task_ids: list[str]
    ) -> tuple[dict[str, Any], set[str]]:
        """Read some tasks of one family with as few requests as that takes.

        Returns:
            The tasks that were read, by their ids, and the ids that the server does not know;
            those in neither were not asked for.
        """
        family = reader.family
        found: dict[str, Any] = {}
        absent: set[str] = set()
        rest = set(task_ids)

        def take_in(tasks: Iterable[Any]) -> None:
            for task in tasks:
                if task.id in rest:
                    rest.discard(task.id)
                    found[task.id] = task

        learn = self._poll is None and not self._api.state.durations(family.name)
        page = None
        if family.list is not None and learn:
            # The newest records tell how long such tasks take, and the state of ours among them.
            page = await self._page(reader, 1)
            for task in page or ():
                self._api.state.learn(task)
            take_in(page or ())
        if len(rest) > 1 and self._reads_many(family.name):
            try:
                take_in(await reader.read_many([one for one in task_ids if one in rest]))
            except errors.NotFoundError:
                self._without_batch.add(family.name)
        if len(rest) > 1 and family.list is not None and not self._reads_many(family.name):
            for number in range(1, -(-len(task_ids) // MAX_BATCH) + 2):
                page = await self._page(reader, number)
                take_in(page or ())
                if page is None or not rest:
                    break
        for task_id in [one for one in task_ids if one in rest][:_SINGLE_READS]:
            try:
                take_in((await reader.read(task_id),))
            except (errors.NotFoundError, errors.BadRequestError):
                absent.add(task_id)  # It may not be there yet.
            except _FINAL:
                raise
            except errors.APIError:
                if not found:
                    raise
                break  # What was read counts all the same.
        return found, absent

    async def _page(self, reader: AsyncTaskReader[Any], number: int) -> Page[Any] | None:
        """Read one page of the newest tasks; None where that fails, as it only saves requests."""
        try:
            return await reader.page(number, MAX_BATCH)
        except _FINAL:
            raise
        except errors.APIError:
            return None

    def _time_is_over(self) -> errors.WaitTimeoutError:
        running = self._pending.running
        seen = tuple(watched.task for watched in running if watched.task is not None)
        return errors.WaitTimeoutError(
            timeout_text(running, self._timeout, self._api.configuration.key.redact),
            task=seen[0] if len(running) == 1 and seen else None,
            task_id=running[0].task_id if len(running) == 1 else None,
            tasks=seen,
            task_ids=tuple(watched.task_id for watched in running),
        )
