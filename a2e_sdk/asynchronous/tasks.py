"""The room that every family of tasks gets: get, get_many, list, page, running, delete.

This module owns what users can do with tasks whatever their family. What differs between families
is read from ``a2e_sdk.families``; starting a task has its own arguments and is with each section.
"""

from __future__ import annotations

import builtins
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import aclosing
from copy import copy
from typing import Any, Generic, Self, TypeVar, cast

from .. import errors
from ..families import TaskFamily
from ..models import Page, Task
from ..polling import failure_text
from ..rows import Rows, promised, promised_rows, rows_in_place
from ..status import TaskStatus
from ..validation import (
    MAX_BATCH,
    MAX_PAGE_SIZE,
    require_id,
    require_page_size,
    require_whole_number,
)
from .caller import AsyncCaller
from .paginator import AsyncPaginator
from .starter import find_started
from .waiter import AsyncWaiter

TaskT = TypeVar("TaskT", bound=Task)


class AsyncTasks(Generic[TaskT]):
    """The tasks of one family.

    Args:
        caller: What calls the API.
        family: The family's row of the table.
    """

    def __init__(self, caller: AsyncCaller, family: TaskFamily) -> None:
        self.caller = caller
        self.family = family

    def until(self, deadline: float) -> Self:
        """Return the same tasks, read by calls that begin no attempt after a deadline."""
        limited = copy(self)
        limited.caller = self.caller.until(deadline)
        return limited

    async def get(self, task: str | TaskT) -> TaskT:
        """Read one task as it is now.

        Args:
            task: The task, or its id (24 hexadecimal digits).

        Returns:
            The task, freshly read; the one given stays as it is.

        Raises:
            ValueError: It is no id.
            NotFoundError: The server knows no such task.
            UnexpectedResponseError: The answer is about another task, or none.
            APIError: The call failed in another way.
        """
        return await self.read(require_id(task))

    async def read(self, identifier: str) -> TaskT:
        """Read the task of an id that has been checked; see `get`."""
        operation = self.family.operation("get")
        request = operation.build_request(**{self.family.id_argument: identifier})
        response = await self.caller.call_async(request, operation.parse)
        record = promised(response, request.operation)
        if record is None:
            raise errors.NotFoundError(
                f"there is no task {identifier}",
                operation=request.operation,
                http_status=response.status_code,
            )
        task = self.friendly(record)
        if task.id != identifier:
            raise errors.UnexpectedResponseError(
                f"the answer is not about task {identifier}",
                operation=request.operation,
                http_status=response.status_code,
            )
        return task

    async def get_many(self, tasks: Iterable[str | TaskT]) -> builtins.list[TaskT]:
        """Read many tasks, up to 100 per request.

        Args:
            tasks: Tasks or ids, each of 24 hexadecimal digits; repeated ones are read once.

        Returns:
            The tasks in the order asked for, without those that the server does not know.

        Raises:
            ValueError: One of them is no id; nothing is sent then.
            APIError: A call failed.
        """
        return await self.read_many([require_id(task) for task in tasks])

    async def read_many(self, ids: Iterable[str]) -> builtins.list[TaskT]:
        """Read the tasks of ids that have been checked; see `get_many`."""
        from a2e_api import models

        identifiers = list(dict.fromkeys(ids))
        operation = self.family.operation("get_many")
        body = getattr(models, str(self.family.get_many_request))
        found: dict[str, TaskT] = {}
        for start in range(0, len(identifiers), MAX_BATCH):
            request = operation.build_request(body=body(ids=identifiers[start : start + MAX_BATCH]))
            response = await self.caller.call_async(request, operation.parse)
            for record in promised_rows(promised(response, request.operation)):
                task = self.friendly(record)
                found[task.id] = task
        return [found[identifier] for identifier in identifiers if identifier in found]

    def list(self, *, page_size: int = 100, limit: int | None = None) -> AsyncPaginator[TaskT]:
        """List all tasks, newest first; pages are read ahead while the items are consumed.

        Args:
            page_size: How many tasks to ask for at once, from 1 to 100. Default 100.
            limit: How many tasks to yield at the most; no more pages are read than that takes.
                Default: all.

        Returns:
            A listing to iterate; it asks the server when it is iterated, each time anew.

        Raises:
            ValueError: The page size or the limit is out of range.
        """
        require_page_size(page_size)
        if limit is not None:
            require_whole_number(limit, "limit", minimum=1)
        return AsyncPaginator(str(self.family.list), self._read_page, page_size, limit=limit)

    def newest(self) -> AsyncPaginator[TaskT]:
        """List all tasks, newest first, each page only when it is needed.

        This is for a search that ends soon; `list` is faster for everything else.
        """
        return AsyncPaginator(str(self.family.list), self._read_page, MAX_PAGE_SIZE, ahead=0)

    async def page(self, number: int = 1, *, page_size: int = 10) -> Page[TaskT]:
        """Read one page of the listing, newest first.

        Args:
            number: The page's number, from 1. Default 1.
            page_size: How many tasks a page has, from 1 to 100. Default 10.

        Returns:
            The page; it is empty behind the last one.

        Raises:
            ValueError: The number or the size is out of range.
            APIError: The call failed.
        """
        require_whole_number(number, "number", minimum=1)
        rows = await self._read_page(number, require_page_size(page_size))
        return Page(tuple(rows.items()), rows.total, number, page_size)

    async def running(self) -> builtins.list[TaskT]:
        """List the tasks that have not ended.

        Returns:
            Tasks with the few fields that the server gives of running ones: the status, and the id
            where it is sent; read them with `get_many` for more.

        Raises:
            APIError: The call failed.
        """
        operation = self.family.operation("running")
        request = operation.build_request()
        response = await self.caller.call_async(request, operation.parse)
        convert = self.family.converter("progress")
        return [convert(row) for row in promised_rows(promised(response, request.operation))]

    async def delete(self, task: str | TaskT) -> None:
        """Delete a task's record.

        The server deletes a task that waits (its coins come back) or has ended (they don't), and
        refuses one that is being worked on.

        Args:
            task: The task, or its id (24 hexadecimal digits).

        Raises:
            ValueError: It is no id.
            BadRequestError: The task is being worked on, or the id is unknown.
            APIError: The call failed in another way.
        """
        identifier = require_id(task)
        operation = self.family.operation("delete")
        request = operation.build_request(**{self.family.id_argument: identifier})
        try:
            await self.caller.call_async(request, operation.parse)
        except (errors.BadRequestError, errors.NotFoundError) as refusal:
            # A repeated deletion is refused if the first one, whose answer was lost, succeeded.
            if refusal.attempts == 1 or await self._exists(identifier):
                raise

    async def wait(
        self,
        task: str | TaskT,
        *,
        timeout: float = 1800.0,
        on_update: Callable[[TaskT], object] | None = None,
        poll: float | None = None,
    ) -> TaskT:
        """Wait until a task has ended, and return it as it then is.

        Guarantees: the wait ends by its deadline, give or take one request; a read that fails and
        a status word that nobody knows don't end it; nothing is left behind when it is
        interrupted. It can be taken up again, also in another process, with the id alone.

        Args:
            task: The task, or its id (24 hexadecimal digits).
            timeout: Seconds to wait at the most. Default 1,800.
            on_update: Called with the task whenever it was seen to have changed. Default: nothing.
            poll: Seconds between two looks. Default: learnt from how long such tasks took.

        Returns:
            The finished task.

        Raises:
            ValueError: It is no id, or a number of seconds is not above 0.
            TaskFailedError: The task failed; ``error.task`` has it.
            WaitTimeoutError: The time is over; the task goes on running and stays billed.
            NotFoundError: The server does not know the task, also after 30 seconds.
            APIError: The key is not accepted.
        """
        waiter = AsyncWaiter(self.caller, timeout=timeout, on_update=on_update, poll=poll)
        waiter.add(self, require_id(task), None if isinstance(task, str) else task)
        async for ended in waiter.ended():
            if ended.status is TaskStatus.FAILED:
                raise errors.TaskFailedError(failure_text(ended), task=ended)
            return cast(TaskT, ended)
        raise AssertionError("a wait ends with a task or an exception")

    async def wait_many(
        self,
        tasks: Iterable[str | TaskT],
        *,
        timeout: float = 1800.0,
        on_update: Callable[[TaskT], object] | None = None,
        poll: float | None = None,
    ) -> AsyncGenerator[TaskT, None]:
        """Wait for many tasks and yield each as it ends, finished or failed.

        One request covers up to 100 of them.

        Args:
            tasks: Tasks or ids, each of 24 hexadecimal digits.
            timeout: Seconds to wait for all of them at the most. Default 1,800.
            on_update: Called with each task whenever it was seen to have changed.
            poll: Seconds between two looks. Default: learnt from how long such tasks took.

        Yields:
            The tasks in the order in which they end. Failed ones are yielded, not raised.

        Raises:
            ValueError: One of them is no id, or a number of seconds is not above 0.
            WaitTimeoutError: The time is over; ``error.tasks`` names what is still running.
            NotFoundError: The server does not know some of them, also after 30 seconds.
            APIError: The key is not accepted.
        """
        waiter = AsyncWaiter(self.caller, timeout=timeout, on_update=on_update, poll=poll)
        for task in tasks:
            waiter.add(self, require_id(task), None if isinstance(task, str) else task)
        async with aclosing(waiter.ended()) as ended:
            async for task in ended:
                yield task

    async def find_started(self, error: errors.SubmissionUnknownError) -> TaskT | None:
        """Look again for the task of a start whose answer was lost.

        Args:
            error: What the start raised; it may have been pickled and come from another process.

        Returns:
            The task, or None while there is no record of it.

        Raises:
            APIError: The records can't be read.
        """
        return await find_started(self, error.submission)

    async def _exists(self, identifier: str) -> bool:
        try:
            await self.read(identifier)
        except errors.NotFoundError:
            return False
        return True

    async def _read_page(self, number: int, size: int) -> Rows[TaskT]:
        family = self.family
        operation = family.operation("list")
        request = operation.build_request(
            **{family.page_argument: number, family.page_size_argument: size}
        )
        response = await self.caller.call_async(request, operation.parse)
        page = promised(response, request.operation)
        convert = family.converter("record")
        if page is None:
            return Rows((), None, convert)
        rows = rows_in_place(page, family.rows, request.operation)
        return Rows(rows, getattr(page, family.total), convert)

    def friendly(self, record: Any) -> TaskT:
        """Return the friendly form of a record of the generated client."""
        task: TaskT = self.family.converter("record")(record)
        return task
