# Written by `nox -s generate` from asynchronous/tasks.py: edit there, not here.
"""What can be done with the tasks of almost every family: get, wait, and with most list, page.

This module owns what is the same whatever the family. What differs is read from the table in
``a2e_sdk.family_table``; starting is in ``room``, and what only some families can in ``verbs``.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import closing
from typing import Any, TypeVar, cast

from .. import errors
from ..models import Page, Task
from ..polling import failure_text
from ..rows import Rows, promised, promised_rows, rows_of_array, rows_of_page
from ..starting import Submission
from ..status import TaskStatus
from ..validation import (
    MAX_BATCH,
    MAX_PAGE_SIZE,
    require_id,
    require_listing,
    require_page_size,
    require_seconds,
    require_whole_number,
)
from .paginator import READ_AHEAD, Paginator
from .room import Room
from .starter import find_started
from .waiter import Waiter

TaskT = TypeVar("TaskT", bound=Task)


class Reads(Room[TaskT]):
    """The tasks of one family, each of which can be read."""

    def get(self, task: str | TaskT) -> TaskT:
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
        return self._read(require_id(task))

    def _read(self, identifier: str) -> TaskT:
        """Read the task of an id that has been checked; see `get`."""
        operation = str(self._family.get)
        response = self._call("get", id=identifier)
        records = promised_rows(promised(response, operation))
        if not records:
            raise errors.NotFoundError(
                f"there is no task {identifier}",
                operation=operation,
                http_status=response.status_code,
            )
        for task in map(self._friendly, records):
            if task.id == identifier:
                return task
        raise errors.UnexpectedResponseError(
            f"the answer is not about task {identifier}",
            operation=operation,
            http_status=response.status_code,
        )

    def _read_many(self, ids: Iterable[str]) -> builtins.list[TaskT]:
        """Read the tasks of ids that have been checked, up to 100 per request."""
        identifiers = list(dict.fromkeys(ids))
        found: dict[str, TaskT] = {}
        for start in range(0, len(identifiers), MAX_BATCH):
            response = self._call("get_many", ids=identifiers[start : start + MAX_BATCH])
            for record in promised_rows(promised(response, str(self._family.get_many))):
                task = self._friendly(record)
                found[task.id] = task
        return [found[identifier] for identifier in identifiers if identifier in found]

    def wait(
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
        self.require_readable()
        waiter = Waiter(self._caller, timeout=timeout, on_update=on_update, poll=poll)
        waiter.add(self._tasks(), require_id(task), None if isinstance(task, str) else task)
        with closing(waiter.ended()) as wait:
            for ended in wait:
                if ended.status is TaskStatus.FAILED:
                    hide = self._caller.configuration.key.redact
                    raise errors.TaskFailedError(failure_text(ended, hide), task=ended)
                return cast(TaskT, ended)
        raise AssertionError("a wait ends with a task or an exception")

    def wait_many(
        self,
        tasks: Iterable[str | TaskT],
        *,
        timeout: float = 1800.0,
        on_update: Callable[[TaskT], object] | None = None,
        poll: float | None = None,
    ) -> Generator[TaskT, None]:
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
        self.require_readable()
        waiter = Waiter(self._caller, timeout=timeout, on_update=on_update, poll=poll)
        watched = self._tasks()
        for task in tasks:
            waiter.add(watched, require_id(task), None if isinstance(task, str) else task)
        with closing(waiter.ended()) as ended:
            for task in ended:
                yield task

    def _run(
        self,
        start: Mapping[str, Any],
        timeout: float,
        on_update: Callable[[TaskT], object] | None,
        poll: float | None,
    ) -> TaskT:
        """Start a task and wait until it has ended; all is checked before it starts."""
        self.require_readable()
        require_seconds(timeout, "timeout")
        if poll is not None:
            require_seconds(poll, "poll")
        task = self._start(start)
        try:
            if on_update is not None:
                on_update(task)
            return self.wait(task, timeout=timeout, on_update=on_update, poll=poll)
        except BaseException as interruption:
            # Whoever calls `run` has no other way to the id of what is paid for.
            if not isinstance(interruption, errors.TaskError):
                way = f"a2e.{self._family.attribute}.wait({task.id!r})"
                interruption.add_note(
                    f"{self._family.title} {task.id} was started, and goes on running on the "
                    f"server: wait for it again with {way}."
                )
            raise

    def require_readable(self) -> None:
        """Refuse to wait for what can't be read.

        Raises:
            ConfigurationError: The API has no operation that reads such tasks.
        """
        if not self._family.is_readable:
            raise errors.ConfigurationError(
                f"{self._family.name} tasks can't be waited for: the API has no operation that "
                "reads one or lists them. Start them without a wait, and with a webhook_url where "
                "the start takes one."
            )

    def _tasks(self) -> Tasks[TaskT]:
        """Return the same tasks in the form that a wait takes, which lists what can be listed."""
        return cast(Tasks[TaskT], self)


class Tasks(Reads[TaskT]):
    """The tasks of one family that can be listed."""

    def _read(self, identifier: str) -> TaskT:
        """Read the task of an id that has been checked; see `get`."""
        if self._family.get is None:
            return self._look_up(identifier)
        return super()._read(identifier)

    def _look_up(self, identifier: str) -> TaskT:
        """Find a task in the list, where the server has no operation to read one."""
        with closing(self._newest().__iter__()) as newest:
            for task in newest:
                if task.id == identifier:
                    return task
        raise errors.NotFoundError(
            f"there is no task {identifier}", operation=str(self._family.list), http_status=200
        )

    def list(self, *, page_size: int = 100, limit: int | None = None) -> Paginator[TaskT]:
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
        require_listing(page_size, limit)
        return self._listing(page_size, limit=limit)

    def _newest(self) -> Paginator[TaskT]:
        """List all tasks, newest first, each page only when it is needed.

        This is for a search that ends soon; `list` is faster for everything else.
        """
        return self._listing(MAX_PAGE_SIZE, ahead=0)

    def _listing(
        self, page_size: int, *, limit: int | None = None, ahead: int = READ_AHEAD
    ) -> Paginator[TaskT]:
        paged = self._family.page_argument is not None
        return Paginator(
            str(self._family.list),
            self._read_page,
            page_size,
            paged=paged,
            limit=limit,
            ahead=ahead,
        )

    def page(self, number: int = 1, *, page_size: int = 10) -> Page[TaskT]:
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
        rows = self._read_page(number, require_page_size(page_size))
        items = tuple(rows.items())
        if self._family.page_argument is None:
            items = items[(number - 1) * page_size : number * page_size]
        return Page(items, rows.total, number, page_size)

    def find_started(self, error: errors.SubmissionUnknownError | Submission) -> TaskT | None:
        """Look again for the task of a start whose response was lost.

        Args:
            error: What the start raised, or its ``submission``, as the exception that
                interrupted a start and ``submissions`` of the client have it; it may have been
                pickled and come from another process.

        Returns:
            The task, or None while there is no record of it.

        Raises:
            TypeError: It is neither.
            ValueError: It is of another family of tasks.
            APIError: The records can't be read.
        """
        sought = getattr(error, "submission", error)
        if not isinstance(sought, Submission):
            raise TypeError(
                "find_started takes a SubmissionUnknownError or a Submission, not "
                f"{type(error).__name__}."
            )
        if sought.family != self._family.name:
            raise ValueError(f"the submission is of {sought.family}, not of {self._family.name}.")
        return find_started(self, sought)

    def _read_page(self, number: int, size: int) -> Rows[TaskT]:
        family = self._family
        operation = family.operation("list")
        if family.page_argument is None:
            request = operation.build_request()
        else:
            request = operation.build_request(
                **{family.page_argument: number, family.page_size_argument: size}
            )
        response = self._caller.call(request, operation.parse)
        data = promised(response, request.operation)
        convert = family.converter("record")
        if isinstance(data, list):
            array = cast(builtins.list[Any], data)
            if family.page_argument is None:
                # All that there is, whatever the size: `page` takes its piece of it.
                return Rows(array, len(array), convert)
            return rows_of_array(array, number, size, convert)
        if data is None:
            return Rows((), None, convert)
        return rows_of_page(data, family.rows, family.total, request.operation, convert)
